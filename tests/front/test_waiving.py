"""Findings that can be accepted: waived with a reason, found again by every run, taken up again."""

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def checked(demo, tmp_path):
    return Path(shutil.copy(demo.book, tmp_path / "book.xlsx"))


def status_of(run, book, rule):
    return {
        one["key"]: one["status"]
        for one in run("check", book, "--format", "json").json["findings"]
        if one["rule"] == rule
    }


def test_a_waived_finding_no_longer_counts_and_stays_waived_until_it_is_taken_up_again(run, checked):
    before = run("check", checked, "--format", "json").json["counts"]["high"]
    done = run("waive", checked, "PLN-04:PRJ-001", "--reason", "客户已书面同意延期一周")
    assert done.exit == 0
    assert "豁免：F-" in done.out
    assert run("check", checked, "--write", "--format", "json").json["counts"]["high"] == before - 1
    assert status_of(run, checked, "PLN-04") == {"PRJ-001": "waived"}
    assert run("waive", checked, "PLN-04:PRJ-001", "--undo").exit == 0
    assert status_of(run, checked, "PLN-04") == {"PRJ-001": "continuing"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("PLN-04:PRJ-001",), "--reason"),
        (("PLN-04:PRJ-001", "--reason", "ok"), "--reason"),
        (("PLN-04:PRJ-01", "--reason", "客户已同意"), "PLN-04:PRJ-001"),
        (("F-0000000000", "--reason", "客户已同意"), "F-0000000000"),
    ],
)
def test_without_a_reason_or_for_an_unknown_finding_nothing_is_written(run, checked, words, said):
    before = checked.read_bytes()
    done = run("waive", checked, *words)
    assert (done.exit, said in done.err) == (2, True)
    assert checked.read_bytes() == before
