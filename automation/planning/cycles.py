"""Finding the ways round in a set of links.

Not here: what a cycle means for a plan (``network``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def cycles(predecessors: Mapping[int, Sequence[int]]) -> list[tuple[int, ...]]:
    """One cycle from each group of nodes that precede each other, in the order of the mapping.

    Each node of a cycle precedes the next one and the last precedes the first; it begins with the node that comes
    first in the mapping. A node that precedes itself is a cycle of one.
    """
    found: list[tuple[int, ...]] = []
    order = {node: number for number, node in enumerate(predecessors)}
    for group in _groups(predecessors):
        first = min(group, key=order.__getitem__)
        if len(group) > 1 or first in predecessors[first]:
            found.append(_way_round(first, predecessors, group))
    return sorted(found, key=lambda path: order[path[0]])


def _way_round(first: int, predecessors: Mapping[int, Sequence[int]], group: set[int]) -> tuple[int, ...]:
    """The shortest way from a node back to itself, against the links, turned into their direction."""
    came_from: dict[int, int] = {}
    queue = [first]
    for node in queue:  # grows while it is walked
        for predecessor in predecessors[node]:
            if predecessor == first:
                path = [node]
                while path[-1] != first:
                    path.append(came_from[path[-1]])
                return (first, *path[:-1])
            if predecessor in group and predecessor not in came_from:
                came_from[predecessor] = node
                queue.append(predecessor)
    return (first,)


def _groups(predecessors: Mapping[int, Sequence[int]]) -> list[set[int]]:
    """The strongly connected components (Tarjan 1972), without recursion."""
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[int] = []
    open_nodes: set[int] = set()
    groups: list[set[int]] = []
    for root in predecessors:
        if root in number:
            continue
        walk = [(root, iter(predecessors[root]))]
        number[root] = lowest[root] = len(number)
        stack.append(root)
        open_nodes.add(root)
        while walk:
            node, rest = walk[-1]
            for following in rest:
                if following not in number:
                    number[following] = lowest[following] = len(number)
                    stack.append(following)
                    open_nodes.add(following)
                    walk.append((following, iter(predecessors[following])))
                    break
                if following in open_nodes:
                    lowest[node] = min(lowest[node], number[following])
            else:
                walk.pop()
                if walk:
                    lowest[walk[-1][0]] = min(lowest[walk[-1][0]], lowest[node])
                if lowest[node] == number[node]:
                    groups.append(_take(stack, open_nodes, node))
    return groups


def _take(stack: list[int], open_nodes: set[int], node: int) -> set[int]:
    """The nodes on the stack down to this one, taken off it."""
    group: set[int] = set()
    while node not in group:
        group.add(stack.pop())
    open_nodes -= group
    return group
