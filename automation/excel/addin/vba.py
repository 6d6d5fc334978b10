"""The VBA module behind the ribbon: one callback, one macro for each button, one call of Python.

Only the id of a button goes from Excel to Python, and only when it is made of a to z, 0 to 9 and ``_``; so nothing
that a workbook holds can become part of a command. No macro starts by itself. VBA text holds ASCII alone, since
Excel reads it in the code page of the file; Chinese sentences are written as the numbers of their characters.
Not here: worksheet functions (``vba_functions``), xlwings' own module (``runtime``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from automation.base.findings import Text
from automation.excel.addin.ribbon import CALLBACK

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from automation.excel.addin.ribbon import Control

MODULE: Final = "DeliverybookRibbon"
PYTHON: Final = "import automation.front.ribbon;automation.front.ribbon.click('{id}')"
"""What Python is asked to run; in VBA the id stands between two halves of it."""
MACRO: Final = "deliverybook_{id}"
LONGEST_ID: Final = 64
LETTERS: Final = "abcdefghijklmnopqrstuvwxyz0123456789_"
REFUSED_IN_NAMES: Final = '"`$\\|=%!'
"""What a workbook's name may not hold: the shell that starts Python would read these as its own signs.

Between ``%`` (and, in some companies, ``!``) stands the name of a variable whose text, quotes included, is put in.
"""
_CODES: Final = 14
_VERSION: Final = re.compile(r"[0-9A-Za-z.+-]+")

_ODD: Final = Text(
    "这个按钮的编号有误，请重新安装交付簿加载项。", "This button has a wrong id; install the add-in again."
)
_NO_BOOK: Final = Text("请先打开交付簿工作簿。", "Open a Deliverybook workbook first.")
_NAME: Final = Text(
    "文件名里有不能使用的字符，请去掉后再试：",
    "The file name holds characters that cannot be used; remove these and try again:",
)
_UNREACHABLE: Final = Text(
    "无法启动 Python，请运行 deliverybook addin doctor 查看原因。",
    "Python could not be started; run deliverybook addin doctor to see why.",
)

CHINESE: Final = """\
Private Function Chinese(ByVal codes As String) As String
    Dim code As Variant
    Dim text As String
    For Each code In Split(codes, " ")
        text = text & ChrW(CLng(code))
    Next code
    Chinese = text
End Function
"""
"""Every module has its own copy: a public function would be offered in cells."""


def ribbon_module(controls: Sequence[Control], *, version: str) -> str:
    """The text of the module with CRLF line ends, for these controls of the ribbon and this version of the add-in.

    Raises ValueError for a version or an id that does not fit into VBA; ``ribbon.problems`` says what an id may be.
    """
    if not _VERSION.fullmatch(version):
        raise ValueError(f"version {version!r}")
    buttons = [one.id for one in controls if not one.is_menu]
    macros = [MACRO.format(id=name) for name in buttons]
    if CALLBACK in macros:
        raise ValueError(f"a button must not be called {CALLBACK.removeprefix('deliverybook_')!r}")
    parts = [
        _HEAD.format(
            module=MODULE,
            version=version,
            letters=LETTERS,
            longest=LONGEST_ID,
            refused=REFUSED_IN_NAMES.replace('"', '""'),
            callback=CALLBACK,
        ),
        *(_MACRO.format(macro=macro, id=name) for macro, name in zip(macros, buttons, strict=True)),
        _give_on(),
        _IS_PLAIN,
        _CAN_BE_NAMED,
        *(sentence_function(name, text) for name, text in _SENTENCES),
        CHINESE,
    ]
    return with_crlf(parts)


def _give_on() -> str:
    before, after = PYTHON.split("{id}")
    return _GIVE_ON.format(before=before, after=after)


_HEAD: Final = """\
Attribute VB_Name = "{module}"
Option Explicit

' Made by "deliverybook addin build" from the registry of commands; changes belong there.
' Every button comes in through {callback}; only its id goes to Python.

Public Const DELIVERYBOOK_VERSION As String = "{version}"
Private Const LETTERS As String = "{letters}"
Private Const LONGEST As Long = {longest}
Private Const REFUSED As String = "{refused}"

Public Sub {callback}(control As IRibbonControl)
    PassOn control.ID
End Sub
"""
_MACRO: Final = """\
Public Sub {macro}()
    PassOn "{id}"
End Sub
"""
_GIVE_ON: Final = """\
Private Sub PassOn(ByVal id As String)
    Dim reason As String
    If Not IsPlain(id) Then
        MsgBox WrongButton(), vbExclamation, "Deliverybook"
        Exit Sub
    End If
    If ActiveWorkbook Is Nothing Then
        MsgBox NoWorkbook(), vbInformation, "Deliverybook"
        Exit Sub
    End If
    If Not CanBeNamed(ActiveWorkbook.Name) Then
        MsgBox WrongName() & " " & REFUSED, vbExclamation, "Deliverybook"
        Exit Sub
    End If
    On Error GoTo failed
    RunPython "{before}" & id & "{after}"
    Exit Sub
failed:
    reason = Err.Description
    MsgBox NotStarted() & vbNewLine & reason, vbCritical, "Deliverybook"
End Sub
"""
_IS_PLAIN: Final = """\
Private Function IsPlain(ByVal id As String) As Boolean
    Dim position As Long
    If Len(id) = 0 Or Len(id) > LONGEST Then Exit Function
    For position = 1 To Len(id)
        If InStr(1, LETTERS, Mid$(id, position, 1), vbBinaryCompare) = 0 Then Exit Function
    Next position
    IsPlain = True
End Function
"""
_CAN_BE_NAMED: Final = """\
Private Function CanBeNamed(ByVal name As String) As Boolean
    Dim position As Long
    For position = 1 To Len(REFUSED)
        If InStr(1, name, Mid$(REFUSED, position, 1), vbBinaryCompare) > 0 Then Exit Function
    Next position
    CanBeNamed = True
End Function
"""
_SENTENCES: Final = (
    ("WrongButton", _ODD),
    ("NoWorkbook", _NO_BOOK),
    ("WrongName", _NAME),
    ("NotStarted", _UNREACHABLE),
)


def sentence_function(name: str, text: Text) -> str:
    """A private VBA function that returns the sentence in both languages; it needs ``CHINESE`` beside it."""
    codes = [str(ord(letter)) for letter in text.zh]
    rows = [" ".join(codes[start : start + _CODES]) for start in range(0, len(codes), _CODES)]
    english = text.en.replace('"', '""')
    lines = [f"Private Function {name}() As String", f'    {name} = Chinese("{rows[0]}")']
    lines += [f'    {name} = {name} & Chinese("{row}")' for row in rows[1:]]
    lines += [f'    {name} = {name} & vbNewLine & "{english}"', "End Function", ""]
    return "\n".join(lines)


def with_crlf(parts: Iterable[str]) -> str:
    """The procedures one below the other, a blank line between two, with the line ends that VBA has.

    Raises UnicodeEncodeError for text that is not ASCII.
    """
    text = "\n".join(parts)
    text.encode("ascii")
    return text.replace("\n", "\r\n")
