"""The same job through a real local cluster of two processes: the same runs, also when a worker is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from automation.base.errors import UsageError
from automation.front.batch import cluster
from automation.front.batch.keeping import Journal, Listed
from automation.front.batch.loading import load
from automation.front.batch.pool import Limits
from automation.front.batch.running import Way, run_job

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the cluster's processes are ended by signals")
STATUS = date(2026, 6, 12)
MOMENT = datetime(2026, 6, 12, 14, 30, tzinfo=UTC)


@pytest.fixture
def two_workers(tmp_path):
    """A scheduler and two workers in processes of their own: the address and the workers."""
    file = tmp_path / "scheduler.json"
    paths = {"PYTHONPATH": os.pathsep.join(entry or str(Path.cwd()) for entry in sys.path)}
    quiet = {
        "cwd": tmp_path,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.DEVNULL,
        "env": {**os.environ, **paths},
    }

    def start(module, *words):
        words = ["--scheduler-file", file, "--no-dashboard", *words]
        return subprocess.Popen([sys.executable, "-m", f"distributed.cli.{module}", *words], **quiet)

    processes = [start("dask_scheduler", "--port", "0", "--host", "127.0.0.1")]
    processes += [start("dask_worker", "--nthreads", "1", "--no-nanny", "--name", str(number)) for number in range(2)]
    until = time.monotonic() + 30
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.02)
    yield json.loads(file.read_text())["address"], processes[1:]
    for process in processes:
        process.kill()
    for process in processes:
        process.wait()


def rows(keeper):
    """What the history keeps of runs, without the times that differ."""
    return {(run.id, run.book, run.outcome, run.exit, run.digest, run.findings) for run in keeper.runs.values()}


def test_a_worker_killed_in_the_middle_loses_nothing_and_doubles_nothing(company, two_workers):
    url, workers = two_workers
    company.add(*(f"slow-{number}" for number in range(4)), "damaged")
    company.configure({"limits": "{seconds: 6, megabytes: 500}"})
    loaded = load(company.config)
    (job,) = loaded.jobs
    here = Listed()
    first = run_job(job, MOMENT, Way(here, STATUS, config=loaded.path, workers=2))
    Journal(first.batch).close()
    company.add("hang")
    seen = []
    doubled = []

    class Keeper(Listed):
        def record(self, run):
            seen.append(run)
            if len(seen) == 2:
                workers[0].send_signal(signal.SIGKILL)
            if not super().record(run):
                doubled.append(run)
            return True

    there = Keeper()
    done = run_job(job, MOMENT, Way(there, STATUS, config=loaded.path, cluster=url))
    assert workers[0].poll() is not None or workers[0].wait(5) is not None
    assert (len(done.runs), done.left, doubled) == (6, 0, [])
    assert {row for row in rows(there) if "hang" not in row[1]} == rows(here)
    assert [run.outcome for run in there.runs.values() if "hang" in run.book] == ["timed_out"]


def test_a_cluster_that_is_not_there_is_told(company, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 0.5)
    with pytest.raises(UsageError) as error:
        list(cluster.runs("tcp://127.0.0.1:9", [], Limits()))
    assert error.value.code == "NO_CLUSTER"
