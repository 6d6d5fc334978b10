"""Work in a child process: its answer, its errors, and the limits that end it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from automation.base import confined as module
from automation.base.confined import ConfinedError, Limits, confined
from automation.base.errors import TemplateError
from automation.base.findings import Text

LIMITS = Limits(cpu_seconds=5, seconds=20, megabytes=300)


def doubled(payload):
    return payload * 2


def refusing(_payload):
    raise TemplateError(Text("不行。", "No."), code="WHY")


def failing(_payload):
    raise KeyError("a bug")


def greedy(_payload):
    return b"x" * (1 << 31)


def endless(_payload):
    while True:
        pass


def asleep(_payload):
    time.sleep(60)
    return b""


def aborting(_payload):
    os.abort()


def leaving(_payload):
    os._exit(7)


@pytest.fixture(params=["forked", "started"])
def way(request, monkeypatch):
    """Both ways to have a child; a fresh interpreter is what other systems and processes with threads get."""
    if request.param == "started":
        monkeypatch.setattr(module, "_can_fork", lambda: False)
    elif not module._can_fork():
        pytest.skip("this process has threads, or the system no cheap fork")


def reason(work, limits=LIMITS):
    with pytest.raises(ConfinedError) as caught:
        confined(work, b"", limits=limits)
    return caught.value.reason


@pytest.mark.usefixtures("way")
class TestBothWays:
    def test_the_answer_comes_back_whole_however_long(self):
        payload = os.urandom(1 << 20)
        assert confined(doubled, payload, limits=LIMITS) == payload * 2

    def test_an_error_with_a_sentence_arrives_as_it_was_raised(self):
        with pytest.raises(TemplateError) as caught:
            confined(refusing, b"", limits=LIMITS)
        assert (caught.value.text, caught.value.code) == (Text("不行。", "No."), "WHY")

    def test_a_bug_arrives_with_its_trace(self):
        with pytest.raises(RuntimeError, match=r"(?s)in failing.*KeyError: 'a bug'"):
            confined(failing, b"", limits=LIMITS)

    def test_a_child_that_ends_by_itself_is_told_from_one_at_its_limit(self):
        assert reason(leaving) == "crash"

    @pytest.mark.skipif(os.name == "nt", reason="Windows limits the time only")
    def test_memory_is_limited(self):
        assert reason(greedy) == "memory"

    @pytest.mark.skipif(os.name == "nt", reason="Windows limits the time only")
    def test_an_abort_counts_as_no_memory(self):
        assert reason(aborting) == "memory"

    @pytest.mark.skipif(os.name == "nt", reason="Windows limits the time only")
    def test_processor_time_is_limited(self):
        assert reason(endless, Limits(cpu_seconds=1, seconds=30, megabytes=300)) == "time"

    def test_time_by_the_clock_is_limited(self):
        began = time.monotonic()
        assert reason(asleep, Limits(cpu_seconds=5, seconds=0.5, megabytes=300)) == "time"
        assert time.monotonic() - began < 10


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists what is open")
def test_a_child_leaves_nothing_behind():
    before, running = sorted(Path("/proc/self/fd").iterdir()), children()
    assert confined(doubled, b"x", limits=LIMITS) == b"xx"
    assert reason(leaving) == "crash"
    assert sorted(Path("/proc/self/fd").iterdir()) == before
    assert children() == running


def children():
    """The processes that this one has started and not taken leave of."""
    return {int(word) for task in Path("/proc/self/task").glob("*/children") for word in task.read_text().split()}


@pytest.mark.skipif(module._can_fork(), reason="here every test has run in both ways")
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the system no cheap fork")
def test_all_of_this_holds_in_a_process_without_threads():
    alone = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        "-k",
        "forked",
        __file__,
    ]
    done = subprocess.run(command, env=alone, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout
