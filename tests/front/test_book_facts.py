"""What functions know of the workbook that calls: read seldom, worked out anew only when it has changed."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from automation.front.book_facts import LOOK_AGAIN, Memory, facts_of, folder_of
from automation.model.tables import Raw, RawSheet

CALENDAR = """
日期        类型      名称(中文)
2026-06-19  法定假日  端午节
2026-06-20  调休上班  补班
"""
SETTINGS = """
参数键         值
working_hours  09:00-12:00;13:00-18:00
"""


def rows(text):
    def cell(word):
        return datetime.fromisoformat(word) if word[:2] == "20" else word

    return [[cell(word) for word in line.split()] for line in text.strip().splitlines()]


class Book:
    """An open workbook that counts how often it is read."""

    def __init__(self, address, sheets, *, date_1904=False):
        self.address, self.cells, self.is_1904 = address, sheets, date_1904
        self.reads = []

    def names(self):
        return list(self.cells)

    def sheets(self, wanted):
        self.reads.append(set(wanted))
        return Raw(
            self.address,
            tuple(RawSheet(name, cells if name in wanted else []) for name, cells in self.cells.items()),
        )

    def date_1904(self):
        return self.is_1904


class Clock:
    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


def book(address="book.xlsx", calendar=CALENDAR, settings=SETTINGS, **more):
    return Book(
        address,
        {"项目": [["项目编号"]], "日历": rows(calendar), "参数": rows(settings), "计划": [["任务编号"]]},
        **more,
    )


def test_only_the_calendar_and_the_settings_are_read(clock):
    ours = book(date_1904=True)
    facts = Memory(clock).facts(ours)
    assert ours.reads == [{"日历", "参数"}]
    assert facts.days == ((date(2026, 6, 19), "statutory_holiday"), (date(2026, 6, 20), "make_up_day"))
    assert facts.working_hours == ("09:00-12:00", "13:00-18:00")
    assert (facts.language, facts.trouble.zh, facts.date_1904) == ("zh", "", True)


def test_five_thousand_cells_within_a_moment_read_once(clock):
    ours, memory = book(), Memory(clock)
    known = {id(memory.facts(ours)) for _ in range(5_000)}
    assert (len(ours.reads), len(known)) == (1, 1)


def test_an_unchanged_workbook_is_looked_at_again_but_not_worked_out_again(clock):
    ours, memory = book(), Memory(clock)
    first = memory.facts(ours)
    clock.now += LOOK_AGAIN
    assert memory.facts(ours) is first
    assert len(ours.reads) == 2


def test_a_changed_calendar_is_in_force_after_a_moment(clock):
    ours, memory = book(), Memory(clock)
    first = memory.facts(ours)
    ours.cells["日历"] = rows(CALENDAR + "2026-06-22  公司假日  店庆")
    assert memory.facts(ours) is first
    clock.now += LOOK_AGAIN
    assert memory.facts(ours).days == (*first.days, (date(2026, 6, 22), "company_day_off"))


def test_two_workbooks_are_kept_apart(clock):
    memory = Memory(clock)
    one, other = book("one.xlsx"), book("other.xlsx", calendar="日期  类型\n2026-06-12  公司假日")
    assert memory.facts(one).days != memory.facts(other).days
    assert memory.facts(one).days[0][0] == date(2026, 6, 19)


@pytest.mark.parametrize(
    ("calendar", "zh", "en"),
    [
        (
            "日期  类型\n2026-06-19  法定假日\n六月二十  法定假日",
            "“日历”表 A3 无法识别，请更正后重算（Ctrl+Alt+F9）",
            "Cell A3 of",
        ),
        (
            "日期  类型\n2026-06-19  放假",
            "“日历”表 B2 无法识别，请更正后重算（Ctrl+Alt+F9）",
            "Cell B2 of the sheet “日历”",
        ),
        (
            "日期  名称(中文)\n2026-06-19  端午节",
            "“日历”表缺少“类型”列，请补上后重算（Ctrl+Alt+F9）",
            "The sheet “日历” lacks",
        ),
    ],
)
def test_a_calendar_that_cannot_be_used_says_which_cell(clock, calendar, zh, en):
    trouble = Memory(clock).facts(book(calendar=calendar)).trouble
    assert trouble.zh == zh
    assert trouble.en.startswith(en)


def test_wrong_working_hours_leave_the_default_in_force(clock):
    facts = Memory(clock).facts(book(settings="参数键  值\nworking_hours  all-day"))
    assert facts.working_hours == ("08:30-12:00", "13:00-17:30")


def test_a_workbook_that_is_not_ours_has_no_calendar_even_where_a_sheet_is_called_so(clock):
    facts = Memory(clock).facts(Book("other.xlsx", {"日历": rows(CALENDAR), "Sheet1": []}))
    assert (facts.days, facts.language) == (None, "zh")


def test_a_workbook_without_the_sheet_has_no_calendar_and_one_with_an_empty_sheet_has_no_special_days():
    sheets = {"Projects": [["Project ID"]], "Calendar": [["Date", "Kind"]]}
    raw = Raw("", tuple(RawSheet(name, cells) for name, cells in sheets.items()))
    facts = facts_of(raw, None)
    assert (facts.days, facts.language) == ((), "en")
    assert facts_of(Raw("", raw.sheets[:1]), None).days is None


def test_lists_and_settings_beside_the_workbook_count(tmp_path):
    (tmp_path / "config.yaml").write_text("settings:\n  working_hours: ['10:00-16:00']\n", encoding="utf-8")
    raw = Raw("", (RawSheet("项目", [["项目编号"]]),))
    assert facts_of(raw, tmp_path).working_hours == ("10:00-16:00",)


@pytest.mark.parametrize("address", ["Book1", "https://example.sharepoint.com/sites/a/book.xlsx", "folder/book.xlsx"])
def test_a_workbook_on_a_server_or_never_saved_lies_in_no_folder(address):
    assert folder_of(address) is None


def test_a_workbook_on_this_computer_lies_in_its_folder(tmp_path):
    assert folder_of(str(tmp_path / "book.xlsx")) == Path(tmp_path)
