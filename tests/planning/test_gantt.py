"""Rows of a plan as a chart shows them: order, levels, phases, bars, what is done, days off."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.findings import Text
from automation.model.charts.plan import GanttRow
from automation.planning.calendar import WorkCalendar
from automation.planning.gantt import Label, done_until, gantt, rows
from automation.planning.plan import plan
from automation.planning.tasks import Task, TaskKind

DAY = 480
MONDAY = date(2026, 6, 1)
STATUS = date(2026, 6, 12)
CALENDAR = WorkCalendar.from_days([date(2026, 6, 19)])


def task(number, wbs, days=1, kind=TaskKind.TASK, **more):
    return Task(number, days * DAY, kind=kind, wbs=tuple(wbs.split(".")), **more)


def planned(*tasks):
    return plan(tasks, CALENDAR, project_start=MONDAY, status_date=STATUS)


def labelled(**phases):
    return {
        number: Label(Text(number, number), Text(phase, phase) if phase else None) for number, phase in phases.items()
    }


def outline(found):
    return [("  " * row.shown.level) + (row.shown.key or row.shown.name.zh) for row in found]


def test_rows_come_in_the_order_of_their_wbs_numbers_by_value_and_those_without_last():
    found = rows(
        planned(task("A", ""), task("B", "1.10"), task("C", "1.2"), task("D", "x.1"), task("E", "1")), {}, CALENDAR
    )
    assert outline(found) == ["E", "C", "B", "D", "A"]
    assert [row.wbs for row in found] == ["1", "1.2", "1.10", "x.1", ""]


def test_levels_count_the_summaries_above():
    found = rows(
        planned(
            task("P", "1", kind=TaskKind.SUMMARY),
            task("Q", "1.1", kind=TaskKind.SUMMARY),
            task("A", "1.1.1"),
            task("B", "1.2.3"),
        ),
        labelled(A="设计", B="设计"),
        CALENDAR,
    )
    assert outline(found) == ["P", "  Q", "    A", "  B"]
    assert [row.shown.kind for row in found] == ["phase", "phase", "task", "task"]


def test_without_summaries_the_phases_that_rows_name_stand_above_them():
    found = rows(
        planned(
            task("A", "1.1", 5, percent_complete=100, actual_start=MONDAY, actual_finish=date(2026, 6, 5)),
            task("B", "1.2", 15, baseline_start=MONDAY, baseline_finish=date(2026, 6, 10)),
            task("C", "2.1"),
            task("D", "3"),
        ),
        labelled(A="设计", B="设计", C="测试", D=None),
        CALENDAR,
    )
    assert outline(found) == ["设计", "  A", "  B", "测试", "  C", "D"]
    phase = found[0]
    assert (phase.wbs, phase.task, phase.shown.kind) == ("1", None, "phase")
    assert (phase.shown.start, phase.shown.finish) == (MONDAY, found[2].shown.finish)
    assert (phase.shown.baseline_start, phase.shown.baseline_finish) == (MONDAY, date(2026, 6, 10))
    assert phase.shown.percent == 25
    # from 2026-06-10 to 2026-07-06 there are 18 working days, 19 June being a day off
    assert phase.shown.finish == date(2026, 7, 6)
    assert phase.shown.slip_days == 17


def test_a_bar_has_the_forecast_the_baseline_what_is_done_and_whether_it_is_critical():
    found = rows(
        planned(
            task("A", "1", 4, percent_complete=50, actual_start=date(2026, 6, 10), baseline_start=MONDAY,
                 baseline_finish=date(2026, 6, 4)),
            task("M", "2", 0, TaskKind.MILESTONE),
        ),
        labelled(A=None, M=None),
        CALENDAR,
    )  # fmt: skip
    shown = found[0].shown
    assert (shown.start, shown.finish) == (date(2026, 6, 10), date(2026, 6, 16))
    assert (shown.baseline_start, shown.baseline_finish) == (MONDAY, date(2026, 6, 4))
    assert (shown.percent, shown.critical, shown.slip_days) == (50, True, 8)
    assert found[1].shown.kind == "milestone"


def test_a_task_whose_dates_are_unknown_keeps_its_name_and_has_no_bar():
    from automation.model.links import parse_links

    looped = [
        Task(one, DAY, links=parse_links(other)[0], wbs=(one,)) for one, other in (("T-1", "T-2"), ("T-2", "T-1"))
    ]
    found = rows(planned(*looped), {}, CALENDAR)
    assert [(row.shown.name.en, row.shown.start, row.shown.finish) for row in found] == [
        ("T-1", None, None),
        ("T-2", None, None),
    ]


def test_the_chart_knows_the_days_off_between_its_first_and_last_day():
    found = gantt(
        planned(task("A", "1", 3), task("B", "2", 3, percent_complete=0)),
        labelled(A=None, B=None),
        CALENDAR,
        project=Text("项目", "Project"),
        status_date=STATUS,
        deadline=date(2026, 6, 21),
    )
    first = min(row.start for row in found.rows)
    assert first == date(2026, 6, 15)
    assert sorted(found.days_off) == [date(2026, 6, day) for day in (13, 14, 19, 20, 21)]
    assert (found.project.en, found.status_date, found.deadline) == ("Project", STATUS, date(2026, 6, 21))


@pytest.mark.parametrize(
    ("start", "finish", "percent", "expected"),
    [
        ("2026-06-01", "2026-06-05", 0, None),
        ("2026-06-01", "2026-06-05", 19, None),
        ("2026-06-01", "2026-06-05", 20, "2026-06-01"),
        ("2026-06-01", "2026-06-05", 60, "2026-06-03"),
        ("2026-06-01", "2026-06-05", 100, "2026-06-05"),
        ("2026-06-04", "2026-06-09", 50, "2026-06-05"),
        ("2026-06-06", "2026-06-06", 100, "2026-06-06"),
        ("2026-06-18", "2026-06-23", 67, "2026-06-22"),
    ],
)
def test_the_done_part_ends_after_its_share_of_the_working_days(start, finish, percent, expected):
    row = GanttRow(
        "A", Text("A", "A"), start=date.fromisoformat(start), finish=date.fromisoformat(finish), percent=percent
    )
    found = done_until(row, CALENDAR)
    assert (found.isoformat() if found else None) == expected


@given(st.integers(0, 400), st.integers(0, 60), st.floats(0, 100))
def test_the_done_part_lies_in_the_bar_and_grows_with_the_percentage(offset, length, percent):
    start = date.fromordinal(MONDAY.toordinal() + offset)
    finish = date.fromordinal(start.toordinal() + length)

    def ends(share):
        return done_until(GanttRow("A", Text("A", "A"), start=start, finish=finish, percent=share), CALENDAR)

    found = ends(percent)
    assert found is None or start <= found <= finish
    more = ends(min(percent + 10, 100))
    assert found is None or (more is not None and more >= found)
    assert ends(100) == finish
