"""The pair for closed files keeps the contract of all readers and writers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from automation.excel.reader import read
from automation.excel.writer import apply
from tests.excel.contract import ReaderWriterContract

if TYPE_CHECKING:
    from pathlib import Path


class FilePair(NamedTuple):
    """A closed workbook file, read and written in place."""

    path: Path

    def read(self):
        return read(self.path)

    def write(self, edits):
        return apply(self.path, edits, self.path).cells


class TestFilePair(ReaderWriterContract):
    @pytest.fixture
    def opened(self):
        return FilePair
