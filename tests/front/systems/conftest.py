"""The demonstration workbook for the acceptance of each system."""

import pytest

from tests.front.systems.books import Book


@pytest.fixture
def demo_book(book, run):
    """A copy of the demonstration workbook that a test types into and runs commands on."""
    return Book(book, run)
