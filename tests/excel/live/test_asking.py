"""The few words of a click: which workbook, the status bar, a question, where to go on, a dated copy."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
import xlwings

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.excel.live import asking
from automation.excel.live.office import take
from automation.excel.reader import read
from tests.excel.contract import contract_book


@pytest.fixture
def book(open_live, tmp_path):
    return open_live(contract_book(tmp_path / "book.xlsx"))


def test_the_caller_is_the_book_that_was_clicked_in(book, monkeypatch):
    monkeypatch.setattr(xlwings.Book, "_mock_caller", book, raising=False)
    assert asking.caller() == book


def test_without_a_click_the_caller_is_a_clear_error(monkeypatch):
    monkeypatch.delattr(xlwings.Book, "_mock_caller", raising=False)
    monkeypatch.setattr("sys.argv", ["python"])
    with pytest.raises(AutomationError) as caught:
        asking.caller()
    assert caught.value.code == "NO_CALLER"


def test_the_status_bar_shows_one_line_and_is_given_back(book):
    asking.status(book, "第一行\n第二行 " + "长" * 300)
    assert book.app.status_bar == ("第一行 第二行 " + "长" * 300)[:250]
    asking.status(book, None)
    assert book.app.status_bar is False


def test_going_to_a_place_shows_its_sheet_and_selects_its_cells(book):
    asking.go_to(book, "'各种'!A2:B3")
    taken = take(book)
    assert (taken.active, taken.selection) == ("各种", "A2:B3")
    asking.go_to(book, "任务!$B$4")
    assert (take(book).active, take(book).selection) == ("任务", "B4")


@pytest.mark.parametrize("place", ["'没有'!A1", "'隐藏'!A1", "A1", ""])
def test_a_place_that_cannot_be_shown_is_passed_over(book, place):
    before = take(book).active
    asking.go_to(book, place)
    assert take(book).active == before


def test_a_question_is_answered_yes_or_no(book, live):
    assert asking.ask(book, "继续？")
    live.impl.app.answer = "no"
    assert not asking.ask(book, "继续？")
    assert live.impl.app.asked == [("继续？", "交付簿 Deliverybook", "yes_no")] * 2


def test_the_folder_is_where_the_file_lies(book, tmp_path):
    assert asking.folder_of(book) == tmp_path


@pytest.mark.parametrize(
    ("path", "full"),
    [("", "工作簿1"), ("https://contoso.sharepoint.com/sites/a", "https://contoso.sharepoint.com/sites/a/b.xlsx")],
)
def test_a_book_in_the_cloud_or_never_saved_has_no_folder_here(path, full, tmp_path):
    book = SimpleNamespace(api=SimpleNamespace(Name="b", Path=path, FullName=full), name="b")
    assert asking.folder_of(book) is None
    with pytest.raises(AutomationError) as caught:
        asking.save_copy(book, tmp_path / "copy.xlsx")
    assert caught.value.code == "NO_FOLDER"


def test_a_copy_holds_what_excel_holds_unsaved_changes_included(book, tmp_path):
    book.sheets["任务"].range("B4").api.inner.Value2 = "unsaved"
    copy = tmp_path / "copies" / "copy.xlsx"
    asking.save_copy(book, copy)
    assert read(copy).sheets[0].rows[1][0] == "unsaved"


def test_a_copy_that_cannot_be_made_is_a_clear_error(book, tmp_path):
    (tmp_path / "backups").write_text("a file in the way")
    with pytest.raises(AutomationError) as caught:
        asking.save_copy(book, tmp_path / "backups" / "copy.xlsx")
    assert caught.value.code == "NO_COPY"


def test_a_workbook_is_saved_closed_worked_on_and_opened_again(book, live, tmp_path):
    seen, again = [], []

    def work(path):
        seen.append((path, len(live.impl.app.own.books)))
        raise AutomationError(Text("不行。", "No."), code="X")

    with pytest.raises(AutomationError, match="No"):
        asking.while_closed(book, work, again.append)
    assert seen == [(tmp_path / "book.xlsx", 0)]
    assert [name for name in live.trips.names if name in {"Save", "Open"}] == ["Save", "Open"]
    (opened,) = again
    assert isinstance(opened, xlwings.Book)
    assert opened.name == "book.xlsx"
    assert take(opened).sheets[0].name == take(opened).active


def test_a_workbook_that_cannot_be_saved_stays_open(book, live):
    def fault(name, _changes):
        if name == "Save":
            raise live.failed("read-only")

    live.trips.fault = fault
    with pytest.raises(AutomationError) as caught:
        asking.while_closed(book, lambda _path: pytest.fail("it was closed"), lambda _book: None)
    live.trips.fault = None
    assert caught.value.code == "NOT_SAVED"
    assert len(live.impl.app.own.books) == 1
