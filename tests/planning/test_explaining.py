"""Why a task is where it is, word for word."""

import pytest

from automation.exchange.mspdi import read_plan
from automation.planning.explaining import chain, explain, explain_summary
from automation.planning.filing import Policy, filing
from automation.planning.work import Reason
from tests.planning import cases
from tests.planning.cases import case, task


def explained(number, *tasks, policy=Policy.MICROSOFT, **options):
    """The paragraph on a task of a plan."""
    found = filing(read_plan(cases.mspdi(case(*tasks, **options))), policy)
    names = {row.task.id: row.task.name for row in found.rows}
    return explain(found.network, found.schedule, found.network.place[str(number)], names)


def test_a_critical_task_is_explained_back_to_the_project_start():
    text = explained(3, task(1, 2), task(2, 1, "1FS+1"), task(3, 1, "2SS"))
    assert text.en == (
        "3 'Task 3' runs from 2026-01-08 08:00 to 2026-01-08 17:00. "
        "3 'Task 3' can start only after 2 'Task 2' starts; "
        "2 'Task 2' can start only after 1 'Task 1' finishes (+1 working day); "
        "1 'Task 1' is where it is because the project begins then. "
        "It is critical: any delay of it delays the end of the project."
    )
    assert text.zh == (
        "3“Task 3”从2026-01-08 08:00到2026-01-08 17:00。3“Task 3”要等2“Task 2”开始后才能开始；"
        "2“Task 2”要等1“Task 1”完成后才能开始（+1个工作日）；1“Task 1”排在那里，是因为项目从这时开始。"
        "它是关键任务：它一拖延，项目完成就会推迟。"
    )


def test_a_task_with_slack_is_told_how_far_it_may_slip():
    text = explained(2, task(1, 5), task(2, 1), task(3, 1, "2FS"), task(4, 0, "3FS"))
    assert text.en.endswith(
        "It is not critical: it can slip by 3 working days before the project's end or a deadline moves, "
        "and by 0 before another task does."
    )
    assert text.zh.endswith("它不是关键任务：可拖延3个工作日而不影响项目完成，其中0个工作日不影响其他任务。")


def test_a_missed_deadline_and_a_finished_task_are_told():
    late = explained(1, task(1, 3, deadline="2026-01-06T17:00:00"))
    assert late.en.endswith("It is critical: it is 1 working day later than a deadline or constraint allows.")
    dates = {"actual_start": "2026-01-05T08:00:00", "actual_finish": "2026-01-05T17:00:00", "percent_complete": 100}
    assert explained(1, task(1, 1, **dates)).en.endswith("It is finished and no longer critical.")


def test_the_status_date_is_told_where_it_holds_work_back():
    text = explained(1, task(1), policy=Policy.DATA_DATE, status_date="2026-01-12T08:00:00")
    assert "because work that is left is done after the status date." in text.en


def test_a_link_from_a_summary_is_followed_to_the_task_below_it_that_decides():
    plan = case(task(10, 1, summary=True), task(11, 1, parent=10), task(12, 2, parent=10), task(13, 1, "10FS"))
    found = filing(read_plan(cases.mspdi(plan)), Policy.MICROSOFT)
    steps, reason = chain(found.network, found.schedule, found.network.place["13"])
    assert [found.network.tasks[step.place].id for step in steps] == ["13", "12"]
    assert reason is Reason.PROJECT_START


def test_of_a_long_chain_the_middle_is_counted():
    tasks = [task(number, 1, f"{number - 1}FS" if number > 1 else "") for number in range(1, 31)]
    text = explained(30, *tasks)
    assert "23 more tasks lead back from there" in text.en
    assert text.en.count("can start only after") == 6
    assert "再往前经过23个任务" in text.zh


def test_a_task_that_levelling_delays_is_explained_back_to_the_project_start():
    text = explained(3, task(1, 1), task(2, 2), task(3, 1, "1FS 2SS", leveling_delay_min=1440))
    assert (
        "3 'Task 3' can start only after 1 'Task 1' finishes, and levelling of resources delays it further; "
        "1 'Task 1' is where it is because the project begins then."
    ) in text.en
    assert "3“Task 3”要等1“Task 1”完成后才能开始，资源平衡又把它推后；" in text.zh
    alone = explained(1, task(1, 1, leveling_delay_min=1440))
    assert "1 'Task 1' is where it is because levelling of resources delays it until then." in alone.en
    late = explained(3, task(1, 1), task(2, 3), task(3, 1, "1FS 2FF+1", leveling_delay_min=1440))
    assert "3 'Task 3' can finish only after 2 'Task 2' finishes (+1 working day), and levelling" in late.en


CALENDARS = ({"uid": 2, "name": "Late", "week_minutes": [[], *cases.WEEK[1:]], "exceptions": {}},)
STARTED = {"actual_start": "2026-01-07T08:00:00", "percent_complete": 50}


@pytest.mark.parametrize(
    ("tasks", "options", "english", "chinese"),
    [
        ([task(1)], {}, "because the project begins then", "因为项目从这时开始"),
        (
            [task(1, constraint="SNET", constraint_date="2026-01-08T08:00:00")],
            {},
            "because its own constraint or fixed date says so",
            "因为它的限制日期或手工日期如此规定",
        ),
        (
            [task(1, calendar=2)],
            {"calendars": CALENDARS},
            "because its calendar has no working time before",
            "因为在此之前其日历没有工作时间",
        ),
        ([task(1, 4, **STARTED)], {}, "because it has really started or finished then", "因为它已按实际日期开始或完成"),
        (
            [task(2, 0), task(1, 0, "2FS")],
            {},
            "1 'Task 1' stands at 2026-01-05 08:00.",
            "1“Task 1”位于2026-01-05 08:00。",
        ),
        (
            [task(2, 3), task(1, 1, "2FS")],
            {},
            "can start only after 2 'Task 2' finishes",
            "要等2“Task 2”完成后才能开始",
        ),
        (
            [task(2, 3), task(1, 1, "2SS+1")],
            {},
            "can start only after 2 'Task 2' starts",
            "要等2“Task 2”开始后才能开始",
        ),
        (
            [task(2, 3), task(1, 1, "2FF")],
            {},
            "can finish only after 2 'Task 2' finishes",
            "要等2“Task 2”完成后才能完成",
        ),
        (
            [task(2, 3), task(1, 1, "2SF+2")],
            {},
            "can finish only after 2 'Task 2' starts",
            "要等2“Task 2”开始后才能完成",
        ),
    ],
    ids=["start", "constraint", "calendar", "actual", "milestone", "FS", "SS", "FF", "SF"],
)
def test_each_kind_of_driver_is_told_in_both_languages(tasks, options, english, chinese):
    text = explained(1, *tasks, **options)
    assert english in text.en
    assert chinese in text.zh


def test_a_summary_with_one_task_that_fixes_both_ends_says_so_once():
    plan = case(task(10, 1, summary=True), task(11, 2, parent=10))
    found = filing(read_plan(cases.mspdi(plan)), Policy.MICROSOFT)
    text = explain_summary(found.network, found.schedule, "10", {"10": "Phase", "11": "Dig"})
    assert text.en.startswith(
        "10 'Phase' runs from 2026-01-05 08:00 to 2026-01-06 17:00. "
        "Both its start and its finish are those of 11 'Dig', which belongs to it. "
        "11 'Dig' is where it is because the project begins then."
    )
    assert "其开始和完成都由其下的11“Dig”决定。" in text.zh
