"""Outside programs that tests need: skipped with what to install where one is missing, failed in CI."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest

NOT_INSTALLED = "not installed: "


def give_up(text: str) -> NoReturn:
    """Skip the test, or fail it in CI; ``text`` says what to install."""
    if os.environ.get("CI"):
        pytest.fail(f"{NOT_INSTALLED}{text}", pytrace=False)
    pytest.skip(f"{NOT_INSTALLED}{text}")
