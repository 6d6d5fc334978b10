"""The list of functions: names that Excel and VBA take, help that fits, examples that are true, pages that are current."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

from automation.commands.functions.pages import pages
from automation.commands.functions.record import CATEGORIES, LONGEST_HELP, PREFIX
from automation.commands.functions.registry import FUNCTIONS
from tests.commands.functions.formulas import computed

ROOT = Path(__file__).parents[3]
EXAMPLES = [(example.formula, example.result) for function in FUNCTIONS for example in function.examples]
RESERVED_IN_VBA = """
    abs and any array as attribute boolean byref byte byval call case cbool const currency date
    debug decimal declare dim do double each else elseif empty end endif enum erase error event exit
    false for friend function get global gosub goto if imp implements in input integer is let like
    line lock long loop lset me mod new next not nothing null object on open option optional or
    paramarray preserve print private property public put raiseevent redim rem resume return rset
    seek select set shared single static step stop string sub then to true type until variant wend
    while with withevents write xor
"""


@pytest.mark.parametrize(("formula", "result"), EXAMPLES, ids=[formula for formula, _ in EXAMPLES])
def test_an_example_of_the_help_gives_what_the_help_says(formula, result):
    assert computed(formula) == result


def test_every_function_has_an_example():
    assert [function.name for function in FUNCTIONS if not function.examples] == []


def test_names_are_unique_and_none_is_the_address_of_a_cell():
    names = [function.name for function in FUNCTIONS]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch(PREFIX + "[A-Z]{2,20}", name) for name in names)


def test_arguments_have_names_that_vba_takes_and_optional_ones_come_last():
    for function in FUNCTIONS:
        names = [argument.name for argument in function.arguments]
        assert all(re.fullmatch("[a-z][a-z_]*", name) and name not in RESERVED_IN_VBA.split() for name in names), (
            function.name
        )
        assert len(set(names)) == len(names)
        optional = [argument.optional for argument in function.arguments]
        assert optional == sorted(optional), function.name


def test_a_function_takes_as_many_arguments_as_its_entry_names():
    for function in FUNCTIONS:
        parameters = list(inspect.signature(function.run).parameters.values())[1:]
        assert [one.default is None for one in parameters] == [one.optional for one in function.arguments], (
            function.name
        )


def test_help_fits_into_the_function_wizard_and_vba():
    for function in FUNCTIONS:
        assert function.help.en.isascii()
        assert max(map(len, function.help)) <= LONGEST_HELP
        assert all(argument.help.en.isascii() and argument.help.zh for argument in function.arguments), function.name


def test_every_function_belongs_to_a_category_of_the_help():
    assert {function.category for function in FUNCTIONS} == {category for category, _ in CATEGORIES}


@pytest.mark.parametrize("path", sorted(pages()))
def test_the_page_in_docs_is_what_the_functions_say(path):
    assert (ROOT / path).read_text(encoding="utf-8") == pages()[path]


def test_a_page_shows_every_function_with_its_arguments():
    for text in pages().values():
        assert [line for line in text.splitlines() if line.startswith(f"### {PREFIX}")] == [
            f"### {function.name}("
            + ", ".join(f"[{one.name}]" if one.optional else one.name for one in function.arguments)
            + ")"
            for category, _ in CATEGORIES
            for function in FUNCTIONS
            if function.category == category
        ]
