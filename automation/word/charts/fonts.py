"""The typefaces of pictures: which of this computer's fonts write Chinese and Latin, and what they cannot write.

Fonts are found by their family names, in collections (.ttc) too, which matplotlib reads since 3.11. Not here: sizes
and colours (``look``).
"""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    from automation.base.findings import Language

CHINESE = (
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Heiti SC",
    "STHeiti",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
    "DengXian",
    "SimSun",
    "Songti SC",
    "Droid Sans Fallback",
    "Arial Unicode MS",
)
"""Families with the characters of mainland China, the one of the Word templates first, then by system and looks."""
LATIN = ("Arial", "Helvetica", "Liberation Sans", "DejaVu Sans")
"""Families for Latin letters; the last comes with matplotlib."""
FILES = (
    "msyh.ttc", "msyhl.ttc", "msyh.ttf", "simhei.ttf", "deng.ttf", "simsun.ttc", "pingfang.ttc", "stheiti",
    "hiragino sans gb", "songti.ttc", "arial unicode", "notosanscjk", "notosanssc", "sourcehansans", "wqy-",
    "droidsansfallback",
)  # fmt: skip
"""How the names of files begin that hold them, for those installed since matplotlib last looked for fonts."""
SAMPLE = "国永"
"""Characters that a font for Chinese must be able to draw."""
_UNIT, _POINTS_PER_INCH, _FIXED = 100, 72, 65536
"""Widths are measured at so many points, in pixels of a point, as fixed-point numbers."""
GETA = "〓"
"""What printers set for a character that they do not have."""


@cache
def families(language: Language) -> tuple[str, ...]:
    """The families to write with, by preference: each character is taken from the first that has it."""
    chinese, latin = chinese_family(), next(name for name in LATIN if _entries(name))
    wanted = (chinese, latin) if language == "zh" else (latin, chinese)
    return (*(name for name in wanted if name), *(() if latin == LATIN[-1] else LATIN[-1:]))


def chinese_family() -> str:
    """The first family of this computer that draws Chinese; ``""`` when it has none."""
    return _usable() or _newly_installed()


def writable(text: str, language: Language) -> str:
    """The text in one line, with what no font here can draw replaced by 〓; emoji and invisible signs are left out.

    Raises UsageError when it has Chinese characters and this computer has no font for them.
    """
    line = " ".join("".join(sign if _is_shown(sign) else " " * sign.isspace() for sign in text).split())
    missing = {sign for sign in line if not _has(sign, language)}
    if not missing:
        return line
    if any(is_chinese(sign) for sign in missing) and not chinese_family():
        raise no_chinese_font()
    instead = GETA if _has(GETA, language) else "?"
    kept = "".join(sign if sign not in missing else "" if _is_emblem(sign) else instead for sign in line)
    return " ".join(kept.split())


def width(text: str, language: Language, weight: str = "normal") -> float:
    """How many times its size a writable text is wide; letters that move together are counted as if they did not."""
    return sum(_advance(sign, language, weight) for sign in text)


def is_chinese(sign: str) -> bool:
    """Whether the character is an ideograph or Chinese punctuation."""
    return sign >= "\u2e80" and unicodedata.east_asian_width(sign) in {"W", "F"}


def no_chinese_font() -> UsageError:
    """The refusal to draw boxes in place of Chinese characters."""
    return UsageError(
        Text(
            "这台电脑没有可用的中文字体，无法生成带中文的图片。请安装后重试：Windows 在“设置 → 可选功能”中添加简体中文补充字体；"
            "macOS 在“字体册”中下载苹方(PingFang SC)；Linux 安装 fonts-noto-cjk 或 fonts-wqy-microhei。",
            "This computer has no font for Chinese, so a picture with Chinese text cannot be made. Install one and try "
            "again: on Windows 'Chinese (Simplified) Supplemental Fonts' under Settings, Optional features; on macOS "
            "PingFang SC in Font Book; on Linux fonts-noto-cjk or fonts-wqy-microhei.",
        ),
        code="FONT",
    )


def _usable() -> str:
    return next((name for name in CHINESE if any(_draws(entry) for entry in _entries(name))), "")


@cache
def _newly_installed() -> str:
    """The family among fonts that matplotlib's own list of fonts does not have yet, which joins it; ``""`` for none."""
    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    found = False
    for path in sorted(font_manager.findSystemFonts()):
        name = path.replace("\\", "/").rpartition("/")[2].lower()
        if path not in known and name.startswith(FILES):
            font_manager.fontManager.addfont(path)
            found = True
    return _usable() if found else ""


def _entries(family: str) -> list[font_manager.FontEntry]:
    return [entry for entry in font_manager.fontManager.ttflist if entry.name == family]


def _draws(entry: font_manager.FontEntry) -> bool:
    """Whether a font has the characters and can draw them; newer systems have fonts in forms that cannot be read."""
    try:
        font = FT2Font(entry.fname, face_index=entry.index)
        if not all(font.get_char_index(ord(sign)) for sign in SAMPLE):
            return False
        font.set_size(_UNIT, _POINTS_PER_INCH)
        font.set_text(SAMPLE)
        return len(font.get_path()[0]) > 0
    except (OSError, RuntimeError):
        return False


@cache
def _faces(language: Language, weight: str = "normal") -> tuple[FT2Font, ...]:
    found = [
        font_manager.findfont(font_manager.FontProperties(family=[name], weight=weight)) for name in families(language)
    ]
    faces = tuple(FT2Font(one.path, face_index=one.face_index) for one in found)
    for face in faces:
        face.set_size(_UNIT, _POINTS_PER_INCH)
    return faces


@cache
def _has(sign: str, language: Language) -> bool:
    return sign == " " or any(face.get_char_index(ord(sign)) for face in _faces(language))


@cache
def _advance(sign: str, language: Language, weight: str) -> float:
    faces = _faces(language, weight)
    face = next((face for face in faces if face.get_char_index(ord(sign))), faces[-1])
    return face.load_char(ord(sign), flags=LoadFlags.NO_HINTING).linearHoriAdvance / _FIXED / _UNIT


def _is_shown(sign: str) -> bool:
    """Whether a sign takes part in a line: no control sign, no invisible one, no half of a pair."""
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Cn"}


def _is_emblem(sign: str) -> bool:
    """Whether it is an emoji or a sign that only changes the one before it."""
    return unicodedata.category(sign) in {"So", "Sk", "Mn", "Me"}
