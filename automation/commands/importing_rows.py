"""Rows of another table (xlsx, csv, ReqIF) taken over into a sheet: only clean rows are written (B05).

Every row is judged as if it stood in the workbook already, by the same checks; one with an error comes back as a finding with
its place in the file. Not here: reading the file (``excel.reader``, ``exchange``), finding its columns
(``importing_columns``), judging its rows (``importing_findings``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.computed import cell_edits
from automation.commands.importing_columns import column_notices, fixed, matched
from automation.commands.importing_findings import Row, repeated, tidied, told
from automation.commands.new_row import DIGITS, next_id, usual
from automation.model.effects import AppendRows, LogEntry, Need, Outcome
from automation.model.spelling import as_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from automation.commands.importing_columns import Mapped
    from automation.commands.request import Request
    from automation.model.effects import BookEdit
    from automation.model.project import Table
    from automation.schema.catalogue import Sheet

NAMED = 12
"""Keys, changes and spellings that are listed; JSON has all changes."""


def import_rows(request: Request) -> Outcome:
    """Rows of a file in a sheet: new ones added, present ones changed where ``update`` says so.

    Parameters: ``tables`` the sheets of the file and ``file`` its name, ``raw`` the workbook as read, ``sheet`` where to
    (default: the sheet whose columns fit best), ``map`` {heading: column}, ``values`` {column: value of every row}, ``known``
    {heading: column} where nothing else says, ``names`` {row: what a person knows it by}, ``update``, ``notices``.
    Raises UsageError when no table of the file fits a sheet, or the workbook has changed since it was read.
    """
    _check_unchanged(request)
    sheet, mapped = matched(request)
    table = request.project.tables[sheet.id]
    rows = list(_rows(request, table, sheet, mapped))
    update = bool(request.parameters.get("update"))
    wanted = [row for row in rows if update or row.present is None]
    twice = repeated(request, mapped, wanted, table)
    taken, judged, respelt = tidied(request, table, [row for row in wanted if row.number not in twice.bad])
    said = told(request, mapped, judged, taken, table)
    refused = said.bad | twice.bad
    clean = [(row, judged.at[row.number]) for row in taken if row.number not in said.bad]
    after = judged.project.tables[sheet.id]
    new, again = _new(table, after, [(row, place) for row, place in clean if row.present is None])
    changes = _changes(after, [(row, place) for row, place in clean if row.present is not None])
    edits: list[BookEdit] = [*cell_edits(request.project, request.catalogue, sheet.id, changes)]
    if new:
        index = {number: at for at, number in enumerate(after.numbers)}
        written = (_cells(request, after, table, row, index[place]) for row, place in new)
        edits.append(AppendRows(table.name, tuple(written)))
    kept = [row.key for row in rows if row.present is not None and not update] + again
    listed = list(_listed(request, table, changes))
    return Outcome(
        findings=(*said.findings, *twice.findings),
        edits=tuple(edits),
        figures={
            "rows": len(rows),
            "new": len(new),
            "changed": len(changes),
            "refused": len(refused),
            "present": len(kept),
        },
        lines=tuple(_lines(table, mapped, [row for row, _ in new], listed, kept)),
        tables={
            "columns": [{"heading": mapped.heading(at), "column": name} for at, name in mapped.columns.items()],
            "changes": listed,
        },
        notices=(*column_notices(sheet, mapped), *_notices(request, respelt, len(refused), kept)),
        log=(
            LogEntry("import", sheet.id, new=f"{len(new)} new, {len(changes)} changed: {request.parameters['file']}"),
        ),
        needs=(Need("edit", sheet.id),),
    )


def _check_unchanged(request: Request) -> None:
    if request.parameters["raw"].digest == request.project.digest:
        return
    raise UsageError(
        Text("工作簿在读取期间被修改，请再导入一次。", "The workbook was changed while it was read: import again."),
        code="CHANGED",
    )


def _rows(request: Request, table: Table, sheet: Sheet, mapped: Mapped) -> Iterator[Row]:
    """The rows below the headings that hold anything, new ones with the next ids and what a new row usually has."""
    first, new = int(next_id(sheet, table).rpartition("-")[2]) if sheet.prefix else 0, 0
    taken = mapped.typed(sheet.key)
    others = [column for column in sheet.columns if column.id not in mapped.columns.values() and column.id != sheet.key]
    usually = {column.id: value for column in others if (value := usual(request, column)) is not None}
    usually |= fixed(request, sheet)
    for at, cells in enumerate(mapped.table.rows[mapped.header + 1 :], start=mapped.header + 1):
        values = {name: cells[place] for place, name in mapped.columns.items() if place < len(cells)}
        values = {name: value for name, value in values.items() if value is not None and as_text(value).strip()}
        if not values:
            continue
        given = frozenset(values)
        key = typed = as_text(values.get(sheet.key)).strip()
        while not key and sheet.prefix:
            next_key = f"{sheet.prefix}-{first + new:0{DIGITS}}"
            new += 1
            key = values[sheet.key] = next_key if next_key not in taken else ""
        present = table.by_key.get(key) if key else None
        whole = values if present else {**usually, **values}
        yield Row(mapped.table.first_row + at, whole, key, present, bool(typed), given)


def _new(table: Table, after: Table, rows: Sequence[tuple[Row, int]]) -> tuple[list[tuple[Row, int]], list[str]]:
    """The rows that are not in the sheet yet, and the keys of rows that say the same as a row of the file without a key."""
    index = {number: at for at, number in enumerate(after.numbers)}
    there: dict[tuple[str, ...], dict[tuple[Any, ...], str]] = {}
    new, again = [], []
    for row, number in rows:
        names = tuple(name for name in sorted(row.given) if name in table.models)
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


def _listed(request: Request, table: Table, changes: Mapping[int, Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every cell of a present row that changes: row, column, what stands there and what will."""
    at = {number: place for place, number in enumerate(table.numbers)}
    for number, columns in changes.items():
        for name, value in columns.items():
            column = table.sheet.column(name)
            old = table.models[name][at[number]]
            shown = [
                request.catalogue.label(column, one, request.language) if one is not None else None
                for one in (old, value)
            ]
            yield {"key": table.keys[at[number]], "column": name, "old": shown[0], "new": shown[1]}


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


def _lines(
    table: Table, mapped: Mapped, new: Sequence[Row], changes: Sequence[Mapping[str, Any]], kept: Sequence[str]
) -> Iterator[Text]:
    columns = [table.sheet.column(column).label for column in mapped.columns.values()]
    yield Text(
        f"“{table.name}”表，对应 {len(columns)} 列：{'、'.join(label.zh for label in columns)}",
        f"Sheet {table.name}, {len(columns)} columns: {', '.join(label.en for label in columns)}",
    )
    if new:
        keys = _few([row.key for row in new])
        yield Text(f"新增 {len(new)} 行：{keys}", f"{len(new)} new rows: {keys}")
    for change in changes[:NAMED]:
        label = table.sheet.column(change["column"]).label
        old, value = (as_text(change[name]) for name in ("old", "new"))
        yield Text(
            f"{change['key']} {label.zh}：{old or '(空)'} → {value or '(空)'}",
            f"{change['key']} {label.en}: {old or '(empty)'} → {value or '(empty)'}",
        )
    if len(changes) > NAMED:
        more = len(changes) - NAMED
        yield Text(f"…… 另有 {more} 处修改，见 --format json。", f"... {more} more changes, see --format json.")
    if not new and not kept and not changes:
        yield Text("没有新增的行。", "No new rows.")


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:NAMED]) + (" …" if len(names) > NAMED else "")


def _notices(
    request: Request, respelt: Mapping[tuple[str, str], int], refused: int, kept: Sequence[str]
) -> Iterator[Text]:
    yield from request.parameters.get("notices") or ()
    if respelt:
        pairs = _few([f"{old} → {new} ({number})" for (old, new), number in respelt.items()])
        yield Text(f"列表取值按最接近的选项导入：{pairs}", f"List values were taken for the nearest ones: {pairs}")
    if kept:
        keys = _few(kept)
        yield Text(
            f"{len(kept)} 行的编号已有，未改动：{keys}；要用文件中的值更新，请加 --update。",
            f"{len(kept)} rows have ids that are there already and were left alone: {keys}; --update changes them.",
        )
    if refused:
        yield Text(
            f"{refused} 行有错误，没有写入：请在文件中改正后再导入（已写入的行不会重复）。",
            f"{refused} rows have errors and were not written: correct them in the file and import it again (what was "
            "written is not doubled).",
        )
