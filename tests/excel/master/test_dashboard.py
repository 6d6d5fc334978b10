"""The dashboard: charts, risk matrix, milestones and the table of figures."""

from __future__ import annotations

import re

import pytest

from tests.excel.master.built import LANGUAGES, catalogue, filled, fresh, made, opened, part, places


def results(language, content=filled):
    return opened(content(language), results=True)[places(language).name("dashboard")]


def beside(sheet, text, column=1):
    """The cell to the right of a text in the data area."""
    return next(
        cell.offset(0, column).value for row in sheet.iter_rows(min_col=29) for cell in row if cell.value == text
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_ten_native_charts_read_the_data_area_and_have_alternative_text(language):
    charts = [part(fresh(language), f"xl/charts/chart{number}.xml") for number in range(1, 11)]
    name = places(language).name("dashboard")
    for chart in charts:
        references = re.findall(r"<c:f>([^<]*)</c:f>", chart)
        assert references
        assert all(name in reference and re.search(r"\$A[C-Z]\$", reference) for reference in references)
    drawing = part(fresh(language), "xl/drawings/drawing1.xml")
    assert len(re.findall(r' descr="[^"]+"', drawing)) == 10


def test_data_area_counts_tasks_without_milestones():
    sheet = results("zh")
    assert [beside(sheet, text) for text in ("未开始", "进行中", "已完成")] == [0, 1, 1]


def test_data_area_sums_costs_by_category():
    sheet = results("en")
    assert beside(sheet, "Labour") == pytest.approx(1_180_100.75)
    assert (beside(sheet, "Travel"), beside(sheet, "Travel", 2)) == (40_000, 26_000)


def test_open_findings_leave_out_resolved_ones():
    sheet = results("en")
    assert [beside(sheet, text) for text in ("Error", "High", "Medium")] == [1, 1, 0]


def test_milestones_are_listed_without_cancelled_ones():
    sheet = results("en")
    assert beside(sheet, "Design frozen", 3) == 3
    assert beside(sheet, "Design frozen", 4) == 4
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.value == "取消的"]


def test_the_risk_matrix_counts_open_risks_only_and_has_four_colours():
    sheet = results("zh")
    fills = [cell.fill.fgColor.rgb for row in sheet["L37:P47"] for cell in row if cell.fill.fill_type]
    assert set(fills) == {"FFE58D86", "FFF3B98B", "FFF8E29A", "FFBFE3C8"}
    matrix = [cell.value for row in sheet["L38:P47"] for cell in row if cell.value is not None]
    assert (sum(matrix), len(matrix)) == (1, 25)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_unfilled_dashboard_shows_no_error(language):
    sheet = opened(made(language, stored_results=True), results=True)[places(language).name("dashboard")]
    shown = [cell.value for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [text for text in shown if text.startswith("#")]
    assert shown.count("—") >= 8


def test_the_project_is_chosen_from_the_projects_sheet():
    book = opened(fresh("zh"))
    assert book.defined_names["dashboard_project"].attr_text == "'看板'!$V$2"
    (rule,) = [rule for rule in book["看板"].data_validations.dataValidation if "V2" in rule.sqref]
    assert rule.formula1 == "ref_projects"


def test_the_table_of_figures_has_the_columns_of_the_catalogue_and_holds_given_values():
    sheet = results("zh")
    table = sheet.tables["tbl_dashboard"]
    columns = [column.label.zh for column in catalogue().sheets["dashboard"].columns]
    assert [column.name for column in table.tableColumns] == columns
    assert beside(sheet, "planned_percent", 3) == 61.8
    assert beside(sheet, "estimate_at_completion", 3) is None
