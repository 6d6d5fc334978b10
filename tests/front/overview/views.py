"""Runs and time before them, as an overview shows them."""

from datetime import UTC, date, datetime, timedelta

from automation.base.findings import Finding, FindingStatus, Place, Severity, Text
from automation.commands.portfolio import Conflict
from automation.front.overview.view import BATCH, View
from automation.model.runs import BookRun, MilestoneFacts, ProjectFacts, RunOutcome
from automation.model.trends import Moved, Point

START = date(2026, 6, 1)
NASTY = "<script>alert('x')</script>&"


def finding(rule, severity, text, status=FindingStatus.NEW):
    place = Place("plan", "T-001")
    return Finding(rule, severity, place, Text(text, text), Text("催办", "ask"), owner="RES-001", status=status)


def facts(key="PRJ-001", name="仓储", health="red", slip=14, *, start=date(2026, 3, 2), finish=date(2026, 9, 17)):
    stones = (
        MilestoneFacts("T-1", Text("启动", "Kick-off"), date(2026, 3, 9), date(2026, 3, 10), 100.0),
        MilestoneFacts("T-9", Text(NASTY, "Acceptance"), date(2026, 8, 28), finish, 0.0),
    )
    return ProjectFacts(
        key, Text(name, f"{name} en"), Text("乙", "B"), "王志强", "in_progress", health, 55.2, 71.4, date(2026, 8, 28), finish,
        slip, 0.78, 0.77, None, None, None, "CNY", 6, 3.7, stones, start,
    )  # fmt: skip


def run(*findings, outcome=RunOutcome.DONE, reason=None, book="/p/a.xlsx", projects=()):
    return BookRun(
        "r", "b", "nightly", book, datetime(2026, 6, 12, 14, 30, tzinfo=UTC), 1.0, outcome, 0, reason=reason,
        findings=findings, projects=projects, owners={"RES-001": ("王志强", "wang@example.com")}, status_date=date(2026, 6, 12),
    )  # fmt: skip


RUNS = [
    run(
        finding("PLN-02", Severity.LOW, "低的"),
        finding("PLN-01", Severity.HIGH, NASTY),
        finding("PLN-03", Severity.HIGH, "已解决", status=FindingStatus.RESOLVED),
        projects=(facts(), facts("PRJ-002", "绿的", "green", -3)),
    ),
    run(outcome=RunOutcome.TIMED_OUT, reason=Text("超过 120 秒", "more than 120 s"), book="/p/<b>.xlsx"),
    run(book="/p/c.xlsx", projects=(facts("PRJ-003", NASTY, "amber", 2), facts("PRJ-004", "无日期", start=None))),
]


def points(days):
    return [
        Point(
            datetime(2026, 6, 1, tzinfo=UTC) + timedelta(days=day), START + timedelta(days=day), "PRJ-001", Text("甲", "A"),
            Text("", ""), "", "", "red", 50.0, 60.0, date(2026, 8, 28), date(2026, 9, 1) + timedelta(days=day), day,
            0.9 - day / 50, None, None, None, None, "CNY", 1, None,
        )
        for day in days
    ]  # fmt: skip


def view(runs=RUNS, days=5, clashes=()):
    moved = [Moved(START + timedelta(days=day), 10 + day, 3, 2, high=day) for day in range(days)]
    return View(BATCH, runs, moved, {("/p/a.xlsx", "PRJ-001"): points(range(days))}, clashes)


CLASH = Conflict("王志强", date(2026, 6, 15), 8.0, 5.0, (("/p/a.xlsx", 4.0), ("/p/<b>.xlsx", 4.0)))
