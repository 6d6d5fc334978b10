"""Amounts as documents print them; the capitals after the People's Bank's annex."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.commands.document.amounts import MOST, capitals, in_capitals, money
from tests.documents import source_of
from tests.tables import project_of

PROJECT = """
projects
 project_id | name
 PRJ-001 | A
"""

ANNEX = """
1409.50 人民币壹仟肆佰零玖元伍角
6007.14 人民币陆仟零柒元壹角肆分
1680.32 人民币壹仟陆佰捌拾元零叁角贰分
107000.53 人民币壹拾万柒仟元零伍角叁分
16409.02 人民币壹万陆仟肆佰零玖元零贰分
325.04 人民币叁佰贰拾伍元零肆分
"""
"""The examples printed in annex 1 of 支付结算办法, paragraph 4."""

MORE = """
320000 人民币叁拾贰万元整
2480000 人民币贰佰肆拾捌万元整
0 人民币零元整
0.05 人民币伍分
0.50 人民币伍角
10 人民币壹拾元整
10.05 人民币壹拾元零伍分
100500 人民币壹拾万零伍佰元整
1000500 人民币壹佰万零伍佰元整
20003 人民币贰万零叁元整
1050000000 人民币壹拾亿伍仟万元整
100005000 人民币壹亿零伍仟元整
100000000 人民币壹亿元整
1000000000000 人民币壹万亿元整
1000100000000 人民币壹万零壹亿元整
9999999999999999.99 人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分
-1200.30 人民币负壹仟贰佰元零叁角
-0.001 人民币零元整
0.005 人民币壹分
99.995 人民币壹佰元整
"""


@pytest.mark.parametrize("line", (ANNEX + MORE).split("\n"))
def test_capitals_are_those_of_the_annex(line):
    if line:
        amount, text = line.split()
        assert capitals(Decimal(amount)) == text


def read(text):
    """The amount that capitals mean, read from the left as a clerk does."""
    body = text.removeprefix("人民币")
    sign = -1 if body.startswith("负") else 1
    body = body.removeprefix("负").removesuffix("整")
    digits = "零壹贰叁肆伍陆柒捌玖"
    yuan, _, rest = body.partition("元") if "元" in body else ("", "", body)
    cents = 0
    for digit, unit in zip(rest.replace("零", "")[::2], rest.replace("零", "")[1::2], strict=True):
        cents += digits.index(digit) * {"角": 10, "分": 1}[unit]
    total = part = digit = 0
    for one in yuan:
        if one in digits:
            digit = digits.index(one)
        elif one in "拾佰仟":
            part += digit * {"拾": 10, "佰": 100, "仟": 1000}[one]
            digit = 0
        elif one == "万":
            total += (part + digit) * 10_000
            part = digit = 0
        else:
            total = (total + part + digit) * 100_000_000
            part = digit = 0
    return sign * (Decimal(total + part + digit) + Decimal(cents) / 100)


@given(st.decimals(-MOST + 1, MOST - 1, places=2) | st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100))
def test_reading_the_capitals_gives_the_amount(amount):
    text = capitals(amount)
    assert read(text) == amount
    assert "零零" not in text
    assert text.endswith("整") == (amount % 1 == 0)


def test_from_ten_quadrillion_on_there_are_no_capitals():
    with pytest.raises(ValueError, match="1000"):
        capitals(MOST)
    assert in_capitals(source_of(project_of(PROJECT)), MOST) == ""


def test_money_stands_with_its_currency_and_thousands():
    chinese, english = (source_of(project_of(PROJECT), language) for language in ("zh", "en"))
    dollars = source_of(project_of(PROJECT), named={"currency": "USD"})
    assert money(chinese, Decimal(320000)) == "¥320,000.00"
    assert money(chinese, Decimal("-0.5")) == "-¥0.50"
    assert money(english, Decimal("1234567.895")) == "CNY 1,234,567.90"
    assert money(dollars, Decimal(-5)) == "USD -5.00"
    assert money(chinese, None) == "—"


def test_capitals_stand_in_chinese_documents_in_yuan_only():
    amount = Decimal(320000)
    assert in_capitals(source_of(project_of(PROJECT)), amount) == "人民币叁拾贰万元整"
    assert in_capitals(source_of(project_of(PROJECT), "en"), amount) == ""
    assert in_capitals(source_of(project_of(PROJECT), named={"currency": "USD"}), amount) == ""
    assert in_capitals(source_of(project_of(PROJECT)), None) == ""
