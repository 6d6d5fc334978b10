"""Which table of a file is which sheet, and which of its columns is which: by ``--map``, by heading, by a near name.

Not here: the rows below the headings (``importing_rows``).
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.sheet_names import sheet_named
from automation.model.spelling import as_text, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from automation.commands.request import Request
    from automation.model.tables import RawSheet
    from automation.schema.catalogue import Sheet

HEADER_ROWS = 15
"""So many rows from the top may come before the headings."""
ALIKE = 0.75
"""How alike a heading is to a column's name to be taken for it."""
LEAST = 2
"""So many columns must be found for a table to be taken for that of a sheet."""
MOST_LIKENED = 100
"""Headings that are compared with the names of columns at most; each takes a while."""
_UNSEEN = frozenset({"computed"})


class Mapped(NamedTuple):
    """A table of the file, its heading row (index from 0), and the column of the sheet for each of its columns.

    ``guessed`` are headings that are only like a column's name, ``unused`` those without a column.
    """

    table: RawSheet
    header: int
    columns: Mapping[int, str]
    guessed: tuple[tuple[str, str], ...]
    unused: tuple[str, ...]

    def heading(self, place: int) -> str:
        """The heading of a column of the file, by its index from 0."""
        return as_text(self.table.rows[self.header][place]).strip()

    def typed(self, column: str) -> set[str]:
        """Everything that the file has in a column."""
        places = [place for place, name in self.columns.items() if name == column]
        rows = self.table.rows[self.header + 1 :]
        return {as_text(cells[place]).strip() for cells in rows for place in places if place < len(cells)}


def matched(request: Request) -> tuple[Sheet, Mapped]:
    """The sheet and the table of the file that fit best.

    Parameters as of ``importing_rows.import_rows``. Raises UsageError when no table fits, or ``map`` or ``values`` name a
    column that the sheet has not.
    """
    asked = str(request.parameters.get("sheet") or "")
    sheets = [sheet_named(request, asked)] if asked else list(request.catalogue.business)
    tables: Sequence[RawSheet] = request.parameters["tables"]
    named = [*(request.parameters.get("map") or {}).values(), *(request.parameters.get("values") or {})]
    fitting = [sheet for sheet in sheets if all(fold(name) in _names(sheet) for name in named)]
    if not fitting:
        raise _unknown_column(named, sheets[0] if asked else None, request)
    found = [(sheet, _mapped(request, sheet, table)) for sheet in fitting for table in tables]
    sheet, best = max(found, key=lambda one: (len(one[1].columns) - len(one[1].guessed) / 2, -len(one[1].unused)))
    if len(best.columns) < LEAST:
        raise _no_columns(request.parameters["file"], sheet if asked else None)
    return sheet, best


def fixed(request: Request, sheet: Sheet) -> dict[str, Any]:
    """The values by column that every row gets which has none of its own (parameter ``values``)."""
    names = _names(sheet)
    return {names[fold(name)]: value for name, value in (request.parameters.get("values") or {}).items()}


def column_notices(sheet: Sheet, mapped: Mapped) -> Iterator[Text]:
    """Which headings were taken for a column that is only named alike, and which have no column."""
    for heading, name in mapped.guessed:
        label = sheet.column(name).label
        yield Text(
            f"列“{heading}”按“{label.zh}”导入；不对的话，请用 --map 写明。",
            f"The column “{heading}” was taken for “{label.en}”; if it is not, say so with --map.",
        )
    if mapped.unused:
        yield Text(
            f"没有对应列、未导入：{'、'.join(mapped.unused)}",
            f"Without a column here, left out: {', '.join(mapped.unused)}",
        )


def _names(sheet: Sheet) -> dict[str, str]:
    """The columns that people fill in by everything that names them."""
    columns = [column for column in sheet.columns if column.need not in _UNSEEN]
    return {fold(text): column.id for column in columns for text in (column.label.zh, column.label.en, column.id)}


def _mapped(request: Request, sheet: Sheet, table: RawSheet) -> Mapped:
    names = _names(sheet)
    given = {fold(heading): names[fold(name)] for heading, name in (request.parameters.get("map") or {}).items()}
    header = max(
        range(min(len(table.rows), HEADER_ROWS)),
        key=lambda at: (sum(_name(cell, given, names) is not None for cell in table.rows[at]), -at),
        default=0,
    )
    columns: dict[int, str] = {}
    left: dict[int, str] = {}
    for at, cell in enumerate(table.rows[header] if table.rows else ()):
        name = _name(cell, given, names)
        if name is not None and name not in columns.values():
            columns[at] = name
        elif as_text(cell).strip():
            left[at] = as_text(cell).strip()
    for heading, name in (request.parameters.get("known") or {}).items():
        at = next((place for place, text in left.items() if text == heading), -1)
        if at >= 0 and name in sheet.by_id and name not in columns.values():
            columns[at] = name
    guessed = list(_guessed(columns, left, names))
    unused = tuple(heading for at, heading in left.items() if at not in columns)
    return Mapped(table, header, dict(sorted(columns.items())), tuple(guessed), unused)


def _guessed(columns: dict[int, str], left: Mapping[int, str], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Put in the columns whose headings are only like a name; each with its heading."""
    for at, heading in list(left.items())[:MOST_LIKENED]:
        near = _like(fold(heading), names) if at not in columns else None
        if near and near not in columns.values():
            columns[at] = near
            yield heading, near


def _like(heading: str, names: Mapping[str, str]) -> str | None:
    """The one column whose name is most like a heading; ``None`` when none is, or two are."""
    near = difflib.get_close_matches(heading, names, n=2, cutoff=ALIKE)
    alike = [difflib.SequenceMatcher(None, name, heading).ratio() for name in near]
    if not near or (len(near) > 1 and alike[0] == alike[1] and names[near[0]] != names[near[1]]):
        return None
    return names[near[0]]


def _name(cell: Any, given: Mapping[str, str], names: Mapping[str, str]) -> str | None:
    text = fold(as_text(cell).strip().rstrip("*＊"))
    return given.get(text) or names.get(text)


def _no_columns(file: str, sheet: Sheet | None) -> UsageError:
    where = (
        Text("任何业务表", "any sheet")
        if sheet is None
        else Text(f"“{sheet.label.zh}”表", f"the sheet {sheet.label.en}")
    )
    return UsageError(
        Text(
            f"{file} 中没有找到与{where.zh}相符的列标题：标题请用工作簿里的列名，或用 --map 写明对应关系。",
            f"No headings in {file} fit {where.en}: use the workbook's column names, or say with --map which is which.",
        ),
        code="NO_COLUMNS",
    )


def _unknown_column(named: Iterable[str], sheet: Sheet | None, request: Request) -> UsageError:
    """The error for a column of ``--map`` that the sheet (``None``: any single sheet) does not have."""
    sheets = [sheet] if sheet else request.catalogue.business
    names = {name: column for one in sheets for name, column in _names(one).items()}
    unknown = next((name for name in named if fold(name) not in names), "")
    near = [names[name] for name in difflib.get_close_matches(fold(unknown), names, n=1)]
    if not unknown:
        return UsageError(
            Text(
                "--map 中的列不属于同一张表：请只写一张表的列，或用 --sheet 写明是哪张表。",
                "--map names columns of several sheets: name those of one, or say with --sheet which sheet it is.",
            ),
            code="MAP",
        )
    where = Text("业务表中", "no sheet") if sheet is None else Text(f"“{sheet.label.zh}”表里", sheet.label.en)
    has = "has" if sheet is None else "has not"
    return UsageError(
        Text(
            f"--map 中的列“{unknown}”在{where.zh}没有" + (f"，是否为 {near[0]}？" if near else "。"),
            f"--map names the column “{unknown}”, which {where.en} {has}"
            + (f": do you mean {near[0]}?" if near else "."),
        ),
        code="MAP",
    )
