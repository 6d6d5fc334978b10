"""Words that only Excel understands, checked against what others know of them: no Excel runs here."""

from __future__ import annotations

import ast
import inspect
import pathlib
import re

import pytest
import xlwings
from xlwings import mac_dict

from automation.excel.areas import Area
from automation.excel.live import windows
from automation.excel.live.native import NativeBook, NativeSheet
from automation.excel.live.windows import ERROR_BASE, ERRORS, listed

LOOKED_UP = {
    "AutoCorrect",
    "AutoExpandListRange",
    "AutoFillFormulasInLists",
    "CountA",
    "Date1904",
    "SaveCopyAs",
}
"""Words that neither xlwings nor pyOpenVBA uses, looked up in Microsoft's reference by hand: Application.AutoCorrect and its
two switches, WorksheetFunction.CountA, Workbook.Date1904 and Workbook.SaveCopyAs."""
FOLDER = pathlib.Path(windows.__file__).parent
XLWINGS = pathlib.Path(xlwings.__file__).parent


def words(file):
    """The attributes, keywords and texts used as names of attributes in a module."""
    tree = ast.parse((FOLDER / file).read_text(encoding="utf-8"))
    found = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    found |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg}
    return found | {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_word_for_excel_on_windows_is_one_of_its_object_model():
    pyopenvba = pytest.importorskip("pyopenvba")
    others = [XLWINGS / "_xlwindows.py", *(pathlib.Path(pyopenvba.__file__).parent / "apps" / "excel").glob("*.py")]
    known = set(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in others)))
    asked = {word for word in words("windows.py") if re.fullmatch(r"[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*", word)}
    unknown = {word for word in asked if word not in known and word.lower() not in {name.lower() for name in known}}
    assert unknown == LOOKED_UP
    assert {"Value2", "ListObjects", "SetFirstPriority", "ClearHyperlinks"} <= asked


def test_every_word_for_excel_on_macos_is_one_of_its_dictionary():
    known = {
        entry[0]
        for name in ("classes", "enums", "properties", "elements", "commands")
        for entry in getattr(mac_dict, name)
    }
    parameters = {word for command in mac_dict.commands for word, _ in command[2]}
    tree = ast.parse((FOLDER / "mac.py").read_text(encoding="utf-8"))
    keywords = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "k"
    }
    appscript = {"missing_value"}
    assert keywords - known - parameters - appscript == set()
    ours = {name for name, _ in inspect.getmembers(NativeSheet) + inspect.getmembers(NativeBook)}
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    python = {
        "get",
        "set",
        "text",
        "_replace",
        "top",
        "left",
        "bottom",
        "right",
        "code",
        "upper",
        "search",
        "split",
        "areas",
        "severity",
    }
    python |= {
        "values",
        "append",
        "replace",
        "api",
        "app",
        "k",
        "extend",
        "copyfile",
        "count",
        "make",
        "properties",
        "__members__",
        "delete",
    }
    private = {name for name in used if name.startswith("_")}
    assert used - known - parameters - appscript - ours - python - private == set()


def test_both_platforms_answer_every_question_in_the_same_way():
    trees = {name: ast.parse((FOLDER / f"{name}.py").read_text(encoding="utf-8")) for name in ("windows", "mac")}
    for kind, wanted in (("Sheet", NativeSheet), ("Book", NativeBook)):
        questions = {name for name, member in vars(wanted).items() if callable(member) and not name.startswith("_")}
        for name, tree in trees.items():
            body = next(
                node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == f"{name.title()}{kind}"
            )
            made = {
                node.name: [one.arg for one in node.args.args]
                for node in body.body
                if isinstance(node, ast.FunctionDef)
            }
            for question in questions:
                parameters = list(inspect.signature(getattr(wanted, question)).parameters)
                assert made.get(question) == parameters, (name, question)


def test_error_values_are_the_numbers_that_excel_sends():
    assert {number + ERROR_BASE: text for number, text in ERRORS.items()} == {
        -2146826288: "#NULL!",
        -2146826281: "#DIV/0!",
        -2146826273: "#VALUE!",
        -2146826265: "#REF!",
        -2146826259: "#NAME?",
        -2146826252: "#NUM!",
        -2146826246: "#N/A",
        -2146826245: "#GETTING_DATA",
        -2146826243: "#SPILL!",
        -2146826242: "#CONNECT!",
        -2146826241: "#BLOCKED!",
        -2146826240: "#UNKNOWN!",
        -2146826239: "#FIELD!",
        -2146826238: "#CALC!",
    }


def test_lists_of_areas_are_cut_where_excel_would_cut_them():
    areas = [Area(row, 1, row, 300) for row in range(1, 80)]
    lines = list(listed(areas))
    assert max(map(len, lines)) <= 255
    assert ",".join(lines).split(",") == [area.text() for area in areas]
    assert list(listed([])) == []
