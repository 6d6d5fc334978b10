"""Rows of another table (xlsx, csv) taken over into a sheet: columns found by their headings, only clean rows written (B05).

Every row is judged as if it stood in the workbook already, by the same checks; one with an error comes back as a finding with
its place in the file. Not here: reading the file (``excel.reader``, ``exchange.separated``).
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import UsageError
from automation.base.findings import Finding, Severity, Text
from automation.base.records import replace
from automation.commands.computed import cell_edits
from automation.commands.new_row import DIGITS, next_id, usual
from automation.commands.request import Request
from automation.commands.sheet_names import sheet_named
from automation.model.effects import AppendRows, LogEntry, Need, Outcome
from automation.model.headers import matched_sheets
from automation.model.project import build
from automation.model.spelling import as_text, fold
from automation.model.tables import Raw, RawSheet, address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.model.effects import BookEdit
    from automation.model.project import Table
    from automation.schema.catalogue import Sheet

HEADER_ROWS = 15
"""So many rows from the top may come before the headings."""
ALIKE = 0.75
"""How alike a heading is to a column's name to be taken for it."""
LEAST = 2
"""So many columns must be found for a table to be taken for that of a sheet."""
NAMED = 12
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


class Row(NamedTuple):
    """A row of the file: its number there, its values by column, its key, the row of the workbook that has the key."""

    number: int
    values: Mapping[str, Any]
    key: str
    present: Any
    typed: bool
    """Whether the file has the key; else it is the next one."""


def import_rows(request: Request) -> Outcome:
    """Rows of a file in a sheet: new ones added, present ones changed where ``update`` says so.

    Parameters: ``tables`` the sheets of the file and ``file`` its name, ``raw`` the workbook as read, ``sheet`` where to
    (default: the sheet whose columns fit best), ``map`` {heading: column}, ``update``. Raises UsageError when no table of
    the file fits a sheet.
    """
    sheet, mapped = _matched(request)
    table = request.project.tables[sheet.id]
    rows = list(_rows(request, table, sheet, mapped))
    update = bool(request.parameters.get("update"))
    taken, judged, at = _tidied(request, sheet, table, [row for row in rows if update or row.present is None])
    findings, bad = _findings(mapped, judged, taken, at, (request.parameters["file"], sheet))
    clean = [(row, at[row.number]) for row in taken if row.number not in bad]
    after = judged.project.tables[sheet.id]
    new, again = _new(table, after, [(row, place) for row, place in clean if row.present is None])
    changes = _changes(after, [(row, place) for row, place in clean if row.present is not None])
    edits: list[BookEdit] = [*cell_edits(request.project, request.catalogue, sheet.id, changes)]
    if new:
        index = {number: at for at, number in enumerate(after.numbers)}
        written = (_cells(request, after, table, row, index[place]) for row, place in new)
        edits.append(AppendRows(table.name, tuple(written)))
    kept = [row.key for row in rows if row.present is not None and not update] + again
    return Outcome(
        findings=tuple(findings),
        edits=tuple(edits),
        figures={
            "rows": len(rows),
            "new": len(new),
            "changed": len(changes),
            "refused": len(bad),
            "present": len(kept),
        },
        lines=tuple(_lines(request, sheet, mapped, [row for row, _ in new], kept)),
        tables={"columns": [{"heading": _heading(mapped, at), "column": name} for at, name in mapped.columns.items()]},
        notices=tuple(_notices(request, sheet, mapped, len(bad), kept)),
        log=(
            LogEntry("import", sheet.id, new=f"{len(new)} new, {len(changes)} changed: {request.parameters['file']}"),
        ),
        needs=(Need("edit", sheet.id),),
    )


def _matched(request: Request) -> tuple[Sheet, Mapped]:
    """The sheet and the table of the file that fit best."""
    asked = str(request.parameters.get("sheet") or "")
    sheets = [sheet_named(request, asked)] if asked else list(request.catalogue.business)
    tables: Sequence[RawSheet] = request.parameters["tables"]
    found = [(sheet, _mapped(request, sheet, table)) for sheet in sheets for table in tables]
    sheet, best = max(found, key=lambda one: (len(one[1].columns) - len(one[1].guessed) / 2, -len(one[1].unused)))
    if len(best.columns) < LEAST:
        where = request.catalogue.sheets[sheet.id].label
        raise UsageError(
            Text(
                f"{request.parameters['file']} 中没有找到与{f'“{where.zh}”表' if asked else '任何业务表'}相符的列标题："
                "标题请用工作簿里的列名，或用 --map 写明对应关系。",
                f"No headings in {request.parameters['file']} fit {f'the sheet {where.en}' if asked else 'any sheet'}: use "
                "the workbook's column names, or say with --map which is which.",
            ),
            code="NO_COLUMNS",
        )
    return sheet, best


def _mapped(request: Request, sheet: Sheet, table: RawSheet) -> Mapped:
    names = {
        fold(text): column.id
        for column in sheet.columns
        if column.need not in _UNSEEN
        for text in (column.label.zh, column.label.en, column.id)
    }
    given = {fold(str(heading)): name for heading, name in (request.parameters.get("map") or {}).items()}
    _check_map(given.values(), sheet)
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
    guessed = []
    for at, heading in left.items():
        near = _like(fold(heading), names)
        if near and near not in columns.values():
            columns[at] = near
            guessed.append((heading, near))
    unused = tuple(heading for at, heading in left.items() if at not in columns)
    return Mapped(table, header, dict(sorted(columns.items())), tuple(guessed), unused)


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


def _check_map(columns: Any, sheet: Sheet) -> None:
    unknown = [name for name in columns if name not in sheet.by_id]
    if unknown:
        near = difflib.get_close_matches(unknown[0], list(sheet.by_id), n=1)
        raise UsageError(
            Text(
                f"--map 中的列“{unknown[0]}”在“{sheet.label.zh}”表里没有" + (f"，是否为 {near[0]}？" if near else "。"),
                f"--map names the column “{unknown[0]}”, which {sheet.label.en} has not"
                + (f": do you mean {near[0]}?" if near else "."),
            ),
            code="MAP",
        )


def _rows(request: Request, table: Table, sheet: Sheet, mapped: Mapped) -> Iterator[Row]:
    """The rows below the headings that hold anything, new ones with the next ids and what a new row usually has."""
    first, new = int(next_id(sheet, table).rpartition("-")[2]) if sheet.prefix else 0, 0
    others = [column for column in sheet.columns if column.id not in mapped.columns.values() and column.id != sheet.key]
    usually = {column.id: value for column in others if (value := usual(request, column)) is not None}
    for at, cells in enumerate(mapped.table.rows[mapped.header + 1 :], start=mapped.header + 1):
        values = {name: cells[place] for place, name in mapped.columns.items() if place < len(cells)}
        values = {name: value for name, value in values.items() if value is not None and as_text(value).strip()}
        if not values:
            continue
        key = typed = as_text(values.get(sheet.key)).strip()
        if not key and sheet.prefix:
            key = f"{sheet.prefix}-{first + new:0{DIGITS}}"
            new += 1
            values[sheet.key] = key
        present = table.by_key.get(key) if key else None
        yield Row(mapped.table.first_row + at, values if present else {**usually, **values}, key, present, bool(typed))


def _tidied(
    request: Request, sheet: Sheet, table: Table, rows: list[Row]
) -> tuple[list[Row], Request, Mapping[int, int]]:
    """The rows with what a repair would write safely (dates and numbers typed as text, spellings), and their judgement."""
    judged, at = _judged(request, sheet, table, rows)
    by_place = {place: number for number, place in at.items()}
    tidy: dict[int, dict[str, Any]] = {}
    for one in judged.data_findings:
        number = by_place.get(one.place.row)
        if number is not None and one.place.sheet == sheet.id and one.repair is not None:
            tidy.setdefault(number, {})[one.place.column] = one.repair.value
    if tidy:
        rows = [row._replace(values={**row.values, **tidy.get(row.number, {})}) for row in rows]
        judged, at = _judged(request, sheet, table, rows)
    return rows, judged, at


def _judged(request: Request, sheet: Sheet, table: Table, rows: Sequence[Row]) -> tuple[Request, Mapping[int, int]]:
    """The request on the workbook as it would be, and where each row of the file (by its number) stands in it."""
    raw: Raw = request.parameters["raw"]
    ours = matched_sheets(raw, request.catalogue)[sheet.id]
    grid = [list(line) for line in ours.rows]
    at: dict[int, int] = {}
    width = max(table.columns.values()) - ours.first_column + 1
    last = max(table.numbers, default=table.header_row)
    for row in rows:
        number = row.present.row if row.present is not None else (last := last + 1)
        while len(grid) <= number - ours.first_row:
            grid.append([])
        line = grid[number - ours.first_row]
        line += [None] * (width - len(line))
        for name, value in row.values.items():
            if name in table.columns:
                line[table.columns[name] - ours.first_column] = value
        at[row.number] = number
    sheets = tuple(replace(one, rows=grid) if one is ours else one for one in raw.sheets)
    project, notes = build(Raw(raw.path, sheets, raw.digest), request.catalogue)
    return Request(project, notes, request.catalogue, request.settings, request.status_date, request.parameters), at


def _findings(
    mapped: Mapped, judged: Request, rows: Sequence[Row], at: Mapping[int, int], names: tuple[str, Sheet]
) -> tuple[list[Finding], set[int]]:
    """Errors of rows of the file (``names``: its name and the sheet) at their place there, and those rows' numbers."""
    file, sheet = names
    by_place = {place: number for number, place in at.items()}
    columns = {name: place for place, name in mapped.columns.items()}
    touched = {row.number: set(row.values) for row in rows if row.present is not None}
    found: list[Finding] = []
    bad: set[int] = set()
    lacking: set[str] = set()
    for one in judged.data_findings:
        number = by_place.get(one.place.row)
        if number is None or one.severity is not Severity.ERROR or one.place.sheet != sheet.id:
            continue
        if number in touched and one.place.column not in touched[number]:
            continue
        place = columns.get(one.place.column)
        if place is None and one.place.column in lacking:
            bad.add(number)
            continue
        lacking |= set() if place is not None else {one.place.column}
        cell = address(number, mapped.table.first_column + place) if place is not None else ""
        bad.add(number)
        found.append(_told(file, sheet, one, number, cell))
    return found, bad


def _told(file: str, sheet: Sheet, finding: Finding, number: int, cell: str) -> Finding:
    """A finding at its place in the file; of a column that the file has not, one for all rows."""
    place = replace(finding.place, cell=cell, row=number)
    if not cell and finding.place.column in sheet.by_id:
        label = sheet.column(finding.place.column).label
        message = Text(
            f"{file} 没有“{label.zh}”列，此项必须填写。", f"{file} has no column “{label.en}”, which must be filled in."
        )
        hint = Text(
            f"请在文件中增加“{label.zh}”列，或用 --map 写明哪一列是它。",
            f"Add a column “{label.en}” to the file, or say with --map which one it is.",
        )
        return replace(finding, place=replace(place, key=""), message=message, hint=hint, repair=None)
    where, old = cell or str(number), finding.place.cell
    texts = [
        Text(text.zh.replace(old, cell), text.en.replace(old, cell)) if old and cell else text
        for text in (finding.message, finding.hint)
    ]
    message = Text(f"{file} {where}：{texts[0].zh}", f"{file} {where}: {texts[0].en}")
    return replace(finding, place=place, message=message, hint=texts[1], repair=None)


def _new(table: Table, after: Table, rows: Sequence[tuple[Row, int]]) -> tuple[list[tuple[Row, int]], list[str]]:
    """The rows that are not in the sheet yet, and the keys of rows that say the same as a row of the file without a key."""
    index = {number: at for at, number in enumerate(after.numbers)}
    there: dict[tuple[str, ...], dict[tuple[Any, ...], str]] = {}
    new, again = [], []
    for row, number in rows:
        names = tuple(name for name in sorted(row.values) if name in table.models and name != table.sheet.key)
        if names not in there:
            known = zip(zip(*(table.models[name] for name in names), strict=True), table.keys, strict=True)
            there[names] = dict(known) if names and not row.typed else {}
        same = there[names].get(tuple(after.models[name][index[number]] for name in names))
        if same is None or row.typed:
            new.append((row, number))
        else:
            again.append(same)
    return new, again


def _changes(after: Table, rows: Sequence[tuple[Row, int]]) -> dict[int, dict[str, Any]]:
    """What present rows get, by their numbers: the values that the file has for them and that differ."""
    index = {number: at for at, number in enumerate(after.numbers)}
    found: dict[int, dict[str, Any]] = {}
    for row, number in rows:
        values = {name: after.models[name][index[number]] for name in row.values if name in after.models}
        changed = {name: value for name, value in values.items() if value != getattr(row.present, name)}
        if changed:
            found[number] = changed
    return found


def _cells(request: Request, after: Table, table: Table, row: Row, at: int) -> dict[int, Any]:
    """A new row as it is written, by column number: labels of the workbook's language, dates and numbers as such."""
    return {
        table.columns[name]: _written(request, after, name, at, value)
        for name, value in row.values.items()
        if name in table.columns
    }


def _written(request: Request, after: Table, name: str, at: int, typed: Any) -> Any:
    model = after.models[name][at]
    column = after.sheet.column(name)
    if model is None or column.kind in {"text", "long", "id", "ref", "mref"}:
        return typed if not isinstance(typed, float) else as_text(typed)
    return request.catalogue.label(column, model, request.project.language) if column.list else model


def _heading(mapped: Mapped, at: int) -> str:
    return as_text(mapped.table.rows[mapped.header][at]).strip()


def _lines(request: Request, sheet: Sheet, mapped: Mapped, new: Sequence[Row], kept: Sequence[str]) -> Iterator[Text]:
    name = request.project.tables[sheet.id].name
    columns = [sheet.column(column).label for column in mapped.columns.values()]
    yield Text(
        f"“{name}”表，对应 {len(columns)} 列：{'、'.join(label.zh for label in columns)}",
        f"Sheet {name}, {len(columns)} columns: {', '.join(label.en for label in columns)}",
    )
    if new:
        more = " …" if len(new) > NAMED else ""
        keys = ", ".join(row.key for row in new[:NAMED])
        yield Text(f"新增 {len(new)} 行：{keys}{more}", f"{len(new)} new rows: {keys}{more}")
    if not new and not kept:
        yield Text("没有新增的行。", "No new rows.")


def _notices(request: Request, sheet: Sheet, mapped: Mapped, refused: int, kept: Sequence[str]) -> Iterator[Text]:
    del request
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
    if kept:
        more = " …" if len(kept) > NAMED else ""
        keys = ", ".join(kept[:NAMED])
        yield Text(
            f"{len(kept)} 行的编号已有，未改动：{keys}{more}；要用文件中的值更新，请加 --update。",
            f"{len(kept)} rows have ids that are there already and were left alone: {keys}{more}; --update changes them.",
        )
    if refused:
        yield Text(
            f"{refused} 行有错误，没有写入：请在文件中改正后再导入（已写入的行不会重复）。",
            f"{refused} rows have errors and were not written: correct them in the file and import it again (what was "
            "written is not doubled).",
        )
