"""LibreOffice as a stand-in for Excel: workbooks open in one hidden office, with the objects that Excel has on Windows.

The office is driven through UNO. Objects and members are called as in Excel's own object model, so that the very module
that runs on Windows (``windows``) runs here, line by line; how Excel takes what is typed, makes links blue, copies marks
with looks and grows tables by itself is done here as Excel does it. What LibreOffice cannot hold stays in own books,
taken from the file when it is opened: merged ranges, array formulas, spills and links (a link is a text field there, no
property of a cell). A truth value is the formula ``TRUE()`` there and a plain value here.
"""

# ruff: noqa: N803 - parameters are called as in Excel

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from automation.excel.areas import Area, area_of
from automation.excel.live.windows import ERROR_BASE, ERRORS
from tests.excel.live.paper import taken

if TYPE_CHECKING:
    from pathlib import Path

    from tests.excel.live.soffice import Office

NUMBERS = {text: number for number, text in ERRORS.items()}
SHEET_FORMULA_PREFIXES = ("=", "{=")
TRUTH = {"=TRUE()": True, "=FALSE()": False}
A1, R1C1 = 1, 2
BY_FORMULA = 9
FORMULA_ENTRIES = (9, 24)
"""How the operator of a formula is called in a format made here and in one that was loaded."""
BLUE = 0x0000FF
LOOK = (
    "CellStyle",
    "NumberFormat",
    "CellBackColor",
    "CharFontName",
    "CharHeight",
    "CharWeight",
    "CharPosture",
    "CharUnderline",
    "CharColor",
    "TopBorder",
    "BottomBorder",
    "LeftBorder",
    "RightBorder",
)


class ComError(Exception):
    """What pywin32 raises: ``hresult`` and, inside the description that Excel adds, the code of the error."""

    def __init__(self, hresult, text="", scode=0):
        super().__init__(hresult, "Exception occurred.", (0, "Microsoft Excel", text, None, 0, scode), None)
        self.hresult = hresult


_KNOWN = {}


def _written(path):
    """The workbook as its file has it; files of the same bytes are parsed once, which takes seconds."""
    digest = hashlib.sha256(path.read_bytes()).digest()
    if digest not in _KNOWN:
        _KNOWN[digest] = taken(path)
    return _KNOWN[digest]


def failed(text):
    return ComError(-2147352567, text, -2146827284)


class Workbook:
    """A workbook as Excel's ``Workbook`` object."""

    def __init__(self, application: Application, path: Path) -> None:
        self.Application = application
        self.office = application.office
        self.document = application.office.load(path)
        self.FullName, self.Path, self.Name = str(path), str(path.parent), path.name
        self.Date1904 = self.document.NullDate.Year == 1904
        self.written = written = _written(path)
        self.merges = {sheet.name: list(sheet.merges) for sheet in written.sheets}
        self.arrays = {sheet.name: list(sheet.arrays) for sheet in written.sheets}
        self.spills = {sheet.name: [] for sheet in written.sheets}
        self.links = {sheet.name: _links(sheet.links) for sheet in written.sheets}
        self.active, self.selected = written.active, "A1"
        self.parser = self.document.createInstance("com.sun.star.sheet.FormulaParser")
        self.parser.CompileEnglish = True
        self.numbers = application.office._service("com.sun.star.util.NumberFormatter")
        self.numbers.attachNumberFormatsSupplier(self.document)
        self.keys = {}
        self.formats = {}
        """Areas of each number format by sheet, looked up anew after every change of looks."""
        self.locked = set()
        self.sheets = {name: self.document.Sheets.getByName(name) for name in self.document.Sheets.ElementNames}
        ranges = self.document.DatabaseRanges
        found = [ranges.getByName(name) for name in ranges.ElementNames]
        self.tables = [(item.DataArea.Sheet, Table(item)) for item in found]
        self.first = {}
        """Which conditional formats were put first, by sheet and number; the later, the higher."""
        self.rule_changes = 0

    @property
    def Worksheets(self):
        return Items([Worksheet(self, name) for name in self.sheets])

    @property
    def ActiveSheet(self):
        return Worksheet(self, self.active)

    @property
    def Windows(self):
        return Items([Window(self)])

    def format_of(self, key):
        """A number format of LibreOffice as Excel writes it."""
        if key not in self.keys:
            found = self.document.NumberFormats.getByKey(key)
            code, kinds = found.FormatString, found.Type
            if kinds & 1024:
                code = "General"
            elif kinds & 6:
                code = re.sub(r'"[^"]*"|\\.|\[\$[^]]*\]|[A-Za-z]+', _lower, code)
            self.keys[key] = code
        return self.keys[key]

    def key_of(self, code):
        """The number that LibreOffice gives to a number format."""
        locale = self.office.struct("com.sun.star.lang.Locale", Language="en", Country="US")
        formats = self.document.NumberFormats
        key = formats.queryKey(code, locale, False)
        return formats.addNew(code, locale) if key < 0 else key

    def SaveCopyAs(self, path):
        as_xlsx = self.office.struct(
            "com.sun.star.beans.PropertyValue", Name="FilterName", Value="Calc MS Excel 2007 XML"
        )
        self.document.storeToURL(self.office.uno.systemPathToFileUrl(path), (as_xlsx,))

    def save(self):
        if self.document.isModified():
            self.SaveCopyAs(self.FullName)

    def close(self):
        self.document.close(True)


class Window:
    def __init__(self, book):
        self.book = book

    @property
    def RangeSelection(self):
        return Range(Worksheet(self.book, self.book.active), area_of(self.book.selected))


class Application:
    """Excel's ``Application`` object."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.ScreenUpdating = self.EnableEvents = True
        self.CutCopyMode = False
        self.StatusBar = False
        self.AutoCorrect = AutoCorrect()
        self.WorksheetFunction = WorksheetFunction()
        self.books = []

    def open(self, path):
        self.books.append(Workbook(self, path))
        return self.books[-1]


class AutoCorrect:
    def __init__(self):
        self.AutoExpandListRange = self.AutoFillFormulasInLists = True


class WorksheetFunction:
    @staticmethod
    def CountA(cells):
        return float(sum(text != "" for row in cells.formulas(A1) for text in row))


class Items(list):
    """A collection of Excel: counted, called with a number from 1 or a name, looped over."""

    @property
    def Count(self):
        return len(self)

    def Item(self, key):
        return self(key)

    def __call__(self, key):
        if isinstance(key, int):
            return self[key - 1]
        for item in self:
            if item.Name.lower() == key.lower():
                return item
        raise failed("Subscript out of range")


class Worksheet:
    """A worksheet as Excel's ``Worksheet`` object."""

    def __init__(self, book: Workbook, name: str) -> None:
        self.book = book
        self.Name = name
        self.uno = book.sheets[name]

    @property
    def Application(self):
        return self.book.Application

    @property
    def Visible(self):
        return -1 if self.uno.IsVisible else 0

    @property
    def ProtectContents(self):
        return self.uno.isProtected() or self.Name in self.book.locked

    @property
    def UsedRange(self):
        cursor = self.uno.createCursor()
        cursor.gotoEndOfUsedArea(False)
        end = _area(cursor.RangeAddress)
        cursor.gotoStartOfUsedArea(False)
        start = _area(cursor.RangeAddress)
        return Range(self, Area(start.top, start.left, end.bottom, end.right))

    @property
    def Cells(self):
        return Range(self, Area(1, 1, 1_048_576, 16_384))

    def Range(self, text):
        if len(text) > 255:
            raise failed("Method 'Range' of object '_Worksheet' failed")
        areas = [area_of(part) for part in text.split(",")]
        return Range(self, areas[0], areas)

    @property
    def ListObjects(self):
        return Items(self._tables())

    def _tables(self):
        index = list(self.book.sheets).index(self.Name)
        return [ListObject(self, table) for sheet, table in self.book.tables if sheet == index]

    def formats(self):
        """The areas of each number format."""
        if self.Name not in self.book.formats:
            parts = self.uno.getUniqueCellFormatRanges()
            found = {}
            for number in range(parts.Count):
                part = parts.getByIndex(number)
                areas = found.setdefault(self.book.format_of(part.NumberFormat), [])
                areas += map(_area, part.getRangeAddresses())
            self.book.formats[self.Name] = found
        return self.book.formats[self.Name]

    def check(self):
        """Before every change: refused on a protected sheet."""
        self.book.formats.pop(self.Name, None)
        if self.ProtectContents:
            raise failed("The cell or chart you're trying to change is on a protected sheet.")


class Table:
    """A database range of LibreOffice: what a table becomes there."""

    def __init__(self, uno):
        self.uno = uno
        self.name, self.area = uno.Name, _area(uno.DataArea)
        self.has_header, self.has_totals = uno.ContainsHeader, uno.TotalsRow


class ListObject:
    def __init__(self, sheet, table):
        self.sheet, self.table = sheet, table
        self.Name, self.ShowHeaders, self.ShowTotals = table.name, table.has_header, table.has_totals

    @property
    def area(self):
        return self.table.area

    @property
    def Range(self):
        return Range(self.sheet, self.area)

    @property
    def ListColumns(self):
        area = self.area
        return Items([Named(f"Column{number + 1}") for number in range(area.right - area.left + 1)])

    def Resize(self, cells):
        self.sheet.check()
        if (cells.area.top, cells.area.left) != (self.area.top, self.area.left):
            raise failed("Method 'Resize' of object 'ListObject' failed")
        there = self.table.uno.DataArea
        there.EndRow, there.EndColumn = cells.area.bottom - 1, cells.area.right - 1
        self.table.uno.DataArea = there
        self.table.area = cells.area


class Range:
    """Cells as Excel's ``Range`` object."""

    def __init__(self, sheet: Worksheet, area: Area, areas=None) -> None:
        self.sheet, self.book, self.area = sheet, sheet.book, area
        self.areas = areas or [area]

    @cached_property
    def uno(self):
        area = self.area
        return self.sheet.uno.getCellRangeByPosition(area.left - 1, area.top - 1, area.right - 1, area.bottom - 1)

    @property
    def Address(self):
        text = ",".join(re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", area.text()) for area in self.areas)
        return text if len(text) <= 255 else text[: text.rindex(",", 0, 256)]

    @property
    def Areas(self):
        return Items([Range(self.sheet, area) for area in self.areas])

    @property
    def is_one(self):
        return (self.area.top, self.area.left) == (self.area.bottom, self.area.right)

    def _shaped(self, rows):
        return rows[0][0] if self.is_one else tuple(map(tuple, rows))

    @property
    def Value2(self):
        uno = self.uno
        rows = [list(row) for row in uno.getDataArray()]
        for down, texts in enumerate(uno.getFormulaArray()):
            for across, text in enumerate(texts):
                value = rows[down][across]
                if text in TRUTH:
                    rows[down][across] = TRUTH[text]
                elif value is None or (text.startswith(SHEET_FORMULA_PREFIXES) and value in (0.0, 1.0)):
                    shown = uno.getCellByPosition(across, down).String
                    if value is None:
                        rows[down][across] = NUMBERS.get(shown, 2015) + ERROR_BASE
                    elif shown in ("TRUE", "FALSE"):
                        rows[down][across] = shown == "TRUE"
                elif value == "" and not text:
                    rows[down][across] = None
        return self._shaped(rows)

    @Value2.setter
    def Value2(self, block):
        self.sheet.check()
        rows = [[block]] if not isinstance(block, tuple) else block
        assert (len(rows), len(rows[0])) == (
            self.area.bottom - self.area.top + 1,
            self.area.right - self.area.left + 1,
        )
        uno = self.uno
        codes = [[self._code(down, across) for across in range(len(row))] for down, row in enumerate(rows)]
        own = [[self._typed(value, down, across) for across, value in enumerate(row)] for down, row in enumerate(rows)]
        plain = tuple(tuple(value if kind == "value" else "" for kind, value in row) for row in own)
        uno.setDataArray(plain)
        for down, row in enumerate(own):
            for across, (kind, value) in enumerate(row):
                if kind == "value" and str(rows[down][across]).startswith("'") and codes[down][across] != "@":
                    # LibreOffice marks a text that looks like something else by the format of texts, Excel does not.
                    uno.getCellByPosition(across, down).NumberFormat = self.book.key_of(codes[down][across])
                elif kind == "truth":
                    uno.getCellByPosition(across, down).Formula = "=TRUE()" if value else "=FALSE()"
                elif kind == "formula":
                    self._put_formula(uno.getCellByPosition(across, down), value)
                elif kind == "dated":
                    cell = uno.getCellByPosition(across, down)
                    cell.Value, cell.NumberFormat = value
        self._grow()

    def _typed(self, value, down, across):  # noqa: PLR0911 - one line for each way Excel takes it
        """What Excel makes of something typed into a cell: its kind and value."""
        if isinstance(value, bool):
            return "truth", value
        code = self._code(down, across) if value not in (None, "") else ""
        if isinstance(value, int | float):
            return "value", f"{value:g}" if code == "@" else float(value)
        if value.startswith("'"):
            return "value", value[1:]
        if code == "@" or not value:
            return "value", value
        if value.startswith("="):
            return "formula", value
        if value.upper() in ("TRUE", "FALSE"):
            return "truth", value.upper() == "TRUE"
        if value[0] in "+-@" and not re.fullmatch(r"[+-]\d+(\.\d*)?", value):
            raise failed("There's a problem with this formula.")
        if value in NUMBERS:
            return "formula", f"={value}"
        return self._number(value)

    def _number(self, text):
        if not re.search(r"\d", text):
            return "value", text
        try:
            key = self.book.numbers.detectNumberFormat(0, text)
            return "dated", (self.book.numbers.convertStringToNumber(key, text), key)
        except Exception:  # noqa: BLE001 - what is no number is a text
            return "value", text

    def _code(self, down, across):
        row, column = self.area.top + down, self.area.left + across
        return Range(self.sheet, Area(row, column, row, column)).NumberFormat

    def _grow(self):
        """What Excel does of its own accord when something is typed right under a table."""
        if not self.sheet.Application.AutoCorrect.AutoExpandListRange:
            return
        for table in self.sheet._tables():
            area = table.area
            if self.area.top == area.bottom + 1 and area.left <= self.area.left and self.area.right <= area.right:
                table.Resize(Range(self.sheet, area._replace(bottom=self.area.bottom)))

    def formulas(self, convention):
        uno = self.uno
        rows, values = [list(row) for row in uno.getFormulaArray()], uno.getDataArray()
        for down, row in enumerate(rows):
            for across, text in enumerate(row):
                if text in TRUTH:
                    row[across] = text[1:-2]
                elif text == values[down][across]:
                    continue
                elif text.startswith(SHEET_FORMULA_PREFIXES):
                    row[across] = self._printed(uno.getCellByPosition(across, down), convention)
                elif text.startswith("'"):
                    row[across] = text[1:]
        return rows

    def _printed(self, cell, convention):
        """A formula in Excel's notation."""
        self.book.parser.FormulaConvention = convention
        tokens = cell.getTokens() or cell.getArrayTokens()
        if not tokens:
            tokens = self._array_tokens(cell)
        text = self.book.parser.printFormula(tokens, cell.CellAddress)
        text = _parted(text, ";", ",")
        return "=" + text if text not in NUMBERS else text

    def _array_tokens(self, cell):
        cursor = self.sheet.uno.createCursorByRange(cell)
        cursor.collapseToCurrentArray()
        return cursor.getArrayTokens()

    @property
    def Formula(self):
        return self._shaped(self.formulas(A1))

    @Formula.setter
    def Formula(self, text):
        self.sheet.check()
        if isinstance(text, tuple) or not text.startswith("="):
            self.Value2 = text
            return
        self.book.parser.FormulaConvention = A1
        first = self.uno.getCellByPosition(0, 0)
        tokens = self.book.parser.parseFormula(_parted(text[1:], ",", ";"), first.CellAddress)
        for down in range(self.area.bottom - self.area.top + 1):
            for across in range(self.area.right - self.area.left + 1):
                self.uno.getCellByPosition(across, down).setTokens(tokens)

    def _put_formula(self, cell, text):
        self.book.parser.FormulaConvention = A1
        cell.setTokens(self.book.parser.parseFormula(_parted(text[1:], ",", ";"), cell.CellAddress))

    @property
    def FormulaR1C1(self):
        return self._shaped(self.formulas(R1C1))

    def _property(self, name):
        """A property of the cells, ``None`` when they differ."""
        uno = self.uno
        return None if uno.getPropertyState(name).value == "AMBIGUOUS_VALUE" else uno.getPropertyValue(name)

    @property
    def NumberFormat(self):
        codes = [code for code, areas in self.sheet.formats().items() if any(map(self.area.meets, areas))]
        return codes[0] if len(codes) == 1 else None

    @NumberFormat.setter
    def NumberFormat(self, code):
        self.sheet.check()
        self.uno.NumberFormat = self.book.key_of(code)

    def _of(self, wholes):
        """Whether all (``None``: some) of the cells belong to the ranges."""
        meeting = [whole for whole in wholes if whole.meets(self.area)]
        if not meeting:
            return False
        places = ((row, column) for row in self._rows() for column in range(self.area.left, self.area.right + 1))
        return True if all(any(whole.holds(*place) for whole in meeting) for place in places) else None

    def _rows(self):
        return range(self.area.top, self.area.bottom + 1)

    def _whole(self, wholes):
        return Range(self.sheet, next((one for one in wholes if one.holds(*self.area[:2])), self.area))

    @property
    def MergeCells(self):
        return self._of(self.book.merges[self.sheet.Name])

    @property
    def MergeArea(self):
        return self._whole(self.book.merges[self.sheet.Name])

    @property
    def HasArray(self):
        return self._of(self.book.arrays[self.sheet.Name])

    @property
    def CurrentArray(self):
        return self._whole(self.book.arrays[self.sheet.Name])

    @property
    def HasSpill(self):
        return self._of(self.book.spills[self.sheet.Name])

    @property
    def SpillParent(self):
        whole = self._whole(self.book.spills[self.sheet.Name]).area
        return Range(self.sheet, whole._replace(bottom=whole.top, right=whole.left))

    @property
    def SpillingToRange(self):
        return self._whole(self.book.spills[self.sheet.Name])

    @property
    def Hyperlinks(self):
        return Hyperlinks(self)

    def ClearHyperlinks(self):
        self.sheet.check()
        links = self.book.links[self.sheet.Name]
        links[:] = [link for link in links if not link.area.meets(self.area)]

    @property
    def FormatConditions(self):
        return FormatConditions(self)

    def AutoFill(self, Destination, Type):
        assert Type == 3
        self._copy_look(Destination.area._replace(top=self.area.bottom + 1))

    def Copy(self):
        self.sheet.Application.CutCopyMode = self

    def PasteSpecial(self, Paste):
        assert Paste == -4122
        self.sheet.Application.CutCopyMode._copy_look(self.area)

    def _copy_look(self, target):
        self.sheet.check()
        for column in range(self.area.left, self.area.right + 1):
            source = self.sheet.uno.getCellByPosition(column - 1, self.area.top - 1)
            cells = Range(self.sheet, target._replace(left=column, right=column)).uno
            for name in LOOK:
                setattr(cells, name, getattr(source, name))
        for rule in FormatConditions(self):
            for part in rule.areas():
                if part.meets(self.area):
                    left, right = max(part.left, self.area.left), min(part.right, self.area.right)
                    rule.extend(target._replace(left=left, right=right))

    def ClearFormats(self):
        self.sheet.check()
        self.uno.clearContents(32 | 64)
        for rule in list(FormatConditions(self)):
            rule.cut(self.area)

    @property
    def Style(self):
        name = self._property("CellStyle")
        return None if name is None else Named("Normal" if name == "Default" else name)

    @property
    def Interior(self):
        return Interior(self)

    @property
    def Borders(self):
        return Borders(self)

    @property
    def Font(self):
        return Font(self)


class Named:
    def __init__(self, name):
        self.Name = name


class Interior:
    def __init__(self, cells):
        self.cells = cells

    @property
    def ColorIndex(self):
        colour = self.cells._property("CellBackColor")
        return None if colour is None else -4142 if colour == -1 else 1


class Borders:
    def __init__(self, cells):
        self.cells = cells

    @property
    def LineStyle(self):
        states = {self.cells.uno.getPropertyState(name).value for name in LOOK if name.endswith("Border")}
        return -4142 if states == {"DEFAULT_VALUE"} else None


class Font:
    """A font with Excel's values; colours are numbers whose lowest byte is blue here, which nobody looks into."""

    NAMES: ClassVar = {
        "Name": "CharFontName",
        "Size": "CharHeight",
        "Bold": "CharWeight",
        "Italic": "CharPosture",
        "Underline": "CharUnderline",
        "Color": "CharColor",
    }

    def __init__(self, cells):
        object.__setattr__(self, "cells", cells)

    def __getattr__(self, name):
        found = self.cells._property(self.NAMES[name])
        if found is None:
            return None
        if name == "Bold":
            return found > 100
        if name == "Italic":
            return found.value != "NONE"
        return (2 if found else -4142) if name == "Underline" else found

    def __setattr__(self, name, value):
        self.cells.sheet.check()
        office = self.cells.book.office
        if name == "Bold":
            value = 150.0 if value else 100.0
        elif name == "Italic":
            value = office.uno.Enum("com.sun.star.awt.FontSlant", "ITALIC" if value else "NONE")
        elif name == "Underline":
            value = 0 if value == -4142 else 1
        setattr(self.cells.uno, self.NAMES[name], value)


class Hyperlink:
    def __init__(self, area, address, place):
        self.area, self.Address, self.SubAddress = area, address, place


class LinkOf:
    """A link with the sheet it stands on."""

    def __init__(self, sheet, link):
        self.Range = Range(sheet, link.area)
        self.Address, self.SubAddress = link.Address, link.SubAddress


class Hyperlinks:
    def __init__(self, cells):
        self.cells = cells

    def _there(self):
        return [link for link in self.cells.book.links[self.cells.sheet.Name] if link.area.meets(self.cells.area)]

    @property
    def Count(self):
        return len(self._there())

    def Item(self, number):
        return LinkOf(self.cells.sheet, self._there()[number - 1])

    def Add(self, Anchor, Address, SubAddress):
        """Excel makes the cell blue and underlined, and writes the place into an empty one."""
        sheet = self.cells.sheet
        sheet.check()
        self.cells.book.links[sheet.Name].append(Hyperlink(Anchor.area, Address, SubAddress))
        if Anchor.Value2 is None:
            Anchor.uno.getCellByPosition(0, 0).String = SubAddress
        Anchor.uno.CharColor, Anchor.uno.CharUnderline = BLUE, 1


class FormatConditions:
    """The conditional formats that apply to cells, all of a sheet's when the cells are all of its."""

    def __init__(self, cells):
        self.cells = cells
        self.uno = cells.sheet.uno.ConditionalFormats
        self._read = None

    def _rules(self):
        """The rules, read anew after each change of any: LibreOffice takes milliseconds for the areas of one."""
        changes = self.cells.book.rule_changes
        if self._read is None or self._read[0] != changes:
            found = []
            for item in self.uno.getConditionalFormats():
                rules = [FormatCondition(self.cells.sheet, item, index) for index in range(item.getCount())]
                if rules and any(part.meets(self.cells.area) for part in rules[0].areas()):
                    found += rules
            self._read = changes, sorted(found, key=lambda rule: rule.priority)
        return self._read[1]

    def __iter__(self):
        return iter(self._rules())

    @property
    def Count(self):
        return len(self._rules())

    def Item(self, number):
        return self._rules()[number - 1]

    def Add(self, Type, Formula1):
        assert Type == 2
        self.cells.sheet.check()
        self.cells.book.rule_changes += 1
        item = self._made(self.cells.areas)
        item.createEntry(0, 0)
        entry = item.getByIndex(0)
        entry.Operator, entry.Formula1 = BY_FORMULA, Formula1.removeprefix("=")
        return FormatCondition(self.cells.sheet, item, 0)

    def _made(self, areas):
        identity = self.uno.createByRange(_cells(self.cells.sheet, areas))
        return next(item for item in self.uno.getConditionalFormats() if identity == item.ID)


class FormatCondition:
    def __init__(self, sheet, item, index):
        self.sheet, self.item, self.index = sheet, item, index
        self.StopIfTrue = True

    @property
    def priority(self):
        first = self.sheet.book.first
        return -first.get((self.sheet.Name, self.item.ID), 0), self.item.ID, self.index

    def areas(self):
        return list(map(_area, self.item.Range.getRangeAddresses()))

    def extend(self, area):
        self.sheet.book.rule_changes += 1
        self.item.Range = _cells(self.sheet, [*self.areas(), area])

    def cut(self, area):
        self.sheet.book.rule_changes += 1
        kept = [part for part in self.areas() if not part.meets(area)]
        if kept:
            self.item.Range = _cells(self.sheet, kept)
        else:
            self.Delete()

    @property
    def Type(self):
        entry = self.item.getByIndex(self.index)
        return 2 if entry.getType() == 0 and entry.Operator in FORMULA_ENTRIES else 1

    @property
    def Formula1(self):
        return "=" + self.item.getByIndex(self.index).Formula1

    @property
    def AppliesTo(self):
        areas = self.areas()
        return Range(self.sheet, areas[0], areas)

    @property
    def Interior(self):
        return Fill(self)

    def SetFirstPriority(self):
        self.sheet.book.rule_changes += 1
        first = self.sheet.book.first
        first[self.sheet.Name, self.item.ID] = max(first.values(), default=0) + 1

    def Delete(self):
        self.sheet.check()
        self.sheet.book.rule_changes += 1
        if self.item.getCount() > 1:
            self.item.removeByIndex(self.index)
        else:
            self.sheet.uno.ConditionalFormats.removeByID(self.item.ID)


class Fill:
    """The fill of a conditional format: a cell style in LibreOffice."""

    def __init__(self, rule):
        self.rule = rule

    @property
    def _styles(self):
        return self.rule.sheet.book.document.StyleFamilies.getByName("CellStyles")

    @property
    def Color(self):
        colour = self._styles.getByName(self.rule.item.getByIndex(self.rule.index).StyleName).CellBackColor
        return (colour & 0xFF) << 16 | colour & 0xFF00 | colour >> 16

    @Color.setter
    def Color(self, value):
        colour = (value & 0xFF) << 16 | value & 0xFF00 | value >> 16
        name = f"mark {colour:06X}"
        if not self._styles.hasByName(name):
            made = self.rule.sheet.book.document.createInstance("com.sun.star.style.CellStyle")
            self._styles.insertByName(name, made)
            made.CellBackColor = colour
        self.rule.item.getByIndex(self.rule.index).StyleName = name


def _area(there):
    """A range address of LibreOffice."""
    return Area(there.StartRow + 1, there.StartColumn + 1, there.EndRow + 1, there.EndColumn + 1)


def _cells(sheet, areas):
    """Areas as LibreOffice's list of ranges."""
    found = sheet.book.document.createInstance("com.sun.star.sheet.SheetCellRanges")
    for area in areas:
        found.addRangeAddress(Range(sheet, area).uno.RangeAddress, False)
    return found


def _parted(formula, old, new):
    """A formula with other signs between arguments: commas in Excel, semicolons in LibreOffice."""
    return re.sub(
        rf"""\"[^"]*\"|'[^']*'|\{{[^}}]*\}}|{old}""", lambda match: new if match[0] == old else match[0], formula
    )


def _links(links):
    """Links of a sheet as ``state`` has them; those out of the workbook get an address."""
    return [Hyperlink(area_of(ref), "" if place else "https://example.com", place) for ref, place in links.items()]


def _lower(match):
    """A piece of a date format, its letters as Excel writes them."""
    text = match[0]
    return (
        text if text[0] in '"\\' or text.startswith("[$") or text in ("AM", "PM", "A", "P", "General") else text.lower()
    )
