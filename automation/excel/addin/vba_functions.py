"""The VBA module of the worksheet functions: one wrapper for each, made when the add-in is built.

Because the wrappers are in the file already, nobody has to import functions or to trust access to the VBA project.
A function that cannot reach Python (not installed, blocked, or on a Mac, where xlwings has no functions) shows a
sentence in its cell. Not here: what the functions compute, and their Python side (``front.udf``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.base.findings import Text
from automation.base.records import dataclass
from automation.excel.addin.vba import CHINESE, sentence_function, with_crlf

if TYPE_CHECKING:
    from collections.abc import Sequence

MODULE: Final = "DeliverybookFunctions"
PYTHON_MODULE: Final = "automation.front.udf"
LONGEST_DESCRIPTION: Final = 255
_NAME: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_KEYWORDS: Final = """
    and as boolean byref byte byval call case const currency date decimal declare dim do double each else elseif end
    enum erase error event exit false for friend function get global gosub goto if implements in integer is let like
    long loop lset me mod new next not nothing null object on option optional or paramarray preserve print private
    property public put redim rem resume return rset select set single static step stop string sub then to true type
    until variant wend while with withevents write xor
"""
RESERVED: Final = frozenset(_KEYWORDS.split())
_UNREACHABLE: Final = Text(
    "无法启动 Python，请运行 deliverybook addin doctor 查看原因。",
    "Python could not be reached; run deliverybook addin doctor to see why.",
)


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a worksheet function; optional ones come last."""

    name: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function: its name in cells and in Python, its arguments, and one English sentence on it."""

    name: str
    arguments: tuple[Argument, ...]
    help: str


def function_module(functions: Sequence[Function]) -> str:
    """The text of the module with CRLF line ends. Raises ValueError for names and help that do not fit into VBA."""
    for function in functions:
        names = [function.name, *(one.name for one in function.arguments)]
        wrong = [name for name in names if not _NAME.fullmatch(name)]
        if (
            wrong
            or function.name.lower() in RESERVED
            or len({"reason", *(name.lower() for name in names)}) <= len(names)
        ):
            raise ValueError(f"{function.name}: VBA cannot take these names: {', '.join(wrong or names)}")
        if not _plain(function.help).isascii() or len(_plain(function.help)) > LONGEST_DESCRIPTION:
            raise ValueError(f"{function.name}: its help is not ASCII or longer than {LONGEST_DESCRIPTION}")
    return with_crlf(
        [
            _HEAD.format(module=MODULE),
            *(_wrapper(one) for one in functions),
            _CALLING_BOOK,
            sentence_function("NotReached", _UNREACHABLE),
            CHINESE,
        ]
    )


_HEAD: Final = """\
Attribute VB_Name = "{module}"
Option Explicit

' Made by "deliverybook addin build" from the list of worksheet functions; changes belong there.
"""
_SIGNS: Final = str.maketrans({"−": "-", "–": "-", "—": "-", "×": "x", "÷": "/", "≤": "<=", "≥": ">=", "’": "'", "…": "..."})  # fmt: skip
_WRAPPER: Final = """\
Public Function {name}({signature}) As Variant
Attribute {name}.VB_Description = "{help}"
    Dim reason As String
    On Error GoTo failed
    {name} = XLPy.CallUDF("{module}", "{name}", Array({given}), CallingBook(), Application.Caller)
    Exit Function
failed:
    reason = Err.Description
    {name} = "#" & NotReached() & " (" & reason & ")"
End Function
"""


_CALLING_BOOK: Final = """\
Private Function CallingBook() As Object
    ' While Excel recalculates, another workbook than that of the formula may be the active one.
    If TypeName(Application.Caller) = "Range" Then
        Set CallingBook = Application.Caller.Parent.Parent
    Else
        Set CallingBook = ActiveWorkbook
    End If
End Function
"""


def _wrapper(function: Function) -> str:
    """One function as VBA passes it on; ranges go to Python as ranges, what was left out as missing.

    An argument named by a word of the language gets another name, as Excel's function wizard then shows it.
    """
    names = [f"{one.name}_value" if one.name.lower() in RESERVED else one.name for one in function.arguments]
    declared = [
        f"{'Optional ' * one.optional}{name} As Variant" for one, name in zip(function.arguments, names, strict=True)
    ]
    return _WRAPPER.format(
        name=function.name,
        signature=", ".join(declared),
        help=_plain(function.help).replace('"', '""'),
        module=PYTHON_MODULE,
        given=", ".join(names),
    )


def _plain(text: str) -> str:
    """The text with typographic signs written in ASCII."""
    return text.translate(_SIGNS)
