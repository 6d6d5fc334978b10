"""Delays that end over-allocations, with their reasons, within the links of the plan."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from automation.model.links import Link, LinkKind
from automation.planning.calendar import WorkCalendar
from automation.planning.levelling.loads import overloads
from automation.planning.levelling.proposal import propose
from automation.planning.levelling.resources import Resource
from automation.planning.passes import earliest
from automation.planning.tasks import Task
from tests.planning.demo import CALENDAR, ROWS, START
from tests.planning.levelling.plans import job_of, read_job, spans
from tests.planning.tables import DAY, task

ONE = {"RES-001": Resource("RES-001"), "RES-002": Resource("RES-002")}


def proposed(table, resources=None, priorities=None, **how):
    job, uses = read_job(table, **how)
    return propose([job], uses, resources or ONE, priorities=priorities, iterations=20)


def delays(proposal):
    return [
        f"{one.task} {one.days:g} {one.resource} {','.join(one.waits_for)} {one.start:%m-%d} {one.finish:%m-%d}"
        for one in proposal.delays
    ]


def test_without_over_allocation_nothing_is_delayed():
    proposal = proposed("""
    task   wd  predecessors  uses
    T-001  2   -             RES-001:50%
    T-002  3   -             RES-001:50%
    """)
    assert (proposal.delays, proposal.before, proposal.finishes) == ((), (), proposal.finishes_before)


def test_the_task_with_float_waits_for_the_one_without():
    proposal = proposed("""
    task   wd  predecessors  uses
    T-001  2   -             RES-001:100%
    T-002  3   -             RES-001:100%
    T-003  4   T-002         -
    """)
    assert delays(proposal) == ["T-001 3 RES-001 T-002 01-08 01-09"]
    assert (proposal.finishes, proposal.finishes_before) == ((date(2026, 1, 13),), (date(2026, 1, 13),))
    assert len(proposal.before) == 2
    assert proposal.after == ()


def test_the_finish_moves_where_it_must():
    proposal = proposed("""
    task   wd  predecessors  uses
    T-001  3   -             RES-001:100%
    T-002  3   -             RES-001:60%
    """)
    assert (proposal.finishes_before, proposal.finishes) == ((date(2026, 1, 7),), (date(2026, 1, 12),))


def test_who_has_priority_goes_first():
    table = """
    task   wd  predecessors  uses
    T-001  3   -             RES-001:100%
    T-002  3   -             RES-001:100%
    """
    assert delays(proposed(table, priorities={"T-002": 900})) == ["T-001 3 RES-001 T-002 01-08 01-12"]
    assert delays(proposed(table, priorities={"T-001": 900})) == ["T-002 3 RES-001 T-001 01-08 01-12"]


def test_links_of_every_kind_hold_with_their_lags():
    proposal = proposed("""
    task   wd  predecessors         uses
    T-001  4   -                    RES-001:100%
    T-002  4   T-001SS+1            RES-002:100%
    T-003  2   T-001SS              RES-001:100%
    T-004  2   T-003FF+2            RES-002:100%
    """)
    after = spans(proposal.jobs[0])
    assert proposal.after == ()
    assert (after["T-001"], after["T-003"]) == ("01-05 01-08", "01-09 01-12")
    assert (after["T-002"], after["T-004"]) == ("01-06 01-09", "01-13 01-14")


def test_a_task_waits_until_its_resource_is_there():
    proposal = proposed(
        """
        task   wd  predecessors  uses
        T-001  2   -             RES-001:100%
        """,
        {"RES-001": Resource("RES-001", 100, date(2026, 1, 8))},
    )
    assert delays(proposal) == ["T-001 3 RES-001  01-08 01-09"]


def test_running_work_and_prescribed_dates_stay_where_they_are():
    proposal = proposed(
        """
        task   wd  predecessors  constraint  begun  ended  %   left  uses
        T-001  5   -             -           01-05  -      40  3     RES-001:100%
        T-002  2   -             mso 01-08   -      -      0   -     RES-001:100%
        T-003  2   -             -           -      -      0   -     RES-001:100%
        """,
        status=date(2026, 1, 6),
        progress=True,
    )
    after = spans(proposal.jobs[0])
    assert (after["T-001"], after["T-002"], after["T-003"]) == ("01-05 01-09", "01-08 01-09", "01-12 01-13")
    assert {one.day for one in proposal.after} == {date(2026, 1, 8), date(2026, 1, 9)}


def test_a_task_that_needs_more_than_there_is_stays_and_is_named():
    proposal = proposed(
        """
        task   wd  predecessors  uses
        T-001  2   -             RES-001:80%
        T-002  2   -             RES-002:100%
        T-003  2   -             RES-002:100%
        """,
        {"RES-001": Resource("RES-001", 50), "RES-002": Resource("RES-002")},
    )
    assert proposal.homeless == (("T-001", "RES-001"),)
    assert len(proposal.delays) == 1
    assert {one.tasks for one in proposal.after} == {("T-001",)}


def test_a_task_kept_by_hand_is_not_delayed():
    job, uses = read_job("""
    task   wd  predecessors  uses
    T-001  2   -             RES-001:100%
    T-002  3   -             RES-001:100%
    T-003  4   T-002         -
    """)
    proposal = propose([job._replace(kept=frozenset({"T-001"}))], uses, ONE, iterations=5)
    assert delays(proposal) == ["T-002 2 RES-001 T-001 01-07 01-09"]


def test_the_demonstration_project_without_progress_can_be_levelled():
    """One team for the three modules: the plan as drawn asks too much of it, the proposal does not."""
    job = job_of([task(row) for row in ROWS], CALENDAR, date(2026, 3, 1), START)
    uses = {name: {"RES-001": 60.0} for name in ("T-023", "T-024", "T-025", "T-026", "T-027")}
    proposal = propose([job], uses, ONE, iterations=50)
    assert proposal.before
    assert proposal.after == ()
    assert proposal.finishes_before == (date(2026, 8, 28),)
    assert proposal.finishes[0] > date(2026, 8, 28)
    assert {one.task for one in proposal.delays} <= set(uses)
    assert all(one.waits_for for one in proposal.delays)


LINKS = st.tuples(st.sampled_from(list(LinkKind)), st.integers(-1, 2))


@st.composite
def plans(draw):
    tasks, uses = [], {}
    for number in range(draw(st.integers(1, 8))):
        name = f"T-{number:03}"
        before = draw(st.sets(st.integers(0, number - 1), max_size=2)) if number else ()
        links = tuple(Link(f"T-{other:03}", *_lag(draw(LINKS))) for other in sorted(before))
        tasks.append(Task(name, duration_minutes=draw(st.integers(0, 6)) * DAY // 2, links=links))
        uses[name] = draw(st.dictionaries(st.sampled_from(list(ONE)), st.sampled_from([30.0, 50.0, 70.0, 100.0])))
    return tasks, uses


def _lag(drawn):
    kind, days = drawn
    return kind, days * DAY


@given(plans(), st.integers(0, 3))
@settings(max_examples=120, deadline=None)
def test_nobody_is_over_allocated_afterwards_and_every_link_holds(plan, seed):
    tasks, uses = plan
    job = job_of(tasks, WorkCalendar())
    proposal = propose([job], uses, ONE, iterations=5, seed=seed)
    after = proposal.jobs[0]
    assert overloads([after], uses, ONE) == proposal.after == ()
    delayed = {one.task for one in proposal.delays}
    network, schedule = after.network, after.schedule
    for place, one in enumerate(network.tasks):
        calendar, minutes = network.calendars[place], job.work.minutes[place]
        begin, end = earliest(network, schedule, place, floor=calendar.start_at(job.work.floor[place]))
        wanted = max(calendar.position(begin), calendar.position(end) - minutes if end is not None else -(10**9))
        position = calendar.position(schedule.start[place])
        assert position > wanted if one.id in delayed else position == wanted
    for one in proposal.delays:
        place = network.place[one.task]
        assert one.days > 0
        for other in one.waits_for:
            assert schedule.finish[network.place[other]] <= schedule.start[place]
            assert one.resource in uses[other]


@given(plans())
@settings(max_examples=40, deadline=None)
def test_the_same_seed_proposes_the_same(plan):
    tasks, uses = plan
    job = job_of(tasks)
    assert propose([job], uses, ONE, iterations=5) == propose([job], uses, ONE, iterations=5)


def test_long_lags_and_late_constraints_do_not_stand_in_the_way():
    proposal = proposed("""
    task   wd  predecessors    constraint       uses
    T-001  2   -               -                RES-001:100%
    T-002  3   -               -                RES-001:100%
    T-003  1   T-001FS+20000   -                RES-001:100%
    T-004  1   -               snet 2090-01-02  RES-001:100%
    """)
    assert proposal.after == ()
    assert len(proposal.delays) == 1
