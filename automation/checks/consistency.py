"""V06: values of a row that contradict each other, the status date or the rows of another sheet.

Not here: conditions of the row's schema (``checks.rows``). Cells that cannot be read are left out of comparisons.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.checks.links import known_ids, unknown_draft
from automation.checks.nearest import NearestId
from automation.checks.wording import Draft, as_shown, cell_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from automation.checks.scene import Scene
    from automation.model.project import Project, Table
    from automation.schema.catalogue import Catalogue

    Check = Callable[["Table", Mapping[str, Any], "Scene"], Iterator[Draft]]


def consistency_drafts(table: Table, scene: Scene) -> Iterator[Draft]:
    """What contradicts itself in the rows of a table, check by check as the sheet lists them."""
    for column in table.sheet.columns:
        if column.not_after_status_date and column.id in table.models:
            yield from _not_after(table, column.id, scene.status_date)
    for check in table.sheet.checks:
        yield from CHECKS[check["check"]](table, check, scene)


def _not_after(table: Table, name: str, status_date: date) -> Iterator[Draft]:
    values = table.models[name]
    late = {value for value in set(values) if value is not None and _day(value) > status_date}
    if late:
        fields = {"limit": as_shown(status_date)}
        yield from (
            Draft("V06", table, at, name, "after_status_date", fields)
            for at, value in enumerate(values)
            if value in late
        )


def _order(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """Each column's day is not before that of the column named before it (``strict``: after it)."""
    strict = check.get("strict", False)
    kind = "order_strict" if strict else "order"
    for earlier, later in pairwise(check["columns"]):
        for at, (first, second) in enumerate(_pairs(table, earlier, later)):
            if first is None or second is None or first < second or (first == second and not strict):
                continue
            yield _against(table, at, kind, (later, earlier), scene.catalogue)


def _ascending(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """Each column's number is not less than that of the column named before it."""
    for less, more in pairwise(check["columns"]):
        for at, (first, second) in enumerate(_pairs(table, less, more)):
            if first is not None and second is not None and second < first:
                yield _against(table, at, "ascending", (more, less), scene.catalogue)


def _pairs(table: Table, first: str, second: str) -> Iterator[tuple[Any, Any]]:
    if first not in table.models or second not in table.models:
        return iter(())
    kinds = {table.sheet.by_id[name].kind for name in (first, second)}
    if kinds == {"date", "dt"}:
        return zip(map(_day, table.models[first]), map(_day, table.models[second]), strict=True)
    return zip(table.models[first], table.models[second], strict=True)


def _day(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value


def _against(table: Table, at: int, kind: str, columns: tuple[str, str], catalogue: Catalogue) -> Draft:
    """A draft on the first column that names the second one and its value."""
    name, other = columns
    column = table.sheet.by_id[other]
    fields = {"other": column.label, "limit": as_shown(cell_value(table, at, column, catalogue))}
    return Draft("V06", table, at, name, kind, fields)


def _sum(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """A total equals the sum of another sheet's column over the rows that name this row, but for a tolerance."""
    sheet, _, of = check["of"].partition(".")
    source = scene.project.tables.get(sheet)
    if source is None or any(name not in source.models for name in (of, check["by"])):
        return
    totals: defaultdict[Any, Decimal] = defaultdict(Decimal)
    unknown = {source.models[check["by"]][at] for at, amount in enumerate(source.models[of]) if amount is None}
    for owner, amount in zip(source.models[check["by"]], source.models[of], strict=True):
        totals[owner] += Decimal(str(amount or 0))
    tolerance = Decimal(str(check.get("tolerance", 0)))
    for at, (key, total) in enumerate(zip(table.keys, table.models.get(check["column"], ()), strict=False)):
        if total is None or key in unknown or abs(Decimal(str(total)) - totals[key]) <= tolerance:
            continue
        fields = {
            "sheet": source.sheet.label,
            "other": source.sheet.by_id[of].label,
            "expected": as_shown(totals[key]),
            "limit": as_shown(tolerance),
        }
        yield Draft("V06", table, at, check["column"], "sum", fields)


def _allowed_pairs(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """Two list values stand together in a table of the lists."""
    first, second = check["columns"]
    allowed = scene.catalogue.tables[check["table"]]
    wrong = {pair for pair in set(_pairs(table, first, second)) if None not in pair and pair not in allowed}
    if not wrong:
        return
    values = scene.catalogue.lists[table.sheet.by_id[second].list]
    for at, pair in enumerate(_pairs(table, first, second)):
        if pair in wrong:
            fitting = [value.label for value in values.values if (pair[0], value.code) in allowed]
            draft = _against(table, at, "pairs", (second, first), scene.catalogue)
            yield draft._replace(fields={**draft.fields, "expected": _listed(fitting)})


def _listed(labels: list[Text]) -> Text:
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


_AGREES: Mapping[str, Callable[[float, float], bool]] = {
    "at_least": lambda actual, target: actual >= target,
    "at_most": lambda actual, target: actual <= target,
    "equals": lambda actual, target: actual == target,
}


def _result_agrees(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """A result of passed or failed is what actual value, comparison and target say."""
    names = (check["column"], check["actual"], check["compare"], check["target"])
    if any(name not in table.models for name in names):
        return
    result_column = table.sheet.by_id[check["column"]]
    compare_column = table.sheet.by_id[check["compare"]]
    for at, row in enumerate(zip(*(table.models[name] for name in names), strict=True)):
        result, actual, compare, target = row
        if actual is None or target is None or result in {None, "passed_with_conditions"} or compare not in _AGREES:
            continue
        right = "passed" if _AGREES[compare](actual, target) else "failed"
        if result != right:
            sign = scene.catalogue.lists[compare_column.list].by_code[compare].label
            shown = as_shown(cell_value(table, at, table.sheet.by_id[check["target"]], scene.catalogue))
            fields = {
                "other": as_shown(cell_value(table, at, table.sheet.by_id[check["actual"]], scene.catalogue)),
                "limit": Text(f"{sign.zh} {shown}", f"{sign.en} {shown}"),
                "expected": scene.catalogue.lists[result_column.list].by_code[right].label,
            }
            yield Draft("V06", table, at, check["column"], "result_agrees", fields)


def _exists(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """A value stands in a column of another sheet that is not its key."""
    sheet, _, name = check["in"].partition(".")
    target = scene.project.tables.get(sheet)
    if target is None or name not in target.values or check["column"] not in table.values:
        return
    known = _values(target, name)
    column = table.sheet.by_id[check["column"]]
    for at, value in enumerate(table.values[column.id]):
        if value is not None and value not in known:
            yield unknown_draft(table, at, column, target.sheet.label, ((value,), known))


def _scope(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """A value is an id of the sheet (or a value of the column) that another column names, else a fixed word."""
    column = table.sheet.by_id[check["column"]]
    if column.id not in table.values or check["by"] not in table.models:
        return
    known: dict[str, NearestId | None] = {}
    for at, (code, value) in enumerate(zip(table.models[check["by"]], table.values[column.id], strict=True)):
        if code is None or value is None:
            continue
        place = check["sheets"].get(code)
        if place is None:
            if value != check["otherwise"]:
                word = check["otherwise"]
                yield Draft("V05", table, at, column.id, "near_match", {"nearest": word, "expected": word}, repair=word)
            continue
        if code not in known:
            known[code] = _known(place, scene.project)
        ids = known[code]
        if ids is not None and value not in ids:
            label = scene.catalogue.sheets[place.partition(".")[0]].label
            yield unknown_draft(table, at, column, label, ((value,), ids))


def _known(place: str, project: Project) -> NearestId | None:
    """The values of a ``sheet`` (its ids) or ``sheet.column``; ``None`` when the workbook lacks it."""
    sheet, _, name = place.partition(".")
    table = project.tables.get(sheet)
    if table is None or (name or table.sheet.key) not in table.values:
        return None
    if not name:
        return known_ids(table)
    return _values(table, name)


def _values(table: Table, name: str) -> NearestId:
    """The values of a column, offered in the form that the column prescribes."""
    form = str(table.sheet.by_id[name].schema.get("pattern", ""))
    return NearestId({value for value in table.values[name] if value is not None}, form)


def _period_over(table: Table, check: Mapping[str, Any], scene: Scene) -> Iterator[Draft]:
    """A value is filled in once the month of the row (``YYYY-MM``) is over."""
    month = f"{scene.status_date:%Y-%m}"
    for at, (period, value) in enumerate(_pairs(table, check["period"], check["column"])):
        if period is not None and value is None and str(period) < month:
            when = Text(f"统计期 {period} 已经结束", f"the period {period} is over")
            expected = table.sheet.by_id[check["column"]].hint
            if (at, check["column"]) not in table.failed and table.values[check["column"]][at] is None:
                yield Draft("V01", table, at, check["column"], "required_when", {"when": when, "expected": expected})


CHECKS: Mapping[str, Check] = {
    "order": _order,
    "ascending": _ascending,
    "sum": _sum,
    "pairs": _allowed_pairs,
    "result_agrees": _result_agrees,
    "exists": _exists,
    "scope": _scope,
    "period_over": _period_over,
}
"""Checks by the name that a sheet's ``x-checks`` use."""
