"""The sheets with rows: tables, help, validations, formats, marks and print set-up."""

from __future__ import annotations

import re
from datetime import date, datetime

import pytest
from openpyxl.utils import get_column_letter

from automation.excel.heights import lines_needed
from automation.excel.master.places import LAST_ROW
from automation.excel.master.sheets import pages_wide
from tests.excel.master.built import LANGUAGES, ROWS, catalogue, filled, fresh, made, opened, part, places, validations

TABLES = [sheet for sheet in catalogue().sheets.values() if sheet.kind in {"business", "system"}]
COLUMNS = [(sheet, number, column) for sheet in TABLES for number, column in enumerate(sheet.columns, start=1)]


def of(language, sheet, content=fresh):
    return opened(content(language))[places(language).name(sheet)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_headers_in_row_one_are_the_labels_and_the_table_starts_there(language):
    for sheet in TABLES:
        worksheet = of(language, sheet.id)
        labels = [column.label.in_(language) for column in sheet.columns]
        table = worksheet.tables[sheet.table]
        assert [cell.value for cell in worksheet[1]] == labels
        assert [column.name for column in table.tableColumns] == labels
        assert table.ref.startswith("A1:")
        assert table.autoFilter.ref == table.ref


@pytest.mark.parametrize("language", LANGUAGES)
def test_table_names_are_unique_in_the_workbook(language):
    names = [name for worksheet in opened(fresh(language)) for name in worksheet.tables]
    assert sorted(names) == sorted(sheet.table for sheet in catalogue().sheets.values())


def test_a_fresh_business_sheet_has_one_empty_row_that_is_formatted():
    for sheet in catalogue().business:
        worksheet = of("zh", sheet.id)
        assert worksheet.tables[sheet.table].ref == f"A1:{get_column_letter(len(sheet.columns))}2"
        assert [cell.value for cell in worksheet[2]] == [None] * len(sheet.columns)
        assert all(cell.has_style for cell in worksheet[2])


def test_columns_carry_the_format_of_their_kind_for_rows_added_later():
    expected = {"date": "yyyy-mm-dd", "dt": "yyyy-mm-dd hh:mm", "money": "#,##0.00", "pct": '0.0"%"', "text": "@"}
    for sheet, number, column in COLUMNS:
        if (sheet.id, column.id) == ("settings", "value"):
            continue
        dimensions = of("en", sheet.id).column_dimensions.values()
        style = next(entry for entry in dimensions if entry.min <= number <= entry.max)
        assert style.number_format == expected.get(column.kind, style.number_format)
        assert style.protection.locked == (column.need == "computed")
        assert style.alignment.vertical == "top"
        assert style.font.name == "Calibri"


@pytest.mark.parametrize("language", LANGUAGES)
def test_header_tips_fit_and_say_what_the_column_is(language):
    for sheet, number, column in COLUMNS:
        (rule,) = validations(of(language, sheet.id), f"{get_column_letter(number)}1")
        assert rule.promptTitle == column.label.in_(language)[:32]
        assert 0 < len(rule.prompt) <= 255


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_column_drops_down_its_named_list(language):
    for sheet, number, column in COLUMNS:
        if not column.list or column.need == "computed":
            continue
        letter = get_column_letter(number)
        (rule,) = validations(of(language, sheet.id), f"{letter}2")
        assert (rule.type, rule.formula1, rule.errorStyle) == ("list", f"list_{column.list}", None)
        assert str(rule.sqref) == f"{letter}2:{letter}{LAST_ROW}"


def test_every_single_reference_drops_down_the_other_sheets_keys_and_only_warns():
    for sheet, number, column in COLUMNS:
        if column.reference and not column.reference.many and column.need != "computed":
            (rule,) = validations(of("zh", sheet.id), f"{get_column_letter(number)}2")
            assert (rule.type, rule.formula1) == ("list", f"ref_{column.reference.sheet}")
            assert rule.errorStyle == "warning"


def test_several_references_and_free_text_have_no_drop_down():
    for sheet, number, column in COLUMNS:
        if column.kind in {"mref", "text", "long"} and column.need != "computed" and not column.list:
            rules = validations(of("zh", sheet.id), f"{get_column_letter(number)}2")
            assert all(rule.type != "list" for rule in rules), (sheet.id, column.id)


def test_computed_columns_refuse_typing_and_are_grey():
    for sheet, number, column in COLUMNS:
        if column.need != "computed":
            continue
        cell = of("zh", sheet.id).cell(2, number)
        (rule,) = validations(of("zh", sheet.id), cell.coordinate)
        assert (rule.type, rule.formula1, rule.errorStyle) == ("custom", "FALSE", None)
        assert "交付簿" in rule.error
        assert cell.fill.fgColor.rgb == "FFF2F2F3"


def test_numbers_are_limited_as_their_schema_says():
    signs = {
        "between": ("minimum", "maximum"),
        "greaterThanOrEqual": ("minimum",),
        "greaterThan": ("exclusiveMinimum",),
    }
    seen = 0
    for sheet, number, column in COLUMNS:
        limited = {key for key in column.schema if key.lower().endswith(("minimum", "maximum"))}
        if column.need == "computed" or not limited or column.kind not in {"int", "num", "money", "pct"}:
            continue
        (rule,) = validations(of("zh", sheet.id), f"{get_column_letter(number)}2")
        bounds = [float(text) for text in (rule.formula1, rule.formula2) if text is not None]
        assert rule.errorStyle == "warning"
        assert bounds == [column.schema[key] for key in signs[rule.operator or "between"]]
        seen += 1
    assert seen


def test_no_formula_of_a_validation_is_longer_than_excel_takes():
    for worksheet in opened(fresh("zh")):
        for rule in worksheet.data_validations.dataValidation:
            assert len(rule.formula1 or "") <= 255
            assert len(rule.error or "") <= 255
            assert len(rule.errorTitle or "") <= 32
            if rule.type == "list" and rule.formula1.startswith('"'):
                assert worksheet.title == "参数"


def test_headers_differ_by_need():
    worksheet = of("zh", "requirements")
    sheet = catalogue().sheets["requirements"]
    fills = {}
    for number, column in enumerate(sheet.columns, start=1):
        look = "key" if column.id == sheet.key else column.need
        fills.setdefault(look, set()).add(worksheet.cell(1, number).fill.fgColor.rgb)
    assert all(len(colours) == 1 for colours in fills.values())
    assert len(set.union(*fills.values())) == len(fills) == 5


def test_header_and_key_stay_in_view_and_repeat_on_paper():
    for sheet in TABLES:
        worksheet = of("zh", sheet.id)
        key = [column.id for column in sheet.columns].index(sheet.key)
        assert worksheet.freeze_panes.endswith("2")
        assert get_column_letter(key + 2) <= re.sub(r"\d", "", worksheet.freeze_panes)
        assert worksheet.print_title_rows == "$1:$1"
        setup = worksheet.page_setup
        assert (setup.orientation, str(setup.paperSize), setup.fitToHeight) == ("landscape", "9", 0)
        assert worksheet.sheet_properties.pageSetUpPr.fitToPage
        assert "&P" in worksheet.oddFooter.right.text


def test_title_column_is_frozen_where_it_is_near():
    assert of("zh", "requirements").freeze_panes == "D2"


def test_a_wide_table_takes_several_pages_and_a_narrow_one_a_single_page():
    assert pages_wide([12, 28, 100], 2) == 1
    assert pages_wide([12, 28, *[20] * 20], 2) == 3
    wide = of("zh", "requirements")
    assert wide.page_setup.fitToWidth > 1
    assert wide.print_title_cols == "$A:$C"


def test_findings_mark_their_severity_and_link_look():
    worksheet = of("zh", "findings", filled)
    severity = places("zh").letter("findings", "severity")
    rules = [rule for area in worksheet.conditional_formatting for rule in area.rules if f"{severity}2" in area.sqref]
    assert [rule.formula[0] for rule in rules] == [f"INDEX(list_severity,{number})" for number in range(1, 6)]
    assert worksheet["G2"].font.underline == "single"


@pytest.mark.parametrize(("language", "folded"), [("zh", "message_en"), ("en", "message_zh")])
def test_findings_fold_away_the_language_that_the_workbook_is_not_in(language, folded):
    letter = places(language).letter("findings", folded)
    assert of(language, "findings").column_dimensions[letter].hidden


def test_rows_stand_as_labels_dates_and_text():
    worksheet = of("en", "projects", filled)
    shown = {cell.value: worksheet.cell(2, cell.column).value for cell in worksheet[1]}
    assert shown["Health"] == "Red"
    assert shown["Contract deadline"] == datetime(2026, 9, 10)
    assert of("en", "plan", filled)["B2"].value == "1.10"
    assert worksheet.tables["tbl_projects"].ref.endswith("2")
    assert of("en", "plan", filled).tables["tbl_plan"].ref.endswith(str(len(ROWS["plan"]) + 1))


def test_text_that_looks_like_a_formula_stays_text():
    book = opened(made("zh", rows={"projects": [{"name": "=1+1", "start_planned": "不详"}]}))
    assert (book["项目"]["B2"].value, book["项目"]["B2"].data_type) == ("=1+1", "s")
    assert book["项目"][f"{places('zh').letter('projects', 'start_planned')}2"].value == "不详"


def test_settings_hold_given_values_and_name_the_default_of_the_others():
    cells = {row[0].value: row for row in of("zh", "settings", filled).iter_rows(min_row=2)}
    assert list(cells) == list(catalogue().parameters)
    assert cells["status_date"][1].value == datetime(2026, 6, 12)
    assert cells["ms_red"][1].value is None
    assert "留空则为 5" in cells["ms_red"][3].value
    assert "留空则为 08:30-12:00;13:00-17:30" in cells["working_hours"][3].value
    english = {row[0].value: row for row in of("en", "settings").iter_rows(min_row=2)}
    assert (english["language"][1].value, english["status_date"][1].value) == ("en", None)
    assert "5 when empty" in english["ms_red"][4].value


def test_calendar_and_permissions_hold_the_given_rows():
    days = [{"date": date(2026, 6, 19), "kind": "statutory_holiday", "name_zh": "端午节", "greeting_day": "yes"}]
    rights = [{"access_role": "editor", "sheet": "plan", "permission": "edit"}]
    book = opened(made("zh", calendar_rows=days, permission_rows=rights))
    assert [cell.value for cell in book["日历"][2]] == [datetime(2026, 6, 19), "法定假日", "端午节", None, "是"]
    assert [cell.value for cell in book["权限"][2]] == ["编辑", "计划", "编辑"]


def test_rows_may_grow_but_the_header_keeps_its_height():
    text = "系统应根据订单交期、设备产能和物料齐套情况自动生成日排程。" * 4
    data = made("zh", rows={"requirements": [{"req_id": "REQ-001", "description": text}]})
    number = opened(data).sheetnames.index("需求") + 1
    xml = part(data, f"xl/worksheets/sheet{number}.xml")
    assert re.search(r'<row r="1"[^>]*customHeight="1"', xml)
    assert re.search(r'<row r="2"[^>]* ht="\d+', xml)
    assert not re.search(r'<row r="2"[^>]*customHeight', xml)


@pytest.mark.parametrize(("text", "lines"), [("", 1), ("短", 1), ("字" * 30, 3), ("word " * 8, 2), ("甲\n乙\n丙", 3)])
def test_lines_needed_counts_chinese_letters_twice(text, lines):
    assert lines_needed(text, 24) == lines
