"""A Microsoft Project XML file as values: what is read, and what is left out with a doubt."""

from datetime import date, datetime

import pytest

from automation.base.errors import AutomationError
from automation.exchange.mspdi import read_plan
from automation.model.links import LagUnit, Link, LinkKind
from automation.planning.filed import Assignment
from automation.planning.tasks import Constraint

NS = 'xmlns="http://schemas.microsoft.com/project"'


def plan(tasks="", *, start="2026-01-05T08:00:00", rest=""):
    """The plan in a file with these tasks."""
    text = f"<Project {NS}><StartDate>{start}</StartDate>{rest}<Tasks>{tasks}</Tasks></Project>"
    return read_plan(text.encode())


def task(uid, inner=""):
    """A task as XML."""
    return f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>Task {uid}</Name>{inner}</Task>"


def link(predecessor, kind=1, lag=0, style=7):
    """A link as XML."""
    return (
        f"<PredecessorLink><PredecessorUID>{predecessor}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{style}</LagFormat></PredecessorLink>"
    )


def doubts(found):
    """Task and column of each doubt."""
    return [(doubt.task, doubt.column) for doubt in found.doubts]


def test_the_project_is_read_with_its_options():
    found = plan(
        rest="<Title>Bridge</Title><ScheduleFromStart>0</ScheduleFromStart><FinishDate>2026-03-02T17:00:00</FinishDate>"
        "<MinutesPerDay>420</MinutesPerDay><CriticalSlackLimit>2</CriticalSlackLimit><HonorConstraints>0</HonorConstraints>"
        "<MultipleCriticalPathsEnabled>1</MultipleCriticalPathsEnabled><StatusDate>2026-01-09T17:00:00</StatusDate>"
    )
    assert (found.name, found.start, found.finish) == ("Bridge", datetime(2026, 1, 5, 8), datetime(2026, 3, 2, 17))
    assert (found.from_start, found.honour_constraints, found.separate_ends) == (False, False, True)
    assert (found.day_minutes, found.slack_limit_days, found.status_date) == (420, 2, datetime(2026, 1, 9, 17))


def test_a_task_is_read_with_its_dates_progress_and_delays():
    inner = (
        "<OutlineLevel>2</OutlineLevel><Duration>PT12H30M6S</Duration><DurationFormat>8</DurationFormat><Type>1</Type>"
        "<ConstraintType>6</ConstraintType><ConstraintDate>2026-02-02T17:00:00</ConstraintDate>"
        "<Deadline>2026-02-03T17:00:00</Deadline><LevelingDelay>4800</LevelingDelay><LevelingDelayFormat>7</LevelingDelayFormat>"
        "<PercentComplete>40</PercentComplete><ActualStart>2026-01-06T08:00:00</ActualStart>"
        "<RemainingDuration>PT7H0M0S</RemainingDuration><Resume>2026-01-08T08:00:00</Resume>"
        "<Baseline><Number>1</Number><Start>2020-01-01T08:00:00</Start></Baseline>"
        "<Baseline><Number>0</Number><Start>2026-01-05T08:00:00</Start><Finish>2026-01-06T17:00:00</Finish></Baseline>"
    )
    (found,) = plan(task(7, inner)).tasks
    assert (found.id, found.name, found.level, found.duration, found.elapsed) == ("7", "Task 7", 2, 7501, True)
    assert (found.fixed_duration, found.constraint) == (True, Constraint.FINISH_NO_EARLIER)
    assert (found.constraint_date, found.deadline) == (datetime(2026, 2, 2, 17), datetime(2026, 2, 3, 17))
    assert (found.levelling_delay, found.levelling_elapsed) == (4800, False)
    assert (found.percent_complete, found.remaining, found.resume) == (40, 4200, datetime(2026, 1, 8, 8))
    assert (found.baseline_start, found.baseline_finish) == (datetime(2026, 1, 5, 8), datetime(2026, 1, 6, 17))


def test_lags_are_read_in_working_elapsed_and_percent_units():
    tasks = task(1, "<Duration>PT10H0M0S</Duration>") + task(
        2, link(1) + link(1, 3, 4800, 7) + link(1, 0, 14400, 8) + link(1, 2, -50, 19) + link(1, 1, 20, 20)
    )
    assert plan(tasks).tasks[1].links == (
        Link("1"),
        Link("1", LinkKind.SS, 4800),
        Link("1", LinkKind.FF, 14400, LagUnit.ELAPSED),
        Link("1", LinkKind.SF, -50, LagUnit.PERCENT),
        Link("1", LinkKind.FS, 1200, LagUnit.ELAPSED),
    )


def test_resources_and_assignments_are_read():
    rest = (
        "<Calendars><Calendar><UID>3</UID><Name>R</Name></Calendar></Calendars>"
        "<Resources><Resource><UID>1</UID><Name>Ann</Name><Type>1</Type><CalendarUID>3</CalendarUID></Resource>"
        "<Resource><UID>2</UID><Name>Steel</Name><Type>0</Type></Resource></Resources>"
        "<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>0.5</Units>"
        "<Work>PT8H0M0S</Work><Delay>600</Delay></Assignment></Assignments>"
    )
    found = plan(task(1), rest=rest)
    assert (found.resources["1"].works, found.resources["1"].calendar) == (True, "3")
    assert (found.resources["2"].works, found.resources["2"].calendar) == (False, None)
    assert found.tasks[0].assignments == (Assignment("1", 0.5, 4800, 600),)


def test_empty_rows_are_left_out():
    assert [each.id for each in plan(task(1, "<IsNull>1</IsNull>") + task(2)).tasks] == ["2"]


@pytest.mark.parametrize(
    ("inner", "column"),
    [
        ("<ConstraintDate>9999-12-31T08:00:00</ConstraintDate>", "ConstraintDate"),
        ("<Deadline>1900-01-01T08:00:00</Deadline>", "Deadline"),
        ("<Deadline>next week</Deadline>", "Deadline"),
        ("<Duration>-PT8H0M0S</Duration>", "Duration"),
        ("<Duration>a week</Duration>", "Duration"),
        ("<PercentComplete>much</PercentComplete>", "PercentComplete"),
        ("<LevelingDelay>nan</LevelingDelay>", "LevelingDelay"),
        ("<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>9</Type></PredecessorLink>", "PredecessorLink"),
        (
            "<ActualStart>2026-01-09T08:00:00</ActualStart><ActualFinish>2026-01-06T17:00:00</ActualFinish>",
            "ActualFinish",
        ),
        (
            "<Manual>1</Manual><Start>2026-01-09T08:00:00</Start><ManualFinish>2026-01-06T17:00:00</ManualFinish>",
            "ManualFinish",
        ),
    ],
)
def test_a_value_that_cannot_be_right_is_left_out_with_one_doubt(inner, column):
    found = plan(task(1, inner))
    assert doubts(found) == [("1", column)]
    assert [each.id for each in found.tasks] == ["1"]


def test_a_number_used_twice_leaves_the_later_row_out():
    found = plan(task(1, "<Duration>PT8H0M0S</Duration>") + task(1))
    assert (doubts(found), found.tasks[0].duration) == ([("1", "UID")], 4800)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (b"<Workbook/>", "plan-xml"),
        (f"<Project {NS}/>".encode(), "plan-start"),
        (f"<Project {NS}><StartDate>9999-12-31T00:00:00</StartDate></Project>".encode(), "plan-start"),
    ],
)
def test_a_file_that_is_no_plan_or_has_no_start_is_an_error(document, code):
    with pytest.raises(AutomationError) as refused:
        read_plan(document)
    assert refused.value.code == code


def calendar(inner, uid=1, base=-1):
    """The calendars of a plan with one of these."""
    text = f"<Calendar><UID>{uid}</UID><Name>C{uid}</Name><BaseCalendarUID>{base}</BaseCalendarUID>{inner}</Calendar>"
    return f"<Calendars>{text}</Calendars>"


def weekday(kind, *times, period=""):
    """A day of the week as XML, or with ``period`` a single exception of the old form."""
    worked = "".join(f"<WorkingTime><FromTime>{a}</FromTime><ToTime>{b}</ToTime></WorkingTime>" for a, b in times)
    return (
        f"<WeekDay><DayType>{kind}</DayType><DayWorking>{int(bool(times))}</DayWorking>{period}"
        f"<WorkingTimes>{worked}</WorkingTimes></WeekDay>"
    )


def span(first, last):
    """A time period as XML."""
    return f"<TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"


def test_a_week_is_read_from_sunday_on_and_midnight_ends_a_day():
    week = f"<WeekDays>{weekday(1, ('22:00:00', '00:00:00'))}{weekday(2)}</WeekDays>"
    found = plan(rest=calendar(week)).calendars["1"]
    assert found.week[6] == ((1320, 1440),)
    assert found.week[0] == ()
    assert found.week[1] == ((480, 720), (780, 1020))


def test_periods_are_put_in_order_and_joined_where_they_touch():
    times = (("13:00:00", "17:00:00"), ("08:00:00", "12:00:00"), ("12:00:00", "13:00:00"))
    found = plan(rest=calendar(f"<WeekDays>{weekday(2, *times)}</WeekDays>"))
    assert found.calendars["1"].week[0] == ((480, 1020),)


def test_a_calendar_takes_from_its_base_what_it_does_not_say():
    base = f"<Calendar><UID>1</UID><Name>Base</Name><WeekDays>{weekday(2)}{weekday(3)}</WeekDays>"
    base += (
        f"<Exceptions><Exception><Type>1</Type>{span('2026-05-01', '2026-05-02')}<DayWorking>0</DayWorking></Exception>"
    )
    base += "</Exceptions></Calendar>"
    own = f"<Calendar><UID>2</UID><BaseCalendarUID>1</BaseCalendarUID><WeekDays>{weekday(3, ('09:00:00', '10:00:00'))}"
    own += "</WeekDays></Calendar>"
    found = plan(rest=f"<Calendars>{base}{own}</Calendars>").calendars["2"]
    assert found.week[0] == ()
    assert found.week[1] == ((540, 600),)
    assert sorted(found.exceptions) == [date(2026, 5, 1), date(2026, 5, 2)]


def test_calendars_that_are_each_others_base_end_no_loop():
    one = "<Calendar><UID>1</UID><BaseCalendarUID>2</BaseCalendarUID></Calendar>"
    other = "<Calendar><UID>2</UID><BaseCalendarUID>1</BaseCalendarUID></Calendar>"
    assert set(plan(rest=f"<Calendars>{one}{other}</Calendars>").calendars) == {"1", "2"}


def test_an_exception_of_the_old_form_is_read():
    day = weekday(0, ("08:00:00", "12:00:00"), period=span("2026-05-02", "2026-05-02"))
    found = plan(rest=calendar(f"<WeekDays>{day}</WeekDays>")).calendars["1"]
    assert found.exceptions == {date(2026, 5, 2): ((480, 720),)}


def test_work_weeks_become_exceptions_and_exceptions_win_over_them():
    inner = (
        f"<Exceptions><Exception><Type>1</Type>{span('2026-01-06', '2026-01-06')}<DayWorking>0</DayWorking></Exception>"
        f"</Exceptions><WorkWeeks><WorkWeek>{span('2026-01-05', '2026-01-11')}<WeekDays>"
        f"{weekday(2, ('08:00:00', '10:00:00'))}{weekday(3, ('08:00:00', '10:00:00'))}</WeekDays></WorkWeek></WorkWeeks>"
    )
    found = plan(rest=calendar(inner)).calendars["1"]
    assert found.exceptions == {date(2026, 1, 5): ((480, 600),), date(2026, 1, 6): ()}


@pytest.mark.parametrize(
    ("recurrence", "expected"),
    [
        ("<Type>1</Type><Period>2</Period>", ["01-01", "01-03", "01-05", "01-07", "01-09"]),
        ("<Type>6</Type><Period>1</Period><DaysOfWeek>34</DaysOfWeek>", ["01-02", "01-05", "01-09"]),
        ("<Type>6</Type><Period>2</Period><DaysOfWeek>34</DaysOfWeek>", ["01-02"]),
        ("<Type>2</Type><Month>0</Month><MonthDay>7</MonthDay>", ["01-07"]),
        ("<Type>4</Type><Period>1</Period><MonthDay>8</MonthDay>", ["01-08"]),
        ("<Type>5</Type><Period>1</Period><MonthItem>4</MonthItem><MonthPosition>0</MonthPosition>", ["01-05"]),
        ("<Type>3</Type><Month>0</Month><MonthItem>8</MonthItem><MonthPosition>1</MonthPosition>", ["01-09"]),
    ],
)
def test_an_exception_that_recurs_falls_on_its_days(recurrence, expected):
    exception = f"<Exception>{recurrence}{span('2026-01-01', '2026-01-10')}<DayWorking>0</DayWorking></Exception>"
    found = plan(rest=calendar(f"<Exceptions>{exception}</Exceptions>")).calendars["1"]
    assert [day.strftime("%m-%d") for day in sorted(found.exceptions)] == expected


def test_a_yearly_exception_reaches_over_years_and_stops_after_its_occurrences():
    exception = (
        "<Exception><EnteredByOccurrences>1</EnteredByOccurrences><Occurrences>3</Occurrences><Type>2</Type>"
        f"<Month>9</Month><MonthDay>1</MonthDay>{span('2026-01-01', '2049-12-31')}<DayWorking>0</DayWorking></Exception>"
    )
    found = plan(rest=calendar(f"<Exceptions>{exception}</Exceptions>")).calendars["1"]
    assert sorted(found.exceptions) == [date(year, 10, 1) for year in (2026, 2027, 2028)]
