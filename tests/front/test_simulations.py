"""``simulate PLAN.xml``: without a range it is the schedule of the file, with one it spreads about it."""

from __future__ import annotations

import json

import pytest

from automation.base.errors import AutomationError, UsageError
from automation.front.output import as_json, as_text
from automation.front.plans import reschedule_plan
from automation.front.session import Common
from automation.front.simulations import simulate_plan
from tests.planning import cases


def simulated(path, **parameters):
    result, _ = simulate_plan(path, common=Common(parameters=parameters))
    return result


@pytest.mark.parametrize("name", cases.names("ms-project", "*.json"))
def test_without_a_range_a_plan_file_is_simulated_as_scheduled(name, tmp_path):
    path = tmp_path / "plan.xml"
    path.write_bytes(cases.mspdi(cases.load("ms-project", name)))
    scheduled, _ = reschedule_plan(path, policy="data-date", common=Common())
    figures = simulated(path, iterations="2").figures
    assert set(figures["percentiles"].values()) == {figures["forecast_finish"]}
    assert f"{figures['forecast_finish']}" == scheduled.figures["finish"][:10]
    finishes = figures["milestones"] + figures["phases"]
    assert [one["percentiles"]["p50"] for one in finishes] == [one["forecast_finish"] for one in finishes]
    critical = {str(row["uid"]): float(row["critical"]) for row in scheduled.tables["tasks"] if not row["summary"]}
    assert figures["criticality"] == {name: critical[name] for name in figures["criticality"]}


@pytest.fixture
def plan_file(tmp_path):
    """A file of three tasks, two of them in a chain, and a milestone."""
    path = tmp_path / "plan.xml"
    rows = [
        cases.task(1, 5),
        cases.task(2, 10, "1FS", name="Build"),
        cases.task(3, 2),
        cases.task(4, 0, "2FS", name="Done"),
    ]
    path.write_bytes(cases.mspdi(cases.case(*rows)))
    return path


def test_a_range_spreads_the_finish(plan_file):
    result = simulated(plan_file, spread="50-200")
    figures = result.figures
    assert (result.command, result.exit, figures["uncertain_tasks"]) == ("simulate", 0, 3)
    assert figures["percentiles"]["p10"] < figures["percentiles"]["p50"] < figures["percentiles"]["p90"]
    assert figures["criticality"] == {"1": 1, "2": 1, "3": 0, "4": 1}
    assert json.loads(as_json(result, "en"))["figures"]["milestones"][0]["name"] == "Done"
    assert "2 Build: critical 100%" in as_text(result, None, "en")


def test_without_one_it_says_how_to_give_one(plan_file):
    assert "--spread 80-150" in simulated(plan_file).notices[0].en


def test_what_cannot_be_simulated_is_one_clear_sentence(tmp_path, plan_file):
    with pytest.raises(AutomationError):
        simulated(tmp_path / "missing.xml")
    with pytest.raises(UsageError):
        simulated(plan_file, iterations="none")
    plan_file.write_bytes(cases.mspdi(cases.case()))
    with pytest.raises(UsageError):
        simulated(plan_file)
