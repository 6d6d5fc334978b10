"""LibreOffice as the office in which the add-in's own VBA runs: a test build of a workbook, and a way to press a button.

``test_build`` puts our modules into a workbook as they are and xlwings' module aside: in its place stands a shim whose
RunPython starts ``python starter COMMAND --wb=NAME --from_xl=1`` and does not wait, as xlwings does on a Mac. (LibreOffice
knows neither WScript nor PtrSafe, and a program that it waits for cannot call back.) ``LibreOffice`` starts an office
with a profile and a pipe of its own, loads a workbook, runs a macro of it and waits for a file that the started Python
makes. That Python finds the office by the environment variable ``PIPE``: a whole click can so be followed from the macro
to a changed cell. Run by the system's Python, which has UNO, this file is the other side of the pipe.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

PIPE = "DELIVERYBOOK_OFFICE_PIPE"
"""The name of the pipe of the office that runs the macro: ``uno:pipe,name=...;urp;StarOffice.ComponentContext``."""
PYTHONS = ("/usr/bin/python3", "/opt/libreoffice/program/python")
HELP = (
    "LibreOffice with UNO for Python: apt-get install libreoffice-calc libreoffice-script-provider-python python3-uno"
)
SECONDS = 90

SHIM = """\
Attribute VB_Name = "xlwings"
Option Explicit

Public Function RunPython(PythonCommand As String)
    Dim given As String
    given = Chr(34) & "{starter}" & Chr(34) & " " & Chr(34) & PythonCommand & Chr(34)
    given = given & " " & Chr(34) & "--wb=" & ActiveWorkbook.Name & Chr(34) & " --from_xl=1"
    Shell "{python}", 0, given, False
End Function

Public Function XLPy() As Object
    Err.Raise 1000, "xlwings", "no server"
End Function
"""
CONTROL = """\
Option Explicit
Public ID As String
"""
DRIVER = """\
Attribute VB_Name = "Driver"
Option Explicit

Public Function Press(ByVal id As String) As String
    Dim control As New FakeControl
    On Error GoTo failed
    control.ID = id
    {callback} control
    Press = "ok"
    Exit Function
failed:
    Press = "error: " & Err.Description
End Function

Public Function Start(ByVal macro As String) As String
    On Error GoTo failed
    Application.Run macro
    Start = "ok"
    Exit Function
failed:
    Start = "error: " & Err.Description
End Function
"""


def test_build(path: Path, workbook: bytes, modules, *, starter: Path, callback: str) -> Path:
    """A workbook with macros at ``path`` for LibreOffice: ``modules`` (name, source) as they are, shim and driver."""
    from pyopenvba import ExcelFile
    from pyopenvba.vba import VBAModuleKind

    from automation.excel.addin.package import as_kind, contents, packed

    path.write_bytes(packed(as_kind(contents(workbook), "xlsm")))
    shim = SHIM.format(python=sys.executable, starter=starter)
    with ExcelFile(path) as file:
        project = file.add_vba_project()
        for name, source in (("xlwings", shim), *modules, ("Driver", DRIVER.format(callback=callback))):
            project.add_module(name, source.replace("\r\n", "\n").replace("\n", "\r\n"))
        project.add_module("FakeControl", CONTROL.replace("\n", "\r\n"), kind=VBAModuleKind.other)
        file.save()
    return path


test_build.__test__ = False


def missing() -> str:
    """What is not installed for this, ``""`` when nothing is."""
    return "" if shutil.which("soffice") and _python() else HELP


class LibreOffice:
    """An office with its own profile and pipe, to be used with ``with``; ended with its children at the end."""

    def __init__(self, folder: Path, *, environment: dict[str, str] | None = None) -> None:
        self._folder = folder
        self.pipe = f"deliverybook-{uuid.uuid4().hex[:12]}"
        self._environment = {**os.environ, **(environment or {}), PIPE: self.pipe}
        self._process: subprocess.Popen | None = None

    def __enter__(self) -> Self:
        options = ["--headless", "--norestore", "--nologo", "--nodefault"]
        self._process = subprocess.Popen(
            [
                shutil.which("soffice"),
                *options,
                f"-env:UserInstallation={(self._folder / 'profile').as_uri()}",
                f"--accept=pipe,name={self.pipe};urp;",
            ],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.ask({"end": True}, seconds=20)
        finally:
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)
                self._process.wait()

    def run(
        self,
        book: Path,
        macro: str,
        *arguments: object,
        until: Path | None = None,
        cells: tuple[tuple[str, str], ...] = (),
        save: Path | None = None,
        addin: bool = False,
    ) -> dict:
        """Runs ``Module.Macro`` of the workbook and waits for the file ``until``.

        The answer has ``value`` (what the macro returned), ``waited`` (whether the file came), ``cells`` (the texts of
        the ``(sheet, A1)`` asked for). ``save`` is where the workbook is saved afterwards as .xlsx; ``addin`` loads a
        file that is an add-in.
        """
        asked = {"book": str(book), "macro": macro, "arguments": arguments, "cells": cells, "addin": addin}
        return self.ask({**asked, "until": str(until or ""), "save": str(save or "")})

    def look(self, book: Path, *, addin: bool = False) -> dict:
        """What the office sees of a file: the names of its ``sheets`` and of its VBA ``modules``."""
        return self.ask({"book": str(book), "addin": addin, "look": True})

    def ask(self, question: dict, *, seconds: int = SECONDS) -> dict:
        done = subprocess.run(
            [_python(), __file__, self.pipe, json.dumps({**question, "seconds": seconds - 10})],
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert done.returncode == 0, f"the office did not answer: {done.stderr}"
        return json.loads(done.stdout.splitlines()[-1])


def _python() -> str:
    """A Python that has UNO, ``""`` when there is none."""
    for program in PYTHONS:
        if Path(program).exists():
            done = subprocess.run([program, "-c", "import uno"], capture_output=True, check=False)
            if done.returncode == 0:
                return program
    return ""


def _answer(pipe: str, question: dict) -> dict:
    """What the other side does: connect, load, run, wait, look at cells, save, close."""
    import uno
    from com.sun.star.beans import PropertyValue
    from com.sun.star.connection import NoConnectException
    from com.sun.star.lang import DisposedException

    def properties(**values):
        return tuple(PropertyValue(Name=name, Value=value) for name, value in values.items())

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    end = time.monotonic() + question["seconds"]
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            break
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
    desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    if question.get("end"):
        with contextlib.suppress(DisposedException):  # the bridge falls with the office
            desktop.terminate()
        return {}
    kind = {"FilterName": "Calc MS Excel 2007 VBA XML"} if question["addin"] else {}
    opened = properties(Hidden=True, MacroExecutionMode=4, **kind)
    document = desktop.loadComponentFromURL(Path(question["book"]).as_uri(), "_blank", 0, opened)
    if question.get("look"):
        libraries = document.BasicLibraries
        modules = libraries.getByName("VBAProject").getElementNames() if libraries.hasByName("VBAProject") else ()
        seen = {"sheets": document.getSheets().getElementNames(), "modules": modules}
        document.close(True)
        return seen
    place = "vnd.sun.star.script:VBAProject.{}?language=Basic&location=document"
    script = document.getScriptProvider().getScript(place.format(question["macro"]))
    value, _, _ = script.invoke(tuple(question["arguments"]), (), ())
    waited = _wait(question["until"], end)
    sheets = document.getSheets()
    cells = [sheets.getByName(name).getCellRangeByName(cell).getString() for name, cell in question["cells"]]
    if question["save"]:
        stored = properties(FilterName="Calc MS Excel 2007 XML", Overwrite=True)
        document.storeToURL(Path(question["save"]).as_uri(), stored)
    document.close(True)
    return {"value": value if isinstance(value, str | int | float | bool) else None, "waited": waited, "cells": cells}


def _wait(path: str, end: float) -> bool:
    """Whether the file was there, with something in it, before the time was over."""
    while path and time.monotonic() < end:
        if Path(path).exists() and Path(path).stat().st_size:
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    sys.stdout.write(json.dumps(_answer(sys.argv[1], json.loads(sys.argv[2]))))
    sys.stdout.flush()
    os._exit(0)  # taking UNO apart at the end of a process now and then ends it with a signal
