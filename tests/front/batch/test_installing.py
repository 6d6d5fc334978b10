"""Entries for the schedulers of systems: right for their judges, ours alone is replaced and removed."""

import plistlib
import shlex
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from automation.base.errors import UsageError
from automation.front.batch import entries, installing
from automation.front.batch.installing import Computer, Done, installed, system_of, uninstalled

WORDS = ("/opt/交 付/python", "-m", "automation", "batch", "run", "--config", "/data/100% $HOME/config.yaml")
ENTRY = entries.Entry(WORDS, 15, {"PYTHONUTF8": "1"}, "/data/100% $HOME", "/state/batch.log")


class Machine:
    """A computer whose programs note how they were called."""

    def __init__(self, home, crontab="", *, failing=()):
        self.calls, self.crontab, self.failing = [], crontab, failing
        self.computer = Computer(home, self.call)

    def call(self, words, text):
        self.calls.append(tuple(words))
        if words[:2] == ("crontab", "-l"):
            return Done(0, self.crontab) if self.crontab else Done(1, "no crontab for me")
        if words[0] in self.failing:
            return Done(1, "not\nhere")
        if words == ("crontab", "-"):
            self.crontab = text
        return Done(0, "")


def test_units_of_systemd_are_right_for_systemd(tmp_path):
    machine = Machine(tmp_path)
    installing.install(installed("systemd", ENTRY, machine.computer), machine.computer)
    folder = tmp_path / ".config/systemd/user"
    text = (folder / "deliverybook-batch.service").read_text("utf-8")
    assert '"/data/100%% $$HOME/config.yaml"' in text
    assert "OnCalendar=*:0/15" in (folder / "deliverybook-batch.timer").read_text("utf-8")
    assert machine.calls[-1] == ("systemctl", "--user", "enable", "--now", "deliverybook-batch.timer")
    installing.uninstall(uninstalled("systemd", machine.computer), machine.computer)
    assert list(folder.iterdir()) == []


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_itself_finds_nothing_wrong(tmp_path):
    entry = ENTRY._replace(words=(shutil.which("true"), "batch", "100% $HOME"), folder="/")
    (tmp_path / "deliverybook-batch.service").write_text(entries.service(entry), "utf-8")
    (tmp_path / "deliverybook-batch.timer").write_text(entries.timer(entry), "utf-8")
    checked = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *map(str, tmp_path.iterdir())],
        capture_output=True,
        text=True,
        check=False,
    )
    assert [line for line in checked.stderr.splitlines() if "deliverybook" in line] == []


def test_a_crontab_keeps_what_is_not_ours(tmp_path):
    theirs = "MAILTO=me\n0 5 * * * backup\n"
    machine = Machine(tmp_path, theirs)
    for _ in range(2):
        installing.install(installed("cron", ENTRY, machine.computer), machine.computer)
    lines = machine.crontab.splitlines()
    assert lines[:2] == theirs.splitlines()
    assert len(lines) == 5
    assert lines[3].startswith("*/15 * * * * cd ")
    assert "%" not in lines[3].replace(r"\%", "")
    command = lines[3].removeprefix("*/15 * * * * ").replace(r"\%", "%")
    assert shlex.split(command)[4:12] == [*WORDS, ">>"]
    installing.uninstall(uninstalled("cron", machine.computer), machine.computer)
    assert machine.crontab == theirs


def test_a_first_crontab_has_our_line_alone(tmp_path):
    machine = Machine(tmp_path)
    installing.install(installed("cron", ENTRY, machine.computer), machine.computer)
    assert len(machine.crontab.splitlines()) == 3


def test_the_agent_of_launchd_is_a_property_list(tmp_path):
    machine = Machine(tmp_path)
    installing.install(installed("launchd", ENTRY, machine.computer), machine.computer)
    (path,) = (tmp_path / "Library/LaunchAgents").iterdir()
    content = plistlib.loads(path.read_bytes())
    assert content["ProgramArguments"] == list(WORDS)
    assert content["StartInterval"] == 900
    assert machine.calls[-1] == ("launchctl", "load", "-w", str(path))


def test_the_task_of_windows_is_xml_as_its_scheduler_reads_it(tmp_path, monkeypatch):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    machine = Machine(tmp_path)
    words = (r"C:\Program Files\Python\pythonw.exe", "-m", "automation", "--config", r"D:\客户 & 项目\config.yaml")
    plan = installed("windows", ENTRY._replace(words=words, folder=r"D:\客户 & 项目"), machine.computer)
    ((path, data),) = plan.files
    assert data[:2] == b"\xff\xfe"
    task = ET.fromstring(data.decode("utf-16"))
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert task.findtext(".//t:Command", namespaces=space) == words[0]
    assert task.findtext(".//t:Arguments", namespaces=space) == r'-m automation --config "D:\客户 & 项目\config.yaml"'
    assert task.findtext(".//t:WorkingDirectory", namespaces=space) == r"D:\客户 & 项目"
    assert task.findtext(".//t:Interval", namespaces=space) == "PT15M"
    assert plan.calls == ((("schtasks", "/Create", "/TN", "Deliverybook Batch", "/XML", str(path), "/F"), ""),)


def test_what_the_system_refuses_is_told(tmp_path):
    machine = Machine(tmp_path, failing=("systemctl",))
    with pytest.raises(UsageError) as error:
        installing.install(installed("systemd", ENTRY, machine.computer), machine.computer)
    assert "(not here)" in error.value.text.en
    assert "--with systemd, cron" in error.value.text.en


def test_a_program_that_is_missing_is_an_answer():
    assert installing.call(("no-such-program-at-all",), "").status == 127
    assert installing.call((sys.executable, "-c", ""), "") == Done(0, "")


def test_installing_prints_what_it_writes_and_a_dry_run_writes_nothing(run, company, tmp_path, monkeypatch):
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "home")
    company.configure({"times": "daily 22:32"})
    ended = run("batch", "install", "--with", "systemd", "--dry-run", "--config", company.config, "--lang", "en")
    assert ended.exit == 0
    assert "OnCalendar=*:0/4" in ended.out
    assert f'"--config" "{company.config}"' in ended.out
    assert "Every 4 minutes it is seen whether a job is due (systemd)." in ended.out
    assert not (tmp_path / "home").exists()


def test_each_system_has_its_scheduler(monkeypatch):
    assert system_of("cron") == "cron"
    assert system_of() in installing.SYSTEMS
    monkeypatch.setattr(installing.sys, "platform", "darwin")
    assert system_of() == "launchd"
