"""Old Word and WPS files to .docx, by the user's own LibreOffice, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from swnlp.errors import ReadError

_NAMES = ("soffice", "libreoffice")
_OPTIONS = ("--headless", "--norestore", "--nolockcheck", "--convert-to", "docx:MS Word 2007 XML", "--outdir")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)


def office() -> str | None:
    """Return the command of LibreOffice, if it is installed."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


def to_docx(data: bytes, suffix: str, seconds: int) -> bytes:
    """Return an old Word, WPS, RTF or OpenDocument text as the bytes of a .docx.

    Raises:
        ReadError: If LibreOffice is not installed, fails, or takes too long.
    """
    command = office()
    if command is None:
        raise ReadError(
            f"读取 {suffix} 需要 LibreOffice；请安装它，或用 Word、WPS 另存为 .docx。 "
            f"{suffix} needs LibreOffice: install it, or save the file as .docx in Word or WPS."
        )
    with TemporaryDirectory(prefix="swnlp-") as folder:
        source = Path(folder, f"in{suffix}")
        source.write_bytes(data)
        profile = Path(folder, "profile").as_uri()
        _run(
            [command, f"-env:UserInstallation={profile}", *_OPTIONS, str(Path(folder, "out")), str(source)],
            folder,
            seconds,
        )
        made = Path(folder, "out", "in.docx")
        if not made.is_file():
            raise ReadError(
                "LibreOffice 无法转换此文件（可能损坏或有密码），请用 Word 或 WPS 另存为 .docx。 "
                "LibreOffice can't convert it (damaged, or locked?): save it as .docx in Word or WPS."
            )
        return made.read_bytes()


def _run(command: list[str], folder: str, seconds: int) -> None:
    # Its own session, so that its helpers end with it; its home is the folder, so that it writes nowhere else.
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={**os.environ, "HOME": folder, "TMPDIR": folder},
        start_new_session=True,
    ) as process:
        try:
            process.wait(seconds)
        except BaseException as error:
            _kill(process)
            if isinstance(error, subprocess.TimeoutExpired):
                raise ReadError(
                    f"LibreOffice 转换超过 {seconds} 秒（read_seconds）而中止，请另存为 .docx。 "
                    "Converting took longer than read_seconds: save it as .docx."
                ) from None
            raise


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
