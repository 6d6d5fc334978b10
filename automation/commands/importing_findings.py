"""Rows of a file judged as if they stood in the workbook, and what is wrong with them told at its place in the file.

Not here: which columns they have (``importing_columns``), what becomes of them (``importing_rows``).
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.findings import Finding, Place, Severity, Text
from automation.base.records import replace
from automation.checks.registry import MOST, checked
from automation.checks.wording import as_shown
from automation.model.headers import matched_sheets
from automation.model.project import build
from automation.model.spelling import fold
from automation.model.tables import Raw, address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.commands.importing_columns import Mapped
    from automation.commands.request import Request
    from automation.model.project import Project, Table
    from automation.schema.catalogue import Sheet


class Row(NamedTuple):
    """A row of the file: its number there, its values by column, its key, the row of the workbook that has the key.

    ``typed`` says whether the file has the key (else it is the next one), ``given`` which of the values the file has.
    """

    number: int
    values: Mapping[str, Any]
    key: str
    present: Any
    typed: bool
    given: frozenset[str]


class Judged(NamedTuple):
    """The workbook as it would be with the rows, where each row (by its number in the file) stands in it, its errors."""

    project: Project
    at: Mapping[int, int]
    errors: tuple[Finding, ...]


class Told(NamedTuple):
    """What is said about the rows of a file, and the numbers of those with errors."""

    findings: tuple[Finding, ...]
    bad: frozenset[int]


def tidied(request: Request, table: Table, rows: Sequence[Row]) -> tuple[list[Row], Judged, dict[tuple[str, str], int]]:
    """The rows with what a repair would write (texts that are dates or numbers, spellings of lists), and their judgement.

    The last are list values that were taken for others, old and new, with how many there were.
    """
    judged = judge(request, table, rows)
    by_place = {place: number for number, place in judged.at.items()}
    tidy: dict[int, dict[str, Any]] = {}
    respelt: Counter[tuple[str, str]] = Counter()
    for one in judged.errors:
        number = by_place.get(one.place.row)
        if number is None or one.repair is None:
            continue
        tidy.setdefault(number, {})[one.place.column] = one.repair.value
        if table.sheet.column(one.place.column).list and not _means(request, table, one):
            respelt[as_shown(one.value), as_shown(one.repair.value)] += 1
    if not tidy:
        return list(rows), judged, {}
    mended = [row._replace(values={**row.values, **tidy.get(row.number, {})}) for row in rows]
    return mended, judge(request, table, mended), dict(respelt)


def _means(request: Request, table: Table, one: Finding) -> bool:
    """Whether what stands there is a code or a label of the value that a repair would write."""
    column = table.sheet.column(one.place.column)
    for value in request.catalogue.lists[column.list].values:
        texts = {fold(value.code), fold(value.label.zh), fold(value.label.en)}
        if fold(as_shown(one.repair.value if one.repair else "")) in texts:
            return fold(as_shown(one.value)) in texts
    return False


def judge(request: Request, table: Table, rows: Sequence[Row]) -> Judged:
    """The workbook with the rows in it, those with a known key in place of what is there, and every error of its sheet."""
    raw: Raw = request.parameters["raw"]
    ours = matched_sheets(raw, request.catalogue)[table.sheet.id]
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
    found = (*notes, *checked(project, request.catalogue, request.status_date, most=sys.maxsize).findings)
    errors = (one for one in found if one.place.sheet == table.sheet.id and one.severity is Severity.ERROR)
    return Judged(project, at, tuple(errors))


def told(request: Request, mapped: Mapped, judged: Judged, rows: Sequence[Row], table: Table) -> Told:
    """The errors of the rows at their places in the file, and which rows have any.

    A row that is there already is held to what it would newly be wrong about only. Of a column that the file has not there is
    one finding for all rows, of one rule and column at most ``MOST``.
    """
    by_place = {place: number for number, place in judged.at.items()}
    present = {row.number for row in rows if row.present is not None}
    before = _before(request, table) if present else frozenset()
    places = {name: place for place, name in mapped.columns.items()}
    found: list[Finding] = []
    bad: set[int] = set()
    lacking: dict[str, list[int]] = {}
    for one in judged.errors:
        number = by_place.get(one.place.row)
        if number is None or (number in present and (one.rule, one.place.row, one.place.column) in before):
            continue
        bad.add(number)
        if one.place.column not in places and one.rule == "V01" and number not in present:
            lacking.setdefault(one.place.column, []).append(number)
            continue
        found.append(_told(request, mapped, one, number, places.get(one.place.column)))
    columns = [_lacking(request, table.sheet, column, len(numbers)) for column, numbers in lacking.items()]
    return Told((*columns, *_cut(found, request, table.sheet)), frozenset(bad))


def repeated(request: Request, mapped: Mapped, rows: Sequence[Row], table: Table) -> Told:
    """Rows that are there already and stand in the file more than once: which of them is meant, nobody can tell.

    Each but the first is a finding, none of them is written.
    """
    known: dict[str, list[int]] = {}
    for row in rows:
        if row.present is not None:
            known.setdefault(row.key, []).append(row.number)
    doubled = {key: numbers for key, numbers in known.items() if len(numbers) > 1}
    found = [
        _repeated(request, mapped, table.sheet, key, (number, numbers[0]))
        for key, numbers in doubled.items()
        for number in numbers[1:]
    ]
    return Told(tuple(found), frozenset(number for numbers in doubled.values() for number in numbers))


def _repeated(request: Request, mapped: Mapped, sheet: Sheet, key: str, numbers: tuple[int, int]) -> Finding:
    number, first = numbers
    place = next((at for at, name in mapped.columns.items() if name == sheet.key), None)
    cell = "" if place is None else address(number, mapped.table.first_column + place)
    file = request.parameters["file"]
    return Finding(
        rule="V04",
        severity=Severity.ERROR,
        place=Place(sheet.id, key, sheet.key, cell, number),
        message=Text(
            f"{file} {cell}：{key} 在第 {first} 行已经出现，不知道以哪一行为准，这几行都没有写入。",
            f"{file} {cell}: {key} stands in row {first} already, so nobody can tell which row is meant; none of them was written.",
        ),
        hint=Text("请在文件中只留一行，再重新导入。", "Leave one of these rows in the file, then import again."),
        value=key,
    )


def _before(request: Request, table: Table) -> frozenset[tuple[str, int, str]]:
    """Rule, row and column of every error that the sheet has already."""
    found = checked(request.project, request.catalogue, request.status_date, most=sys.maxsize).findings
    errors = (*request.read_findings, *found)
    return frozenset((one.rule, one.place.row, one.place.column) for one in errors if one.place.sheet == table.sheet.id)


def _told(request: Request, mapped: Mapped, finding: Finding, number: int, place: int | None) -> Finding:
    """A finding at its place in the file: a cell, or an object by its name where the file has no cells."""
    file, names = request.parameters["file"], request.parameters.get("names") or {}
    cell = "" if place is None or names else address(number, mapped.table.first_column + place)
    row = Text(f"对象 {names[number]}", f"Object {names[number]}") if number in names else _row(number)
    old = finding.place.cell

    def here(text: str, whole: str, what: str) -> str:
        return text.replace(old, cell) if cell else text.replace(f"{what} {old}", whole)

    message, hint = (
        Text(here(text.zh, row.zh, "单元格"), here(text.en, row.en, "Cell")) if old else text
        for text in (finding.message, finding.hint)
    )
    where = f"{file} {cell}" if cell else file
    return replace(
        finding,
        place=replace(finding.place, cell=cell, row=number),
        message=Text(f"{where}：{message.zh}", f"{where}: {message.en}"),
        hint=hint,
        repair=None,
    )


def _row(number: int) -> Text:
    return Text(f"第 {number} 行", f"Row {number}")


def _lacking(request: Request, sheet: Sheet, column: str, rows: int) -> Finding:
    """The one finding for a column that the file has not and that must be filled in."""
    file, label = request.parameters["file"], sheet.column(column).label
    return Finding(
        rule="V01",
        severity=Severity.ERROR,
        place=Place(sheet.id, "", column),
        message=Text(
            f"{file} 没有“{label.zh}”列，此项必须填写。", f"{file} has no column “{label.en}”, which must be filled in."
        ),
        hint=Text(
            f"请在文件中增加“{label.zh}”列，或用 --map 写明哪一列是它；各行相同时，在 --map 文件的 values 下写 {column}: 值。",
            f"Add a column “{label.en}” to the file, or say with --map which one it is; where it is the same in every row, "
            f"write {column}: value under values in that file.",
        ),
        value=rows,
    )


def _cut(findings: Sequence[Finding], request: Request, sheet: Sheet) -> list[Finding]:
    """At most ``MOST`` findings of a rule and column, with one that says how many more there are."""
    number: Counter[tuple[str, str]] = Counter()
    kept: list[Finding] = []
    for one in findings:
        number[one.rule, one.place.column] += 1
        if number[one.rule, one.place.column] <= MOST:
            kept.append(one)
    for (rule, column), count in number.items():
        if count > MOST:
            kept.append(_rest(request.parameters["file"], sheet, rule, column, count - MOST))
    return kept


def _rest(file: str, sheet: Sheet, rule: str, column: str, count: int) -> Finding:
    label = sheet.column(column).label
    return Finding(
        rule=rule,
        severity=Severity.ERROR,
        place=Place(sheet.id, "", column),
        message=Text(
            f"{file} 的“{label.zh}”列还有 {count} 个同类问题，没有逐条列出。",
            f"Column “{label.en}” of {file} has {count} more problems of this kind, not listed here.",
        ),
        hint=Text("请先改正已列出的问题，再重新导入。", "Correct those that are listed first, then import again."),
        value=count,
    )
