"""What is to be done to an open workbook, in order, as values: xlwings carries it out in Excel, the task pane in its host.

All of one sheet come together, in an order in which Excel cannot upset them: tables first take their new size, then
rows get their look, then formulas, then constants, links, marks. A carrier switches off what Excel does of its own
accord (automatic expansion of tables and filling of formulas, events, screen updates) while it carries them out.
Not here: which edits lead to which actions (``planned``), what is typed to give a value (``typed``), the carrying out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Severity
    from automation.excel.areas import Area

Constant = str | float | bool | None
"""What a cell is given: text, a number, a date as its serial number in the workbook's date system; ``None`` empties."""


@dataclass(frozen=True, slots=True)
class PutValues:
    """A rectangle of cells gets constants, in one write; text stays text whatever it begins with.

    Dates are serial numbers already and their cells show dates; numbers are ``float``. No cell of the rectangle holds a
    formula that must stay. ``formats`` are the number formats of the cells, because Excel takes what is typed differently
    by them: ``typed.typed_values`` gives what to hand to Excel, ``typed.numbers_as_text`` the few cells (a number for
    a cell formatted as text) that need ``General`` while they are written and their format back afterwards.
    """

    sheet: str
    area: Area
    values: tuple[tuple[Constant, ...], ...]
    formats: tuple[tuple[str, ...], ...]


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
    """Rows get the formats of a row above them: what a person gets who types under the last row.

    ``source`` is one row, ``target`` lies below it and has the same columns. Values, formulas and links are not copied.
    """

    sheet: str
    source: Area
    target: Area


@dataclass(frozen=True, slots=True)
class PutLinks:
    """The links to places in this workbook that the cells of a range have afterwards, all others there go.

    ``links`` map A1 addresses to places such as ``'计划'!D5``, without ``#``. Of the links that are there now, those to
    places in this workbook whose cells lie wholly inside ``area`` are taken away; links to files and the web stay.
    Neither values nor looks of the cells may change: Excel makes linked cells blue, and writes the place into empty ones.
    """

    sheet: str
    area: Area
    links: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PutMarks:
    """The complete set of our marks of a sheet, gravest first: ranges by severity; no marks when empty.

    Our conditional formats that are there now go, those of users stay and come after ours. Each severity is one
    format with the formula ``=N("deliverybook:high")=0`` (the severity's code), filled with ``marks.COLOURS``.
    """

    sheet: str
    areas: tuple[tuple[Severity, tuple[Area, ...]], ...]


Action = PutValues | PutFormulas | ResizeTable | CopyLook | PutLinks | PutMarks
