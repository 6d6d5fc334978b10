"""The resident service: what is due runs by itself, mistakes are said once, and it ends cleanly when asked."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from automation.base.findings import Text
from automation.front import circumstances
from automation.front.batch.keeping import Listed, Standing
from automation.front.batch.loading import load
from automation.front.batch.once import Asked, Wish, only_batch
from automation.front.batch.serving import Service
from automation.front.batch.stopping import Stop
from automation.front.session import Common

ROOT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


class Clock:
    """A clock that a test sets."""

    def __init__(self, monkeypatch, now):
        self.now = now
        monkeypatch.setattr(circumstances, "moment", lambda: self.now)


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch, datetime(2026, 6, 12, 14, 0, tzinfo=UTC))


@pytest.fixture
def service(company, here):
    company.configure({"times": "daily 22:30", "timezone": "Asia/Shanghai", "commands": "[check]"})
    said = []
    made = Service(Asked(load(company.config), (), Common(quiet=True), Wish(), Listed(), Stop()), (), said.append)
    return made, said


def results(said):
    return [one for one in said if not isinstance(one, Text)]


def served(service, clock, *moments):
    """The service lives through looks at these moments, then it is asked to stop."""

    coming = list(moments)

    class Hours(Stop):
        def wait(self, seconds):
            if not coming:
                self.stop()
                return
            clock.now = coming.pop(0)
            service.look()

    with Hours() as stop:
        service.asked = service.asked._replace(stop=stop)
        service.serve(look_seconds=3600)


def at(day, hour, minute=0):
    return datetime(2026, 6, day, hour, minute, tzinfo=UTC)


def test_a_job_runs_at_its_time_and_only_then(service, clock, company):
    made, said = service
    company.add("a")
    served(made, clock, at(12, 14, 29), at(12, 14, 30), at(12, 14, 31), at(13, 14, 29), at(13, 14, 35))
    assert [one.body["jobs"][0]["moment"] for one in results(said)] == [at(12, 14, 30), at(13, 14, 30)]


def test_a_restart_neither_repeats_nor_forgets(service, clock, company):
    made, said = service
    company.add("a")
    served(made, clock, at(12, 14, 30))
    clock.now = at(12, 15)
    served(made, clock)
    assert len(results(said)) == 1
    clock.now = at(16, 1)
    served(made, clock)
    assert [one.body["jobs"][0]["missed"] for one in results(said)] == [0, 2]
    assert Standing(company.config).since("nightly") == at(12, 14)


def test_a_new_service_does_not_run_what_lay_before_it(service, clock):
    made, said = service
    served(made, clock, at(12, 14, 1))
    assert said == []


def test_a_job_that_is_added_later_counts_from_then_on(service, clock, company):
    made, said = service
    company.add("a")
    served(made, clock)
    company.configure({"name": "another", "times": "daily 21:50", "timezone": "Asia/Shanghai"})
    served(made, clock, at(12, 14, 30))
    assert said == []
    served(made, clock, at(13, 14, 1))
    assert [one.body["jobs"][0]["job"] for one in results(said)] == ["another"]


def test_what_was_missed_before_the_service_is_made_up_where_it_is_known(service, clock, company):
    """The job was run by the scheduler of the system until yesterday."""
    made, said = service
    company.add("a")
    Standing(company.config).answer("nightly", at(10, 14, 30))
    served(made, clock)
    assert [one.body["jobs"][0]["moment"] for one in results(said)] == [at(11, 14, 30)]


def test_the_configuration_may_change_and_a_broken_one_is_said_once(service, clock, company):
    made, said = service
    company.add("a")
    good = company.config.read_text("utf-8")
    company.config.write_text("jobs: [", encoding="utf-8")
    served(made, clock, at(12, 14, 1), at(12, 14, 2))
    assert len(said) == 1
    assert "YAML" in said[0].en
    company.config.write_text(good.replace("22:30", "22:10"), encoding="utf-8")
    served(made, clock, at(12, 14, 11))
    assert [one.body["jobs"][0]["moment"] for one in results(said)] == [at(12, 14, 10)]


def test_another_batch_that_runs_is_waited_for(service, clock, company):
    import threading

    made, said = service
    company.add("a")
    holds, leave = threading.Event(), threading.Event()

    def other():
        with only_batch(0):
            holds.set()
            leave.wait(20)

    thread = threading.Thread(target=other)
    Standing(company.config).look_after("nightly", clock.now)
    clock.now = at(12, 14, 31)
    thread.start()
    holds.wait(10)
    made.look()
    made.look()
    assert [one.en.startswith("Another batch is running") for one in said] == [True]
    leave.set()
    thread.join()
    made.look()
    assert len(results(said)) == 1


def test_a_bug_is_logged_and_the_service_stays(service, clock, company, monkeypatch):
    made, said = service
    monkeypatch.setattr(made.asked.keeper, "last", lambda _: 1 / 0)
    company.add("a")
    served(made, clock, at(12, 14, 30), at(12, 14, 31))
    assert [one.en.startswith("An internal error (ZeroDivisionError)") for one in said] == [True]


@POSIX
def test_sigterm_in_the_middle_of_a_job_is_a_clean_end(company):
    """A real process: the workbook that runs is finished, the service ends with 0, the next one goes on."""
    company.add("mark-a", "mark-b")
    company.configure({"times": "every 1 minutes", "workers": 1})
    past = circumstances.moment() - timedelta(minutes=2)
    words = [sys.executable, "-m", "automation", "batch", "serve", "--config", str(company.config), "--lang", "en"]
    Standing(company.config).look_after("nightly", past)
    process = subprocess.Popen(
        [*words, "--status-date", "2026-06-12"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    started = company.folder / "mark-a.started"
    until = time.monotonic() + 30
    while not started.exists() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    out, error = process.communicate(timeout=30)
    assert process.returncode == 0, error
    assert "Job 'nightly': 2 workbooks, 1 done, 0 bad" in out
    assert "Stopped as asked; 1 workbooks are not done" in out
    assert out.strip().endswith("The batch service has ended cleanly.")
    assert not (company.folder / "mark-b.started").exists()
    assert Standing(company.config).answered("nightly") is None
