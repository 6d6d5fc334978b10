"""Patience with an Excel that is busy: every use of one of its objects is tried again for a while, then one clear error.

Excel turns calls away while somebody edits a cell or a dialog is open. xlwings itself tries again without end and
without pause, so ``without_retries`` switches that off. Not here: what is asked of Excel.
"""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from automation.base.errors import AutomationError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Result = TypeVar("Result")
BUSY = frozenset({-2147418111, -2147417846, -2146777998, -1712, -1713})
"""Windows: call rejected by callee, server asks to retry later, 0x800ac472 (VBA_E_IGNORE: a cell is being edited).
macOS: the Apple event timed out, no user interaction allowed. Sources: winerror.h; MacErrors.h."""
ABSENT = frozenset({-2147352570, -2147352573})
"""Windows: unknown name, member not found: a property that this version of Excel does not have."""
SECONDS = 10.0
SECONDS_TO_UNDO = 60.0
"""How long what must be put back waits for a busy Excel; longer, because giving up leaves something half done."""
PAUSE, LONGEST_PAUSE = 0.05, 1.0
PLAIN = (str, int, float, bool, tuple, list, dict, type(None))


class Waiting:
    """The time that one operation may spend waiting for Excel, all its calls together."""

    def __init__(
        self,
        seconds: float = SECONDS,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._left = seconds
        self._clock = clock
        self._sleep = sleep

    def extend(self, seconds: float) -> None:
        """Allow so many seconds from here on."""
        self._left = seconds

    def __call__(self, use: Callable[[], Result]) -> Result:
        """What ``use`` gives, tried again with growing pauses while Excel is busy.

        Raises AutomationError when Excel stays busy longer than the time left; any other error comes through.
        """
        pause = PAUSE
        while True:
            started = self._clock()
            try:
                return use()
            except Exception as error:
                if not is_busy(error):
                    raise
                self._left -= self._clock() - started
                if self._left <= 0:
                    raise excel_busy() from error
            self._sleep(min(pause, self._left))
            self._left -= min(pause, self._left)
            pause = min(2 * pause, LONGEST_PAUSE)


class Patient:
    """An object of Excel, seen through a ``Waiting``: reading, setting and calling wait while Excel is busy.

    Objects that come out are patient too; numbers, texts and blocks of cells come out as they are. There is no looping:
    an enumeration that was cut short cannot be tried again.
    """

    __slots__ = ("_inner", "_waiting")

    def __init__(self, inner: Any, waiting: Waiting) -> None:
        object.__setattr__(self, "_inner", inner)
        object.__setattr__(self, "_waiting", waiting)

    def __getattr__(self, name: str) -> Any:
        return self._patient(self._waiting(lambda: getattr(self._inner, name)))

    def __setattr__(self, name: str, value: object) -> None:
        self._waiting(lambda: setattr(self._inner, name, _bare(value)))

    def __call__(self, *values: Any, **named: Any) -> Any:
        """What the object gives when it is called."""
        return self._patient(
            self._waiting(
                lambda: self._inner(*map(_bare, values), **{name: _bare(value) for name, value in named.items()})
            )
        )

    def _patient(self, value: Any) -> Any:
        return value if isinstance(value, PLAIN) else Patient(value, self._waiting)


def is_busy(error: BaseException) -> bool:
    """Whether Excel turned a call away because it was busy; ``pywintypes.com_error`` and appscript's errors alike."""
    return type(error).__name__ == "ExcelBusyError" or not BUSY.isdisjoint(_codes(error))


def is_absent(error: BaseException) -> bool:
    """Whether a property is missing in this version of Excel."""
    return isinstance(error, AttributeError) or not ABSENT.isdisjoint(_codes(error))


def excel_busy() -> AutomationError:
    """The error for an Excel that stays busy."""
    return AutomationError(
        Text(
            "Excel 正忙：请先结束单元格编辑（按 Enter 或 Esc）并关闭打开的对话框，然后再点一次。",
            "Excel is busy: finish editing the cell (Enter or Esc), close any open dialog, then click again.",
        ),
        code="EXCEL_BUSY",
    )


@contextmanager
def without_retries() -> Iterator[None]:
    """While inside, xlwings on Windows hands a busy Excel's refusals on instead of trying again for ever."""
    module: Any = sys.modules.get("xlwings._xlwindows")
    if module is None:
        yield
        return
    before = module.N_COM_ATTEMPTS
    module.N_COM_ATTEMPTS = 1
    try:
        yield
    finally:
        module.N_COM_ATTEMPTS = before


def _bare(value: Any) -> Any:
    """What Excel knows of a value: a patient object's own."""
    return object.__getattribute__(value, "_inner") if isinstance(value, Patient) else value


def _codes(error: BaseException) -> set[object]:
    """The numbers an error carries: its own, and the one inside the description that COM adds to it."""
    found = {getattr(error, name, None) for name in ("hresult", "scode", "errornumber")}
    for detail in error.args:
        if isinstance(detail, tuple) and detail:
            found.add(detail[-1])
    return found
