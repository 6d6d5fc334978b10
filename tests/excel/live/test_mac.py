"""What can be said of macOS without a Mac: shapes of blocks, error values, floats, patience; the words are checked elsewhere."""

from __future__ import annotations

import importlib
import sys
from types import ModuleType, SimpleNamespace

import pytest

from automation.excel.areas import Area
from automation.excel.live.busy import Waiting
from automation.model.tables import CellError


class Words:
    """AppleScript's words, each its own name."""

    def __getattr__(self, name):
        return f"k.{name}"


class Term:
    """A reference of appscript: read by ``get``, changed by ``set``, after some refusals."""

    def __init__(self, value=None, refusals=0):
        self.value, self.refusals, self.given = value, refusals, []

    def _use(self):
        if self.refusals:
            self.refusals -= 1
            error = OSError("Apple event timed out.")
            error.errornumber = -1712
            raise error

    def get(self):
        self._use()
        return self.value

    def set(self, value):
        self._use()
        self.given.append(value)


@pytest.fixture
def mac(monkeypatch):
    appscript = ModuleType("appscript")
    appscript.k = Words()
    monkeypatch.setitem(sys.modules, "appscript", appscript)
    monkeypatch.delitem(sys.modules, "automation.excel.live.mac", raising=False)
    yield importlib.import_module("automation.excel.live.mac")
    sys.modules.pop("automation.excel.live.mac", None)


def sheet(mac, **terms):
    cells = SimpleNamespace(**terms)
    api = SimpleNamespace(name=Term("表"), cells={"A1:B2": cells, "A1": cells, "A1:A2": cells, "A1:B1": cells})
    return mac.MacSheet(api, Waiting(sleep=lambda _: None))


@pytest.mark.parametrize(
    ("area", "values", "shown", "found"),
    [
        (Area(1, 1, 1, 1), 5, "5", [[5.0]]),
        (Area(1, 1, 1, 2), ["a", ""], ["a", ""], [["a", None]]),
        (Area(1, 1, 2, 1), [["a"], [True]], [["a"], ["TRUE"]], [["a"], [True]]),
        (Area(1, 1, 2, 1), ["a", 2.5], ["a", "2.5"], [["a"], [2.5]]),
        (
            Area(1, 1, 2, 2),
            [[1, "k.missing_value"], ["#N/A", 7]],
            [["1", "#REF!"], ["#N/A", "7"]],
            [[1.0, CellError("#REF!")], ["#N/A", 7.0]],
        ),
    ],
)
def test_blocks_come_as_rows_and_errors_by_what_is_shown(mac, area, values, shown, found):
    assert sheet(mac, value2=Term(values), string_value=Term(shown)).values(area) == found


def test_answers_about_cells_that_differ_are_none(mac):
    assert sheet(mac, number_format=Term("k.missing_value")).number_format(Area(1, 1, 2, 2)) is None
    assert sheet(mac, number_format=Term("0.00")).number_format(Area(1, 1, 2, 2)) == "0.00"


def test_values_are_given_as_rows_with_floats_and_a_busy_excel_is_waited_for(mac):
    value = Term(refusals=3)
    sheet(mac, value=value).put(Area(1, 1, 2, 2), [["a", 12_345_678_901], [None, True]])
    assert value.given == [[["a", 12_345_678_901.0], ["", True]]]
    assert isinstance(value.given[0][0][1], float)
    sheet(mac, value=value).put(Area(1, 1, 1, 1), [["alone"]])
    assert value.given[1] == "alone"
