"""The rows of a plan as a Gantt chart shows them: WBS order, phases above their tasks, bars, what is done.

One function for all who draw: the sheet (``commands.gantt``) and the picture in Word (``word.charts``). Not here: the
drawing, and the dates themselves (``plan``).
"""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text
from automation.base.records import replace
from automation.model.charts.plan import Gantt, GanttRow
from automation.planning.figures import weighted
from automation.planning.forecast import as_day
from automation.planning.tasks import TaskKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.plan import Plan, PlannedTask

COMPLETE = 100
KINDS: Mapping[TaskKind, str] = {TaskKind.SUMMARY: "phase", TaskKind.MILESTONE: "milestone"}


class Label(NamedTuple):
    """What a task is called, and the phase that its row names (``None``: none)."""

    name: Text
    phase: Text | None = None


class Row(NamedTuple):
    """One row of a chart with its WBS number; ``task`` is ``None`` for a phase that has no row in the plan."""

    shown: GanttRow
    wbs: str = ""
    task: PlannedTask | None = None


def gantt(
    plan: Plan,
    labels: Mapping[str, Label],
    calendar: WorkCalendar,
    *,
    project: Text,
    status_date: date,
    deadline: date | None = None,
) -> Gantt:
    """The chart of a plan: its rows, and the days off between the first and the last day that any of them shows."""
    found = tuple(row.shown for row in rows(plan, labels, calendar))
    days = [day for row in found for day in (row.start, row.finish, row.baseline_start, row.baseline_finish) if day]
    first, last = (min((*days, status_date)), max((*days, status_date, deadline or status_date)))
    span = (first + timedelta(number) for number in range((last - first).days + 1))
    off = tuple(day for day in span if not calendar.is_working(day))
    return Gantt(project, found, status_date, deadline, off)


def rows(plan: Plan, labels: Mapping[str, Label], calendar: WorkCalendar) -> tuple[Row, ...]:
    """The rows of a plan in the order of their WBS numbers, those without one at the end in the order of the sheet.

    ``labels`` are by task number; a task without one is called by its number. The level of a row is the number of
    summaries above it. In a plan without any summary, the phases that its rows name stand above their tasks, with the
    span, the weighted progress and the slip of what lies below them.
    """
    ordered = sorted(plan.tasks.values(), key=_wbs_order)
    summaries = {task.task.wbs for task in ordered if task.task.kind is TaskKind.SUMMARY}
    found = [_row(task, labels, summaries) for task in ordered]
    if summaries:
        return tuple(found)
    return tuple(_with_phases(found, labels, calendar))


def done_until(row: GanttRow, calendar: WorkCalendar) -> date | None:
    """The last day of the part of a bar that is done: its share of the working days; ``None`` when that is no day."""
    if row.start is None or row.finish is None or row.percent <= 0:
        return None
    if row.percent >= COMPLETE:
        return row.finish
    days = int(calendar.count(row.start, row.finish) * row.percent / COMPLETE + 1e-9)
    if days == 0:
        return None
    return min(calendar.add_days(calendar.next_working(row.start), days - 1), row.finish)


def _wbs_order(planned: PlannedTask) -> tuple[bool, tuple[tuple[bool, int, str], ...]]:
    """Numbers by their value, 1.2 before 1.10; texts after numbers; no WBS number last."""
    parts = planned.task.wbs
    if not any(parts):
        return True, ()
    return False, tuple((not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts)


def _row(planned: PlannedTask, labels: Mapping[str, Label], summaries: set[tuple[str, ...]]) -> Row:
    task, forecast = planned.task, planned.forecast
    label = labels.get(task.id) or Label(Text(task.id, task.id))
    shown = GanttRow(
        key=task.id,
        name=label.name,
        kind=KINDS.get(task.kind, "task"),  # type: ignore[arg-type]
        level=sum(task.wbs[:length] in summaries for length in range(1, len(task.wbs))),
        start=forecast.start if forecast else None,
        finish=forecast.finish if forecast else None,
        baseline_start=as_day(task.baseline_start) if task.baseline_start else None,
        baseline_finish=as_day(task.baseline_finish) if task.baseline_finish else None,
        percent=planned.percent_complete or 0,
        critical=bool(planned.drawn and planned.drawn.critical),
        slip_days=planned.slip.total,
    )
    return Row(shown, ".".join(task.wbs), planned)


def _with_phases(found: Sequence[Row], labels: Mapping[str, Label], calendar: WorkCalendar) -> Iterator[Row]:
    """The rows with a phase above those that name it, one level deeper; rows without a phase stay where they are."""

    def phase_of(row: Row) -> Text | None:
        label = labels.get(row.shown.key)
        return label.phase if label else None

    for phase, members in groupby(found, key=phase_of):
        below = list(members)
        if phase is None:
            yield from below
            continue
        yield _phase(phase, below, calendar)
        for row in below:
            yield row._replace(shown=replace(row.shown, level=row.shown.level + 1))


def _phase(name: Text, below: Sequence[Row], calendar: WorkCalendar) -> Row:
    """What the rows below a phase come to; its WBS number is what theirs begin with."""
    shown = [row.shown for row in below]
    start, finish = _ends([(row.start, row.finish) for row in shown])
    planned = [(row.baseline_start, row.baseline_finish) for row in shown if row.baseline_finish is not None]
    baseline_start, baseline_finish = _ends(planned)
    weights = ((row.task.task.duration_minutes, row.task.percent_complete) for row in below if row.task)
    slip = None
    if baseline_finish is not None and finish is not None:
        slip = calendar.days_between(baseline_finish, finish)
    first = {row.wbs.partition(".")[0] for row in below}
    return Row(
        GanttRow(
            key="",
            name=name,
            kind="phase",
            start=start,
            finish=finish,
            baseline_start=baseline_start,
            baseline_finish=baseline_finish,
            percent=weighted(weights) or 0,
            critical=any(row.critical for row in shown),
            slip_days=slip,
        ),
        first.pop() if len(first) == 1 else "",
    )


def _ends(spans: Sequence[tuple[date | None, date | None]]) -> tuple[date | None, date | None]:
    """The first and last day of spans; ``None`` for both without any, or while one of them is not known."""
    starts, finishes = [start for start, _ in spans if start], [finish for _, finish in spans if finish]
    if not spans or len(starts) < len(spans) or len(finishes) < len(spans):
        return None, None
    return min(starts), max(finishes)
