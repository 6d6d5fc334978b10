"""Sheets taken with few questions: areas whose cells differ are parted, everything else is asked once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.errors import WorkbookError
from automation.excel.areas import Area
from automation.excel.live.native import Table
from automation.excel.live.taking import formats_of, formulas_of, pieces, taken, wholes
from automation.model.tables import CellError


class Sheet:
    """A sheet of a platform that answers from dictionaries and notes what it was asked."""

    name = "表"

    def __init__(self, *, used, cells=None, codes=None, texts=None, tables=(), merged=(), relative=None):
        self.area, self.cells, self.codes, self.texts = used, cells or {}, codes or {}, texts or {}
        self.all_tables, self.merged, self.relative = list(tables), merged, relative or {}
        self.asked = []

    def _rows(self, area, found, default):
        return [
            [found.get((row, column), default) for column in range(area.left, area.right + 1)]
            for row in range(area.top, area.bottom + 1)
        ]

    def used(self):
        return self.area

    def filled(self, area):
        self.asked.append(area)
        return sum(area.holds(*place) for place in self.cells)

    def values(self, area):
        return self._rows(area, self.cells, None)

    def formulas(self, area):
        return self._rows(area, self.texts, "")

    def relative_formulas(self, area):
        return self._rows(area, self.relative, "")

    def number_format(self, area):
        self.asked.append(area)
        found = {code for row in self._rows(area, self.codes, "General") for code in row}
        return found.pop() if len(found) == 1 else None

    def is_merged(self, area):
        self.asked.append(area)
        meeting = [one for one in self.merged if one.meets(area)]
        if not meeting:
            return False
        places = [
            (row, column) for row in range(area.top, area.bottom + 1) for column in range(area.left, area.right + 1)
        ]
        return True if all(any(one.holds(*place) for one in meeting) for place in places) else None

    def merged_at(self, area):
        return next(one for one in self.merged if one.holds(area.top, area.left))

    is_array = is_spilled = array_at = spill_at = lambda self, area: False

    def tables(self):
        return self.all_tables

    def column_names(self, table):
        return ["one", "two"]

    def links(self):
        return []

    def marks(self):
        return []

    def is_visible(self):
        return True

    def is_protected(self):
        return False


GRIDS = st.integers(1, 6).flatmap(
    lambda width: st.lists(st.lists(st.sampled_from("GDP"), min_size=width, max_size=width), min_size=1, max_size=9)
)


@settings(max_examples=200, deadline=None)
@given(GRIDS, st.sets(st.integers(1, 12)), st.booleans())
def test_pieces_cover_every_cell_once_with_its_own_answer(grid, cuts, by_column):
    area = Area(3, 2, 2 + len(grid), 1 + len(grid[0]))

    def ask(part):
        found = {
            grid[row - 3][column - 2]
            for row in range(part.top, part.bottom + 1)
            for column in range(part.left, part.right + 1)
        }
        return found.pop() if len(found) == 1 else None

    seen = {}
    for part, answer in pieces(area, ask, cuts=cuts, by_column=by_column):
        for row in range(part.top, part.bottom + 1):
            for column in range(part.left, part.right + 1):
                assert (row, column) not in seen
                seen[row, column] = answer
    assert seen == {(row + 3, column + 2): code for row, codes in enumerate(grid) for column, code in enumerate(codes)}


def test_a_uniform_sheet_takes_one_question():
    sheet = Sheet(used=Area(1, 1, 90_000, 200))
    assert set(map(tuple, formats_of(sheet, Area(1, 1, 500, 20)))) == {("General",) * 20}
    assert len(sheet.asked) == 1


def test_a_table_takes_a_few_questions_a_column_however_many_rows_it_has():
    area = Area(1, 1, 5_001, 8)
    codes = {(row, column): "yyyy-mm-dd" for row in range(2, 5_002) for column in (3, 4, 7)}
    sheet = Sheet(used=area, codes=codes)
    found = formats_of(sheet, area, tables=[area], values=sheet.values(area))
    assert [row[2] for row in found[:3]] == ["General", "yyyy-mm-dd", "yyyy-mm-dd"]
    assert found[5_000] == ["General"] * 2 + ["yyyy-mm-dd"] * 2 + ["General"] * 2 + ["yyyy-mm-dd", "General"]
    assert len(sheet.asked) <= 2 * 8 + 2


def test_outside_of_tables_only_cells_with_numbers_are_asked():
    area = Area(1, 1, 40, 40)
    cells = {(1, 1): "title", (30, 30): 46_000.0}
    sheet = Sheet(used=area, cells=cells, codes={(1, 1): "@", (30, 30): "yyyy-mm-dd"})
    found = formats_of(sheet, area, values=sheet.values(area))
    assert found[29][29] == "yyyy-mm-dd"
    assert found[0][0] == "General"
    assert len(sheet.asked) < 16


def test_merged_ranges_are_found_each_once():
    merged = (Area(2, 2, 5, 9), Area(6, 2, 6, 3), Area(6, 4, 6, 5), Area(20, 1, 20, 12))
    sheet = Sheet(used=Area(1, 1, 30, 12), merged=merged)
    assert sorted(wholes(sheet.area, sheet.is_merged, sheet.merged_at, without=())) == sorted(merged)


def test_merged_ranges_are_asked_for_under_tables_only():
    merged = (Area(2, 2, 5, 9), Area(27, 2, 28, 4), Area(29, 5, 29, 6))
    tables = [Table("tbl", Area(23, 1, 25, 3), has_header=True, has_totals=False)]
    assert taken(Sheet(used=Area(1, 1, 30, 12), merged=merged, tables=tables)).merges == (Area(27, 2, 28, 4),)
    assert taken(Sheet(used=Area(1, 1, 30, 12), merged=merged)).merges == ()


def test_text_that_begins_with_an_equals_sign_is_no_formula():
    assert formulas_of([["=1+1", "=A1", "28", ""]], [["=1+1", 2.0, 28.0, None]]) == [[None, "=A1", None, None]]


def test_a_column_is_calculated_when_one_formula_is_filled_down():
    area = Area(1, 1, 3, 3)
    cells = dict.fromkeys([(1, 1), (1, 2), (1, 3)], "head")
    texts = {(2, 1): "=B2*2", (3, 1): "=B3*2", (2, 2): "=A2", (3, 2): "=A2", (2, 3): "=C1", (3, 3): "5"}
    relative = {(2, 1): "=RC[1]*2", (3, 1): "=RC[1]*2", (2, 2): "=RC[-1]", (3, 2): "=R[-1]C[-1]"}
    sheet = Sheet(used=area, cells=cells, texts=texts, relative=relative, tables=[Table("t", area, True, False)])
    assert taken(sheet).tables[0].formulas == {1: "=B2*2"}


def test_a_table_without_headers_has_the_names_that_excel_keeps():
    area = Area(2, 2, 4, 3)
    found = taken(Sheet(used=area, tables=[Table("t", area, False, True)])).tables[0]
    assert (found.columns, found.header_rows, found.totals_rows) == (("one", "two"), 0, 1)


def test_rows_at_the_end_that_are_only_formatted_are_left_out():
    sheet = Sheet(used=Area(1, 1, 1_048_576, 30), cells={(1, 1): "a", (777, 30): 1.0, (5, 2): CellError("#N/A")})
    assert taken(sheet).area == Area(1, 1, 777, 30)
    assert sum(area.bottom == 1_048_576 for area in sheet.asked) < 25


def test_tables_always_lie_inside_what_is_taken():
    sheet = Sheet(used=Area(1, 1, 1, 1), tables=[Table("t", Area(3, 2, 6, 4), False, False)])
    assert taken(sheet).area == Area(1, 1, 6, 4)


def test_a_sheet_that_is_far_too_large_is_refused_with_a_sentence():
    sheet = Sheet(used=Area(1, 1, 1_048_576, 16_384), cells={(1_048_576, 16_384): "x"})
    with pytest.raises(WorkbookError) as caught:
        taken(sheet)
    assert caught.value.code == "too-many"
    assert "表" in caught.value.text.en
    assert "A1:XFD1048576" in caught.value.text.zh
