"""The master workbook as a whole: order, names, bytes, and what Microsoft's validator and LibreOffice say to it."""

from __future__ import annotations

import re

import openpyxl
import pytest

from automation.excel.master.building import build
from tests.excel.master.built import LANGUAGES, catalogue, filled, formulas, fresh, made, opened, part, places

BOOKS = [(language, content) for language in LANGUAGES for content in (fresh, filled)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_input_gives_the_same_bytes(language):
    assert made(language) == fresh(language)


def test_a_path_gets_the_same_bytes_as_a_buffer(tmp_path):
    build(catalogue(), language="zh", path=tmp_path / "book.xlsx")
    assert (tmp_path / "book.xlsx").read_bytes() == fresh("zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_cover_and_dashboard_come_first_then_business_analysis_and_system_sheets(language):
    cover = {"zh": "封面", "en": "Cover"}[language]
    business = [sheet.label.in_(language) for sheet in catalogue().business]
    analyses = [sheet.label.in_(language) for sheet in catalogue().analyses]
    system = [
        catalogue().sheets[sheet].label.in_(language)
        for sheet in ("findings", "settings", "lists", "calendar", "permissions", "log")
    ]
    dashboard = catalogue().sheets["dashboard"].label.in_(language)
    assert opened(fresh(language)).sheetnames == [cover, dashboard, *business, *analyses, *system]


@pytest.mark.parametrize(("language", "content"), BOOKS)
def test_microsofts_validator_finds_no_error(language, content, tmp_path, ooxml_validator):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content(language))
    assert ooxml_validator(path) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_libreoffice_computes_the_results_that_were_stored(language, tmp_path, libreoffice):
    path = tmp_path / "book.xlsx"
    path.write_bytes(filled(language, stored=False))
    computed = openpyxl.load_workbook(libreoffice(path, to="xlsx:Calc MS Excel 2007 XML"), data_only=True)
    stored = opened(filled(language), results=True)
    found = formulas(opened(filled(language)))
    assert len(found) > 200
    for sheet, cell, _ in found:
        expected, value = stored[sheet][cell].value, computed[sheet][cell].value
        if isinstance(expected, float | int):
            assert value == pytest.approx(expected), f"{sheet} {cell}"
        else:
            assert (value or "") == (expected or ""), f"{sheet} {cell}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_carry_no_result_unless_asked_for(language):
    stored, bare = (opened(filled(language, stored=stored), results=True) for stored in (True, False))
    values = [
        [book[sheet][cell].value for sheet, cell, _ in formulas(opened(fresh(language)))] for book in (stored, bare)
    ]
    assert sum(value is not None for value in values[0]) > 150
    assert set(values[1]) == {None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_defined_name_that_a_formula_uses_exists(language):
    book = opened(fresh(language))
    texts = [text for _, _, text in formulas(book)]
    for sheet in book:
        texts += [str(rule.formula1) for rule in sheet.data_validations.dataValidation]
        texts += [text for area in sheet.conditional_formatting for rule in area.rules for text in rule.formula]
    used = {name for text in texts for name in re.findall(r"\b(?:list|ref|dashboard|project)_\w+\b(?![!'])", text)}
    assert used >= {"list_severity", "ref_projects", "dashboard_filter", "project_row"}
    columns = {column.id for sheet in catalogue().sheets.values() for column in sheet.columns}
    assert used - columns <= set(book.defined_names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_drop_down_names_cover_exactly_the_labels_of_their_list(language):
    book = opened(fresh(language))
    lists = book[places(language).name("lists")]
    for value_list in catalogue().lists.values():
        area = book.defined_names[f"list_{value_list.id}"].attr_text.rpartition("!")[2].replace("$", "")
        labels = [row[0].value for row in lists[area]] if ":" in area else [lists[area].value]
        assert labels == [value.label.in_(language) for value in value_list.values]


@pytest.mark.parametrize("language", LANGUAGES)
def test_references_grow_with_the_table(language):
    book = opened(fresh(language))
    for sheet in catalogue().business:
        name = f"'{sheet.label.in_(language)}'"
        expected = f"{name}!$A$2:INDEX({name}!$A:$A,MAX(2,COUNTA({name}!$A:$A)))"
        assert book.defined_names[f"ref_{sheet.id}"].attr_text == expected


def test_properties_name_project_company_and_a_fixed_date():
    book = opened(made("zh", name="产线改造", customer="明川", settings={"company_name": "启程"}))
    properties = book.properties
    assert (properties.title, properties.category, properties.creator) == ("产线改造", "明川", "启程")
    assert properties.created.isoformat() == "2026-01-01T00:00:00"


def test_excel_calculates_everything_on_opening():
    assert 'fullCalcOnLoad="1"' in part(fresh("zh"), "xl/workbook.xml")
