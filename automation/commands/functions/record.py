"""What a worksheet function is: its name in a cell, its arguments, its help and the pure function that computes it.

Not here: the functions (one module a subject), the list of them (``registry``), and Excel (``excel``, ``front.udf``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from automation.base.findings import EMPTY, Text
from automation.base.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable

    from automation.commands.functions.cells import Block

Category = Literal["working_days", "earned_value", "service", "lists"]
CATEGORIES: tuple[tuple[Category, Text], ...] = (
    ("working_days", Text("工作日", "Working days")),
    ("earned_value", Text("挣值", "Earned value")),
    ("service", Text("服务时限", "Service hours")),
    ("lists", Text("列表", "Lists")),
)
"""The groups in which help shows the functions, in order."""

PREFIX = "DB_"
LONGEST_HELP = 255
"""What Excel shows of a description, in characters."""


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument: ``name`` is what Excel shows and VBA calls it; optional ones come last."""

    name: str
    help: Text
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A formula and what it gives, as help shows it; ``note`` says what is to be seen in it."""

    formula: str
    result: str
    note: Text = EMPTY


@dataclass(frozen=True, slots=True)
class Function:
    """A worksheet function. ``name`` is what is typed in a cell, and the name that Excel's wrapper calls in ``udf``.

    ``run`` takes what the calling workbook knows and one block of cells an argument, ``None`` for an optional one that
    was left out; it gives a block. ``help`` is what the function wizard shows, at most ``LONGEST_HELP``
    characters, in ASCII in English because VBA holds nothing else.
    """

    name: str
    category: Category
    help: Text
    arguments: tuple[Argument, ...]
    run: Callable[..., Block]
    examples: tuple[Example, ...] = ()
    note: Text = EMPTY
