"""Actions carried out on an open workbook, each with what takes it back, so that a failure leaves nothing half done.

What stood there is read just before it is changed. Not here: which actions (``planned``), how a platform does them
(``windows``, ``mac``).
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, assert_never

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.excel.areas import Area
from automation.excel.live.actions import CopyLook, PutFormulas, PutLinks, PutMarks, PutValues, ResizeTable
from automation.excel.live.linking import inner_links, put_links
from automation.excel.live.native import Mark
from automation.excel.live.taking import GENERAL, formats_of, formulas_of, pieces, wholes
from automation.excel.live.typed import TEXT_FORMAT, numbers_as_text, typed_values
from automation.excel.refusals import refused
from automation.model.tables import CellError, address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from automation.excel.live.actions import Action, Constant
    from automation.excel.live.native import Cell, NativeSheet
    from automation.excel.live.state import LiveBook

    Undo = Callable[[], None]

EMPTY = (None, "")


class Held(NamedTuple):
    """The contents of cells before they were changed, to be put back."""

    area: Area
    values: list[list[Cell]]
    formulas: list[list[str | None]]
    formats: tuple[tuple[str, ...], ...]


def carry(sheets: Mapping[str, NativeSheet], actions: Sequence[Action], undo: list[Undo]) -> None:
    """Do the actions in their order; ``undo`` gets what takes each back, before it is done.

    Raises AutomationError when a cell does not hold what it was given.
    """
    marks = _marks_at_risk(sheets, actions)
    for action in actions:
        sheet = sheets[action.sheet]
        match action:
            case PutValues():
                held = held_of(sheet, action.area, action.formats)
                undo.append(partial(put_back, sheet, held))
                put_values(sheet, action)
            case PutFormulas():
                formats = tuple(map(tuple, formats_of(sheet, action.area)))
                held = held_of(sheet, action.area, formats)
                undo.append(partial(put_back, sheet, held))
                sheet.put_formula(action.area, action.formula)
            case ResizeTable():
                undo.append(partial(_resize_back, sheet, action.table, _table_area(sheet, action.table)))
                sheet.resize(action.table, action.area)
            case CopyLook():
                undo.append(_look_undone(sheet, action.target))
                sheet.copy_look(action.source, action.target)
            case PutLinks():
                links = inner_links(sheet, action.area)
                undo.append(partial(put_links, sheet, action.area, links))
                put_links(sheet, action.area, action.links, present=links)
            case PutMarks():
                _put_marks(sheet, [Mark(*mark) for mark in action.areas], undo)
            case _:
                assert_never(action)
    for name, before_looks in marks.items():
        _put_marks(sheets[name], before_looks, undo)


def check_unchanged(sheets: Mapping[str, NativeSheet], actions: Sequence[Action], taken: LiveBook) -> None:
    """Nothing when the cells to be written hold what they held when the workbook was taken, else the error."""
    before = {sheet.name: sheet for sheet in taken.sheets}
    for action in actions:
        if not isinstance(action, PutValues | PutFormulas):
            continue
        sheet, area = before[action.sheet], action.area
        for down, row in enumerate(sheets[action.sheet].values(area)):
            for across, value in enumerate(row):
                place = area.top + down, area.left + across
                known = (
                    sheet.values[place[0] - sheet.area.top][place[1] - sheet.area.left]
                    if sheet.area.holds(*place)
                    else None
                )
                if value != known and not (value in EMPTY and known in EMPTY):
                    raise AutomationError(
                        Text(
                            f"{action.sheet}!{address(*place)} 在运行期间被改动，什么都没有写入；请再点一次。",
                            f"{action.sheet}!{address(*place)} was changed meanwhile, so nothing was written; click again.",
                        ),
                        code="CHANGED_MEANWHILE",
                    )


def check_not_merged(sheets: Mapping[str, NativeSheet], actions: Sequence[Action]) -> None:
    """Nothing when no cell to be written lies inside a merged range, else the refusal; its top left cell may be."""
    for action in actions:
        if not isinstance(action, PutValues | PutFormulas):
            continue
        sheet = sheets[action.sheet]
        for merged in wholes(action.area, sheet.is_merged, sheet.merged_at, without=()):
            area = action.area
            for row in range(max(area.top, merged.top), min(area.bottom, merged.bottom) + 1):
                for column in range(max(area.left, merged.left), min(area.right, merged.right) + 1):
                    if (row, column) != (merged.top, merged.left):
                        cell = address(row, column)
                        raise refused("merged-cell", sheet=action.sheet, cell=cell, range=merged.text())


def held_of(sheet: NativeSheet, area: Area, formats: tuple[tuple[str, ...], ...]) -> Held:
    """What stands in cells now."""
    values = sheet.values(area)
    return Held(area, values, formulas_of(sheet.formulas(area), values), formats)


def put_back(sheet: NativeSheet, held: Held) -> None:
    """Cells get their contents back, unless they have them: constants, formulas, error values that nobody computes.

    Where some cells are formatted as text, all are without format while they are written, then all get theirs again.
    """
    formats = tuple(map(tuple, formats_of(sheet, held.area)))
    if formats == held.formats and _content(held_of(sheet, held.area, formats)) == _content(held):
        return
    texts = tuple(tuple(None if isinstance(value, CellError | date) else value for value in row) for row in held.values)
    general = tuple((GENERAL,) * len(row) for row in held.formats)
    block = typed_values(PutValues(sheet.name, held.area, texts, general))
    for down, row in enumerate(held.formulas):
        for across, formula in enumerate(row):
            value = held.values[down][across]
            block[down][across] = formula or (value.code if isinstance(value, CellError) else block[down][across])
    if any(TEXT_FORMAT in row for row in held.formats):
        sheet.put_number_format(held.area, GENERAL)
    sheet.put(held.area, block)
    for part, code in _runs(held.area, held.formats):
        sheet.put_number_format(part, code)


def put_values(sheet: NativeSheet, action: PutValues) -> None:
    """A rectangle gets constants in one write, and is read once to see that they arrived as they are.

    A text that Excel took for something else all the same (a date in the language of its menus) is written again
    while its cell is formatted as text, which keeps it a text when the format comes back. A number that became a text,
    in a cell nobody knew to be formatted as text, is written again without format.
    """
    for row, column in numbers_as_text(action):
        sheet.put_number_format(Area(row, column, row, column), GENERAL)
    sheet.put(action.area, typed_values(action))
    for row, column in numbers_as_text(action):
        sheet.put_number_format(Area(row, column, row, column), TEXT_FORMAT)
    for cell, value, code in list(_lost(sheet, action)):
        sheet.put_number_format(cell, TEXT_FORMAT if isinstance(value, str) else GENERAL)
        sheet.put(cell, [[value]])
        sheet.put_number_format(cell, code)
    for cell, value, _ in _lost(sheet, action):
        raise AutomationError(
            Text(
                f"Excel 没有按原样接受要写入 {action.sheet}!{cell.text()} 的内容“{_short(value)}”，请手工填写这个单元格。",
                f"Excel did not take '{_short(value)}' for {action.sheet}!{cell.text()} as it is; fill in that cell by hand.",
            ),
            code="NOT_TAKEN",
        )


def _put_marks(sheet: NativeSheet, marks: Sequence[Mark], undo: list[Undo]) -> None:
    """The sheet gets exactly these marks."""
    undo.append(partial(_marks_back, sheet, sheet.marks()))
    sheet.put_marks(marks)


def _marks_back(sheet: NativeSheet, marks: list[Mark]) -> None:
    """The sheet gets its marks back, unless it has them."""
    if sheet.marks() != marks:
        sheet.put_marks(marks)


def _marks_at_risk(sheets: Mapping[str, NativeSheet], actions: Sequence[Action]) -> dict[str, list[Mark]]:
    """The marks of sheets where looks are copied, which would take marks along, and no new marks follow."""
    new = {action.sheet for action in actions if isinstance(action, PutMarks)}
    names = dict.fromkeys(action.sheet for action in actions if isinstance(action, CopyLook))
    found = {name: sheets[name].marks() for name in names if name not in new}
    return {name: marks for name, marks in found.items() if marks}


def _resize_back(sheet: NativeSheet, table: str, area: Area) -> None:
    """A table gets its range back, unless it has it."""
    if _table_area(sheet, table) != area:
        sheet.resize(table, area)


def _content(held: Held) -> list[list[object]]:
    """What was put into cells: formulas, and values where there is none."""
    return [
        [formula or (type(value), value) for formula, value in zip(row, beside, strict=True)]
        for row, beside in zip(held.formulas, held.values, strict=True)
    ]


def _table_area(sheet: NativeSheet, name: str) -> Area:
    """The whole range of a table."""
    for table in sheet.tables():
        if table.name == name:
            return table.area
    raise refused("no-table", sheet=sheet.name)


def _look_undone(sheet: NativeSheet, area: Area) -> Undo:
    """What gives cells their look back: plain cells become plain again, others get their number formats."""
    if sheet.is_plain(area):
        return lambda: None if sheet.is_plain(area) else sheet.clear_look(area)
    formats = [(part, code) for part, code in pieces(area, sheet.number_format) if code]

    def undone() -> None:
        for part, code in formats:
            if sheet.number_format(part) != code:
                sheet.put_number_format(part, code)

    return undone


def _lost(sheet: NativeSheet, action: PutValues) -> Iterator[tuple[Area, Constant, str]]:
    """Cells that do not hold what they were given, with it and their number format."""
    for down, row in enumerate(sheet.values(action.area)):
        for across, found in enumerate(row):
            wanted = action.values[down][across]
            same = (found or None) == (wanted or None) if found in EMPTY or wanted in EMPTY else found == wanted
            if not same or isinstance(found, bool) != isinstance(wanted, bool):
                top, left = action.area.top + down, action.area.left + across
                yield Area(top, left, top, left), wanted, action.formats[down][across]


def _runs(area: Area, formats: tuple[tuple[str, ...], ...]) -> Iterator[tuple[Area, str]]:
    """Rectangles of one number format, as wide as the area where rows are the same, else by column."""
    if len(set(formats)) == 1:
        left = 0
        for right in range(1, len(formats[0]) + 1):
            if right == len(formats[0]) or formats[0][right] != formats[0][left]:
                yield area._replace(left=area.left + left, right=area.left + right - 1), formats[0][left]
                left = right
        return
    middle = (area.top + area.bottom) // 2
    rows = middle - area.top + 1
    yield from _runs(area._replace(bottom=middle), formats[:rows])
    yield from _runs(area._replace(top=middle + 1), formats[rows:])


def _short(value: Constant) -> str:
    """A value for a sentence."""
    text = str(value).replace("\n", " ")
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004 - what fits into one line
