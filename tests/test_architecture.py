"""The house itself: what a check may load, and that every module has its floor's documentation."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "automation"
HEAVY = [
    "numpy",
    "pandas",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "docxtpl",
    "jsonschema",
    "lxml",
    "xlwings",
    "tqdm",
    "pypdf",
    "matplotlib",
    "PIL",
    "sqlalchemy",
]


def test_a_check_loads_no_heavy_library():
    code = f"import sys, automation.front.cli; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_module_says_what_lives_in_it(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
