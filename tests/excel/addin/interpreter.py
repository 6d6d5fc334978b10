"""VBA in pyOpenVBA's interpreter, which takes errors for errors: our modules with a RunPython that only remembers."""

from __future__ import annotations

from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.interpreter._objects import VBAObject, member

RUN_PYTHON = """\
Public Asked As String
Public Function RunPython(PythonCommand As String)
    If "{trouble}" <> "" Then Err.Raise 70, , "{trouble}"
    Asked = Asked & PythonCommand & vbLf
End Function
"""


class FakeControl(VBAObject):
    """What Office hands to a callback of the ribbon."""

    vba_type_name = "IRibbonControl"

    def __init__(self, control):
        self._control = control

    @member
    def ID(self):
        return self._control


class Excel:
    """An Excel with one workbook of that name open (``""``: none), a module, and a RunPython that remembers, or fails with ``trouble``."""

    def __init__(self, source, *, name, book="计划.xlsx", trouble=""):
        self.app = ExcelApplication()
        if book:
            opened = self.app.application.workbooks_.Add()
            opened.name = book
        self.app.add_module(RUN_PYTHON.format(trouble=trouble), name="xlwings")
        self.app.add_module(source, name=name)

    def run(self, macro, *arguments):
        return self.app.run(macro, *arguments)

    @property
    def asked(self):
        """The commands that Python was asked to run."""
        return self.app.evaluate("Asked").splitlines()

    @property
    def said(self):
        """The texts of the message boxes."""
        return [text for _, text, _, _ in self.app.dialogs]
