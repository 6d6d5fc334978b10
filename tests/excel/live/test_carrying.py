"""Actions on an open workbook one by one: texts stay texts, looks and other people's rules stay what they are."""

from __future__ import annotations

import pytest
import xlsxwriter

from automation.base.errors import AutomationError
from automation.base.findings import Severity
from automation.excel.areas import Area, area_of
from automation.excel.live import carrying, windows
from automation.excel.live.actions import CopyLook, PutLinks, PutMarks, PutValues
from automation.excel.live.office import carry_out, take
from automation.excel.marks import COLOURS


@pytest.fixture
def book(open_live, tmp_path):
    """Cells of several formats, a link out and a link in, a rule of the user's."""
    made = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    sheet = made.add_worksheet("表")
    as_text, day = made.add_format({"num_format": "@"}), made.add_format({"num_format": "yyyy-mm-dd"})
    bold = made.add_format({"bold": True, "font_color": "#00AA00", "font_size": 14, "bg_color": "#FFFF00"})
    sheet.write_column("A1", ["a", "b", "c"])
    sheet.write_blank("B1", None, as_text)
    sheet.write_number("B2", 46_083, day)
    sheet.write_string("C1", "bold", bold)
    sheet.write_number("C2", 7, bold)
    sheet.write_blank("C3", None, bold)
    sheet.write_url("D1", "https://example.com/", string="out")
    sheet.write_url("D2", "internal:'表'!A1", string="in")
    fill = made.add_format({"bg_color": "#00FF00"})
    sheet.conditional_format("A1:A9", {"type": "cell", "criteria": ">", "value": 3, "format": fill})
    made.close()
    return open_live(tmp_path / "book.xlsx")


def put(place, *values, code="General"):
    area = area_of(place)
    return PutValues("表", area, tuple((value,) for value in values), ((code,),) * len(values))


def sheet_of(book):
    return book.sheets["表"].api.inner


def rules(book):
    return [(rule.Formula1, rule.areas(), rule.StopIfTrue) for rule in sheet_of(book).Cells.FormatConditions]


class TestTexts:
    TEXTS = ("=1+1", "+49 30", "-x", "@home", "'tis", "007", "2026-03-02", "TRUE", "1e5", "3/4", " 5 ", "50%", "#N/A")

    @pytest.mark.parametrize("code", ["General", "@", "0.00"])
    def test_whatever_a_text_begins_with_it_arrives_as_text(self, book, code):
        sheet_of(book).Range("F1:F13").NumberFormat = code
        carry_out(book, [put("F1:F13", *self.TEXTS, code=code)])
        taken = take(book).sheets[0]
        assert tuple(row[5] for row in taken.values[:13]) == self.TEXTS
        assert not any(row[5] for row in taken.formulas[:13])
        assert sheet_of(book).Range("F1:F13").NumberFormat == code

    def test_a_number_in_a_cell_formatted_as_text_stays_a_number(self, book):
        carry_out(book, [put("B1", 5.0, code="@")])
        assert take(book).sheets[0].values[0][1] == 5.0
        assert sheet_of(book).Range("B1").NumberFormat == "@"

    def test_a_number_arrives_in_a_text_cell_that_nobody_knew_of(self, book):
        carry_out(book, [put("B1", 5.0, code="General")])
        assert take(book).sheets[0].values[0][1] == 5.0

    def test_what_excel_takes_for_something_else_is_written_again_as_text(self, book, monkeypatch):
        """As in an Excel of another language, whose dates nobody here knows."""
        monkeypatch.setattr(carrying, "typed_values", lambda action: [list(row) for row in action.values])
        carry_out(book, [put("F1:F3", "2026-03-02", "word", "007")])
        assert [row[5] for row in take(book).sheets[0].values[:3]] == ["2026-03-02", "word", "007"]
        assert sheet_of(book).Range("F1:F3").NumberFormat == "General"

    def test_what_does_not_arrive_at_all_is_an_error_that_names_the_cell(self, book, monkeypatch):
        monkeypatch.setattr(windows.WindowsSheet, "put", lambda sheet, area, block: None)
        with pytest.raises(AutomationError) as caught:
            carry_out(book, [put("A2", "new")])
        assert caught.value.code == "NOT_TAKEN"
        assert caught.value.text == (
            "Excel 没有按原样接受要写入 表!A2 的内容“new”，请手工填写这个单元格。",
            "Excel did not take 'new' for 表!A2 as it is; fill in that cell by hand.",
        )
        assert take(book).sheets[0].values[1][0] == "b"

    def test_emptied_cells_are_empty(self, book):
        carry_out(book, [put("A1:A2", None, "x")])
        assert [row[0] for row in take(book).sheets[0].values[:3]] == [None, "x", "c"]


class TestLinks:
    def test_looks_and_values_of_linked_cells_stay(self, book):
        cells = [sheet_of(book).Range(place) for place in ("C1", "C2", "C3")]
        before = [(cell.Value2, *(getattr(cell.Font, name) for name in cell.Font.NAMES)) for cell in cells]
        carry_out(book, [PutLinks("表", Area(1, 3, 3, 3), {"C1": "'表'!A1", "C2": "'表'!A2", "C3": "'表'!A3"})])
        cells = [sheet_of(book).Range(place) for place in ("C1", "C2", "C3")]
        assert [(cell.Value2, *(getattr(cell.Font, name) for name in cell.Font.NAMES)) for cell in cells] == before
        assert {place: text for place, text in take(book).sheets[0].links.items() if place.startswith("C")} == {
            "C1": "'表'!A1",
            "C2": "'表'!A2",
            "C3": "'表'!A3",
        }

    def test_links_out_of_the_book_stay_and_inner_ones_that_are_not_wanted_go(self, book):
        carry_out(book, [PutLinks("表", Area(1, 4, 9, 4), {"D5": "'表'!A2"})])
        assert take(book).sheets[0].links == {"D1": "", "D5": "'表'!A2"}

    def test_links_that_are_there_already_are_not_made_again(self, live, book):
        live.trips.reset()
        carry_out(book, [PutLinks("表", Area(1, 4, 9, 4), {"D2": "'表'!A1"})])
        assert not {"Add", "ClearHyperlinks"} & set(live.trips.names)


class TestMarks:
    def test_marks_come_first_gravest_before_all_and_users_rules_stay(self, book):
        user = rules(book)
        areas = ((Severity.ERROR, (Area(1, 1, 1, 1),)), (Severity.LOW, (Area(2, 1, 3, 1), Area(2, 3, 2, 3))))
        carry_out(book, [PutMarks("表", areas)])
        assert [formula for formula, *_ in rules(book)] == [
            '=N("deliverybook:error")=0',
            '=N("deliverybook:low")=0',
            *(formula for formula, *_ in user),
        ]
        fills = [rule.Interior.Color for rule in list(sheet_of(book).Cells.FormatConditions)[:2]]
        assert [f"{fill & 255:02X}{fill >> 8 & 255:02X}{fill >> 16:02X}" for fill in fills] == [
            COLOURS[Severity.ERROR],
            COLOURS[Severity.LOW],
        ]
        carry_out(book, [PutMarks("表", ())])
        assert rules(book) == user

    def test_many_scattered_cells_are_marked_although_excel_takes_short_addresses_only(self, book):
        cells = tuple(Area(row, column, row, column) for row in range(1, 60, 2) for column in (1, 3, 28))
        carry_out(book, [PutMarks("表", ((Severity.MEDIUM, cells),))])
        marks = take(book).sheets[0].marks
        assert {part for ref in marks for part in ref.split()} == {cell.text() for cell in cells}
        assert all(len(ref) <= 255 for ref in marks)

    def test_a_copied_look_takes_no_marks_along(self, book):
        carry_out(book, [PutMarks("表", ((Severity.ERROR, (Area(2, 1, 2, 2),)),))])
        carry_out(book, [CopyLook("表", Area(2, 1, 2, 3), Area(3, 1, 5, 3))])
        taken = take(book).sheets[0]
        assert taken.marks == {"A2:B2": Severity.ERROR}
        assert sheet_of(book).Range("B3:B5").NumberFormat == "yyyy-mm-dd"

    def test_a_look_is_copied_to_rows_further_down_too(self, book):
        carry_out(book, [CopyLook("表", Area(2, 1, 2, 3), Area(7, 1, 8, 3))])
        assert sheet_of(book).Range("B7:B8").NumberFormat == "yyyy-mm-dd"
        assert sheet_of(book).Range("B6").NumberFormat == "General"
        assert sheet_of(book).Application.CutCopyMode is False
