"""All rules on: the data checks of a workbook beside data checks and rules, and which rules take the time.

``python bench/bench_rules.py [--copies 20] [--repeats 3]``

The demonstration project is copied so many times under new numbers (20 copies: ten thousand rows in all sheets). Reading,
data checks, plans and rules are timed in one process, one after another in turn, by their medians. The goal of the whole is
three times the data checks alone.
"""

from __future__ import annotations

import argparse
import re
import statistics
import sys
import time
from datetime import date, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from automation.base.records import replace  # noqa: E402 - after the path is set
from automation.commands.request import Request  # noqa: E402
from automation.deviations.registry import RULES  # noqa: E402
from automation.deviations.running import judge  # noqa: E402
from automation.model.project import build  # noqa: E402
from automation.model.tables import Raw, RawSheet  # noqa: E402
from tests.tables import catalogue, settings  # noqa: E402
from tests.word.samples import DEMO  # noqa: E402

STATUS_DATE = date(2026, 6, 12)
GOAL = 3.0
_ID = re.compile(r"\b([A-Z]{1,5})-(\d{3})\b")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?")
SLOWEST = 12


def raw(copies: int) -> Raw:
    """The demonstration's sheets, business rows copied under new numbers."""
    import yaml

    sheets = []
    for path in sorted(DEMO.glob("*.yaml")):
        if path.stem not in catalogue().sheets:
            continue
        rows = yaml.safe_load(path.read_text("utf-8")) or []
        sheet = catalogue().sheets[path.stem]
        names = [column.id for column in sheet.columns]
        many = copies if catalogue().sheets[path.stem].kind == "business" else 1
        lines = [[renamed(row.get(name), copy) for name in names] for copy in range(many) for row in rows]
        sheets.append(RawSheet(sheet.label.zh, [[column.label.zh for column in sheet.columns], *lines]))
    return Raw("bench.xlsx", tuple(sheets))


def renamed(value: object, copy: int) -> object:
    """A value with its ids under the numbers of a copy; a moment as one."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        return datetime.fromisoformat(value)
    return _ID.sub(lambda found: f"{found[1]}-{copy}{found[2]}", value) if copy and isinstance(value, str) else value


def once(book: Raw) -> tuple[dict[str, float], int, int]:
    """Seconds of each part, rows and findings."""
    seconds: dict[str, float] = {}
    begin = time.process_time()
    project, notes = build(book, catalogue())
    seconds["build"] = time.process_time() - begin
    request = Request(project, notes, catalogue(), settings(), STATUS_DATE)
    begin = time.process_time()
    _ = request.checked
    seconds["data checks"] = time.process_time() - begin
    begin = time.process_time()
    _ = request.plans
    seconds["plans"] = time.process_time() - begin
    begin = time.process_time()
    findings = request.findings
    seconds["rules"] = time.process_time() - begin
    rows = sum(len(table) for table in project.tables.values() if table.sheet.kind == "business")
    return seconds, rows, len(findings)


def slowest(book: Raw) -> list[tuple[float, str]]:
    """The rules that take most time, alone."""
    project, notes = build(book, catalogue())
    case = Request(project, notes, catalogue(), settings(), STATUS_DATE).case
    found = []
    for rule in RULES:
        begin = time.process_time()
        judge([rule], replace(case))
        found.append((time.process_time() - begin, rule.id))
    return sorted(found, reverse=True)[:SLOWEST]


def main() -> None:
    """Print the medians, the ratio and the slowest rules."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--repeats", type=int, default=3)
    options = parser.parse_args()
    book = raw(options.copies)
    runs = [once(book) for _ in range(options.repeats)]
    medians = {name: statistics.median(run[0][name] for run in runs) for name in runs[0][0]}
    whole = sum(medians.values())
    alone = medians["build"] + medians["data checks"]
    print(f"{runs[0][1]} rows, {runs[0][2]} findings")
    for name, value in medians.items():
        print(f"  {name:12} {value * 1000:8.0f} ms")
    print(f"  everything against build and data checks: {whole / alone:.2f} (goal: at most {GOAL:g})")
    for seconds, rule in slowest(book):
        print(f"  {rule:7} {seconds * 1000:8.1f} ms")


if __name__ == "__main__":
    main()
