from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from automation.planning.cycles import cycles


def test_a_cycle_is_the_way_round_in_the_direction_of_the_links():
    assert cycles({1: [3], 2: [1], 3: [2], 4: [3]}) == [(1, 2, 3)]


def test_a_task_before_itself_is_a_cycle_of_one():
    assert cycles({1: [1], 2: []}) == [(1,)]


def test_cycles_behind_each_other_are_all_found():
    assert cycles({1: [2], 2: [1], 3: [4, 1], 4: [3], 5: [4]}) == [(1, 2), (3, 4)]


def test_no_cycle_is_none():
    assert cycles({1: [], 2: [1], 3: [1, 2]}) == []


def test_a_long_chain_needs_no_recursion():
    size = 50_000
    assert cycles({node: [(node + 1) % size] for node in range(size)})[0][:2] == (0, size - 1)


@given(
    st.integers(1, 12).flatmap(
        lambda size: st.lists(st.lists(st.integers(0, size - 1), max_size=3), min_size=size, max_size=size)
    )
)
def test_each_path_follows_links_and_cutting_the_cycles_found_ends_after_a_while(table):
    predecessors = dict(enumerate(table))
    while paths := cycles(predecessors):
        for path in paths:
            assert all(node in predecessors[after] for node, after in zip(path, (*path[1:], path[0]), strict=True))
            predecessors[path[0]] = [node for node in predecessors[path[0]] if node != path[-1]]
    placed: set[int] = set()
    for _ in predecessors:
        placed |= {node for node, before in predecessors.items() if placed.issuperset(before)}
    assert placed == set(predecessors)
