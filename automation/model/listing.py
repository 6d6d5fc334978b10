"""A list as values: columns, rows and the charts beside it, whatever it is written as (text, CSV, a sheet).

Not here: the writing (``front``, ``exchange``, ``excel``).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from automation.base.aligned import aligned
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.base.findings import Language

Kind = Literal["text", "date", "moment", "whole", "percent", "ratio", "score", "money"]
"""What a column holds; percentages 0 to 100, moments in local time without a zone."""
EMPTY, LONGEST = "-", 40


class ListColumn(NamedTuple):
    """A column: its name for programs, what stands above it, what it holds, its width in characters on a sheet."""

    id: str
    label: Text
    kind: Kind = "text"
    width: float = 12


class Tag(NamedTuple):
    """A cell that is one of a few: its code for colours, its name, and its place in their order (the gravest first)."""

    code: str
    label: Text
    order: int = 0


class Link(NamedTuple):
    """A cell that leads to a file: what people read, and the file's path."""

    text: Text
    path: str


class ListChart(NamedTuple):
    """A chart of columns over another one, of the rows from ``first`` to ``last`` (from 0, both included).

    ``spans`` are bars along days: the first column is where each begins, the others are days one after another.
    """

    title: Text
    over: str
    columns: tuple[str, ...]
    first: int
    last: int
    kind: Literal["line", "column", "spans"] = "line"


class Listing(NamedTuple):
    """A list with its name (short, for the tab of a sheet) and what it is about in a sentence.

    Cells are values, Texts, Tags or Links.
    """

    name: Text
    about: Text
    columns: tuple[ListColumn, ...]
    rows: tuple[tuple[Any, ...], ...]
    charts: tuple[ListChart, ...] = ()

    def values(self, language: Language) -> list[dict[str, Any]]:
        """The rows for programs, texts in one language."""
        names = [column.id for column in self.columns]
        return [dict(zip(names, (plain(value, language) for value in row), strict=True)) for row in self.rows]


def plain(value: Any, language: Language) -> Any:
    """A value of a list in one language: of texts, tags and links the text in that language."""
    if isinstance(value, (Tag, Link)):
        value = value.label if isinstance(value, Tag) else value.text
    return value.in_(language) or value.zh if isinstance(value, Text) else value


def shown(value: Any, kind: Kind, language: Language) -> str:
    """A value as people read it; ``""`` for an empty one."""
    value = plain(value, language)
    if value is None or value == "":
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, (str, date)):
        return str(value)
    forms = {"whole": "d", "percent": ".1f", "ratio": ".2f", "score": ".1f", "money": ",.0f"}
    return format(value, forms[kind])


def table(listing: Listing, language: Language, *, only: Sequence[str] = (), last: int | None = None) -> list[str]:
    """The list as lines of a terminal: these columns (none: all), the last so many rows (``None``: all)."""
    places = [place for place, column in enumerate(listing.columns) if not only or column.id in only]
    columns = [listing.columns[place] for place in places]
    rows = listing.rows if last is None else listing.rows[-last:]
    head = [column.label.in_(language) for column in columns]
    body = [
        [_line(shown(row[place], listing.columns[place].kind, language)) or EMPTY for place in places] for row in rows
    ]
    left = [place for place, column in enumerate(columns) if column.kind in {"text", "date", "moment"}]
    return aligned([head, *body], left=left)


def _line(text: str) -> str:
    """A cell of a terminal: one line without signs that control it, cut where it is long."""
    plain_text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return plain_text if len(plain_text) <= LONGEST else f"{plain_text[: LONGEST - 1]}…"
