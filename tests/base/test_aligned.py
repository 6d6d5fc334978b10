"""Columns of text, aligned as a terminal shows Chinese."""

from automation.base.aligned import aligned, width


def test_chinese_takes_two_columns():
    assert aligned([("日期", "数"), ("2026-06-12", "5")]) == ["日期        数", "2026-06-12   5"]
    assert width("日期 a") == 6


def test_nothing_stands_at_the_end_of_a_line():
    assert aligned([("a", ""), ("bb", "c")], left=(0, 1)) == ["a", "bb  c"]
