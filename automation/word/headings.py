"""Which paragraph styles are headings, and the numbers that Word prints before them.

Not here: what is made of the headings (``contents``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from automation.word.design.numbering import WORD

if TYPE_CHECKING:
    from collections.abc import Mapping

W = f"{{{WORD}}}"
LEVELS = 3
"""Outline levels that count as headings."""

_CHINESE = "〇一二三四五六七八九"


class HeadingStyle(NamedTuple):
    """A heading style: outline level from 0, the list that numbers it (0 for none) and the level in that list."""

    level: int
    list: int
    list_level: int


def heading_styles(styles: Any) -> dict[str, HeadingStyle]:
    """Outline level and numbering of every paragraph style that is a heading, through what it is based on."""
    direct = {style.get(f"{W}styleId"): style for style in styles.iter(f"{W}style")}

    def inherited(identifier: str | None, path: str) -> int | None:
        while identifier in direct:
            style = direct[identifier]
            found = style.find(path)
            if found is not None:
                return int(found.get(f"{W}val"))
            base = style.find(f"{W}basedOn")
            identifier = None if base is None else base.get(f"{W}val")
        return None

    result = {}
    for identifier in direct:
        level = inherited(identifier, f"{W}pPr/{W}outlineLvl")
        if level is not None and level < LEVELS:
            number = inherited(identifier, f"{W}pPr/{W}numPr/{W}numId") or 0
            result[identifier] = HeadingStyle(level, number, inherited(identifier, f"{W}pPr/{W}numPr/{W}ilvl") or 0)
    return result


def formats(numbering: Any) -> dict[int, list[tuple[str, str, str]]]:
    """Per list: the number format, text and suffix of each level."""

    def value(level: Any, name: str) -> str:
        found = level.find(f"{W}{name}")
        return "" if found is None else str(found.get(f"{W}val"))

    abstract = {
        part.get(f"{W}abstractNumId"): [
            (value(level, "numFmt"), value(level, "lvlText"), value(level, "suff")) for level in part.iter(f"{W}lvl")
        ]
        for part in numbering.iter(f"{W}abstractNum")
    }
    return {
        int(number.get(f"{W}numId")): abstract[number.find(f"{W}abstractNumId").get(f"{W}val")]
        for number in numbering.iter(f"{W}num")
    }


def next_number(
    style: HeadingStyle, known: Mapping[int, list[tuple[str, str, str]]], counters: dict[int, list[int]]
) -> tuple[str, str]:
    """The number of the next heading in that style and what follows it; ``counters`` are counted on."""
    levels = known.get(style.list)
    if not levels:
        return "", ""
    counts = counters.setdefault(style.list, [0] * len(levels))
    counts[style.list_level] += 1
    counts[style.list_level + 1 :] = [0] * (len(counts) - style.list_level - 1)
    _, text, suffix = levels[style.list_level]
    for number, (form, _, _) in enumerate(levels):
        text = text.replace(f"%{number + 1}", numeral(counts[number], form))
    return text, {"nothing": "", "space": " "}.get(suffix, "\t")


def numeral(value: int, form: str) -> str:
    """A counted number as Word prints it in the number format ``form`` (decimal, upperLetter, chineseCounting)."""
    if form == "upperLetter":
        return chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1)
    if form == "chineseCounting" and value < 100:  # noqa: PLR2004 - no document has a hundred chapters
        tens, ones = divmod(value, 10)
        return ("" if tens == 0 else ("" if tens == 1 else _CHINESE[tens]) + "十") + (_CHINESE[ones] if ones else "")
    return str(value)
