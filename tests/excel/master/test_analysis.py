"""Analysis sheets as built: head, table, formats, colours by value, charts, grid, print set-up."""

from __future__ import annotations

import re

import pytest

from automation.excel.master.analysis_heat import LOOKS
from automation.excel.master.places import ANALYSIS_HEADER, LAST_ROW
from automation.model.analyses import GRID_MARK
from tests.analyses import content, with_sample
from tests.excel.master.built import LANGUAGES, catalogue, fresh, opened, part, validations

NAMES = {"zh": "走势", "en": "Trend"}


def sample(language="zh"):
    return opened(content(language))[NAMES[language]]


def rules(sheet, cell):
    """The conditional formats whose range begins at a cell."""
    return [
        rule for area in sheet.conditional_formatting if str(area.sqref).split(":")[0] == cell for rule in area.rules
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_says_what_the_sheet_is_and_that_it_is_not_written_yet(language):
    sheet = sample(language)
    assert sheet["A1"].value == NAMES[language]
    assert "deliverybook" in sheet["A2"].value
    assert [sheet.row_dimensions[row].hidden for row in range(1, 7)] == [False, False, True, True, False, False]
    assert sheet.freeze_panes == "B7"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_the_labels_and_one_formatted_row(language):
    sheet = sample(language)
    labels = [column.label.in_(language) for column in with_sample().sheets["trend"].columns]
    table = sheet.tables["tbl_trend"]
    assert [cell.value for cell in sheet[ANALYSIS_HEADER][:6]] == labels == [one.name for one in table.tableColumns]
    assert table.ref == table.autoFilter.ref == "A6:F7"
    assert [sheet.cell(7, column).number_format for column in range(1, 7)] == [
        "@", "#,##0", "General", '0.0"%"', "@", "yyyy-mm-dd",
    ]  # fmt: skip


def test_nobody_types_there():
    sheet = sample()
    for column in "ABCDEF":
        (rule,) = validations(sheet, f"{column}7")
        assert (rule.type, rule.formula1, str(rule.sqref)) == ("custom", "FALSE", f"{column}7:{column}{LAST_ROW}")
        (tip,) = validations(sheet, f"{column}6")
        assert tip.prompt


def test_columns_that_only_feed_formulas_are_folded():
    sheet = sample()
    assert [sheet.column_dimensions[column].hidden for column in "ABCDEF"] == [False] * 4 + [True, False]


def test_numbers_are_coloured_by_scale_level_bar_and_formula():
    sheet = sample()
    (scale,) = [rule for rule in rules(sheet, "B7") if rule.type == "colorScale"]
    assert [one.val for one in scale.colorScale.cfvo] == [0, 100]
    assert [one.rgb for one in scale.colorScale.color] == ["FFFFFFFF", "FFC93A32"]
    assert str(next(iter(area.sqref for area in sheet.conditional_formatting if scale in area.rules))) == "B7:C5000"
    assert [rule.type for rule in rules(sheet, "B7")] == ["colorScale", "dataBar"]
    levels = rules(sheet, "D7")
    assert [(rule.operator, rule.formula, rule.stopIfTrue) for rule in levels] == [
        ("greaterThanOrEqual", ["100"], True),
        ("greaterThanOrEqual", ["80"], True),
    ]
    assert levels[0].dxf.fill.bgColor.rgb == f"FF{LOOKS['poor'][0][1:]}"
    (formula,) = rules(sheet, "A7")
    assert formula.formula == ["$E7=INDEX(list_risk_level,2)"]
    (grid,) = rules(sheet, "H7")
    assert grid.formula == ["100"]


def test_list_values_are_marked_as_on_other_sheets():
    assert len(rules(sample(), "E7")) == 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_grid_is_marked_and_its_columns_have_its_look(language):
    sheet = sample(language)
    assert sheet["G6"].value == GRID_MARK
    assert sheet["G3"].number_format == "yyyy-mm-dd"
    assert sheet["G3"].value is not None
    shown = sheet.column_dimensions["H"]
    assert (shown.min, shown.max, shown.number_format, shown.width) == (8, 11, "0", pytest.approx(5.7, abs=0.1))
    assert [sheet[f"{column}6"].value for column in "HIJK"] == [None] * 4


@pytest.mark.parametrize("language", LANGUAGES)
def test_charts_read_the_columns_of_the_table(language):
    xml = chart_parts(language)
    line, column = sorted(xml, key=lambda text: "<c:barChart>" in text)
    name = f"'{NAMES[language]}'"
    assert re.findall(r"<c:f>([^<]*)</c:f>", line) == [
        f"{name}!$B$6", f"{name}!$A$7:$A$7", f"{name}!$B$7:$B$7",
        f"{name}!$C$6", f"{name}!$A$7:$A$7", f"{name}!$C$7:$C$7",
        f"{name}!$D$6", f"{name}!$A$7:$A$7", f"{name}!$D$7:$D$7",
    ]  # fmt: skip
    assert {"zh": "走势图", "en": "Trends"}[language] in line
    assert line.count("<c:valAx>") == 2
    # the share on the right-hand axis is a line beside columns too
    assert re.findall(r"<c:f>([^<]*)</c:f>", column)[::3] == [f"{name}!$C$6", f"{name}!$D$6"]
    assert column.index("<c:barChart>") < column.index("<c:lineChart>")


def chart_parts(language):
    """The charts of the sample sheet as text."""
    shipped = len(re.findall(r"/xl/charts/chart\d+\.xml", part(fresh(language), "[Content_Types].xml")))
    data = content(language)
    total = len(re.findall(r"/xl/charts/chart\d+\.xml", part(data, "[Content_Types].xml")))
    assert total == shipped + 2
    parts = [part(data, f"xl/charts/chart{number}.xml") for number in range(1, total + 1)]
    return [text for text in parts if f"'{NAMES[language]}'!" in text]


def test_a_sheet_prints_one_page_wide_with_its_header_repeated():
    for entry in with_sample().analyses:
        sheet = opened(content("zh"))[entry.label.zh]
        setup = sheet.page_setup
        assert (setup.orientation, setup.fitToHeight) == ("landscape", 0)
        assert int(setup.paperSize) == (8 if entry.view.grid else 9)
        assert sheet.print_title_rows == "$5:$6"


@pytest.mark.parametrize("language", LANGUAGES)
def test_microsofts_validator_finds_no_error(language, tmp_path, ooxml_validator):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content(language))
    assert ooxml_validator(path) == []


def test_table_names_of_analyses_are_their_own():
    assert {sheet.table for sheet in catalogue().analyses}.isdisjoint(sheet.table for sheet in catalogue().business)
