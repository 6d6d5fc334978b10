"""``plan-health PLAN.xml``: the points of a plan file, as Microsoft Project schedules it."""

from __future__ import annotations

import json
from datetime import date

import pytest

from automation.front.health_plans import health_of_plan
from automation.front.output import as_json, as_text
from automation.front.session import Common
from tests.planning import cases
from tests.planning.cases import case, task


@pytest.fixture
def health(tmp_path):
    """The result on a case, and its points by name."""

    def run(made, **options):
        path = tmp_path / "plan.xml"
        path.write_bytes(cases.mspdi(made))
        before = path.read_bytes()
        result, catalogue = health_of_plan(path, common=Common(**options))
        assert path.read_bytes() == before
        return result, {point["point"]: point for point in result.tables["points"]}, catalogue

    return run


def test_logic_is_judged_and_tasks_are_named(health):
    result, points, catalogue = health(case(task(1, 2), task(2, 1, "1FS-1"), task(3, 1)))
    assert (points["leads"]["passed"], points["leads"]["tasks"]) == (False, ["2"])
    assert points["missing_logic"]["tasks"] == ["3"]
    assert points["resources"]["tasks"] == ["1", "2", "3"]
    assert (result.command, result.figures["not_judged"]) == ("plan-health", 4)
    text = as_text(result, catalogue, "en")
    assert "The file has no status date" in text
    assert "2 Task 2" in text
    assert json.loads(as_json(result, "en"))["figures"]["failed"] == result.figures["failed"]


def test_work_that_should_have_begun_by_the_status_date_is_invalid(health):
    _, points, _ = health(case(task(1, 2), task(2, 1, "1FS+5")), status_date=date(2026, 1, 7))
    assert (points["invalid_dates"]["passed"], points["invalid_dates"]["tasks"]) == (False, ["1"])


def test_a_task_that_is_due_on_the_status_date_and_on_its_way_is_not_invalid(health):
    begun = {"actual_start": "2026-01-05T08:00:00", "percent_complete": 50}
    _, points, _ = health(case(task(1, 3, **begun)), status_date=date(2026, 1, 7))
    assert points["invalid_dates"]["passed"] is True


@pytest.mark.parametrize(("constraint", "passed"), [("ASAP", True), ("MSO", False)])
def test_a_fixed_date_breaks_the_critical_path(health, constraint, passed):
    fixed = {"constraint": constraint, "constraint_date": "2026-01-08T08:00:00" if constraint == "MSO" else None}
    _, points, _ = health(case(task(1, 3), task(2, 1, "1FS", **fixed)))
    assert points["critical_path"]["passed"] is passed
    assert points["hard_constraints"]["passed"] is passed


@pytest.mark.parametrize("name", cases.names("ms-project", "*.json"))
def test_real_plans_are_judged_and_the_points_are_those_of_their_links(name, health):
    given = cases.load("ms-project", name)
    _, points, _ = health(given)
    rows = {row["uid"]: row for row in given["tasks"]}
    active = [row for row in given["tasks"] if row.get("active", True) and not row["summary"]]
    leads = {
        str(row["uid"])
        for row in active
        if row["percent_complete"] < 100
        and any((link.get("lag_min") or link.get("lag_pct") or 0) < 0 and link["pred"] in rows for link in row["links"])
    }
    assert set(points["leads"]["tasks"]) == leads
    assert len(points) == 19
