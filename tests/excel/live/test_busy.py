"""Patience with a busy Excel: tried again for a bounded time, then one clear error; everything else comes through."""

from __future__ import annotations

import sys
import types

import pytest

from automation.base.errors import AutomationError
from automation.excel.live.busy import Patient, Waiting, is_absent, is_busy, without_retries


class ComLikeError(Exception):
    """As ``pywintypes.com_error``: the number, a text, and Excel's own description with its number at the end."""

    def __init__(self, number, inner=0):
        super().__init__(number, "Exception occurred.", (0, "Microsoft Excel", "text", None, 0, inner), None)
        self.hresult = number


class CommandError(Exception):
    """As appscript's error."""

    def __init__(self, number):
        super().__init__(f"OSERROR: {number}")
        self.errornumber = number


class Time:
    """A clock that only sleeping moves."""

    def __init__(self):
        self.now, self.pauses = 0.0, []

    def sleep(self, seconds):
        self.now += seconds
        self.pauses.append(seconds)

    def waiting(self, seconds=10.0):
        return Waiting(seconds, clock=lambda: self.now, sleep=self.sleep)


class Cell:
    """An object that turns away its first uses."""

    def __init__(self, refusals, error=None):
        self.__dict__.update(refusals=refusals, error=error or ComLikeError(-2147418111), held=None)

    def _use(self):
        if self.refusals:
            self.__dict__["refusals"] -= 1
            raise self.error

    def __getattr__(self, name):
        self._use()
        return self.held if name == "Value" else Cell(0)

    def __setattr__(self, name, value):
        self._use()
        self.__dict__["held"] = value

    def __call__(self, *values, **named):
        self._use()
        return values, named


BUSY = [
    ComLikeError(-2147418111),
    ComLikeError(-2147417846),
    ComLikeError(-2147352567, -2146777998),
    ComLikeError(-2146777998),
    CommandError(-1712),
    type("ExcelBusyError", (Exception,), {})(),
]


@pytest.mark.parametrize("error", BUSY, ids=lambda error: f"{type(error).__name__} {error.args[:1]}")
def test_a_busy_excel_is_known_on_every_platform(error):
    assert is_busy(error)
    time = Time()
    cell = Patient(Cell(3, error), time.waiting())
    cell.Value = 7
    assert cell.Value == 7
    assert len(time.pauses) == 3


@pytest.mark.parametrize(
    "error", [ComLikeError(-2147352567, -2146827284), CommandError(-50), ValueError("no"), ComLikeError(0)]
)
def test_any_other_error_comes_through_at_once(error):
    time = Time()
    with pytest.raises(type(error)):
        Patient(Cell(1, error), time.waiting()).Value = 1
    assert not time.pauses


def test_pauses_grow_and_waiting_ends_in_one_sentence_that_says_what_to_do():
    time = Time()
    with pytest.raises(AutomationError) as caught:
        _ = Patient(Cell(10_000), time.waiting()).Value
    assert caught.value.code == "EXCEL_BUSY"
    assert caught.value.text == (
        "Excel 正忙：请先结束单元格编辑（按 Enter 或 Esc）并关闭打开的对话框，然后再点一次。",
        "Excel is busy: finish editing the cell (Enter or Esc), close any open dialog, then click again.",
    )
    assert time.pauses[:4] == [0.05, 0.1, 0.2, 0.4]
    assert max(time.pauses) == 1.0
    assert time.now == pytest.approx(10.0)


def test_all_uses_of_one_operation_wait_ten_seconds_together():
    time = Time()
    waiting = time.waiting()
    _ = Patient(Cell(5), waiting).Value
    spent = time.now
    with pytest.raises(AutomationError):
        _ = Patient(Cell(10_000), waiting).Value
    assert spent > 1
    assert time.now == pytest.approx(10.0)
    waiting.extend(1.0)
    assert Patient(Cell(2), waiting).Value is None


def test_objects_are_patient_too_and_are_handed_over_bare():
    cell = Cell(0)
    patient = Patient(cell, Time().waiting())
    assert isinstance(patient.Font, Patient)
    values, named = patient(patient, 1, Anchor=patient)
    assert values[0] is cell
    assert named["Anchor"] is cell
    patient.Other = patient
    assert cell.held is cell


def test_a_property_that_an_older_excel_lacks_is_told_from_a_failure():
    assert is_absent(AttributeError("HasSpill"))
    assert is_absent(ComLikeError(-2147352570))
    assert not is_absent(ComLikeError(-2147352567, -2146827284))


def test_the_endless_retries_of_xlwings_are_off_for_a_while(monkeypatch):
    module = types.ModuleType("xlwings._xlwindows")
    module.N_COM_ATTEMPTS = 0
    monkeypatch.setitem(sys.modules, "xlwings._xlwindows", module)
    with without_retries():
        assert module.N_COM_ATTEMPTS == 1
    assert module.N_COM_ATTEMPTS == 0
    with pytest.raises(ZeroDivisionError), without_retries():
        _ = 1 / 0
    assert module.N_COM_ATTEMPTS == 0
