"""Sequences of edits of every kind against a model of the sheet: after each, the workbook holds what the model holds."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from automation.base.errors import WriteRefusedError
from automation.base.findings import Severity
from automation.excel.reader import read
from automation.excel.writer import apply
from automation.model.effects import AppendRows, CellEdit, Marks, ReplaceRows
from automation.model.tables import address
from tests.excel import compare
from tests.excel.books import table_book

FIRST, LEFT = 4, 2
"""Row and column of the first data cell; the table has four columns and its header above."""
HEADER = ["id", "name", "due", "hours"]
ROWS = [["a", "甲", dt.date(2026, 1, 2), 1.0], ["b", None, None, 2.5]]
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
PLAIN = st.one_of(st.none(), TEXTS, st.booleans(), st.integers(-(10**9), 10**9), st.floats(-1e9, 1e9))
DAYS = st.one_of(st.none(), st.dates(dt.date(1901, 1, 1), dt.date(2100, 1, 1)))
ROW = st.tuples(TEXTS, PLAIN, DAYS, PLAIN)
OTHER_PARTS = frozenset({"xl/worksheets/sheet1.xml", "xl/tables/table1.xml", "xl/workbook.xml", "xl/styles.xml"})
"""The parts that edits of the first sheet may change; all others must keep their compressed bytes for ever."""


class Edits(RuleBasedStateMachine):
    """A workbook on the disk, and beside it its cells as a dictionary and the number of its table's rows."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.path = table_book(Path(self.folder.name) / "b.xlsx", ROWS)
        self.parts = self.kept()
        self.count = len(ROWS)
        self.cells = {(FIRST - 1, LEFT + index): name for index, name in enumerate(HEADER)}
        for number, row in enumerate(ROWS):
            self.put(FIRST + number, row)

    def teardown(self):
        self.folder.cleanup()

    def put(self, row, values):
        for index, value in enumerate(values):
            self.cells[row, LEFT + index] = value

    def kept(self):
        return {name: raw for name, raw in compare.packed(self.path.read_bytes()).items() if name not in OTHER_PARTS}

    def write(self, *edits):
        written = apply(self.path, list(edits), self.path)
        assert not apply(self.path, [edit for edit in edits if not isinstance(edit, AppendRows)]).changed
        return written

    @rule(row=st.integers(0, 9), column=st.sampled_from([0, 1, 3]), value=PLAIN)
    def edit_the_table(self, row, column, value):
        place = (FIRST + row % self.count, LEFT + column)
        self.write(CellEdit("Tasks", address(*place), value))
        self.cells[place] = value

    @rule(row=st.integers(1, 60), column=st.integers(7, 30), value=PLAIN)
    def edit_beside_the_table(self, row, column, value):
        self.write(CellEdit("Tasks", address(row, column), value))
        self.cells[row, column] = value

    @precondition(lambda self: self.count < 30)
    @rule(rows=st.lists(ROW, min_size=1, max_size=4))
    def append(self, rows):
        first = (
            0 if self.count == 1 and all(self.cells.get((FIRST, LEFT + i)) is None for i in range(4)) else self.count
        )
        values = tuple({LEFT + index: value for index, value in enumerate(row)} for row in rows)
        self.write(AppendRows("Tasks", values))
        for number, row in enumerate(rows):
            self.put(FIRST + first + number, row)
        self.count = first + len(rows)

    @rule(rows=st.lists(ROW, max_size=6))
    def replace(self, rows):
        self.write(ReplaceRows("Tasks", tuple(rows), {(0, 0): "Other!A1"} if rows else {}))
        for number in range(max(self.count, len(rows))):
            self.put(FIRST + number, rows[number] if number < len(rows) else [None] * 4)
        self.count = max(len(rows), 1)

    @rule(cells=st.dictionaries(st.integers(1, 9), st.sampled_from(Severity), max_size=5))
    def mark(self, cells):
        self.write(Marks("Tasks", {f"C{row}": severity for row, severity in cells.items()}))

    @rule()
    def refused(self):
        before = self.path.read_bytes()
        with pytest.raises(WriteRefusedError):
            apply(self.path, [CellEdit("Tasks", "H1", "x"), CellEdit("Tasks", "B3", "header")], self.path)
        assert self.path.read_bytes() == before

    @invariant()
    def the_workbook_holds_what_the_model_holds(self):
        sheet = next(sheet for sheet in read(self.path).sheets if sheet.name == "Tasks")
        found = {
            (sheet.first_row + down, sheet.first_column + across): value
            for down, row in enumerate(sheet.rows)
            for across, value in enumerate(row)
            if value is not None
        }
        assert found == {place: value for place, value in self.cells.items() if value is not None}

    @invariant()
    def no_other_part_changes(self):
        assert self.kept() == self.parts


TestEdits = Edits.TestCase
TestEdits.settings = settings(
    max_examples=12, stateful_step_count=15, deadline=None, phases=(Phase.reuse, Phase.generate)
)
