"""What changed between two states of a workbook: sheets, columns, and rows by their key.

A row that stands elsewhere is no change, nor is a value in the other language of a list. Not here: the wording
(``commands.difference_text``) and the reading of the workbooks (``front``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from automation.commands.difference_rows import row_changes
from automation.commands.difference_views import views
from automation.model.headers import matched_sheets
from automation.model.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.base.findings import Text
    from automation.commands.difference_rows import RowChange
    from automation.commands.difference_views import Heading, Version, View
    from automation.model.tables import RawSheet
    from automation.schema.catalogue import Catalogue, Sheet

OWNED = ("findings", "log")
"""Sheets that commands write by themselves: they come last, and only their counts are shown unless asked."""

Presence = Literal["both", "added", "missing"]


class ColumnChange(NamedTuple):
    """A column that only the new workbook has (``added``) or only the old one (``missing``), and its filled cells."""

    heading: Heading
    presence: Presence
    filled: int


@dataclass(frozen=True, slots=True)
class SheetChange:
    """What changed on one sheet. ``rows`` of a sheet that only one workbook has are all its rows."""

    id: str
    label: Text
    presence: Presence
    columns: tuple[ColumnChange, ...]
    rows: tuple[RowChange, ...]

    @property
    def is_owned(self) -> bool:
        """Whether commands write this sheet by themselves."""
        return self.id in OWNED

    def count(self, change: str) -> int:
        """How many rows were ``added``, ``removed`` or ``changed``; of these only rows whose values changed count."""
        return sum(row.change == change and (change != "changed" or row.count("value") > 0) for row in self.rows)

    def cells(self, kind: str) -> int:
        """How many cells of rows that both workbooks have changed in that way: ``value``, ``written``, ``column``."""
        return sum(row.count(kind) for row in self.rows if row.change == "changed")


class OtherChange(NamedTuple):
    """A worksheet without rows of ours, such as the cover or one that a company added: compared cell by cell."""

    name: str
    presence: Presence
    cells: int


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that changed; ``sheets`` in workbook order with the owned ones last, only those that differ."""

    sheets: tuple[SheetChange, ...]
    others: tuple[OtherChange, ...]

    def __bool__(self) -> bool:
        return bool(self.sheets or self.others)

    @property
    def figures(self) -> dict[str, int]:
        """Counts of rows, cells and columns on the sheets that people fill in, and of sheets added and missing."""
        people = [sheet for sheet in self.sheets if not sheet.is_owned]
        presences = [*(sheet.presence for sheet in self.sheets), *(other.presence for other in self.others)]
        return {
            "rows_added": sum(sheet.count("added") for sheet in people),
            "rows_removed": sum(sheet.count("removed") for sheet in people),
            "rows_changed": sum(sheet.count("changed") for sheet in people),
            "cells_changed": sum(sheet.cells("value") for sheet in people),
            "cells_written_differently": sum(sheet.cells("written") for sheet in people),
            "columns_added": sum(one.presence == "added" for sheet in people for one in sheet.columns),
            "columns_missing": sum(one.presence == "missing" for sheet in people for one in sheet.columns),
            "sheets_added": presences.count("added"),
            "sheets_missing": presences.count("missing"),
        }

    @property
    def cells(self) -> int:
        """All cells that differ, of added and removed rows and of every worksheet too."""
        listed = sum(len(row.cells) for sheet in self.sheets for row in sheet.rows)
        return listed + sum(other.cells for other in self.others)


def differences(old: Version, new: Version, catalogue: Catalogue) -> Differences:
    """What changed from the old to the new state of a workbook; the two may be in different languages."""
    before, after = views(old, catalogue), views(new, catalogue)
    order = sorted(
        (sheet for sheet in catalogue.sheets.values() if sheet.id in before or sheet.id in after),
        key=lambda sheet: (sheet.id in OWNED, sheet.order),
    )
    changes = (_sheet(sheet, before.get(sheet.id), after.get(sheet.id), catalogue) for sheet in order)
    return Differences(
        tuple(change for change in changes if change.presence != "both" or change.columns or change.rows),
        tuple(_others(old, new, catalogue, frozenset(before) | frozenset(after))),
    )


def _sheet(sheet: Sheet, old: View | None, new: View | None, catalogue: Catalogue) -> SheetChange:
    if old is not None and new is not None:
        rows = row_changes(old, new, catalogue)
        return SheetChange(sheet.id, sheet.label, "both", tuple(_columns(old, new)), rows)
    view = new or old
    assert view is not None
    empty = view.without_rows()
    first, second = (view, empty) if new is None else (empty, view)
    presence: Presence = "missing" if new is None else "added"
    return SheetChange(sheet.id, sheet.label, presence, (), row_changes(first, second, catalogue))


def _columns(old: View, new: View) -> Iterator[ColumnChange]:
    for one, other, presence in ((new, old, "added"), (old, new, "missing")):
        for name, heading in one.headings.items():
            if name not in other.headings:
                filled = sum(value is not None for value in one.values[name])
                yield ColumnChange(heading, "added" if presence == "added" else "missing", filled)


def _others(old: Version, new: Version, catalogue: Catalogue, known: frozenset[str]) -> Iterator[OtherChange]:
    """Worksheets that are in no table. Workbooks in two languages share only those of a company's own.

    There a cover or a dashboard has another name and other words: as many as stand on both sides are left out.
    """
    translated = old.project.language != new.project.language
    before, after = _other_sheets(old, catalogue, known), _other_sheets(new, catalogue, known)
    both = [name for name in after if name in before]
    for name in both:
        cells = _differing(before[name], after[name])
        if cells and not (translated and name in catalogue.sheets):
            yield OtherChange(after[name].name, "both", cells)
    added = [name for name in after if name not in before]
    missing = [name for name in before if name not in after]
    paired = min(len(added), len(missing)) if translated else 0
    for names, sheets, presence in ((added, after, "added"), (missing, before, "missing")):
        for name in names[paired:]:
            filled = sum(cell is not None for row in sheets[name].rows for cell in row)
            yield OtherChange(sheets[name].name, "added" if presence == "added" else "missing", filled)


def _other_sheets(version: Version, catalogue: Catalogue, known: frozenset[str]) -> Mapping[str, RawSheet]:
    ours = matched_sheets(version.raw, catalogue)
    read = {worksheet.name for name, worksheet in ours.items() if name in known}
    names = {worksheet.name: name for name, worksheet in ours.items()}
    return {
        names.get(worksheet.name, fold(worksheet.name)): worksheet
        for worksheet in version.raw.sheets
        if worksheet.name not in read
    }


def _differing(old: RawSheet, new: RawSheet) -> int:
    """How many cells differ, by address."""
    before, after = _by_place(old), _by_place(new)
    return sum(before.get(place) != after.get(place) for place in before.keys() | after.keys())


def _by_place(sheet: RawSheet) -> dict[tuple[int, int], object]:
    return {
        (sheet.first_row + row, sheet.first_column + column): cell
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if cell is not None
    }
