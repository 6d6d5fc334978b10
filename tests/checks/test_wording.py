from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from automation.checks.wording import LONGEST, as_shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("高", "高"),
        (5.0, "5"),
        (5, "5"),
        (98.5, "98.5"),
        (0.1, "0.1"),
        (1e15, "1000000000000000"),
        (float("inf"), "inf"),
        (Decimal("1200.00"), "1200"),
        (Decimal("998.90"), "998.90"),
        (Decimal("0.00"), "0"),
        (date(2026, 6, 1), "2026-06-01"),
        (datetime(2026, 6, 1, 9, 5), "2026-06-01 09:05"),
        ("x" * LONGEST, "x" * LONGEST),
        ("x" * (LONGEST + 1), "x" * (LONGEST - 1) + "…"),
    ],
)
def test_values_are_shown_as_a_user_sees_them(value, shown):
    assert as_shown(value) == shown
