"""The command: its figures, tables and sentences, on the printed case study and on the demonstration; it writes nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from automation.checks.registry import checked
from automation.commands import dashboard, scheduling
from automation.commands.earned_value import earned_value
from automation.commands.earned_value_figures import NAMES, curve_of, performance_of
from automation.commands.request import Request
from automation.front.output import Result, as_json
from tests.deviations.test_demo import STATUS_DATE, demo_case
from tests.planning.test_performance import CASE, NO_BASELINE, case
from tests.tables import catalogue, project_of, settings

DAY = date(2026, 6, 9)


def request(tables=CASE, *, day=DAY, **values):
    return Request(project_of(tables), (), catalogue(), settings(**values), day)


def texts(outcome):
    return ("\n".join(getattr(line, language) for line in outcome.lines) for language in ("zh", "en"))


def test_it_hands_every_figure_to_programs():
    outcome = earned_value(request())
    figures = outcome.figures
    assert {name: figures[name] for name in NAMES} == {
        "budget_at_completion": 3700,
        "planned_value": 3000,
        "earned_value": 2400,
        "actual_cost": 2700,
        "schedule_variance": -600,
        "cost_variance": -300,
        "spi": 0.8,
        "cpi": 0.8889,
        "eac_typical": Decimal("4162.50"),
        "eac_atypical": 4000,
        "eac_combined": Decimal("4528.12"),
        "variance_at_completion": Decimal("-462.50"),
        "tcpi": 1.3,
        "tcpi_eac": 0.8889,
        "planned_duration_days": 11,
        "actual_time_days": 7,
        "earned_schedule_days": 6,
        "schedule_variance_days": -1,
        "spi_time": 0.8571,
        "forecast_duration_days": 12.83,
        "forecast_finish_earned_schedule": date(2026, 6, 17),
    }
    assert figures["projects"]["PRJ-001"]["earned_value"] == 2400
    assert json.loads(as_json(Result("earned-value", "book.xlsx", 0, figures=figures, tables=outcome.tables), "en"))


def test_the_tables_hold_phases_tasks_and_the_curve():
    tables = earned_value(request()).tables["PRJ-001"]
    assert [row["phase"] for row in tables["phases"]] == ["initiation", "requirements", "after_service"]
    assert {row["task"]: row["earned_value"] for row in tables["tasks"]} == {
        "T-001": 600,
        "T-002": 1200,
        "T-003": 200,
        "T-004": 400,
        "T-005": 0,
    }
    assert [(row["day"].day, row["planned"], row["earned"]) for row in tables["curve"]][:3] == [
        (31, 0, 0),
        (5, 1800, 1800),
        (9, 3000, 2400),
    ]
    assert [point._asdict() for point in curve_of(request(), "PRJ-001")] == tables["curve"]


def test_it_writes_nothing_and_needs_no_permission():
    outcome = earned_value(request())
    assert (outcome.edits, outcome.documents, outcome.log, outcome.needs, outcome.copy) == ((), (), (), (), False)


def test_it_says_so_in_both_languages():
    zh, en = texts(earned_value(request()))
    assert "完工预算 BAC 3,700（不含风险预留 0）；计划价值 PV 3,000，挣值 EV 2,400，实际成本 AC 2,700" in zh
    assert "进度偏差 SV -600，SPI 0.80（落后）" in zh
    assert "Cost variance CV -300, CPI 0.89 (over cost)" in en
    assert "TCPI: for the budget 1.30, for the estimate 0.89" in en
    assert "挣得进度 ES 6.0 个工作日，实际用时 AT 7 个工作日，SV(t) -1.0，SPI(t) 0.86；照此速度 2026-06-17 完成" in zh
    assert "Initiation       600    600    600    600     0     0  1.00  1.00" in en
    assert zh.splitlines()[-1].split() == ["合计", "3,700", "3,000", "2,400", "2,700", "-600", "-300", "0.80", "0.89"]
    assert "分摊" not in zh


def test_money_without_a_task_is_said_to_be_spread():
    zh, en = texts(earned_value(request(CASE.replace("T-005   | labour", "        | labour"))))
    assert "预算中 300 没有写明任务" in zh
    assert "300 of the budget names no task" in en


def test_without_a_baseline_it_says_what_is_missing():
    outcome = earned_value(request(case(planned=NO_BASELINE)))
    zh, _ = texts(outcome)
    assert (outcome.figures["planned_value"], outcome.figures["spi"], outcome.figures["eac_combined"]) == (None,) * 3
    assert outcome.figures["cpi"] == 0.8889
    assert "SPI 0" not in zh
    assert "成本偏差 CV -300，CPI 0.89（超支）" in zh
    assert any("没有完整的进度基线" in notice.zh for notice in outcome.notices)


def test_without_costs_it_says_what_to_fill_in():
    outcome = earned_value(request(CASE[: CASE.index("costs")]))
    assert {outcome.figures[name] for name in NAMES} == {None}
    assert (outcome.lines, outcome.tables) == ((), {})
    assert any("项目 PRJ-001 没有可以计算挣值的计划或成本" in notice.zh for notice in outcome.notices)


def test_rows_with_errors_are_left_out_and_named():
    asked = request(CASE.replace("| labour    | 300  ", "| labour    | -300 "))
    outcome = earned_value(asked)
    assert outcome.figures["budget_at_completion"] == 3400
    assert any("1 行成本有数据错误，没有计入挣值：COST-005" in notice.zh for notice in outcome.notices)


def test_the_usual_method_comes_from_the_settings():
    assert earned_value(request(ev_method="zero_hundred")).figures["earned_value"] == 1800
    assert earned_value(request(ev_method="fifty_fifty")).figures["earned_value"] == 2600


def test_milestones_that_are_wrong_are_a_finding_and_a_notice():
    done = ("2026-06-01 | 2026-06-02 | 100 | milestone_weights | T-404:100%", *("| | 0 | |",) * 4)
    asked = request(case(done=done).replace("| ev_method", "| ev_method | ev_milestones"))
    found = {(one.rule, one.place.key, one.place.column) for one in checked(asked.project, catalogue(), DAY).findings}
    assert ("V05", "T-001", "ev_milestones") in found
    outcome = earned_value(asked)
    assert outcome.figures["earned_value"] == 600
    assert any("挣值里程碑无法采用，已按完成百分比计算：T-001" in notice.zh for notice in outcome.notices)


@pytest.mark.parametrize(
    ("typed", "rule"), [("T-002", None), ("T-002:40%;T-003：60", None), ("M1=40", "V02"), ("T-001:100%", "V05")]
)
def test_milestones_are_typed_as_ids_with_weights(typed, rule):
    done = (f"2026-06-01 | 2026-06-02 | 100 | milestone_weights | {typed}", *("| | 0 | |",) * 4)
    project = project_of(case(done=done).replace("| ev_method", "| ev_method | ev_milestones"))
    found = [one for one in checked(project, catalogue(), DAY).findings if one.place.column == "ev_milestones"]
    assert [one.rule for one in found] == ([] if rule is None else [rule])


def test_a_task_that_earns_by_milestones_must_name_some():
    project = project_of(case(done=("2026-06-01 | 2026-06-02 | 100 | milestone_weights", *("| | 0 |",) * 4)))
    found = [one for one in checked(project, catalogue(), DAY).findings if one.place.column == "ev_milestones"]
    assert [one.rule for one in found] == ["V01"]
    assert "挣值方法为“加权里程碑法”时" in found[0].message.zh


def test_projects_have_their_own_money_and_tasks():
    two = """
    projects
     project_id | start_planned | status
     PRJ-001    | 2026-06-01    | running
     PRJ-002    | 2026-06-01    | running
     PRJ-003    |               | preparing
    plan
     task_id | wbs | project_id | duration | baseline_start | baseline_finish | actual_start | percent_complete | updated_on
     T-001   | 1   | PRJ-001    | 10       | 2026-06-01     | 2026-06-12      | 2026-06-01   | 50               | 2026-06-09
     T-002   | 1   | PRJ-002    | 10       | 2026-06-08     | 2026-06-19      |              | 0                |
    costs
     project_id | task_id | category | planned_amount | actual_amount | actual_on
     PRJ-001    |         | labour   | 1000           | 600           | 2026-06-09
     PRJ-002    | T-002   | labour   | 2000           | 0             |
     PRJ-003    |         | labour   | 3000           | 0             |
    """
    outcome = earned_value(request(two))
    projects = outcome.figures["projects"]
    names = ("budget_at_completion", "planned_value", "earned_value", "actual_cost")
    assert [projects["PRJ-001"][name] for name in names] == [1000, 700, 500, 600]
    assert [projects["PRJ-002"][name] for name in names] == [2000, 400, 0, 0]
    assert [projects["PRJ-003"][name] for name in names] == [None] * 4
    assert outcome.figures["earned_value"] == 500
    assert list(outcome.tables) == ["PRJ-001", "PRJ-002"]
    assert [notice.en.split(" has")[0] for notice in outcome.notices] == ["Project PRJ-003"]


def test_closed_projects_are_history():
    closed = CASE.replace("| start_planned\n", "| start_planned | status\n").replace(
        "2026-06-01\nplan", "2026-06-01 | closed\nplan"
    )
    assert earned_value(request(closed)).figures == {"projects": {}}


def test_a_check_and_a_forecast_have_the_figures_too():
    asked = request()
    for figures in (dashboard.figures(asked), scheduling.forecast(asked).figures):
        assert (figures["spi"], figures["projects"]["PRJ-001"]["spi_time"]) == (0.8, 0.8571)
    assert "spi" not in scheduling.reschedule(asked).figures


@pytest.fixture(scope="module")
def demo():
    """The demonstration at its status date, with the plan without progress as its baseline."""
    found = demo_case()
    return Request(found.project, (), catalogue(), settings(), STATUS_DATE)


def test_the_figures_of_the_demonstration(demo):
    figures = earned_value(demo).figures
    assert {
        name: float(figures[name]) for name in ("budget_at_completion", "planned_value", "earned_value", "actual_cost")
    } == {
        "budget_at_completion": 1_900_000,
        "planned_value": 1_408_203.12,
        "earned_value": 1_100_808.30,
        "actual_cost": 1_428_000,
    }
    assert (figures["spi"], figures["cpi"], figures["spi_time"]) == (0.7817, 0.7709, 0.77)
    assert (figures["planned_duration_days"], figures["actual_time_days"]) == (126, 72)
    assert figures["forecast_finish_earned_schedule"] == date(2026, 10, 27)
    assert float(figures["estimate_at_completion"]) == 2_221_838.19  # by category, as the rules on costs use it


def test_the_demonstration_s_values_are_those_of_a_plain_computation(demo):
    """Exact fractions, a task at a time: effort of people, budgets, elapsed baseline days, percent complete."""
    rows, calendar = demo.project.rows, demo.calendar
    people = {row.resource_id: row for row in rows.resources if row.kind == "person"}
    tasks = [row for row in rows.plan if row.kind == "task"]
    efforts = {}
    for row in tasks:
        uses = [use.split(":") for use in (row.resource_use or "").split(";") if use]
        crew = [
            Fraction(int(share.strip("%")), 100) * Fraction(people[name].cost_rate)
            for name, share in uses
            if name in people
        ]
        efforts[row.task_id] = Fraction(row.duration) * sum(crew)
    pool = sum(row.planned_amount for row in rows.costs if row.task_id is None and row.category != "risk_reserve")
    planned = earned = Fraction(0)
    for row in tasks:
        own = sum(cost.planned_amount for cost in rows.costs if cost.task_id == row.task_id)
        budget = Fraction(own) + Fraction(pool) * efforts[row.task_id] / sum(efforts.values())
        days = calendar.count(row.baseline_start, row.baseline_finish)
        planned += budget * min(1, Fraction(calendar.count(row.baseline_start, STATUS_DATE), days))
        earned += budget * Fraction(str(row.percent_complete)) / 100
    value = performance_of(demo, "PRJ-001").value
    assert float(value.planned) == pytest.approx(float(planned), abs=0.5)
    assert float(value.earned) == pytest.approx(float(earned), abs=0.5)
    assert value.actual == sum(row.actual_amount for row in rows.costs)


def test_the_command_loads_nothing_heavy():
    heavy = ("numpy", "openpyxl", "xlsxwriter", "docx")
    code = f"import sys, automation.commands.earned_value; assert not set({heavy}) & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True)
