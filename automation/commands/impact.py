"""Change impact (C13; B09): a what-if of changes, offered; with ``write`` the numbers go into their rows.

Not here: the copy of the plan and its comparison (``deviations.what_if``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.computed import cell_edits
from automation.commands.plan_notices import plan_notices
from automation.deviations.what_if import impact
from automation.model.effects import LogEntry, Need, Outcome
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from automation.commands.request import Request
    from automation.deviations.what_if import Impact
    from automation.model.rows import ChangesRow

SHEET = "changes"
UNDECIDED = frozenset({"pending", None})


def change_impact(request: Request) -> Outcome:
    """What changes would do to finish, milestones, cost, requirements and risks; nothing is written until asked for.

    Parameters: ``only`` changes parted by semicolons (default: all that are not decided); ``together``: as one change;
    ``write``: impact in days and cost into their rows. Raises UsageError for an unknown change and when there is none.
    """
    rows = _wanted(request)
    groups = [list(rows)] if request.parameters.get("together") else [[row] for row in rows]
    if request.parameters.get("together") and len({row.project_id for row in rows}) > 1:
        raise UsageError(
            Text("一起分析的变更应属于同一个项目。", "Changes that are judged together must be of one project."),
            code="PROJECTS",
        )
    found = [(group, _impact(request, group)) for group in groups]
    values = {}
    for group, one in found:
        if len(group) == 1:
            values[group[0].row] = _values(request, group[0], one)
    edits = tuple(cell_edits(request.project, request.catalogue, SHEET, values))
    return Outcome(
        edits=edits,
        figures={"changes": {" + ".join(_key(row) for row in group): _figures(one) for group, one in found}},
        lines=tuple(line for group, one in found for line in _lines(request, group, one)),
        tables={"milestones": [_milestone(group, entry) for group, one in found for entry in one.moved]},
        notices=plan_notices(request),
        log=tuple(_log(group[0], one) for group, one in found if len(group) == 1),
        needs=(Need("edit", SHEET),) if request.parameters.get("write") else (),
        question=_question([group[0] for group, _ in found if len(group) == 1]),
    )


def _key(row: ChangesRow) -> str:
    return row.change_id or ""


def _wanted(request: Request) -> tuple[ChangesRow, ...]:
    table = request.project.tables[SHEET]
    names = ids_of(str(request.parameters.get("only") or ""))
    missing = [name for name in names if name not in table.by_key]
    if missing:
        raise UsageError(
            Text(
                f"没有变更 {'、'.join(missing)}：请检查编号。",
                f"There is no change {', '.join(missing)}: check the id.",
            ),
            code="NO_SUCH_ROW",
        )
    if names:
        return tuple(table.by_key[name] for name in dict.fromkeys(names))
    rows = tuple(row for row in table.rows if row.decision in UNDECIDED and request.case.stands(row.project_id))
    if not rows:
        raise UsageError(
            Text("没有待定的变更：请用 --only 指定变更编号。", "No change is pending: name one with --only."),
            code="NO_CHANGE",
        )
    return rows


def _impact(request: Request, group: Sequence[ChangesRow]) -> Impact:
    plan = request.plans.get(group[0].project_id or "")
    return impact(request.project, group, plan, request.calendar, request.status_date)


def _values(request: Request, row: ChangesRow, one: Impact) -> dict[str, Any]:
    """What is written: days and cost, as far as the effort is known, and the day on which it was assessed."""
    if row.added_effort is None:
        return {}
    values: dict[str, Any] = {"impact_days": one.days, "impact_cost": one.cost}
    values = {name: value for name, value in values.items() if value is not None}
    if values and row.assessed_on is None:
        values["assessed_on"] = request.status_date
    return values


def _log(row: ChangesRow, one: Impact) -> LogEntry:
    return LogEntry("impact", SHEET, _key(row), "impact_days", row.impact_days, one.days)


def _question(rows: Sequence[ChangesRow]) -> Text:
    known = [_key(row) for row in rows if row.added_effort is not None]
    if not known:
        return Text("", "")
    return Text(
        f"把进度影响和成本影响写入变更 {'、'.join(known)}？原有的数值会被替换，并记入日志。",
        f"Write the impact on schedule and cost into {', '.join(known)}? Values there are replaced and logged.",
    )


def _figures(one: Impact) -> dict[str, Any]:
    return {
        "finish_before": one.finish_before,
        "finish_after": one.finish_after,
        "impact_days": one.days,
        "impact_cost": one.cost,
        "milestones_moved": len(one.moved),
        "becomes_critical": list(one.critical),
        "tasks": list(one.tasks),
        "requirements": list(one.requirements),
        "risks": list(one.risks),
    }


def _milestone(group: Sequence[ChangesRow], entry: Any) -> dict[str, Any]:
    return {
        "changes": [_key(row) for row in group],
        "milestone": entry.row.task_id,
        "before": entry.before,
        "after": entry.after,
        "days": entry.days,
    }


def _lines(request: Request, group: Sequence[ChangesRow], one: Impact) -> Iterator[Text]:
    names = "、".join(_key(row) for row in group), ", ".join(_key(row) for row in group)
    first = group[0]
    title = Text(first.title or "", first.title_en or first.title or "") if len(group) == 1 else Text("", "")
    if all(row.added_effort is None for row in group):
        yield Text(
            f"{names[0]} {title.zh}：没有填写增加的工作量，无法测算。",
            f"{names[1]} {title.en}: without added effort nothing can be told.",
        )
        return
    days = Text("—", "—") if one.days is None else Text(f"{one.days:+d} 个工作日", f"{one.days:+d} working days")
    money = request.settings.text("currency")
    cost = "—" if one.cost is None else f"{money} {one.cost:,.0f}".strip()
    yield Text(
        f"{names[0]} {title.zh}：完成日 {one.finish_before or '—'} → {one.finish_after or '—'}({days.zh})，成本 {cost}",
        f"{names[1]} {title.en}: finish {one.finish_before or '—'} -> {one.finish_after or '—'} ({days.en}), cost {cost}",
    )
    for row in group if len(group) == 1 else ():
        if row.impact_days is not None and one.days is not None and row.impact_days != one.days:
            yield Text(f"  表中原为 {row.impact_days} 个工作日", f"  the sheet says {row.impact_days} working days")
        if row.impact_cost is not None and one.cost is not None and row.impact_cost != one.cost:
            yield Text(f"  表中原为 {row.impact_cost:,.0f}", f"  the sheet says {row.impact_cost:,.0f}")
    for entry in one.moved:
        name = Text(entry.row.name or "", entry.row.name_en or entry.row.name or "")
        yield Text(
            f"  里程碑 {entry.row.task_id} {name.zh}：{entry.before} → {entry.after}({entry.days:+d})",
            f"  milestone {entry.row.task_id} {name.en}: {entry.before} -> {entry.after} ({entry.days:+d})",
        )
    for label, values in (
        (Text("变为关键任务", "becomes critical"), one.critical),
        (Text("涉及需求", "requirements"), one.requirements),
        (Text("涉及风险", "risks"), one.risks),
        (Text("已完成、不再计入的任务", "over already, left out"), one.finished),
    ):
        if values:
            yield Text(f"  {label.zh}：{'、'.join(values)}", f"  {label.en}: {', '.join(values)}")
