"""Saving under kill -9, Ctrl-C and SIGTERM, with a full disk, and with somebody else saving meanwhile.

``python bench/crash.py [--kills 200] [--stops 50] [--full 20] [--replaced 50] [--seed 1] [--folder DIR]``

Commands run in processes of their own (forked from one that has everything imported) on fresh copies of the demonstration workbook with a
change pending, so that a write really happens. Of the kills of each command half come at moments spread evenly over
the whole run, half within the save (from the moment its temporary file appears). After each kill the workbook is
read, and the same command runs again, undisturbed. ``old`` means byte for byte the file as it was; ``new`` means that
every value outside the log sheet is what an undisturbed run writes and that openpyxl, which has no part in the
saving, opens it too. Exit code 1 when anything was damaged, lost or left over.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
STATUS_DATE = "2026-06-15"
COMMANDS = {
    "check --write": ("check", "--write", "--status-date", STATUS_DATE),
    "reschedule": ("reschedule", "--status-date", STATUS_DATE),
}
OURS = (".deliverybook.tmp", ".note", ".part")
SAVE_SECONDS = 0.03
LOG_SHEETS = {"日志", "Log"}


class Bench(NamedTuple):
    """Where the bench works, and the workbook that every trial starts from."""

    folder: Path
    start: bytes
    random: random.Random


class Job:
    """One command in a process of its own: forked, so that it starts with everything imported and most of its time
    is work on the workbook. What it prints goes to files, so that it never waits for a reader."""

    def __init__(self, bench: Bench, book: Path, words, *, limit: int = 0) -> None:
        self.returncode: int | None = None
        self.files = [bench.folder / name for name in ("out", "error")]
        self.number = os.fork()
        if not self.number:
            code = 70
            try:  # Whatever happens in here, the bench itself must not go on twice.
                code = self._work([words[0], str(book), *words[1:], "--format", "json", "--lang", "en"], limit)
            finally:
                os._exit(code)

    def _work(self, words, limit: int) -> int:
        """What the new process does. It hears Ctrl-C even when the bench, in the background, does not."""
        import resource

        from automation.front.cli import main

        for number, file in enumerate(self.files, start=1):
            os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8") for number in (1, 2))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if limit:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        code = main(words)
        sys.stdout.flush()
        sys.stderr.flush()
        return code

    def poll(self) -> int | None:
        if self.returncode is None:
            ended, status = os.waitpid(self.number, os.WNOHANG)
            self.returncode = os.waitstatus_to_exitcode(status) if ended else None
        return self.returncode

    def wait(self) -> int:
        if self.returncode is None:
            self.returncode = os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1])
        return self.returncode

    def send(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.number, number)

    def finish(self) -> tuple[int, dict, str]:
        """Exit code, result and what stands on the error stream of a command that ends by itself."""
        code = self.wait()
        out, error = (file.read_text(encoding="utf-8") for file in self.files)
        result = {}
        with contextlib.suppress(ValueError):
            result = json.loads(out)
        return code, result, error.strip()


def pending(folder: Path) -> bytes:
    """The demonstration workbook with one duration changed, so that the computed columns are no longer right."""
    from automation.front.cli import main
    from automation.front.runner import open_book
    from automation.front.session import Common

    with contextlib.redirect_stdout(io.StringIO()):
        main(["demo", str(folder / "demo"), "--quiet"])
    book = next((folder / "demo").glob("*.xlsx"))
    plan = open_book(book, Common()).project.tables["plan"]
    index = next(i for i, row in enumerate(plan.rows) if row.duration and row.actual_start is None)
    place = plan.place(index, "duration")
    cells = folder / "pending.json"
    edit = [{"sheet": plan.name, "cell": place.cell, "value": float(plan.rows[index].duration) + 5}]
    cells.write_text(json.dumps(edit), encoding="utf-8")
    with contextlib.redirect_stdout(io.StringIO()):
        main(["write", str(book), "--cells", str(cells), "--quiet"])
    return book.read_bytes()


def content(book: Path):
    """All values of a workbook outside the log sheet; raises when it cannot be read."""
    from automation.excel.reader import read

    with zipfile.ZipFile(book) as archive:
        if archive.testzip():
            raise zipfile.BadZipFile
    return {sheet.name: sheet for sheet in read(book).sheets if sheet.name not in LOG_SHEETS}


def state_of(book: Path, before: bytes, after) -> str:
    """``old``, ``new`` or ``damaged``."""
    import openpyxl

    try:
        if book.read_bytes() == before:
            return "old"
        openpyxl.load_workbook(book, read_only=True).close()
        return "new" if repr(content(book)) == after else "damaged"
    except Exception:  # noqa: BLE001 - whatever a reader says about a damaged file
        return "damaged"


def left_over(bench: Bench, folder: Path) -> list[str]:
    """Files of ours that nobody needs any more: beside the workbook, among its backups, in the state folder."""
    places = (folder, folder / "backups", bench.folder / "state" / "locks")
    return [item.name for place in places if place.is_dir() for item in place.iterdir() if item.name.endswith(OURS)]


def fresh(bench: Bench, name: str) -> Path:
    """A folder of its own with a copy of the workbook."""
    folder = bench.folder / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    book = folder / "book.xlsx"
    book.write_bytes(bench.start)
    return book


def reference(bench: Bench, words) -> tuple[str, float]:
    """What an undisturbed run makes of the workbook, and how long it takes (median of three)."""
    times = []
    for _ in range(3):
        book = fresh(bench, "reference")
        started = time.perf_counter()
        code, result, error = Job(bench, book, words).finish()
        times.append(time.perf_counter() - started)
        assert code in {0, 1}, error
        assert book.read_bytes() != bench.start, "nothing was written"
        assert result["backup"], "no backup was made"
    return repr(content(book)), sorted(times)[1]


def wait_for_save(folder: Path, job) -> None:
    """Return when the temporary file of the save appears, or the job ends."""
    while job.poll() is None:
        if any(item.name.endswith(OURS) for item in os.scandir(folder)):
            return
        time.sleep(0.0002)


def kill_once(bench: Bench, words, seconds: float, *, in_save: bool, after: str) -> Counter:
    """One trial: start, kill, look, run again, look."""
    book = fresh(bench, "trial")
    job = Job(bench, book, words)
    if in_save:
        wait_for_save(book.parent, job)
        time.sleep(bench.random.uniform(0, SAVE_SECONDS))
    else:
        time.sleep(bench.random.uniform(0, seconds * 1.05))
    job.send(signal.SIGKILL)
    job.wait()
    count = Counter({"kills": 1, f"{'ended before' if job.returncode >= 0 else 'killed'}": 1})
    count[state_of(book, bench.start, after)] += 1
    before = left_over(bench, book.parent)
    count["left over before"] += len(before)
    code, result, error = Job(bench, book, words).finish()
    count["next run failed"] += code not in {0, 1}
    count["left over after"] += len(left_over(bench, book.parent))
    said = any("interrupted" in notice for notice in result.get("notices", ()))
    count["unsaid"] += bool(before) and not said
    count["said"] += said
    count["damaged"] += state_of(book, bench.start, after) != "new"
    if error:
        print(error, file=sys.stderr)
    return count


def kills(bench: Bench, number: int) -> bool:
    columns = (
        "kills",
        "killed",
        "ended before",
        "old",
        "new",
        "damaged",
        "left over before",
        "left over after",
        "said",
    )
    print("\n| command | killed | " + " | ".join(columns) + " |\n|---|---|" + "---:|" * len(columns))
    sound = True
    for name, words in COMMANDS.items():
        after, seconds = reference(bench, words)
        for in_save in (False, True):
            total: Counter = Counter()
            for _ in range(number - number // 2 if in_save else number // 2):
                total += kill_once(bench, words, seconds, in_save=in_save, after=after)
            when = "during the save" if in_save else f"any moment of {seconds:.1f} s"
            print(f"| `{name}` | {when} | " + " | ".join(str(total[column]) for column in columns) + " |", flush=True)
            sound &= not (total["damaged"] + total["left over after"] + total["unsaid"] + total["next run failed"])
    return sound


def stops(bench: Bench, number: int) -> bool:
    """Ctrl-C and SIGTERM at random moments: what the command says about the workbook must be so."""
    columns = (
        "runs",
        "too early for us",
        "as it was, said so",
        "complete, said so",
        "ended before",
        "wrong",
        "left over",
    )
    print("\n| asked to stop | " + " | ".join(columns) + " |\n|---|" + "---:|" * len(columns))
    words = COMMANDS["check --write"]
    after, seconds = reference(bench, words)
    sound = True
    for sent in (signal.SIGINT, signal.SIGTERM):
        total: Counter = Counter()
        for turn in range(number):
            book = fresh(bench, "trial")
            job = Job(bench, book, words)
            if turn % 2:
                wait_for_save(book.parent, job)
                time.sleep(bench.random.uniform(0, SAVE_SECONDS))
            else:
                time.sleep(bench.random.uniform(0, seconds * 1.05))
            job.send(sent)
            _, _, error = job.finish()
            state, last = state_of(book, bench.start, after), error.rpartition("\n")[2]
            if job.returncode == 128 + sent:
                said = {"old": "the workbook is as it was.", "new": "written before is complete."}.get(state, "?")
                key = {"old": columns[2], "new": columns[3]}[state] if last.endswith(said) else "wrong"
            elif job.returncode in {0, 1, -sent} and state == "new":
                key = "ended before"  # With -sent the process was on its way out.
            else:
                key = "too early for us" if state == "old" and "interrupted" not in last else "wrong"
            if key == "wrong":
                print(sent.name, job.returncode, state, error, file=sys.stderr)
            total.update({"runs": 1, key: 1, "left over": len(left_over(bench, book.parent))})
        print(f"| {sent.name} | " + " | ".join(str(total[column]) for column in columns) + " |", flush=True)
        sound &= not (total["wrong"] + total["left over"])
    return sound


def full_disk(bench: Bench, steps: int) -> bool:
    """File sizes limited below what the save needs; then, where mounting is allowed, a small disk that fills up."""
    print(
        "\n| full disk | runs | refused, file as it was | saved | damaged | left over |\n|---|---:|---:|---:|---:|---:|"
    )
    words = COMMANDS["check --write"]
    after, _ = reference(bench, words)
    sound = True
    for name, trial in (("limit on file size", _limited), ("small disk (tmpfs)", _small_disk)):
        total: Counter = Counter()
        for step in range(steps):
            outcome = trial(bench, words, after, share=step / steps)
            if outcome is None:
                print(f"| {name} | 0 (mounting is not allowed here) | | | | |")
                break
            total += outcome
        else:
            columns = ("runs", "old", "new", "damaged", "left over")
            print(f"| {name} | " + " | ".join(str(total[column]) for column in columns) + " |", flush=True)
            sound &= not (total["damaged"] + total["left over"])
    return sound


def _limited(bench: Bench, words, after: str, *, share: float) -> Counter:
    book = fresh(bench, "limited")
    return _judged(
        bench, book, Job(bench, book, words, limit=4096 + int(len(bench.start) * share * 1.1)).finish(), after
    )


def _small_disk(bench: Bench, words, after: str, *, share: float) -> Counter | None:
    disk = bench.folder / "disk"
    disk.mkdir(exist_ok=True)
    size = len(bench.start) + int(len(bench.start) * 2.4 * share) + 16_384
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        return None
    try:
        book = disk / "book.xlsx"
        book.write_bytes(bench.start)
        return _judged(bench, book, Job(bench, book, words).finish(), after)
    finally:
        subprocess.run(["umount", str(disk)], check=False)


def _judged(bench: Bench, book: Path, ended, after: str) -> Counter:
    code, _, error = ended
    state = state_of(book, bench.start, after)
    good = (state == "old" and code == 2 and "disk is full" in error) or (state == "new" and code in {0, 1})
    if not good:
        print(code, state, error, file=sys.stderr)
    left = len(left_over(bench, book.parent))
    return Counter({"runs": 1, state if good else "damaged": 1, "left over": left})


def replaced(bench: Bench, number: int) -> bool:
    """Somebody else saves (a file of theirs takes the place of ours) at a random moment of our run."""
    from automation.excel.package import open_package
    from automation.excel.writer import edited
    from automation.model.effects import CellEdit

    print("\n| somebody else saves | runs | we refused | we were first | we came after | their work lost |")
    print("|---|---:|---:|---:|---:|---:|")
    words = COMMANDS["check --write"]
    _, seconds = reference(bench, words)
    source = fresh(bench, "theirs")
    sheet = next(iter(content(source)))
    theirs = edited(open_package(source), [CellEdit(sheet, "XFA1000", "their work")]).data
    sound = True
    for in_save in (False, True):
        total: Counter = Counter()
        for _ in range(number):
            book = fresh(bench, "trial")
            other = book.with_name("theirs.bin")
            other.write_bytes(theirs)
            job = Job(bench, book, words)
            if in_save:
                wait_for_save(book.parent, job)
                time.sleep(bench.random.uniform(0, SAVE_SECONDS))
            else:
                time.sleep(bench.random.uniform(0, seconds * 1.05))
            other.replace(book)
            code, _, error = job.finish()
            kept = b"their work" in b"".join(open_package(book).read(name) for name in open_package(book).names())
            refused = code == 2 and "meanwhile" in error
            key = "lost" if not kept else "refused" if refused else "first" if book.read_bytes() == theirs else "after"
            total[key] += 1
            total["left over"] += len(left_over(bench, book.parent))
        when = "during our save" if in_save else "any moment of our run"
        row = (number, total["refused"], total["first"], total["after"], total["lost"])
        print(f"| {when} | " + " | ".join(map(str, row)) + " |", flush=True)
        sound &= not (total["lost"] + total["left over"])
    return sound


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200, help="kills of each command")
    parser.add_argument("--stops", type=int, default=50, help="signals of each kind")
    parser.add_argument("--full", type=int, default=20, help="sizes of the full disk")
    parser.add_argument("--replaced", type=int, default=50, help="runs during which somebody else saves, of each kind")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to work (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder, prefix="crash-") as folder:
        os.environ["DELIVERYBOOK_STATE"] = f"{folder}/state"
        bench = Bench(Path(folder), pending(Path(folder)), random.Random(options.seed))
        sound = kills(bench, options.kills) if options.kills else True
        if options.stops:
            sound &= stops(bench, options.stops)
        if options.full:
            sound &= full_disk(bench, options.full)
        if options.replaced:
            sound &= replaced(bench, options.replaced)
    print("\nsound" if sound else "\nNOT SOUND")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
