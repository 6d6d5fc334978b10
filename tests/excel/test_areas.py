"""Addresses and rectangles: as few ranges as joining by columns or rows gives, each cell in exactly one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.excel.areas import Area, rectangles

PLACES = st.sets(st.tuples(st.integers(1, 6), st.integers(1, 6)))


@given(PLACES)
def test_rectangles_hold_each_cell_once_and_no_other(places):
    found = [
        (row, column)
        for area in rectangles(places)
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert sorted(found) == sorted(places)


@pytest.mark.parametrize(
    ("areas", "expected"),
    [
        ([Area(2, 2, 5, 4)], [Area(2, 2, 5, 4)]),
        ([Area(1, 1, 1, 3), Area(2, 1, 2, 2)], [Area(1, 1, 1, 3), Area(2, 1, 2, 2)]),
        ([Area(1, 1, 3, 1), Area(2, 2, 4, 2)], [Area(1, 1, 3, 1), Area(2, 2, 4, 2)]),
        ([], []),
    ],
)
def test_cells_are_joined_the_way_that_gives_fewer_ranges(areas, expected):
    places = [
        (row, column)
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    ]
    assert rectangles(places) == expected
