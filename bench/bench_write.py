"""Writing 1,000 changed cells into a workbook of 10,000 rows: ours beside openpyxl's load and save.

``python bench/bench_write.py [--rows 10000] [--cells 1000] [--repeats 5] [--large 100]``

Both run in fresh processes, one after another in turn; CPU seconds (user and system, start of the process included)
are compared by their medians, and both copies must hold the same values. ``--large 100`` also edits a workbook whose
worksheet unpacks to at least 100 MB and prints the most memory that it took.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
SHEET = "计划"
COLUMNS = 20
EDITED = 11
"""The column that the edits change, counted from 1."""


def make(path: Path, rows: int) -> None:
    """Ids, words that repeat, sentences, dates and numbers, as a table."""
    import xlsxwriter

    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet(SHEET)
    for row in range(1, rows + 1):
        sheet.write_string(row, 0, f"T-{row:06}")
        for column in range(1, COLUMNS):
            kind = column % 4
            if kind == 0:
                sheet.write_datetime(row, column, date(2026, 1, 1) + timedelta(days=(row + column) % 700), day)
            elif kind == 1:
                sheet.write_string(row, column, ("未开始", "进行中", "已完成")[(row + column) % 3])
            elif kind == 2:
                sheet.write_number(row, column, row % 997 + column / 4)
            else:
                sheet.write_string(row, column, f"第 {row} 项工作的说明，第 {column} 列")
    columns = [{"header": f"列{column}"} for column in range(COLUMNS)]
    sheet.add_table(0, 0, rows, COLUMNS - 1, {"columns": columns})
    book.close()


def made_elsewhere(path: Path, rows: int) -> None:
    """Make the workbook in a process of its own: what this one needs would count as its children's memory."""
    subprocess.run([sys.executable, __file__, "--make", str(path), str(rows)], cwd=ROOT, check=True)


def places(rows: int, cells: int) -> list[int]:
    """The rows that are edited, spread evenly."""
    step = max(rows // cells, 1)
    return [2 + number * step for number in range(cells)]


def run_ours(source: str, target: str, rows: int, cells: int) -> None:
    from automation.excel.writer import apply
    from automation.model.effects import CellEdit

    apply(source, [CellEdit(SHEET, f"K{row}", row + 0.125) for row in places(rows, cells)], target)


def run_openpyxl(source: str, target: str, rows: int, cells: int) -> None:
    import openpyxl

    book = openpyxl.load_workbook(source)
    for row in places(rows, cells):
        book[SHEET].cell(row, EDITED).value = row + 0.125
    book.save(target)


WAYS = {"ours": run_ours, "openpyxl": run_openpyxl}


def measured(way: str, source: Path, target: Path, rows: int, cells: int) -> tuple[float, float]:
    """CPU seconds and the most memory (MB) of a fresh process."""
    command = [sys.executable, __file__, "--run", way, str(source), str(target), str(rows), str(cells)]
    child = subprocess.Popen(command, cwd=ROOT)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"{way} ended with {child.returncode}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def values(path: Path) -> list[list[object]]:
    from python_calamine import CalamineWorkbook

    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET).to_python()


def compare(folder: Path, rows: int, cells: int, repeats: int) -> None:
    source = folder / "book.xlsx"
    made_elsewhere(source, rows)
    taken: dict[str, list[tuple[float, float]]] = {way: [] for way in WAYS}
    for _ in range(repeats):
        for way in WAYS:
            taken[way].append(measured(way, source, folder / f"{way}.xlsx", rows, cells))
    ours, theirs = (values(folder / f"{way}.xlsx") for way in WAYS)
    print(f"{cells:,} cells changed in {rows:,} rows x {COLUMNS} columns, CPU seconds, median of {repeats}")
    median = {way: statistics.median(seconds for seconds, _ in taken[way]) for way in WAYS}
    for way in WAYS:
        most = max(memory for _, memory in taken[way])
        print(f"{way:12}{median[way]:8.2f}{median[way] / median['ours']:8.1f} x{most:8.0f} MB")
    changed = sum(1 for old, new in zip(values(source), ours, strict=True) if old != new)
    print(f"values of both copies {'are the same' if ours == theirs else 'DIFFER'}; {changed:,} rows changed")


def large(folder: Path, megabytes: int) -> None:
    source = folder / "large.xlsx"
    rows = megabytes * 1_450
    made_elsewhere(source, rows)
    with zipfile.ZipFile(source) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size / 1e6
    for cells in (1, 1000):
        seconds, memory = measured("ours", source, folder / "out.xlsx", rows, cells)
        print(
            f"{cells:,} cells in {rows:,} rows: file {source.stat().st_size / 1e6:.0f} MB, worksheet {size:.0f} MB "
            f"unpacked; {seconds:.1f} s of CPU, at most {memory:,.0f} MB of memory"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--cells", type=int, default=1_000)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--large", type=int, default=0, metavar="MB")
    parser.add_argument("--run", nargs=5, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.make:
        make(Path(options.make[0]), int(options.make[1]))
        return
    if options.run:
        way, source, target, rows, cells = options.run
        WAYS[way](source, target, int(rows), int(cells))
        return
    with tempfile.TemporaryDirectory() as folder:
        # The large one first, while this process is small.
        if options.large:
            large(Path(folder), options.large)
        compare(Path(folder), options.rows, options.cells, options.repeats)


if __name__ == "__main__":
    main()
