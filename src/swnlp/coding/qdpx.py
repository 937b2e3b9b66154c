"""Codings to and from REFI-QDA projects (.qdpx), which NVivo, ATLAS.ti and MAXQDA read and write.

Written after QDA-XML 1.5 (www.qdasoftware.org): a zip with `project.qde` and the texts as `sources/GUID.txt`, in UTF-8
without a byte order mark. Positions are characters (Unicode code points) of the text from 0, the end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple
from uuid import NAMESPACE_URL, uuid5
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree

from swnlp.coding.codings import Coding
from swnlp.errors import ExchangeError, ReadError
from swnlp.export.files import replacing
from swnlp.export.values import clean
from swnlp.read.archive import check_size
from swnlp.read.encodings import decode
from swnlp.settings import DEFAULTS

NAMESPACE = "urn:QDA-XML:project:1.0"
_SCHEMA = f"{NAMESPACE} http://schema.qdasoftware.org/versions/Project/v1.0/Project.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_OURS = uuid5(NAMESPACE_URL, "https://www.qdasoftware.org/swnlp")
# No date of the clock: the same codings give the same bytes. It is the first that a zip can hold.
_DATE = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 500_000_000
_MOST_XML = 100_000_000
_NAME = 40
_COLOURS = (
    "#1f77b4",
    "#ff7f0e",
    "#2ca02c",
    "#d62728",
    "#9467bd",
    "#8c564b",
    "#e377c2",
    "#7f7f7f",
    "#bcbd22",
    "#17becf",
)


class Source(NamedTuple):
    """A text: its document, a name for people, its characters."""

    doc_id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What a project holds that fits the documents of a result.

    Attributes:
        codings: In the order of the project.
        coders: Names of its users.
        troubles: What was not taken, a sentence each.
    """

    codings: tuple[Coding, ...]
    coders: tuple[str, ...]
    troubles: tuple[str, ...]


def _guid(*parts: object) -> str:
    return str(uuid5(_OURS, "\0".join(map(str, parts))))


def write_qdpx(
    path: Path | str, sources: Iterable[Source], codings: Sequence[Coding], *, name: str = "swnlp"
) -> None:
    """Write a project; the same codings give the same bytes.

    Args:
        path: The .qdpx file.
        sources: The texts; those without a coding are in the project too.
        codings: Their codings, in characters of the texts. Categories become codes that hold their codes.
        name: Name of the project.

    Raises:
        ExchangeError: If a coding lies outside of its text, or its document is no source.
        OutputError: If the file can't be written.
    """
    texts = {source.doc_id: source for source in sources}
    for coding in codings:
        source = texts.get(coding.doc_id)
        if source is None or not 0 <= coding.start < coding.end <= len(source.text):
            raise ExchangeError(
                f"{coding.doc_id} {coding.start}-{coding.end}：编码超出原文或没有该文献。 A coding lies outside of its text."
            )
    project = _project(texts.values(), codings, name)
    xml = etree.tostring(project, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    with replacing(path) as file, ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr(_member("project.qde"), xml)
        for source in texts.values():
            archive.writestr(_member(f"sources/{_guid('source', source.doc_id)}.txt"), source.text.encode())


def _member(name: str) -> ZipInfo:
    info = ZipInfo(name, _DATE)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _project(sources: Iterable[Source], codings: Sequence[Coding], name: str) -> Any:  # noqa: ANN401
    project = etree.Element(f"{{{NAMESPACE}}}Project", nsmap={None: NAMESPACE, "xsi": _XSI})  # type: ignore[dict-item]
    project.set(f"{{{_XSI}}}schemaLocation", _SCHEMA)
    project.set("name", clean(name))
    project.set("origin", "swnlp")
    coders = list(dict.fromkeys(coding.coder for coding in codings))
    if coders:
        users = _child(project, "Users")
        for coder in coders:
            _child(users, "User", guid=_guid("user", coder), name=coder)
    if codings:
        _add_codes(_child(_child(project, "CodeBook"), "Codes"), codings)
    by_document: dict[str, list[Coding]] = {}
    for coding in codings:
        by_document.setdefault(coding.doc_id, []).append(coding)
    found = list(sources)
    if found:
        parent = _child(project, "Sources")
        for source in found:
            _add_source(parent, source, by_document.get(source.doc_id, []))
    return project


def _child(parent: Any, tag: str, **attributes: str) -> Any:  # noqa: ANN401
    cleaned = {key: clean(value) for key, value in attributes.items()}
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", cleaned)


def _add_codes(parent: Any, codings: Iterable[Coding]) -> None:  # noqa: ANN401
    """Add every code below its category; a code of no category stands alone."""
    categories: dict[str, Any] = {}
    for number, (category, code) in enumerate(dict.fromkeys((c.category, c.code) for c in codings)):
        holder = parent
        if category:
            if category not in categories:
                categories[category] = _child(
                    parent, "Code", guid=_guid("category", category), name=category, isCodable="false"
                )
            holder = categories[category]
        _child(
            holder, "Code", guid=_guid("code", category, code), name=code, isCodable="true",
            color=_COLOURS[number % len(_COLOURS)],
        )  # fmt: skip


def _add_source(parent: Any, source: Source, codings: Iterable[Coding]) -> None:  # noqa: ANN401
    guid = _guid("source", source.doc_id)
    element = _child(
        parent, "TextSource", guid=guid, name=source.name, plainTextPath=f"internal://{guid}.txt"
    )
    spans: dict[tuple[int, int], list[Coding]] = {}
    for coding in codings:
        spans.setdefault((coding.start, coding.end), []).append(coding)
    for (start, end), own in sorted(spans.items()):
        quoted = " ".join(source.text[start:end].split())[:_NAME]
        selection = _child(
            element, "PlainTextSelection", guid=_guid("selection", source.doc_id, start, end), name=quoted,
            startPosition=str(start), endPosition=str(end),
        )  # fmt: skip
        for coding in dict.fromkeys(own):
            given = _child(
                selection, "Coding", guid=_guid("coding", *coding), creatingUser=_guid("user", coding.coder)
            )
            _child(given, "CodeRef", targetGUID=_guid("code", coding.category, coding.code))


# Reading.


def read_qdpx(path: Path | str, sources: Iterable[Source]) -> Imported:
    """Return the codings of texts in a project, in characters of the documents of a result.

    A text is the document from which `write_qdpx` made it, else the one with the same characters (line endings and a byte
    order mark aside). Where a program changed it, a selection is found by its characters if they stand there once.
    A code within others belongs to the category of these names, joined by " / ".

    Args:
        path: The .qdpx file.
        sources: The documents of the result.

    Raises:
        ExchangeError: If the file can't be read, is no such project, is too large, or holds a document type or entity.
    """
    path = Path(path)
    with _opened(path) as archive:
        root = _parsed(_bytes_of(archive, _project_name(archive, path), path, _MOST_XML), path)
        users = {_id(u.get("guid")): u.get("name") or u.get("id") or "" for u in _all(root, "User")}
        reader = _Reader(archive, path, _codes(root), users, list(sources))
        for element in _all(root, "TextSource"):
            reader.read(element)
    for tag in ("PDFSource", "PictureSource", "AudioSource", "VideoSource"):
        if count := sum(1 for _ in _all(root, tag)):
            reader.troubles.append(f"{count} 个 {tag} 未读，只读文本。 Only texts are read.")
    return Imported(tuple(reader.codings), tuple(dict.fromkeys(users.values())), tuple(reader.troubles))


def _opened(path: Path) -> ZipFile:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ExchangeError(f"{path}：文件过大。 The file is too large.")
        data = path.read_bytes()
        check_size(data, DEFAULTS)
    except OSError as error:
        raise ExchangeError(f"{path}：无法读取（{error.strerror or error}）。 Cannot be read.") from None
    except ReadError as error:
        raise ExchangeError(f"{path}：{error}") from None
    return ZipFile(BytesIO(data))


def _project_name(archive: ZipFile, path: Path) -> str:
    names = [name for name in archive.namelist() if name.lower().endswith(".qde") and "/" not in name]
    if len(names) != 1:
        raise ExchangeError(
            f"{path}：不是 REFI-QDA 项目（应恰有一个 .qde 文件）。 Not a REFI-QDA project: it should hold one .qde file."
        )
    return names[0]


def _bytes_of(archive: ZipFile, name: str, path: Path, most: int = DEFAULTS.max_file_mb * 1_000_000) -> bytes:
    """Return a member; never more than `most` bytes, whatever the archive says of its size."""
    try:
        with archive.open(name) as file:
            data = file.read(most + 1)
    except Exception as error:  # zipfile raises half a dozen kinds for broken members
        raise ExchangeError(f"{path}：{name} 损坏（{error}）。 A member of the archive is broken.") from None
    if len(data) > most:
        raise ExchangeError(f"{path}：{name} 过大。 A member of the archive is too large.")
    return data


def _parsed(data: bytes, path: Path) -> Any:  # noqa: ANN401
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ExchangeError(f"{path}：project.qde 不是正确的 XML（{error}）。 It is not valid XML.") from None
    document: Any = root.getroottree().docinfo
    if document.doctype or any(isinstance(n, etree._Entity) for n in root.iter()):
        raise ExchangeError(
            f"{path}：project.qde 含 DTD 或实体，不予读取。 A document type or entity: refused."
        )
    if _tag(root) != "Project":
        raise ExchangeError(f"{path}：project.qde 不是 REFI-QDA 项目。 The root is no REFI-QDA project.")
    return root


def _tag(element: Any) -> str:  # noqa: ANN401
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _all(parent: Any, tag: str) -> Iterator[Any]:  # noqa: ANN401
    return (element for element in parent.iter() if _tag(element) == tag)


def _id(guid: str | None) -> str:
    """Return a GUID in one form: programs write it in braces or capitals."""
    return (guid or "").strip("{} ").lower()


def _codes(root: Any) -> dict[str, tuple[str, str]]:  # noqa: ANN401
    """Return the category (names of the codes above, joined) and the name of each code."""
    found: dict[str, tuple[str, str]] = {}
    for element in _all(root, "Code"):
        above = [a.get("name") or "" for a in element.iterancestors() if _tag(a) == "Code"]
        found[_id(element.get("guid"))] = (" / ".join(reversed(above)), element.get("name") or "")
    return found


class _Reader:
    """Gathers the codings of one project."""

    def __init__(
        self,
        archive: ZipFile,
        path: Path,
        codes: Mapping[str, tuple[str, str]],
        users: Mapping[str, str],
        sources: Sequence[Source],
    ) -> None:
        self.codings: list[Coding] = []
        self.troubles: list[str] = []
        self._archive, self._path, self._codes, self._users = archive, path, codes, users
        self._by_guid = {_guid("source", source.doc_id): source for source in sources}
        self._by_text = {source.text.strip(): source for source in sources}

    def read(self, element: Any) -> None:  # noqa: ANN401
        """Add the codings of one text."""
        name = element.get("name") or element.get("guid") or ""
        text = self._text(element, name)
        if text is None:
            return
        written = _Written(text)
        source = self._by_guid.get(_id(element.get("guid"))) or self._by_text.get(written.plain.strip())
        if source is None:
            self.troubles.append(f"{name}：结果中没有这篇文献，其编码未读。 The result has no such document.")
            return
        for selection in (e for e in element if _tag(e) == "PlainTextSelection"):
            self._add(selection, written, source)
        for coding in (e for e in element if _tag(e) == "Coding"):
            self._give(coding, selection=None, span=(0, len(source.text)), source=source)

    def _text(self, element: Any, name: str) -> str | None:  # noqa: ANN401
        for content in (e for e in element if _tag(e) == "PlainTextContent"):
            return "".join(content.itertext())
        given = element.get("plainTextPath") or ""
        if not given.startswith("internal://") or ".." in PurePosixPath(given[11:]).parts:
            self.troubles.append(
                f"{name}：原文不在项目文件中（{given!r}），未读。 Its text is not in the project."
            )
            return None
        wanted = f"sources/{given[11:]}".lower()
        member = next((m for m in self._archive.namelist() if m.lower() == wanted), None)
        if member is None:
            self.troubles.append(
                f"{name}：项目文件中缺少 {given!r}，未读。 Its text is missing from the project."
            )
            return None
        data = _bytes_of(self._archive, member, self._path)
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            return decode(data).text

    def _add(self, selection: Any, written: _Written, source: Source) -> None:  # noqa: ANN401
        where = f"{source.name} {selection.get('startPosition')}-{selection.get('endPosition')}"
        try:
            start, end = int(selection.get("startPosition")), int(selection.get("endPosition"))
        except (TypeError, ValueError):
            self.troubles.append(f"{where}：位置不是整数，未读。 The positions are no numbers.")
            return
        if not 0 <= start < end <= len(written.text):
            self.troubles.append(f"{where}：位置超出原文，未读。 The positions lie outside of the text.")
            return
        span = written.span_in(source.text, start, end)
        if span is None:
            self.troubles.append(
                f"{where}：原文有改动，无法定位，未读。 The text was changed, and its place can't be found."
            )
            return
        for coding in (e for e in selection if _tag(e) == "Coding"):
            self._give(coding, selection=selection, span=span, source=source)

    def _give(self, coding: Any, *, selection: Any, span: tuple[int, int], source: Source) -> None:  # noqa: ANN401
        user = coding.get("creatingUser") or (selection.get("creatingUser") if selection is not None else "")
        for reference in (e for e in coding if _tag(e) == "CodeRef"):
            found = self._codes.get(_id(reference.get("targetGUID")))
            if found is None:
                self.troubles.append(f"{source.name} {span[0]}-{span[1]}：编码本中没有该编码。 Unknown code.")
            else:
                self.codings.append(Coding(self._users.get(_id(user), ""), *found, source.doc_id, *span))


class _Written:
    """A text as a program wrote it, and where its characters are in the document it came from."""

    def __init__(self, text: str) -> None:
        self.text = text
        # One line feed for every line ending, as documents have it.
        self.plain = re.sub(r"\r\n?", "\n", text)
        self._cut = [match.start() for match in re.finditer(r"\r\n", text)]

    def span_in(self, whole: str, start: int, end: int) -> tuple[int, int] | None:
        """Return where a selection is in a document; None if it can't be told."""
        # A line feed that follows a return is the second half of one line ending.
        first, last = (at - bisect_left(self._cut, at) for at in (start, end))
        if self.text == whole:
            return start, end
        wanted = self.plain[first:last]
        if self.plain == whole or (whole[first:last] == wanted and self.plain[:last] == whole[:last]):
            return (first, last) if first < last else None
        if not wanted.strip() or whole.count(wanted) != 1:
            return None
        at = whole.index(wanted)
        return at, at + len(wanted)
