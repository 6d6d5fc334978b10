"""Worksheet functions on earned value: sums, variances and indices of ranges with one cell a task.

Not here: the formulas (``planning.earned_value``), the reading of the ranges (``amounts``) and forecasts
(``completion``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import EMPTY, Text
from automation.commands.functions.amounts import share, sums, total
from automation.commands.functions.cells import InputError, flat, is_blank
from automation.commands.functions.record import Argument, Example, Function

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from automation.commands.functions.cells import Block
    from automation.commands.functions.facts import BookFacts

NO_PLANNED = Text(
    "计划价值 PV 为 0，SPI 无法计算，请检查计划百分比", "PV is 0, so there is no SPI; check the planned percent"
)
_NO_ACTUAL = Text(
    "实际成本 AC 为 0，CPI 无法计算，请先登记成本", "AC is 0, so there is no CPI; enter the actual cost first"
)


def planned_value(_facts: BookFacts, budget: Block, planned_percent: Block) -> Block:
    """PV: the sum of budget x planned percent."""
    return answered(budget, lambda: share(budget, planned_percent))


def earned(_facts: BookFacts, budget: Block, percent_complete: Block) -> Block:
    """EV: the sum of budget x percent complete."""
    return answered(budget, lambda: share(budget, percent_complete))


def actual_cost(_facts: BookFacts, actual: Block) -> Block:
    """AC: the sum of actual costs."""
    return answered(actual, lambda: total(actual))


def schedule_variance(_facts: BookFacts, budget: Block, percent_complete: Block, planned: Block) -> Block:
    """SV = EV - PV."""
    return answered(budget, lambda: sums(budget, percent_complete, planned=planned).schedule_variance)


def cost_variance(_facts: BookFacts, budget: Block, percent_complete: Block, actual: Block) -> Block:
    """CV = EV - AC."""
    return answered(budget, lambda: sums(budget, percent_complete, actual=actual).cost_variance)


def schedule_index(_facts: BookFacts, budget: Block, percent_complete: Block, planned: Block) -> Block:
    """SPI = EV / PV."""
    return answered(budget, lambda: sums(budget, percent_complete, planned=planned).schedule_index, NO_PLANNED)


def cost_index(_facts: BookFacts, budget: Block, percent_complete: Block, actual: Block) -> Block:
    """CPI = EV / AC."""
    return answered(budget, lambda: sums(budget, percent_complete, actual=actual).cost_index, _NO_ACTUAL)


def answered(budget: Block, compute: Callable[[], Decimal | None], lacking: Text = EMPTY) -> Block:
    """The one cell of a result: blank where nothing is budgeted. Raises InputError when nothing can be computed."""
    if all(map(is_blank, flat(budget))):
        return [[None]]
    result = compute()
    if result is None:
        raise InputError(lacking, code="NO_RESULT")
    return [[float(result)]]


def entry(
    name: str,
    run: Callable[..., Block],
    words: Text,
    arguments: tuple[Argument, ...],
    *examples: tuple[str, str],
    note: Text = EMPTY,
) -> Function:
    """A function on earned value; its examples are arguments and result."""
    shown = tuple(Example(f"={name}({given})", result) for given, result in examples)
    return Function(name, "earned_value", words, arguments, run, shown, note)


BUDGET = Argument("budget", Text("预算区域，每个任务一个单元格", "Range of budgets, one cell a task"))
PERCENT = Argument("percent_complete", Text("完成百分比区域，0 至 100", "Range of percent complete, 0 to 100"))
_PLANNED = Argument("planned_percent", Text("计划百分比区域，0 至 100", "Range of planned percent, 0 to 100"))
ACTUAL = Argument("actual_cost", Text("实际成本区域", "Range of actual costs"))
FIGURES = "{100;200}, {100;25}, {90;70}"

FUNCTIONS: tuple[Function, ...] = (
    entry(
        "DB_PV",
        planned_value,
        Text("计划价值 PV = Σ 预算 × 计划百分比", "Planned value: the sum of budget x planned percent"),
        (BUDGET, _PLANNED),
        ("{100;200}, {100;50}", "200"),
    ),
    entry(
        "DB_EV",
        earned,
        Text("挣值 EV = Σ 预算 × 完成百分比", "Earned value: the sum of budget x percent complete"),
        (BUDGET, PERCENT),
        ("{100;200}, {100;25}", "150"),
    ),
    entry(
        "DB_AC",
        actual_cost,
        Text("实际成本 AC = Σ 实际成本", "Actual cost: the sum of actual costs"),
        (ACTUAL,),
        ("{90;70}", "160"),
    ),
    entry(
        "DB_SV",
        schedule_variance,
        Text("进度偏差 SV = EV − PV，负数表示落后", "Schedule variance: EV - PV, negative when behind"),
        (BUDGET, PERCENT, _PLANNED),
        ("{100;200}, {100;25}, {100;50}", "-50"),
    ),
    entry(
        "DB_CV",
        cost_variance,
        Text("成本偏差 CV = EV − AC，负数表示超支", "Cost variance: EV - AC, negative when over cost"),
        (BUDGET, PERCENT, ACTUAL),
        (FIGURES, "-10"),
    ),
    entry(
        "DB_SPI",
        schedule_index,
        Text("进度绩效指数 SPI = EV ÷ PV，小于 1 表示落后", "Schedule performance index: EV / PV, below 1 when behind"),
        (BUDGET, PERCENT, _PLANNED),
        ("{100;200}, {100;25}, {100;50}", "0.75"),
    ),
    entry(
        "DB_CPI",
        cost_index,
        Text("成本绩效指数 CPI = EV ÷ AC，小于 1 表示超支", "Cost performance index: EV / AC, below 1 when over cost"),
        (BUDGET, PERCENT, ACTUAL),
        (FIGURES, "0.9375"),
    ),
)
