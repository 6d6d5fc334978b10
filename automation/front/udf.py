"""The worksheet functions as Excel calls them: VBA names this module and one of the functions in it.

There is one Python function for each line of ``commands.functions.registry.FUNCTIONS``, under the same name. It never
fails: what cannot be computed is a text in the cell that begins with ``#``, and a bug is logged. Not here: what the
functions compute, their wrappers in VBA (``excel.addin``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from automation.base.errors import AutomationError
from automation.base.findings import Text
from automation.commands.functions.cells import error_text
from automation.commands.functions.registry import FUNCTIONS, answer
from automation.excel.live.functions import Parameter, calling_book, worksheet_function
from automation.front.book_facts import Memory

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.base.findings import Language
    from automation.commands.functions.cells import Block
    from automation.commands.functions.record import Function

_MEMORY = Memory()


def made(function: Function) -> Callable[..., Block]:
    """The function that xlwings calls from a cell."""
    parameters = [Parameter(one.name, one.help.en, one.optional) for one in function.arguments]
    return worksheet_function(function.name, function.help.en, parameters, partial(_called, function))


def _called(function: Function, blocks: tuple[Block | None, ...]) -> Block:
    """What the cell shows, whatever happens."""
    language: Language = "zh"
    try:
        facts = _MEMORY.facts(calling_book())
        language = facts.language
        return answer(function, facts, blocks)
    except AutomationError as error:
        return [[error_text(error, language)]]
    except Exception:  # noqa: BLE001 - a door's catch-all: a cell shows a sentence, never a trace
        return [[f"#{_logged(function.name).in_(language)}"]]


def _logged(name: str) -> Text:
    """Log what went wrong and say where the log is."""
    from automation.front import state  # noqa: PLC0415 - only a bug waits for it

    log = state.log_bug(name)
    return Text(
        f"程序内部错误；详细记录在 {log}，请把它发给维护人员",
        f"An internal error; details are in {log}, please send it to the maintainers",
    )


globals().update({function.name: made(function) for function in FUNCTIONS})
