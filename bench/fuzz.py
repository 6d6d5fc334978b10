"""Damaged workbooks through the reader and the writer: saved clean or refused with a code, and nothing else.

``python bench/fuzz.py [--minutes 60 | --files 5000] [--seed 1] [--corpus FOLDER] [--keep FOLDER]``

Every file follows from its seed (``tests.excel.mutations``): bits flipped, blocks zeroed, cut off, repeated, junk in the
XML. ``--corpus`` damages workbooks of a folder instead of our own two. A file that takes longer than 20 seconds, needs
more than 2 GB, ends the process, raises anything but our errors, or is saved with more changed than was asked, is a
fault: it is kept in ``--keep`` and named with its seed. Exit code 1 when there is one.
"""

from __future__ import annotations

import argparse
import collections
import json
import resource
import signal
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
import zipfile
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.excel.mutations import bases, damaged, tried  # noqa: E402

SECONDS = 20
MEMORY = 2_000_000_000
CHUNK = 250
LARGEST = 60_000
"""Bytes of the largest workbook of a corpus that is damaged."""


def work(first: int, count: int, folder: Path, corpus: str) -> None:
    """Try the files of these seeds and print one JSON line before and after each."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, overdue)
    whole = found(corpus) if corpus else bases(folder)
    for seed in range(first, first + count):
        base = whole[seed % len(whole)]
        path = folder / f"damaged{base.suffix}"
        print(json.dumps({"begin": seed, "base": base.name}), flush=True)
        outcomes: collections.Counter[str] = collections.Counter()
        fault = ""
        signal.alarm(SECONDS)
        try:
            tried(content(base, seed), path, outcomes)
        except BaseException as error:  # noqa: BLE001 - whatever comes is a fault
            fault = f"{type(error).__name__}: {error}\n{traceback.format_exc(limit=-3)}"
        signal.alarm(0)
        print(json.dumps({"end": seed, "outcomes": outcomes, "fault": fault}), flush=True)


def content(base: Path, seed: int) -> bytes:
    """The damaged bytes; nothing but the whole file when it cannot even be unpacked."""
    try:
        return damaged(base.read_bytes(), seed)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, ValueError, RuntimeError):
        return base.read_bytes()


def overdue(*_: object) -> None:
    raise TimeoutError(SECONDS)


def found(corpus: str) -> list[Path]:
    """The small workbooks of a folder that are zips."""
    files = sorted(file for file in Path(corpus).rglob("*") if file.suffix.lower() in {".xlsx", ".xlsm"})
    return [file for file in files if file.stat().st_size < LARGEST and zipfile.is_zipfile(file)]


def run(first: int, count: int, folder: Path, corpus: str, totals: collections.Counter[str]) -> list[tuple[int, str]]:
    """Add the outcomes of a chunk to the totals; its faults by seed."""
    faults: list[tuple[int, str]] = []
    last = first + count
    while first < last:
        command = [sys.executable, __file__, "--work", str(first), str(last - first), str(folder), "--corpus", corpus]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
        begun = first
        for line in done.stdout.splitlines():
            entry = json.loads(line)
            begun = entry.get("begin", begun)
            if "end" in entry:
                totals.update(entry["outcomes"])
                totals["files"] += 1
                faults += [(entry["end"], entry["fault"])] if entry["fault"] else []
        first = last
        if done.returncode:
            faults.append((begun, f"the process ended with {done.returncode}: {done.stderr[-400:]}"))
            totals["files"] += 1
            first = begun + 1
    return faults


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=0, help="go on for so long")
    parser.add_argument("--files", type=int, default=5000, help="how many files, when no time is given")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--corpus", default="")
    parser.add_argument("--keep", type=Path, default=Path("fuzz-faults"), help="where files with faults go")
    parser.add_argument("--work", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(int(options.work[0]), int(options.work[1]), Path(options.work[2]), options.corpus)
        return 0
    totals: collections.Counter[str] = collections.Counter()
    faults: list[tuple[int, str]] = []
    started = time.monotonic()
    seed = options.seed
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        whole = found(options.corpus) if options.corpus else bases(folder)
        while time.monotonic() - started < options.minutes * 60 if options.minutes else totals["files"] < options.files:
            count = CHUNK if options.minutes else min(CHUNK, options.files - totals["files"])
            for number, fault in run(seed, count, folder, options.corpus, totals):
                base = whole[number % len(whole)]
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{number}{base.suffix}").write_bytes(content(base, number))
                faults.append((number, fault))
                print(f"\nseed {number} ({base.name}): {fault}", flush=True)
            seed += count
    print(f"{totals.pop('files'):,} files, seeds {options.seed} to {seed - 1}, {time.monotonic() - started:.0f} s")
    for name, number in sorted(totals.items()):
        print(f"{name:32}{number:8,}")
    print(f"{len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
