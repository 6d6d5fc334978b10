"""Pictures are drawn with this computer's own fonts."""

from __future__ import annotations

import pytest

from tests.word.charts.samples import need_chinese_font


@pytest.fixture(autouse=True)
def _chinese_font():
    need_chinese_font()
