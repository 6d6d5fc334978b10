from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from automation.checks.loops import loops


def test_chains_and_rows_that_lead_nowhere_are_no_loops():
    assert list(loops({"A": ["B"], "B": ["C"], "C": [], "D": ["X"]})) == []


def test_a_row_that_leads_to_itself_is_no_way_round():
    assert list(loops({"A": ["A"]})) == []


def test_a_loop_starts_where_it_was_entered_first():
    assert list(loops({"Z": ["A"], "A": ["B"], "B": ["C"], "C": ["A"]})) == [("A", "B", "C")]


def test_two_loops_are_two():
    assert list(loops({"A": ["B"], "B": ["A"], "C": ["D"], "D": ["C"]})) == [("A", "B"), ("C", "D")]


graphs = st.dictionaries(st.sampled_from("ABCDEF"), st.lists(st.sampled_from("ABCDEFX"), max_size=3), max_size=6)


@given(graphs)
def test_every_way_is_one_and_a_graph_without_ways_can_be_put_in_order(graph):
    found = list(loops(graph))
    for way in found:
        assert all(following in graph[one] for one, following in zip(way, (*way[1:], way[0]), strict=True))
    names = [name for way in found for name in way]
    assert len(names) == len(set(names))
    if not found:
        left = {key: {one for one in after if one in graph and one != key} for key, after in graph.items()}
        while left:
            ends = [key for key, after in left.items() if not after & set(left)]
            assert ends, "a loop was overlooked"
            for key in ends:
                del left[key]
