"""Analysis sheets filled: values, caption, grid and links in either language; twice the same; workbooks without the sheet."""

from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.analysis_sheets import Grid, filled, grid_columns
from automation.commands.request import Request
from automation.excel.live.planned import planned
from automation.excel.live.reading import raw_of
from automation.excel.reader import read
from automation.excel.writer import apply
from automation.model.effects import CellEdit, ReplaceRows
from automation.model.project import build
from tests.analyses import book, with_sample
from tests.excel.books import parts_of
from tests.excel.live.paper import carried_out, taken
from tests.excel.test_references import references
from tests.front.live import cells, differences
from tests.tables import settings

DAY = date(2026, 6, 12)
NAMES = {"zh": "走势", "en": "Trend"}
ROWS = (
    {"month": "2026-05", "planned": Decimal(90), "actual": 81.5, "share": 90, "level": "high", "day": DAY},
    {"month": Text("本月", "This month"), "planned": 40, "actual": None, "share": None, "level": "low", "day": None},
)
GRID = Grid(
    headings=("6-01", "6-08"),
    band=("6月", None),
    cells={(0, 0): 87.5, (1, 1): 120},
    offsets=(-11.0, -4.0, 3.0),
    flags=(None, "off"),
    day=DAY,
)
CAPTION = Text("截至 2026-06-12", "As of 2026-06-12")


def request(path, raw=None):
    return Request(build(raw or read(path), with_sample())[0], (), with_sample(), settings(), DAY)


def shown(path, language="zh"):
    """The cells of the sheet that hold something, by address."""
    sheet = openpyxl.load_workbook(path)[NAMES[language]]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


def fill(path, rows=ROWS, **more):
    found = filled(request(path), "trend", rows, **{"caption": CAPTION, "grid": GRID, **more})
    return found, apply(path, found.edits, path)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("zh", {"A2": "截至 2026-06-12", "A7": "2026-05", "A8": "本月", "E7": "高", "E8": "低"}),
        ("en", {"A2": "As of 2026-06-12", "A7": "2026-05", "A8": "This month", "E7": "High", "E8": "Low"}),
    ],
)
def test_rows_caption_and_grid_stand_where_they_belong_in_the_language_of_the_workbook(tmp_path, language, expected):
    path = book(tmp_path, language)
    found, _ = fill(path)
    there = shown(path, language)
    assert {place: there[place] for place in expected} == expected
    assert [there[place] for place in ("B7", "C7", "D7", "B8")] == [90, 81.5, 90, 40]
    assert there["F7"].date() == DAY
    assert [there.get(place) for place in ("H6", "I6", "H5", "I5", "H7", "I8")] == [
        "6-01",
        "6-08",
        "6月",
        None,
        87.5,
        120,
    ]
    assert [there.get(place) for place in ("G3", "H3", "I3", "J3", "I4")] == [
        openpyxl.utils.datetime.from_excel(openpyxl.utils.datetime.to_excel(DAY)), -11, -4, 3, "off",
    ]  # fmt: skip
    assert found.goto == f"'{NAMES[language]}'!A7"
    assert found.notices == ()


def test_the_same_again_changes_no_byte(tmp_path):
    path = book(tmp_path)
    fill(path)
    again, written = fill(path)
    assert not written.changed
    assert [type(edit) for edit in again.edits] == [ReplaceRows, CellEdit]


def test_fewer_rows_and_columns_leave_nothing_behind(tmp_path):
    path = book(tmp_path)
    fill(path)
    fill(path, ROWS[:1], grid=Grid(headings=("6-01",), day=DAY))
    there = shown(path)
    assert not {"A8", "B8", "I5", "I6", "H7", "I8", "H3", "I3", "I4"} & there.keys()
    assert openpyxl.load_workbook(path)["走势"].tables["tbl_trend"].ref == "A6:F7"


def test_an_open_workbook_comes_to_the_same_as_a_closed_one(tmp_path):
    path = book(tmp_path)
    live = taken(path)
    for rows, grid in ((ROWS * 2, GRID), (ROWS[:1], Grid(headings=("6-01",), day=DAY)), (ROWS, GRID)):
        found, _ = fill(path, rows, grid=grid)
        opened = filled(request(path, raw_of(live)), "trend", rows, caption=CAPTION, grid=grid)
        assert opened.edits == found.edits
        live = carried_out(live, planned(live, opened.edits).actions)
        assert differences(cells(live), cells(path)) == []
    assert planned(live, filled(request(path, raw_of(live)), "trend", ROWS, grid=GRID).edits).actions == ()


def test_charts_follow_the_rows(tmp_path):
    path = book(tmp_path)
    number = sum(name.startswith("xl/charts/chart") for name in parts_of(path))

    def line_chart():
        parts = parts_of(path)
        return next(
            references(parts, name)
            for name in (f"xl/charts/chart{one}.xml" for one in range(1, number + 1))
            if "<c:lineChart>" in parts[name].decode() and "走势" in parts[name].decode()
        )

    fill(path, ROWS * 3)
    assert line_chart()[:3] == ["'走势'!$B$6", "'走势'!$A$7:$A$12", "'走势'!$B$7:$B$12"]
    fill(path, ROWS[:1])
    assert line_chart()[:3] == ["'走势'!$B$6", "'走势'!$A$7:$A$7", "'走势'!$B$7:$B$7"]


def test_cells_lead_to_where_they_come_from(tmp_path):
    path = book(tmp_path)
    fill(path, links={(1, "month"): "'计划'!A3"})
    assert openpyxl.load_workbook(path)["走势"]["A8"].hyperlink.location == "'计划'!A3"


def test_a_column_and_rows_of_a_company_move_everything_and_stay(tmp_path):
    path = book(tmp_path)
    raw = read(path)
    sheets = tuple(
        replace(one, first_row=one.first_row + 2, first_column=one.first_column + 1) if one.name == "走势" else one
        for one in raw.sheets
    )
    found = filled(request(path, replace(raw, sheets=sheets)), "trend", ROWS, caption=CAPTION, grid=GRID)
    there = {edit.cell: edit.value for edit in found.edits if isinstance(edit, CellEdit)}
    assert (there["B4"], there["I8"], there["I9"], there["H5"]) == (CAPTION.zh, "6-01", 87.5, DAY)


def without(path, *, sheet="", cell=""):
    """The workbook as read without a sheet, or with one cell of the sheet empty."""
    raw = read(path)
    if sheet:
        return replace(raw, sheets=tuple(one for one in raw.sheets if one.name != sheet))
    sheets = []
    for one in raw.sheets:
        rows = [[None if value == cell and one.name == "走势" else value for value in row] for row in one.rows]
        sheets.append(replace(one, rows=rows))
    return replace(raw, sheets=tuple(sheets))


@pytest.mark.parametrize(
    ("lacks", "zh", "en"),
    [
        ({"sheet": "走势"}, "此工作簿没有“走势”表", "This workbook has no sheet “Trend”"),
        ({"cell": "实际"}, "“走势”表缺少列“实际”，没有写入", "Sheet 走势 lacks the column(s) “Actual”"),
        ({"cell": "▸"}, "“走势”表缺少右侧的图形区", "Sheet 走势 lacks the area to the right of its table"),
    ],
)
def test_a_workbook_that_cannot_hold_it_gets_a_notice_and_no_edit(tmp_path, lacks, zh, en):
    path = book(tmp_path)
    found = filled(request(path, without(path, **lacks)), "trend", ROWS, caption=CAPTION, grid=GRID)
    assert (found.edits, found.goto) == ((), "")
    (notice,) = found.notices
    assert notice.zh.startswith(zh)
    assert notice.en.startswith(en)
    assert "deliverybook new" in notice.zh
    assert "deliverybook new" in notice.en


def test_the_grid_has_as_many_columns_as_the_schema_says(tmp_path):
    assert grid_columns(request(book(tmp_path)), "trend") == 4


def test_values_beside_the_grid_stay(tmp_path):
    path = book(tmp_path)
    apply(path, [CellEdit("走势", "N9", "eigene Notiz")], path)
    fill(path)
    assert shown(path)["N9"] == "eigene Notiz"
