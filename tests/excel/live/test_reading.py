"""An open workbook is read as its closed file is: every kind of number, format and date system, against the file reader."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from automation.base.records import replace
from automation.excel.areas import Area
from automation.excel.live.reading import raw_of
from automation.excel.live.state import LiveBook, LiveSheet
from automation.excel.reader import read
from automation.model.tables import CellError, RawSheet
from tests.excel.contract import contract_book
from tests.excel.live.paper import taken
from tests.excel.master.built import filled

DAY, MOMENT, CLOCK, SPAN = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "h:mm", "[h]:mm"
FORMATS = [
    "General",
    "0.00",
    "@",
    DAY,
    MOMENT,
    CLOCK,
    SPAN,
    "mm:ss.0",
    "m/d/yyyy",
    '[$-804]yyyy"年"m"月"d"日"',
    "aaaa",
    "e",
]
PIECES = [
    *"dmyhsaAPpeg/;0#. :-年",
    '"d;"',
    '"',
    "\\d",
    "_d",
    "*d",
    "[Red]",
    "[h]",
    "[mm]",
    "[$-804]",
    "[>1]",
    "AM/PM",
    "General",
    "E+",
]
CODES = st.one_of(
    st.sampled_from(FORMATS),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map("".join).filter(str.strip),
)
LAST = 2_958_465
NUMBERS = st.one_of(
    st.integers(-5, 100).map(float),
    st.integers(0, LAST + 5).map(float),
    st.floats(-3, 3),
    st.floats(0, LAST + 2),
    st.integers(0, 200_000).map(lambda minutes: minutes / 1440),
    st.sampled_from([0.0, 1.0, 59.0, 60.0, 60.5, 61.0, LAST - 1462.0, LAST - 1461.0, float(LAST), LAST + 1.0]),
    st.sampled_from([0.9999999999, 59.9999999999, 60.9999999999, LAST + 0.999999999, LAST - 1462 + 0.999999999]),
).map(lambda number: float(f"{number:.16G}"))  # as many digits as XlsxWriter writes


def book_of(values, formats=None, formulas=None, *, at=(1, 1), date_1904=False):
    """An open workbook of one sheet."""
    top, left = at
    area = Area(top, left, top + len(values) - 1, left + len(values[0]) - 1)
    formats = formats or [["General"] * len(values[0])] * len(values)
    formulas = formulas or [[None] * len(values[0])] * len(values)
    return LiveBook("b.xlsx", "", (LiveSheet("S", area, values, formulas, formats),), date_1904=date_1904)


def one(number, code, *, date_1904=False):
    """What a number in a cell of a format is read as."""
    return raw_of(book_of([[number]], [[code]], date_1904=date_1904)).sheets[0].rows[0][0]


@settings(max_examples=60, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.tuples(NUMBERS, CODES), min_size=1, max_size=40), st.booleans())
def test_a_number_in_any_format_is_read_as_in_the_file(cells, is_1904):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "b.xlsx"
        book = xlsxwriter.Workbook(str(path), {"date_1904": is_1904})
        sheet = book.add_worksheet("S")
        for row, (number, code) in enumerate(cells):
            sheet.write_number(row, 0, number, book.add_format({"num_format": code}))
        book.close()
        (expected,) = read(path).sheets
    live = book_of([[number] for number, _ in cells], [[code] for _, code in cells], date_1904=is_1904)
    (found,) = raw_of(live).sheets
    assert [(row[0], type(row[0])) for row in found.rows] == [(row[0], type(row[0])) for row in expected.rows]


def test_a_whole_workbook_is_read_as_its_file(tmp_path):
    path = contract_book(tmp_path / "b.xlsx")
    assert raw_of(taken(path)).sheets == read(path).sheets


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_master_workbook_is_read_as_its_file(tmp_path, language):
    path = tmp_path / "b.xlsx"
    path.write_bytes(filled(language))
    assert raw_of(taken(path)).sheets == read(path).sheets


@pytest.mark.parametrize(
    ("number", "code", "expected"),
    [
        (46083.0, DAY, dt.date(2026, 3, 2)),
        (46083.0, MOMENT, dt.date(2026, 3, 2)),
        (46083.25, DAY, dt.datetime(2026, 3, 2, 6, 0)),
        (0.395833333333333, CLOCK, "09:30"),
        (0.395844907407407, CLOCK, "09:30:01"),
        (0.9999999999, CLOCK, "00:00"),
        (LAST + 0.999999999, DAY, LAST + 0.999999999),
        (1.5, SPAN, 1.5),
        (1e305, SPAN, 1e305),
        (1e305, DAY, 1e305),
        (0.25, DAY, 0.25),
        (-1.0, DAY, -1.0),
        (46083.0, "#,##0.00", 46083.0),
        (46083.0, '0"天"', 46083.0),
    ],
)
def test_the_number_format_says_what_a_number_is(number, code, expected):
    found = one(number, code)
    assert (found, type(found)) == (expected, type(expected))


def test_the_date_system_of_the_workbook_counts():
    assert one(44621.0, DAY, date_1904=True) == dt.date(2026, 3, 2)


def test_empty_rows_and_columns_around_are_left_out_and_places_kept():
    blank = [None, None, None, None]
    live = book_of([blank, [None, "a", "", None], blank, [None, "", True, None], ["", None, None, None]], at=(3, 2))
    assert raw_of(live).sheets == (RawSheet("S", [["a", None], [None, None], [None, True]], 4, 3),)


def test_the_empty_result_of_a_formula_is_an_empty_cell_that_is_there():
    live = book_of([["a", "", ""]], formulas=[[None, None, '=""']])
    assert raw_of(live).sheets == (RawSheet("S", [["a", None, None]]),)


@pytest.mark.parametrize("cells", [[[None]], [[""]]])
def test_a_sheet_without_cells_has_no_rows(cells):
    assert raw_of(book_of(cells)).sheets == (RawSheet("S", []),)


def test_errors_stay_errors_whatever_the_format():
    assert one(CellError("#N/A"), DAY) == CellError("#N/A")


def test_the_digest_is_the_same_as_long_as_no_value_changes():
    live = book_of([["a", 1.0], [None, True]])
    wider = book_of([["a", 1.0, None], [None, True, ""]])
    assert raw_of(live).digest == raw_of(wider).digest
    assert len(raw_of(live).digest) == 64
    for other in ([["a", 2.0], [None, True]], [["a", 1.0], [None, 1.0]], [["a", "1.0"], [None, True]]):
        assert raw_of(book_of(other)).digest != raw_of(live).digest
    assert raw_of(book_of([["a", 1.0], [None, True]], at=(2, 1))).digest != raw_of(live).digest


def test_the_path_is_the_name_when_the_workbook_was_never_saved():
    live = book_of([[1.0]])
    assert raw_of(live).path == "b.xlsx"
    assert raw_of(replace(live, path="https://example.org/b.xlsx")).path == "https://example.org/b.xlsx"
