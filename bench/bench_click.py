"""A click on "check all" of the demonstration workbook, from the start of the process to the findings, in its parts.

``python bench/bench_click.py [--repeats 5]``

Excel itself is not needed: real xlwings objects work on LibreOffice, which plays Excel over UNO (``tests/excel/live``).
What Excel is asked is counted, because on Windows each question is a round trip between two programs; how long those
take differs from office to office, so reading and writing are shown in round trips as well as in seconds. Imports are
CPU time of fresh processes. ``spoiled`` is the workbook with four wrong cells and no findings listed yet.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

GOAL = 120
"""Milliseconds of CPU that the imports of a click may take."""
STARTS = {
    "Python alone": "pass",
    "imports of a click": "import automation.front.ribbon",
    "imports of a click and xlwings": "import automation.front.ribbon, xlwings",
}


def imports(code: str, repeats: int) -> float:
    """The median CPU time of a fresh process in milliseconds, everything compiled beforehand."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": f"{tempfile.gettempdir()}/bench-click-pyc"}
    times = []
    for _ in range(repeats + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, "-c", code], env=environment, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        times.append(1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime))
    return statistics.median(times[1:])


def clicks(live, book: Path, repeats: int):
    """Milliseconds and round trips of reading, computing and writing: the first click, then the median of later ones."""
    from automation.excel.live import office
    from automation.front import ribbon, state

    opened = live.open(book)
    carried, trips = [], []
    take, carry_out = office.take, office.carry_out

    def counted(name, work):
        def call(*values, **named):
            before = live.trips.count
            try:
                return work(*values, **named)
            finally:
                trips[-1][name] = live.trips.count - before

        return call

    office.take, office.carry_out = counted("reading", take), counted("writing", carry_out)
    for _ in range(repeats + 1):
        trips.append({})
        ribbon.carried_out(opened, "check")
        carried.append(json.loads((state.folder() / "clicks.log").read_text("utf-8").splitlines()[-1]))
    office.take, office.carry_out = take, carry_out
    return carried, trips


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    from automation.front.cli import main as deliverybook
    from tests.excel.live.engine import Live
    from tests.front.live import spoil

    print("| start of the process | CPU ms, median |\n|---|---:|")
    for name, code in STARTS.items():
        print(f"| {name} | {imports(code, options.repeats):.0f} |", flush=True)
    with tempfile.TemporaryDirectory(prefix="click-") as folder:
        os.environ["DELIVERYBOOK_STATE"] = f"{folder}/state"
        with contextlib.redirect_stdout(io.StringIO()):
            deliverybook(["demo", f"{folder}/demo", "--quiet"])
        book = Path(shutil.copy(next(Path(folder, "demo").glob("*.xlsx")), f"{folder}/book.xlsx"))
        live = Live(Path(folder))
        try:
            carried, trips = clicks(live, spoil(book), options.repeats)
        finally:
            live.close()
    print("\n| click | cells | reading ms | round trips | computing ms | writing ms | round trips |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    later = {
        part: statistics.median(one["milliseconds"][part] for one in carried[1:]) for part in carried[0]["milliseconds"]
    }
    for name, entry, spent, asked in (
        ("spoiled, first", carried[0], carried[0]["milliseconds"], trips[0]),
        ("again, nothing new", carried[-1], later, trips[-1]),
    ):
        print(
            f"| {name} | {entry['cells']} | {spent['reading']:.0f} | {asked['reading']:,} | {spent['computing']:.0f} "
            f"| {spent['writing']:.0f} | {asked.get('writing', 0):,} |"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
