from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.model.links import LagUnit, Link, LinkKind, format_links, parse_links

LINKS = st.builds(
    Link,
    st.integers(1, 9999).map(lambda number: f"T-{number:03}"),
    st.sampled_from(LinkKind),
    st.integers(-30, 30).map(lambda half_days: half_days * 240),
)


def test_the_example_of_the_manual_is_read():
    assert parse_links("T-002;T-003FS+2,T-024SS+5") == (
        (Link("T-002"), Link("T-003", LinkKind.FS, 960), Link("T-024", LinkKind.SS, 2400)),
        (),
    )


@pytest.mark.parametrize(
    ("text", "kind", "lag"),
    [
        ("t-007", LinkKind.FS, 0),
        ("T-007FS", LinkKind.FS, 0),
        ("T-007 ss + 1.5", LinkKind.SS, 720),
        ("T-007FF-2", LinkKind.FF, -960),
        ("T-007sf+1天", LinkKind.SF, 480),
        ("T-007+3", LinkKind.FS, 1440),
        ("T-007-3", LinkKind.FS, -1440),
        ("Ｔ－００７ＦＦ＋２", LinkKind.FF, 960),
        ("T–007FS−2", LinkKind.FS, -960),
    ],
)
def test_links_are_read_however_they_are_typed(text, kind, lag):
    assert parse_links(text) == ((Link("T-007", kind, lag),), ())


@pytest.mark.parametrize(
    "text", ["T-1;T-2", "T-1；T-2", "T-1, T-2", "T-1，T-2", "T-1、T-2", "T-1\nT-2;", " T-1 ;; T-2"]
)
def test_links_are_parted_by_chinese_and_western_marks(text):
    assert [link.predecessor for link in parse_links(text)[0]] == ["T-1", "T-2"]


def test_nothing_typed_is_no_link():
    assert parse_links("") == ((), ())
    assert parse_links("  ；") == ((), ())


@pytest.mark.parametrize("text", ["17", "T-", "T-002FX", "T-002FS+", "T-002FS 2", "T-002T-003", "开工后"])
def test_what_cannot_be_read_is_handed_back(text):
    assert parse_links(f"T-001;{text};T-003") == ((Link("T-001"), Link("T-003")), (text,))


def test_a_shorter_day_shortens_the_lag():
    assert parse_links("T-001SS+2", day_minutes=420)[0] == (Link("T-001", LinkKind.SS, 840),)


@given(st.lists(LINKS, max_size=5))
def test_what_is_written_is_read_back(links):
    assert parse_links(format_links(tuple(links))) == (tuple(links), ())


def test_a_percentage_is_written_as_one():
    assert format_links((Link("T-001", LinkKind.FS, -50, LagUnit.PERCENT),)) == "T-001FS-50%"
