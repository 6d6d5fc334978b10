"""What is to be done to an open workbook, in order, as values: xlwings carries it out in Excel, the task pane in its host.

Not here: which edits lead to which actions (``planned``), and the carrying out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Severity, Value
    from automation.excel.areas import Area


@dataclass(frozen=True, slots=True)
class PutValues:
    """A rectangle of cells gets constants, in one write; text stays text whatever it begins with."""

    sheet: str
    area: Area
    values: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class PutFormulas:
    """A column of new rows gets the formula of a calculated column (with a leading ``=``)."""

    sheet: str
    area: Area
    formula: str


@dataclass(frozen=True, slots=True)
class ResizeTable:
    """A table gets a new range; its header row stays where it is."""

    sheet: str
    table: str
    area: Area


@dataclass(frozen=True, slots=True)
class CopyLook:
    """Rows get the formats of a row above them: what a person gets who types under the last row."""

    sheet: str
    source: Area
    target: Area


@dataclass(frozen=True, slots=True)
class PutLinks:
    """The links to places in this workbook that the cells of a range have afterwards, all others there go."""

    sheet: str
    area: Area
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PutMarks:
    """The complete set of our marks of a sheet, gravest first: ranges by severity; no marks when empty."""

    sheet: str
    areas: tuple[tuple[Severity, tuple[Area, ...]], ...]


Action = PutValues | PutFormulas | ResizeTable | CopyLook | PutLinks | PutMarks
