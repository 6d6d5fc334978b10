"""The add-in's own VBA inside LibreOffice, byte for byte: from the callback to a Python that was started by it."""

import pytest

from automation.commands.buttons import buttons
from automation.excel.addin.ribbon import CALLBACK
from automation.front.addin import build as addin_build
from tests.excel.addin import office

MODULES = [(one.name, one.source) for one in addin_build.sources().modules if one.name != "xlwings"]
CONTROLS = [one.id for one in buttons() if not one.is_menu]
STARTER = """\
import os, sys
new = NOTE + ".new"
with open(new, "w", encoding="utf-8") as stream:
    stream.write("\\n".join([*sys.argv[1:], os.environ["DELIVERYBOOK_OFFICE_PIPE"]]))
os.replace(new, NOTE)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("pressed")


@pytest.fixture(scope="module")
def book(folder, plain_book):
    """A workbook whose RunPython starts a Python that notes what it was asked, in ``note.txt``."""
    starter = folder / "starter.py"
    starter.write_text(f"NOTE = {str(folder / 'note.txt')!r}\n{STARTER}", encoding="utf-8")
    return office.test_build(folder / "book.xlsm", plain_book, MODULES, starter=starter, callback=CALLBACK)


@pytest.fixture
def note(folder):
    path = folder / "note.txt"
    path.unlink(missing_ok=True)
    return path


def test_a_click_reaches_python_with_the_command_and_the_workbook(macro_office, book, note):
    answer = macro_office.run(book, "Driver.Press", "check", until=note, cells=(("Plan", "A1"),))
    assert answer == {"value": "ok", "waited": True, "cells": ["as it was"]}
    assert note.read_text(encoding="utf-8").split("\n") == [
        "import automation.front.ribbon;automation.front.ribbon.click('check')",
        "--wb=book.xlsm",
        "--from_xl=1",
        macro_office.pipe,
    ]


@pytest.mark.parametrize("control", CONTROLS)
def test_every_macro_for_sheet_buttons_reaches_python(macro_office, book, note, control):
    assert macro_office.run(book, "Driver.Start", f"deliverybook_{control}", until=note)["value"] == "ok"
    assert note.read_text(encoding="utf-8").split("\n")[0].endswith(f".click('{control}')")


def test_an_id_with_odd_characters_reaches_nothing(macro_office, book, note):
    macro_office.run(book, "Driver.Press", "check'", until=None)
    macro_office.run(book, "Driver.Press", "check", until=note)
    assert note.read_text(encoding="utf-8").split("\n")[0].endswith(".click('check')")


def test_an_error_in_a_macro_would_be_told(macro_office, book):
    assert macro_office.run(book, "Driver.Start", "deliverybook_no_such_macro")["value"].startswith("error: ")


def test_a_worksheet_function_shows_a_sentence_when_python_is_out_of_reach(macro_office, book):
    (name, *_) = [one.split("(")[0] for one in dict(MODULES)["DeliverybookFunctions"].split("Public Function ")[1:]]
    value = macro_office.run(book, f"DeliverybookFunctions.{name}", 1, 2, 3)["value"]
    assert value.splitlines() == [
        "#无法启动 Python，请运行 deliverybook addin doctor 查看原因。",
        "Python could not be reached; run deliverybook addin doctor to see why. (no server)",
    ]
