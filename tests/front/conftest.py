"""One demonstration workbook for all tests of the doors, and a way to run a command as a user types it."""

import json
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from automation.front import demo as main_job
from automation.front.cli import main
from tests.judges import give_up

CHROMIUM_HELP = "Chromium: install it so that chromium is on the PATH, and playwright for Python"
FEW_DOCUMENTS = "D01 D12"
"""What the demonstration makes for tests; ``test_demo`` has it make all."""


class Run(NamedTuple):
    exit: int
    out: str
    err: str

    @property
    def json(self):
        return json.loads(self.out)


@pytest.fixture
def run(capsys):
    """Run ``deliverybook`` with these words and give its exit code and output."""

    def call(*words):
        capsys.readouterr()
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return Run(code, captured.out, captured.err)

    return call


class Demo(NamedTuple):
    folder: Path
    book: Path
    result: dict


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demonstration project in Chinese, made once as ``deliverybook demo DIR --format json`` makes it."""
    return _made(tmp_path_factory.mktemp("demo-zh"), "zh")


@pytest.fixture(scope="session")
def demo_en(tmp_path_factory):
    """The demonstration project in English."""
    return _made(tmp_path_factory.mktemp("demo-en"), "en")


def _made(folder, language):
    import contextlib
    import io

    out = io.StringIO()
    with contextlib.redirect_stdout(out), pytest.MonkeyPatch.context() as patch:
        patch.setattr(main_job, "DOCUMENTS", FEW_DOCUMENTS)
        code = main(["demo", str(folder), "--format", "json", "--lang", language])
    assert code == 0
    result = json.loads(out.getvalue())
    return Demo(folder, Path(result["book"]), result)


@pytest.fixture
def book(demo, tmp_path):
    """A copy of the Chinese demonstration workbook that a test may change."""
    return Path(shutil.copy(demo.book, tmp_path / "book.xlsx"))


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium, one for all tests of a process: Playwright can be started once."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        give_up(CHROMIUM_HELP)
    if not program:
        give_up(CHROMIUM_HELP)
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield found
        found.close()
