"""Every command through real xlwings objects over LibreOffice: the same findings and cells as for the closed file.

LibreOffice calculates formulas by itself; after a click its results are those that the command line's file has when
LibreOffice opens it.
"""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from pathlib import Path

import pytest

from automation.excel.live import office
from automation.front import circumstances, ribbon
from automation.front.cli import main
from automation.model.tables import address
from tests.front.live import cells, differences, spoil
from tests.front.test_clicks import SELECTED, WORDS


@pytest.fixture(scope="module")
def spoiled(demo_book, tmp_path_factory):
    """The demonstration workbook with cells spoiled, so that every command has something to do."""
    return spoil(Path(shutil.copy(demo_book, tmp_path_factory.mktemp("spoiled") / "book.xlsx")))


@pytest.fixture
def copies(spoiled, tmp_path, monkeypatch):
    """Two copies of it: one for the command line, one for the office."""
    monkeypatch.setattr(circumstances, "user", lambda: "somebody")
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    found = [tmp_path / name / "book.xlsx" for name in ("closed", "open")]
    for path in found:
        path.parent.mkdir()
        shutil.copy(spoiled, path)
    return found


def select(book, sheet, key):
    """Select the row with that key as a person would."""
    column = book.sheets[sheet].range("A1:A80").raw_value
    row = next(number for number, (value,) in enumerate(column, start=1) if value == key)
    book.sheets[sheet].activate()
    book.sheets[sheet].range(f"C{row}").select()


def on_file(path, words):
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        main([words[0], str(path), *words[1:], "--format", "json", "--lang", "zh"])
    return json.loads(out.getvalue())


ORDER = (
    "repair",
    "new_row",
    "reschedule",
    "baseline",
    "forecast",
    "check_sheet",
    "check",
    "backup",
    "settings",
    "guide",
    "explain",
    "gantt",
    "hand_over",
    "dashboard",
)
"""Commands one after another on one workbook: all that write in a way of their own; ``tests.front`` has all of them."""


def test_clicks_find_and_write_what_the_commands_do_to_the_closed_file(open_live, copies):
    closed, path = copies
    book = open_live(path)
    for control in ORDER:
        select(book, *SELECTED.get(control, ("需求", "REQ-001")))
        found = ribbon.carried_out(book, control)
        result = on_file(closed, WORDS[control])
        assert [one.id for one in found.result.findings] == [one["id"] for one in result["findings"]], control
        assert [one.message.zh for one in found.result.findings] == [one["message"] for one in result["findings"]]
        assert (found.result.edits > 0) == (result["edits"] > 0), control
        if found.actions:
            live = office.take(book)
            typed, there = without_formulas(live), cells(closed)
            assert differences(typed, {place: value for place, value in there.items() if place in typed}) == [], control
            assert there.keys() <= typed.keys() | formulas_of(live), control
    # LibreOffice calculated the file when it opened it here, and the open workbook at every click.
    assert differences(cells(office.take(book)), cells(office.take(open_live(closed)))) == []


def formulas_of(live):
    """The places of formulas by sheet and address."""
    return {
        (sheet.name, address(sheet.area.top + down, sheet.area.left + across))
        for sheet in live.sheets
        for down, row in enumerate(sheet.formulas)
        for across, formula in enumerate(row)
        if formula is not None
    }


def without_formulas(live):
    """Every value that somebody or something has written."""
    formulas = formulas_of(live)
    return {place: value for place, value in cells(live).items() if place not in formulas}


def test_a_check_leads_to_the_findings_and_the_same_click_again_changes_nothing(open_live, copies):
    book = open_live(copies[1])
    found = ribbon.carried_out(book, "check")
    assert found.message.zh.startswith("检查全部 · 错误 ")
    taken = office.take(book)
    assert taken.active == "检查结果"
    again = ribbon.carried_out(book, "check")
    assert again.actions == ()
    assert cells(office.take(book)) == cells(taken)


def test_undo_puts_the_cells_back(open_live, copies):
    book = open_live(copies[1])
    before = {place: value for place, value in cells(office.take(book)).items() if place[0] != "日志"}
    ribbon.carried_out(book, "reschedule")
    changed = cells(office.take(book))
    assert any(changed.get(place) != value for place, value in before.items())
    ribbon.carried_out(book, "undo")
    after = {place: value for place, value in cells(office.take(book)).items() if place[0] != "日志"}
    # The cover counts the rows of the log.
    assert [place for place in differences(before, after) if not place.startswith("('封面'")] == []
