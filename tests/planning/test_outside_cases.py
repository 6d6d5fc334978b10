"""Plans computed by Microsoft Project and Primavera, and tables printed in books, come out as they say."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from automation.exchange.mspdi import read_plan
from automation.model.links import Link
from automation.planning import microsoft
from automation.planning.calendar import WorkCalendar
from automation.planning.filing import Policy, filing
from automation.planning.layout import TENTHS, instant, moment_of
from automation.planning.network import network
from automation.planning.passes import schedule
from automation.planning.tasks import Task
from automation.planning.work import as_drawn
from tests.planning import cases

if TYPE_CHECKING:
    from automation.planning.filing import Row

SIX_SECONDS = timedelta(seconds=6)
DATES = ("start", "finish", "late_start", "late_finish")
EARLY = {"early_start": "start", "early_finish": "finish"}
DAY = 1440


def differences(expected: dict[str, Any], row: Row | None) -> dict[str, Any]:
    """What differs between Microsoft Project's values of a task and ours; absent slacks are none."""
    if row is None:
        return {"row": "missing"}
    found: dict[str, Any] = {}
    for name, field in [*((name, name) for name in DATES), *EARLY.items()]:
        wanted, ours = expected.get(name), moment_of(getattr(row, field), TENTHS)
        if wanted and abs(datetime.fromisoformat(wanted) - ours) > SIX_SECONDS:
            found[name] = wanted, ours.isoformat()
    for name in ("total_slack", "free_slack"):
        wanted, ours = expected[f"{name}_min"] or 0, getattr(row, name) / TENTHS
        if abs(wanted - ours) > 1:
            found[name] = wanted, ours
    if bool(expected["critical"]) != row.critical:
        found["critical"] = expected["critical"], row.critical
    return found


@pytest.mark.parametrize("name", cases.names("ms-project", "*.json"))
def test_a_plan_of_microsoft_project_comes_out_as_it_computed_it(name):
    case = cases.load("ms-project", name)
    rows = {row.task.id: row for row in filing(read_plan(cases.mspdi(case)), Policy.MICROSOFT).rows}
    wrong = {task["uid"]: differences(task["expected"], rows.get(str(task["uid"]))) for task in case["tasks"]}
    assert {uid: found for uid, found in wrong.items() if found} == {}


@pytest.mark.parametrize("name", cases.names("p6-native", "*-*"))
def test_a_plan_of_primavera_comes_out_as_it_computed_it(name):
    plan, expected = cases.p6(name)
    rows = {row.task.name: row for row in filing(read_plan(plan), Policy.DATA_DATE).rows}
    ours, theirs = {}, {}
    for wanted in expected:
        row = rows[wanted["activity_code"]]
        at = (row.start, row.finish, row.late_start, row.late_finish)
        slacks = row.total_slack / 4800, row.free_slack / 4800
        ours[row.task.name] = (*(moment_of(moment, TENTHS) for moment in at), *slacks)
        dates = tuple(cases.moment(wanted[f"{name}_p6"]) for name in ("ES", "EF", "LS", "LF"))
        theirs[row.task.name] = (*dates, float(wanted["TF_p6"] or 0), float(wanted["FF_p6"] or 0))
    assert ours == theirs


@pytest.mark.parametrize("policy", Policy)
@pytest.mark.parametrize("name", cases.names("textbook", "*-*.json"))
def test_a_table_printed_in_a_book_comes_out_as_printed(name, policy):
    table = cases.load("textbook", name)
    calendar = WorkCalendar((((0, DAY),),) * 7)
    tasks = [
        Task(id=row["id"], duration_minutes=round(_mean(row) * DAY), links=tuple(map(Link, row["preds"])))
        for row in table["tasks"]
    ]
    start = datetime(2026, 1, 5)
    net = network(tasks, calendar)
    if policy is Policy.MICROSOFT:
        found = microsoft.schedule(net, microsoft.Rules(start=instant(start)))
    else:
        found = schedule(net, as_drawn(net, start))
    for row in table["tasks"]:
        place = net.place[row["id"]]
        lengths = [found.start, found.finish, found.late_start, found.late_finish]
        ours = [(moments[place] - instant(start)) / DAY for moments in lengths]
        for wanted, length in zip(("es", "ef", "ls", "lf"), ours, strict=True):
            if (row["expected"] or {}).get(wanted) is not None:
                assert length == pytest.approx(row["expected"][wanted], abs=0.011), (row["id"], wanted)
        slack = (row["expected"] or {}).get("slack")
        if slack is not None:
            assert found.total_float[place] / DAY == pytest.approx(slack, abs=0.011), row["id"]
    length = (found.project_finish - instant(start)) / DAY
    if table["format"] == "textbook-cpm/1":
        assert length == table["expected_finish"]
    else:
        assert length == pytest.approx(table["expected"]["mean"], abs=0.011)


def _mean(row: dict[str, Any]) -> float:
    """The duration of a row; of three estimates their PERT mean."""
    if "duration" in row:
        return row["duration"]
    return (row["optimistic"] + 4 * row["likely"] + row["pessimistic"]) / 6
