"""The tables give what the calendar gives, wherever they are asked, and grow as far as they are asked."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.errors import AutomationError
from automation.planning.calendar import WorkCalendar
from automation.planning.simulation import clock as clocks
from automation.planning.simulation.clock import Clock
from tests.planning.simulation.networks import NIGHTS, ROUND_THE_CLOCK, SIX_DAYS, STANDARD


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from([STANDARD, SIX_DAYS, ROUND_THE_CLOCK, NIGHTS, WorkCalendar(ticks=10)]),
    st.integers(0, 30 * 1440),
    st.lists(st.integers(0, 90 * 1440), min_size=1, max_size=30),
    st.booleans(),
)
def test_the_tables_agree_with_the_calendar(calendar, beyond, minutes, is_long):
    """Short stretches are tables of minutes, long ones are searched; both say what the calendar says."""
    first = calendar.opening(date(2026, 1, 2)) + 77
    clock = Clock(calendar, first, first + beyond)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clocks, "_TABLE", 0 if is_long else 20_000_000)
        _agree(calendar, clock, first, minutes)


def _agree(calendar, clock, first, minutes):
    row = np.array(minutes, dtype=np.int32)
    origin = calendar.position(first)
    assert clock.starts(origin + row).tolist() == [calendar.start_at(origin + one) for one in minutes]
    assert clock.finishes(origin + row).tolist() == [calendar.finish_at(origin + one) for one in minutes]
    assert clock.positions(first + row).tolist() == [calendar.position(first + one) for one in minutes]


def test_what_lies_before_is_held_to_the_beginning(monkeypatch):
    first = STANDARD.opening(date(2026, 1, 5))
    clock = Clock(STANDARD, first, first + 1440)
    row = np.array([-5000], dtype=np.int32)
    for table in (20_000_000, 0):
        monkeypatch.setattr(clocks, "_TABLE", table)
        assert clock.starts(STANDARD.position(first) + row)[0] <= first
        assert clock.positions(first + row)[0] <= STANDARD.position(first)


def test_what_lies_too_far_away_is_refused():
    first = STANDARD.opening(date(2026, 1, 5))
    clock = Clock(STANDARD, first, first + 1440)
    with pytest.raises(AutomationError) as error:
        clock.starts(np.array([30_000 * 480], dtype=np.int32))
    assert error.value.code == "simulation-range"
