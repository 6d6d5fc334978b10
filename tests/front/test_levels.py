"""``level`` on a PSPLIB instance and on a Microsoft Project XML file."""

from __future__ import annotations

import json

import pytest

from automation.base.errors import AutomationError
from automation.front.levels import level_instance, level_plan
from automation.front.output import as_json
from automation.front.session import Common
from tests.exchange.test_psplib import SMALL
from tests.planning import cases


def common(**parameters):
    return Common(parameters=parameters)


def test_an_instance_gives_makespan_starts_and_seconds(tmp_path):
    path = tmp_path / "small.sm"
    path.write_text(SMALL)
    result = level_instance(path, common=common(iterations="5"))
    assert (result.tables["makespan"], result.tables["starts"]) == (8, [0, 0, 0, 8])
    assert 0 <= result.tables["seconds"] < 5
    assert result.figures == {"makespan": 8, "lower_bound": 8, "proved": True}
    assert result.lines[0].en.startswith("Makespan 8 (lower bound 8, proved shortest), 4 activities")
    assert json.loads(as_json(result, "en"))["command"] == "level"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(AutomationError) as caught:
        level_instance(tmp_path / "none.sm", common=common())
    assert caught.value.code == "NO_FILE"


@pytest.mark.parametrize("number", ["13", "23", "26"])
def test_a_plan_file_is_levelled_without_over_allocations_left(number, tmp_path):
    names = [name for name in cases.names("ms-project", "*.json") if name.startswith(number) or not name]
    path = tmp_path / "plan.xml"
    path.write_bytes(cases.mspdi(cases.load("ms-project", names[0])))
    result, _ = level_plan(path, common=common(iterations="10"))
    assert result.figures["overloaded_days"] > 0
    assert result.tables["overloads_left"] == result.tables["never_fits"] == []
    assert result.figures["levelled_finish"] >= result.figures["forecast_finish"]
    assert all(row["days"] > 0 and row["resource"] for row in result.tables["delays"])
