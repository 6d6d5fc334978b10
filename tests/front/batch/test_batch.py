"""``batch run`` on folders of workbooks as a user types it: bad ones are named, nothing is lost, nothing done twice."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from automation.base.findings import Finding, Place, Severity, Text
from automation.base.records import replace
from automation.front import circumstances, state
from automation.front.batch import door, pool, telling
from automation.front.batch.keeping import Listed, Standing
from automation.store.locks import locked
from automation.store.writing import digest_of
from tests.tables import catalogue

ROOT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals and limits")


@pytest.fixture
def batch(run, company):
    """Runs ``batch`` with the company's configuration and gives its exit code and JSON."""

    def call(*words, what="run", date="2026-06-12"):
        ended = run("batch", what, "--config", company.config, "--status-date", date, "--format", "json", *words)
        return ended.exit, json.loads(ended.out) if ended.out else ended.err

    return call


@pytest.fixture
def kept(monkeypatch):
    """The runs that were kept, in memory, over all batches of a test."""
    keeper = Listed()
    monkeypatch.setattr(door, "_keeper", lambda *_: __import__("contextlib").nullcontext(keeper))
    return keeper


def outcomes(result):
    return {Path(one["book"]).stem: one["outcome"] for one in result["runs"]}


@POSIX
def test_each_bad_workbook_is_named_and_all_healthy_ones_are_done(batch, company, kept):
    company.add("a", "b", "c", "damaged", "open", "hang", "eat", "crash")
    (company.folder / ".~lock.open.xlsx#").write_text("张三,zhang,pc,12.06.2026 09:00,;", encoding="utf-8")
    company.configure({"limits": "{seconds: 6, megabytes: 300}", "workers": 2, "open": "skip"})
    code, result = batch("--now", "--lang", "en")
    assert outcomes(result) == {
        "a": "done",
        "b": "done",
        "c": "done",
        "damaged": "failed",
        "open": "skipped",
        "hang": "timed_out",
        "eat": "out_of_memory",
        "crash": "crashed",
    }
    assert code == 3
    reasons = {Path(one["book"]).stem: one["reason"] for one in result["runs"]}
    assert "damaged" in reasons["damaged"]
    assert reasons["open"].startswith("张三 has had it open since 20")
    assert reasons["hang"].startswith("It did not end within 6 seconds")
    assert reasons["eat"].startswith("It took more than 300 MB of memory")
    assert str(state.folder("batch") / "workers.log") in reasons["crash"]
    figures = result["figures"]
    assert (figures["done"], figures["failed"], figures["skipped"], figures["workbooks"]) == (3, 1, 1, 8)
    assert 0 < figures["peak_megabytes"] < 900
    assert len(kept.runs) == 8
    assert all(
        digest_of(company.folder / f"{name}.xlsx") == digest_of(company.fresh) for name in ("hang", "eat", "crash")
    )


def test_clean_workbooks_end_with_0_and_findings_of_severity_high_with_1(batch, company, kept, here):
    company.add("a")
    assert batch("--now")[0] == 0
    company.add("damaged")
    assert batch("--now")[0] == 1


def test_an_open_workbook_is_checked_as_saved_and_not_written(batch, company, kept, planned, here):
    company._replace(fresh=planned).add("open", "free")
    company.configure({"commands": "[check --write, reschedule]"})
    mark = company.folder / "~$open.xlsx"
    mark.write_bytes(b"\x03Ann" + bytes(161))
    before = digest_of(company.folder / "open.xlsx")
    _, result = batch("--now", "--lang", "en", date="2026-06-12")
    runs = {Path(one["book"]).stem: one for one in result["runs"]}
    assert runs["open"]["outcome"] == "done"
    assert "Ann has had it open since" in runs["open"]["reason"]
    assert "not written; the next run writes" in runs["open"]["reason"]
    assert runs["open"]["edits"] == 0
    assert digest_of(company.folder / "open.xlsx") == before
    assert runs["free"]["edits"] > 0
    assert runs["free"]["reason"] is None
    mark.unlink()
    _, result = batch("--now")
    assert {Path(one["book"]).stem: one["edits"] > 0 for one in result["runs"]}["open"]


def test_what_is_due_runs_once_for_a_time(batch, company, kept, monkeypatch, here):
    company.add("a")
    company.configure({"times": "daily 22:30", "timezone": "Asia/Shanghai"})
    now = datetime(2026, 6, 12, 14, 31, tzinfo=UTC)
    monkeypatch.setattr(circumstances, "moment", lambda: now)
    assert [one["moment"] for one in batch()[1]["jobs"]] == ["2026-06-12T14:30:00+00:00"]
    code, result = batch("--lang", "en")
    assert (code, result["jobs"]) == (0, [])
    assert result["notices"] == [
        "No job is due; the next one is 'nightly' at 2026-06-13 22:30. With --now they run at once."
    ]
    now += timedelta(days=3)
    (job,) = batch()[1]["jobs"]
    assert (job["moment"], job["missed"]) == ("2026-06-15T14:30:00+00:00", 2)
    assert len(kept.runs) == 2


def test_a_quiet_run_with_nothing_to_do_prints_nothing(run, company, kept, here):
    company.configure({"times": "daily 22:30"})
    words = ("batch", "run", "--config", company.config, "--quiet")
    assert "nightly" in run(*words).out
    assert run(*words)[:2] == (0, "")


def test_a_job_is_chosen_by_name_and_a_wrong_name_is_told(batch, company, kept, here):
    company.add("a")
    assert batch("--now", "--job", "nightly")[1]["jobs"]
    code, error = batch("--now", "--job", "nihgtly")
    assert code == 2
    assert "是否应为“nightly”" in error["error"]["message"]


def test_mistakes_in_the_configuration_are_findings_and_the_rest_runs(batch, company, kept, here):
    company.add("a")
    company.configure({"foldrs": "[x]"})
    code, result = batch("--now")
    assert (code, outcomes(result)) == (0, {"a": "done"})
    assert [one["column"] for one in result["findings"]] == ["foldrs"]
    company.configure({"times": "never"})
    code, result = batch("--now")
    assert (code, result["runs"]) == (1, [])
    assert result["findings"][0]["severity"] == "high"


def test_a_configuration_without_jobs_says_what_to_write(run, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("settings: {language: en}\n", encoding="utf-8")
    ended = run("batch", "run", "--config", config, "--lang", "en")
    assert ended.exit == 2
    assert "add a section jobs, for example jobs: [{name:" in ended.err


def test_a_dry_run_writes_and_keeps_nothing(batch, company, here):
    company.add("a")
    company.configure({"commands": "[check --write]", "times": "daily 22:30"})
    before = digest_of(company.folder / "a.xlsx")
    _, result = batch("--dry-run")
    assert outcomes(result) == {"a": "done"}
    assert digest_of(company.folder / "a.xlsx") == before
    assert Standing(company.config).answered("nightly") is None
    assert sorted(item.name for item in company.folder.iterdir()) == ["a.xlsx"]


def test_backups_hidden_and_excluded_files_are_no_workbooks_of_a_job(batch, company, kept, here):
    company.add("a", "old-b")
    for name in (
        "backups/a.20261122T093005.0123456789ab.xlsx",
        ".hidden/c.xlsx",
        "~$a.xlsx",
        "deep/d.xlsx",
        "deep/note.txt",
    ):
        path = company.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(company.fresh.read_bytes())
    company.configure({"patterns": '["**/*.xlsx"]', "exclude": '["old-*"]', "folders": "[books, books/deep]"})
    assert set(outcomes(batch("--now")[1])) == {"a", "d"}


def test_a_second_batch_leaves_or_waits(batch, company, kept, here):
    company.add("a")
    taken, done = threading.Event(), threading.Event()

    def hold():
        folder = state.folder("batch")
        with locked(folder / "batch", state=folder, what="batch"):
            taken.set()
            done.wait(30)

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait(30)
    code, error = batch("--now", "--lang", "en")
    assert code == 2
    assert error["error"]["code"] == "BATCH_RUNNING"
    assert f"process {os.getpid()}" in error["error"]["message"]
    threading.Timer(0.5, done.set).start()
    assert batch("--now", "--wait", "1")[0] == 0
    thread.join()


def test_a_run_kept_in_the_very_moment_of_the_end_is_done_again_but_kept_once(batch, company, kept, here, monkeypatch):
    """The batch dies after keeping its second workbook, before noting so."""
    company.add("a", "b", "c")
    company.configure({"times": "daily 22:30"})
    answers = []

    def record(run):
        answers.append(Listed.record(kept, run))
        if len(answers) == 2:
            raise RuntimeError("the power went off")
        return answers[-1]

    monkeypatch.setattr(kept, "record", record)
    assert batch()[0] == 3
    _, result = batch()
    assert outcomes(result) == {"b": "done", "c": "done"}
    assert result["figures"]["done_before"] == 1
    assert answers == [True, True, False, True]
    assert len(kept.runs) == 3
    assert len({run.batch for run in kept.runs.values()}) == 1
    assert batch()[1]["jobs"] == []


def test_a_worker_that_somebody_ends_costs_nothing(batch, company, kept, monkeypatch):
    """The process is killed from outside in the middle: the workbook is done by another one."""
    company.add("slow")
    given = pool._Worker.give
    killed = []

    def give(self, task):
        given(self, task)
        if not killed:
            killed.append(task)
            threading.Timer(0.3, self.kill).start()

    monkeypatch.setattr(pool._Worker, "give", give)
    code, result = batch("--now")
    assert (code, outcomes(result)) == (0, {"slow": "done"})
    assert killed


@POSIX
def test_sigterm_in_the_middle_lets_the_workbook_end_and_the_next_run_goes_on(company, run):
    """A real process: what runs is finished and kept, nothing new begins; exit code 143."""
    company.add("mark-a", "mark-b", "mark-c")
    company.configure({"workers": 1, "times": "daily 22:30"})
    words = [sys.executable, "-m", "automation", "batch", "run", "--config", str(company.config), "--format", "json"]
    process = subprocess.Popen([*words, "--status-date", "2026-06-12"], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    started = company.folder / "mark-a.started"
    until = time.monotonic() + 30
    while not started.exists() and time.monotonic() < until:
        time.sleep(0.02)
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=30)
    result = json.loads(out)
    assert process.returncode == 143
    assert outcomes(result) == {"mark-a": "done"}
    assert result["figures"]["left"] == 2
    assert not (company.folder / "mark-b.started").exists()
    assert Standing(company.config).answered("nightly") is None


@POSIX
def test_after_kill_9_in_the_middle_the_next_batch_does_the_rest_and_nothing_again(company, batch, kept, here):
    """A real process dies in its second workbook; the first is not done again, and its time is answered at the end."""
    company.add("mark-a", "mark-b", "mark-c")
    company.configure({"workers": 1, "times": "daily 22:30"})
    words = [sys.executable, "-m", "automation", "batch", "run", "--config", str(company.config)]
    process = subprocess.Popen([*words, "--status-date", "2026-06-12"], cwd=ROOT, stdout=subprocess.DEVNULL)
    started = company.folder / "mark-b.started"
    until = time.monotonic() + 30
    journals = state.folder("batch")
    while time.monotonic() < until and not (
        started.exists() and any(path.read_text("ascii").endswith("\n") for path in journals.glob("*.done"))
    ):
        time.sleep(0.02)
    process.kill()
    process.wait()
    code, result = batch("--lang", "en")
    assert (code, outcomes(result)) == (0, {"mark-b": "done", "mark-c": "done"})
    assert result["figures"]["done_before"] == 1
    overview = (company.config.parent / "reports" / "overview.html").read_text("utf-8")
    assert all(f">{name}.xlsx</a>" in overview for name in ("mark-a", "mark-b", "mark-c"))
    assert any("was interrupted; this one goes on" in notice for notice in result["notices"])
    assert batch()[1]["jobs"] == []
    assert not [item.name for item in company.folder.rglob("*") if item.name.endswith(".deliverybook.tmp")]


def test_jobs_are_listed_with_their_next_times(batch, company, kept, monkeypatch, here):
    company.add("a", "b")
    company.configure({"times": '["daily 22:30", "每周五 18:00"]', "timezone": "Asia/Shanghai"})
    monkeypatch.setattr(circumstances, "moment", lambda: datetime(2026, 6, 12, 4, tzinfo=UTC))
    code, result = batch(what="jobs")
    assert code == 0
    (job,) = result["jobs"]
    assert (job["workbooks"], job["due_now"]) == (2, True)
    assert job["times"] == ["daily 22:30", "每周五 18:00"]
    assert job["next"] == "2026-06-12T18:00:00+08:00"


def test_the_text_form_is_short_and_plain(run, company, kept, here):
    company.add("a", "damaged")
    ended = run("batch", "run", "--config", company.config, "--now", "--status-date", "2026-06-12")
    assert ended.exit == 1
    lines = ended.out.splitlines()
    assert lines[1] == "任务“nightly”：2 个工作簿，完成 1，有问题 1"
    assert lines[2].startswith("  damaged.xlsx：无法处理。“damaged.xlsx”")
    assert [Path(line.partition("：")[2]).name for line in lines[3:]] == ["overview.html", "overview.xlsx"]


def test_one_workbook_in_a_line_says_what_it_came_to(batch, company, kept, here):
    company.add("a")
    batch("--now")
    (run,) = kept.runs.values()
    assert telling.line_of(run, catalogue()) == Text("a.xlsx：没有发现问题", "a.xlsx: nothing found")
    said = Text("张三 打开着：没有写入。", "Ann has it open: not written.")
    run = replace(run, reason=said, findings=(Finding("X", Severity.HIGH, Place("plan"), said, said),))
    assert telling.line_of(run, catalogue()) == Text(
        "a.xlsx：高 1（张三 打开着：没有写入）", "a.xlsx: High 1 (Ann has it open: not written)"
    )
