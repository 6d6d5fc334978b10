"""What is handed to Excel so that a cell holds a value: as if typed, because that is how Excel takes it.

Excel reads texts such as ``=1+1``, ``007``, ``1/2``, ``3月2日`` or ``TRUE`` as formulas, numbers, dates and truth values unless an
apostrophe stands before them, and in a cell formatted as text it makes a text of everything.
Not here: which cells get which values (``planned``) and the writing (``office``, the task pane).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.excel.areas import Place
    from automation.excel.live.actions import Constant, PutValues

TEXT_FORMAT = "@"
BEGINS_LIKE_OTHERS = re.compile(r"\s*['=+\-@#/\\^\"]")
"""How texts begin that Excel may take for formulas, numbers, errors or marks of alignment."""
READ_AS_OTHERS = re.compile(r"\d|^\s*[^\W\d\u2e80-\uffff]{1,12}\s*$|[〇○零一二三四五六七八九十][年月日时点]")
"""Short texts that Excel may take for numbers, dates, times (digits) or for TRUE in some language (a single word)."""
SHORT = 400
"""No number, date or truth value is longer."""


def typed_values(action: PutValues) -> list[list[Constant]]:
    """The values as they are handed to Excel: texts that it would read as something else with an apostrophe before.

    Cells formatted as text keep texts as they are and need none. The cells of ``numbers_as_text`` come as if their
    format were ``General``.
    """
    return [
        [_typed(value, code) for value, code in zip(values, formats, strict=True)]
        for values, formats in zip(action.values, action.formats, strict=True)
    ]


def numbers_as_text(action: PutValues) -> tuple[Place, ...]:
    """Cells (row, column) formatted as text of which Excel would make a text, or lose an apostrophe of the text.

    They get the format ``General``, then the values, then their format ``@`` again.
    """
    return tuple(
        (action.area.top + down, action.area.left + across)
        for down, (values, formats) in enumerate(zip(action.values, action.formats, strict=True))
        for across, (value, code) in enumerate(zip(values, formats, strict=True))
        if code == TEXT_FORMAT and _needs_general(value)
    )


def _typed(value: Constant, code: str) -> Constant:
    """One value as it is handed to Excel."""
    if not isinstance(value, str):
        return value
    if code == TEXT_FORMAT and not _needs_general(value):
        return value
    is_short = len(value) <= SHORT
    is_risky = BEGINS_LIKE_OTHERS.match(value) or (is_short and READ_AS_OTHERS.search(value))
    return f"'{value}" if is_risky else value


def _needs_general(value: Constant) -> bool:
    """Whether a cell formatted as text would not take the value as it is."""
    return value.startswith("'") if isinstance(value, str) else value is not None
