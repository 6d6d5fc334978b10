from __future__ import annotations

import pytest

from automation.model.headers import header_of, matched_sheets, second_sheets, workbook_language
from automation.model.tables import Raw, RawSheet
from tests.tables import catalogue

SHEET = catalogue().sheets["requirements"]


def raw(*names):
    return Raw("book.xlsx", tuple(RawSheet(name, []) for name in names))


def found(*rows, first_row=1, first_column=1):
    return header_of(RawSheet("需求", [list(row) for row in rows], first_row, first_column), SHEET)


@pytest.mark.parametrize("name", ["需求", "Requirements", "requirements", " 需 求 ", "REQUIREMENTS"])
def test_a_worksheet_is_found_by_label_or_identifier(name):
    assert set(matched_sheets(raw("封面", name), catalogue())) == {"requirements"}


def test_of_two_worksheets_that_are_the_same_sheet_the_first_is_read():
    book = raw("需求", "Requirements", "计划")
    assert matched_sheets(book, catalogue())["requirements"].name == "需求"
    assert [(name, sheet.name) for name, sheet in second_sheets(book, catalogue())] == [
        ("requirements", "Requirements")
    ]


@pytest.mark.parametrize(
    ("names", "language"),
    [(["需求", "计划"], "zh"), (["Requirements", "Plan"], "en"), (["Requirements", "计划"], "zh")],
)
def test_the_language_of_a_workbook_is_that_of_most_of_its_sheets(names, language):
    assert workbook_language(matched_sheets(raw(*names), catalogue()), catalogue()) == language


@pytest.mark.parametrize(
    "texts", [["需求编号", "状态"], ["Requirement ID", "Status"], ["req_id", "status"], ["需求编号", "Status"]]
)
def test_columns_are_found_by_label_in_either_language_or_identifier(texts):
    header = found(texts)
    assert dict(header.columns) == {"req_id": 1, "status": 2}


def test_columns_may_stand_in_any_order_with_others_between():
    header = found(["状态", "公司自用", None, "需求编号"])
    assert dict(header.columns) == {"status": 1, "req_id": 4}


def test_a_title_above_the_header_and_an_offset_are_counted():
    header = found(
        ["需求清单", None], [None, None], ["需求编号", "状态"], ["REQ-001", "已收集"], first_row=3, first_column=2
    )
    assert (header.row, dict(header.columns)) == (5, {"req_id": 2, "status": 3})


def test_a_sheet_whose_top_rows_name_no_column_has_no_header():
    assert found(["甲", "乙"], [1.0, 2.0]) is None
    assert found() is None


def test_a_heading_that_stands_twice_is_read_once():
    header = found(["需求编号", "状态", "Status"])
    assert dict(header.columns) == {"req_id": 1, "status": 2}
    assert header.duplicates == (("status", "Status", 3),)


def test_the_nearest_unknown_heading_is_offered_for_a_missing_column():
    header = found(["需求编号", "需求描术", "备注"])
    missing = {column.id: nearest for column, nearest in header.missing}
    assert missing["description"] == ("需求描术", 2)
    assert missing["importance"] is None


def test_line_breaks_spaces_and_width_in_headings_do_not_matter():
    assert dict(found(["需求\n编号", "状 态", "估算工作量（人天）"]).columns) == {
        "req_id": 1,
        "status": 2,
        "est_effort": 3,
    }
