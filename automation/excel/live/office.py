"""A workbook that is open in Excel, through xlwings: taken in one go, and actions carried out on it or not at all.

xlwings' own part under the BSD licence is used and nothing of its PRO part. Not here: the few words that a click needs
besides (``asking``), what is read from the book (``reading``) and which actions change it (``planned``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.excel.live.busy import SECONDS, SECONDS_TO_UNDO, Waiting, is_busy, without_retries
from automation.excel.live.carrying import carry, check_not_merged, check_unchanged
from automation.excel.live.native import native
from automation.excel.live.state import LiveBook
from automation.excel.live.taking import taken
from automation.excel.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from automation.excel.live.actions import Action

    Undo = Callable[[], None]


def take(book: Any, *, seconds: float = SECONDS) -> LiveBook:
    """An open workbook (``xlwings.Book``) as values, see ``state``.

    Waits up to ``seconds`` for a busy Excel. Raises AutomationError when it stays busy, WorkbookError when a sheet is
    too large.
    """
    with without_retries():
        side = native(book, Waiting(seconds))
        return LiveBook(
            name=side.name,
            path=side.path(),
            sheets=tuple(taken(sheet) for sheet in side.sheets()),
            active=side.active(),
            selection=side.selection(),
            date_1904=side.date_1904(),
        )


def carry_out(
    book: Any, actions: Sequence[Action], *, taken_before: LiveBook | None = None, seconds: float = SECONDS
) -> None:
    """Carry the actions out in their order on an open workbook (``xlwings.Book``), all of them or none.

    With ``taken_before``, the workbook as the actions were planned on, nothing is done when somebody has changed the
    cells since (code ``CHANGED_MEANWHILE``).

    Excel neither draws nor runs event macros meanwhile; how it calculates stays as it is. When something fails, what was
    changed is put back and AutomationError says so; its code is ``HALF_DONE`` when even that failed.
    """
    if not actions:
        return
    with without_retries():
        waiting = Waiting(seconds)
        side = native(book, waiting)
        sheets = {sheet.name: sheet for sheet in side.sheets()}
        for action in actions:
            if action.sheet not in sheets:
                raise refused("unknown-sheet", sheet=action.sheet)
        if taken_before is not None:
            check_unchanged(sheets, actions, taken_before)
        check_not_merged(sheets, actions)
        undo: list[Undo] = []
        with side.quiet():
            try:
                carry(sheets, actions, undo)
            except BaseException as error:
                waiting.extend(SECONDS_TO_UNDO)
                _take_back(undo, error)
                if isinstance(error, AutomationError) or not isinstance(error, Exception):
                    raise
                raise _refused_by_excel(error) from error


def _take_back(undo: list[Undo], cause: BaseException) -> None:
    """Put back what was changed, the latest first. Raises AutomationError when that cannot be done."""
    errors: list[Exception] = []
    for step in reversed(undo):
        try:
            step()
        except Exception as error:  # noqa: BLE001 - whatever it is, the other steps are still tried
            errors.append(error)
    if errors:
        raise AutomationError(
            Text(
                "写入中断，并且没能全部恢复：请不要保存，关闭工作簿后重新打开，再试一次。",
                "Writing was interrupted and could not be undone completely: do not save, close the workbook, open it again "
                "and try once more.",
            ),
            code="HALF_DONE",
        ) from ExceptionGroup("what failed, and what failed in putting it back", [_exception(cause), *errors])


def _exception(cause: BaseException) -> Exception:
    """The cause as something a group takes: an interruption from the keyboard is told by name."""
    return cause if isinstance(cause, Exception) else RuntimeError(type(cause).__name__)


def _refused_by_excel(error: Exception) -> AutomationError:
    """The error for a change that Excel did not make, everything being as before."""
    assert not is_busy(error)
    detail = " ".join(str(part) for part in _texts(error.args))[:200] or type(error).__name__
    return AutomationError(
        Text(
            f"Excel 拒绝了修改（{detail}），工作簿已恢复原样；请检查工作表是否受保护，然后再点一次。",
            f"Excel refused the change ({detail}) and everything is as it was; check whether a sheet is protected, then "
            "click again.",
        ),
        code="NOT_CARRIED_OUT",
    )


def _texts(values: tuple[object, ...]) -> list[str]:
    """The sentences in an error's details, the innermost of which are Excel's own."""
    found: list[str] = []
    for value in values:
        if isinstance(value, tuple):
            found += _texts(value)
        elif isinstance(value, str) and " " in value.strip():
            found.append(" ".join(value.split()))
    return found[-1:]
