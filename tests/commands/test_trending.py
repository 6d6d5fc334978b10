"""Findings and projects over time: weeks and several workbooks add up, pictures leave out what says nothing."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from automation.base.findings import Text
from automation.commands.trending import by_project, by_week, charts, findings_chart, since, together
from automation.model.charts.history import FindingsTrend, IndexTrend
from automation.model.charts.plan import MilestoneTrend
from automation.model.charts.service import Satisfaction
from automation.model.trends import BookTrend, MilestonePoint, Moved, Point

MONDAY = date(2026, 6, 8)


@st.composite
def histories(draw):
    """Days with what was opened and closed, as a history tells them: each follows from the one before."""
    found, before = [], 0
    for offset in sorted(draw(st.sets(st.integers(0, 60), max_size=25))):
        opened = draw(st.integers(0, 9))
        closed = draw(st.integers(0, before))
        before += opened - closed
        found.append(Moved(MONDAY + timedelta(days=offset), before, opened, closed, high=before))
    return tuple(found)


def follows(days):
    before = 0
    for one in days:
        assert one.open == before + one.opened - one.closed
        assert one.high == one.open
        before = one.open
    assert [one.day for one in days] == sorted({one.day for one in days})


@given(histories())
def test_weeks_add_up(days):
    weeks = by_week(days)
    follows(weeks)
    assert {one.day.weekday() for one in weeks} <= {0}
    assert sum(one.opened for one in weeks) == sum(one.opened for one in days)


@given(st.lists(histories(), max_size=4))
def test_several_workbooks_together_add_up(all_days):
    trends = [BookTrend(str(number), days, ()) for number, days in enumerate(all_days)]
    whole = together(trends)
    follows(whole)
    assert sum(one.closed for one in whole) == sum(one.closed for days in all_days for one in days)


def point(day, **given):
    values = dict.fromkeys(Point._fields) | {
        "at": None, "day": day, "project_id": "PRJ-001", "name": Text("甲", "A"), "forecast_finish": day,
    }  # fmt: skip
    return Point(**(values | given))


def stone(day, forecast, percent=0.0, task="T-1"):
    return MilestonePoint(day, "PRJ-001", task, Text("验收", "Acceptance"), MONDAY, forecast, percent)


def day(number):
    return MONDAY + timedelta(days=number)


def test_of_several_runs_at_a_status_date_the_last_counts():
    trend = BookTrend("a", (), (point(day(1), spi=0.5), point(day(0), spi=0.7), point(day(1), spi=0.6)))
    assert [one.spi for one in by_project(trend)["PRJ-001"]] == [0.7, 0.6]


def test_since_takes_the_day_itself():
    trend = BookTrend("a", (Moved(day(0), 1, 1, 0), Moved(day(1), 2, 1, 0)), (point(day(0)), point(day(1))))
    found = since(trend, day(1))
    assert (found.days, found.points) == (trend.days[1:], trend.points[1:])
    assert since(trend, None) is trend


def test_the_pictures_of_a_project_hold_its_finish_and_milestones():
    stones = [
        stone(day(0), day(-30), 100.0, "T-0"),
        stone(day(0), day(9)),
        stone(day(1), day(8), 100.0),
        stone(day(2), day(8), 100.0),
    ]
    points = (point(day(0), spi=0.9, satisfaction=4.0), point(day(2), satisfaction=3.0))
    trend = BookTrend("a", (Moved(day(0), 1, 1, 0),), points, tuple(stones))
    found = [chart for _, _, chart in charts(trend, Text("簿", "book"))]
    assert [type(chart) for chart in found] == [FindingsTrend, MilestoneTrend, IndexTrend, Satisfaction]
    finish, accepted = found[1].milestones
    assert (finish.key, finish.forecasts) == ("PRJ-001", ((day(0), day(0)), (day(2), day(2))))
    assert (accepted.key, accepted.forecasts, accepted.reached) == ("T-1", ((day(0), day(9)), (day(1), day(8))), day(8))
    assert found[3].dimensions[0].scores == (("2026-06", 3.0, 0),)


def test_what_is_not_known_has_no_picture():
    bare = point(day(0), forecast_finish=None)
    assert list(charts(BookTrend("a", (), (bare,)), Text("簿", "book"))) == []


def test_many_days_are_shown_by_week():
    days = tuple(Moved(day(number), 1, int(not number), 0) for number in range(200))
    assert len(findings_chart(days).days) == 29
    assert len(findings_chart(days[:100]).days) == 100
    assert findings_chart(()).days == ()
