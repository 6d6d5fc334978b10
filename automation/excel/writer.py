"""Edits into a user's workbook: only what an edit names changes, every other part of the file stays byte for byte.

Edits that are already true change nothing, so the same edits twice give the same bytes. What cannot be written
safely is refused with a code of ``refusals.REFUSED`` and nothing is written.
Not here: locks, backups and replacement of the file (``store.files``); the choice of edits (``commands``).
"""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.base.records import dataclass
from automation.excel.areas import place_of
from automation.excel.book import Book
from automation.excel.cells import limits_of, put_values
from automation.excel.marks import put_marks
from automation.excel.markup import MarkupError
from automation.excel.package import Package, open_package
from automation.excel.refusals import refused
from automation.excel.repack import repack
from automation.excel.rows import append_rows, replace_rows
from automation.excel.scan import Worksheet
from automation.excel.verify import check_undamaged, verify
from automation.model.effects import AppendRows, CellEdit, Marks, ReplaceRows, SwitchLanguage
from automation.model.tables import address

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from automation.excel.areas import Place
    from automation.model.effects import BookEdit


@dataclass(frozen=True, slots=True)
class Written:
    """What came of the edits.

    ``data`` are the bytes of the new workbook, the very bytes of the old one when nothing changed; ``cells`` the
    cells whose values changed, by sheet, as A1 addresses in the order of rows; ``parts`` the names of the parts
    that differ; ``notices`` what a user should know.
    """

    data: bytes
    cells: dict[str, tuple[str, ...]]
    parts: tuple[str, ...]
    notices: tuple[Text, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether anything differs from the workbook before."""
        return bool(self.parts)


def apply(path: Path | str, edits: Sequence[BookEdit], out: Path | str | None = None) -> Written:
    """The workbook at ``path`` with the edits made in order; also written to ``out`` when that is given.

    The file at ``path`` is never touched unless ``out`` names it, which callers should leave to ``store.files``.
    Raises ``WorkbookError`` when the workbook cannot be read and ``WriteRefusedError`` when an edit is refused.
    """
    written = edited(open_package(path), edits)
    if out is not None:
        Path(out).write_bytes(written.data)
    return written


def edited(package: Package, edits: Sequence[BookEdit]) -> Written:
    """The opened workbook with the edits made in order, checked before it is handed back."""
    try:
        return _edited(package, edits)
    except MarkupError as error:
        raise refused("bad-xml", detail=str(error)) from error


def _edited(package: Package, edits: Sequence[BookEdit]) -> Written:
    """As ``edited``; what is wrong in a part that holds an edit is a ``MarkupError``."""
    if package.is_signed():
        raise refused("signed")
    book = Book(package)
    cells: dict[str, dict[Place, None]] = {}
    marked: list[str] = []
    notices: list[Text] = []
    others = [edit for edit in edits if not isinstance(edit, SwitchLanguage)]
    for (sheet, kind), group in groupby(others, key=lambda edit: (edit.sheet, type(edit))):
        places = _apply_group(book, sheet, list(group))
        cells.setdefault(book.sheet(sheet).name, {}).update(dict.fromkeys(places))
        if kind is Marks:
            marked.append(sheet)
    for edit in edits:
        notices += _switch(book, edit, cells) if isinstance(edit, SwitchLanguage) else ()
    if any(cells.values()):
        book.recalculate_when_opened()
    if book.removed_formula:
        book.drop_calculation_chain()
    if not book.changed:
        return Written(package.data, {}, ())
    check_undamaged(package, book)
    data = repack(package, book.changed, dropped=frozenset(book.dropped))
    verify(package, data, book)
    named = {name: tuple(address(*place) for place in sorted(places)) for name, places in cells.items() if places}
    return Written(data, named, (*book.changed, *sorted(book.dropped)), (*_notices(book, named), *notices))


def _switch(book: Book, edit: SwitchLanguage, cells: dict[str, dict[Place, None]]) -> tuple[Text, ...]:
    """Put the workbook into the other language; ``cells`` gets the cells that changed."""
    from automation.excel.language.switching import switch  # noqa: PLC0415 - hardly any edit is one

    changed, notices = switch(book, edit)
    for name, places in changed.items():
        cells.setdefault(name, {}).update(dict.fromkeys(places))
    return notices


def _apply_group(book: Book, sheet: str, group: Iterable[BookEdit]) -> list[Place]:
    """Make the edits of one kind to one worksheet and give the cells whose values changed."""
    changed: list[Place] = []
    edits = list(group)
    if isinstance(edits[0], CellEdit):
        return _edit_cells(book, sheet, [edit for edit in edits if isinstance(edit, CellEdit)])
    for edit in edits:
        if isinstance(edit, AppendRows):
            changed += append_rows(book, edit)
        elif isinstance(edit, ReplaceRows):
            changed += replace_rows(book, edit)
        elif isinstance(edit, Marks):
            put_marks(book, edit)
    return changed


def _edit_cells(book: Book, name: str, edits: Iterable[CellEdit]) -> list[Place]:
    """Make single-cell edits to one worksheet; of two edits to one cell the later counts."""
    part = book.sheet(name)
    wanted = {place_of(edit.cell): edit.value for edit in edits}
    sheet = Worksheet(book.xml(part.part), part.name)
    fixed = [area for table in book.tables(part) for area in table.fixed]
    xml, changed = put_values(sheet, book, wanted, limits=limits_of(sheet, wanted, fixed=fixed))
    book.put(part.part, xml)
    book.expect(part.part, wanted)
    return changed


def _notices(book: Book, cells: Iterable[str]) -> tuple[Text, ...]:
    """Sentences about sheets that are protected against changes by hand."""
    return tuple(
        Text(
            f"工作表“{name}”设有保护，程序已写入；在 Excel 中手工修改仍需先取消保护。",
            f"{name} is protected; the program has written to it, but changes by hand still need it unprotected.",
        )
        for name in cells
        if Worksheet(book.xml(book.sheet(name).part), name).is_protected()
    )
