"""The few words of a click that are neither reading nor writing: which workbook, status bar, a question, where to go on.

Not here: what is asked and shown (``front``).
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.excel.areas import area_of
from automation.excel.live.busy import Waiting, without_retries
from automation.excel.live.native import native

if TYPE_CHECKING:
    from collections.abc import Callable

TITLE = "交付簿 Deliverybook"
STATUS_SECONDS = 2.0
STATUS_LENGTH = 250
"""Characters that the status bar shows; what is longer is cut off."""


def caller() -> Any:
    """The workbook (``xlwings.Book``) from which a button was clicked. Raises AutomationError when there is none."""
    import xlwings  # noqa: PLC0415 - only a click needs it

    try:
        return xlwings.Book.caller()
    except Exception as error:
        raise AutomationError(
            Text(
                "找不到发出点击的工作簿：请在 Excel 中打开交付簿，从它的功能区按钮运行。",
                "The workbook that was clicked in cannot be found: open it in Excel and use the buttons on its ribbon.",
            ),
            code="NO_CALLER",
        ) from error


def status(book: Any, text: str | None) -> None:
    """Show one line in Excel's status bar; ``None`` gives the bar back to Excel.

    A busy Excel is not waited for long, and then goes without the line.
    """
    line = " ".join(text.split())[:STATUS_LENGTH] if text else False
    with without_retries(), contextlib.suppress(AutomationError):
        Waiting(STATUS_SECONDS)(lambda: setattr(book.app, "status_bar", line))


def go_to(book: Any, place: str) -> None:
    """Show a place such as ``'检查结果'!A2``: its sheet is activated and its cells are selected.

    Nothing happens for a place that is not there or a sheet that is hidden.
    """
    name, _, cells = place.rpartition("!")
    name = name.strip().removeprefix("'").removesuffix("'").replace("''", "'")
    with without_retries():
        waiting = Waiting()
        sheets = {sheet.name: sheet for sheet in native(book, waiting).sheets()}
        if name not in sheets or not cells or not sheets[name].is_visible():
            return
        text = area_of(cells).text()
        waiting(book.sheets[name].activate)
        waiting(book.sheets[name].range(text).select)


def ask(book: Any, text: str) -> bool:
    """Whether the person answers a question with yes, in a message box."""
    with without_retries():
        answer: str | None = Waiting()(lambda: book.app.alert(text, title=TITLE, buttons="yes_no"))
    return answer == "yes"


def folder_of(book: Any) -> Path | None:
    """The folder on this computer where the workbook lies.

    ``None`` when it was never saved or lies at an address (OneDrive, SharePoint): its copy on this computer, if there
    is one, may be older than what Excel shows.
    """
    with without_retries():
        path = native(book, Waiting()).path()
    if not path or "://" in path:
        return None
    return Path(path).parent


def while_closed(book: Any, work: Callable[[Path], None], opened: Callable[[Any], None]) -> None:
    """Save and close the workbook, do something to its file, and open it again; ``opened`` gets it as it is open then.

    It is opened again whatever happens. Raises AutomationError when it cannot be saved, then it stays open, and what
    ``work`` raises.
    """
    waiting = Waiting()
    with without_retries():
        path, app = Path(native(book, waiting).path()), book.app
        try:
            waiting(book.save)
        except Exception as error:
            raise AutomationError(
                Text(
                    "工作簿没有保存成功，仍然开着：请检查它是否只读，再点一次。",
                    "The workbook could not be saved and is still open: check whether it is read-only, then click again.",
                ),
                code="NOT_SAVED",
            ) from error
        waiting(book.close)
        try:
            work(path)
        finally:
            opened(Waiting()(lambda: app.books.open(str(path))))


def save_copy(book: Any, path: Path) -> None:
    """Save the workbook as it is in Excel, unsaved changes included, as another file.

    Raises AutomationError for a workbook that lies in no folder of this computer, and when the copy cannot be made.
    """
    if folder_of(book) is None:
        raise AutomationError(
            Text(
                "工作簿还没有保存到这台电脑的文件夹中，无法备份：请先用“另存为”保存到本地文件夹。",
                "The workbook lies in no folder of this computer, so no copy can be made: save it to a local folder first.",
            ),
            code="NO_FOLDER",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with without_retries():
            native(book, Waiting()).save_copy(path)
    except AutomationError:
        raise
    except Exception as error:
        with contextlib.suppress(OSError):
            path.unlink()
        raise AutomationError(
            Text(
                f"无法在 {path.parent} 中保存备份：请检查文件夹权限和磁盘空间。",
                f"No copy could be saved in {path.parent}: check the folder's permissions and the disk space.",
            ),
            code="NO_COPY",
        ) from error
