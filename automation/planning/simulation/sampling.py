"""Drawing numbers: how many minutes each task takes and which risks occur, in each iteration.

Durations are drawn by the inverse of their distribution, a row of iterations at a time, in float32: as fast as memory
allows, and to the minute. Not here: what is uncertain (``uncertainty``), what follows from it (``kernel``).
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Sequence

    from automation.planning.simulation.uncertainty import Drawing, Hit, Spread

Reals = NDArray[np.float32]
Matrix = NDArray[np.int32]
"""Whole numbers by place of the network and iteration."""

_PERT_WEIGHT = 4
"""The weight of the most likely value in the mean (shortest + 4 x most likely + longest) / 6."""
_MODES, _CELLS = 64, 1024
"""How finely the table of PERT quantiles divides the place of the most likely value, and the chance."""
_NORMAL_REACH, _NORMAL_CELLS = 6, 256
"""How many standard deviations the table of the normal distribution reaches, and its cells for each."""


class Draw(NamedTuple):
    """One block of iterations: minutes by place, and for each risk where it occurs."""

    minutes: Matrix
    occurs: list[NDArray[np.bool_]]


class Sampler:
    """Draws blocks of iterations one after another from one stream of numbers."""

    def __init__(self, minutes: Sequence[int], spread: Sequence[Spread], hit: Sequence[Hit], drawing: Drawing) -> None:
        self._minutes = np.array(minutes, dtype=np.int32).reshape(-1, 1)
        self._spread, self._hit, self._drawing = spread, hit, drawing
        self._room: Matrix = np.empty((len(minutes), 0), dtype=np.int32)
        self._generator = np.random.Generator(np.random.SFC64(drawing.seed))

    def draw(self, iterations: int) -> Draw:
        """The next block of iterations; its minutes hold until the next call, which uses their memory again."""
        if self._room.shape[1] < iterations:
            self._room = np.empty((len(self._minutes), iterations), dtype=np.int32)
        minutes = self._room[:, :iterations]
        minutes[:] = self._minutes
        factor = self._generator.standard_normal(iterations, dtype=np.float32) if self._drawing.correlation else None
        chance, spare = np.empty(iterations, dtype=np.float32), np.empty(iterations, dtype=np.float32)
        quantiles = pert if self._drawing.distribution == "pert" else triangular
        for spread in self._spread:
            if factor is None:
                self._generator.random(dtype=np.float32, out=chance)
            else:
                self._related(factor, chance)
            drawn = quantiles(spread, chance, spare)
            drawn += np.float32(0.5)
            np.clip(drawn, spread.least, spread.most, out=minutes[spread.place], casting="unsafe")
        occurs = []
        for event, places in self._hit:
            happens = self._generator.random(iterations, dtype=np.float32) < event.chance
            occurs.append(happens)
            delay = happens * np.int32(event.delay)
            for place in places:
                minutes[place] += delay
        return Draw(minutes, occurs)

    def _related(self, factor: Reals, chance: Reals) -> None:
        """Chances that owe a share to the common factor: normal numbers, mixed, turned into chances."""
        share = self._drawing.correlation
        self._generator.standard_normal(dtype=np.float32, out=chance)
        chance *= np.float32(math.sqrt(1 - share))
        chance += factor * np.float32(math.sqrt(share))
        chance += np.float32(_NORMAL_REACH)
        chance *= np.float32(_NORMAL_CELLS)
        np.clip(chance, 0, 2 * _NORMAL_REACH * _NORMAL_CELLS - 1, out=chance)
        chance[:] = _between(_normal(), chance)


def triangular(spread: Spread, chance: Reals, spare: Reals) -> Reals:
    """The quantiles of the triangular distribution; ``chance`` is used up, ``spare`` holds the result.

    The way up to the most likely value and the way down from it are added, each held where it ends, so that no value
    has to be chosen between two.
    """
    least, likely, most = float(spread.least), float(spread.likely), float(spread.most)
    width = most - least
    mode = np.float32((likely - least) / width)
    np.minimum(chance, mode, out=spare)
    spare *= np.float32(width * (likely - least))
    np.sqrt(spare, out=spare)
    np.maximum(chance, mode, out=chance)
    np.subtract(np.float32(1), chance, out=chance)
    chance *= np.float32(width * (most - likely))
    np.sqrt(chance, out=chance)
    spare -= chance
    spare += np.float32(least + most - likely)
    return spare


def pert(spread: Spread, chance: Reals, spare: Reals) -> Reals:
    """The quantiles of the PERT distribution, looked up; ``chance`` is used up, ``spare`` holds the result."""
    width = spread.most - spread.least
    place = (spread.likely - spread.least) / width * _MODES
    below = min(int(place), _MODES - 1)
    table, share = _pert_table(), np.float32(place - below)
    quantiles = (table[below] * (1 - share) + table[below + 1] * share) * np.float32(width) + np.float32(spread.least)
    chance *= np.float32(_CELLS)
    spare[:] = _between(quantiles, chance)
    return spare


def _between(table: Reals, places: Reals) -> Reals:
    """The values of a table at places between its entries."""
    cells = places.astype(np.intp)
    found = np.diff(table).take(cells, mode="clip")
    places -= cells
    found *= places
    found += table.take(cells, mode="clip")
    return found


@cache
def _pert_table() -> Reals:
    """Quantiles between 0 and 1 by the place of the most likely value and by chance."""
    edges = np.linspace(0, 1, _CELLS + 1)
    middles = (edges[:-1] + edges[1:]) / 2
    rows = []
    for mode in np.linspace(0, 1, _MODES + 1):
        density = middles ** (_PERT_WEIGHT * mode) * (1 - middles) ** (_PERT_WEIGHT * (1 - mode))
        below = np.concatenate(([0.0], np.cumsum(density)))
        rows.append(np.interp(edges, below / below[-1], edges))
    return np.array(rows, dtype=np.float32)


@cache
def _normal() -> Reals:
    """The chances of the normal distribution from -6 to 6 standard deviations."""
    cells = _NORMAL_REACH * _NORMAL_CELLS
    return np.array(
        [(1 + math.erf(cell / _NORMAL_CELLS / math.sqrt(2))) / 2 for cell in range(-cells, cells + 1)],
        dtype=np.float32,
    )
