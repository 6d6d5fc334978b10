"""xlwings' own Windows code on any computer: stand-ins for pywin32, and for the few COM objects that functions meet.

Run as a program it answers a request in JSON: the VBA that xlwings' generator makes of ``automation.front.udf``, and what
xlwings' ``call_udf`` gives for calls from cells. xlwings itself is not changed; where it would ask Excel, it asks these.
"""

from __future__ import annotations

import ctypes
import datetime as dt
import io
import json
import sys
from decimal import Decimal
from unittest import mock

RANGE_ID = "{00020846-0000-0000-C000-000000000046}"
MISSING = -2147352572
"""What pywin32 hands over for an argument that was left out."""
ROWS_OF_A_SHEET = 1_048_576


class ComObject:
    """Whatever Excel hands over."""

    def __init__(self, **members):
        self.__dict__.update(members)


class ComRange(ComObject):
    """A range: its values as ``Range.Value`` gives them, a scalar for one cell; ``height`` where it is a whole column."""

    def __init__(self, sheet, rows, *, row=1, column=1, height=None):
        kind = ComObject(GetTypeAttr=lambda: ComObject(iid=RANGE_ID))
        super().__init__(Worksheet=sheet, Row=row, Column=column, _oleobj_=ComObject(GetTypeInfo=lambda: kind))
        self.rows = rows
        self.Rows = ComObject(Count=height or len(rows))
        self.Columns = ComObject(Count=len(rows[0]))

    @property
    def Value(self):
        assert self.Rows.Count < ROWS_OF_A_SHEET, "nobody waits for a million rows"
        if (self.Rows.Count, self.Columns.Count) == (1, 1):
            return self.rows[0][0]
        return tuple(map(tuple, self.rows))


class ComSheet(ComObject):
    """A worksheet whose used cells begin in A1."""

    def __init__(self, book, name, rows):
        super().__init__(Parent=book, Name=name, rows=rows, reads=0)

    @property
    def UsedRange(self):
        self.reads += 1
        return ComRange(self, self.rows or [[None]])

    def Cells(self, row, column):
        return (row, column)

    def Range(self, first, last):
        rows = [row[first[1] - 1 : last[1]] for row in self.rows[first[0] - 1 : last[0]]]
        return ComRange(self, rows, row=first[0], column=first[1])

    def column(self, number):
        cells = [[row[number - 1]] for row in self.rows]
        return ComRange(self, cells, column=number, height=ROWS_OF_A_SHEET)


class ComSheets(ComObject):
    """``Workbook.Worksheets``: called with a name or a number from 1, and iterated over."""

    def __call__(self, key):
        return self.all[key - 1] if isinstance(key, int) else next(one for one in self.all if one.Name == key)

    def __iter__(self):
        return iter(self.all)


class ComBook(ComObject):
    """A workbook; ``sheets`` are names with rows of cells, dates as JSON holds them here."""

    def __init__(self, name, sheets, *, date_1904=False):
        super().__init__(Name=name, FullName=name, Date1904=date_1904, Application=ComObject(Hwnd=1))
        found = [ComSheet(self, title, [[cell(one) for one in row] for row in rows]) for title, rows in sheets.items()]
        self.Worksheets = ComSheets(all=found, Count=len(found))


def install():
    """Put the stand-ins in place and import xlwings as it is on Windows."""
    stubs = {
        name: mock.MagicMock(name=name)
        for name in (
            "pythoncom",
            "pywintypes",
            "win32api",
            "win32con",
            "win32com",
            "win32com.client",
            "win32com.client.dynamic",
            "win32com.server",
            "win32com.server.util",
            "win32com.server.policy",
            "win32com.server.dispatcher",
            "win32gui",
            "win32process",
            "win32timezone",
            "win32event",
        )
    }
    stubs["win32com"].client = stubs["win32com.client"]
    stubs["pythoncom"].__file__ = "pythoncom.dll"
    stubs["pywintypes"].IID = str
    stubs["pywintypes"].TimeType = dt.datetime
    stubs["pywintypes"].com_error = type("com_error", (Exception,), {})
    client = stubs["win32com.client"]
    client.Dispatch = lambda thing, **_: thing
    for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass"):
        setattr(client, name, type(name, (), {}))
    stubs["win32timezone"].TimeZoneInfo.utc = lambda: dt.UTC
    sys.modules.update(stubs)
    ctypes.windll = mock.MagicMock(name="windll")
    ctypes.oledll = mock.MagicMock(name="oledll")
    ctypes.WINFUNCTYPE = ctypes.CFUNCTYPE
    import asyncio  # noqa: F401 - chooses by platform what it imports, so it goes first

    real, sys.platform = sys.platform, "win32"
    pydll, ctypes.PyDLL = ctypes.PyDLL, mock.MagicMock(name="PyDLL")
    try:
        import xlwings  # noqa: F401 - what it has found stays
    finally:
        sys.platform = real
        ctypes.PyDLL = pydll


def cell(value):
    """A value of JSON as pywin32 hands it over: dates carry a time zone, amounts of money are decimals."""
    if isinstance(value, dict) and "date" in value:
        return dt.datetime.fromisoformat(value["date"]).replace(tzinfo=dt.UTC)
    return Decimal(value["money"]) if isinstance(value, dict) and "money" in value else value


def argument(book, value):
    """An argument of a call: a range, an array, a whole column of a sheet, nothing, or a value."""
    scratch = book.Worksheets(1)
    if isinstance(value, dict) and "range" in value:
        return ComRange(scratch, [[cell(one) for one in row] for row in value["range"]])
    if isinstance(value, dict) and "array" in value:
        return tuple(tuple(map(cell, row)) if isinstance(row, list) else cell(row) for row in value["array"])
    if isinstance(value, dict) and "column" in value:
        return book.Worksheets(value["sheet"]).column(value["column"])
    return MISSING if value == "missing" else cell(value)


def wrappers(udfs):
    """The VBA that xlwings' own generator makes of the module."""
    import automation.front.udf as module

    out = io.StringIO()
    udfs.generate_vba_wrapper(module.__name__, module, out, ComObject(Name="deliverybook.xlam"))
    return out.getvalue()


def main():
    """Answer one request on stdin."""
    request = json.load(sys.stdin)
    install()
    from xlwings import udfs

    books = {name: ComBook(name, **content) for name, content in request["books"].items()}
    results = []
    for call in request["calls"]:
        book = books[call["book"]]
        given = tuple(argument(book, value) for value in call["arguments"])
        caller = ComRange(book.Worksheets(1), [[None]])
        found = udfs.call_udf("automation.front.udf", call["function"], given, book, caller)
        results.append([[str(one) if isinstance(one, dt.datetime) else one for one in row] for row in found])
    reads = {name: {sheet.Name: sheet.reads for sheet in book.Worksheets} for name, book in books.items()}
    json.dump({"wrappers": wrappers(udfs), "results": results, "reads": reads}, sys.stdout)


if __name__ == "__main__":
    main()
