"""``kill -9`` at any moment of a batch, again and again: no workbook damaged, no run lost or doubled, the next one completes.

``python bench/batch_kills.py [--kills 50] [--books 12] [--seed 1] [--folder DIR]``

A job checks, writes and schedules copies of the demonstration workbook in a process of its own. In each trial the process
group is killed at a random moment of the time that an undisturbed batch takes (its workers are in sessions of their own and
may end what they do), then the same batch is started again and runs undisturbed. After it every workbook opens, holds what
an undisturbed batch wrote (outside the log) and the history has each run of the batch exactly once. Kills that came too late do not count. Exit code 1 otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
STATUS_DATE = "2026-06-15"
LOG_SHEETS = {"日志", "Log"}

LEFT_OVER = (".deliverybook.tmp", ".note", ".part")


def words(config: Path) -> list[str]:
    given = ["-m", "automation", "batch", "run", "--config", str(config), "--format", "json", "--lang", "en"]
    return [sys.executable, *given, "--status-date", STATUS_DATE, "--wait", "1"]


def start(config: Path, state: Path, out: Path) -> subprocess.Popen[bytes]:
    with out.open("wb") as stream:
        environment = {**os.environ, "DELIVERYBOOK_STATE": str(state)}
        return subprocess.Popen(
            words(config), cwd=ROOT, stdout=stream, stderr=stream, env=environment, start_new_session=True
        )


def prepare(folder: Path, pattern: Path, books: int) -> Path:
    """A fresh folder of workbooks with the job's configuration."""
    home = folder / "books"
    home.mkdir(parents=True)
    for number in range(books):
        shutil.copy(pattern, home / f"book-{number:02}.xlsx")
    job = {"name": "nightly", "folders": ["books"], "commands": ["check --write", "reschedule"], "times": "daily 00:01"}
    config = folder / "config.yaml"
    config.write_text(json.dumps({"jobs": [job | {"workers": 2}]}), encoding="utf-8")
    return config


def content(path: Path) -> dict[str, list[list[object]]]:
    """The values of a workbook outside its log, read by openpyxl, which has no part in the writing."""
    import openpyxl

    book = openpyxl.load_workbook(path, read_only=True)
    return {
        sheet.title: [[getattr(cell, "text", cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
        for sheet in book
        if sheet.title not in LOG_SHEETS
    }


def kept(state: Path) -> Counter[str]:
    """How often each run of a workbook is in the history, read from the SQLite file by sqlite3 itself."""
    import sqlite3

    found: Counter[str] = Counter()
    for path in state.rglob("*"):
        if not path.is_file() or path.open("rb").read(15) != b"SQLite format 3":
            continue
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as connection:
            for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                columns = {row[1] for row in connection.execute(f"PRAGMA table_info({table})")}
                if {"book", "batch"} <= columns:
                    found.update(Path(book).name for (book,) in connection.execute(f"SELECT book FROM {table}"))
    return found


def trial(folder: Path, pattern: Path, books: int, moment: float, right: dict) -> tuple[str, list[str]]:
    """One batch killed after ``moment`` seconds and begun again: where it was killed, and what is wrong afterwards."""
    config, state = prepare(folder, pattern, books), folder / "state"
    process = start(config, state, folder / "killed.json")
    time.sleep(moment)
    running = process.poll() is None
    os.killpg(process.pid, signal.SIGKILL) if running else None
    process.wait()
    before = kept(state)
    again = start(config, state, folder / "again.json")
    code = again.wait(300)
    text = (folder / "again.json").read_text("utf-8")
    result = json.loads(text) if text.startswith("{") else {}
    faults = [] if result and code in {0, 1} else [f"the next batch ended with {code}: {text[:300]}"]
    for path in sorted((folder / "books").glob("*.xlsx")):
        try:
            if content(path) != right:
                faults.append(f"{path.name} differs")
        except Exception as error:  # noqa: BLE001 - whatever openpyxl says of a damaged file
            faults.append(f"{path.name} cannot be opened: {error}")
    after = kept(state)
    faults += [f"{name}: kept {count} times" for name, count in after.items() if count != 1]
    faults += [f"{name}: lost" for name in before if name not in after]
    if len(after) != books:
        faults.append(f"{len(after)} runs kept of {books}")
    faults += [f"left over: {path.name}" for path in folder.rglob("*") if path.name.endswith(LEFT_OVER)]
    done = result.get("figures", {}).get("done_before", "?")
    return f"killed after {moment:.2f} s ({'running' if running else 'over'}), {done} kept before", faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--books", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    folder = options.folder or Path(tempfile.mkdtemp(prefix="batch-kills-"))
    folder.mkdir(parents=True, exist_ok=True)
    from automation.excel.master.building import build
    from automation.front import library

    pattern = folder / "pattern.xlsx"
    build(library.Library().catalogue(), language="zh", path=pattern, rows=library.demo_rows())
    config = prepare(folder / "right", pattern, options.books)
    began = time.perf_counter()
    start(config, folder / "right" / "state", folder / "right.json").wait()
    seconds = time.perf_counter() - began
    right = content(folder / "right" / "books" / "book-00.xlsx")
    chance = random.Random(options.seed)
    number = bad = running = 0
    while running < options.kills:
        number += 1
        said, faults = trial(folder / str(number), pattern, options.books, chance.uniform(0.2, seconds), right)
        running += "running" in said
        bad += bool(faults)
        print(f"{number:3}: {said}", *faults, sep="\n    " if faults else " ", flush=True)
        shutil.rmtree(folder / str(number))
    print(
        f"an undisturbed batch of {options.books} workbooks: {seconds:.1f} s; {running} of {number} killed while running"
    )
    print(f"{bad} trials with faults")
    if not options.folder:
        shutil.rmtree(folder)
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
