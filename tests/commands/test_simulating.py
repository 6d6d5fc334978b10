"""The command: what it reads from plan and risks, what it says and hands to programs, and that it writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.checks.registry import checked
from automation.commands.request import Request
from automation.commands.simulating import simulate
from automation.front.output import Result, as_json
from tests.tables import catalogue, project_of, settings

DAY = date(2026, 6, 12)
BOOK = """
projects
 project_id | start_planned | finish_deadline | status
 PRJ-001    | 2026-06-01    | 2026-07-10      | running
plan
 task_id | wbs | name   | name_en | duration | predecessors | kind      | actual_start | actual_finish | percent_complete | optimistic_days | pessimistic_days
 T-001   | 1.1 | 设计   | Design  | 5        |              | task      | 2026-06-01   | 2026-06-05    | 100              | 4               | 9
 T-002   | 1.2 | 开发   | Build   | 10       | T-001        | task      |              |               | 0                | 8               | 20
 T-003   | 1.3 | 培训   |         | 2        | T-001        | task      |              |               | 0                |                 | 3
 T-004   | 1.4 | 验收   | Accept  | 0        | T-002;T-003  | milestone |              |               | 0                |                 |
 T-005   | 1   | 阶段   | Phase   | 0        |              | phase     |              |               | 0                |                 |
risks
 risk_id  | probability | status   | delay_days | task_ids
 RISK-001 | 4           | assessed | 3          | T-002
 RISK-002 | 5           | closed   | 30         | T-002
 RISK-003 | 5           | occurred | 30         | T-002
 RISK-004 |             | assessed | 30         | T-002
 RISK-005 | 5           | assessed | 30         |
 RISK-006 | 5           | assessed |            | T-002
"""


def request(tables=BOOK, **parameters):
    return Request(project_of(tables), (), catalogue(), settings(), DAY, parameters)


def test_it_hands_percentiles_chances_and_criticality_to_programs():
    outcome = simulate(request())
    figures = outcome.figures
    assert (figures["iterations"], figures["seed"], figures["distribution"], figures["correlation"]) == (
        10_000,
        1,
        "triangular",
        0,
    )
    days = figures["percentiles"]
    assert list(days) == ["p10", "p50", "p80", "p90"]
    assert figures["forecast_finish"] == date(2026, 6, 26)
    assert date(2026, 6, 26) <= days["p10"] <= days["p50"] <= days["p80"] <= days["p90"] < date(2026, 7, 17)
    assert (figures["uncertain_tasks"], figures["uncertain_risks"]) == (2, 1)
    assert 0.9 < figures["deadline_chance"] < 1
    assert figures["criticality"] == {"T-002": 1, "T-003": 0, "T-004": 1}
    milestone = figures["milestones"][0]
    assert (milestone["key"], milestone["percentiles"], milestone["deadline"]) == ("T-004", days, None)
    assert figures["phases"][0]["percentiles"] == days
    assert figures["projects"]["PRJ-001"]["percentiles"] == days
    tables = outcome.tables["PRJ-001"]
    assert [one["task"] for one in tables["tasks"]] == ["T-002", "T-003", "T-004"]
    assert tables["tasks"][0]["cruciality"] > 0.99
    assert tables["risks"][0]["risk"] == "RISK-001"
    assert tables["risks"][0]["delay_days"] == pytest.approx(3, abs=0.2)
    assert tables["histogram"][-1]["cumulative"] == 1
    assert json.loads(as_json(Result("simulate", "book.xlsx", 0, figures=figures, tables=outcome.tables), "en"))


def test_it_writes_nothing_and_needs_no_permission():
    outcome = simulate(request())
    assert (outcome.edits, outcome.documents, outcome.log, outcome.needs, outcome.copy) == ((), (), (), (), False)


def test_it_says_so_in_both_languages():
    outcome = simulate(request())
    zh, en = ("\n".join(getattr(line, language) for line in outcome.lines) for language in ("zh", "en"))
    assert "项目 PRJ-001（2 个任务有估算范围，1 个风险有延误）：P10 2026-" in zh
    assert "Project PRJ-001 (2 tasks with a range, 1 risks with a delay): P10 2026-" in en
    assert "合同截止 2026-07-10，按期完成的可能性 9" in zh
    assert "contract deadline 2026-07-10, kept with a chance of 9" in en
    assert "T-004 验收：P10 2026-" in zh
    assert "T-002 开发：关键率 100%，相关系数 " in zh
    assert "T-002 Build: critical 100%, correlation " in en
    assert "RISK-001：可能性 70%，发生时平均推迟完工 " in zh
    assert "RISK-001: chance 70%, on average " in en


def test_risks_that_cannot_be_placed_are_named_and_those_that_are_over_left_out():
    notices = [notice.en for notice in simulate(request()).notices]
    assert [notice[:27] for notice in notices] == ["The delay of risk RISK-004 ", "The delay of risk RISK-005 "]


def test_estimates_that_contradict_the_duration_are_named_and_not_used():
    odd = BOOK.replace("| 8               | 20", "| 12              | 20").replace(
        "|                 | 3\n", "|                 | 1\n"
    )
    asked = request(odd)
    outcome = simulate(asked)
    assert "T-002, T-003." in outcome.notices[0].en
    assert outcome.figures["uncertain_tasks"] == 0
    found = {(finding.place.key, finding.place.column) for finding in checked(asked.project, catalogue(), DAY).findings}
    assert ("T-003", "pessimistic_days") in found


def test_without_anything_uncertain_it_says_what_to_fill_in_and_gives_the_forecast():
    plain = BOOK.replace("RISK-001 | 4 ", "RISK-001 |   ").replace("| 8               | 20", "|                 |   ")
    plain = plain.replace("|                 | 3\n", "|                 |  \n")
    outcome = simulate(request(plain))
    assert set(outcome.figures["percentiles"].values()) == {date(2026, 6, 26)}
    assert any("Nothing varies in project PRJ-001" in notice.en for notice in outcome.notices)


def test_a_usual_range_fills_in_for_tasks_without_an_estimate():
    outcome = simulate(request(spread="50-300%"))
    assert outcome.figures["uncertain_tasks"] == 2  # both have one of their own
    plain = BOOK.replace("| 8               | 20", "|                 |   ")
    assert simulate(request(plain)).figures["uncertain_tasks"] == 1
    filled = simulate(request(plain, spread="50-300%")).figures
    assert filled["uncertain_tasks"] == 2
    assert filled["percentiles"]["p90"] > outcome.figures["percentiles"]["p90"]


def test_a_plan_in_doubt_is_not_simulated():
    outcome = simulate(request(BOOK.replace("| T-002;T-003 ", "| T-404       ")))
    assert "percentiles" not in outcome.figures
    assert any("was not simulated" in notice.en for notice in outcome.notices)


def test_closed_projects_are_history():
    assert "projects" not in simulate(request(BOOK.replace("| running", "| closed "))).figures


def test_the_same_seed_gives_the_same_answer_and_another_one_another():
    first, again, other = (simulate(request(seed=seed, iterations="500")) for seed in ("7", "7", "8"))
    assert (first.figures, first.tables) == (again.figures, again.tables)
    assert first.tables != other.tables


def test_pert_is_narrower_than_triangular_and_correlation_is_taken():
    chances = {
        kind: simulate(request(distribution=kind, correlation="0.5")).tables["PRJ-001"]["tasks"][1]["cruciality"]
        for kind in ("triangular", "pert")
    }
    assert all(chance > 0.2 for chance in chances.values())  # T-003 lies on no path, but shares the common factor
    pert = simulate(request(distribution="pert")).figures
    assert pert["distribution"] == "pert"
    assert pert["percentiles"]["p90"] <= simulate(request()).figures["percentiles"]["p90"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("iterations", "0"),
        ("iterations", "100001"),
        ("iterations", "1e3"),
        ("iterations", "many"),
        ("seed", "-1"),
        ("seed", "1.5"),
        ("distribution", "normal"),
        ("correlation", "1.1"),
        ("correlation", "-0.1"),
        ("correlation", "nan"),
        ("spread", "150-80"),
        ("spread", "0-150"),
        ("spread", "much"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_one_clear_sentence(name, typed):
    with pytest.raises(UsageError) as error:
        simulate(request(**{name: typed}))
    assert f"--{name}" in error.value.text.zh
    assert typed in error.value.text.en


def test_the_command_is_there_without_numpy_being_loaded():
    check = "import sys, automation.commands.simulating; assert 'numpy' not in sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)


def test_without_numpy_it_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    for name in [name for name in sys.modules if name.startswith("automation.planning.simulation.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(UsageError, match="pip install numpy"):
        simulate(request())
