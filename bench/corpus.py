"""Every workbook below a folder edited by us and compared part by part with what it was.

``python bench/corpus.py FOLDER [--libreoffice 200] [--limit N] [--only TEXT] [--jobs 1]``

For each file: one cell; 25 random cells; marks on and off; two rows under its table. After each the parts are
compared as compressed bytes and the worksheet's XML as bytes outside the touched cells (``tests.excel.compare``,
which shares no code with the writer), the copy is opened by openpyxl and by our reader (python-calamine) and
every other value must be the same, and the same edits once more must change no byte. Of a sample, LibreOffice
opens both versions and all cells are compared. Exit code 1 when anything beyond the touched cells differs.

Files come from test suites of public projects and stay outside the repository; ``docs/fidelity.md`` says which.
"""

from __future__ import annotations

import argparse
import collections
import csv
import hashlib
import io
import json
import os
import random
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from automation.base.errors import AutomationError, WorkbookError, WriteRefusedError  # noqa: E402
from automation.base.findings import Severity  # noqa: E402
from automation.excel.areas import Area, area_of  # noqa: E402
from automation.excel.book import Book  # noqa: E402
from automation.excel.package import Package, open_package  # noqa: E402
from automation.excel.reader import read  # noqa: E402
from automation.excel.writer import edited  # noqa: E402
from automation.model.effects import AppendRows, CellEdit, Marks  # noqa: E402
from automation.model.tables import address  # noqa: E402
from tests.excel import compare  # noqa: E402

SUFFIXES = {".xlsx", ".xlsm", ".xltx", ".xltm"}
VALUES = (None, "文字 <&>", "=1+1", "two\nlines", 7, -7.25, True, 1e-7)
EDITS = 25
TABLES = 2
"""Tables of one workbook that get new rows."""
OPENPYXL_LIMIT = 300_000
MERGES_LIMIT = 200
"""Bytes of a file, and merged ranges in it, above which openpyxl is left out, for time."""
FORMULA_TAG = re.compile(rb"<(?:[\w.-]+:)?f(?=[\s/>])[^>]*>")
FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
MILLISECOND = 1.2e-8
"""As a part of a day."""
MEMORY = 6_000_000_000


class Trial:
    """One file: what was done, refused and found."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: collections.Counter[str] = collections.Counter()
        self.deviations: list[str] = []
        self.notes: list[str] = []
        self.saved: bytes = b""
        self.last: tuple = ([], None)
        self.touched: dict[str, set[str]] = {}
        self.chance = random.Random(hashlib.sha256(path.name.encode()).hexdigest())

    def run(self) -> None:
        try:
            package = open_package(self.path)
            sheets = [sheet for sheet in package.sheets() if sheet.kind == "worksheet"]
        except WorkbookError as error:
            self.counts[f"unreadable:{error.code}"] += 1
            return
        if not sheets:
            self.counts["unreadable:no-sheets"] += 1
            return
        try:
            self.before = values_of(package.data, self.path)
            self.counts["read"] += 1
        except WorkbookError as error:
            self.counts[f"read refused:{error.code}"] += 1
            self.before = None
        self.openpyxl = None
        merges = sum(package.xml(sheet.part).count(b"mergeCell ") for sheet in sheets)
        if len(package.data) <= OPENPYXL_LIMIT and merges <= MERGES_LIMIT:
            self.openpyxl = openpyxl_values(package.data)
            self.counts["openpyxl opens" if self.openpyxl is not None else "openpyxl does not open the original"] += 1
        self.package = package
        self.has_formulas = any(FORMULA.search(package.xml(sheet.part)) for sheet in sheets)
        done = self.cells([self.chance.choice(sheets)], 1, "one cell")
        self.cells(self.chance.sample(sheets, min(3, len(sheets))), EDITS, "random cells")
        if done:
            self.counts["files saved"] += 1
            self.saved = done
        self.marks(self.chance.choice(sheets))
        for sheet in sheets:
            if self.counts["rows: tables"] < TABLES:
                self.rows(sheet)

    def deviation(self, step: str, what: object) -> None:
        self.deviations.append(f"{step}: {what}")

    def cells(self, sheets, count: int, step: str) -> bytes:
        """Random cells edited; the bytes of the copy, empty when everything was refused."""
        try:
            wanted = [edit for sheet in sheets for edit in self.choice(sheet, count)]
        except WorkbookError as error:
            self.counts[f"{step} refused:{error.code}"] += 1
            return b""
        wanted = list({(edit.sheet, edit.cell): edit for edit in wanted}.values())
        if count > 1:
            self.chance.shuffle(wanted)
        made = self.accepted(wanted[: count if count > 1 else None], step, enough=count)
        if not made:
            self.counts[f"{step}: nothing accepted"] += 1
            return b""
        written = self.last[1] if self.last[0] == made else edited(self.package, made)
        self.counts[f"{step}: edits"] += len(made)
        self.counts[f"{step}: files"] += 1
        parts = {sheet.name: sheet.part for sheet in sheets}
        touched: dict[str, set[str]] = {}
        for edit in made:
            touched.setdefault(parts[edit.sheet], set()).add(edit.cell)
        if count == 1:
            self.touched = {made[0].sheet: {made[0].cell}}
        self.judge(step, written, made, touched)
        return written.data

    def choice(self, sheet, count: int) -> list[CellEdit]:
        """Edits of one worksheet: cells that are there, and cells that are not."""
        xml = self.package.xml(sheet.part)
        present = [
            (place[1] + place[2]).decode()
            for match in compare.CELL.finditer(xml)
            if (place := compare.ADDRESS.search(match[2]))
        ]
        chosen = []
        for number in range(count if count > 1 else 6):
            inside = present and self.chance.random() < 0.7 and number < 5
            new = address(self.chance.randrange(1, 80), self.chance.randrange(1, 30))
            cell = (
                self.chance.choice(present) if inside else new if count > 1 else f"B{self.chance.randrange(900, 999)}"
            )
            # The one cell must really change, so it gets something that is never there.
            value = self.chance.choice(VALUES) if count > 1 else self.chance.choice(["变更 <&>", 987_654.25])
            chosen.append(CellEdit(sheet.name, cell, value))
        return chosen

    def accepted(self, wanted: list[CellEdit], step: str, enough: int) -> list[CellEdit]:
        """The edits that are not refused, found by halving; refusals are counted."""
        if enough == 1:
            for edit in wanted:
                if self.fits([edit], step):
                    return [edit]
            return []
        if self.fits(wanted, step if len(wanted) == 1 else ""):
            return wanted
        if len(wanted) == 1:
            return []
        middle = len(wanted) // 2
        halves = (wanted[:middle], wanted[middle:])
        return [edit for half in halves for edit in self.accepted(half, step, enough)]

    def fits(self, edits: list[CellEdit], step: str) -> bool:
        try:
            self.last = (edits, edited(self.package, edits))
        except WriteRefusedError as error:
            if step:
                self.counts[f"{step} refused:{error.code}"] += 1
            if step and error.code in {"bad-xml", "encoding"}:
                self.notes.append(f"{step}: {error}")
            if error.code == "verify-failed":
                self.deviation(step, error)
            return False
        return True

    def judge(self, step: str, written, made: list[CellEdit], touched: dict[str, set[str]]) -> None:
        """Compare the copy with what was, by parts, bytes and two readers."""
        allowed = self.package.main if self.has_formulas else ""
        for difference in compare.collateral(self.package.data, written.data, touched, workbook=allowed):
            self.deviation(step, difference)
        if edited(Package(self.path, written.data), made).changed:
            self.deviation(step, "the same edits again change something")
        expected = {(edit.sheet, edit.cell): edit.value for edit in made}
        self.values(step, written.data, expected)

    def values(self, step: str, data: bytes, expected: dict[tuple[str, str], object]) -> None:
        """Compare the values that two readers find with those of before, touched cells with what was written."""
        for name, before, load in (
            ("reader", self.before, lambda: values_of(data, self.path)),
            ("openpyxl", self.openpyxl, lambda: openpyxl_values(data)),
        ):
            # openpyxl takes most of the time, so it looks at one copy of each file and at tables that grew.
            if before is None or (name == "openpyxl" and step not in {"one cell", "rows"}):
                continue
            try:
                after = load()
            except WorkbookError as error:
                self.counts[f"copy beyond what our reader takes:{error.code}"] += 1
                continue
            if after is None:
                self.deviation(step, f"{name} no longer opens it")
                continue
            self.counts[f"{step}: values compared by {name}"] += 1
            for place in before.keys() | after.keys():
                if place in expected:
                    if not equal(after.get(place), expected[place], name):
                        self.deviation(step, f"{name} {place}: {after.get(place)!r} for {expected[place]!r}")
                elif before.get(place) != after.get(place):
                    self.deviation(step, f"{name} {place}: {before.get(place)!r} -> {after.get(place)!r}")

    def marks(self, sheet) -> None:
        """Marks set, set again, and taken away."""
        cells = {
            address(self.chance.randrange(1, 40), self.chance.randrange(1, 12)): self.chance.choice(list(Severity))
            for _ in range(9)
        }
        try:
            on = edited(self.package, [Marks(sheet.name, cells)])
        except WriteRefusedError as error:
            self.counts[f"marks refused:{error.code}"] += 1
            return
        self.counts["marks: files"] += 1
        styles = Book(self.package).part_of("styles")
        for difference in compare.collateral(self.package.data, on.data, {}, marked=sheet.part, styles=styles):
            self.deviation("marks on", difference)
        marked = Package(self.path, on.data)
        if edited(marked, [Marks(sheet.name, cells)]).changed:
            self.deviation("marks on", "the same marks again change something")
        off = edited(marked, [Marks(sheet.name, {})])
        plain = [
            compare.PRIORITY.sub(b"", item.xml(sheet.part)) for item in (self.package, Package(self.path, off.data))
        ]
        if plain[0] != plain[1]:
            self.deviation("marks off", "a trace is left")
        # openpyxl throws away a styles part without cell styles, and then trips over the mark's fill.
        if styles and b"cellXfs" in self.package.read(styles):
            self.values("marks", on.data, {})

    def rows(self, sheet) -> None:
        """Two rows under the sheet's table, when it has exactly one."""
        try:
            tables = Book(self.package).tables(sheet)
            if len(tables) != 1:
                return
            table = tables[0]
            rows = ({table.area.left: "新 row"}, {table.area.right: "last"})
            written = edited(self.package, [AppendRows(sheet.name, rows)])
        except AutomationError as error:
            self.counts[f"rows refused:{error.code}"] += 1
            return
        self.counts["rows: tables"] += 1
        changed = {sheet.part, table.part, self.package.main}
        before, after = compare.unpacked(self.package.data), compare.unpacked(written.data)
        for name in before:
            if before[name] != after.get(name) and name not in changed:
                what = compare.references_collateral(name, before[name], after[name])
                for difference in what:
                    self.deviation("rows", difference)
        # Rows grow from the table's last row, or from its only row when that is empty.
        top, bottom = table.last_row, Book(Package(self.path, written.data)).tables(sheet)[0].last_row
        added = {
            address(row, column)
            for row in range(top if table.first_row == top else top + 1, bottom + 1)
            for column in range(table.area.left, table.area.right + 1)
        }
        one, other = (compare.RANGES.sub(b"", compare.without(parts[sheet.part], added)) for parts in (before, after))
        if one != other:
            self.deviation("rows", f"{sheet.name}: the sheet beyond the new rows")
        expected = {(sheet.name, cell): ... for cell in added}
        self.values("rows", written.data, expected)


def equal(found: object, wanted: object, reader: str) -> bool:
    """Whether a reader found what was written; the reader keeps value, openpyxl value with type and format."""
    if wanted is ...:
        return True
    value = found[0] if reader == "openpyxl" and isinstance(found, tuple) else found
    # A number in a cell that shows dates or times is read as the one it means.
    if value == wanted or not isinstance(wanted, float | int):
        return value == wanted
    if isinstance(value, float):
        # Durations are read in whole milliseconds.
        return abs(value - wanted) < MILLISECOND
    return isinstance(value, date | timedelta) or (isinstance(value, str) and ":" in value)


def values_of(data: bytes, path: Path) -> dict[tuple[str, str], object]:
    """Every value by sheet and address as our reader finds it."""
    with tempfile.NamedTemporaryFile(suffix=path.suffix) as file:
        file.write(data)
        file.flush()
        raw = read(file.name)
    return {
        (sheet.name, address(sheet.first_row + down, sheet.first_column + across)): value
        for sheet in raw.sheets
        for down, row in enumerate(sheet.rows)
        for across, value in enumerate(row)
        if value is not None
    }


def openpyxl_values(data: bytes) -> dict[tuple[str, str], object] | None:
    """Value, type and format of every cell as openpyxl finds them; ``None`` when it cannot open the workbook."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    except Exception:  # noqa: BLE001 - whatever it is, openpyxl cannot judge this file
        return None
    return {
        (sheet.title, cell.coordinate): (plain(cell.value), cell.data_type, cell.number_format)
        for sheet in book.worksheets
        for cell in sheet._cells.values()  # noqa: SLF001 - without making the empty ones
        if cell.value is not None
    }


def plain(value: object) -> object:
    """A value of openpyxl in a form that can be compared."""
    return str(sorted(vars(value).items())) if hasattr(value, "ref") else value


class Overdue(BaseException):
    """The time for one file is up; no error, so that nothing that catches errors catches it."""


def overdue(*_: object) -> None:
    raise Overdue


def work(names: list[str], seconds: int) -> None:
    """Try the files one by one and print one JSON line before and after each; what a library prints goes elsewhere."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGALRM, overdue)
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    for name in names:
        print(json.dumps({"begin": name}), file=lines, flush=True)
        trial = Trial(Path(name))
        signal.alarm(seconds)
        try:
            trial.run()
        except Overdue:
            trial.counts[f"stopped after {seconds} s"] += 1
        except WorkbookError as error:
            trial.counts[f"unreadable:{error.code}"] += 1
        except Exception as error:  # noqa: BLE001 - that is the finding
            import traceback

            trial.deviation("exception", f"{error!r} {traceback.format_exc(limit=-3)}")
        signal.alarm(0)
        result = {
            "end": name,
            "counts": trial.counts,
            "deviations": trial.deviations[:20],
            "notes": trial.notes[:3],
            "touched": trial.touched,
        }
        touched = {sheet: sorted(cells) for sheet, cells in trial.touched.items()}
        print(json.dumps({**result, "touched": touched}), file=lines, flush=True)


def run(files: list[Path], seconds: int, jobs: int, kept: Path | None) -> dict[str, dict]:
    """The results by file, those of ``kept`` first; a process that dies counts against the file it was at."""
    lines = kept.read_text("utf-8").splitlines() if kept and kept.exists() else []
    results: dict[str, dict] = {entry["end"]: entry for entry in map(json.loads, lines)}
    names = [str(file) for file in files if str(file) not in results]
    chunks = [names[start : start + 50] for start in range(0, len(names), 50)]
    with ThreadPoolExecutor(jobs) as pool:
        for done in pool.map(lambda chunk: run_chunk(chunk, seconds), chunks):
            results |= done
            if kept:
                with kept.open("a", encoding="utf-8") as file:
                    file.writelines(json.dumps({"end": name, **result}) + "\n" for name, result in done.items())
            for name, result in done.items():
                for what in result["deviations"]:
                    print(f"\r{name}: {what}", file=sys.stderr)
            print(f"\r{len(results)} of {len(files)}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return results


def run_chunk(chunk: list[str], seconds: int) -> dict[str, dict]:
    """The results of some files, tried in a process of their own, or in several when one dies."""
    results: dict[str, dict] = {}
    pending = chunk
    while pending:
        command = [sys.executable, __file__, "--work", "--seconds", str(seconds)]
        done = subprocess.run(command, input="\n".join(pending), capture_output=True, text=True, cwd=ROOT, check=False)
        current = ""
        for line in done.stdout.splitlines():
            entry = json.loads(line)
            current = entry.get("begin", "")
            if "end" in entry:
                results[entry["end"]] = entry
        if done.returncode and not current:
            raise SystemExit(done.stderr)
        if done.returncode:
            results[current] = {
                "counts": {},
                "deviations": [f"process ended with {done.returncode}: {done.stderr[-300:]}"],
            }
        pending = [name for name in chunk if name not in results] if done.returncode else []
    return results


def libreoffice(files: list[Path], results: dict[str, dict], count: int) -> tuple[collections.Counter, list[str]]:
    """A sample opened by LibreOffice before and after the one-cell edit; counts and deviations."""
    counts: collections.Counter[str] = collections.Counter()
    deviations: list[str] = []
    able = [file for file in files if results[str(file)].get("touched") and file.stat().st_size < 500_000]
    sample = random.Random(count).sample(able, min(count, len(able)))
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for name in ("old", "new", "old.csv", "new.csv"):
            (place / name).mkdir()
        for number, file in enumerate(sample):
            trial = Trial(file)
            trial.run()
            (place / "old" / f"{number:04}{file.suffix}").write_bytes(file.read_bytes())
            (place / "new" / f"{number:04}{file.suffix}").write_bytes(trial.saved)
        for name in ("old", "new"):
            to_csv(place / name, place / f"{name}.csv")
        for number, file in enumerate(sample):
            old, new = (sheets_of(place / f"{name}.csv", number) for name in ("old", "new"))
            if not old:
                counts["does not open the original"] += 1
                continue
            counts["compared"] += 1
            if old.keys() != new.keys():
                deviations.append(f"{file}: LibreOffice sheets {old.keys()} -> {new.keys()}")
            deviations += different(file, old, new, results[str(file)]["touched"], counts)
    return counts, deviations


def different(file: Path, old: dict, new: dict, touched: dict, counts: collections.Counter) -> list[str]:
    """Cells that LibreOffice shows otherwise although nobody touched them; results of formulas may."""
    package = open_package(file)
    formulas = {
        sheet.name: formula_cells(package.xml(sheet.part)) for sheet in package.sheets() if sheet.kind == "worksheet"
    }
    pivots = {sheet.name for sheet in package.sheets() if has_pivot(package, sheet.part)}
    found = []
    for name in old.keys() & new.keys():
        for place in old[name].keys() | new[name].keys():
            counts["cells"] += 1
            if old[name].get(place) == new[name].get(place):
                continue
            cell = address(*place)
            if cell in touched.get(name, ()):
                counts["touched cells shown"] += 1
            elif any(area.holds(*place) for area in formulas.get(name, ())):
                counts["results of formulas calculated anew"] += 1
            elif name in pivots:
                counts["cells of pivot tables drawn anew"] += 1
            else:
                found.append(f"{file}: LibreOffice {name}!{cell} {old[name].get(place)!r} -> {new[name].get(place)!r}")
    return found


def has_pivot(package: Package, part: str) -> bool:
    """Whether a pivot table stands on a worksheet; LibreOffice draws it anew from cells that changed."""
    return any(relation.kind == "pivotTable" for relation in package.relations(part))


def formula_cells(xml: bytes) -> list[Area]:
    """The cells of a worksheet that hold a formula or are filled by one."""
    found = []
    for match in compare.CELL.finditer(xml):
        place = compare.ADDRESS.search(match[2])
        formula = FORMULA_TAG.search(match[3] or b"")
        if place and formula:
            filled = re.search(rb"""\sref\s*=\s*["']([^"']+)["']""", formula[0])
            found.append(area_of((filled[1] if filled else place[1] + place[2]).decode()))
    return found


def to_csv(source: Path, target: Path) -> None:
    """Every sheet of every workbook of a folder as CSV, by one LibreOffice."""
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    files = sorted(map(str, source.iterdir()))
    with tempfile.TemporaryDirectory() as profile:
        for start in range(0, len(files), 40):
            command = [
                "soffice",
                "--headless",
                f"-env:UserInstallation={Path(profile).as_uri()}",
                "--convert-to",
                filters,
            ]
            subprocess.run(
                [*command, "--outdir", str(target), *files[start : start + 40]],
                capture_output=True,
                check=False,
                timeout=900,
            )


def sheets_of(folder: Path, number: int) -> dict[str, dict[tuple[int, int], str]]:
    """The cells of the sheets of one workbook by row and column."""
    found = {}
    for file in sorted(folder.glob(f"{number:04}-*.csv")):
        with file.open(encoding="utf-8", newline="") as text:
            found[file.stem[5:]] = {
                (row, column): value
                for row, cells in enumerate(csv.reader(text), start=1)
                for column, value in enumerate(cells, start=1)
                if value
            }
    return found


def report(folder: Path, results: dict[str, dict], spent: float) -> None:
    """Print counts by source and kind, and every deviation."""
    sources: dict[str, collections.Counter[str]] = {}
    total: collections.Counter[str] = collections.Counter()
    for name, result in results.items():
        relative = Path(name).relative_to(folder)
        source = sources.setdefault(relative.parts[0] if len(relative.parts) > 1 else ".", collections.Counter())
        source["files"] += 1
        source["saved"] += result["counts"].get("files saved", 0)
        source["deviations"] += len(result["deviations"])
        total.update(result["counts"])
    print(f"{'source':40}{'files':>7}{'saved':>7}{'deviations':>12}")
    for source, counts in sorted(sources.items()):
        print(f"{source:40}{counts['files']:7}{counts['saved']:7}{counts['deviations']:12}")
    everything = sum(sources.values(), collections.Counter())
    print(f"{'all':40}{everything['files']:7}{everything['saved']:7}{everything['deviations']:12}   {spent:.0f} s\n")
    for name, count in sorted(total.items()):
        print(f"{name:60}{count:8,}")


def gathered(folder: Path, only: str, limit: int) -> list[Path]:
    """The workbooks below a folder, each content once; a sample of them when there is a limit."""
    seen = set()
    found = []
    for file in sorted(folder.rglob("*")):
        if file.suffix.lower() not in SUFFIXES or only not in str(file) or not file.is_file():
            continue
        digest = hashlib.sha256(file.read_bytes()).digest()
        if digest not in seen:
            seen.add(digest)
            found.append(file)
    return sorted(random.Random(limit).sample(found, min(limit, len(found)))) if limit else found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--libreoffice", type=int, default=0, help="how many files LibreOffice opens before and after")
    parser.add_argument("--limit", type=int, default=0, help="a random sample of so many files, always the same")
    parser.add_argument("--only", default="", help="only files whose path holds this text")
    parser.add_argument("--jobs", type=int, default=1, help="processes at a time")
    parser.add_argument("--results", type=Path, help="keep results in this file and go on from it")
    parser.add_argument("--seconds", type=int, default=60, help="most time for one file")
    parser.add_argument("--notes", action="store_true", help="also print what was refused as malformed")
    parser.add_argument("--work", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.work:
        work(sys.stdin.read().splitlines(), options.seconds)
        return 0
    warnings.simplefilter("ignore")
    files = gathered(options.folder, options.only, options.limit)
    started = time.perf_counter()
    results = run(files, options.seconds, options.jobs, options.results)
    report(options.folder, results, time.perf_counter() - started)
    if options.notes:
        print(*(f"{name}: {note}" for name, result in results.items() for note in result.get("notes", ())), sep="\n")
    deviations = [f"{name}: {what}" for name, result in results.items() for what in result["deviations"]]
    if options.libreoffice:
        counts, more = libreoffice(files, results, options.libreoffice)
        deviations += more
        print(f"\nLibreOffice: {dict(counts)}")
    print(f"\n{len(deviations)} deviations")
    print(*deviations, sep="\n")
    return 1 if deviations else 0


if __name__ == "__main__":
    sys.exit(main())
