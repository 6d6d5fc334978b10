"""What worksheet functions know of the workbook that calls: read when it is first asked for, then looked at again.

A recalculation asks thousands of times within seconds, so a workbook is read once and taken to stay as it is for
``LOOK_AGAIN`` seconds; what is read again and found unchanged is not worked out again. Not here: the reading itself
(``excel.live.functions``).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from automation.base.errors import WorkbookError
from automation.base.findings import EMPTY, Text
from automation.base.records import dataclass, replace
from automation.commands.functions.facts import BookFacts
from automation.front.library import Library
from automation.front.session import Common, request_of
from automation.model.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.excel.live.functions import CallingBook
    from automation.model.project import Project, Table
    from automation.model.tables import Raw
    from automation.schema.catalogue import Catalogue

LOOK_AGAIN = 2.0
"""Seconds after which a workbook is read again."""
READ = ("calendar", "settings")
"""The sheets that worksheet functions depend on."""
_ANY_DAY = date(2000, 1, 1)
"""Worksheet functions need no status date, so any will do."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one workbook, and when it was last looked at."""

    looked: float
    raw: Raw
    catalogue: Catalogue
    facts: BookFacts


class Memory:
    """The facts of every workbook that has called, by its address."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._known: dict[str, _Known] = {}

    def facts(self, book: CallingBook) -> BookFacts:
        """The facts of a workbook, at most ``LOOK_AGAIN`` seconds old. Raises SettingsError for unsound schemas."""
        now = self._clock()
        known = self._known.get(book.address)
        if known is None or now - known.looked >= LOOK_AGAIN:
            known = self._known[book.address] = _looked_at(book, known, now)
        return known.facts


def _looked_at(book: CallingBook, known: _Known | None, now: float) -> _Known:
    folder = folder_of(book.address)
    catalogue = Library(folder).catalogue()
    sheets = [catalogue.sheets[name] for name in READ]
    wanted = {fold(text) for sheet in sheets for text in (*sheet.label, sheet.id)}
    raw = book.sheets({name for name in book.names() if fold(name) in wanted})
    if known is not None and known.raw == raw and known.catalogue is catalogue:
        return replace(known, looked=now)
    return _Known(now, raw, catalogue, facts_of(raw, folder, date_1904=book.date_1904()))


def folder_of(address: str) -> Path | None:
    """The folder in which a workbook lies on this computer; ``None`` on a server or when it was never saved."""
    path = Path(address)
    return path.parent if "://" not in address and path.is_absolute() else None


def facts_of(raw: Raw, folder: Path | None, *, date_1904: bool = False) -> BookFacts:
    """The facts of a workbook as read; one that is not ours has no calendar and what ``config.yaml`` says."""
    try:
        request = request_of(raw, folder, Common(status_date=_ANY_DAY))
    except WorkbookError:
        library = Library(folder)
        catalogue = library.catalogue()
        settings, _ = library.settings(None, catalogue)
        return BookFacts(catalogue, settings.words("working_hours"), settings.language, date_1904=date_1904)
    table = request.project.table("calendar")
    return BookFacts(
        request.catalogue,
        request.settings.words("working_hours"),
        request.language,
        _days(request.project) if table.columns else None,
        _trouble(table),
        date_1904=date_1904,
    )


def _days(project: Project) -> tuple[tuple[date, str], ...]:
    return tuple((row.date, row.kind) for row in project.rows.calendar if row.date is not None and row.kind)


def _trouble(table: Table) -> Text:
    """The first cell of the calendar sheet that cannot be used, as a sentence; a wrong holiday would go unnoticed."""
    needed = ("date", "kind")
    lacking = [name for name in needed if table.columns and name not in table.columns]
    if lacking:
        label = table.sheet.column(lacking[0]).label
        return Text(
            f"“{table.name}”表缺少“{label.zh}”列，请补上后重算（Ctrl+Alt+F9）",
            f"The sheet “{table.name}” lacks the column “{label.en}”; add it and recalculate with Ctrl+Alt+F9",
        )
    for row in table.rows:
        wrong = next((name for name in needed if getattr(row, name) is None), None)
        if wrong is not None:
            cell = table.cell(row.row, wrong)
            return Text(
                f"“{table.name}”表 {cell} 无法识别，请更正后重算（Ctrl+Alt+F9）",
                f"Cell {cell} of the sheet “{table.name}” is not understood; correct it and recalculate with Ctrl+Alt+F9",
            )
    return EMPTY
