"""The command: what it reads from plan and resources, what it says and hands to programs, what applying it writes."""

from __future__ import annotations

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.commands.levelling import apply, level
from automation.commands.request import Request
from tests.tables import catalogue, project_of, settings

DAY = date(2026, 6, 12)
BOOK = """
projects
 project_id | start_planned | status
 PRJ-001    | 2026-06-15    | running
resources
 resource_id | name | kind   | capacity | available_from
 RES-001     | 刘洋 | person | 100      |
 RES-002     | 孙丽 | person | 50       | 2026-06-22
plan
 task_id | wbs | duration | predecessors | resource_use             | constraint_kind | constraint_date
 T-001   | 1.1 | 3        |              | RES-001:100%             |                 |
 T-002   | 1.2 | 5        |              | RES-001:100%             |                 |
 T-003   | 1.3 | 4        | T-002        |                          |                 |
 T-004   | 1.4 | 1        |              | RES-002:50%              | start_no_earlier_than | 2026-06-16
 T-005   | 1.5 | 1        |              | RES-002:80%              |                 |
"""


def request(tables=BOOK, **parameters):
    return Request(project_of(tables), (), catalogue(), settings(), DAY, {"iterations": "20", **parameters})


def test_it_says_who_is_asked_for_too_much_what_to_delay_and_why():
    lines = level(request()).lines
    assert [line.zh for line in lines] == [
        "资源超负荷：",
        "  RES-001 刘洋，2026-06-15 至 2026-06-17：需要 200%，可用 100%；任务 T-001 Task、T-002 Task",
        "  RES-002 孙丽，2026-06-15：需要 80%，可用 0%；任务 T-005 Task",
        "  RES-002 孙丽，2026-06-16：需要 50%，可用 0%；任务 T-004 Task",
        "建议推迟(仅为预览，未写入)：",
        "  T-001 Task 推迟 5 个工作日，2026-06-22 开始(原 2026-06-15)，2026-06-24 完成：等 T-002 Task 完成后 RES-001 刘洋 才有空。",
        "  T-004 Task 推迟 4 个工作日，2026-06-22 开始(原 2026-06-16)，2026-06-22 完成：RES-002 孙丽 到那时才可用。",
        "PRJ-001 预测完成不变：2026-06-25。",
        "推迟任务无法消除的超负荷(已开工或日期固定的任务不推迟)：",
        "  RES-002 孙丽，2026-06-15：需要 80%，可用 0%；任务 T-005 Task",
        "  T-005 Task 需要的 RES-002 孙丽 超过其可用量，请减少投入或增加资源。",
    ]
    assert [line.en for line in lines] == [
        "Over-allocated:",
        "  RES-001 刘洋, 2026-06-15 to 2026-06-17: 200 % asked, 100 % there; T-001 Task, T-002 Task",
        "  RES-002 孙丽, 2026-06-15: 80 % asked, 0 % there; T-005 Task",
        "  RES-002 孙丽, 2026-06-16: 50 % asked, 0 % there; T-004 Task",
        "Proposed delays (a preview, nothing is written):",
        "  T-001 Task by 5 working days, start 2026-06-22 (was 2026-06-15), finish 2026-06-24: RES-001 刘洋 is free once T-002 Task is done.",
        "  T-004 Task by 4 working days, start 2026-06-22 (was 2026-06-16), finish 2026-06-22: RES-002 孙丽 is not available before.",
        "PRJ-001 still finishes on 2026-06-25.",
        "Over-allocations that no delay can end (work that runs or has a fixed date stays where it is):",
        "  RES-002 孙丽, 2026-06-15: 80 % asked, 0 % there; T-005 Task",
        "  T-005 Task needs more of RES-002 孙丽 than there is: lower the use or add capacity.",
    ]


def test_it_hands_figures_and_tables_to_programs_and_writes_nothing():
    outcome = level(request())
    assert outcome.edits == outcome.log == ()
    assert outcome.figures == {
        "overloaded_days": 5,
        "overloaded_resources": 2,
        "overloaded_days_left": 1,
        "delayed_tasks": 2,
        "forecast_finish": date(2026, 6, 25),
        "levelled_finish": date(2026, 6, 25),
        "levelling_days": 0,
        "projects": {
            "PRJ-001": {
                "forecast_finish": date(2026, 6, 25),
                "levelled_finish": date(2026, 6, 25),
                "levelling_days": 0,
            }
        },
    }
    assert outcome.tables["delays"][0] == {
        "task": "T-001",
        "days": 5,
        "resource": "RES-001",
        "waits_for": ["T-002"],
        "start_before": date(2026, 6, 15),
        "start": date(2026, 6, 22),
        "finish": date(2026, 6, 24),
    }
    assert outcome.tables["never_fits"] == [{"task": "T-005", "resource": "RES-002"}]
    assert len(outcome.tables["overloads"]) == 5


def test_priorities_decide_who_waits():
    outcome = level(request(priority="T-001:900"))
    assert [row["task"] for row in outcome.tables["delays"]] == ["T-002", "T-004"]
    assert outcome.figures["levelling_days"] == 3
    assert outcome.lines[7].en == "PRJ-001 finishes on 2026-06-30 instead of 2026-06-25 (3 working days later)."


def test_nobody_over_allocated_is_said_in_one_line():
    calm = (
        BOOK.replace(":100%", ":50%")
        .replace("2026-06-22", "")
        .replace(":80%", ":40%")
        .replace(" 50       |", " 90       |")
    )
    assert [line.en for line in level(request(calm)).lines] == ["Nobody is over-allocated; no task needs to wait."]


def test_applying_writes_constraints_where_there_is_no_other_and_asks_before():
    outcome = apply(request())
    plan = project_of(BOOK).tables["plan"]
    written = {(edit.cell, edit.value) for edit in outcome.edits}
    rows = {row.task_id: row.row for row in plan.rows}
    assert {(plan.cell(rows[task], "constraint_date"), date(2026, 6, 22)) for task in ("T-001", "T-004")} <= written
    kind = plan.cell(rows["T-001"], "constraint_kind")
    assert [cell for cell, value in written if isinstance(value, str)] == [kind]
    assert outcome.question.en == "Delay 2 tasks as proposed (as Start no earlier than)?"
    assert outcome.needs[0].permission == "edit"
    assert "Delays:" in {line.en for line in outcome.lines}


def test_applying_leaves_tasks_with_another_constraint_alone():
    prescribed = BOOK.replace("start_no_earlier_than | 2026-06-16", "finish_no_later_than | 2026-06-30")
    dates = [edit.value for edit in apply(request(prescribed)).edits if isinstance(edit.value, date)]
    assert dates == [date(2026, 6, 22)]


@pytest.mark.parametrize("text", ["soon", "-1", "nan", "1e99"])
def test_a_number_that_is_none_is_refused(text):
    with pytest.raises(UsageError) as caught:
        level(request(seed=text))
    assert caught.value.code == "NOT_A_NUMBER"


def test_a_resource_that_nobody_listed_is_said_and_closed_projects_do_not_count():
    book = """
projects
 project_id | start_planned | status
 PRJ-001    | 2026-06-15    | running
 PRJ-002    | 2026-06-15    | closed
resources
 resource_id | name
 RES-001     | Ann
plan
 task_id | project_id | duration | resource_use
 T-001   | PRJ-001    | 3        | RES-099:100%
 T-002   | PRJ-001    | 3        | RES-001:100%
 T-003   | PRJ-002    | 3        | RES-001:100%
"""
    outcome = level(request(book))
    assert outcome.figures["overloaded_days"] == 0
    assert set(outcome.figures["projects"]) == {"PRJ-001"}
    (notice,) = outcome.notices
    assert notice.en.startswith(
        "Resource RES-099 is not on the Resources sheet and counts as there in full; tasks T-001."
    )
    assert notice.zh.startswith("资源 RES-099 不在“资源”表中，按可用 100% 计算；任务 T-001。")


def test_tasks_are_told_with_their_names():
    book = BOOK.replace("task_id | wbs |", "task_id | name | wbs |").replace("| 1.1 |", "| 挖 | 1.1 |")
    for number in "2345":
        book = book.replace(f"| 1.{number} |", f"| 填{number} | 1.{number} |")
    assert "T-001 挖 推迟 5 个工作日" in "".join(line.zh for line in level(request(book)).lines)


def test_a_resource_without_capacity_is_told_and_nothing_is_delayed_for_it():
    book = """
projects
 project_id | start_planned
 PRJ-001    | 2026-06-15
resources
 resource_id | name | capacity
 RES-001     | Ann  | 0
plan
 task_id | duration | resource_use
 T-001   | 3        | RES-001:100%
"""
    outcome = level(request(book))
    assert (outcome.figures["delayed_tasks"], outcome.figures["overloaded_days_left"]) == (0, 3)
    assert outcome.tables["never_fits"] == [{"task": "T-001", "resource": "RES-001"}]
