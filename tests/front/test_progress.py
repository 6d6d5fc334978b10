"""Progress: silent for short work and unwatched terminals, else a bar with elapsed and remaining time."""

from __future__ import annotations

import io
import re
import time
from types import SimpleNamespace

import pytest

from automation.front import progress as module
from automation.front.progress import Progress


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture
def terminal(monkeypatch):
    stream = Terminal()
    monkeypatch.setattr(module, "sys", SimpleNamespace(stderr=stream))
    monkeypatch.setattr(module, "REFRESH_SECONDS", 0.02)
    return stream


def wait_until(stream, pattern):
    end = time.monotonic() + 10
    while not re.search(pattern, stream.getvalue()) and time.monotonic() < end:
        time.sleep(0.02)
    assert re.search(pattern, stream.getvalue()), stream.getvalue()


def test_long_work_shows_the_step_and_elapsed_and_remaining_time(terminal):
    with Progress(2, quiet=False) as progress:
        progress.step("读取工作簿")
        wait_until(terminal, r"读取工作簿 \|.*0% 00:0\d<\?")
        progress.step("检查和计算")
        time.sleep(0.1)
        wait_until(terminal, r"检查和计算 \|.*(5|6|7|8|9)\d% 00:0\d<00:0\d")
    assert not terminal.getvalue().rpartition("\r")[2].strip()


def test_short_work_shows_nothing(terminal):
    with Progress(1, quiet=False, after=60) as progress:
        progress.step("短")
    assert terminal.getvalue() == ""


def test_quiet_work_and_unwatched_work_show_nothing(terminal, monkeypatch):
    with Progress(1, quiet=True) as progress:
        progress.step("x")
        time.sleep(0.1)
    monkeypatch.setattr(terminal, "isatty", lambda: False)
    with Progress(1, quiet=False) as progress:
        progress.step("x")
        time.sleep(0.1)
    assert terminal.getvalue() == ""


def test_a_running_step_moves_at_the_pace_of_those_before_and_never_past_its_end(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    with Progress(10, quiet=True) as progress:
        progress.step("a", size=4)
        clock[0] += 8
        assert progress.shown(clock[0]) == 0
        progress.step("b", size=4)
        assert progress.shown(clock[0]) == 4
        assert progress.shown(clock[0] + 2) == 5
        assert progress.shown(clock[0] + 100) == pytest.approx(4 + 4 * 0.95)
        clock[0] += 12
        progress.step("c", size=4)
        assert progress.shown(clock[0] + 1000) <= 10


def test_what_is_said_can_change_within_a_step(terminal):
    with Progress(1, quiet=False) as progress:
        progress.step("读取")
        progress.say("等待另一个任务")
        wait_until(terminal, "等待另一个任务")


def test_the_first_step_moves_at_the_pace_that_was_guessed(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(module.time, "monotonic", lambda: clock[0])
    with Progress(2, quiet=True, pace=0.25) as progress:
        progress.step("a")
        assert progress.shown(clock[0] + 2) == 0.5
        assert progress.shown(clock[0] + 60) == 0.95
