"""Faces, languages and the numbers of headings, appendices and bullets: the numbering part of every document.

Not here: the styles that use them (``styles``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from automation.base.findings import Language

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
EAST_ASIAN = "微软雅黑"
LATIN = "Arial"
SYMBOLS = "Segoe UI Symbol"
LANGUAGE_TAGS: dict[Language, str] = {"zh": "zh-CN", "en": "en-US"}

Numbering = Literal["technical", "official"]
"""``technical``: 1, 1.1, 1.1.1; ``official``: 一、（一） 1. in Chinese, the same as technical in English."""


def fonts(east_asian: str = EAST_ASIAN, latin: str = LATIN, *, hint: str = "") -> str:
    """The run fonts element with all four faces set and no theme font.

    The hint ``eastAsia`` makes Word set quotation marks and dashes of Chinese text in the Chinese face.
    """
    side = f'w:hint="{hint}" ' if hint else ""
    return f'<w:rFonts {side}w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{east_asian}" w:cs="{latin}"/>'


_OFFICIAL = (
    ("chineseCounting", "%1、", "nothing"),
    ("chineseCounting", "（%2）", "nothing"),
    ("decimal", "%3.", "space"),
)
"""Number format, text and suffix of the three heading levels of an official Chinese document."""


def numbering_part(language: Language, numbering: Numbering) -> str:
    """The numbering part: headings (1), appendices (2), bullets (3)."""
    appendix = "附录%1" if language == "zh" else "Appendix %1"
    lists = (
        (0, "".join(_heading_level(level, language, numbering) for level in range(3))),
        (1, _level(0, "AppendixHeading", ("upperLetter", appendix, "space"), '<w:ind w:left="0" w:firstLine="0"/>')),
        (2, _level(0, "ListBullet", ("bullet", "•", "tab"), '<w:ind w:left="567" w:hanging="283"/>')),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
        for identifier, levels in lists
    )
    used = "".join(
        f'<w:num w:numId="{identifier + 1}"><w:abstractNumId w:val="{identifier}"/></w:num>' for identifier, _ in lists
    )
    return f'<w:numbering xmlns:w="{WORD}">{abstract}{used}</w:numbering>'


def _heading_level(level: int, language: Language, numbering: Numbering) -> str:
    style = f"Heading{level + 1}"
    if numbering == "official" and language == "zh":
        return _level(level, style, _OFFICIAL[level], "")
    wide = (567, 709, 851)[level]
    text = ".".join(f"%{number + 1}" for number in range(level + 1))
    return _level(level, style, ("decimal", text, "tab"), f'<w:ind w:left="{wide}" w:hanging="{wide}"/>')


def _level(level: int, style: str, look: tuple[str, str, str], indent: str) -> str:
    form, text, suffix = look
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f"<w:pPr>{indent}</w:pPr><w:rPr>{fonts()}</w:rPr></w:lvl>"
    )
