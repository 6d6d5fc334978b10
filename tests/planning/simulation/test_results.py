"""What a simulation comes to: the demonstration project, laws, hand-worked chances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from automation.base.errors import AutomationError
from automation.model.links import Link, LinkKind
from automation.planning.forecast import progressed
from automation.planning.layout import finish_day
from automation.planning.network import network
from automation.planning.passes import schedule
from automation.planning.plan import plan
from automation.planning.simulation import results
from automation.planning.simulation.results import PERCENTS, Finishes, simulate
from automation.planning.simulation.uncertainty import Drawing, Estimate, RiskEvent
from automation.planning.tasks import Task, TaskKind
from automation.planning.work import as_drawn
from tests.planning import demo
from tests.planning.simulation.networks import DAY, MONDAY, STANDARD, projects
from tests.planning.tables import task

FEW = Drawing(iterations=200)


def chain(durations):
    """A chain of tasks of so many minutes each."""
    rows = [
        Task(f"T-{number}", minutes, (Link(f"T-{number - 1}"),) if number else ())
        for number, minutes in enumerate(durations)
    ]
    return network(rows, STANDARD), rows


def simulated(net, estimates, events=(), **drawing):
    return simulate(
        net,
        as_drawn(net, MONDAY),
        estimates=estimates,
        events=events,
        drawing=Drawing(**{"iterations": 2000, **drawing}),
    )


def demonstration():
    rows = [task(row, baseline=True, progress=True) for row in demo.ROWS]
    made = plan(rows, demo.CALENDAR, project_start=demo.START, status_date=demo.STATUS, deadline=demo.DEADLINE)
    return rows, made, progressed(made.network, project_start=demo.START, status_date=demo.STATUS)


def test_without_spread_the_demonstration_project_is_its_forecast():
    rows, made, work = demonstration()
    found = simulate(made.network, work, estimates={}, drawing=FEW)
    assert {found.project.day(percent) for percent in PERCENTS} == {made.forecast_finish} == {date(2026, 9, 17)}
    milestones = {row.id: made.tasks[row.id].forecast.finish for row in rows if not row.duration_minutes}
    assert {name: one.day(10) for name, one in found.tasks.items()} == milestones
    assert {name: one.day(90) for name, one in found.tasks.items()} == milestones
    open_tasks = {name: float(one.forecast.critical) for name, one in made.tasks.items() if not one.task.actual_finish}
    assert found.criticality == open_tasks
    assert set(found.cruciality.values()) == {None}
    assert found.project.share_by(made.forecast_finish) == 1
    assert found.project.share_by(demo.DEADLINE) == 0


def test_the_demonstration_project_with_spread_moves_about_its_forecast():
    rows, made, work = demonstration()
    estimates = {row.id: Estimate(row.duration_minutes * 4 // 5, row.duration_minutes * 6 // 5) for row in rows}
    found = simulate(made.network, work, estimates=estimates)
    assert found.project.day(10) < made.forecast_finish <= found.project.day(90)
    assert found.uncertain == sum(not row.actual_finish and row.duration_minutes > 0 for row in rows)
    assert found.criticality["T-050"] == 1
    assert found.criticality["T-024"] == 0  # 8 days of float
    assert all(value is None or -1 <= value <= 1 for value in found.cruciality.values())


@settings(max_examples=100, deadline=None)
@given(projects())
def test_without_spread_any_project_is_its_plan(project):
    net, work = project
    assume(net.tasks)
    expected = schedule(net, work)
    found = simulate(net, work, estimates={}, drawing=Drawing(iterations=3))
    assert {found.project.instant(percent) for percent in PERCENTS} == {expected.project_finish}
    places = {one.id: place for place, one in enumerate(net.tasks) if one.kind is TaskKind.MILESTONE}
    finishes = {name: expected.finish[place] for name, place in places.items()}
    for name, below in net.children.items():
        if below:
            finishes[name] = max(expected.finish[place] for place in below)
    assert {name: one.instant(50) for name, one in found.tasks.items()} == finishes
    left = [place for place in range(len(net.tasks)) if place not in work.ended]
    assert found.criticality == {net.tasks[place].id: float(expected.critical[place]) for place in left}


@settings(max_examples=40, deadline=None)
@given(projects(), st.integers(0, 1000), st.sampled_from(["triangular", "pert"]), st.sampled_from([0.0, 0.5, 1.0]))
def test_percentiles_are_ordered_shares_are_shares_and_a_seed_repeats(project, seed, distribution, correlation):
    net, work = project
    assume(net.tasks)
    estimates = {one.id: Estimate(one.duration_minutes // 2, one.duration_minutes * 3) for one in net.tasks}
    events = [RiskEvent("RISK-001", 0.4, 2 * DAY, tuple(net.place) + tuple(net.children))]
    drawing = Drawing(100, seed, distribution, correlation)
    found = simulate(net, work, estimates=estimates, events=events, drawing=drawing)
    for finishes in (found.project, *found.tasks.values()):
        days = [finishes.day(percent) for percent in PERCENTS]
        assert days == sorted(days)
        assert finishes.share_by(finishes.day(80)) >= 0.8
        bars = finishes.histogram()
        assert sum(bar.iterations for bar in bars) == 100
        assert bars[-1].cumulative == 1
        assert [bar.cumulative for bar in bars] == sorted(bar.cumulative for bar in bars)
    assert all(0 <= share <= 1 for share in found.criticality.values())
    again = simulate(net, work, estimates=estimates, events=events, drawing=drawing)
    assert (again.criticality, again.cruciality, again.effects) == (found.criticality, found.cruciality, found.effects)
    assert [again.project.instant(percent) for percent in range(101)] == [
        found.project.instant(percent) for percent in range(101)
    ]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(0, 10), st.integers(0, 20)), min_size=1, max_size=6),
    st.integers(2, 5),
    st.sampled_from(["triangular", "pert"]),
    st.sampled_from([0.0, 0.6]),
)
def test_more_spread_never_narrows_a_chain(parts, factor, distribution, correlation):
    net, rows = chain([60 * days * DAY for days, _, _ in parts])
    widths = []
    for scale in (1, factor):
        estimates = {
            row.id: Estimate(row.duration_minutes - scale * less * DAY, row.duration_minutes + scale * more * DAY)
            for row, (_, less, more) in zip(rows, parts, strict=True)
        }
        found = simulated(net, estimates, distribution=distribution, correlation=correlation, iterations=300)
        low, high = (STANDARD.position(found.project.instant(percent)) for percent in (10, 90))
        widths.append(high - low)
    assert widths[1] >= widths[0] - 2 * len(rows)  # a minute of rounding for each task and end


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.integers(1, 90), st.integers(0, 100))
def test_the_mean_of_a_symmetric_triangle_is_the_duration(days, percent, seed):
    minutes = days * DAY
    spread = minutes * percent // 100
    net, _ = chain([minutes])
    found = simulated(net, {"T-0": Estimate(minutes - spread, minutes + spread)}, seed=seed, iterations=4000)
    start = STANDARD.position(STANDARD.opening(MONDAY))
    taken = [STANDARD.position(found.project.instant(share / 40)) - start for share in range(1, 4001)]
    deviation = spread / 6**0.5 / 4000**0.5
    assert abs(sum(taken) / len(taken) - minutes) < 5 * deviation + 1


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 9), st.integers(0, 1000))
def test_a_task_that_never_lies_on_the_longest_way_has_no_criticality(days, seed):
    """Beside a chain of at least 20 days a task of at most 18 days is never critical, whatever is drawn."""
    rows = [Task("T-1", 25 * DAY), Task("T-2", days * DAY), Task("T-3", DAY, (Link("T-1"), Link("T-2")))]
    net = network(rows, STANDARD)
    estimates = {"T-1": Estimate(20 * DAY, 40 * DAY), "T-2": Estimate(1, 2 * days * DAY)}
    found = simulated(net, estimates, seed=seed, iterations=300)
    assert found.criticality == {"T-1": 1, "T-2": 0, "T-3": 1}


def test_two_equal_ways_are_critical_half_the_time_each_and_finish_later_than_planned():
    """The bias of merging: the later of two equal tasks is late more often than not."""
    rows = [Task("T-1", 10 * DAY), Task("T-2", 10 * DAY), Task("T-3", 0, (Link("T-1"), Link("T-2")))]
    net = network(rows, STANDARD)
    found = simulated(net, {name: Estimate(5 * DAY, 15 * DAY) for name in ("T-1", "T-2")}, iterations=20_000)
    assert found.criticality["T-1"] == pytest.approx(0.5, abs=0.02)
    assert found.criticality["T-1"] + found.criticality["T-2"] == pytest.approx(1, abs=0.01)
    assert found.criticality["T-3"] == 1
    assert found.project.share_by(date(2026, 1, 19)) == pytest.approx(0.25, abs=0.03)  # 10 days: half x half
    assert found.cruciality["T-1"] == pytest.approx(found.cruciality["T-2"], abs=0.03)


def test_a_risk_occurs_as_often_as_it_is_likely_and_delays_what_it_names():
    net, _ = chain([5 * DAY, 5 * DAY])
    found = simulated(net, {}, [RiskEvent("RISK-001", 0.3, 2 * DAY, ("T-1", "T-404"))], iterations=20_000)
    effect = found.effects[0]
    assert effect.share == pytest.approx(0.3, abs=0.015)
    assert effect.delay_days == pytest.approx(2, abs=0.01)
    assert found.project.share_by(date(2026, 1, 19)) == pytest.approx(0.7, abs=0.015)
    assert found.project.share_by(date(2026, 1, 22)) == 1
    assert found.cruciality["T-1"] == pytest.approx(1, abs=0.001)
    assert found.cruciality["T-0"] is None


def test_a_risk_of_a_summary_delays_its_ends_once():
    rows = [
        Task("S-1", kind=TaskKind.SUMMARY, wbs=("1",)),
        Task("T-1", DAY, wbs=("1", "1")),
        Task("T-2", DAY, (Link("T-1"),), wbs=("1", "2")),
        Task("T-3", DAY, (Link("T-1", LinkKind.SS),), wbs=("1", "3")),
    ]
    found = simulated(network(rows, STANDARD), {}, [RiskEvent("RISK-001", 1.0, 2 * DAY, ("S-1",))])
    assert found.project.day(50) == found.tasks["S-1"].day(50) == date(2026, 1, 8)
    assert found.effects[0].delay_days is None  # it always occurs, so there is nothing to compare with


def test_a_milestone_that_a_risk_delays_takes_that_time_only_then():
    rows = [Task("T-1", 5 * DAY), Task("T-2", 0, (Link("T-1"),), kind=TaskKind.MILESTONE)]
    found = simulated(network(rows, STANDARD), {}, [RiskEvent("RISK-001", 0.5, DAY, ("T-2",))])
    assert (found.tasks["T-2"].day(10), found.tasks["T-2"].day(90)) == (date(2026, 1, 9), date(2026, 1, 12))


def test_a_started_task_is_uncertain_in_what_is_left_and_a_finished_one_is_not():
    rows = [
        Task("T-1", 10 * DAY, actual_start=MONDAY, percent_complete=80),
        Task("T-2", 2 * DAY, actual_start=MONDAY, actual_finish=date(2026, 1, 6), percent_complete=100),
    ]
    net = network(rows, STANDARD)
    work = progressed(net, project_start=MONDAY, status_date=date(2026, 1, 13))
    estimates = {"T-1": Estimate(5 * DAY, 20 * DAY), "T-2": Estimate(DAY, 99 * DAY)}
    found = simulate(net, work, estimates=estimates, drawing=Drawing(iterations=5000))
    left = [
        STANDARD.between(STANDARD.closing(date(2026, 1, 15)), found.project.instant(percent)) for percent in (0, 100)
    ]
    assert DAY <= left[0] < left[1] <= 4 * DAY
    assert "T-2" not in found.criticality


def test_common_causes_widen_the_finish_of_a_chain():
    net, rows = chain([10 * DAY] * 10)
    estimates = {row.id: Estimate(8 * DAY, 15 * DAY) for row in rows}
    widths = []
    for correlation in (0.0, 0.5, 1.0):
        found = simulated(net, estimates, correlation=correlation, iterations=5000)
        widths.append(STANDARD.between(found.project.instant(10), found.project.instant(90)))
    assert widths[0] * 1.8 < widths[1] < widths[2]
    assert widths[2] == pytest.approx(widths[0] * 10**0.5, rel=0.1)


def test_blocks_of_iterations_add_up(monkeypatch):
    rows, made, work = demonstration()
    estimates = {row.id: Estimate(row.duration_minutes * 4 // 5, row.duration_minutes * 2) for row in rows}
    events = [RiskEvent("RISK-001", 0.5, 5 * DAY, ("T-026",))]
    whole = simulate(made.network, work, estimates=estimates, events=events, drawing=Drawing(iterations=3000))
    monkeypatch.setattr(results, "BLOCK", 50 * 700)
    monkeypatch.setattr(results, "WIDTH", 1)
    parts = simulate(made.network, work, estimates=estimates, events=events, drawing=Drawing(iterations=3000))
    assert parts.criticality.keys() == whole.criticality.keys()
    for name, share in whole.criticality.items():
        assert parts.criticality[name] == pytest.approx(share, abs=0.05)
    for name, correlation in whole.cruciality.items():
        assert parts.cruciality[name] == (None if correlation is None else pytest.approx(correlation, abs=0.1))
    assert parts.effects[0].delay_days == pytest.approx(whole.effects[0].delay_days, abs=0.4)


def test_estimates_that_contradict_the_duration_are_held_to_it():
    net, _ = chain([5 * DAY])
    found = simulated(net, {"T-0": Estimate(8 * DAY, 9 * DAY)})
    assert date(2026, 1, 9) <= found.project.day(10) <= found.project.day(90) <= date(2026, 1, 20)


def test_digits_too_many_are_one_clear_refusal():
    net, _ = chain([5 * DAY])
    with pytest.raises(AutomationError) as error:
        simulated(net, {"T-0": Estimate(DAY, 40_000 * DAY)})
    assert error.value.code == "simulation-range"
    with pytest.raises(AutomationError):
        simulated(net, {"T-0": Estimate(DAY, 2_000_000_000 * DAY)})


def test_percentiles_are_days_that_occurred():
    finishes = Finishes(
        results.np.array([STANDARD.closing(date(2026, 1, day)) for day in (5, 6, 7, 8, 9)], dtype="int32")
    )
    assert [finishes.day(percent).day for percent in (0, 10, 20, 21, 50, 80, 81, 100)] == [5, 5, 5, 6, 7, 8, 9, 9]
    assert finishes.share_by(date(2026, 1, 7)) == 0.6
    assert [tuple(bar) for bar in finishes.histogram(2)] == [
        (date(2026, 1, 5), date(2026, 1, 7), 3, 0.6),
        (date(2026, 1, 8), date(2026, 1, 9), 2, 1.0),
    ]
    midnight = Finishes(results.np.array([STANDARD.opening(date(2026, 1, 6)) - 480], dtype="int32"))
    assert midnight.day(50) == finish_day(STANDARD.opening(date(2026, 1, 6)) - 480) == date(2026, 1, 5)
    assert midnight.share_by(date(2026, 1, 5)) == 1


def test_summaries_and_rows_left_out_do_no_harm():
    rows = [Task("S-1", kind=TaskKind.SUMMARY, wbs=("1",)), Task("T-1", DAY), replace(Task("T-2", DAY), cancelled=True)]
    net = network(rows, STANDARD)
    found = simulated(net, {name: Estimate(1, 9 * DAY) for name in ("S-1", "T-1", "T-2")})
    assert (found.uncertain, list(found.tasks), list(found.criticality)) == (1, [], ["T-1"])
