"""Amounts of money as documents print them: with currency and thousands, and in Chinese capitals.

Not here: which amounts a document shows (each document's own module), and the short forms on pictures (``word.charts``).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from automation.commands.document.source import EMPTY

if TYPE_CHECKING:
    from automation.commands.document.source import Source

YUAN = "CNY"
MOST = Decimal(10) ** 16
"""Amounts below this can be written in capitals; the annex names no unit above 亿."""

_CENT = Decimal("0.01")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))


def money(source: Source, amount: Decimal | None) -> str:
    """An amount to the cent with thousands: ¥320,000.00, or CNY 320,000.00 in English; a dash when there is none.

    Other currencies stand with their code in both languages. Cents are rounded half up.
    """
    if amount is None:
        return EMPTY
    rounded = amount.quantize(_CENT, ROUND_HALF_UP)
    text = f"{abs(rounded):,.2f}"
    sign = "-" if rounded < 0 else ""
    if source.chinese and source.currency == YUAN:
        return f"{sign}¥{text}"
    return f"{source.currency} {sign}{text}".strip()


def in_capitals(source: Source, amount: Decimal | None) -> str:
    """The amount in capitals, for Chinese documents in yuan; empty for every other one, and without an amount."""
    if amount is None or not source.chinese or source.currency != YUAN or abs(amount) >= MOST:
        return ""
    return capitals(amount)


def capitals(amount: Decimal) -> str:
    """The amount in yuan in Chinese capitals, 人民币 first: 人民币壹仟肆佰零玖元伍角. Cents are rounded half up.

    After annex 1, paragraphs 1 to 4, of the People's Bank of China's 支付结算办法 (Yinfa 1997 No. 393): 整 closes an
    amount of whole yuan and nothing else; zeros between digits are one 零; no 零 between 万 or 亿 and a thousands digit;
    where the yuan digit is zero 零 stands before 角; where there are no 角 it stands before 分. Of the two forms that
    the annex allows in paragraph 4 (3) this is the first one of each example. Raises ValueError from 10^16 yuan on.
    """
    if abs(amount) >= MOST:
        raise ValueError(amount)
    cents = int((abs(amount) / _CENT).quantize(Decimal(1), ROUND_HALF_UP))
    yuan, rest = divmod(cents, 100)
    tenths, hundredths = divmod(rest, 10)
    head = "人民币" + ("负" if amount < 0 and cents else "") + (f"{_whole(yuan)}元" if yuan else "")
    if not rest:
        return f"{head}整" if yuan else f"{head}零元整"
    gap = "零" if yuan and (yuan % 10 == 0 or not tenths) else ""
    return head + gap + (f"{_DIGITS[tenths]}角" if tenths else "") + (f"{_DIGITS[hundredths]}分" if hundredths else "")


def _whole(number: int) -> str:
    """A whole number from 1 to 10^16 - 1 in capitals."""
    for size, unit in _UNITS:
        if number >= size:
            high, low = divmod(number, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _whole(high) + unit + gap + (_whole(low) if low else "")
    return _DIGITS[number]
