"""Random networks for the laws: every kind of link, lag, constraint and progress, summaries, calendars of their own."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

from automation.model.links import LagUnit, Link, LinkKind
from automation.planning.calendar import WorkCalendar
from automation.planning.forecast import progressed
from automation.planning.network import network
from automation.planning.tasks import Constraint, Task, TaskKind

DAY = 480
MONDAY = date(2026, 1, 5)
STANDARD = WorkCalendar.from_days(non_working=[date(2026, 1, 14), date(2026, 1, 15)], make_up=[date(2026, 1, 18)])
SIX_DAYS = WorkCalendar((((480, 720), (780, 1020)),) * 6 + ((),))
ROUND_THE_CLOCK = WorkCalendar((((0, 1440),),) * 7)
NIGHTS = WorkCalendar((((0, 240), (1200, 1440)),) * 4 + ((),) * 3, {date(2026, 1, 20): ((600, 660),)})
CALENDARS = (None, None, None, None, SIX_DAYS, ROUND_THE_CLOCK, NIGHTS)
KINDS = tuple(LinkKind)
UNITS = (LagUnit.WORKING, LagUnit.WORKING, LagUnit.ELAPSED, LagUnit.PERCENT)


def days(first=-10, last=40):
    return st.integers(first, last).map(lambda number: MONDAY + timedelta(days=number))


@st.composite
def links(draw, names):
    unit = draw(st.sampled_from(UNITS))
    lag = draw(st.sampled_from([0, 0, 0, 100, DAY, -DAY, 3 * DAY, -3 * DAY, 60, -100]))
    return Link(draw(st.sampled_from(names)), draw(st.sampled_from(KINDS)), lag, unit)


@st.composite
def one_task(draw, number, before, *, plain=False):
    minutes = draw(st.sampled_from([0, 1, 90, DAY, DAY, 2 * DAY, 3 * DAY + 17, 7 * DAY]))
    progress = {} if plain else draw(st.sampled_from([{}, {}, {}, "begun", "ended"]))
    task = Task(
        id=f"T-{number:03}",
        duration_minutes=minutes,
        links=tuple(draw(st.lists(links(before), max_size=3))) if before else (),
        kind=TaskKind.TASK if minutes else TaskKind.MILESTONE,
        wbs=(str(draw(st.integers(1, 3))), str(number)),
        calendar=draw(st.sampled_from(CALENDARS)),
        constraint=draw(st.sampled_from([Constraint.NONE, Constraint.NONE, *Constraint])),
        constraint_date=draw(days()),
        deadline=draw(st.none() | days()),
        available_from=draw(st.none() | days()),
    )
    values = {name: getattr(task, name) for name in Task.__match_args__}
    if progress == "begun":
        values |= {"actual_start": draw(days(-10, 4)), "percent_complete": draw(st.sampled_from([0, 30, 90]))}
    elif progress == "ended":
        begun = draw(days(-10, 2))
        values |= {"actual_start": begun, "actual_finish": begun + timedelta(days=draw(st.integers(0, 4)))}
        values |= {"percent_complete": 100}
    return Task(**values)


@st.composite
def projects(draw):
    """A network with the work that is left at a status date, and its tasks."""
    rows = []
    for number in range(1, draw(st.integers(1, 9)) + 1):
        names = [row.id for row in rows] + (["S-1"] if draw(st.booleans()) else [])
        rows.append(draw(one_task(number, names)))
    rows += [Task(f"S-{number}", kind=TaskKind.SUMMARY, wbs=(str(number),)) for number in (1, 2)]
    net = network(rows, STANDARD)
    work = progressed(net, project_start=MONDAY, status_date=draw(days(-5, 12)))
    return net, work
