"""A thousand workbooks in one batch, some of them bad: workbooks a second, memory, and whether each bad one is named.

``python bench/bench_batch.py [--books 1000] [--workers 2] [--kind rows|demo|many] [--command "check"] [--cluster] [--folder DIR]``

The workbooks hold 500 requirements, some of them bad (about as many findings as the demonstration has; with ``many`` all that a
company which never looked would have), or the demonstration project (525 rows in 38 sheets); each is a file of its own with its own name and bytes. Of every thousand 10 are damaged, 5 are open (an owner file lies beside), one hangs and one eats memory: a company's rule
does that to them, as a bad rule would. ``deliverybook batch run`` runs in a process of its own; its memory and that of
its workers is sampled ten times a second. With ``--cluster`` the same batch runs again on a local Dask cluster of as many
processes, and the kept runs are compared. Exit code 1 when something healthy was not done, something bad not named, or
the goal is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
STATUS_DATE = "2026-06-12"
GOAL = 40
"""Workbooks a second, checked on two cores."""
JUDGED = 1000
"""The goal is for so many: of fewer, the seconds that the hanging one takes are too large a part."""
DAMAGED, OPEN = 10, 5
LIMITS = {"seconds": 5, "megabytes": 400}
RULES = """
import time
from pathlib import Path

from automation.base.findings import Severity
from automation.base.rules import Rule

MESSAGES = {"X-01": {part: {"zh": "公司规则", "en": "company rule"} for part in ("message", "hint", "name")}}


def check(case):
    name = Path(case.project.path).stem
    while name.startswith("hangs"):
        pass
    eaten = []
    while name.startswith("eats"):
        eaten.append(bytearray(4_000_000))
        time.sleep(0.001)
    return iter(())


RULES = [Rule("X-01", check, "requirements", Severity.LOW, ("requirements.status",))]
"""


def calmed(values: list[object]) -> list[object]:
    """A requirement that breaks no rule but those of its bad cells: raised this week, assessed, of middle priority."""
    from bench_check import COLUMNS

    raised = datetime(2026, 6, 8) + timedelta(days=len(str(values[2])) % 4)  # noqa: DTZ001 - days of a sheet
    feasible = dict.fromkeys(("feas_technical", "feas_cost", "feas_time"), "可行")
    calm = {"raised_on": raised, "status_since": raised, "importance": 3, "urgency": 3, "priority": "中", **feasible}
    return [calm.get(name, value) for name, value in zip(COLUMNS, values, strict=True)]


def pattern_of(folder: Path, kind: str) -> Path:
    """The workbook that all are made after."""
    pattern = folder / "pattern.xlsx"
    if kind in {"rows", "many"}:
        import bench_check

        strict = bench_check.row
        if kind == "rows":
            bench_check.row = lambda *given: calmed(strict(*given))
        bench_check.make(pattern, 500)
        return pattern
    from automation.excel.master.building import build
    from automation.front import library

    build(library.Library().catalogue(), language="zh", path=pattern, rows=library.demo_rows())
    return pattern


def make(folder: Path, books: int, kind: str) -> dict[str, str]:
    """The workbooks; for each bad one's name how its run must end."""
    pattern = pattern_of(folder, kind)
    with zipfile.ZipFile(pattern) as package:
        parts = [(item, package.read(item)) for item in package.infolist()]
    expected: dict[str, str] = {}
    home = folder / "books"
    home.mkdir()
    every = max(books // (DAMAGED + OPEN + 2), 1)
    bad = iter(["hangs", "eats", *[f"damaged-{n}" for n in range(DAMAGED)], *[f"open-{n}" for n in range(OPEN)]])
    ends = {"hangs": "timed_out", "eats": "out_of_memory", "damaged": "failed", "open": "done"}
    for number in range(books):
        name = next(bad, None) if number % every == 0 else None
        path = home / f"{name or 'book'}-{number:04}.xlsx"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
            for item, data in parts:
                package.writestr(item.filename, data)
            package.comment = str(number).encode()
        if name:
            expected[path.name] = ends[name.partition("-")[0]]
        if name and name.startswith("damaged"):
            data = path.read_bytes()
            path.write_bytes(data[: len(data) // 2] if number % 2 else b"PK\x03\x04" + bytes(range(256)) * 40)
        if name and name.startswith("open"):
            path.with_name(f"~${path.name}").write_bytes(b"\x03Ann" + bytes(161))
    return expected


def configure(folder: Path, command: str, workers: int) -> Path:
    (folder / "our_rules.py").write_text(RULES, encoding="utf-8")
    config = folder / "config.yaml"
    job = {"name": "nightly", "folders": ["books"], "commands": [command], "workers": workers, "limits": LIMITS}
    config.write_text(json.dumps({"company_rules": "our_rules.py", "jobs": [job]}), encoding="utf-8")
    return config


def watched(words: list[str], state: Path) -> tuple[dict, int, float, float, float, float]:
    """Result, exit code, seconds, CPU seconds, the most megabytes of the process with its children, and of itself alone."""
    import psutil

    started, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    out = state / "out.json"
    state.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as stream:
        process = subprocess.Popen(words, stdout=stream, cwd=ROOT, env={**os.environ, "DELIVERYBOOK_STATE": str(state)})
        head, peak, own = psutil.Process(process.pid), 0.0, 0.0
        while process.poll() is None:
            total = 0
            try:
                own = max(own, head.memory_info().rss / (1 << 20))
                for one in (head, *head.children(recursive=True)):
                    try:
                        total += one.memory_info().rss
                    except psutil.Error:
                        continue
            except psutil.Error:
                pass
            peak = max(peak, total / (1 << 20))
            time.sleep(0.1)
    seconds, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(out.read_text("utf-8")), process.returncode, seconds, cpu, peak, own


def judge(result: dict, expected: dict[str, str], books: int) -> list[str]:
    """What is not as it must be."""
    runs = {Path(one["book"]).name: one for one in result["runs"]}
    faults = [] if len(runs) == books == len(result["runs"]) else [f"{len(result['runs'])} runs of {books} workbooks"]
    for name, one in runs.items():
        if one["outcome"] != expected.get(name, "done"):
            faults.append(f"{name}: {one['outcome']} instead of {expected.get(name, 'done')}: {one['reason']}")
        if name in expected and not one["reason"]:
            faults.append(f"{name}: no reason")
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--books", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kind", choices=("rows", "demo", "many"), default="rows")
    parser.add_argument("--command", default="check")
    parser.add_argument("--cluster", action="store_true")
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="bench-batch-"))
    folder.mkdir(parents=True, exist_ok=True)
    expected = make(folder, options.books, options.kind)
    config = configure(folder, options.command, options.workers)
    words = [sys.executable, "-m", "automation", "batch", "run", "--now", "--config", str(config), "--format", "json"]
    words += ["--status-date", STATUS_DATE, "--lang", "en"]
    result, code, seconds, cpu, peak, own = watched(words, folder / "state")
    faults = judge(result, expected, options.books)
    pace = result["figures"]["workbooks_per_second"]
    print(f"outcomes: {dict(Counter(one['outcome'] for one in result['runs']))}, exit code {code}")
    for one in result["runs"]:
        if one["reason"]:
            print(f"  {Path(one['book']).name}: {one['outcome']}: {one['reason']}")
    print(f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print(
        f"{seconds:.1f} s in all, {pace} workbooks/s (goal {GOAL}), {cpu / options.books * 1000:.0f} ms CPU a workbook"
    )
    print(
        f"most memory: {peak:.0f} MB together, {result['figures']['peak_megabytes']:.0f} MB in one worker, "
        f"{own:.0f} MB in the parent; {sum(sum(one['counts'].values()) for one in result['runs'])} findings"
    )
    faults += [f"{pace} workbooks/s, goal {GOAL}"] if pace < GOAL and options.books >= JUDGED else []
    if options.cluster:
        faults += on_cluster(words, folder, options, result)
    for fault in faults:
        print("FAULT", fault)
    if not options.folder:
        shutil.rmtree(folder)
    return int(bool(faults) or code != 1)


def on_cluster(words: list[str], folder: Path, options: argparse.Namespace, here: dict) -> list[str]:
    """The same batch on a local cluster of processes: what differs."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=options.workers, threads_per_worker=1, dashboard_address=None, processes=True) as local:
        result, _, seconds, _, peak, _ = watched(
            [*words, "--cluster", local.scheduler_address], folder / "state-cluster"
        )
    print(f"on a cluster: {seconds:.1f} s, {result['figures']['workbooks_per_second']} workbooks/s, {peak:.0f} MB here")

    def kept(one: dict) -> dict:
        return dict.fromkeys((one["book"],), (one["book"], one["outcome"], one["exit"], one["digest"], one["counts"]))

    first, second = ({k: v for one in found["runs"] for k, v in kept(one).items()} for found in (here, result))
    return [f"cluster: {name} differs" for name in first.keys() | second.keys() if first.get(name) != second.get(name)]


if __name__ == "__main__":
    sys.exit(main())
