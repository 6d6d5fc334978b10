"""Edits to an open workbook: the contract of all writers, few and harmless actions, the same as through a file."""

from __future__ import annotations

import datetime as dt
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from automation.base.errors import WriteRefusedError
from automation.base.findings import Severity
from automation.base.records import replace
from automation.excel.areas import Area, place_of
from automation.excel.live.actions import CopyLook, PutFormulas, PutLinks, PutMarks, PutValues, ResizeTable
from automation.excel.live.planned import planned
from automation.excel.live.reading import raw_of
from automation.excel.live.state import LiveBook, LiveSheet, LiveTable
from automation.excel.reader import read
from automation.excel.writer import apply
from automation.model.effects import AppendRows, CellEdit, Marks, ReplaceRows
from automation.model.tables import CellError, address
from tests.excel.contract import ReaderWriterContract
from tests.excel.live.paper import carried_out, content, taken
from tests.excel.test_reader import values

DAY = "yyyy-mm-dd"
DUE = dt.date(2026, 5, 8)
DUE_NUMBER = 46150.0


class PaperPair:
    """A workbook open on paper: read as values, written by actions."""

    def __init__(self, path: Path) -> None:
        self.book = taken(path)

    def read(self):
        return raw_of(self.book)

    def write(self, edits):
        plan = planned(self.book, edits)
        self.book = carried_out(self.book, plan.actions)
        assert content(self.book) == content(plan.after)
        return plan.cells


class TestPaperPair(ReaderWriterContract):
    @pytest.fixture
    def opened(self):
        return PaperPair


def book_of(values, *, formulas=None, formats=None, at=(1, 1), **sheet):
    """An open workbook of one sheet ``S``; ``formulas`` and ``formats`` by (row, column)."""
    top, left = at
    area = Area(top, left, top + len(values) - 1, left + len(values[0]) - 1)

    def block(given, default):
        columns = range(left, area.right + 1)
        return [
            [(given or {}).get((row, column), default) for column in columns] for row in range(top, area.bottom + 1)
        ]

    one = LiveSheet("S", area, values, block(formulas, None), block(formats, "General"), **sheet)
    return LiveBook("b.xlsx", "", (one,))


def table_book(rows=(("a", 46083.0, 2.0), ("b", None, 3.0)), **changes):
    """An open workbook with the table ``T`` at B3: name, due (dates), hours, and double, which is calculated."""
    cells = [["name", "due", "hours", "double"], *([*row, None] for row in rows)]
    last = 2 + len(cells)
    formulas = {(row, 5): "=[@hours]*2" for row in range(4, last + 1)}
    formats = {(row, 3): DAY for row in range(4, last + 1)}
    table = LiveTable("T", Area(3, 2, last, 5), ("name", "due", "hours", "double"), formulas={5: "=[@hours]*2"})
    return book_of(cells, formulas=formulas, formats=formats, at=(3, 2), tables=(replace(table, **changes),))


def actions(book, *edits):
    """The actions of edits, after they were carried out on paper and gave what was announced."""
    plan = planned(book, edits)
    assert content(carried_out(book, plan.actions)) == content(plan.after)
    return list(plan.actions)


def code(book, *edits):
    """The code with which edits are refused."""
    with pytest.raises(WriteRefusedError) as caught:
        planned(book, edits)
    return caught.value.code


class TestCells:
    def test_neighbours_are_one_write_and_cells_between_are_left_alone(self):
        book = book_of([[1.0, 2.0, 3.0, 4.0], [5.0, 6.0, 7.0, 8.0]])
        edits = [CellEdit("S", cell, "x") for cell in ("A1", "B1", "A2", "B2", "D1")]
        assert actions(book, *edits) == [
            PutValues("S", Area(1, 1, 2, 2), (("x", "x"), ("x", "x")), (("General",) * 2,) * 2),
            PutValues("S", Area(1, 4, 1, 4), (("x",),), (("General",),)),
        ]

    @pytest.mark.parametrize("cells", [["A1", "B1", "C1", "A2", "B2"], ["A1", "A2", "A3", "B1", "B2"]])
    def test_ranges_are_joined_the_way_that_gives_fewer(self, cells):
        book = book_of([[None] * 3] * 3)
        assert len(actions(book, *(CellEdit("S", cell, "x") for cell in cells))) == 2

    def test_a_value_that_stands_there_is_no_action(self):
        book = book_of([["a", 1.0, True, DUE_NUMBER, None, ""]], formats={(1, 4): DAY})
        edits = [
            CellEdit("S", cell, value)
            for cell, value in [
                ("A1", "a"),
                ("B1", Decimal("1.0")),
                ("C1", True),
                ("D1", DUE),
                ("E1", ""),
                ("F1", None),
            ]
        ]
        plan = planned(book, edits)
        assert (plan.actions, plan.cells, plan.notices) == ((), {}, ())
        assert plan.after is book

    @pytest.mark.parametrize(("present", "value"), [(1.0, True), (True, 1), ("1", 1), (1.0, "1"), (0.0, False)])
    def test_a_value_of_another_kind_is_another_value(self, present, value):
        (action,) = actions(book_of([[present]]), CellEdit("S", "A1", value))
        assert repr(action.values) == repr(((float(value) if type(value) is int else value,),))

    def test_dates_become_serial_numbers_of_the_date_system(self):
        book = book_of([[None]], formats={(1, 1): DAY})
        (action,) = actions(book, CellEdit("S", "A1", DUE))
        assert (action.values, action.formats) == (((DUE_NUMBER,),), ((DAY,),))
        (action,) = actions(replace(book, date_1904=True), CellEdit("S", "A1", dt.datetime(2026, 5, 8, 6, 0)))
        assert action.values == ((DUE_NUMBER - 1462 + 0.25,),)

    def test_decimals_and_whole_numbers_become_floats(self):
        found = actions(book_of([[None, None]]), CellEdit("S", "A1", Decimal("0.1")), CellEdit("S", "B1", 7))
        assert repr(found[0].values) == "((0.1, 7.0),)"

    def test_a_cell_changed_back_by_a_later_edit_is_not_written(self):
        book = book_of([["a"]])
        edits = [CellEdit("S", "A1", "b"), Marks("S", {"A1": Severity.LOW}), CellEdit("S", "A1", "a")]
        assert [type(action) for action in actions(book, *edits)] == [PutMarks]

    def test_the_used_area_grows_with_a_cell_outside(self):
        plan = planned(book_of([["a"]], at=(5, 5)), [CellEdit("S", "C2", 1)])
        assert plan.after.sheets[0].area == Area(2, 3, 5, 5)
        assert plan.cells == {"S": ("C2",)}

    def test_a_name_in_other_letters_finds_its_sheet(self):
        assert planned(book_of([["a"]]), [CellEdit("s", "A1", 1)]).cells == {"S": ("A1",)}

    @pytest.mark.parametrize(
        ("value", "code_expected"),
        [
            (10**400, "bad-value"),
            (float("inf"), "bad-value"),
            (Decimal("NaN"), "bad-value"),
            (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), "bad-value"),
            ("\ud800", "bad-value"),
            (dt.date(1899, 1, 1), "date-out-of-range"),
        ],
    )
    def test_what_no_cell_can_hold_is_refused(self, value, code_expected):
        assert code(book_of([[1.0]], formats={(1, 1): DAY}), CellEdit("S", "A1", value)) == code_expected

    def test_errors_may_be_replaced(self):
        (action,) = actions(book_of([[CellError("#REF!")]]), CellEdit("S", "A1", None))
        assert action.values == ((None,),)

    def test_a_cell_far_away_is_refused_before_it_makes_the_sheet_huge(self):
        assert code(book_of([["a"]]), CellEdit("S", "XFD1048576", 1)) == "far-cell"

    def test_arrays_data_tables_and_totals_are_refused(self):
        book = book_of(
            [[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]],
            formulas={(1, 1): "=B1:B2", (2, 1): "=B1:B2", (1, 2): "=TABLE(,C1)"},
            arrays=(Area(1, 1, 2, 1), Area(1, 2, 2, 2)),
        )
        found = [code(book, CellEdit("S", cell, "x")) for cell in ("A1", "A2", "B1", "B2")]
        assert found == ["array-formula", "spilled-cell", "data-table", "data-table"]
        totals = table_book(totals_rows=1)
        assert code(totals, CellEdit("S", "B5", "x")) == "header-cell"

    def test_a_formula_that_goes_and_comes_again_keeps_its_result(self):
        book = table_book([("a", None, 1.0)])
        book.sheets[0].values[1][3] = 2.0
        plan = planned(book, [ReplaceRows("S", ()), AppendRows("S", ({2: "b"},))])
        assert plan.cells == {"S": ("B4", "D4")}
        assert plan.after.sheets[0].formulas[1][3] == "=[@hours]*2"
        assert plan.after.sheets[0].values[1][3] == 2.0
        assert not any(isinstance(action, PutFormulas) for action in plan.actions)


class TestProtection:
    def test_a_protected_sheet_is_refused_when_something_would_change(self):
        book = book_of([["a"]], protected=True)
        with pytest.raises(WriteRefusedError) as caught:
            planned(book, [CellEdit("S", "A1", "b")])
        assert caught.value.code == "protected-sheet"
        assert (
            caught.value.text.zh == "工作表“S”设有保护，Excel 不允许写入；请先取消保护（审阅 > 撤消工作表保护）后再试。"
        )
        assert caught.value.text.en == (
            "S is protected and Excel lets nobody write to it; unprotect it first (Review > Unprotect Sheet)."
        )
        assert code(book, Marks("S", {"A1": Severity.LOW})) == "protected-sheet"

    def test_a_protected_sheet_that_stays_as_it_is_stops_nothing(self):
        book = book_of([["a"]], protected=True)
        assert planned(book, [CellEdit("S", "A1", "a"), Marks("S", {})]).actions == ()


class TestRowsAdded:
    def test_the_table_grows_first_then_looks_formulas_and_values_follow(self):
        row = {2: "c", 3: DUE, 4: 4}
        assert actions(table_book(), AppendRows("S", (row, row))) == [
            ResizeTable("S", "T", Area(3, 2, 7, 5)),
            CopyLook("S", Area(5, 2, 5, 5), Area(6, 2, 7, 5)),
            PutFormulas("S", Area(6, 5, 7, 5), "=[@hours]*2"),
            PutValues("S", Area(6, 2, 7, 4), (("c", DUE_NUMBER, 4.0),) * 2, (("General", DAY, "General"),) * 2),
        ]

    def test_rows_added_twice_are_one_look(self):
        found = actions(table_book(), *[AppendRows("S", ({2: name},)) for name in "cd"])
        assert found[:2] == [
            ResizeTable("S", "T", Area(3, 2, 7, 5)),
            CopyLook("S", Area(5, 2, 5, 5), Area(6, 2, 7, 5)),
        ]

    @pytest.mark.parametrize("value", [9, None])
    def test_a_value_given_for_a_calculated_column_stays_though_excel_fills_the_column(self, value):
        found = actions(table_book(), AppendRows("S", ({2: "c", 5: value},)))
        assert [action for action in found if isinstance(action, PutFormulas)] == []
        written = {action.area: action.values for action in found if isinstance(action, PutValues)}
        assert written[Area(6, 5, 6, 5)] == ((value if value is None else 9.0,),)

    def test_a_table_whose_only_row_is_blank_is_filled_from_that_row(self):
        found = actions(table_book([(None, None, None)]), AppendRows("S", ({2: "c", 3: DUE},)))
        assert found == [PutValues("S", Area(4, 2, 4, 3), (("c", DUE_NUMBER),), (("General", DAY),))]

    def test_a_calculated_column_with_addresses_is_refused(self):
        book = table_book(formulas={5: "=D4*2"})
        assert code(book, AppendRows("S", ({2: "c"},))) == "calculated-column"

    def test_a_merged_range_below_the_table_is_in_the_way(self):
        book = table_book()
        book = replace(book, sheets=(replace(book.sheets[0], merges=(Area(9, 4, 9, 9),)),))
        assert code(book, AppendRows("S", ({2: "c"},))) == "below-table"

    def test_no_rows_are_no_action(self):
        assert actions(table_book(), AppendRows("S", ())) == []

    def test_the_cells_that_change_are_told_with_those_of_formulas(self):
        assert planned(table_book(), [AppendRows("S", ({2: "c"},))]).cells == {"S": ("B6", "E6")}


class TestRowsReplaced:
    def test_rows_left_over_are_emptied_and_the_table_shrinks_first(self):
        rows = (("x", DUE, 1, None),)
        found = actions(table_book([("a", None, 1.0), ("b", None, 2.0), ("c", None, 3.0)]), ReplaceRows("S", rows))
        assert found[0] == ResizeTable("S", "T", Area(3, 2, 4, 5))
        assert found[1:] == [
            PutValues(
                "S",
                Area(4, 2, 6, 5),
                (("x", DUE_NUMBER, 1.0, None), *[(None,) * 4] * 2),
                (("General", DAY, "General", "General"),) * 3,
            )
        ]

    def test_unchanged_cells_between_are_written_once_more_when_that_makes_fewer_writes(self):
        cells = [["h", "i", "j"], *([f"{row}", "same", "old"] for row in range(6))]
        book = book_of(cells, tables=(LiveTable("T", Area(1, 1, 7, 3), ("h", "i", "j")),))
        rows = tuple((f"{row} new", "same", "old" if row % 2 else "new") for row in range(6))
        (action,) = actions(book, ReplaceRows("S", rows))
        assert action.area == Area(2, 1, 7, 3)
        assert planned(book, [ReplaceRows("S", rows)]).cells == {
            "S": tuple(address(2 + row, column) for row in range(6) for column in ((1,) if row % 2 else (1, 3)))
        }

    def test_formulas_of_columns_that_a_company_added_stay_and_grow(self):
        found = actions(table_book(), ReplaceRows("S", tuple((name, None, 1) for name in "xyz")))
        assert PutFormulas("S", Area(6, 5, 6, 5), "=[@hours]*2") in found
        assert not any(isinstance(action, PutValues) and action.area.right == 5 for action in found)

    def test_links_are_those_given_and_links_elsewhere_stay(self):
        book = table_book()
        sheet = replace(book.sheets[0], links={"B4": "A!A1", "C4:C5": "", "B9": "A!A1", "C5:F5": "A!B1"})
        book = replace(book, sheets=(sheet,))
        edit = ReplaceRows("S", (("a", dt.date(2026, 3, 2), 2), ("b", None, 3)), {(1, 0): "#'B'!A2", (1, 1): "B!C1"})
        (action,) = actions(book, edit)
        assert action == PutLinks("S", Area(4, 2, 5, 5), {"B5": "'B'!A2"})
        (after,) = planned(book, [edit]).after.sheets
        assert after.links == {"C4:C5": "", "B9": "A!A1", "C5:F5": "A!B1", "B5": "'B'!A2"}
        assert planned(replace(book, sheets=(after,)), [edit]).actions == ()

    def test_a_totals_row_that_need_not_move_is_no_obstacle(self):
        book = table_book([("a", None, 1.0), ("sum", None, 1.0)], totals_rows=1)
        assert len(actions(book, ReplaceRows("S", (("x",),)))) == 1
        assert code(book, ReplaceRows("S", (("x",), ("y",)))) == "totals-row"


class TestMarks:
    def test_marks_are_ranges_by_severity_gravest_first(self):
        cells = {"B4": Severity.LOW, "B5": Severity.LOW, "C4": Severity.ERROR, "B3": Severity.LOW}
        assert actions(table_book(), Marks("S", cells)) == [
            PutMarks("S", ((Severity.ERROR, (Area(4, 3, 4, 3),)), (Severity.LOW, (Area(3, 2, 5, 2),))))
        ]

    @pytest.mark.parametrize("marks", [{"B3:B5": Severity.LOW}, {"B4": Severity.LOW, "B3,B5": Severity.LOW}])
    def test_marks_that_are_there_are_no_action_however_their_ranges_are_cut(self, marks):
        book = table_book()
        book = replace(book, sheets=(replace(book.sheets[0], marks=marks),))
        cells = {"B4": Severity.LOW, "B5": Severity.LOW, "B3": Severity.LOW}
        assert actions(book, Marks("S", cells)) == []
        assert actions(book, Marks("S", {})) == [PutMarks("S", ())]
        assert len(actions(book, Marks("S", cells | {"B3": Severity.HIGH}))) == 1

    def test_marks_in_two_places_of_a_column_are_two_ranges(self):
        cells = dict.fromkeys(("B3", "B5", "B9"), Severity.LOW)
        (action,) = actions(table_book(), Marks("S", cells))
        assert action.areas == ((Severity.LOW, (Area(3, 2, 3, 2), Area(5, 2, 5, 2), Area(9, 2, 9, 2))),)
        book = table_book()
        book = replace(book, sheets=(replace(book.sheets[0], marks={"B3 B5 B9": Severity.LOW}),))
        assert actions(book, Marks("S", cells)) == []

    def test_a_mark_on_no_cell_is_refused(self):
        assert code(table_book(), Marks("S", {"4B": Severity.LOW})) == "bad-address"


def small_book(path):
    """A workbook with what edits meet: a table with a calculated column, formulas, arrays, merged cells, dates."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": DAY})
    sheet = book.add_worksheet("T")
    columns = [{"header": "id"}, {"header": "due"}, {"header": "n"}, {"header": "twice", "formula": "=[@n]*2"}]
    sheet.add_table("B3:E5", {"name": "T", "columns": columns})
    for row in (3, 4):
        sheet.write(row, 1, f"r{row}")
        sheet.write_datetime(row, 2, dt.datetime(2026, 3, row), day)
        sheet.write(row, 3, row)
    other = book.add_worksheet("Other")
    other.write_row("A1", ["a", 1, True, None, "1"])
    other.write_formula("A2", "=B1*2", None, 2)
    other.write_array_formula("B2:B3", "{=B1*2}", None, 2)
    other.merge_range("C2:D3", "m")
    other.write_datetime("E2", dt.datetime(2026, 3, 2, 8, 30), book.add_format({"num_format": "yyyy-mm-dd hh:mm"}))
    other.write_blank("E3", None, day)
    other.add_table("A6:B8", {"name": "Low"})
    other.write("A10", "below")
    book.close()
    return path


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
VALUES = st.one_of(
    st.none(),
    TEXTS,
    st.booleans(),
    st.integers(-9, 9),
    st.sampled_from([2**60 + 1, float("nan"), Decimal("1.50"), "a", "m", "r3", 1.0, dt.date(1899, 12, 31)]),
    st.floats(0, 50_000),
    st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)),
    st.datetimes(dt.datetime(1901, 1, 1), dt.datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
)
SHEETS = st.sampled_from(["T", "T", "T", "Other", "other", "Nowhere"])
DAYS = st.one_of(st.none(), st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)))
PLAIN = st.one_of(st.none(), TEXTS, st.integers(-9, 9), st.booleans())
CELLS = st.builds(address, st.integers(1, 9), st.integers(1, 6))
EDITS = st.one_of(
    st.builds(CellEdit, SHEETS, CELLS, VALUES),
    st.builds(CellEdit, st.just("T"), st.sampled_from(["B4", "D4", "D5", "H9"]), PLAIN),
    st.builds(
        lambda rows: AppendRows("T", tuple(rows)),
        st.lists(st.fixed_dictionaries({}, optional={2: PLAIN, 3: DAYS, 4: PLAIN, 5: PLAIN}), max_size=3),
    ),
    st.builds(AppendRows, SHEETS, st.just(({1: "x"},))),
    st.builds(
        lambda sheet, rows, links: ReplaceRows(sheet, tuple(rows), links if rows else {}),
        SHEETS,
        st.lists(st.tuples(PLAIN, DAYS, PLAIN), max_size=4),
        st.dictionaries(st.tuples(st.just(0), st.integers(0, 3)), st.just("Other!A1"), max_size=2),
    ),
    st.builds(Marks, SHEETS, st.dictionaries(CELLS, st.sampled_from(Severity), max_size=4)),
)


def outcome(write):
    """The cells that changed, or the code with which the edits were refused."""
    try:
        return {name: tuple(cells) for name, cells in write().items()}
    except WriteRefusedError as error:
        return error.code


@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=5), min_size=1, max_size=4))
def test_edits_come_to_the_same_through_a_file_and_in_an_open_workbook(batches):
    with tempfile.TemporaryDirectory() as folder:
        path = small_book(Path(folder) / "b.xlsx")
        paper = PaperPair(path)
        for edits in batches:
            before = constants(read(path), paper)
            expected = outcome(lambda edits=edits: apply(path, edits, path).cells)
            changed = outcome(lambda edits=edits: paper.write(edits))
            if isinstance(expected, str):
                assert changed == expected
                continue
            after = constants(read(path), paper)
            assert constants(paper.read(), paper) == after
            # The file writer also tells cells that one edit changes and a later one changes back.
            told = {(name, *place_of(cell)) for name, cells in changed.items() for cell in cells}
            told_by_file = {(name, *place_of(cell)) for name, cells in expected.items() for cell in cells}
            assert told <= told_by_file
            assert all(after.get(place) == before.get(place) for place in told_by_file - told)
        for name, closed in content(taken(path)).items():
            live = content(paper.book)[name]
            assert {key: live[key] for key in BESIDE} == {key: closed[key] for key in BESIDE}


BESIDE = ("formulas", "tables", "links", "marks")


def constants(raw, paper):
    """The values of cells that hold no formula on paper, where results of new formulas are not known."""
    formulas = {
        (sheet.name, sheet.area.top + down, sheet.area.left + across)
        for sheet in paper.book.sheets
        for down, row in enumerate(sheet.formulas)
        for across, formula in enumerate(row)
        if formula
    }
    found = {(sheet.name, *place): value for sheet in raw.sheets for place, value in values(sheet).items()}
    return {place: value for place, value in found.items() if place not in formulas}
