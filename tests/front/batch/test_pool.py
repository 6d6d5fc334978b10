"""Workers are replaced in time, and a pool that is asked to stop does not wait for ever."""

import time

from automation.front.batch import pool
from automation.front.batch.pool import Limits, Pool
from automation.front.batch.processes import resident_megabytes
from automation.front.batch.tasks import Task
from automation.model.runs import RunOutcome


def tasks_of(company, *names):
    return [Task(name, "B", "nightly", str(company.folder / f"{name}.xlsx"), (("check",),)) for name in names]


def test_a_worker_that_has_done_its_share_is_replaced(company, monkeypatch):
    monkeypatch.setattr(pool, "TASKS", 1)
    started = []
    start = pool._Worker.__init__

    def count(self, *arguments):
        started.append(self)
        start(self, *arguments)

    monkeypatch.setattr(pool._Worker, "__init__", count)
    with Pool(1, Limits()) as workers:
        runs = list(workers.runs(tasks_of(company, "x", "y")))
    assert [(run.id, run.outcome) for run in runs] == [("x", RunOutcome.FAILED), ("y", RunOutcome.FAILED)]
    assert len(started) == 2
    assert all(one.process.wait(10) is not None for one in started)


def test_a_pool_asked_to_stop_leaves_what_does_not_end(company, monkeypatch):
    monkeypatch.setattr(pool, "STOPPING_SECONDS", 0.2)
    company.add("hang")
    (task,) = tasks_of(company, "hang")
    asked = time.monotonic() + 0.3
    with Pool(1, Limits(seconds=60)) as workers:
        assert list(workers.runs([task], stopped=lambda: time.monotonic() > asked)) == []
        (one,) = workers._workers
    assert one.process.poll() is not None


def test_the_memory_of_a_process_is_told_and_of_none_is_nothing():
    assert 10 < resident_megabytes() < 4000
    assert resident_megabytes(2**22 - 1) == 0.0
