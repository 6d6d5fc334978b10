"""How company names are folded and compared; the quick join finds what comparing every two names finds."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.deviations import likeness as module
from automation.deviations.likeness import folded, like_pairs, likeness


@pytest.mark.parametrize(
    ("name", "whole", "core", "bare", "numbers"),
    [
        ("明川精密制造有限公司", "明川精密制造有限公司", "明川精密制造", "", ""),
        ("Ａｃｍｅ Co., Ltd.", "acmecoltd", "acme", "", ""),
        ("明川精密制造有限公司（示例）", "明川精密制造有限公司示例", "明川精密制造有限公司示例", "明川精密制造", ""),
        ("微软(中国)有限公司", "微软中国有限公司", "微软中国", "", ""),
        ("肯德基(人民路店)", "肯德基人民路店", "肯德基人民路店", "", ""),
        ("第一分公司 2 号", "第一分公司2号", "第一分公司2号", "", "一2"),
        ("有限公司", "有限公司", "有限公司", "", ""),
        ("Ltd", "ltd", "ltd", "", ""),
        ("", "", "", "", ""),
        ("（）", "", "", "", ""),
    ],
)
def test_a_name_is_folded(name, whole, core, bare, numbers):
    assert folded(name) == (whole, core, bare, numbers)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("明川精密制造有限公司", "明川精密制造", 1),
        ("明川精密制造有限公司(示例)", "明川精密制造", 1),
        ("明川精密制造有限公司(北京)", "明川精密制造有限公司(上海)", 2 * 10 / 24),
        ("ACME Limited", "Acme Co., Ltd.", 1),
        ("深圳市宏达电子科技有限公司", "深圳市宏大电子科技有限公司", 2 * 12 / 26),
        ("第一分公司", "第二分公司", 0),
        ("华为", "华为技术有限公司", 2 * 2 / 6),
        ("", "", 0),
        ("", "明川", 0),
    ],
)
def test_names_are_compared_whole_and_without_legal_forms(one, other, expected):
    assert likeness(folded(one), folded(other)) == pytest.approx(expected)
    assert likeness(folded(other), folded(one)) == pytest.approx(expected)


NAMES = st.lists(st.text("明川远泽食品制造一有限公司()", min_size=1, max_size=12), min_size=1, max_size=12)


def plainly(names, least):
    """The pairs as comparing every two names gives them: likeness by place."""
    found = {}
    for place, name in enumerate(names):
        best = max((likeness(folded(earlier), folded(name)) for earlier in names[:place]), default=0)
        if best >= least:
            found[place] = best
    return found


@given(NAMES, st.sampled_from([0.8, 0.85, 0.9, 0.95, 1.0]))
@settings(max_examples=300)
def test_the_quick_join_finds_what_comparing_every_two_names_finds(names, least):
    found = {pair.place: pair.likeness for pair in like_pairs(names, least)}
    assert found == pytest.approx(plainly(names, least))


@given(NAMES)
def test_each_pair_names_an_earlier_row_that_is_so_like(names):
    for place, earlier, like in like_pairs(names, 0.8):
        assert earlier < place
        assert likeness(folded(names[earlier]), folded(names[place])) == pytest.approx(like)


def test_two_thousand_names_are_not_compared_two_by_two(monkeypatch):
    chosen = random.Random(1)
    letters = [chr(code) for code in range(0x4E00, 0x4E00 + 400)]
    places, trades = ("北京", "上海", "深圳市", "苏州"), ("科技", "电子", "精密制造", "食品", "信息技术", "自动化")
    names = [
        chosen.choice(places) + "".join(chosen.sample(letters, 3)) + chosen.choice(trades) + "有限公司"
        for _ in range(2_000)
    ]
    compared = []
    plain = module.likeness
    monkeypatch.setattr(module, "likeness", lambda *names: compared.append(1) or plain(*names))
    list(like_pairs([*names, names[7]], 0.9))
    assert len(compared) < 2_000 * 100
