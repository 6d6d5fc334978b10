"""Counts and sums of the dashboard: each is one formula and, for rows known while building, its result.

The result is stored beside the formula, so that a viewer that does not calculate shows the right figure.
Not here: where the figures stand (``dashboard``, ``cover``).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.base.findings import Value
    from automation.excel.master.places import Places
    from automation.schema.catalogue import Column

    Rows = Mapping[str, Sequence[Mapping[str, Value]]]

PROJECT_FILTER: Final = "dashboard_filter"
"""Defined name of the cell that holds the selected project's id, or a pattern that every project's id meets.

The pattern starts with the ids' prefix, so that header cells, which whole columns include, never count.
"""


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on a column: the code of a list, or a number; ``sign`` is ``=``, ``<>``, ``>`` or ``<``."""

    column: str
    operand: str | float
    sign: str = "="


@dataclass(frozen=True, slots=True)
class Tally:
    """The number of rows of a sheet that meet all conditions, or the sum of one of its columns over them."""

    sheet: str
    where: tuple[Where, ...] = ()
    total: str = ""
    in_project: bool = True

    def formula(self, places: Places) -> str:
        """COUNTIFS or SUMIFS over whole columns, restricted to the project selected on the dashboard."""
        pairs = [f"{places.column(self.sheet, entry.column)},{self._criterion(entry, places)}" for entry in self.where]
        if self.in_project and "project_id" in places.catalogue.sheets[self.sheet].by_id:
            pairs.insert(0, f"{places.column(self.sheet, 'project_id')},{PROJECT_FILTER}")
        conditions = ",".join(pairs)
        if self.total:
            return f"SUMIFS({places.column(self.sheet, self.total)},{conditions})"
        return f"COUNTIFS({conditions})"

    def result(self, places: Places, rows: Rows) -> float:
        """What the formula gives for these rows when no project is selected."""
        sheet = places.catalogue.sheets[self.sheet]
        found = [row for row in rows.get(self.sheet, ()) if self._meets(row, places)]
        if self.in_project and "project_id" in sheet.by_id:
            prefix = places.catalogue.sheets["projects"].prefix
            found = [row for row in found if str(row.get("project_id") or "").startswith(prefix)]
        if not self.total:
            return len(found)
        amounts = (row.get(self.total) for row in found)
        return float(sum(Decimal(str(amount)) for amount in amounts if isinstance(amount, int | float | Decimal)))

    def _criterion(self, entry: Where, places: Places) -> str:
        column = places.catalogue.sheets[self.sheet].column(entry.column)
        if isinstance(entry.operand, str) and column.list:
            label = places.code(column.list, entry.operand)
            return label if entry.sign == "=" else f'"{entry.sign}"&{label}'
        return f'"{entry.sign}{entry.operand}"' if entry.sign != "=" else str(entry.operand)

    def _meets(self, row: Mapping[str, Value], places: Places) -> bool:
        columns = places.catalogue.sheets[self.sheet].by_id
        return all(_holds(entry, row.get(entry.column), columns[entry.column], places) for entry in self.where)


def _holds(entry: Where, value: Value, column: Column, places: Places) -> bool:
    if isinstance(entry.operand, str):
        same = value == entry.operand or value == places.catalogue.label(column, entry.operand, places.language)
        return same if entry.sign == "=" else not same
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return False
    outcomes = {"=": value == entry.operand, ">": value > entry.operand, "<": value < entry.operand}
    return outcomes.get(entry.sign, value != entry.operand)


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of several tallies."""

    parts: tuple[Tally, ...]

    @property
    def sheet(self) -> str:
        """The sheet that is counted."""
        return self.parts[0].sheet

    def formula(self, places: Places) -> str:
        """The tallies' formulas, added."""
        return "+".join(part.formula(places) for part in self.parts)

    def result(self, places: Places, rows: Rows) -> float:
        """The sum of the tallies' results."""
        return sum(part.result(places, rows) for part in self.parts)


def tally(sheet: str, total: str = "", **codes: str | float) -> Tally:
    """A tally of rows whose columns equal these list codes or numbers."""
    return Tally(sheet, tuple(Where(column, operand) for column, operand in codes.items()), total)


def any_of(sheet: str, column: str, codes: Sequence[str], *also: Where) -> Sum:
    """The rows whose column holds one of these codes and that meet the further conditions."""
    return Sum(tuple(Tally(sheet, (Where(column, code), *also)) for code in codes))


def open_findings(severity: str) -> Sum:
    """Findings of one severity that are new or continuing."""
    return any_of("findings", "status", ("new", "continuing"), Where("severity", severity))
