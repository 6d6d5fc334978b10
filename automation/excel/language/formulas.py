"""Formulas in which sheets and table columns have new names, and the texts that stand in formulas.

What Excel does itself when somebody renames a sheet: references follow, texts in quotes do not. Not here: which formulas
there are (``switching``), what the builder writes (``wording``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PART = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<quoted>'(?:[^']|'')*')!
  | (?P<table>[^\W\d][\w.]*)?(?P<columns>\[(?:[^\[\]']|'.|\[(?:[^\[\]']|'.)*\])*\])(?!(?:[^\W\d][\w.]*)?!)
  | (?P<plain>(?<![\w.\]'])[^\W\d][\w.]*(?::[^\W\d][\w.]*)?)!
    """,
    re.VERBOSE,
)
"""A text, a sheet in quotes or without, a structured reference; the brackets of another workbook (``[1]Plan!``) are none."""
_COLUMN = re.compile(r"\[((?:[^\[\]'#@]|'.)(?:[^\[\]']|'.)*)\]")
_ONE = re.compile(r"\[(@?)((?:[^\[\]'#@]|'.)(?:[^\[\]']|'.)*)\]")
_SIMPLE = re.compile(r"[^\W\d][\w.]*")
_CELL = re.compile(r"[A-Za-z]{1,3}\d+|[Rr]\d*[Cc]?\d*|[Cc]\d*")
"""What Excel would read as the address of a cell, so that a sheet of that name stands in quotes."""
_CELLS = re.compile(r"\$?\b[A-Z]{1,3}\$?\d+\b|\$[A-Z]{1,3}\b")
_ESCAPED = re.compile(r"'(.)")
_SPECIAL = re.compile(r"([\[\]#'@])")


@dataclass(frozen=True, slots=True)
class Renaming:
    """Old and new names: of sheets, and of the columns of each table by its name in small letters.

    ``always_quoted``: names of sheets stand in quotes even where they need none, as our builder writes them.
    """

    sheets: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]
    always_quoted: bool = False


def renamed(formula: str, names: Renaming) -> str:
    """The formula (without leading ``=``) with the new names; anything else stays as it is, texts included."""
    return _PART.sub(lambda match: _new(match, formula, names), formula)


def _new(match: re.Match[str], formula: str, names: Renaming) -> str:
    whole = match.group()
    if match["text"]:
        return whole
    if match["columns"]:
        return (match["table"] or "") + _columns(
            match["columns"], names.columns.get((match["table"] or "").lower(), {})
        )
    quoted = match["quoted"] is not None
    parts = (match["quoted"][1:-1].replace("''", "'") if quoted else match["plain"]).split(":")
    if not any(part in names.sheets for part in parts):
        return whole
    spare = quoted and not any(map(_needs_quotes, parts))
    keep = spare or (names.always_quoted and quoted and not _has_plain(formula))
    new = [names.sheets.get(part, part) for part in parts]
    if keep or any(map(_needs_quotes, new)):
        return "'" + ":".join(new).replace("'", "''") + "'!"
    return ":".join(new) + "!"


def _has_plain(formula: str) -> bool:
    return any(match["plain"] for match in _PART.finditer(formula))


def _needs_quotes(name: str) -> bool:
    return not _SIMPLE.fullmatch(name) or bool(_CELL.fullmatch(name))


def _columns(brackets: str, columns: Mapping[str, str]) -> str:
    """The brackets of a structured reference with new column names."""

    def new(match: re.Match[str], at: int) -> str:
        name = _ESCAPED.sub(r"\1", match[at])
        found = columns.get(name)
        if found is None:
            return match.group()
        return match.group().replace(match[at], _SPECIAL.sub(r"'\1", found))

    single = _ONE.fullmatch(brackets)
    if single:
        return new(single, 2)
    return "[" + _COLUMN.sub(lambda match: new(match, 1), brackets[1:-1]) + "]"


def canonical(formula: str) -> str:
    """The formula with quotes around sheet names only where they are needed, as Excel saves it."""

    def bare(match: re.Match[str]) -> str:
        name = (match["quoted"] or "")[1:-1]
        return f"{name}!" if name and not _needs_quotes(name) else match.group()

    return _PART.sub(bare, formula)


def texts(formula: str) -> Iterator[str]:
    """The texts in quotes that stand in a formula."""
    for match in _PART.finditer(formula):
        if match["text"]:
            yield match["text"][1:-1].replace('""', '"')


def skeleton(formula: str) -> str:
    """The formula without its texts, and without the cells that it is about, which move with inserted columns."""
    return _CELLS.sub("$", _PART.sub(lambda match: '""' if match["text"] else match.group(), formula))


def with_texts(formula: str, changed: Mapping[str, str]) -> str:
    """The formula with other texts where they are to change."""

    def new(match: re.Match[str]) -> str:
        found = changed.get(match["text"][1:-1].replace('""', '"')) if match["text"] else None
        return match.group() if found is None else '"' + found.replace('"', '""') + '"'

    return _PART.sub(new, formula)
