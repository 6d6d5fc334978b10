"""A whole click inside LibreOffice: the ribbon's VBA, Python started by it, real xlwings, and cells changed at the end."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
from pathlib import Path

import pytest

from automation.excel.addin.ribbon import CALLBACK
from automation.excel.reader import read
from automation.front.addin import build as addin_build
from automation.front.cli import main
from tests.excel.addin import clicked, office
from tests.front.live import cell_of, spoil

MODULES = [(one.name, one.source) for one in addin_build.sources().modules if one.name != "xlwings"]


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """The demonstration workbook."""
    folder = tmp_path_factory.mktemp("demo")
    with contextlib.redirect_stdout(io.StringIO()):
        main(["demo", str(folder), "--quiet"])
    return next(folder.glob("*.xlsx"))


@pytest.fixture(scope="module")
def spoiled(demo, tmp_path_factory):
    """The same with a longer task and cells with errors, so that a click has something to do."""
    return spoil(Path(shutil.copy(demo, tmp_path_factory.mktemp("spoiled") / "book.xlsx")))


@pytest.fixture(scope="module")
def pressed(an_office, tmp_path_factory):
    """A function that presses a button of the ribbon and gives what was said and the texts of cells afterwards."""
    folder = tmp_path_factory.mktemp("click")
    note = folder / "note.json"
    where = {clicked.NOTE: str(note), "DELIVERYBOOK_STATE": str(folder / "state")}
    starter = Path(clicked.__file__)
    with office.LibreOffice(folder, environment=where) as running:

        def press(workbook, control, *cells, save=None):
            note.unlink(missing_ok=True)
            book = office.test_build(
                folder / f"{control}.xlsm", workbook.read_bytes(), MODULES, starter=starter, callback=CALLBACK
            )
            answer = running.run(book, "Driver.Press", control, until=note, cells=cells, save=save)
            assert answer["value"] == "ok"
            assert answer["waited"], "the Python that the macro started did not come to its end"
            return json.loads(note.read_text(encoding="utf-8")), answer["cells"], folder

        yield press


def test_check_lists_the_findings_on_their_sheet(spoiled, pressed, tmp_path):
    saved = tmp_path / "checked.xlsx"
    said, (first,), _ = pressed(spoiled, "check", ("检查结果", "B2"), save=saved)
    assert said["status"].startswith("检查全部 · 错误 ")
    assert first
    rules = {row[1] for sheet in read(saved).sheets if sheet.name == "检查结果" for row in sheet.rows[1:] if row[0]}
    assert {"V02", "V03"} <= rules


def test_reschedule_changes_the_computed_dates(spoiled, pressed):
    before = read(spoiled)
    cell = cell_of(before, "计划", "T-030", "计算完成")
    old = next(sheet for sheet in before.sheets if sheet.name == "计划")
    said, (new,), _ = pressed(spoiled, "reschedule", ("计划", cell))
    assert said["status"].startswith("重排计划 · 修改 ")
    row = next(row for row in old.rows if row[0] == "T-030")
    assert new != row[old.rows[0].index("计算完成")].isoformat()


def test_generate_makes_the_document_beside_the_workbook(demo, pressed):
    said, _, folder = pressed(demo, "document_d12")
    made = next(folder.rglob("*D12*.docx"))
    assert made.name in said["status"]
