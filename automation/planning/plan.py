"""The plan of one project: every computed result of C02, C04, C05 and C06 in one frozen value.

The only planning module, with the types it takes, that deviations and commands need. Not here: the rows of a
workbook; who calls ``plan`` maps them to tasks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.records import dataclass, replace
from automation.planning.doubts import Doubt, Unknown, unknown
from automation.planning.figures import NO_FIGURES, Figures, figures, planned_percent, weighted
from automation.planning.forecast import NO_SLIP, Slip, as_day, progressed, slip
from automation.planning.layout import finish_day, start_day
from automation.planning.network import Network, network
from automation.planning.passes import Schedule, schedule
from automation.planning.spans import Span, span, summary_span
from automation.planning.tasks import TaskKind
from automation.planning.work import as_drawn

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from automation.planning.calendar import WorkCalendar
    from automation.planning.problems import Problem
    from automation.planning.tasks import Task


@dataclass(frozen=True, slots=True)
class PlannedTask:
    """What is computed for one task, milestone or summary.

    ``drawn`` is the plan without progress (the early dates, float and critical flag of the sheet), ``forecast`` the
    one from the status date. They are ``None`` for a task that cannot be computed, whose inputs are wrong, or that
    depends on such a task (``doubts``).
    """

    task: Task
    drawn: Span | None
    forecast: Span | None
    slip: Slip
    percent_complete: float | None
    planned_percent: float | None
    successors: tuple[str, ...]
    """The tasks that name this one as a predecessor, in row order."""

    @property
    def id(self) -> str:
        """The task's number."""
        return self.task.id


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything computed for one project; dates are ``None`` where no task could be computed.

    While there is a doubt about the plan as drawn, its start and finish are ``None`` and floats mean nothing; with
    one about the forecast, so are the forecast finish, the slips and the figures.

    ``slip_days`` is the forecast finish against the baseline finish, ``deadline_slip_days`` against the contract's
    deadline, in working days, negative if early. ``drawn`` and ``forecast`` hold the same dates as instants at the
    places of ``network``.
    """

    tasks: Mapping[str, PlannedTask]
    """By number, in the order of the rows; cancelled tasks are not among them."""
    start: date | None
    finish: date | None
    baseline_finish: date | None
    forecast_finish: date | None
    slip_days: int | None
    deadline_slip_days: int | None
    figures: Figures
    problems: tuple[Problem, ...]
    network: Network
    drawn: Schedule
    forecast: Schedule
    doubts: tuple[Doubt, ...] = ()
    """Why dates are unknown, in row order."""
    drawn_known: bool = True
    """Whether the plan as drawn is known for every task: only then floats and critical tasks are right."""
    forecast_known: bool = True
    """Whether the forecast is known for every task."""


def plan(
    tasks: Sequence[Task],
    calendar: WorkCalendar,
    *,
    project_start: date,
    status_date: date,
    deadline: date | None = None,
    doubts: Sequence[Doubt] = (),
) -> Plan:
    """The plan of one project at the end of the status date; no tasks give a plan without dates.

    ``doubts`` are inputs that are known to be wrong; those of the network's problems are added.
    """
    net = network(tasks, calendar)
    drawn = schedule(net, as_drawn(net, project_start))
    forecast = schedule(net, progressed(net, project_start=project_start, status_date=status_date))
    finishes = [as_day(task.baseline_finish) for task in net.tasks if task.baseline_finish is not None]
    baseline_finish = max(finishes, default=None)
    unsure = unknown(tasks, net, doubts)
    drawn_known, forecast_known = unsure.all_drawn, unsure.all_forecast
    forecast_finish = finish_day(forecast.project_finish) if net.tasks and forecast_known else None
    return Plan(
        tasks=_planned(tasks, net, drawn, forecast, status_date=status_date, unsure=unsure),
        start=start_day(drawn.project_start) if net.tasks and drawn_known else None,
        finish=finish_day(drawn.project_finish) if net.tasks and drawn_known else None,
        baseline_finish=baseline_finish,
        forecast_finish=forecast_finish,
        slip_days=_days(calendar, baseline_finish, forecast_finish),
        deadline_slip_days=_days(calendar, deadline, forecast_finish),
        figures=figures(tasks, calendar, status_date=status_date) if forecast_known else NO_FIGURES,
        problems=net.problems,
        network=net,
        drawn=drawn,
        forecast=forecast,
        doubts=unsure.doubts,
        drawn_known=drawn_known,
        forecast_known=forecast_known,
    )


def _planned(
    tasks: Sequence[Task], net: Network, drawn: Schedule, forecast: Schedule, *, status_date: date, unsure: Unknown
) -> dict[str, PlannedTask]:
    successors: dict[str, list[str]] = {}
    rows: dict[str, Task] = {}
    for task in tasks:
        if task.id not in rows and not task.cancelled:
            rows[task.id] = task
            for link in task.links:
                successors.setdefault(link.predecessor, []).append(task.id)
    shares = {
        task.id: planned_percent(task, net.calendar, status_date=status_date)
        for task in rows.values()
        if task.kind is not TaskKind.SUMMARY
    }
    planned: dict[str, PlannedTask] = {}
    for task in rows.values():
        following = tuple(dict.fromkeys(successors.get(task.id, ())))
        place = net.place.get(task.id)
        if task.kind is TaskKind.SUMMARY:
            whole = _summary(task, net, drawn, forecast, shares=shares, successors=following)
            planned[task.id] = _without_unknown(whole, unsure)
        else:
            drawn_at = None if task.id in unsure.drawn else place
            forecast_at = None if task.id in unsure.forecast else place
            planned[task.id] = PlannedTask(
                task=task,
                drawn=None if drawn_at is None else span(net, drawn, drawn_at),
                forecast=None if forecast_at is None else span(net, forecast, forecast_at),
                slip=NO_SLIP if forecast_at is None else slip(net, forecast_at, forecast),
                percent_complete=task.percent_complete,
                planned_percent=shares[task.id],
                successors=following,
            )
    return planned


def _summary(
    task: Task,
    net: Network,
    drawn: Schedule,
    forecast: Schedule,
    *,
    shares: Mapping[str, float | None],
    successors: tuple[str, ...],
) -> PlannedTask:
    """What the tasks below a summary come to; its baseline finish is its own, else the latest below it."""
    places = net.children[task.id]
    below = [net.tasks[place] for place in places]
    drawn_span, forecast_span = summary_span(net, drawn, places), summary_span(net, forecast, places)
    finishes = [child.baseline_finish for child in below if child.baseline_finish is not None]
    baseline_finish = task.baseline_finish or max(map(as_day, finishes), default=None)
    total = _days(net.calendar, baseline_finish, forecast_span.finish if forecast_span else None)
    return PlannedTask(
        task=task,
        drawn=drawn_span,
        forecast=forecast_span,
        slip=Slip(total, None, None),
        percent_complete=weighted((child.duration_minutes, child.percent_complete) for child in below),
        planned_percent=weighted((child.duration_minutes, shares[child.id]) for child in below),
        successors=successors,
    )


def _without_unknown(summary: PlannedTask, unsure: Unknown) -> PlannedTask:
    """A summary without the dates and shares that rest on tasks in doubt."""
    if summary.id in unsure.drawn:
        summary = replace(summary, drawn=None)
    if summary.id in unsure.forecast:
        summary = replace(summary, forecast=None, slip=NO_SLIP, percent_complete=None, planned_percent=None)
    return summary


def _days(calendar: WorkCalendar, earlier: date | None, later: date | None) -> int | None:
    return None if earlier is None or later is None else calendar.days_between(earlier, later)
