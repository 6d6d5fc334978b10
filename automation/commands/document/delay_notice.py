"""The notice of a delay (D09): which date moves, why, what was done, the timetable that we propose.

Not here: its look (``templates/*/D09.docx``) and the forecast (``planning``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.commands.document.source import EMPTY, number
from automation.deviations import delays

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import PlanRow
    from automation.planning.plan import PlannedTask

TITLE = Text("延期说明函", "Delay notice")


def delay_notice(source: Source) -> dict[str, Any]:
    """The context of D09 for the source's task or milestone."""
    row: PlanRow = source.subject
    late = _late(source, row)
    later = [one for one in _rows(source) if one is not row and _is_open(one) and _late(source, one)]
    return {
        **frame(source, "D09", TITLE, signed=False),
        "about": source.pick(row),
        "milestone": "milestone" if row.kind == "milestone" else "",
        "agreed": source.day(row.baseline_finish),
        "forecast": source.day(_finish(source, row)),
        "days": "" if late is None else number(late),
        "late": "late" if late else "",
        "reasons": _reasons(source, row),
        "measures": _measures(source, row),
        "timetable": [_dates(source, one) for one in (row, *later)],
        "mail": _mail(source),
    }


def _is_open(row: PlanRow) -> bool:
    return row.kind == "milestone" and row.actual_finish is None


def _rows(source: Source) -> tuple[PlanRow, ...]:
    return tuple(row for row in source.own(source.rows.plan) if row.status != "cancelled")


def _planned(source: Source, row: PlanRow) -> PlannedTask | None:
    return source.plan.tasks.get(row.task_id or "") if source.plan else None


def _finish(source: Source, row: PlanRow) -> Any:
    planned = _planned(source, row)
    return row.actual_finish or (planned.forecast.finish if planned and planned.forecast else None)


def _late(source: Source, row: PlanRow) -> int | None:
    """Working days after the baseline, ``None`` when one of the dates is not known or it is not late."""
    finish = _finish(source, row)
    if finish is None or row.baseline_finish is None:
        return None
    days = source.request.calendar.days_between(row.baseline_finish, finish)
    return days if days > 0 else None


def _chain(source: Source, row: PlanRow) -> list[tuple[PlanRow, PlannedTask]]:
    """The task and those that fix its date, nearest first, as far as they are late by themselves."""
    planned = _planned(source, row)
    if source.plan is None or planned is None:
        return []
    rows = {one.task_id: one for one in _rows(source)}
    return [
        (rows[one.id], one)
        for one in delays.driving(source.plan, planned)
        if one.id in rows and one.slip.own is not None and one.slip.own > 0
    ]


def _reasons(source: Source, row: PlanRow) -> list[str]:
    lines = []
    for one, planned in _chain(source, row):
        name, days = source.pick(one), number(planned.slip.own)
        why = source.label("plan", "delay_reason", one.delay_reason) if one.delay_reason else ""
        zh = f"“{name}”比基线晚 {days} 个工作日" + (f"，原因：{why}。" if why else "。")
        en = f"“{name}” is {days} working day{'' if days == '1' else 's'} late" + (
            f"; cause: {why.lower()}." if why else "."
        )
        lines.append(source.say(zh, en))
    return lines


def _measures(source: Source, row: PlanRow) -> list[str]:
    """What is done about it: the corrective actions of the tasks that are late, then the responses to their risks."""
    chain = [one for one, _ in _chain(source, row)]
    found = [item for one in chain for item in source.items(one.corrective_action)]
    names = {one.task_id for one in chain}
    for risk in source.own(source.rows.risks):
        if names & set(risk.task_ids) and risk.status in {"in_response", "occurred"}:
            found += source.items(risk.response_plan)
    return list(dict.fromkeys(found))


def _dates(source: Source, row: PlanRow) -> dict[str, str]:
    late = _late(source, row)
    return {
        "name": source.pick(row),
        "agreed": source.day(row.baseline_finish),
        "forecast": source.day(_finish(source, row)),
        "days": EMPTY if late is None else f"+{number(late)}",
    }


def _mail(source: Source) -> str:
    person = source.people.get(source.home.project_manager) if source.home else None
    return (person.email if person else None) or EMPTY
