"""Damaged workbooks: saved clean or refused with a code. A short run of what ``bench/fuzz.py`` does for an hour.

``KEPT`` are seeds that once found something; what they found also has a test of its own.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.excel.mutations import bases, damaged, tried

KEPT = {
    # A damaged part that nobody touches was copied as it was.
    "table.xlsx": (88, 98, 162),
    # The same, and (3563) the range of an array formula that is no UTF-8.
    "odd.xlsx": (41, 91, 3563),
}
EACH = 60


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The undamaged workbooks."""
    return bases(tmp_path_factory.mktemp("bases"))


@pytest.mark.parametrize("number", [0, 1], ids=["table", "odd"])
def test_every_damaged_workbook_is_saved_clean_or_refused(whole, tmp_path, number):
    outcomes: Counter[str] = Counter()
    base = whole[number]
    for seed in (*KEPT[base.name], *range(1_000_000, 1_000_000 + EACH)):
        tried(damaged(base.read_bytes(), seed), tmp_path / base.name, outcomes)
    assert outcomes["cells: saved"] > 5
    assert outcomes["cells: bad-xml"] > 5
    assert outcomes["read: damaged"] > 5


def test_a_workbook_without_damage_passes_everything(whole, tmp_path):
    outcomes: Counter[str] = Counter()
    for base in whole:
        tried(base.read_bytes(), tmp_path / base.name, outcomes)
    assert {name: count for name, count in outcomes.items() if "saved" not in name and name != "read"} == {
        "append: no-table": 1,
        "replace: no-table": 1,
    }


def test_the_same_seed_damages_in_the_same_way(whole):
    data = whole[0].read_bytes()
    assert damaged(data, 7) == damaged(data, 7) != damaged(data, 8)
