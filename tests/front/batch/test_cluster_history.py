"""The same nights through a cluster of processes leave the same history, row by row, also when a worker is lost."""

import os
import signal
import sqlite3
from datetime import date, timedelta

import pytest

from automation.front.batch.keeping import Journal
from automation.front.batch.loading import load
from automation.front.batch.running import Way, run_job
from automation.store.history import History
from tests.front.batch.test_cluster import MOMENT, two_workers  # noqa: F401 - a fixture

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the cluster's processes are ended by signals")
STATUS = date(2026, 6, 12)
OTHERWISE = {"runs": {"started_at", "seconds", "peak_megabytes", "digest"}, "alterations": {"at"}}
"""What tells when and how long somebody worked, which no two runs have alike; a workbook's log has the time of each change, so
the second night reads other bytes."""


def rows_of(path):
    """Every row of every table, without what tells of the moment."""
    with sqlite3.connect(path) as base:
        base.row_factory = sqlite3.Row
        names = [row[0] for row in base.execute("select name from sqlite_master where type = 'table' order by name")]
        return {
            name: sorted(
                repr({key: row[key] for key in row.keys() if key not in OTHERWISE.get(name, ())})  # noqa: SIM118 - a Row
                for row in base.execute(f"select * from {name}")
            )
            for name in names
        }


def first_bytes(path):
    """What the first night read of each workbook."""
    with sqlite3.connect(path) as base:
        return set(base.execute("select book, digest from runs where status_date = ?", [str(STATUS)]))


class Watched:
    """A history that ends a worker of the cluster when so many runs were kept."""

    def __init__(self, history, when=0, worker=None):
        self.history, self.when, self.worker, self.doubled = history, when, worker, 0

    def last(self, book):
        return self.history.last(book, read=True)

    def record(self, run):
        added = self.history.record(run)
        self.doubled += not added
        self.when -= added
        if self.worker is not None and self.when == 0:
            self.worker.send_signal(signal.SIGKILL)
        return added


def nights(loaded, path, *, cluster="", worker=None):
    """Two nights of the job, the workbooks as they are; a worker is lost in the middle of the second."""
    history = History.open(path=path)
    keeper = Watched(history)
    (job,) = loaded.jobs
    for number in range(2):
        moment = MOMENT + timedelta(days=number)
        if worker is not None and number == 1:
            keeper = Watched(history, when=2, worker=worker)
        done = run_job(
            job, moment, Way(keeper, STATUS + timedelta(days=number), loaded.path, cluster=cluster, workers=2)
        )
        assert (done.left, keeper.doubled) == (0, 0)
        Journal(done.batch).close()
    history.close()
    return rows_of(path)


def test_two_nights_on_a_cluster_keep_the_same_rows(company, planned, two_workers, tmp_path):  # noqa: F811 - as above
    url, (first, _) = two_workers
    company.add("damaged", "slow-a", "slow-b", "slow-c")
    company._replace(fresh=planned).add("plan-a", "plan-b", "计划 丙")
    (company.folder / "empty.xlsx").touch()
    company.configure({"commands": "[check, reschedule]", "status_date": "today"})
    before = {path: path.read_bytes() for path in company.folder.glob("*.xlsx")}
    loaded = load(company.config)
    here = nights(loaded, tmp_path / "here.sqlite")
    for path, data in before.items():
        path.write_bytes(data)
    there = nights(loaded, tmp_path / "there.sqlite", cluster=url, worker=first)
    assert first.wait(10) == -signal.SIGKILL
    assert [(name, len(rows)) for name, rows in there.items()] == [(name, len(rows)) for name, rows in here.items()]
    for name, rows in here.items():
        assert (
            [row for row in there[name] if row not in rows] == [row for row in rows if row not in there[name]] == []
        ), name
    assert first_bytes(tmp_path / "here.sqlite") == first_bytes(tmp_path / "there.sqlite")
    assert len(here["runs"]) == 16
    assert here["alterations"]
    assert len(here["findings"]) > 20
    assert here["projects"]
    assert here["milestones"]
