"""The section jobs of config.yaml: what is read, and every mistake told with place, value and what to write."""

from datetime import time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from automation.front.batch.jobs import KEYS, World, jobs_of
from automation.front.batch.times import Times
from automation.front.cli import command_of
from automation.schema.catalogue import parse_yaml
from automation.schema.parameters import from_config
from tests.tables import catalogue

HOME = Path("/company")
WORLD = World(lambda path: path.name in {"projects", "more"}, ZoneInfo, command_of)
GOOD = "jobs: [{name: nightly, folders: [projects]}]"


def read(text):
    return jobs_of(parse_yaml(text), HOME, WORLD)


def test_a_job_is_read():
    text = """
    jobs:
      - name: 每晚检查
        folders: [projects, /data/more]
        patterns: ["**/*.xlsx"]
        exclude: ["旧*"]
        commands: [check --write, "document D28"]
        times: [22:30, 工作日 07:30]
        timezone: Asia/Shanghai
        status_date: workbook
        tell: [owners, pm@example.com]
        reports: reports
        limits: {seconds: 60, megabytes: 512}
        workers: 2
        open: skip
        cluster: tcp://10.0.0.5:8786
    """
    (job,), findings = read(text)
    assert findings == ()
    assert job.name == "每晚检查"
    assert job.folders == (HOME / "projects", Path("/data/more"))
    assert (job.patterns, job.exclude) == (("**/*.xlsx",), ("旧*",))
    assert job.commands == (("check", "--write"), ("document", "D28"))
    assert job.times == (Times((time(22, 30),)), Times((time(7, 30),), working=True))
    assert job.written_times == ("22:30", "工作日 07:30")
    assert job.zone == ZoneInfo("Asia/Shanghai")
    assert (job.status_date, job.opened, job.tell) == ("workbook", "skip", ("owners", "pm@example.com"))
    assert (job.seconds, job.megabytes, job.workers) == (60, 512, 2)
    assert (job.reports, job.cluster, job.enabled) == (HOME / "reports", "tcp://10.0.0.5:8786", True)


def test_what_is_left_out_has_its_usual_value():
    (job,), findings = read(GOOD)
    assert findings == ()
    assert job.commands == (("check", "--write"), ("document", "D28"))
    assert (job.times, job.zone, job.opened, job.status_date) == ((), None, "read", "today")
    assert (job.seconds, job.megabytes, job.workers, job.reports) == (120, 1024, 0, None)


def test_jobs_may_be_named_by_their_key():
    jobs, findings = read("jobs: {nightly: {folders: projects}, weekly: {folders: projects, enabled: false}}")
    assert findings == ()
    assert [(job.name, job.enabled) for job in jobs] == [("nightly", True), ("weekly", False)]


WRONG = [
    ("times", "times: sometimes", "sometimes", "每天 22:30", "daily 22:30", True),
    ("times", "times: 25:00", "25:00", "每天 22:30", "daily 22:30", True),
    ("folders", "folders: [nowhere]", "nowhere", "没有找到 /company/nowhere", "/company/nowhere was not found", True),
    ("folders", "folders: []", "", "folders: [项目]", "folders: [projects]", True),
    ("commands", "commands: [chek]", "chek", "是否应为“check”", "did you mean 'check'", True),
    ("commands", "commands: [check --writ x]", "check --writ x", "不认识 x", "unrecognized arguments: x", True),
    ("commands", "commands: ['check \"']", 'check "', "引号应成对", "quotation marks in pairs", True),
    ("commands", "commands: [batch run]", "batch run", "不是对工作簿的命令", "no command on a workbook", True),
    ("commands", "commands: [check --help]", "check --help", "不是对工作簿的命令", "no command on a workbook", True),
    ("timezone", "timezone: Asia/Nowhere", "Asia/Nowhere", "Asia/Shanghai", "Asia/Shanghai", True),
    ("patterns", "patterns: ['../*.xlsx']", "../*.xlsx", "文件夹内的模式", "inside the folder", True),
    ("cluster", "cluster: here", "here", "tcp://10.0.0.5:8786", "tcp://10.0.0.5:8786", True),
    ("tell", "tell: [nobody]", "nobody", "邮箱地址", "an e-mail address", False),
    ("seconds", "limits: {seconds: 0}", "0", "1 至 86400", "from 1 to 86400", False),
    ("megabytes", "limits: {megabytes: much}", "much", "128 至 65536", "from 128 to 65536", False),
    ("limits", "limits: 60", "60", "seconds: 120", "seconds: 120", False),
    ("open", "open: write", "write", "read、skip", "read, skip", False),
    ("status_date", "status_date: yesterday", "yesterday", "today、workbook", "today, workbook", False),
    ("foldrs", "foldrs: [x]", "foldrs", "是否应为“folders”", "Did you mean 'folders'", False),
    (
        "limits.second",
        "limits: {second: 3}",
        "limits.second",
        "是否应为“limits.seconds”",
        "Did you mean 'limits.seconds'",
        False,
    ),
    ("banana", "banana: red", "banana", "删除该行", "Remove the line", False),
]


@pytest.mark.parametrize("shape", ["[1]", "{a: 1}", "[[1]]", "[{a: [1]}]"])
def test_lists_and_mappings_where_none_belong_are_told_and_stop_no_other_job(shape):
    keys = [key for key in KEYS if key not in {"name", "folders"}] + ["limits: {seconds", "limits: {megabytes"]
    for key in keys:
        line = f"{key}: {shape}" + ("}" if "{" in key else "")
        jobs, findings = read(
            f"jobs: [{{name: bad, folders: [projects], {line}}}, {{name: good, folders: [projects]}}]"
        )
        assert "good" in [job.name for job in jobs], key
        assert all(finding.message.en and finding.hint.en for finding in findings)
    _, findings = read(f"jobs: [{{name: {shape}, folders: {shape}}}]")
    assert findings


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case[1])
def test_what_is_wrong_is_told(case):
    key, line, value, zh, en, stops = case
    lines = ["- name: nightly", "  folders: [projects]"]
    if line.startswith("folders"):
        lines.pop()
    jobs, (finding,) = read("jobs:\n" + "\n".join([*lines, f"  {line}"]))
    assert bool(jobs) is not stops
    assert finding.severity.code == ("high" if stops else "medium")
    assert (finding.place.sheet, finding.place.key, finding.place.column) == ("config.yaml", "jobs:nightly", key)
    assert finding.value == value
    said = [f"{getattr(finding.message, language)} {getattr(finding.hint, language)}" for language in ("zh", "en")]
    assert zh in said[0]
    assert en in said[1]
    assert all("nightly" in one for one in said)


def test_a_folder_that_is_missing_beside_one_that_is_there_stops_nothing():
    (job,), (finding,) = read("jobs: [{name: a, folders: [projects, nowhere]}]")
    assert job.folders == (HOME / "projects",)
    assert finding.value == "nowhere"
    assert finding.message.zh == "任务“a”的“folders”填了“nowhere”，应为存在的文件夹；没有找到 /company/nowhere。"


@pytest.mark.parametrize("text", ["jobs: 3", "jobs: []", "jobs: [nightly]"])
def test_something_that_is_no_list_of_jobs_is_told(text):
    jobs, (finding,) = read(text)
    assert jobs == ()
    assert "- name" in finding.hint.en


def test_two_jobs_of_one_name_are_told_and_the_first_runs():
    jobs, (finding,) = read("jobs: [{name: a, folders: [projects]}, {name: a, folders: [more]}]")
    assert [job.folders for job in jobs] == [(HOME / "projects",)]
    assert "不同" in finding.message.zh


def test_a_job_without_name_is_told_and_the_others_run():
    jobs, (finding,) = read("jobs: [{folders: [projects]}, {name: b, folders: [more]}]")
    assert [job.name for job in jobs] == ["b"]
    assert finding.place.column == "name"


@pytest.mark.parametrize("text", ["", "settings: {language: en}", "[]", "jobs:"])
def test_a_configuration_without_jobs_has_none(text):
    assert read(text) == ((), ())


def test_settings_know_that_jobs_are_no_setting():
    assert from_config(parse_yaml(GOOD), catalogue())[1] == ()
    assert "jobs" in from_config({"job": 1}, catalogue())[1][0].hint.en
