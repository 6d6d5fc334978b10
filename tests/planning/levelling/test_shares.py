"""How resource use is read."""

import pytest

from automation.planning.levelling.shares import shares_of


@pytest.mark.parametrize(
    ("text", "shares"),
    [
        ("RES-004:100%;RES-011:50%", {"RES-004": 100, "RES-011": 50}),
        ("res-004：12.5％， RES-005", {"RES-004": 12.5, "RES-005": 100}),
        ("RES-001:50%;RES-001:25%", {"RES-001": 75}),
        ("RES-001:50%;nobody", {"RES-001": 50}),
        ("", {}),
    ],
)
def test_percentages_of_resources_are_read_as_people_type_them(text, shares):
    assert shares_of(text) == shares
