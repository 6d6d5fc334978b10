"""A folder of workbooks of which some are bad, a configuration beside it, and a state folder of each test's own."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from automation.front.batch import running
from automation.front.batch.tasks import worked
from automation.front.cli import main

RULES = '''
"""A company's rule that a bad day made of it."""
import os
import time
from pathlib import Path

from automation.base.findings import Severity
from automation.base.rules import Rule

MESSAGES = {"X-01": {part: {"zh": "公司规则", "en": "company rule"} for part in ("message", "hint", "name")}}


def check(case):
    name = Path(case.project.path).stem
    if name.startswith("hang"):
        while True:
            pass
    if name.startswith("eat"):
        eaten = []
        while True:
            eaten.append(bytearray(4_000_000))
            time.sleep(0.001)
    if name.startswith("crash"):
        os.abort()
    if name.startswith("slow"):
        time.sleep(0.4)
    if name.startswith("mark"):
        with open(Path(case.project.path).with_suffix(".started"), "w"):
            time.sleep(0.6)
    return iter(())


RULES = [Rule("X-01", check, "plan", Severity.LOW, ("plan.status",))]
'''


@pytest.fixture(scope="session")
def fresh(tmp_path_factory):
    """A new workbook of ours, made once."""
    folder = tmp_path_factory.mktemp("fresh")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DELIVERYBOOK_STATE", str(folder / "state"))
        assert main(["new", str(folder), "--name", "project", "--quiet"]) == 0
    return folder / "project.xlsx"


@pytest.fixture(scope="session")
def planned(tmp_path_factory):
    """A workbook with the demonstration's plan that nobody has scheduled yet, made once."""
    from automation.excel.master.building import build
    from automation.front import library

    parts = ("projects", "plan", "resources", "calendar")
    rows = {name: part for name, part in library.demo_rows().items() if name in parts}
    path = tmp_path_factory.mktemp("planned") / "planned.xlsx"
    build(library.Library().catalogue(), language="zh", path=path, rows=rows)
    return path


class Company(NamedTuple):
    folder: Path
    config: Path
    fresh: Path

    def add(self, *names):
        """Workbooks of these names; one that begins with ``damaged`` is none."""
        for name in names:
            path = self.folder / f"{name}.xlsx"
            path.write_bytes(b"PK half a file") if name.startswith("damaged") else shutil.copy(self.fresh, path)

    def configure(self, job, **parts):
        lines = [f"{key}: {value}" for key, value in {"company_rules": "our_rules.py", **parts}.items()]
        entry = {"name": "nightly", "folders": "[books]", "commands": "[check]", **job}
        lines += [
            "jobs:",
            *(f"  {'- ' if not number else '  '}{key}: {value}" for number, (key, value) in enumerate(entry.items())),
        ]
        self.config.write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def company(tmp_path, fresh, monkeypatch):
    """A folder of workbooks, and the configuration beside it."""
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    folder = tmp_path / "books"
    folder.mkdir()
    (tmp_path / "our_rules.py").write_text(RULES, encoding="utf-8")
    made = Company(folder, tmp_path / "config.yaml", fresh)
    made.configure({})
    return made


class Here:
    """A pool that works in this process: quick, for tests that are about something else than processes."""

    def __init__(self, size, limits):
        pass

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def runs(self, tasks, *, stopped):
        for task in tasks:
            if stopped():
                return
            yield worked(task)


@pytest.fixture
def here(monkeypatch):
    """Workbooks are worked on in the test's own process."""
    monkeypatch.setattr(running, "Pool", Here)
