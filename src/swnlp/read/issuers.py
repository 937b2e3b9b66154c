"""Who issued an official document, at which level, when, and since when it is in force."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from swnlp.gazetteer import Gazetteer, Level, load_gazetteer
from swnlp.read.clutter import Clutter
from swnlp.read.metadata import Facts, last_lines, parse_date
from swnlp.records import Issuer
from swnlp.resources import read_toml
from swnlp.view import simplified_view

LEVELS: dict[Level, str] = {"province": "省", "city": "市", "county": "县", "town": "乡"}
_ORGAN = (
    r"(?:人民政府办公厅|人民政府办公室|人民政府|人大常委会|人民代表大会常务委员会|人民代表大会|委员会办公室|委员会|办公厅|办公室|"
    r"[省市县区州盟旗乡镇]委|党委|党工委|发展改革委|卫生健康委|国资委|文明委|政法委|民委|局|厅|总局|总署|署|院|会|部|社|行|中心|"
    r"街道办事处|办事处|管委会|政府|党组|检察院|法院|军区|集团|公司|总工会|团委|团市委|团省委|妇联|残联|红十字会|协会|联合会)"
)
_HEAD = re.compile(r"(.{2,200}?)(?:关于|印发|转发|批转|发布|公布|颁布)")
_TEN = re.compile(r"等[\d一二三四五六七八九十]{0,3}(?:个)?(?:部门|部委|单位|机关|厅局|局)$")
_LETTERHEAD = re.compile(r"(.{3,60}?)(?:文件|令|公告)$")
_DATED = re.compile(
    r"[(\[（]?(?:(?:19|20)\d\d年\d{1,2}月\d{1,2}日|[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
    r"(?:印发)?[)\]）]?$"
)
_IN_FORCE = re.compile(
    r"自(?:(?P<day>(?:19|20)\d\d年\d{1,2}月\d{1,2}日)|(?P<issue>(?:印发|发布|公布|颁布|下发|发文)之日))起"
    r"(?:正式)?(?:施行|实施|执行|生效|试行)"
)
_LONG = 40
_LINES = 12
_NATIONAL = re.compile(
    r"(?:国务院|中共中央|中央|国家|全国|最高人民|中国|共青团中央|民政部|财政部|教育部|司法部|公安部|农业农村部|住房[和城乡建设]{0,6}部|"
    r"人力资源社会保障部|人力资源和社会保障部|自然资源部|生态环境部|交通运输部|水利部|商务部|文化和旅游部|退役军人事务部|应急管理部|"
    r"工业和信息化部|科技部|外交部|中共中央社会工作部)"
)
_LOCAL = {
    "省": "省",
    "自治区": "省",
    "市": "市",
    "州": "市",
    "盟": "市",
    "县": "县",
    "区": "县",
    "旗": "县",
    "镇": "乡",
    "乡": "乡",
    "街道": "乡",
}


class Issued(NamedTuple):
    """Who issued a document, when it was signed, and since when it is in force."""

    issuers: tuple[Issuer, ...] = ()
    issued: str | None = None
    in_force: str | None = None


def issued_by(text: str, view: str, clutter: Clutter, facts: Facts, place: str | None) -> Issued:
    """Return what an official document says of its issue; nothing for a report or a page of news.

    Official is what has a document number, and what is a rule or a plan by its genre, or 关于…的 one of the kinds of
    official document.
    """
    if not _is_official(facts):
        return Issued()
    head = [text[line.start : line.end] for line in clutter.head]
    last = last_lines(text, clutter)
    fields = {f.group: f.value for f in reversed(clutter.fields) if f.value}
    issued = signing_date(
        [simplified_view(li) for li in head], last_lines(view, clutter), fields.get("weak_date")
    )
    return Issued(
        issuers_of(facts.title, head, last, fields.get("weak_issuer"), place),
        issued,
        day_in_force(view, issued or facts.date),
    )


def _is_official(facts: Facts) -> bool:
    if facts.doc_number is not None:
        return True
    genres = read_toml("document_genres.toml")
    about = "关于" in simplified_view(facts.title or "")
    return facts.genre in (*genres["rules"], *genres["plans"]) or (
        about and facts.genre in (*genres["official"], "函")
    )


def issuers_of(
    title: str | None, head: Sequence[str], last: Sequence[str], field: str | None, place: str | None
) -> tuple[Issuer, ...]:
    """Return who issued a document, in the order of its title, letterhead or signature.

    The title's beginning tells (民政部 财政部关于…); where it has none, or says 等十部门, the letterhead, then the
    signature, then the page's own field tell; of these the one that names most.

    Args:
        title: The document's title.
        head: The lines above and around the title.
        last: The lines of its end, the last first.
        field: What the page says (发文机关).
        place: Name of the place that the document is known to be about, for short names (市民政局).
    """
    named = list(_in_title(title)) if title else []
    more = bool(title) and _TEN.search(_before(title or "") or "") is not None
    if not named or more:
        others = [_in_head(head), list(_signed(last)), _split(field) if field else []]
        named = max([named, *others], key=len)
    return tuple(
        Issuer(number, name, level_of(name, place)) for number, name in enumerate(dict.fromkeys(named))
    )


def _before(title: str) -> str | None:
    match = _HEAD.match(title)
    return match[1].strip(" 　、") if match else None


def _in_title(title: str) -> Iterator[str]:
    before = _before(title)
    if before is not None:
        yield from _split(_TEN.sub("", before))


def _split(text: str) -> list[str]:
    """Return the bodies in a line of nothing but bodies; [] if it is anything else."""
    text = text.strip(" 　、,，")
    if not text or len(text) > 400:
        return []
    parts = [part for part in re.split(r"[ 　、,，\t\n]+", text) if part]
    if all(_is_body(part) for part in parts):
        return [name for part in parts for name in _glued(part)]
    return []


def _is_body(part: str) -> bool:
    return 3 <= len(part) <= 120 and re.fullmatch(rf"[\u4e00-\u9fff（）()“”·]+{_ORGAN}", part) is not None


def _glued(part: str) -> list[str]:
    """Return the bodies that stand without a gap between them (民政部财政部); doubtful ones stay one."""
    cut = re.split(
        r"(?<=[部委局厅署])(?=国家|全国|中央|民政部|财政部|教育部|司法部|公安部|人力资源|住房|农业农村部|卫生健康)",
        part,
    )
    return cut if all(_is_body(piece) for piece in cut) else [part]


def _in_head(head: Sequence[str]) -> list[str]:
    for line in head:
        match = _LETTERHEAD.fullmatch(line.strip())
        if match is not None and (found := _split(match[1])):
            return found
    lines = [found for line in head if (found := _split(line))]
    return [name for found in lines for name in found]


def _signed(last: Sequence[str]) -> Iterable[str]:
    """Return the bodies above the date at a document's end."""
    lines = [line.strip() for line in last if line.strip()][:_LINES]
    at = next((i for i, line in enumerate(lines) if _DATED.fullmatch(line)), None)
    if at is None:
        return []
    found: list[list[str]] = []
    for line in lines[at + 1 :]:
        bodies = _split(line) if len(line) <= _LONG else []
        if not bodies:
            break
        found.append(bodies)
    return [name for bodies in reversed(found) for name in bodies]


def signing_date(head: Sequence[str], last: Sequence[str], field: str | None) -> str | None:
    """Return the day on which a document was signed: the page's field, the end, a line of its own in the head."""
    lines = [line.strip() for line in (*last, *head)]
    given = [field] if field else []
    days = (parse_date(line) for line in [*given, *(line for line in lines if _DATED.fullmatch(line))])
    return next((day for day in days if day is not None), None)


def day_in_force(view: str, issued: str | None) -> str | None:
    """Return the day from which a document holds (自2024年1月1日起施行; 自印发之日起 is its date), or None."""
    days = {parse_date(match["day"]) if match["day"] else issued for match in _IN_FORCE.finditer(view)} - {
        None
    }
    return days.pop() if len(days) == 1 else None


def level_of(name: str, place: str | None = None) -> str | None:
    """Return the level of a body (国家, 省, 市, 县, 乡) by the place in its name, or None."""
    shown = simplified_view(name).removeprefix("中共").removeprefix("中国共产党").removeprefix("共青团")
    gazetteer = load_gazetteer()
    code, rest = _place(shown, gazetteer)
    if code is None and place is not None:
        code = gazetteer.resolve(simplified_view(place)).code
        rest = shown
        if code is not None and (local := _own_level(rest)) is not None:
            return local
        code = None
    if code is not None:
        return _own_level(rest) if _own_level(rest) == "乡" else LEVELS[gazetteer.level(code)]
    return "国家" if _NATIONAL.match(simplified_view(name)) else _own_level(shown)


def _own_level(name: str) -> str | None:
    """Return the level that a short name begins with (市民政局), or a town's that it has in it."""
    match = re.match(r"(自治区|街道|[省市州盟县区旗镇乡])", name)
    if match is not None:
        return _LOCAL[match[1]]
    if re.match(r"[\u4e00-\u9fff]{2,6}(?:街道|镇|乡)", name):
        return "乡"
    # A place that the gazetteer has not (a new district): by its last mark.
    match = re.match(r"(?:[\u4e00-\u9fff]{1,7}?([省市州盟县区旗]))+", name)
    return _LOCAL[match[1]] if match else None


def _place(name: str, gazetteer: Gazetteer) -> tuple[str | None, str]:
    """Return the division whose name (or chain of names) a body's name begins with, and the rest."""
    for end in _ends(name):
        if end <= len(name):
            found = gazetteer.resolve(name[:end])
            code = found.code or (found.candidates[0] if found.rule == "ambiguous" else None)
            if code is not None:
                return code, name[end:]
    return None, name


@cache
def _ends(name: str) -> tuple[int, ...]:
    """Return where the name of a division may end in a body's name, the longest first."""
    marks = [
        match.end()
        for match in re.finditer(r"自治区|自治州|自治县|特别行政区|地区|街道|[省市州盟县区旗镇乡]", name)
    ]
    return tuple(sorted((m for m in marks if m < len(name)), reverse=True))
