"""``explain PLAN.xml``: what levelling held back names the resource and its other task; a summary, the tasks at its ends."""

from __future__ import annotations

import pytest

from automation.base.errors import UsageError
from automation.front.plans import explain_plan
from automation.front.session import Common
from tests.planning import cases
from tests.planning.cases import case, task

ANN = {"assignments": [{"resource": 1, "units": 1, "work_min": 480}]}
RESOURCES = {"resources": [{"uid": 1, "name": "Ann", "calendar": 1, "type": "work"}]}


@pytest.fixture
def explained(tmp_path):
    """The result of explaining a task of a case."""

    def run(made, wanted, policy="ms"):
        path = tmp_path / "plan.xml"
        path.write_bytes(cases.mspdi(made))
        return explain_plan(path, policy=policy, common=Common(parameters={"task": wanted}))[0]

    return run


def test_a_levelled_task_names_the_resource_and_the_task_that_held_it(explained):
    plan = case(task(1, 1, **ANN), task(2, 1, leveling_delay_min=1440, **ANN), **RESOURCES)
    (line,) = explained(plan, "2").lines
    assert (
        "levelling of resources delays it until then. Until 2 'Task 2' starts, resource 1 'Ann' works on 1 'Task 1'."
        in line.en
    )
    assert "2“Task 2”开始之前，资源1“Ann”要做1“Task 1”。" in line.zh


def test_a_levelled_task_with_a_predecessor_names_them_too(explained):
    plan = case(task(1, 2, **ANN), task(3, 1), task(2, 1, "3FS", leveling_delay_min=1440, **ANN), **RESOURCES)
    (line,) = explained(plan, "Task 2").lines
    assert "and levelling of resources delays it further" in line.en
    assert "Until 2 'Task 2' starts, resource 1 'Ann' works on 1 'Task 1'." in line.en


def test_without_a_shared_resource_nobody_is_named(explained):
    plan = case(task(1, 1), task(2, 1, leveling_delay_min=1440, **ANN), **RESOURCES)
    assert "Until" not in explained(plan, "2").lines[0].en


def test_a_summary_names_the_tasks_at_both_ends(explained):
    plan = case(
        task(10, 1, summary=True), task(11, 1, parent=10), task(12, 2, "11FS", parent=10), task(13, 1, parent=10)
    )
    result = explained(plan, "10")
    assert result.figures == {"task": "10", "critical": True, "starts_with": "11", "finishes_with": "12"}
    assert "Its start is that of 11 'Task 11', the first of its tasks to start." in result.lines[0].en
    assert "Its finish is that of 12 'Task 12', the last of its tasks to finish." in result.lines[0].en


def test_the_status_date_is_told_by_the_rules_of_the_data_date(explained):
    line = explained(case(task(1), status_date="2026-01-12T08:00:00"), "1", policy="data-date").lines[0]
    assert "because work that is left is done after the status date." in line.en


@pytest.mark.parametrize("wanted", ["", "99", "Nobody"])
def test_a_task_that_is_not_there_is_refused(explained, wanted):
    with pytest.raises(UsageError):
        explained(case(task(1)), wanted)
