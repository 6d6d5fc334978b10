"""Numbers are drawn from the distributions that they are said to be drawn from."""

from __future__ import annotations

import math

import numpy as np
import pytest

from automation.planning.simulation.sampling import Sampler, pert, triangular
from automation.planning.simulation.uncertainty import Drawing, Hit, RiskEvent, Spread

SPREADS = [(100, 200, 300), (100, 100, 900), (100, 900, 900), (1, 5000, 90_000), (480, 481, 483), (7, 8, 12_000_000)]


def quantiles(distribution, spread, chances):
    row = np.array(chances, dtype=np.float32)
    return distribution(Spread(0, *spread), row, np.empty_like(row)).astype(float)


def triangle(least, likely, most, chance):
    """The quantile as any textbook has it."""
    if chance * (most - least) < likely - least:
        return least + math.sqrt(chance * (most - least) * (likely - least))
    return most - math.sqrt((1 - chance) * (most - least) * (most - likely))


def beta_chance(least, likely, most, value, cells=20_000):
    """The chance of a value up to this one: the density of the beta distribution, summed up finely."""
    edges = np.linspace(0, 1, cells + 1)
    middles = (edges[1:] + edges[:-1]) / 2
    mode = (likely - least) / (most - least)
    density = middles ** (4 * mode) * (1 - middles) ** (4 - 4 * mode)
    share = (value - least) / (most - least)
    return float(np.interp(share, edges, np.concatenate(([0], np.cumsum(density))) / density.sum()))


@pytest.mark.parametrize("spread", SPREADS)
def test_triangular_quantiles_are_those_of_the_textbook(spread):
    chances = [0, 0.001, 0.1, 0.25, 0.5, 0.75, 0.9, 0.999]
    expected = [triangle(*spread, chance) for chance in chances]
    width = spread[2] - spread[0]
    assert quantiles(triangular, spread, chances).tolist() == pytest.approx(expected, abs=1e-3 * width, rel=1e-5)


@pytest.mark.parametrize("spread", SPREADS)
def test_pert_quantiles_have_the_chance_of_the_beta_distribution(spread):
    chances = [0.01, 0.1, 0.25, 0.5, 0.75, 0.9, 0.99]
    found = quantiles(pert, spread, chances)
    assert [beta_chance(*spread, value) for value in found] == pytest.approx(chances, abs=2e-3)


def test_a_known_pert_quantile():
    """Beta(3, 3), the symmetric PERT: a tenth lies below 0.2466 (printed tables of the beta distribution)."""
    assert quantiles(pert, (0, 500_000, 1_000_000), [0.1])[0] == pytest.approx(246_600, abs=200)


@pytest.mark.parametrize("spread", SPREADS)
@pytest.mark.parametrize("correlation", [0.0, 0.7])
def test_means_are_those_of_the_distributions_and_nothing_leaves_the_range(spread, correlation):
    least, likely, most = spread
    for distribution, mean in (("triangular", sum(spread) / 3), ("pert", (least + 4 * likely + most) / 6)):
        sampler = Sampler([likely], [Spread(0, *spread)], [], Drawing(20_000, 1, distribution, correlation))
        row = sampler.draw(20_000).minutes[0]
        assert least <= row.min() <= row.max() <= most
        assert row.mean() == pytest.approx(mean, abs=max(0.01 * (most - least), 0.02))


def test_durations_are_correlated_as_asked():
    spread = [Spread(place, 1000, 2000, 4000) for place in range(2)]
    for correlation in (0.0, 0.3, 0.8):
        drawing = Drawing(20_000, 1, "triangular", correlation)
        first, second = Sampler([2000, 2000], spread, [], drawing).draw(20_000).minutes
        assert np.corrcoef(first, second)[0, 1] == pytest.approx(correlation, abs=0.03)


def test_a_risk_hits_all_its_tasks_in_the_same_iterations():
    hit = Hit(RiskEvent("RISK-001", 0.25, 480, ()), (0, 2))
    draw = Sampler([10, 20, 30], [], [hit], Drawing()).draw(10_000)
    occurs = draw.occurs[0]
    assert occurs.mean() == pytest.approx(0.25, abs=0.02)
    assert (draw.minutes[0] == 10 + 480 * occurs).all()
    assert (draw.minutes[1] == 20).all()
    assert (draw.minutes[2] == 30 + 480 * occurs).all()


def test_blocks_go_on_in_the_stream():
    sampler = Sampler([100], [Spread(0, 1, 100, 9000)], [], Drawing())
    first, second = sampler.draw(50).minutes.copy(), sampler.draw(50).minutes
    assert (first != second).any()
