"""The Chinese font of this machine that figures are drawn with."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from swnlp.errors import FontError
from swnlp.extras import require

# Families in order of preference, sans serif first, which small labels need; each with how its files' names begin.
# Those of Linux distributions, Windows and macOS, and the free ones that people install.
_KNOWN = (
    ("Noto Sans CJK SC", "notosanscjk"),
    ("Source Han Sans SC", "sourcehansans"),
    ("Source Han Sans CN", "sourcehansans"),
    ("Noto Sans SC", "notosanssc"),
    ("Microsoft YaHei", "msyh"),
    ("SimHei", "simhei"),
    ("PingFang SC", "pingfang"),
    ("Hiragino Sans GB", "hiragino sans gb"),
    ("Heiti SC", "stheiti"),
    ("WenQuanYi Zen Hei", "wqy-zenhei"),
    ("WenQuanYi Micro Hei", "wqy-microhei"),
    ("Droid Sans Fallback", "droidsansfallback"),
    ("Songti SC", "songti"),
    ("SimSun", "simsun"),
    ("Noto Serif CJK SC", "notoserifcjk"),
    ("Source Han Serif SC", "sourcehanserif"),
    ("FangSong", "simfang"),
    ("KaiTi", "simkai"),
    ("AR PL UMing CN", "uming"),
)
_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}
# A font that has these is one for Chinese in simplified characters.
_NEEDED = "社区组织志愿者慈善联动"
_FAMILY_NAMES = (16, 1)


class Face(NamedTuple):
    """A font.

    Attributes:
        path: Its file.
        number: Which of the fonts of that file.
        family: Its name.
    """

    path: Path
    number: int
    family: str


def chinese_face(path: Path | str | None = None) -> Face:
    """Return a Chinese font: that of a file, or the first known one of this machine.

    Args:
        path: A .ttf, .otf or .ttc file.

    Raises:
        FontError: If the file is no Chinese font, or the machine has none.
        MissingExtraError: If matplotlib is not installed.
    """
    if path is not None:
        found = _face(Path(path), None)
        if found is None:
            raise FontError(
                f"{path}: 不是可用的中文字体文件（.ttf、.otf、.ttc）。 This is no font file with Chinese characters."
            )
        return found
    files = _system_fonts()
    for family, begin in _KNOWN:
        for file in files:
            if file.name.lower().startswith(begin) and (face := _face(file, family)) is not None:
                return face
    raise FontError(
        "这台电脑上没有找到中文字体。Debian、Ubuntu：sudo apt install fonts-noto-cjk；"
        "Fedora：sudo dnf install google-noto-sans-cjk-fonts；也可指定字体文件（--font），或不画图（--no-figure）。 "
        "No Chinese font was found: install the package fonts-noto-cjk (Debian, Ubuntu) or "
        "google-noto-sans-cjk-fonts (Fedora), or name a font file (--font), or do without (--no-figure)."
    )


def use_chinese_font(path: Path | str | None = None) -> str:
    """Let matplotlib draw Chinese, as in a notebook: plots made from now on use the font; return its name.

    Args:
        path: As for `chinese_face`.

    Raises:
        FontError: If the file is no Chinese font, or the machine has none; it says which package to install.
        MissingExtraError: If matplotlib is not installed.
    """
    face = chinese_face(path)
    manager = require("matplotlib.font_manager", extra="paper")
    manager.fontManager.addfont(str(face.path))
    # matplotlib reads the first font of a collection only, and calls the file by that one's name.
    name: str = manager.FontProperties(fname=str(face.path)).get_name()
    settings = require("matplotlib", extra="paper").rcParams
    settings["font.sans-serif"] = [name, *(f for f in settings["font.sans-serif"] if f != name)]
    settings["font.family"] = "sans-serif"
    # The minus sign of mathematics is missing from many Chinese fonts.
    settings["axes.unicode_minus"] = False
    return name


def _system_fonts() -> list[Path]:
    """Return font files in the order of their names, the regular weight of a family before its others."""
    manager = require("matplotlib.font_manager", extra="paper")
    files = [Path(name) for name in manager.findSystemFonts() if Path(name).suffix.lower() in _ENDINGS]
    return sorted(files, key=lambda file: ("regular" not in file.name.lower(), len(file.name), str(file)))


def _face(path: Path, family: str | None) -> Face | None:
    """Return the font of a file with a family name (None: any), if it has Chinese characters and outlines."""
    library = require("fontTools.ttLib", extra="paper")
    try:
        number = len(library.TTCollection(path, lazy=True).fonts) if _is_collection(path) else 1
        for i in range(number):
            font = library.TTFont(path, fontNumber=i if number > 1 else -1, lazy=True)
            names = {font["name"].getDebugName(key) for key in _FAMILY_NAMES}
            has = font.getBestCmap() or {}
            drawn = "glyf" in font or "CFF " in font
            if drawn and (family is None or family in names) and all(ord(c) in has for c in _NEEDED):
                return Face(path, i, family or next(filter(None, names)))
    # What a broken or strange file makes of fontTools is one thing to us: no font to draw with.
    except Exception:
        return None
    return None


def _is_collection(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == b"ttcf"
