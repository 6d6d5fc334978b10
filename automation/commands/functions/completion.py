"""Worksheet functions on what work will have cost at its end: estimates, variance and the index that the rest needs.

Not here: the formulas (``planning.earned_value``), the reading of the ranges (``amounts``) and what has been earned
(``earned_value``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.functions.amounts import decimal, sums
from automation.commands.functions.cells import InputError, is_blank, number_in, text_in
from automation.commands.functions.earned_value import ACTUAL, BUDGET, FIGURES, NO_PLANNED, PERCENT, answered, entry
from automation.commands.functions.record import Argument, Function
from automation.model.spelling import fold
from automation.planning.earned_value import Outlook

if TYPE_CHECKING:
    from decimal import Decimal

    from automation.commands.functions.cells import Block
    from automation.commands.functions.facts import BookFacts
    from automation.planning.earned_value import EarnedValue

METHODS: tuple[tuple[Outlook, Text], ...] = (
    (Outlook.TYPICAL, Text("典型", "typical")),
    (Outlook.ATYPICAL, Text("非典型", "atypical")),
    (Outlook.COMBINED, Text("综合", "combined")),
)
_METHODS = {fold(text): outlook for outlook, name in METHODS for text in name}
_NO_PROGRESS = Text(
    "挣值 EV 或实际成本 AC 为 0，尚不能按绩效推算，请改用非典型（atypical）",
    "EV or AC is 0, so performance says nothing yet; use the method atypical",
)
_SPENT = Text(
    "目标金额已用完，请改用更高的目标，例如 EAC", "The target is already spent; choose a higher one, such as EAC"
)


def at_completion(
    _facts: BookFacts,
    budget: Block,
    percent_complete: Block,
    actual: Block,
    method: Block | None = None,
    planned: Block | None = None,
) -> Block:
    """EAC by one of three outlooks; the combined one needs the planned percentages."""
    return answered(budget, lambda: _forecast(budget, percent_complete, actual, method, planned)[1])


def to_complete(
    _facts: BookFacts,
    budget: Block,
    percent_complete: Block,
    actual: Block,
    method: Block | None = None,
    planned: Block | None = None,
) -> Block:
    """ETC = EAC - AC."""

    def compute() -> Decimal:
        value, forecast = _forecast(budget, percent_complete, actual, method, planned)
        return forecast - value.actual

    return answered(budget, compute)


def variance_at_completion(
    _facts: BookFacts,
    budget: Block,
    percent_complete: Block,
    actual: Block,
    method: Block | None = None,
    planned: Block | None = None,
) -> Block:
    """VAC = BAC - EAC."""

    def compute() -> Decimal:
        value, forecast = _forecast(budget, percent_complete, actual, method, planned)
        return value.budget - forecast

    return answered(budget, compute)


def to_complete_index(
    _facts: BookFacts, budget: Block, percent_complete: Block, actual: Block, target: Block | None = None
) -> Block:
    """TCPI = (BAC - EV) / (target - AC), the target being BAC, EAC or an amount."""

    def compute() -> Decimal | None:
        value = sums(budget, percent_complete, actual=actual)
        return value.to_complete_index(_target(value, target))

    return answered(budget, compute, _SPENT)


def _forecast(
    budget: Block,
    percent_complete: Block,
    actual: Block,
    method: Block | None,
    planned: Block | None,
) -> tuple[EarnedValue, Decimal]:
    """The sums and the estimate at completion. Raises InputError."""
    outlook = _outlook(method)
    is_combined = outlook is Outlook.COMBINED
    if is_combined and planned is None:
        raise InputError(
            Text(
                "综合（combined）方法需要第五个参数：计划百分比区域",
                "The method combined needs the fifth argument: the range of planned percent",
            ),
            code="PLANNED_PERCENT",
        )
    value = sums(budget, percent_complete, actual=actual, planned=planned if is_combined else None)
    return value, _estimate(value, outlook)


def _estimate(value: EarnedValue, outlook: Outlook) -> Decimal:
    """The estimate at completion. Raises InputError when there is nothing to go by."""
    forecast = value.at_completion(outlook)
    if forecast is None:
        is_unplanned = outlook is Outlook.COMBINED and not value.planned
        raise InputError(NO_PLANNED if is_unplanned else _NO_PROGRESS, code="NO_RESULT")
    return forecast


def _outlook(method: Block | None) -> Outlook:
    text = "" if method is None else text_in(method[0][0])
    found = _METHODS.get(fold(text)) if text else Outlook.TYPICAL
    if found is None:
        raise InputError(
            Text(
                f"方法无法识别：“{text}”，请用典型（typical）、非典型（atypical）或综合（combined）",
                f"Not a method: “{text}”; type typical, atypical or combined",
            ),
            code="METHOD",
        )
    return found


def _target(value: EarnedValue, target: Block | None) -> Decimal:
    """The money within which everything is to be done. Raises InputError."""
    cell = None if target is None else target[0][0]
    name = fold(cell) if isinstance(cell, str) else ""
    if is_blank(cell) or name == "bac":
        return value.budget
    return _estimate(value, Outlook.TYPICAL) if name == "eac" else decimal(number_in(cell))


_METHOD = Argument(
    "method",
    Text(
        "对剩余工作的预期：typical 典型（默认）、atypical 非典型、combined 综合",
        "Outlook on the rest: typical (default), atypical or combined",
    ),
    optional=True,
)
_PLANNED_TOO = Argument(
    "planned_percent",
    Text("计划百分比区域，仅 combined 需要", "Range of planned percent, for combined only"),
    optional=True,
)
_TARGET = Argument(
    "target", Text("目标：BAC（默认）、EAC 或一个金额", "The target: BAC (default), EAC or an amount"), optional=True
)
_FORECAST = (BUDGET, PERCENT, ACTUAL, _METHOD, _PLANNED_TOO)
_NOTE_EAC = Text(
    "typical 为 BAC÷CPI，atypical 为 AC+(BAC−EV)，combined 为 AC+(BAC−EV)÷(CPI×SPI)。"
    "项目“完工估算”（C07，规则 CST-02）按成本类别计算，与此不同。",
    "typical is BAC÷CPI, atypical is AC+(BAC−EV), combined is AC+(BAC−EV)÷(CPI×SPI). "
    "A project's estimate at completion (C07, rule CST-02) goes by cost category and differs.",
)

FUNCTIONS: tuple[Function, ...] = (
    entry(
        "DB_EAC",
        at_completion,
        Text("完工估算 EAC，默认 BAC ÷ CPI", "Estimate at completion, by default BAC / CPI"),
        _FORECAST,
        (FIGURES, "320"),
        (f'{FIGURES}, "atypical"', "310"),
    ),
    entry(
        "DB_ETC",
        to_complete,
        Text("完工尚需估算 ETC = EAC − AC", "Estimate to complete: EAC - AC"),
        _FORECAST,
        (FIGURES, "160"),
    ),
    entry(
        "DB_VAC",
        variance_at_completion,
        Text(
            "完工偏差 VAC = BAC − EAC，负数表示将超预算", "Variance at completion: BAC - EAC, negative for an overrun"
        ),
        _FORECAST,
        (FIGURES, "-20"),
    ),
    entry(
        "DB_TCPI",
        to_complete_index,
        Text(
            "完工尚需绩效指数 TCPI = (BAC − EV) ÷ (目标 − AC)：剩余工作须达到的 CPI",
            "To-complete performance index: (BAC - EV) / (target - AC), the CPI that the rest needs",
        ),
        (BUDGET, PERCENT, ACTUAL, _TARGET),
        ("{100;200}, {100;25}, {90;60}", "1"),
        ('{100;200}, {100;25}, {90;70}, "EAC"', "0.9375"),
    ),
)
