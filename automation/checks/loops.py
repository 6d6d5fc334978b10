"""Ways round in references of a sheet to itself.

Not here: what is said about them (``checks.links``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def loops(leads_to: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """A way round for every link that closes one, in the order of the mapping; no row stands in two of them.

    Each id of a way leads to the next, and the last to the first; links of a row to itself are not ways round, and
    ids that are no key of the mapping lead nowhere.
    """
    finished: set[str] = set()
    for root in leads_to:
        if root in finished:
            continue
        path = [root]
        places = {root: 0}
        open_ends = [iter(leads_to[root])]
        while path:
            following = next(open_ends[-1], None)
            if following is None:
                open_ends.pop()
                finished.add(path[-1])
                del places[path.pop()]
            elif following in places:
                way = tuple(path[places[following] :])
                if len(way) > 1 and finished.isdisjoint(way):
                    yield way
                    finished.update(way)
            elif following in leads_to and following not in finished:
                places[following] = len(path)
                path.append(following)
                open_ends.append(iter(leads_to[following]))
