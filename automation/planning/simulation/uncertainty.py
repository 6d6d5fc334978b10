"""What is uncertain in a plan: how long tasks may take, and risks that make them take longer; no numpy yet.

Not here: the drawing of numbers (``sampling``), where the estimates are typed (``commands.simulating``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from automation.model.links import LinkKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from automation.planning.network import Network
    from automation.planning.work import Work

Distribution = Literal["triangular", "pert"]
CHANCES: dict[int, float] = {1: 0.1, 2: 0.3, 3: 0.5, 4: 0.7, 5: 0.9}
"""How likely a risk is whose probability is rated 1 to 5: the middle of each fifth."""


class Estimate(NamedTuple):
    """The shortest and the longest that a whole task may take, in working minutes; its duration is most likely."""

    optimistic: int
    pessimistic: int


class RiskEvent(NamedTuple):
    """Something that may happen, and then makes each of the tasks that it names take so many minutes longer."""

    id: str
    chance: float
    delay: int
    tasks: tuple[str, ...]


class Drawing(NamedTuple):
    """How numbers are drawn.

    ``correlation`` is that of any two tasks' durations (0 to 1): the share that they owe to one common factor, such
    as the team or the customer. The same seed gives the same numbers.
    """

    iterations: int = 10_000
    seed: int = 1
    distribution: Distribution = "triangular"
    correlation: float = 0.0


class Spread(NamedTuple):
    """Between which minutes the work left at a place of the network lies, and which are most likely."""

    place: int
    least: int
    likely: int
    most: int


class Hit(NamedTuple):
    """A risk and the places of the network that it delays."""

    event: RiskEvent
    places: tuple[int, ...]


def spreads(network: Network, work: Work, estimates: Mapping[str, Estimate]) -> list[Spread]:
    """The spread of each task that is estimated, not finished and not certain.

    What is left of a started task is as uncertain, in proportion, as the whole. A task takes a minute at least, and
    never less than estimated as the shortest nor more than as the longest if these contradict its duration.
    """
    found = []
    for place, task in enumerate(network.tasks):
        estimate, likely = estimates.get(task.id), work.minutes[place]
        if estimate is None or place in work.ended or not likely or not task.duration_minutes:
            continue
        share = likely / task.duration_minutes
        least = max(1, min(likely, round(estimate.optimistic * share)))
        most = max(likely, round(estimate.pessimistic * share))
        if least < most:
            found.append(Spread(place, least, likely, most))
    return found


def hits(network: Network, work: Work, events: Iterable[RiskEvent]) -> list[Hit]:
    """The places that each risk delays: those of its tasks that are not finished; risks that delay none are left out.

    A risk of a summary delays the tasks at its end: those below it that no task below it waits for.
    """
    found = []
    for event in events:
        places: dict[int, None] = {}
        for name in event.tasks:
            if name in network.children:
                places.update(dict.fromkeys(_ends(network, network.children[name])))
            elif name in network.place:
                places[network.place[name]] = None
        left = tuple(place for place in places if place not in work.ended)
        if left and event.delay > 0 and event.chance > 0:
            found.append(Hit(event, left))
    return found


def longest(work: Work, spread: Sequence[Spread], hit: Sequence[Hit]) -> list[int]:
    """The most minutes that can come up at each place."""
    minutes = list(work.minutes)
    for one in spread:
        minutes[one.place] = one.most
    for event, places in hit:
        for place in places:
            minutes[place] += event.delay
    return minutes


def _ends(network: Network, places: Sequence[int]) -> list[int]:
    """Those of some places whose finish none of the others waits for."""
    waited_for: set[int] = set()
    for place in places:
        waited_for.update(network.plain[place])
        waited_for.update(arc.predecessor for arc in network.arcs[place] if arc.kind in {LinkKind.FS, LinkKind.FF})
    return [place for place in places if place not in waited_for]
