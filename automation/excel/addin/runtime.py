"""The VBA module of xlwings (BSD licence) as the add-in carries it: read from the installed package, then narrowed.

xlwings looks for its settings in the open workbook and beside it, adds the workbook's folder to Python's search path
and would run code kept in sheets. A workbook that comes from a customer could so choose which program a click starts.
Here settings come from the user's own file alone, no name or folder of a workbook gets into the search path, and what
is not needed (import of functions, frozen programs, code in sheets) is left out, which also gives virus scanners less
to suspect. The licence notice stays. Nothing of it is kept in this tree.
Not here: which program and version Python is (``front``), and our own modules (``vba``, ``vba_functions``).
"""

from __future__ import annotations

import re
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple

from automation.base.errors import AutomationError
from automation.base.findings import Text

MODULE: Final = "xlwings"
PROJECT: Final = "deliverybook"
"""Names the settings file: ``%USERPROFILE%\\.deliverybook\\deliverybook.conf``."""
_FILE: Final = "xlwings_custom_addin.bas"
_SEARCH_PATH: Final = '    PYTHONPATH = "false;;;;;;" & GetConfig("PYTHONPATH")\n\n'
"""What ``xlwings.utils.prepare_sys_path`` reads: no folder of a workbook, no name of one, the user's own path."""
_NOTE: Final = """
'Narrowed for Deliverybook by "deliverybook addin build": settings come from the user's own file alone, names and
'folders of workbooks do not get into Python's search path, and what the add-in does not need is left out.
"""


class Cut(NamedTuple):
    """From the text ``start``, which occurs once, up to the first ``end`` behind it (``""``: to the end)."""

    start: str
    end: str
    instead: str = ""


_CUTS: Final = (
    # RunPython: code in sheets, names and folders of workbooks
    Cut("    ' Check for embedded Python code\n", "    OPTIMIZED_CONNECTION = ", _SEARCH_PATH),
    Cut("    ' PythonCommand with embedded code\n", "    ' Call Python platform-dependent\n"),
    # XLPyCommand, which starts the server of the worksheet functions: the same
    Cut(
        "    ' TODO: Doesn't automatically check if code is embedded\n", "    ' Escaping backslashes and", _SEARCH_PATH
    ),
    # GetConfig: settings in sheets and beside the workbook
    Cut("    ' Sheet\n", "    ' User Config\n"),
    # not needed by the add-in
    Cut("Public Function RunFrozenPython(", "Private Sub CleanUp()\n"),
    Cut("Function NDims(", "Function XLPy()\n"),
    Cut("Sub ImportPythonUDFsBase(", '\'Attribute VB_Name = "Config"\n'),
    Cut('#If App = "Microsoft Excel" Then\nFunction GetDirectoryPath(', "Function GetConfigFilePath()"),
    Cut("Function GetDirectoryConfigFilePath()", "Function GetConfig(configKey"),
    Cut("Function SaveConfigToFile(", "Function GetConfigFromFile("),
    Cut("Function IsFullName(", "Function FileExists("),
    Cut("Function GetDirectory(", "Function KillFileOnMac("),
    Cut("Function GetBaseName(", "Public Function CreateGUID()"),
    Cut('#If App = "Microsoft Excel" Then\nFunction GetFullName(', ""),
    # the settings file is ours
    Cut('Public Const PROJECT_NAME As String = "', "\n", f'Public Const PROJECT_NAME As String = "{PROJECT}"'),
    # behind the licence notice
    Cut('\n\'Attribute VB_Name = "Main"\n', "\n", _NOTE),
)


class Runtime(NamedTuple):
    """The module's text with CRLF line ends and the version of xlwings that it is from."""

    source: str
    version: str


def installed() -> Runtime:
    """The narrowed module of the installed xlwings. Raises AutomationError when there is none, or another one."""
    spec = find_spec("xlwings")
    path = Path(spec.origin).with_name(_FILE) if spec and spec.origin else None
    if path is None or not path.exists():
        raise AutomationError(
            Text(
                "没有安装 xlwings，请运行 pip install 'deliverybook[addin]'。",
                "xlwings is not installed: run pip install 'deliverybook[addin]'.",
            ),
            code="NO_XLWINGS",
        )
    return narrowed(path.read_text(encoding="cp1252"))


def narrowed(source: str) -> Runtime:
    """The module's text after the cuts. Raises AutomationError when it is not the text that they were made for."""
    text = source.replace("\r\n", "\n")
    version = re.search(r'XLWINGS_VERSION As String = "([^"]+)"', text)
    for cut in _CUTS:
        found = text.count(cut.start)
        start = text.find(cut.start)
        end = text.find(cut.end, start + len(cut.start)) if cut.end else len(text)
        if found != 1 or end < 0 or version is None:
            raise AutomationError(
                Text(
                    f"已安装的 xlwings 的 VBA 模块与本程序不符（{cut.start.strip()}），请安装本程序指定的版本。",
                    f"The VBA module of the installed xlwings is not the known one ({cut.start.strip()}): "
                    "install the version that this program asks for.",
                ),
                code="XLWINGS_MODULE",
            )
        text = text[:start] + cut.instead + text[end:]
    assert version is not None
    return Runtime(text.rstrip("\n").replace("\n", "\r\n") + "\r\n", version[1])
