"""An open workbook through xlwings: taken in one go, changed as a whole or not at all; LibreOffice stands in for Excel."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, NamedTuple

import pytest
import xlsxwriter

from automation.base.errors import AutomationError, WriteRefusedError
from automation.base.findings import Severity
from automation.excel.areas import Area
from automation.excel.live import busy as patience
from automation.excel.live.actions import CopyLook, PutFormulas, PutLinks, PutMarks, PutValues, ResizeTable
from automation.excel.live.office import carry_out, take
from automation.excel.live.planned import planned
from automation.excel.live.reading import raw_of
from automation.excel.reader import read
from automation.model.effects import AppendRows, CellEdit, Marks
from tests.excel.contract import ReaderWriterContract, contract_book
from tests.excel.live import paper

if TYPE_CHECKING:
    from pathlib import Path

    import xlwings

    from automation.excel.live.state import LiveBook


def _is_below(merged, table):
    """Whether a merged range meets the columns under a table."""
    return merged.bottom > table.bottom and merged.left <= table.right and table.left <= merged.right


class LivePair(NamedTuple):
    """A workbook open in LibreOffice, read and written as in Excel."""

    book: xlwings.Book

    def read(self):
        return raw_of(take(self.book))

    def write(self, edits):
        taken = take(self.book)
        plan = planned(taken, edits)
        carry_out(self.book, plan.actions, taken_before=taken)
        return plan.cells


class TestLivePair(ReaderWriterContract):
    @pytest.fixture
    def opened(self, open_live):
        return lambda path: LivePair(open_live(path))


@pytest.fixture
def small(tmp_path):
    """A table at A1 with dates and a calculated column, a link, a mark of ours and a rule of the user's."""
    book = xlsxwriter.Workbook(str(tmp_path / "small.xlsx"))
    sheet = book.add_worksheet("计划")
    day = book.add_format({"num_format": "yyyy-mm-dd", "bg_color": "#FFFF00", "bold": True})
    columns = [{"header": "编号"}, {"header": "日期"}, {"header": "数"}, {"header": "双", "formula": "=ROW()-1"}]
    sheet.add_table("A1:D3", {"name": "tblPlan", "columns": columns})
    sheet.write_row("A2", ["T-1", None, 4])
    sheet.write_row("A3", ["T-2", None, 5])
    sheet.write_number("B2", 46_083, day)
    sheet.write_number("B3", 46_090, day)
    sheet.write_string("F1", "=1+1 is text")
    sheet.write_url("F2", "internal:'计划'!A2", string="there")
    fill = book.add_format({"bg_color": "#FFC7CE"})
    sheet.conditional_format(
        "A2:A3", {"type": "formula", "criteria": '=N("deliverybook:error")=0', "format": fill, "multi_range": "A3 C2"}
    )
    sheet.conditional_format("C2:C3", {"type": "cell", "criteria": ">", "value": 4, "format": fill})
    book.close()
    return tmp_path / "small.xlsx"


ALL_KINDS = (
    ResizeTable("计划", "tblPlan", Area(1, 1, 5, 4)),
    CopyLook("计划", Area(3, 1, 3, 4), Area(4, 1, 5, 4)),
    PutFormulas("计划", Area(4, 4, 5, 4), "=ROW()-1"),
    PutValues(
        "计划",
        Area(4, 1, 5, 3),
        (("=T-3", 46_100.0, 1.0), ("007", None, True)),
        (("General", "yyyy-mm-dd", "General"), ("General", "yyyy-mm-dd", "General")),
    ),
    PutLinks("计划", Area(2, 1, 5, 6), {"A4": "'计划'!B2", "B5": "'计划'!C3"}),
    PutMarks("计划", ((Severity.HIGH, (Area(4, 1, 4, 1),)), (Severity.LOW, (Area(2, 2, 3, 2), Area(5, 5, 5, 5))))),
)


SWITCHES = {"ScreenUpdating", "EnableEvents", "AutoExpandListRange", "AutoFillFormulasInLists"}


def outcome(book, actions):
    """The error that carrying out ends in, ``None`` when all is done."""
    try:
        carry_out(book, actions)
    except AutomationError as error:
        return error
    return None


def whole(book):
    """Everything of a workbook that is taken, and the looks and conditional formats beside."""
    sheet = book.sheets["计划"].api.inner
    rules = [(rule.Type, rule.Formula1, rule.areas()) for rule in sheet.Cells.FormatConditions]
    cells = [sheet.Range(f"{column}{row}") for row in range(1, 7) for column in "ABCDEF"]
    looks = [(cell.uno.CellBackColor, cell.Font.Bold, cell.Font.Color, cell.Font.Underline) for cell in cells]
    return paper.content(take(book)), rules, looks


class TestAsAWhole:
    def test_all_kinds_of_actions_come_to_what_they_say(self, open_live, small):
        book = open_live(small)
        carry_out(book, ALL_KINDS)
        found = paper.content(take(book))["计划"]
        assert {cell: found["values"][cell] for cell in ("A4", "B4", "C4", "D4", "A5", "C5")} == {
            "A4": "=T-3",
            "B4": 46_100.0,
            "C4": 1.0,
            "D4": 3.0,
            "A5": "007",
            "C5": True,
        }
        assert "B5" not in found["values"]
        assert set(found["formulas"]) == {"D2", "D3", "D4", "D5"}
        assert found["formats"] == dict.fromkeys(("B2", "B3", "B4", "B5"), "yyyy-mm-dd")
        assert [table.area for table in found["tables"]] == [Area(1, 1, 5, 4)]
        assert found["links"] == {"A4": "'计划'!B2", "B5": "'计划'!C3"}
        assert found["marks"] == {
            "A4": Severity.HIGH,
            "B2": Severity.LOW,
            "B3": Severity.LOW,
            "E5": Severity.LOW,
        }

    def test_a_change_that_excel_refuses_leaves_everything_as_it_was(self, live, small):
        """Each change of the call is refused once, one after the other: nothing is ever half done."""
        book = live.open(small)
        before = whole(book)
        live.trips.reset()
        changes = 0
        while True:
            refused = self.refusing(live, changes)
            error = outcome(book, ALL_KINDS)
            live.trips.reset()
            if not refused:
                break
            assert error.code == "NOT_CARRIED_OUT"
            assert "It is locked." in error.text.en
            assert whole(book) == before, f"after the refusal of change {changes}, {refused}"
            changes += 1
        assert changes > 25
        assert whole(book) != before

    def refusing(self, live, number):
        """Have change ``number`` refused; the list gets its name when that happens."""
        seen, refused = [0], []

        def fault(name, changes):
            if changes and name not in {
                "ScreenUpdating",
                "EnableEvents",
                "AutoExpandListRange",
                "AutoFillFormulasInLists",
            }:
                seen[0] += 1
                if seen[0] == number + 1:
                    refused.append(name)
                    raise live.failed("It is locked.")

        live.trips.fault = fault
        return refused

    def test_a_short_refusal_of_a_busy_excel_is_not_noticed(self, live, small):
        book = live.open(small)
        seen = [0]

        def fault(name, changes):
            seen[0] += 1
            if seen[0] % 7 == 0:
                raise live.busy()

        live.trips.fault = fault
        carry_out(book, ALL_KINDS)
        live.trips.reset()
        assert paper.content(take(book))["计划"]["values"]["C5"] is True

    def test_an_excel_that_stays_busy_is_told_and_nothing_is_changed(self, live, small, monkeypatch):
        book = live.open(small)
        before = whole(book)
        seen = [0]

        def fault(name, changes):
            if name == "Formula" and changes:
                seen[0] = 1
            # Busy from the first formula on, until the waiting is over and the undoing has begun to wait.
            if 0 < seen[0] < 8:
                seen[0] += 1
                raise live.busy()

        live.trips.fault = fault
        monkeypatch.setattr(patience, "PAUSE", 0.001)
        with pytest.raises(AutomationError) as caught:
            carry_out(book, ALL_KINDS, seconds=0.002)
        live.trips.reset()
        assert caught.value.code == "EXCEL_BUSY"
        assert whole(book) == before

    def test_what_cannot_be_put_back_is_said(self, live, small):
        """From the fifth change on everything is refused, the putting back too."""
        book = live.open(small)
        seen = [0]

        def fault(name, changes):
            seen[0] += changes and name not in SWITCHES
            if changes and name not in SWITCHES and seen[0] > 4:
                raise live.failed("It is locked.")

        live.trips.fault = fault
        error = outcome(book, ALL_KINDS)
        assert error.code == "HALF_DONE"
        assert error.text == (
            "写入中断，并且没能全部恢复：请不要保存，关闭工作簿后重新打开，再试一次。",
            "Writing was interrupted and could not be undone completely: do not save, close the workbook, open it again and try once more.",
        )
        assert "It is locked." in str(error.__cause__.exceptions[0])

    def test_excel_is_switched_back_on_afterwards_whatever_happens(self, live, small):
        book = live.open(small)
        application = book.app.api.inner
        application.EnableEvents = False
        for actions in (ALL_KINDS, (ResizeTable("计划", "tblPlan", Area(2, 1, 5, 4)),)):
            outcome(book, actions)
            assert application.ScreenUpdating
            assert not application.EnableEvents
            assert application.AutoCorrect.AutoExpandListRange
            assert application.AutoCorrect.AutoFillFormulasInLists

    def test_a_table_does_not_grow_by_itself_while_cells_under_it_are_written(self, open_live, small):
        book = open_live(small)
        carry_out(book, [PutValues("计划", Area(4, 1, 4, 1), (("below",),), (("General",),))])
        assert take(book).sheets[0].tables[0].area == Area(1, 1, 3, 4)

    def test_a_protected_sheet_stays_as_it_is(self, open_live, small):
        book = open_live(small)
        before = whole(book)
        book.api.inner.locked.add("计划")
        with pytest.raises(AutomationError) as caught:
            carry_out(book, ALL_KINDS)
        book.api.inner.locked.clear()
        assert caught.value.code == "NOT_CARRIED_OUT"
        assert "protected" in caught.value.text.en
        assert whole(book) == before

    def test_nothing_is_written_over_what_somebody_typed_meanwhile(self, open_live, small):
        book = open_live(small)
        taken = take(book)
        plan = planned(taken, [CellEdit("计划", "A3", "T-3"), CellEdit("计划", "C2", 1)])
        book.sheets["计划"].range("A3").api.inner.Value2 = "typed"
        with pytest.raises(AutomationError) as caught:
            carry_out(book, plan.actions, taken_before=taken)
        assert caught.value.code == "CHANGED_MEANWHILE"
        assert "计划!A3" in caught.value.text.zh
        assert raw_of(take(book)).sheets[0].rows[1][2] == 4.0

    def test_a_sheet_that_is_not_there_is_refused_before_anything_is_done(self, open_live, small):
        book = open_live(small)
        before = whole(book)
        other = PutValues("没有", Area(1, 1, 1, 1), ((1.0,),), (("General",),))
        with pytest.raises(WriteRefusedError) as caught:
            carry_out(book, (*ALL_KINDS, other))
        assert caught.value.code == "unknown-sheet"
        assert whole(book) == before


class DemoTaken(NamedTuple):
    """The demonstration workbook as taken, with what that and a few actions took."""

    path: Path
    written: LiveBook
    book: LiveBook
    seconds: float
    trips: int
    actions: int
    carrying_trips: int


@pytest.fixture(scope="session")
def demo_taken(live_engine, demo_book):
    """The demonstration workbook, opened and taken once; a row and marks are put into it, then it is closed."""
    live_engine.close_books()
    book = live_engine.open(demo_book)
    live_engine.trips.reset()
    started = time.perf_counter()
    taken = take(book)
    seconds, trips = time.perf_counter() - started, live_engine.trips.count
    names = {sheet.tables[0].name: sheet.name for sheet in taken.sheets if sheet.tables}
    marks = Marks(names["tbl_plan"], {f"C{row}": Severity.HIGH for row in range(2, 40, 2)})
    plan = planned(taken, [AppendRows(names["tbl_log"], ({2: "me", 3: "check"},)), marks])
    live_engine.trips.reset()
    carry_out(book, plan.actions)
    found = DemoTaken(
        demo_book, book.api.inner.written, taken, seconds, trips, len(plan.actions), live_engine.trips.count
    )
    live_engine.close_books()
    return found


class TestTaken:
    def test_a_book_is_taken_as_the_file_has_it(self, open_live, small):
        found, wanted = take(open_live(small)), paper.taken(small)
        one, other = paper.content(found)["计划"], paper.content(wanted)["计划"]
        for kind in ("formats", "links", "marks"):
            assert one[kind] == other[kind]
        assert one["values"] == other["values"]
        assert one["formulas"] == {"D2": "=ROW()-1", "D3": "=ROW()-1"}
        assert found.sheets[0].tables == wanted.sheets[0].tables
        assert (found.name, found.path, found.active, found.date_1904) == ("small.xlsx", str(small), "计划", False)
        assert found.selection == "A1"

    def test_the_demonstration_workbook_is_read_as_from_its_file(self, demo_taken, capsys):
        found, wanted = raw_of(demo_taken.book), read(demo_taken.path)
        assert [sheet.name for sheet in found.sheets] == [sheet.name for sheet in wanted.sheets]
        formulas = {
            sheet.name: paper.content(demo_taken.book)[sheet.name]["formulas"] for sheet in demo_taken.book.sheets
        }
        for sheet, other in zip(found.sheets, wanted.sheets, strict=True):
            assert _constants(sheet, formulas[sheet.name]) == _constants(other, formulas[sheet.name]), sheet.name
        count = len(found.sheets)
        tell(capsys, f"{count} sheets taken in {demo_taken.seconds:.1f} s, {demo_taken.trips} round trips")
        assert demo_taken.trips < 220 * count

    def test_the_demonstration_workbook_is_taken_as_the_file_has_it(self, demo_taken):
        found, wanted = paper.content(demo_taken.book), paper.content(demo_taken.written)
        for name, sheet in wanted.items():
            for kind in ("links", "marks"):
                assert found[name][kind] == sheet[kind], (name, kind)
            assert _unquoted(found[name]["formulas"]) == _unquoted(sheet["formulas"]), name
            assert found[name]["tables"] == sheet["tables"], name
            inside = [table.area for table in sheet["tables"]]
            assert _inside(found[name]["formats"], inside) == _inside(sheet["formats"], inside), name
        for sheet, other in zip(demo_taken.book.sheets, demo_taken.written.sheets, strict=True):
            below = [one for one in other.merges if any(_is_below(one, table.area) for table in other.tables)]
            assert sorted(sheet.merges) == sorted(below)

    def test_a_click_on_the_demonstration_workbook_needs_few_round_trips(self, demo_taken, capsys):
        tell(capsys, f"{demo_taken.actions} actions carried out in {demo_taken.carrying_trips} round trips")
        assert demo_taken.carrying_trips < 300

    def test_the_empty_result_of_a_formula_is_no_empty_cell(self, open_live, small):
        book = open_live(small)
        book.sheets["计划"].range("F3").formula = '=IF(TRUE,"","x")'
        sheet = take(book).sheets[0]
        assert (sheet.values[2][5], sheet.values[2][4]) == ("", None)

    def test_a_spill_is_an_array_and_known_by_the_whole_of_its_range(self, open_live, tmp_path):
        book = open_live(contract_book(tmp_path / "book.xlsx"))
        own = book.api.inner
        own.arrays["各种"], own.spills["各种"] = [], [Area(1, 3, 3, 3)]
        sheet = next(sheet for sheet in take(book).sheets if sheet.name == "各种")
        assert sheet.arrays == (Area(1, 3, 3, 3),)


def tell(capsys, text):
    """Say a measurement in the report of the run."""
    with capsys.disabled():
        sys.stdout.write(f" [{text}]")


def _constants(sheet, formulas):
    """The values by place, those of formulas left out: a file may hold no results of them."""
    places = {
        (row + sheet.first_row, column + sheet.first_column): value
        for row, values in enumerate(sheet.rows)
        for column, value in enumerate(values)
        if value is not None
    }
    return {place: value for place, value in places.items() if Area(*place, *place).text() not in formulas}


def _unquoted(formulas):
    """Formulas without the quotes that names of sheets may have or not."""
    return {cell: text.replace("'", "") for cell, text in formulas.items()}


def _inside(formats, areas):
    """The formats of cells in tables; LibreOffice writes some of them otherwise, which means the same."""
    places = {cell: paper._area(cell) for cell in formats}
    return {
        cell: code.replace("\\", "").replace('"', "")
        for cell, code in formats.items()
        if any(area.holds(*places[cell][:2]) for area in areas)
    }
