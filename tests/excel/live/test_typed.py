"""What is handed to Excel: texts stay texts, and cells formatted as text are told apart."""

from __future__ import annotations

import pytest

from automation.excel.areas import Area
from automation.excel.live.actions import PutValues
from automation.excel.live.typed import numbers_as_text, typed_values


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+49",
        "-x",
        "@x",
        "'x",
        "007",
        "1/2",
        "3月2日",
        "三月二日",
        "TRUE",
        "wahr",
        "false",
        "#N/A",
        "5%",
        "10:30",
        " =1",
    ],
)
def test_a_text_that_excel_would_take_for_something_else_gets_an_apostrophe(text):
    action = PutValues("S", Area(1, 1, 1, 1), ((text,),), (("General",),))
    assert typed_values(action) == [[f"'{text}"]]


def test_other_texts_and_values_are_handed_over_as_they_are():
    row = ("设备数据自动采集，含报警", "王志强", "two words", "7" * 401, None, 1.5, True)
    action = PutValues("S", Area(1, 1, 1, 7), (row,), (("General",) * 7,))
    assert typed_values(action) == [list(row)]
    assert numbers_as_text(action) == ()


def test_cells_formatted_as_text_keep_texts_and_need_general_for_the_rest():
    row = ("=1+1", "'x", 1.0, True, None)
    action = PutValues("S", Area(4, 2, 4, 6), (row,), (("@",) * 5,))
    assert typed_values(action) == [["=1+1", "''x", 1.0, True, None]]
    assert numbers_as_text(action) == ((4, 3), (4, 4), (4, 5))
