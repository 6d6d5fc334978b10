"""A history of a few nights over two workbooks, as batches would have kept it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from automation.base.records import replace
from automation.front import state
from automation.model.runs import Alteration
from automation.store.history import History
from tests.store.history.conftest import facts, run

FIRST = date(2026, 6, 10)
NIGHTS = ("abcd", "abce", "be", "bef")
"""The findings of the first workbook, night by night, from Wednesday to Saturday."""


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A folder of one's own, where the state folder is as well; nothing is configured."""
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "projects" / "north").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def nights(home):
    """The paths of the two workbooks, of which there are runs in the history."""
    books = [home / "projects" / "a.xlsx", home / "projects" / "north" / "b.xlsx"]
    history = History.open(path=state.folder("batch") / "history.sqlite")
    for number, keys in enumerate(NIGHTS):
        day = FIRST + timedelta(days=number)
        at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
        for place, book in enumerate(books):
            found = facts(date(2026, 9, 17) + timedelta(days=number))
            one = run(
                number,
                keys if place == 0 else "x",
                id=f"{place}-{number}",
                book=str(book),
                at=at,
                status_date=day,
                projects=(replace(found, spi=0.80 - number / 100, currency="CNY"),),
                alterations=(
                    Alteration(at, "batch", "reschedule", "plan", f"T-{number}", "forecast_finish", "", "2026-09-17"),
                ),
            )
            history.record(one)
    history.close()
    return books
