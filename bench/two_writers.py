"""Two processes editing one workbook at the same time: no edit lost, no interleaving.

``python bench/two_writers.py [--edits 100] [--folder DIR]``

Each writer runs ``deliverybook write`` for one cell after another, every edit in a process of its own, as fast as
it can; the cells of the two writers alternate. Afterwards openpyxl, which has no part in the saving, reads the
workbook and every backup: each backup must hold exactly one edit more than the one before it. For comparison the
same edits are made by openpyxl (load, change, save) without a lock. Exit code 1 when an edit of ours is missing.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import openpyxl

ROOT = Path(__file__).resolve().parents[1]
WRITERS = ("A", "B")
PEER = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
book.active[sys.argv[2]] = sys.argv[3]
book.save(sys.argv[1])
"""


def make(path: Path) -> None:
    """A workbook whose only cell says that it is new."""
    book = openpyxl.Workbook()
    book.active.title = "Edits"
    book.active["D1"] = "start"
    book.save(path)


def ours(folder: Path, book: Path, cell: str, text: str) -> subprocess.CompletedProcess:
    """One edit by ``deliverybook write``."""
    cells = folder / f"{text}.json"
    cells.write_text(json.dumps([{"sheet": "Edits", "cell": cell, "value": text}]), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DELIVERYBOOK_STATE": str(folder / "state")}
    command = [sys.executable, "-m", "automation", "write", str(book), "--cells", str(cells), "--lang", "en"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def peer(_folder: Path, book: Path, cell: str, text: str) -> subprocess.CompletedProcess:
    """The same edit by openpyxl."""
    return subprocess.run([sys.executable, "-c", PEER, str(book), cell, text], capture_output=True, check=False)


def edit_all(way, folder: Path, book: Path, edits: int) -> tuple[int, float]:
    """Both writers at once; how many edits were reported as done, and the seconds it took."""
    done = []

    def work(writer: str) -> None:
        for number in range(1, edits + 1):
            ended = way(folder, book, f"{writer}{number}", f"{writer}-{number}")
            if ended.returncode == 0:
                done.append((writer, number))
            elif ended.stderr and isinstance(ended.stderr, str):
                print(ended.stderr.strip(), file=sys.stderr)

    started = time.perf_counter()
    writers = [threading.Thread(target=work, args=(name,)) for name in WRITERS]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    return len(done), time.perf_counter() - started


def present(book: Path, edits: int) -> set[tuple[str, int]]:
    """The edits that a workbook holds."""
    sheet = openpyxl.load_workbook(book).active
    assert sheet["D1"].value == "start"
    cells = {(name, number) for name in WRITERS for number in range(1, edits + 1)}
    return {(name, number) for name, number in cells if sheet[f"{name}{number}"].value == f"{name}-{number}"}


def chain_is_whole(book: Path, edits: int) -> bool:
    """Whether each backup, and at last the workbook, holds the edits of the one before and one more."""
    files = [*sorted((book.parent / "backups").iterdir(), key=lambda item: item.stat().st_mtime_ns), book]
    states = [present(file, edits) for file in files]
    return all(before < after and len(after) - len(before) == 1 for before, after in itertools.pairwise(states))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edits", type=int, default=100, help="edits of each of the two writers")
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options = parser.parse_args()
    print(
        "| two writers | edits reported done | edits in the workbook | lost | backups in one chain | edits a second |"
    )
    print("|---|---:|---:|---:|---|---:|")
    sound = False
    for name, way in (("deliverybook write", ours), ("openpyxl without a lock", peer)):
        with tempfile.TemporaryDirectory(dir=options.folder, prefix="writers-") as folder:
            book = Path(folder) / "shared" / "book.xlsx"
            book.parent.mkdir()
            make(book)
            done, seconds = edit_all(way, Path(folder), book, options.edits)
            try:
                found = len(present(book, options.edits))
            except Exception as error:  # noqa: BLE001 - whatever openpyxl says about a file written by two at once
                found = 0
                print(f"{name}: {error!r}", file=sys.stderr)
            chain = "-"
            if way is ours:
                whole = chain_is_whole(book, options.edits)
                chain = "yes" if whole else "NO"
                sound = whole and found == done == 2 * options.edits
            print(f"| {name} | {done} | {found} | {done - found} | {chain} | {done / seconds:.1f} |", flush=True)
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
