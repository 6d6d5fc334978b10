"""The worksheet functions, in the order of the help: to add one, write a function and add a line to its module.

Not here: their wrappers in VBA (``excel.addin``) and the module that these call (``front.udf``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.commands.functions import completion, earned_value, lists, service, working_days
from automation.commands.functions.cells import InputError, error_text

if TYPE_CHECKING:
    from automation.commands.functions.cells import Block
    from automation.commands.functions.facts import BookFacts
    from automation.commands.functions.record import Function

SUBJECTS: tuple[tuple[Function, ...], ...] = (
    working_days.FUNCTIONS,
    earned_value.FUNCTIONS,
    completion.FUNCTIONS,
    service.FUNCTIONS,
    lists.FUNCTIONS,
)
FUNCTIONS: tuple[Function, ...] = tuple(function for functions in SUBJECTS for function in functions)
"""Every worksheet function."""


def answer(function: Function, facts: BookFacts, blocks: tuple[Block | None, ...]) -> Block:
    """What a function gives for the blocks of its arguments; what it cannot work with is a text in one cell."""
    try:
        return function.run(facts, *blocks)
    except InputError as error:
        return [[error_text(error, facts.language)]]
