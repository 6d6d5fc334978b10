"""The persistent server: started once, seen from outside, with a log where there is no console."""

import gc
import subprocess
import sys
import types

import pytest

from automation.base.errors import UsageError
from automation.front.addin import server

HOLD = """
import sys
from pathlib import Path
from automation.front.addin import server
from automation.front.addin.places import Places
here = Path(sys.argv[1])
with server.held(Places("win32", here, here, here / ".deliverybook", here, here)):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def fake(monkeypatch):
    """An xlwings whose server notes how it was started and ends at once."""
    started = []

    def serve(*words):
        started.append((words, gc.isenabled()))
        sys.stdout.write("xlwings server running\n")

    module = types.ModuleType("xlwings")
    module.serve = serve
    monkeypatch.setitem(sys.modules, "xlwings", module)
    return started


def test_it_serves_under_the_fixed_class_id_with_garbage_collection(windows, fake):
    gc.disable()
    try:
        result = server.run(windows, language="en")
    finally:
        gc.enable()
    assert fake == [((), True)]
    assert (result.exit, result.lines[0].en) == (0, "The persistent server has ended.")


def test_it_is_seen_while_it_runs_and_not_afterwards(windows, monkeypatch):
    seen = []
    module = types.ModuleType("xlwings")
    module.serve = lambda: seen.append(server.is_running(windows))
    monkeypatch.setitem(sys.modules, "xlwings", module)
    assert not server.is_running(windows)
    server.run(windows)
    assert not server.is_running(windows)


def test_one_in_another_process_is_seen_and_a_second_one_refused(windows, fake):
    windows.state.mkdir(parents=True)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(windows.home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        assert server.is_running(windows)
        with pytest.raises(UsageError) as error:
            server.run(windows)
        assert (error.value.code, fake) == ("ADDIN_SERVER_RUNS", [])
        other.stdin.close()
    assert not server.is_running(windows)


def test_without_a_console_it_writes_a_log(windows, fake, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    server.run(windows)
    sys.stdout.close()
    assert "xlwings server running" in (windows.state / server.LOG).read_text(encoding="utf-8")


def test_a_server_that_fails_gives_its_lock_back(windows, monkeypatch):
    def fail():
        raise ImportError("no pywin32")

    module = types.ModuleType("xlwings")
    module.serve = fail
    monkeypatch.setitem(sys.modules, "xlwings", module)
    with pytest.raises(ImportError):
        server.run(windows)
    assert not server.is_running(windows)


def test_macos_needs_none(macos, fake):
    with pytest.raises(UsageError) as error:
        server.run(macos)
    assert (error.value.code, fake) == ("ADDIN_PLATFORM", [])
