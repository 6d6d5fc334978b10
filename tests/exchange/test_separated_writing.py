"""CSV that is read back as it was, and in which no cell is run by a spreadsheet."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.exchange.separated_writing import BEGINS_FORMULA, harmless, separated


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1", "=cmd|' /C calc'!A0", "+SUM(A1)", "-2+3", "@SUM(1)", "\t=1", " =1", "\u3000＝1", "＋1+1", "\r=1",
        "\n=1", "|calc", "%0A=1", "\ufeff=1", "-x",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-5", "+3.5", "-12.5%", "-1,234.50", "2026-06-12", "T-001", "a=b", "会议", "'=1"])
def test_numbers_and_texts_stay_as_they_are(cell):
    assert harmless(cell) == cell


CELLS = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5))
def test_rows_come_back_but_for_apostrophes(rows):
    data = separated(rows)
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read == [[harmless(cell) for cell in row] for row in rows]
    for row in read:
        for cell in row:
            begin = cell.lstrip(" \u00a0\u3000\ufeff")
            assert begin[:1] not in set(BEGINS_FORMULA) or cell.strip().lstrip("+-").rstrip("%")[:1].isdigit()


def test_the_mark_of_utf_8_is_there_only_where_wanted():
    assert separated([["甲"]]) == b'\xef\xbb\xbf"\xe7\x94\xb2"\r\n'
    assert separated([["甲"]], mark=False) == b'"\xe7\x94\xb2"\r\n'
