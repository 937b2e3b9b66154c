"""A .zip to its members' bytes, in memory: nothing is written to disk, and what looks like an attack is refused."""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from swnlp.errors import ReadError
from swnlp.read.corpus_file import NAME
from swnlp.read.formats import FORMATS, NOT_YET, is_note
from swnlp.read.page import Trouble
from swnlp.settings import Settings

MEGABYTE = 1_000_000
MOST_MEMBERS = 20_000
# No text packs better than this; small files may (a blank sheet).
_RATIO = 200
_SMALL = 10 * MEGABYTE
_DRIVE = re.compile(r"[A-Za-z]:")


def check_size(data: bytes, settings: Settings) -> None:
    """Refuse an archive, or an Office file, which is one too, that would unpack to too much.

    Raises:
        ReadError: If it is no zip, has too many members, or would be too large.
    """
    with _opened(data) as archive:
        _check(archive.infolist(), len(data), settings.max_archive_mb)


def unpack_zip(data: bytes, settings: Settings) -> tuple[list[tuple[str, bytes]], list[Trouble]]:
    """Return the (path, bytes) of what in an archive may be a report or its corpus.toml, and what could not be unpacked.

    Raises:
        ReadError: As for `check_size`.
    """
    with _opened(data) as archive:
        infos = archive.infolist()
        _check(infos, len(data), settings.max_archive_mb)
        members: list[tuple[str, bytes]] = []
        troubles: list[Trouble] = []
        for name, info in sorted(_named(infos), key=lambda pair: pair[0]):
            trouble = _refusal(name, info, settings.max_file_mb)
            path = PurePosixPath(name)
            if trouble is None and (path.suffix.lower() in FORMATS or path.name == NAME):
                content, trouble = _unpacked(archive, info)
                if trouble is None:
                    members.append((name, content))
            if trouble is not None:
                troubles.append(trouble._replace(member=f"/{name}"))
        return members, troubles


def _opened(data: bytes) -> ZipFile:
    try:
        return ZipFile(BytesIO(data))
    except (BadZipFile, ValueError, OSError, NotImplementedError, EOFError) as error:
        raise ReadError(
            f"文件损坏或不完整（{error}），请重新下载或另存。 "
            "The file is damaged or cut short: get it again or save it anew."
        ) from None


def _check(infos: list[ZipInfo], size: int, most_mb: int) -> None:
    total = sum(info.file_size for info in infos)
    if len(infos) > MOST_MEMBERS:
        raise ReadError(
            f"压缩文件含 {len(infos)} 个文件，超过 {MOST_MEMBERS} 个，请拆分。 Too many files in the archive: split it."
        )
    if total > most_mb * MEGABYTE or (total > _SMALL and total > _RATIO * size):
        raise ReadError(
            f"解压后有 {total // MEGABYTE} MB，超过限制或压缩率异常（可能是压缩炸弹）；若可信，请先解压。 "
            "Would unpack to more than max_archive_mb, or packs as no text does (a zip bomb?): "
            "unpack it yourself if you trust it."
        )


def _named(infos: list[ZipInfo]) -> Iterator[tuple[str, ZipInfo]]:
    """Yield the files with their names as text, told apart where two have the same; hidden ones are passed over."""
    seen: Counter[str] = Counter()
    for info in infos:
        name = _name(info)
        parts = PurePosixPath(name).parts
        hidden = any(part.startswith(".") and part != ".." for part in parts) or "__MACOSX" in parts
        if info.is_dir() or hidden or not parts or is_note(name):
            continue
        seen[name] += 1
        if seen[name] > 1:
            path = PurePosixPath(name)
            name = str(path.with_name(f"{path.stem}~{seen[name]}{path.suffix}"))
        yield name, info


def _name(info: ZipInfo) -> str:
    """Return a member's name: without the flag of UTF-8 it is whatever the packer's system had, in China GB 18030."""
    name = info.orig_filename.split("\0")[0]
    if not info.flag_bits & 0x800:
        raw = name.encode("cp437", "replace")
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:
            name = raw.decode("gb18030", "backslashreplace")
    name = name.replace("\\", "/").encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


def _refusal(name: str, info: ZipInfo, most_mb: int) -> Trouble | None:
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or _DRIVE.match(name):
        return Trouble(
            "UnsafePath", "路径指向压缩文件之外，未读取。 Its path leads out of the archive: not read."
        )
    suffix = path.suffix.lower()
    if suffix == ".zip":
        return Trouble(
            "NestedArchive", "压缩文件中的压缩文件，请先解压。 An archive in an archive: unpack it first."
        )
    if suffix in NOT_YET:
        return Trouble(
            "UnreadableFormat",
            f"还不能读取 {suffix} 文件，请另存为 .docx 或 .txt。 Save it as .docx or .txt.",
        )
    if suffix in FORMATS and info.flag_bits & 0x1:
        return Trouble(
            "Encrypted", "有密码，请解除密码后重试。 Locked with a password: remove it and run again."
        )
    if suffix in FORMATS and info.file_size > most_mb * MEGABYTE:
        message = f"超过 {most_mb} MB（max_file_mb），请拆分或调高此设置。 Larger than max_file_mb: split it or raise that."
        return Trouble("TooLarge", message)
    return None


def _unpacked(archive: ZipFile, info: ZipInfo) -> tuple[bytes, Trouble | None]:
    try:
        with archive.open(info) as file:
            # A member that says less of its size than is there is cut to what it says.
            return file.read(info.file_size), None
    except (
        BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
    ) as error:
        message = f"压缩文件中的这一份已损坏（{error}），请重新压缩。 Damaged in the archive: pack it again."
        return b"", Trouble("Damaged", message)
