"""Columns of budgets, percentages and costs into the sums of earned value.

One cell a task; blank cells count as 0, percentages go from 0 to 100. Not here: what is made of the sums
(``earned_value``).
"""

from __future__ import annotations

from decimal import Decimal
from itertools import zip_longest
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands.functions.cells import InputError, flat, number_in
from automation.planning.earned_value import EarnedValue, share_of

if TYPE_CHECKING:
    from automation.commands.functions.cells import Block

WHOLE = 100
NOTHING = Decimal(0)


def sums(
    budget: Block, percent_complete: Block, *, actual: Block | None = None, planned: Block | None = None
) -> EarnedValue:
    """The four sums; what is not given counts as nothing. Raises InputError."""
    return EarnedValue(
        budget=total(budget),
        planned=NOTHING if planned is None else share(budget, planned),
        earned=share(budget, percent_complete),
        actual=NOTHING if actual is None else total(actual),
    )


def total(block: Block) -> Decimal:
    """The sum of the cells of a block. Raises InputError."""
    return sum(map(decimal, _numbers(block)), NOTHING)


def share(amounts: Block, percents: Block) -> Decimal:
    """The sum of amount x percent. One percentage goes with all amounts. Raises InputError."""
    known, shares = _numbers(amounts), _numbers(percents)
    if len(shares) == 1:
        shares *= len(known)
    parts = list(zip_longest(known, shares))
    for number, (amount, percent) in enumerate(parts, 1):
        if percent is not None and not 0 <= percent <= WHOLE:
            raise InputError(_no_percent(number, percent), code="PERCENT")
        if number > min(len(known), len(shares)) and (amount is not None or percent is not None):
            raise InputError(_sizes(len(known), len(shares)), code="SIZES")
    return share_of((decimal(amount), decimal(percent)) for amount, percent in parts)


def decimal(number: float | None) -> Decimal:
    """The number as it is shown, so that sums of cents are exact; nothing for a blank cell."""
    return NOTHING if number is None else Decimal(repr(number))


def _numbers(block: Block) -> list[float | None]:
    return [number_in(cell) for cell in flat(block)]


def _no_percent(number: int, percent: float) -> Text:
    return Text(
        f"第 {number} 个百分比是 {percent:g}，请填写 0 至 100 之间的数字，例如 40 表示 40%",
        f"Percentage {number} is {percent:g}; type a number from 0 to 100, such as 40 for 40%",
    )


def _sizes(amounts: int, percents: int) -> Text:
    return Text(
        f"预算有 {amounts} 个单元格，百分比有 {percents} 个，请选择同样大小的区域",
        f"{amounts} cells of budget but {percents} of percentages; choose ranges of one size",
    )
