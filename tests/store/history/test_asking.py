"""What the history tells of findings and projects over days, as users count days."""

from datetime import UTC, date, timedelta
from zoneinfo import ZoneInfo

from automation.base.findings import FindingStatus, Severity
from automation.model.runs import RunOutcome
from automation.model.trends import Moved
from tests.store.history.conftest import START, finding, run

BOOK = "/p/a.xlsx"


def test_findings_opened_and_closed_by_day_and_the_forecast_over_time(history):
    for number, keys in enumerate(("ab", "bcd", "d")):
        history.record(run(number, keys))
    assert [one[:4] for one in history.moved(BOOK, zone=UTC)] == [
        (date(2026, 6, 10), 2, 2, 0),
        (date(2026, 6, 11), 3, 2, 1),
        (date(2026, 6, 12), 1, 0, 2),
    ]
    assert [one.forecast_finish.day for one in history.trend(BOOK)] == [17, 18, 19]


def test_open_is_what_the_last_check_of_a_day_found_and_moved_is_what_all_of_them_did(history):
    history.record(run(1, "abc", at=START))
    history.record(run(2, "a", at=START + timedelta(minutes=30)))
    history.record(run(3, "ad", at=START + timedelta(minutes=40)))
    history.record(run(4, "xy", at=START + timedelta(days=1), book="/p/b.xlsx"))
    assert [(one.open, one.opened, one.closed) for one in history.moved(BOOK, zone=UTC)] == [(2, 4, 2)]
    everything = history.moved_of_all(zone=UTC)
    assert {book: [one.open for one in days] for book, days in everything.items()} == {BOOK: [2], "/p/b.xlsx": [2]}
    assert list(history.moved_of_all(since=START + timedelta(days=1), zone=UTC)) == ["/p/b.xlsx"]


def test_a_run_in_the_morning_in_shanghai_is_of_that_day(history):
    history.record(run(0, at=START))
    (one,) = history.moved(BOOK, zone=ZoneInfo("Asia/Shanghai"))
    assert one.day == date(2026, 6, 11)
    assert history.trend(BOOK, zone=ZoneInfo("Asia/Shanghai"))[0].day == date(2026, 6, 11)


def test_open_findings_are_counted_by_severity_without_resolved_and_waived_ones(history):
    found = (
        finding("a", Severity.ERROR),
        finding("b"),
        finding("c", status=FindingStatus.CONTINUING),
        finding("d", Severity.LOW, FindingStatus.RESOLVED),
        finding("e", Severity.LOW, FindingStatus.WAIVED),
        finding("f", Severity.REMINDER),
    )
    history.record(run(0, findings=found))
    assert history.moved(BOOK, zone=UTC) == [Moved(date(2026, 6, 10), 4, 4, 0, error=1, high=2, reminder=1)]


def test_runs_that_failed_or_did_not_check_close_no_finding(history):
    history.record(run(0, "ab"))
    history.record(run(1, "", outcome=RunOutcome.TIMED_OUT))
    history.record(run(2, "", judged=False))
    history.record(run(3, "b"))
    assert [(one.day.day, one.open, one.closed) for one in history.moved(BOOK, zone=UTC)] == [(10, 2, 0), (13, 1, 1)]
