"""The last look at the copy: whatever went wrong on the way is refused before anyone gets it."""

from __future__ import annotations

import pytest

from automation.base.errors import WriteRefusedError
from automation.excel.book import Book
from automation.excel.package import open_package
from automation.excel.repack import repack
from automation.excel.verify import verify
from tests.excel.books import part_book

ROW = '<row r="2"><c r="B2"><v>28</v></c></row>'
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def book(tmp_path):
    """A book in which B2 is meant to become 29."""
    book = Book(open_package(part_book(tmp_path / "b.xlsx", ROW)))
    book.put(SHEET, book.xml(SHEET).replace(b"28", b"29"))
    book.expect(SHEET, {(2, 2): 29, (9, 9): None})
    return book


def refusal(book, data):
    with pytest.raises(WriteRefusedError) as caught:
        verify(book.package, data, book)
    return caught.value.code


def test_a_sound_copy_passes(book):
    verify(book.package, repack(book.package, book.changed), book)


def test_a_part_that_changed_without_being_meant_to_is_found(book):
    data = repack(book.package, book.changed | {"xl/styles.xml": book.xml("xl/styles.xml") + b" "})
    assert refusal(book, data) == "verify-failed"


def test_a_part_with_other_content_than_meant_is_found(book):
    assert refusal(book, repack(book.package, {SHEET: book.package.xml(SHEET)})) == "verify-failed"


def test_a_missing_part_is_found(book):
    assert refusal(book, repack(book.package, book.changed, dropped=frozenset({"xl/styles.xml"}))) == "verify-failed"


def test_a_flipped_bit_is_found(book):
    data = bytearray(repack(book.package, book.changed))
    data[len(data) // 3] ^= 4
    assert refusal(book, bytes(data)) == "verify-failed"


def test_xml_that_we_broke_is_found(book):
    book.changed[SHEET] = book.changed[SHEET].replace(b"</row>", b"")
    assert refusal(book, repack(book.package, book.changed)) == "verify-failed"


def test_a_cell_that_holds_something_else_than_meant_is_found(book):
    data = repack(book.package, book.changed)
    book.expect(SHEET, {(2, 2): 30})
    assert refusal(book, data) == "verify-failed"
    book.expect(SHEET, {(2, 2): 29, (3, 3): "x"})
    assert refusal(book, data) == "verify-failed"
