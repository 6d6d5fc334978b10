"""Plan health as a command: figures, lines, tables, and the sheet that it fills."""

from __future__ import annotations

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.base.records import replace
from automation.commands.plan_health import plan_health
from automation.commands.plan_health_text import WORDS
from automation.commands.request import Request
from automation.excel.reader import read
from automation.excel.writer import apply
from automation.model.project import build
from tests.excel.master.built import fresh
from tests.tables import catalogue, project_of, settings

STATUS = date(2026, 6, 12)
BOOK = """
projects
 project_id | name | name_en | status  | start_planned
 PRJ-001    | 甲   | First   | running | 2026-05-25
 PRJ-002    | 乙   | Second  | running | 2026-05-25
 PRJ-003    | 丙   | Third   | closed  | 2026-05-25
plan
 task_id | project_id | name | duration | predecessors
 T-001   | PRJ-001    | 挖   | 5        |
 T-002   | PRJ-001    | 填   | 5        | T-001FS-2
 T-003   | PRJ-002    | 涂   | 60       |
 T-004   | PRJ-003    | 收   | 60       |
"""


def asked(tables=BOOK, **parameters):
    return plan_health(Request(project_of(tables), (), catalogue(), settings(), STATUS, parameters))


def rows(outcome, point):
    return {row["project"]: row for row in outcome.tables["points"] if row["point"] == point}


def test_every_project_that_stands_is_judged():
    outcome = asked()
    leads, durations = rows(outcome, "leads"), rows(outcome, "high_duration")
    assert {name: (row["passed"], row["tasks"]) for name, row in leads.items()} == {
        "PRJ-001": (False, ["T-002"]),
        "PRJ-002": (None, []),
    }
    assert (durations["PRJ-002"]["value"], durations["PRJ-002"]["passed"]) == (100, False)
    assert outcome.figures["failed"] == outcome.figures["projects"]["PRJ-001"]["failed"]
    assert set(outcome.figures["projects"]) == {"PRJ-001", "PRJ-002"}


def test_a_project_can_be_named_and_another_is_refused():
    assert set(asked(project="prj-002").figures["projects"]) == {"PRJ-002"}
    with pytest.raises(UsageError, match="PRJ-009"):
        asked(project="PRJ-009")


def test_a_workbook_without_a_plan_is_refused():
    with pytest.raises(UsageError) as caught:
        asked("projects\n project_id | start_planned\n PRJ-001 |\n")
    assert caught.value.code == "NO_PLAN"


def test_what_failed_is_said_with_tasks_and_advice():
    lines = asked(project="PRJ-001").lines
    at = next(number for number, line in enumerate(lines) if "Leads" in line.en)
    assert [line.en for line in lines[at : at + 3]] == [
        "! 2.  Leads: 1 (limit ≤ 0), failed",
        "      T-002 填",
        "      Take the negative lag away: split the task, or use start-to-start with a lag.",
    ]
    assert lines[at].zh == "! 2.  提前量：1(限值 ≤ 0)，未通过"


def test_every_point_has_words_in_both_languages():
    assert {row["point"] for row in asked().tables["points"]} == set(WORDS)
    assert all(text.zh and text.en for words in WORDS.values() for text in words)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_sheet_is_filled_and_a_second_run_changes_nothing(language, tmp_path):
    path = tmp_path / "book.xlsx"
    path.write_bytes(fresh(language))
    first = _filled(path)
    assert first.changed
    table = read(path).sheets
    assert any(cell == "T-002" for sheet in table for row in sheet.rows for cell in row)
    assert not _filled(path).changed


def _filled(path):
    book, _ = build(read(path), catalogue())
    project = replace(book, tables=project_of(BOOK).tables)
    outcome = plan_health(Request(project, (), catalogue(), settings(), STATUS, {}))
    return apply(path, outcome.edits, path)
