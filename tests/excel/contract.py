"""What every pair of a reader and a writer must do, closed file or workbook open in Excel: one class of tests for all.

A pair joins by a class that inherits ``ReaderWriterContract`` and a fixture ``opened``, which gives a function that
opens the workbook at a path and gives a ``Pair``. Only what both kinds of pair can do is asked: values, places, cells
changed, codes of refusals. Bytes are the file writer's own promise (``test_writer``, ``test_decorated``).
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

import pytest
import xlsxwriter

from automation.base.errors import WriteRefusedError
from automation.base.findings import Severity
from automation.model.effects import AppendRows, CellEdit, Marks, ReplaceRows
from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from automation.model.effects import BookEdit
    from automation.model.tables import Raw

LONG = "长" * 32_767


class Pair(Protocol):
    """A workbook that is open for reading and writing."""

    def read(self) -> Raw:
        """The workbook as it is now."""

    def write(self, edits: Sequence[BookEdit]) -> Mapping[str, Sequence[str]]:
        """The cells that changed, by sheet; raises WriteRefusedError and then has changed nothing."""


def contract_book(path: Path) -> Path:
    """The workbook that all pairs are given: a table at B3, cells of every kind, formulas, a merged range."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    tasks = book.add_worksheet("任务")
    columns = [{"header": "编号"}, {"header": "名称"}, {"header": "截止"}, {"header": "工时"}]
    tasks.add_table(2, 1, 4, 4, {"name": "tblTasks", "columns": columns})
    for number, row in enumerate([["T-1", "甲", dt.date(2026, 3, 2), 8], ["T-2", None, dt.date(2026, 3, 9), 2.5]]):
        tasks.write_row(3 + number, 1, row[:2])
        tasks.write_datetime(3 + number, 3, row[2], day)
        tasks.write(3 + number, 4, row[3])
    kinds = book.add_worksheet("各种")
    kinds.write("A1", "text")
    kinds.write("A2", 28)
    kinds.write("A3", True)
    kinds.write_datetime("A4", dt.date(2026, 3, 2), day)
    kinds.write_datetime("A5", dt.datetime(2026, 3, 2, 8, 30), moment)
    kinds.write_datetime("A6", dt.time(9, 30), book.add_format({"num_format": "hh:mm"}))
    kinds.write("A7", 1.5, book.add_format({"num_format": "[h]:mm"}))
    kinds.write_formula("A8", "=A2*2", None, 56)
    kinds.write_formula("A9", "=1/0", None, "#DIV/0!")
    kinds.write_array_formula("C1:C3", "{=A2*2}", None, 56)
    kinds.merge_range("E1:F2", "merged")
    hidden = book.add_worksheet("隐藏")
    hidden.write("B2", "there")
    hidden.hide()
    two = book.add_worksheet("两个表")
    two.add_table("A1:A3", {"name": "one"})
    two.add_table("C1:C3", {"name": "other"})
    total = book.add_worksheet("汇总")
    total.add_table("A1:A4", {"name": "summed", "total_row": True})
    below = book.add_worksheet("下方")
    below.add_table("A1:A3", {"name": "crowded"})
    below.write("A5", "note")
    book.close()
    return path


def cell(raw: Raw, sheet: str, row: int, column: int) -> object:
    """The value at a place that Excel would show under these numbers, ``None`` beyond what was read."""
    found = next(item for item in raw.sheets if item.name == sheet)
    down, across = row - found.first_row, column - found.first_column
    if not 0 <= down < len(found.rows) or not 0 <= across < len(found.rows[down]):
        return None
    return found.rows[down][across]


class ReaderWriterContract:
    """Inherit, give a fixture ``opened``, and every test below runs on that pair."""

    @pytest.fixture
    def opened(self) -> Callable[[Path], Pair]:
        """A function from a path to an open pair; the inheriting class must give its own."""
        raise NotImplementedError

    @pytest.fixture
    def pair(self, opened, tmp_path):
        return opened(contract_book(tmp_path / "book.xlsx"))

    def refusal(self, pair, *edits):
        before = pair.read().sheets
        with pytest.raises(WriteRefusedError) as caught:
            pair.write(edits)
        assert pair.read().sheets == before
        return caught.value.code

    def test_sheets_come_in_order_and_hidden_ones_too(self, pair):
        assert [sheet.name for sheet in pair.read().sheets] == ["任务", "各种", "隐藏", "两个表", "汇总", "下方"]

    def test_places_are_those_that_excel_shows(self, pair):
        raw = pair.read()
        assert cell(raw, "任务", 3, 2) == "编号"
        assert cell(raw, "任务", 5, 5) == 2.5
        assert cell(raw, "隐藏", 2, 2) == "there"

    @pytest.mark.parametrize(
        ("row", "value"),
        [
            (1, "text"),
            (2, 28.0),
            (3, True),
            (4, dt.date(2026, 3, 2)),
            (5, dt.datetime(2026, 3, 2, 8, 30)),
            (6, "09:30"),
            (7, 1.5),
            (8, 56.0),
            (9, CellError("#DIV/0!")),
        ],
    )
    def test_every_kind_of_value_is_read_as_what_it_is(self, pair, row, value):
        found = cell(pair.read(), "各种", row, 1)
        assert (found, type(found)) == (value, type(value))

    def test_an_empty_cell_is_none(self, pair):
        assert cell(pair.read(), "任务", 5, 3) is None

    @pytest.mark.parametrize(
        ("value", "found"),
        [
            ("文字 <&> \"'", "文字 <&> \"'"),
            ("=1+1", "=1+1"),
            ("+49 30", "+49 30"),
            ("007", "007"),
            ("2026-03-02", "2026-03-02"),
            (" two\nlines ", " two\nlines "),
            ("_x0041_", "_x0041_"),
            ("😀", "😀"),
            (LONG, LONG),
            (0, 0.0),
            (-7.25, -7.25),
            (1e-7, 1e-7),
            (1e15, 1e15),
            (Decimal("1980000.50"), 1_980_000.5),
            (True, True),
            (False, False),
            (None, None),
            ("", None),
        ],
        ids=lambda value: repr(value)[:24],
    )
    def test_what_is_written_is_read_back(self, pair, value, found):
        pair.write([CellEdit("各种", "A1", value)])
        assert cell(pair.read(), "各种", 1, 1) == found
        assert isinstance(cell(pair.read(), "各种", 1, 1), bool) == isinstance(found, bool)

    def test_a_date_goes_into_a_date_cell_only(self, pair):
        pair.write([CellEdit("各种", "A4", dt.date(2026, 5, 8))])
        assert cell(pair.read(), "各种", 4, 1) == dt.date(2026, 5, 8)
        assert self.refusal(pair, CellEdit("各种", "A2", dt.date(2026, 5, 8))) == "not-date-cell"

    def test_cells_that_are_not_there_yet_are_made(self, pair):
        pair.write([CellEdit("任务", "H40", "far"), CellEdit("任务", "A1", 1)])
        raw = pair.read()
        assert (cell(raw, "任务", 40, 8), cell(raw, "任务", 1, 1)) == ("far", 1.0)

    def test_the_cells_that_changed_are_told_and_no_others(self, pair):
        edits = [CellEdit("各种", "A2", 28), CellEdit("各种", "B2", 1), CellEdit("各种", "A1", "new")]
        assert {name: tuple(cells) for name, cells in pair.write(edits).items()} == {"各种": ("A1", "B2")}

    def test_the_same_edits_again_change_nothing(self, pair):
        edits = [
            CellEdit("各种", "A1", "new"),
            ReplaceRows("任务", (("T-9", "丙", dt.date(2026, 5, 8), 3),)),
            Marks("任务", {"B4": Severity.HIGH}),
        ]
        pair.write(edits)
        before = pair.read().sheets
        assert not any(pair.write(edits).values())
        assert pair.read().sheets == before

    def test_of_two_edits_to_one_cell_the_later_counts(self, pair):
        pair.write([CellEdit("各种", "A1", "one"), CellEdit("各种", "A1", "two")])
        assert cell(pair.read(), "各种", 1, 1) == "two"

    @pytest.mark.parametrize(
        ("edit", "code"),
        [
            (CellEdit("没有", "A1", 1), "unknown-sheet"),
            (CellEdit("各种", "A0", 1), "bad-address"),
            (CellEdit("各种", "A8", 1), "formula-cell"),
            (CellEdit("各种", "C1", 1), "array-formula"),
            (CellEdit("各种", "C2", 1), "spilled-cell"),
            (CellEdit("各种", "F2", 1), "merged-cell"),
            (CellEdit("任务", "B3", "Id"), "header-cell"),
            (CellEdit("各种", "A1", LONG + "字"), "text-too-long"),
            (CellEdit("各种", "A1", float("nan")), "bad-value"),
            (CellEdit("各种", "A1", 2**60 + 1), "bad-value"),
            (CellEdit("各种", "A4", dt.date(1899, 12, 31)), "date-out-of-range"),
            (AppendRows("各种", ({1: "x"},)), "no-table"),
            (AppendRows("两个表", ({1: "x"},)), "several-tables"),
            (AppendRows("汇总", ({1: "x"},)), "totals-row"),
            (AppendRows("下方", ({1: "x"}, {1: "y"})), "below-table"),
            (AppendRows("任务", ({9: "x"},)), "outside-table"),
            (ReplaceRows("任务", (("a", "b", None, 1, "too many"),)), "outside-table"),
        ],
        ids=lambda value: value if isinstance(value, str) else type(value).__name__,
    )
    def test_what_cannot_be_done_safely_is_refused_with_its_code(self, pair, edit, code):
        assert self.refusal(pair, edit) == code

    def test_one_refusal_stops_all_edits_of_the_call(self, pair):
        assert self.refusal(pair, CellEdit("各种", "A1", "fine"), CellEdit("各种", "A8", 1)) == "formula-cell"

    def test_rows_are_added_under_the_table_and_look_like_the_last(self, pair):
        due = dt.date(2026, 5, 8)
        pair.write([AppendRows("任务", ({2: "T-3", 4: due}, {2: "T-4", 3: "丁", 5: 1}))])
        raw = pair.read()
        assert [cell(raw, "任务", 6, column) for column in range(2, 6)] == ["T-3", None, due, None]
        assert [cell(raw, "任务", 7, column) for column in range(2, 6)] == ["T-4", "丁", None, 1.0]
        pair.write([AppendRows("任务", ({2: "T-5"},))])
        assert cell(pair.read(), "任务", 8, 2) == "T-5"

    def test_rows_of_an_owned_sheet_are_replaced_as_a_whole(self, pair):
        pair.write([ReplaceRows("任务", (("T-9", "丙", dt.date(2026, 5, 8), 3),), {(0, 0): "'各种'!A1"})])
        raw = pair.read()
        assert [cell(raw, "任务", 4, column) for column in range(2, 6)] == ["T-9", "丙", dt.date(2026, 5, 8), 3.0]
        assert [cell(raw, "任务", 5, column) for column in range(2, 6)] == [None] * 4
        pair.write([AppendRows("任务", ({2: "T-10"},))])
        assert cell(pair.read(), "任务", 5, 2) == "T-10"

    def test_marks_change_no_value(self, pair):
        before = pair.read().sheets
        for cells in ({"B4": Severity.ERROR, "E5": Severity.LOW}, {"C4": Severity.REMINDER}, {}):
            assert not any(pair.write([Marks("任务", cells)]).values())
            assert pair.read().sheets == before
