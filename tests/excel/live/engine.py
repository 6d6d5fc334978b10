"""An xlwings engine over LibreOffice: real ``xlwings.Book``, ``Sheet`` and ``Range`` objects on a machine without Excel.

What ``api`` hands out are the objects of ``libreoffice``, each use of which is counted and can be made to fail, as a round
trip to Excel can. Only what the program and its tests use of xlwings is there; all else raises NotImplementedError.
"""

from __future__ import annotations

from pathlib import Path

import xlwings
from xlwings import base_classes

from automation.excel.areas import Area
from tests.excel.live.libreoffice import Application, ComError, Items, Workbook, failed
from tests.excel.live.soffice import Office

PLAIN = (str, int, float, bool, tuple, type(None))
BUSY = -2147418111


class Trips:
    """The round trips that were made, and what is to happen on some of them: ``fault(trip)`` may raise."""

    def __init__(self) -> None:
        self.count = 0
        self.names = []
        self.fault = None

    def made(self, name, *, changes=False):
        self.count += 1
        self.names.append(name)
        if self.fault is not None:
            self.fault(name, changes)

    def reset(self):
        self.count, self.names, self.fault = 0, [], None


class Com:
    """An object of Excel as a program on the outside has it: each use is a round trip."""

    __slots__ = ("inner", "trips")

    def __init__(self, inner, trips):
        object.__setattr__(self, "inner", inner)
        object.__setattr__(self, "trips", trips)

    def __getattr__(self, name):
        if name[0].islower() or name.startswith("_"):
            raise AttributeError(name)
        kind = getattr(type(self.inner), name, None)
        if callable(kind) and not isinstance(kind, property):
            return lambda *values, **named: self._called(name, getattr(self.inner, name), values, named)
        self.trips.made(name)
        return self._outside(getattr(self.inner, name))

    def __setattr__(self, name, value):
        if name not in dir(self.inner) and name not in getattr(self.inner, "NAMES", ()):
            raise AttributeError(name)
        self.trips.made(name, changes=True)
        setattr(self.inner, name, value)

    def __call__(self, *values):
        return self._called("Item", self.inner, values, {})

    def _called(self, name, call, values, named):
        reads = name in {"Item", "Range", "CountA"}
        self.trips.made(name, changes=not reads)
        bare = {key: _bare(value) for key, value in named.items()}
        return self._outside(call(*map(_bare, values), **bare))

    def _outside(self, value):
        return value if isinstance(value, PLAIN) and not isinstance(value, Items) else Com(value, self.trips)


def _bare(value):
    return value.inner if isinstance(value, Com) else value


class Engine:
    """What ``xlwings.engines`` gets."""

    name, type = "libreoffice", "desktop"

    def __init__(self, office: Office) -> None:
        self.office = office
        self.app = App(self)
        self.apps = Apps(self.app)

    @staticmethod
    def prepare_xl_data_element(value, _options):
        return "" if value is None else value

    @staticmethod
    def clean_value_data(data, _datetime, empty, _number, _errors):
        return [[empty if value in (None, "") else value for value in row] for row in data]


class Apps(base_classes.Apps):
    def __init__(self, app):
        self.app = app

    def keys(self):
        return [self.app.pid]

    def __iter__(self):
        return iter([self.app])

    def __len__(self):
        return 1

    def __getitem__(self, pid):
        return self.app


class App(base_classes.App):
    version, visible, hwnd = "16.0", False, 0
    screen_updating = enable_events = display_alerts = None

    def __init__(self, engine):
        self.engine = engine
        self.own = Application(engine.office)
        self.trips = Trips()
        self.asked = []
        self.answer = "yes"

    pid = property(lambda self: self.engine.office.process.pid)

    @property
    def api(self):
        return Com(self.own, self.trips)

    @property
    def books(self):
        return Books(self)

    @property
    def status_bar(self):
        return self.own.StatusBar

    @status_bar.setter
    def status_bar(self, value):
        self.trips.made("StatusBar", changes=True)
        self.own.StatusBar = value

    def alert(self, prompt, title, buttons, mode, callback):
        self.asked.append((prompt, title, buttons))
        return self.answer

    def activate(self, steal_focus=False):
        pass


class Books(base_classes.Books):
    def __init__(self, app):
        self.app = app

    def _all(self):
        return [Book(self.app, own) for own in self.app.own.books]

    @property
    def active(self):
        return self._all()[-1]

    def __call__(self, key):
        found = self._all()
        if isinstance(key, int):
            return found[key - 1]
        for book in found:
            if book.name.lower() == key.lower():
                return book
        raise KeyError(key)

    def __len__(self):
        return len(self._all())

    def __iter__(self):
        return iter(self._all())

    def open(self, fullname, *_options, **_named):
        self.app.trips.made("Open", changes=True)
        return Book(self.app, self.app.own.open(Path(fullname)))


class Book(base_classes.Book):
    def __init__(self, app, own: Workbook):
        self._app, self.own = app, own

    app = property(lambda self: self._app)
    name = property(lambda self: self.own.Name)
    fullname = property(lambda self: self.own.FullName)

    @property
    def api(self):
        return Com(self.own, self._app.trips)

    @property
    def sheets(self):
        return Sheets(self)

    def activate(self):
        pass

    def save(self, path=None, password=None):
        assert path is password is None
        self._app.trips.made("Save", changes=True)
        self.own.save()

    def close(self):
        self._app.own.books.remove(self.own)
        self.own.close()


class Sheets(base_classes.Sheets):
    def __init__(self, book):
        self.book = book

    @property
    def active(self):
        return self(self.book.own.active)

    def __call__(self, key):
        return Sheet(self.book, self.book.own.Worksheets(key))

    def __len__(self):
        return len(self.book.own.Worksheets)

    def __iter__(self):
        return iter([Sheet(self.book, own) for own in self.book.own.Worksheets])


class Sheet(base_classes.Sheet):
    def __init__(self, book, own):
        self._book, self.own = book, own

    book = property(lambda self: self._book)
    name = property(lambda self: self.own.Name)
    visible = property(lambda self: self.own.Visible)
    index = property(lambda self: self.own.uno.RangeAddress.Sheet + 1)

    @property
    def api(self):
        return Com(self.own, self._book.app.trips)

    def activate(self):
        self._book.own.active = self.own.Name

    def range(self, arg1, arg2=None):
        first = _area(self.own, arg1)
        last = first if arg2 is None else _area(self.own, arg2)
        area = Area(
            min(first.top, last.top),
            min(first.left, last.left),
            max(first.bottom, last.bottom),
            max(first.right, last.right),
        )
        return Range(self, self.own.Range(area.text()))

    @property
    def used_range(self):
        return Range(self, self.own.UsedRange)


class Range(base_classes.Range):
    max_cells_per_read = max_cells_per_write = None

    def __init__(self, sheet, own):
        self._sheet, self.own = sheet, own

    sheet = property(lambda self: self._sheet)
    row = property(lambda self: self.own.area.top)
    column = property(lambda self: self.own.area.left)
    address = property(lambda self: self.own.Address)

    @property
    def api(self):
        return Com(self.own, self._sheet.book.app.trips)

    @property
    def shape(self):
        area = self.own.area
        return area.bottom - area.top + 1, area.right - area.left + 1

    def __len__(self):
        return self.shape[0] * self.shape[1]

    @property
    def raw_value(self):
        return self.own.Value2

    @raw_value.setter
    def raw_value(self, data):
        self.own.Value2 = tuple(map(tuple, data)) if isinstance(data, list) else data

    @property
    def formula(self):
        return self.own.Formula

    @formula.setter
    def formula(self, value):
        self.own.Formula = value

    @property
    def number_format(self):
        return self.own.NumberFormat

    @number_format.setter
    def number_format(self, value):
        self.own.NumberFormat = value

    def select(self):
        self._sheet.book.own.selected = self.own.area.text()


def _area(own, arg):
    if isinstance(arg, Range):
        return arg.own.area
    if isinstance(arg, tuple):
        row, column, *size = arg
        rows, columns = size or (1, 1)
        return Area(row, column, row + rows - 1, column + columns - 1)
    return own.Range(arg).area


class Live:
    """The engine, running: opens workbooks as ``xlwings.Book``, counts round trips, makes them fail."""

    def __init__(self, folder: Path) -> None:
        self.office = Office(folder)
        self.impl = Engine(self.office)
        self.engine = xlwings.main.Engine(impl=self.impl)
        xlwings.engines.add(self.engine)
        self.before, xlwings.engines.active = xlwings.engines.active, self.engine

    @property
    def trips(self) -> Trips:
        return self.impl.app.trips

    def open(self, path: Path) -> xlwings.Book:
        return xlwings.Book(impl=Book(self.impl.app, self.impl.app.own.open(path)))

    @staticmethod
    def busy(number=BUSY):
        """The error of an Excel that turns a call away."""
        return ComError(number, "Call was rejected by callee.")

    @staticmethod
    def failed(text):
        """The error of an Excel that refuses a change."""
        return failed(text)

    def close_books(self):
        for own in list(self.impl.app.own.books):
            Book(self.impl.app, own).close()
        application = self.impl.app.own
        application.ScreenUpdating = application.EnableEvents = True
        application.StatusBar = False
        application.AutoCorrect.AutoExpandListRange = application.AutoCorrect.AutoFillFormulasInLists = True
        self.impl.app.asked, self.impl.app.answer = [], "yes"
        self.trips.reset()

    def close(self):
        xlwings.engines.active = self.before
        xlwings.engines.engines.remove(self.engine)
        self.office.close()
