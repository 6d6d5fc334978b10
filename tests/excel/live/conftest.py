"""One LibreOffice for all tests of open workbooks, as a stand-in for Excel, and the demonstration workbook."""

from __future__ import annotations

import contextlib
import io

import pytest

from tests.judges import give_up


@pytest.fixture(scope="session")
def live_engine(tmp_path_factory):
    """The xlwings engine over one LibreOffice of its own; skipped where that is missing, failed in CI."""
    from tests.excel.live.engine import Live

    try:
        engine = Live(tmp_path_factory.mktemp("office"))
    except FileNotFoundError as error:
        give_up(str(error))
    yield engine
    engine.close()


@pytest.fixture
def live(live_engine):
    """The engine with no workbook open; what a test opens is closed after it."""
    live_engine.close_books()
    yield live_engine
    live_engine.close_books()


@pytest.fixture
def open_live(live):
    """A function from a path to the ``xlwings.Book`` open in LibreOffice."""
    return live.open


@pytest.fixture(scope="session")
def demo_book(tmp_path_factory):
    """The demonstration workbook, made once as ``deliverybook demo`` makes it."""
    from automation.front.cli import main

    folder = tmp_path_factory.mktemp("demo")
    with contextlib.redirect_stdout(io.StringIO()):
        assert main(["demo", str(folder), "--quiet"]) == 0
    return next(folder.glob("*.xlsx"))
