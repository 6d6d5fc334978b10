from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.model.tables import CellError, address, column_letters


@pytest.mark.parametrize(
    ("column", "letters"),
    [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (702, "ZZ"), (703, "AAA"), (16384, "XFD")],
)
def test_letters_of_columns(column, letters):
    assert column_letters(column) == letters


@given(st.integers(1, 16384), st.integers(1, 1048576))
def test_an_address_can_be_read_back(column, row):
    text = address(row, column)
    letters = text.rstrip("0123456789")
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    assert (number, int(text[len(letters) :])) == (column, row)


def test_an_error_value_reads_as_excel_shows_it():
    assert str(CellError("#REF!")) == "#REF!"
