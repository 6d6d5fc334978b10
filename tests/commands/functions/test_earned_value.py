"""Earned value in cells: ranges of every shape, blank cells, printed answers, and the sentences about the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.commands.functions.formulas import computed, facts, one, table
from tests.planning.test_earned_value import PRINTED, rows

FORMULAS = table("""
=DB_PV({100;200;300}, {100;50;0}) -> 200
=DB_EV({100,200,300}, {100,50,0}) -> 200
=DB_EV({100,200;300,400}, {100,0;0,50}) -> 300
=DB_EV({100;"";300}, {100;50;""}) -> 100
=DB_EV({100;200}, 50) -> 150
=DB_EV(100, 12.5) -> 12.5
=DB_EV({"1,000";"200"}, {"50";"50"}) -> 600
=DB_EV({100;200;""}, {50;50}) -> 150
=DB_AC({0.1;0.2}) -> 0.3
=DB_AC({"";""}) ->
=DB_EV({"";""}, {50;50}) ->
=DB_EAC({"";""}, {50;50}, {1;2}) ->
=DB_EAC({100;200}, {100;25}, {90;70}, "combined", {100;50}) -> 373.333
=DB_EAC({100;200}, {100;25}, {90;70}, "典型") -> 320
=DB_EAC({100;200}, {100;25}, {90;70}, "", "") -> 320
=DB_ETC({100;200}, {100;25}, {90;70}, "非典型") -> 150
=DB_VAC({100;200}, {100;25}, {90;70}, "Atypical") -> -10
=DB_TCPI({100;200}, {100;25}, {90;70}, 400) -> 0.625
=DB_TCPI({100;200}, {100;25}, {90;70}, "bac") -> 1.07143
=DB_TCPI({100;200}, {100;100}, {900;70}) -> 0
=DB_EV({100;200}, {50;50;50}) -> #预算有 2 个单元格，百分比有 3 个，请选择同样大小的区域
=DB_EV({100;200;300}, {50;50}) -> #预算有 3 个单元格，百分比有 2 个，请选择同样大小的区域
=DB_EV({100;200}, {50;150}) -> #第 2 个百分比是 150，请填写 0 至 100 之间的数字，例如 40 表示 40%
=DB_EV({100;200}, {-1;50}) -> #第 1 个百分比是 -1，请填写 0 至 100 之间的数字，例如 40 表示 40%
=DB_EV({100;"two"}, {50;50}) -> #不是数字：“two”，请输入数字，例如 5
=DB_SPI({100;200}, {100;25}, {0;0}) -> #计划价值 PV 为 0，SPI 无法计算，请检查计划百分比
=DB_CPI({100;200}, {100;25}, {0;""}) -> #实际成本 AC 为 0，CPI 无法计算，请先登记成本
=DB_EAC({100;200}, {0;0}, {90;70}) -> #挣值 EV 或实际成本 AC 为 0，尚不能按绩效推算，请改用非典型（atypical）
=DB_EAC({100;200}, {100;25}, {90;70}, "combined") -> #综合（combined）方法需要第五个参数：计划百分比区域
=DB_EAC({100;200}, {100;25}, {90;70}, "combined", {0;0}) -> #计划价值 PV 为 0，SPI 无法计算，请检查计划百分比
=DB_EAC({100;200}, {100;25}, {90;70}, "best") -> #方法无法识别：“best”，请用典型（typical）、非典型（atypical）或综合（combined）
=DB_TCPI({100;200}, {100;25}, {300;70}) -> #目标金额已用完，请改用更高的目标，例如 EAC
=DB_TCPI({100;200}, {100;25}, {90;70}, "much") -> #不是数字：“much”，请输入数字，例如 5
""")
BY_FIGURE = {
    "CV": ("DB_CV", "AC"),
    "SV": ("DB_SV", "PV"),
    "CPI": ("DB_CPI", "AC"),
    "SPI": ("DB_SPI", "PV"),
    "EAC": ("DB_EAC", "AC"),
    "VAC": ("DB_VAC", "AC"),
    "ATYP": ("DB_EAC", "AC"),
    "TCPI": ("DB_TCPI", "AC"),
}


@pytest.mark.parametrize(("formula", "result"), FORMULAS, ids=[formula for formula, _ in FORMULAS])
def test_a_formula_gives(formula, result):
    assert computed(formula) == result


@pytest.mark.parametrize(
    "row",
    [row for row in rows(PRINTED) if row["figure"] in BY_FIGURE],
    ids=lambda row: f"{row['case']}-{row['figure']}",
)
def test_a_printed_answer_comes_out_of_the_cells(row):
    """The book prints sums, so the whole project is one row whose percentages give them."""
    name, third = BY_FIGURE[row["figure"]]
    budget, percent = float(row["BAC"]), 100 * float(row["EV"]) / float(row["BAC"])
    last = float(row["AC"]) if third == "AC" else 100 * float(row["PV"]) / float(row["BAC"])
    method = ("atypical",) if row["figure"] == "ATYP" else ()
    digits = len(row["printed"].partition(".")[2])
    assert round(one(name, budget, percent, last, *method), digits) == float(row["printed"])


def test_errors_come_in_the_language_of_the_workbook():
    assert computed("=DB_CPI(100, 50, 0)", facts("en")) == "#AC is 0, so there is no CPI; enter the actual cost first"
    assert computed("=DB_EV({1;2;3}, {50;50})", facts("en")) == (
        "#3 cells of budget but 2 of percentages; choose ranges of one size"
    )


# Laws

MONEY = st.integers(1, 10**11).map(lambda cents: cents / 100)
PERCENT = st.integers(1, 99).map(float)
TASKS = st.lists(st.tuples(MONEY, PERCENT, PERCENT, MONEY), min_size=1, max_size=6)


def column(tasks, number):
    return [[task[number]] for task in tasks]


def figure(name, tasks, *numbers):
    return one(name, *(column(tasks, number) for number in numbers))


@given(TASKS)
def test_variances_indices_and_forecasts_agree_with_the_sums(tasks):
    planned, earned, actual = figure("DB_PV", tasks, 0, 2), figure("DB_EV", tasks, 0, 1), figure("DB_AC", tasks, 3)
    scale = max(planned, earned, actual)
    assert figure("DB_SV", tasks, 0, 1, 2) == pytest.approx(earned - planned, abs=scale * 1e-12)
    assert figure("DB_CV", tasks, 0, 1, 3) == pytest.approx(earned - actual, abs=scale * 1e-12)
    assert figure("DB_SPI", tasks, 0, 1, 2) == pytest.approx(earned / planned)
    assert figure("DB_CPI", tasks, 0, 1, 3) == pytest.approx(earned / actual)
    forecast, budget = figure("DB_EAC", tasks, 0, 1, 3), figure("DB_AC", tasks, 0)
    scale = max(forecast, budget)
    assert figure("DB_ETC", tasks, 0, 1, 3) == pytest.approx(forecast - actual, abs=scale * 1e-12)
    assert figure("DB_VAC", tasks, 0, 1, 3) == pytest.approx(budget - forecast, abs=scale * 1e-12)


@given(TASKS)
def test_the_index_needed_for_the_forecast_is_the_index_so_far(tasks):
    needed = one("DB_TCPI", column(tasks, 0), column(tasks, 1), column(tasks, 3), "EAC")
    assert needed == pytest.approx(figure("DB_CPI", tasks, 0, 1, 3))


@given(TASKS, st.randoms())
def test_the_order_of_the_tasks_does_not_matter(tasks, random):
    shuffled = random.sample(tasks, len(tasks))
    assert figure("DB_EAC", shuffled, 0, 1, 3) == pytest.approx(figure("DB_EAC", tasks, 0, 1, 3), rel=1e-14)


@given(TASKS)
def test_rows_and_columns_and_blank_rows_give_the_same(tasks):
    as_row = one("DB_EV", [[task[0] for task in tasks]], [[task[1] for task in tasks]])
    padded = [*tasks, (None, None, None, None)]
    assert as_row == figure("DB_EV", padded, 0, 1) == figure("DB_EV", tasks, 0, 1)
