"""Laws that every schedule keeps, on drawn plans with all kinds of links, lags, calendars and constraints.

They go through Microsoft Project XML, so that reading the file is under the law too. Not here: laws of the passes on
their own (``test_passes``, ``test_microsoft``), of the simulation (``simulation/test_results``).
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import NamedTuple

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from automation.exchange.mspdi import read_plan
from automation.model.links import LagUnit, LinkKind
from automation.planning.filing import Policy, filing
from automation.planning.layout import TENTHS, moment_of
from tests.planning import cases
from tests.planning.cases import case, task

MONDAY = datetime(2026, 1, 5)
HOURS = [[480, 720], [780, 1020]]
OWN = (
    {"uid": 2, "name": "Six days", "week_minutes": [HOURS] * 6 + [[]], "exceptions": {"2026-01-07": []}},
    {"uid": 3, "name": "Nights", "week_minutes": [[[1200, 1440]]] * 7, "exceptions": {"2026-01-08": [[480, 600]]}},
)
LAGS = st.one_of(
    st.sampled_from(["", "+1", "-1", "+2", "-0.5"]),
    st.sampled_from(["+1e", "+3e", "-1e"]),
    st.sampled_from(["+50%", "-50%", "+100%"]),
)
ROWS = st.lists(
    st.tuples(
        st.sampled_from([0, 0.25, 1, 3]),
        st.lists(st.tuples(st.integers(1, 5), st.sampled_from(["FS", "SS", "FF", "SF"]), LAGS), max_size=2),
        st.sampled_from([None, None, 2, 3]),
    ),
    min_size=1,
    max_size=9,
)
WISHES = st.sampled_from(["SNET", "SNLT", "FNET", "FNLT", "MSO", "MFO"])
POLICIES = pytest.mark.parametrize("policy", Policy)
drawn = settings(max_examples=50, deadline=None)


class Wish(NamedTuple):
    """A constraint on one of the rows, so many days after the project's start."""

    which: int
    kind: str
    days: int


WISH = st.builds(Wish, st.integers(0, 8), WISHES, st.integers(7, 30))
"""Not in the first week: a task that nothing precedes may be wished before the project's start, and then starts there."""


def tasks_of(rows, wishes=(), *, plain=False):
    """The tasks of drawn rows; each link goes back so many rows. ``plain`` leaves out calendars and elapsed lags."""
    tasks = []
    for number, (length, links, own) in enumerate(rows, start=1):
        names = {}
        for back, kind, lag in links:
            if back < number and not (plain and lag.endswith("e")):
                names[number - back] = f"{number - back}{kind}{lag}"
        tasks.append(task(number, length, " ".join(names.values()), calendar=None if plain else own))
    for wish in wishes:
        clock = "08:00" if wish.kind in {"SNET", "SNLT", "MSO"} else "17:00"
        date = f"{MONDAY + timedelta(days=wish.days):%Y-%m-%d}T{clock}:00"
        tasks[wish.which % len(tasks)] |= {"constraint": wish.kind, "constraint_date": date}
    return tasks


def xml_of(tasks, **options):
    """The file of these tasks. Links win over constraints unless said otherwise: where hard constraints are honoured
    they pull tasks before what their links allow, which is what they are for and what no law of links survives."""
    return cases.mspdi(case(*tasks, calendars=OWN, **{"honor_constraints": False} | options))


def computed(tasks, policy, **options):
    """The schedule of these tasks."""
    return filing(read_plan(xml_of(tasks, **options)), policy)


def slacks(found):
    """Total and free slack by task, in minutes."""
    return {row.task.id: (row.total_slack / TENTHS, row.free_slack / TENTHS) for row in found.rows}


@POLICIES
@drawn
@given(rows=ROWS, wishes=st.lists(WISH, max_size=2))
def test_no_task_starts_or_finishes_before_its_links_allow(policy, rows, wishes):
    found = computed(tasks_of(rows, wishes), policy)
    by_id = {row.task.id: row for row in found.rows}
    for row in found.rows:
        calendar = found.network.calendars[found.network.place[row.task.id]]
        for link in row.task.links:
            before = by_id[link.predecessor]
            reached = before.start if link.kind & 1 else before.finish
            own = row.start if link.kind < LinkKind.FF else row.finish
            if link.unit is LagUnit.ELAPSED:
                assert calendar.between(reached + link.lag, own) >= 0
            else:
                percent = link.unit is LagUnit.PERCENT
                lag = round(before.task.duration * link.lag / 100) if percent else link.lag
                assert calendar.between(reached, own) >= lag


def respelled(xml, unit):
    """The file with every duration in one unit, and lags and durations shown in another one."""
    per = {"H": 3600, "M": 60, "S": 1}[unit]

    def spell(match):
        hours, minutes, seconds = (int(part) for part in match.groups())
        return f"PT{(hours * 3600 + minutes * 60 + seconds) / per:.10g}{unit}"

    text = re.sub(r"PT(\d+)H(\d+)M(\d+)S", spell, xml.decode())
    style = {"H": "5", "M": "3", "S": "9"}[unit]
    for name in ("LagFormat", "DurationFormat"):
        text = text.replace(f"<{name}>7</{name}>", f"<{name}>{style}</{name}>")
    return text.encode()


@POLICIES
@drawn
@given(rows=ROWS, wishes=st.lists(WISH, max_size=2), unit=st.sampled_from("HMS"))
def test_the_units_in_which_a_file_spells_time_change_nothing(policy, rows, wishes, unit):
    xml = xml_of(tasks_of(rows, wishes))
    one, other = (filing(read_plan(each), policy) for each in (xml, respelled(xml, unit)))
    assert [row[1:9] for row in one.rows] == [row[1:9] for row in other.rows]


@POLICIES
@drawn
@given(rows=ROWS)
def test_slack_in_days_stays_where_days_become_shorter(policy, rows):
    """Every day works half as long and every duration and lag is half as much; elapsed lags and own calendars, which
    know other hours, are left out, and so are dates."""
    whole = slacks(computed(tasks_of(rows, plain=True), policy))
    tasks = tasks_of(rows, plain=True)
    for each in tasks:
        each["duration_min"] /= 2
        for link in each["links"]:
            link["lag_min"] = (link["lag_min"] or 0) / 2
    plan = case(*tasks, honor_constraints=False)
    plan["calendars"][0]["week_minutes"] = [[[480, 600], [780, 900]]] * 5 + [[], []]
    half = slacks(filing(read_plan(cases.mspdi(plan)), policy))
    assert half == {name: (total / 2, free / 2) for name, (total, free) in whole.items()}


@POLICIES
@drawn
@given(rows=ROWS, which=st.integers(0, 8), share=st.floats(0, 1))
def test_moving_a_task_within_its_free_slack_moves_no_other(policy, rows, which, share):
    """The task keeps the project's calendar and takes time: the free slack of others is counted in the calendar of
    their successor, or in one that has no working time where they would be moved to."""
    tasks = tasks_of(rows)
    number = which % len(tasks)
    tasks[number]["calendar"] = None
    assume(tasks[number]["duration_min"])
    found = computed(tasks, policy)
    row, calendar = found.rows[number], found.network.calendar
    followed = {int(link.predecessor) for each in found.rows if each.task.calendar for link in each.task.links}
    assume(row.free_slack >= TENTHS and number + 1 not in followed)
    moved = calendar.next_start(calendar.add(row.start, int(row.free_slack * share) // TENTHS * TENTHS))
    tasks[number] |= {"constraint": "SNET", "constraint_date": moment_of(moved, TENTHS).isoformat()}
    again = computed(tasks, policy)
    assert again.rows[number].start == moved
    others = [index for index in range(len(tasks)) if index != number]
    assert [again.rows[index][2:4] for index in others] == [found.rows[index][2:4] for index in others]


@POLICIES
@drawn
@given(rows=ROWS, wishes=st.lists(WISH, max_size=2), more=WISH)
def test_one_more_constraint_never_makes_an_earlier_finish(policy, rows, wishes, more):
    """A constraint replaces the one that the task had, so it comes to a task that has none."""
    assume(all(wish.which % len(rows) != more.which % len(rows) for wish in wishes))
    before = computed(tasks_of(rows, wishes), policy)
    after = computed(tasks_of(rows, (*wishes, more)), policy)
    assert after.schedule.project_finish >= before.schedule.project_finish
    assert all(one.finish >= other.finish for one, other in zip(after.rows, before.rows, strict=True))
