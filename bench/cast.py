"""The names and numbers of one generated document: its place, and invented villages, people and programs."""

from __future__ import annotations

import re
from functools import cache
from random import Random

# Characters that Chinese place and program names are often made of; which two meet is drawn anew each time.
STEM = (
    "安宝碧滨苍昌朝晨澄春翠丹东枫丰凤福谷光桂海和河红鸿湖虎花槐华金锦景静康兰莲凌岭柳龙隆鹿梅明南宁盘平坪"
    "屏栖旗青清泉仁荣瑞山上石双水松泰棠桃田桐万文梧西溪霞仙祥新兴杏秀雅阳银永玉云泽长珠竹紫"
)
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗郑梁谢宋唐许邓冯韩曹曾彭萧蔡潘田董袁于余叶蒋杜苏魏程吕丁沈任"
)
GIVEN = "建国志明晓红丽华文静海燕秀英伟强敏杰玉兰桂芳春梅俊峰雪琴思远子涵雨欣浩然嘉怡宇航欣怡德胜永康"
# How many new names of a kind a document has; some of them recur, as in a real report.
NAMES = 24

# Years are changed apart, so that they stay years.
NUMBER = re.compile(r"(?<![0-9.])[0-9]{1,8}(?![0-9]|年)")
YEAR = re.compile(r"(?:19|20)[0-9]{2}(?=年)")
PLACE = re.compile(r"[\u4e00-\u9fff]{2,3}(?:市|县|自治州)(?![\u4e00-\u9fff]{0,2}场)")
VILLAGE = re.compile(r"[\u4e00-\u9fff]{2}(?=社区|街道|镇|乡|村)")
QUOTED = re.compile(r"“([\u4e00-\u9fff]{2,8})”")
TITLED = re.compile(r"《(关于)?([\u4e00-\u9fff]{4,40})》")
PERSON = re.compile(rf"(?<=主任|书记|局长|部长)[{SURNAMES}][\u4e00-\u9fff]{{1,2}}(?=表示|说|介绍|指出)")


@cache
def divisions() -> tuple[str, ...]:
    """Return the full names of China's cities and counties, from the package's gazetteer, in order of code."""
    from swnlp.gazetteer import load_gazetteer

    found = load_gazetteer().divisions
    return tuple(found[code].name for code in sorted(found) if found[code].level in {"city", "county"})


class Cast:
    """Draws the names of one document and puts them in place of those of the real sentences."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self.place = random.choice(divisions())
        self.year = random.randint(2012, 2025)
        self._near = [self.place, *random.sample(divisions(), 5)]
        self._stems = ["".join(random.sample(STEM, 2)) for _ in range(NAMES)]
        self._people = [random.choice(SURNAMES) + "".join(random.sample(GIVEN, 2)) for _ in range(NAMES)]

    def play(self, text: str) -> str:
        """Return the text with the names of this cast and other numbers."""
        pick = self._random.choice
        text = PLACE.sub(lambda _: pick(self._near), text)
        text = VILLAGE.sub(lambda _: pick(self._stems), text)
        text = PERSON.sub(lambda _: pick(self._people), text)
        text = QUOTED.sub(self._quoted, text)
        text = TITLED.sub(self._titled, text)
        text = NUMBER.sub(self._number, text)
        return YEAR.sub(lambda _: str(self.year - self._random.randint(0, 3)), text)

    def _quoted(self, match: re.Match[str]) -> str:
        # Every other name in quotes stays: reports share their campaigns (“五社联动”), and each has its own.
        name = match.group(1)
        return (
            f"“{self._random.choice(self._stems)}{name[-2:]}”"
            if self._random.random() < 0.5
            else match.group()
        )

    def _titled(self, match: re.Match[str]) -> str:
        about, title = match.group(1) or "", match.group(2)
        return f"《{about}{self.place}{title}》" if self._random.random() < 0.5 else match.group()

    def _number(self, match: re.Match[str]) -> str:
        """Another number of as many digits."""
        digits = len(match.group())
        return str(self._random.randint(10 ** (digits - 1), 10**digits - 1))
