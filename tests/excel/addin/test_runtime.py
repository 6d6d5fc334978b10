"""xlwings' own module, narrowed: a workbook must not choose what a click starts."""

import re
from importlib.util import find_spec
from pathlib import Path

import pytest
from pyopenvba.apps.excel import ExcelApplication

from automation.base.errors import AutomationError
from automation.excel.addin import runtime

ORIGINAL = Path(find_spec("xlwings").origin).with_name("xlwings_custom_addin.bas").read_text(encoding="cp1252")
NARROWED = runtime.narrowed(ORIGINAL).source
SETTINGS = """\
Sub Prepare(sheet_name As String)
    ActiveWorkbook.Worksheets(1).Name = sheet_name
    ActiveWorkbook.Worksheets(1).Range("A1").Value = "INTERPRETER_WIN"
    ActiveWorkbook.Worksheets(1).Range("B1").Value = "evil.exe"
End Sub
"""
# What the interpreter does not know: files, the environment, programs.
STUBS = {
    "FileExists": "Function FileExists(ByVal FileSpec As String) As Boolean\nEnd Function\n",
    "ExpandEnvironmentStrings": (
        "Function ExpandEnvironmentStrings(ByVal s As String)\nExpandEnvironmentStrings = s\nEnd Function\n"
    ),
    "ExecuteWindows": (
        "Function ExecuteWindows(IsFrozen As Boolean, PythonCommand As String, PYTHON_WIN As String, "
        "Optional PYTHONPATH As String, Optional FrozenArgs As String) As Integer\n"
        'Started = PYTHON_WIN & " " & PYTHONPATH & " " & PythonCommand\nEnd Function\n'
    ),
}


def started(source, sheet):
    """What RunPython would start with a workbook that has the settings of an attacker in a sheet of that name."""
    text = re.sub(r"^( *#.*?) '.*$", r"\1", source.replace("\r\n", "\n"), flags=re.MULTILINE)
    for name, stub in STUBS.items():
        text, found = re.subn(rf"^Function {name}\(.*?^End Function\n", stub, text, flags=re.MULTILINE | re.DOTALL)
        assert found == 1
    text = text.replace('Environ("USERPROFILE")', '"C:\\Users\\zhang"')
    app = ExcelApplication()
    app.application.workbooks_.Add().name = "evil^&calc.xlsx"
    app.add_module("Public Started As String\n", name="Noted")
    app.add_module(SETTINGS, name="Preparing")
    app.add_module(text, name="xlwings")
    app.run("Prepare", sheet)
    app.run("RunPython", "import a;a.b('c')")
    return app.evaluate("Started")


def test_the_original_lets_a_sheet_of_the_workbook_choose_the_program():
    assert started(ORIGINAL, "myaddin.conf").startswith("evil.exe true;evil^&calc.xlsx;")


def test_the_narrowed_module_takes_neither_program_nor_path_from_the_workbook():
    assert started(NARROWED, "deliverybook.conf") == "python false;;;;;; import a;a.b('c')"


def test_code_in_a_sheet_is_no_reason_to_ask_for_a_licence():
    assert started(NARROWED, "code.py") == "python false;;;;;; import a;a.b('c')"


def test_the_licence_notice_stays():
    notice = ORIGINAL.replace("\r\n", "\n").split("'Attribute VB_Name", 1)[0]
    assert "BSD 3-clause" in notice
    assert NARROWED.replace("\r\n", "\n").startswith(notice.rstrip("\n"))


def test_what_was_left_out_is_called_by_nothing_that_stayed():
    def procedures(text):
        return set(re.findall(r"^(?:Public |Private )?(?:Sub|Function) (\w+)\(", text, re.MULTILINE))

    gone = procedures(ORIGINAL) - procedures(NARROWED)
    assert {"ImportPythonUDFs", "RunFrozenPython", "GetConfigFromSheet"} <= gone
    code = "\n".join(re.sub(r"'.*", "", line) for line in NARROWED.splitlines())
    code = re.sub(r"XLPyDLL\w+", "", code)
    assert [name for name in gone if re.search(rf"\b{name}\b", code)] == []


@pytest.mark.parametrize("word", ["VBProject", "VBComponents", "Dictionary", "xlwings.pro", '.conf") = True'])
def test_words_that_scanners_and_auditors_ask_about_are_gone(word):
    assert word in ORIGINAL
    assert word not in NARROWED


def test_settings_are_named_after_this_program():
    assert 'PROJECT_NAME As String = "deliverybook"' in NARROWED
    assert NARROWED.count("\n") == NARROWED.count("\r\n")


def test_the_version_is_that_of_the_installed_package():
    from importlib.metadata import version

    assert runtime.installed() == runtime.Runtime(NARROWED, version("xlwings"))


def test_another_module_than_the_known_one_is_refused():
    with pytest.raises(AutomationError, match="not the known one") as raised:
        runtime.narrowed(ORIGINAL.replace("' Check for embedded Python code", "' Check for code"))
    assert raised.value.code == "XLWINGS_MODULE"
    assert raised.value.text.zh.startswith("已安装的 xlwings 的 VBA 模块与本程序不符")


def test_a_missing_package_is_told_with_what_to_do(monkeypatch):
    monkeypatch.setattr(runtime, "find_spec", lambda _name: None)
    with pytest.raises(AutomationError, match="xlwings is not installed") as raised:
        runtime.installed()
    assert raised.value.code == "NO_XLWINGS"
