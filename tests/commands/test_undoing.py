"""Undo of the last click: what still stands as the click left it is put back."""

from datetime import date, datetime

import pytest

from automation.base.errors import UsageError
from automation.commands.request import Request
from automation.commands.undoing import same, undo
from automation.model.effects import CellEdit, Need
from tests.tables import catalogue, project_of, settings

SHEETS = "requirements\n req_id | title\n REQ-001 | A\n"


def asked(*kept):
    entries = [dict(zip(("sheet", "cell", "old", "new", "now"), entry, strict=True)) for entry in kept]
    return undo(Request(project_of(SHEETS), (), catalogue(), settings(), date(2026, 6, 12), {"kept": entries}))


def test_what_stands_as_the_click_left_it_is_put_back():
    outcome = asked(("requirements", "B2", "A", "B", "B"), ("requirements", "B3", None, 4, 4.0))
    assert outcome.edits == (CellEdit("requirements", "B2", "A"), CellEdit("requirements", "B3", None))
    assert outcome.needs == (Need("edit", "requirements"),)
    assert "2" in outcome.question.zh


def test_what_somebody_has_changed_since_stays_and_is_named():
    outcome = asked(("requirements", "B2", "A", "B", "C"), ("requirements", "B3", 1, 2, 2))
    assert [edit.cell for edit in outcome.edits] == ["B3"]
    assert "requirements!B2" in outcome.notices[0].zh


def test_what_is_back_already_is_no_edit_and_no_question():
    outcome = asked(("requirements", "B2", "A", "A", "A"))
    assert outcome.edits == ()
    assert outcome.question.zh == ""


def test_nothing_kept_is_said():
    with pytest.raises(UsageError) as caught:
        asked()
    assert caught.value.code == "NOTHING_TO_UNDO"


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (None, "", True),
        (0, None, False),
        (False, 0, False),
        (1, 1.0, True),
        (0.1 + 0.2, 0.3, True),
        (date(2026, 6, 12), datetime(2026, 6, 12), True),
        (date(2026, 6, 12), datetime(2026, 6, 12, 9), False),
        ("1", 1, False),
    ],
)
def test_values_are_compared_as_a_cell_shows_them(one, other, expected):
    assert same(one, other) is expected
    assert same(other, one) is expected
