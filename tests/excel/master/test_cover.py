"""The cover: links, counts, status, legend."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.excel.master.built import LANGUAGES, ROWS, catalogue, filled, fresh, made, opened, places

NAMES = {"zh": "封面", "en": "Cover"}


def texts(language, content=fresh):
    sheet = opened(content(language), results=content is filled)[NAMES[language]]
    return {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_has_a_link_its_purpose_and_a_live_count(language):
    sheet = opened(fresh(language))[NAMES[language]]
    links = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert set(links) == {entry.label.in_(language) for entry in catalogue().sheets.values()}
    for entry in catalogue().sheets.values():
        cell = links[entry.label.in_(language)]
        assert cell.hyperlink.location == f"{places(language).quoted(entry.id)}!A1"
        assert cell.offset(0, 1).value == entry.purpose.in_(language)
        if entry.kind != "dashboard":
            key = places(language).column(entry.id, entry.key)
            below_titles = entry.kind == "analysis" and entry.columns[0].id == entry.key
            above = 3 if below_titles else 1
            assert cell.offset(0, 2).value == f"=MAX(0,COUNTA({key})-{above})"


def test_status_of_a_filled_workbook_is_shown():
    shown = list(texts("zh", filled).values())
    for value in ("产线改造", "客户：明川精密制造有限公司", "红", "进行中", 52.4, 14):
        assert value in shown
    counts = dict(pairwise(shown))
    assert (counts["错误"], counts["高"], counts["中"]) == (1, 1, 0)
    assert counts[next(entry.purpose.zh for entry in catalogue().business if entry.id == "plan")] == len(ROWS["plan"])


def test_an_unfilled_cover_shows_the_given_names_and_dashes():
    sheet = opened(made("en", name='The "A&B" project', customer="Acme", stored_results=True), results=True)["Cover"]
    shown = [cell.value for row in sheet.iter_rows() for cell in row]
    assert 'The "A&B" project' in shown
    assert "Customer: Acme" in shown
    assert shown.count("—") == 6
    assert "not set" in shown


@pytest.mark.parametrize("language", LANGUAGES)
def test_cover_and_dashboard_print_on_one_page(language):
    for name in (NAMES[language], places(language).name("dashboard")):
        sheet = opened(fresh(language))[name]
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", None)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area


def test_the_cover_is_what_opens():
    assert opened(fresh("zh")).active.title == "封面"
