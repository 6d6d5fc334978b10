"""The wrappers of the worksheet functions: what they pass to Python, and what a cell shows when that fails."""

import re

import pytest
from pyopenvba.apps.excel import ExcelApplication

from automation.commands.functions.registry import FUNCTIONS
from automation.excel.addin.vba_functions import Argument, Function, function_module
from automation.front.addin import build as addin_build

NO_SERVER = """\
Public Function XLPy() As Object
    Err.Raise 1000, , "could not load xlwings64.dll"
End Function
"""
CALLED = """\
Public Function CallUDF(module_name, function_name, given, book, caller)
    CallUDF = module_name & "." & function_name & "(" & given(0) & ", " & IsMissing(given(1)) & ")"
End Function
"""
SPAN = Function("DB_SPAN", (Argument("date"), Argument("calendar", optional=True)), 'The "span" − or none')


def excel(functions, *modules):
    app = ExcelApplication()
    app.application.workbooks_.Add()
    for source, name, kind in modules:
        app.add_module(source, name=name, kind=kind)
    source = re.sub(r"^Attribute \w+\.VB_Description.*\r\n", "", function_module(functions), flags=re.MULTILINE)
    known = source.replace("Application.Caller", "Nothing")  # the interpreter knows neither this nor descriptions
    app.add_module(known, name="DeliverybookFunctions")
    return app


def test_a_function_that_cannot_reach_python_shows_a_sentence_in_its_cell():
    app = excel([SPAN], (NO_SERVER, "xlwings", "standard"))
    assert app.run("DB_SPAN", 1) == (
        "#无法启动 Python，请运行 deliverybook addin doctor 查看原因。\r\n"
        "Python could not be reached; run deliverybook addin doctor to see why. (could not load xlwings64.dll)"
    )


def test_a_function_passes_its_arguments_on_and_says_which_are_missing():
    class_module = ("Option Explicit\n" + CALLED, "UdfServer", "class")
    server = "Public Function XLPy() As Object\nSet XLPy = New UdfServer\nEnd Function\n"
    app = excel([SPAN], class_module, (server, "xlwings", "standard"))
    assert app.run("DB_SPAN", 7) == "automation.front.udf.DB_SPAN(7, True)"


def test_an_argument_named_by_a_word_of_the_language_gets_another_name():
    assert "DB_SPAN(date_value As Variant, Optional calendar As Variant)" in function_module([SPAN])


def test_help_is_written_in_ascii():
    source = function_module([SPAN])
    assert 'Attribute DB_SPAN.VB_Description = "The ""span"" - or none"' in source
    assert source.isascii()


@pytest.mark.parametrize(
    "function",
    [
        Function("DB SPAN", (), "help"),
        Function("Date", (), "help"),
        Function("DB_SPAN", (Argument("a"), Argument("A")), "help"),
        Function("DB_SPAN", (Argument("a) As String\nSub Auto_Open("),), "help"),
        Function("DB_SPAN", (), "帮助"),
        Function("DB_SPAN", (), "x" * 256),
    ],
)
def test_what_does_not_fit_into_vba_is_refused(function):
    with pytest.raises(ValueError, match=r"DB.SPAN|Date"):
        function_module([function])


def test_every_worksheet_function_has_one_wrapper_with_its_arguments():
    source = next(one.source for one in addin_build.sources().modules if one.name == "DeliverybookFunctions")
    for function in FUNCTIONS:
        (line,) = [one for one in source.splitlines() if one.startswith(f"Public Function {function.name}(")]
        assert line.count(" As Variant") == len(function.arguments) + 1
        assert line.count("Optional ") == sum(one.optional for one in function.arguments)
    assert source.count("Public Function ") == len(FUNCTIONS)
