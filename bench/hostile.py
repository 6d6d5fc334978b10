"""Every bad file through ``deliverybook check``, measured: what happened, seconds, memory.

``python bench/hostile.py [--book FILE] [--folder DIR] [--only NAME ...] [--write]``

The files come from ``tests/excel/hostile_files.py`` and ``hostile_cells.py``, made from the demonstration workbook
(``--book``, else it is built first). Each is checked in its own process, which may use 4 GB and a minute, so that
whatever goes wrong is seen and harms nothing else. For a file that can be read, the findings are compared with those
of the good workbook. ``--write`` writes ``docs/hostile.md``.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from tests.excel.hostile_files import Book, Case

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

SECONDS, MEGABYTES = 10, 1024
"""What a bad file may cost at most."""


class Measured(NamedTuple):
    """One run of ``check``: exit code (negative: the signal that ended it), seconds, peak megabytes, output.

    ``seconds`` are by the clock, ``busy`` those of the processor, children included.
    """

    exit: int
    seconds: float
    busy: float
    megabytes: float
    out: str
    error: str


def checked(path: Path, *, patience: float = 60) -> Measured:
    """One check in a process of its own."""
    command = [sys.executable, "-m", "automation", "check", str(path), "--format", "json", "--lang", "en", "--quiet"]
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        began = time.perf_counter()
        child = subprocess.Popen(command, stdout=out, stderr=error, cwd=ROOT, preexec_fn=_limit)  # noqa: PLW1509
        while True:
            pid, status, usage = os.wait4(child.pid, os.WNOHANG)
            if pid:
                break
            if time.perf_counter() - began > patience:
                child.kill()
            time.sleep(0.005)
        child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - began
        out.seek(0)
        error.seek(0)
        texts = out.read().decode("utf-8", "replace"), error.read().decode("utf-8", "replace")
    busy = usage.ru_utime + usage.ru_stime
    return Measured(child.returncode, seconds, busy, usage.ru_maxrss / 1024, *texts)


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (4 << 30, 4 << 30))


def keys(measured: Measured) -> dict[tuple[str, ...], str]:
    """The findings by rule and place, with their messages."""
    found = json.loads(measured.out)["findings"]
    return {
        (one["rule"], one["sheet"] or "", one["key"] or one["cell"] or "", one["column"] or ""): one["message"]
        for one in found
    }


def happened(measured: Measured, good: Measured) -> str:
    """What happened, in words: the refusal, or what the findings say that those of the good workbook do not."""
    if measured.exit in {0, 1} and measured.out.startswith("{"):
        before, after = keys(good), keys(measured)
        new = [message for key, message in after.items() if key not in before]
        gone = sum(key not in after for key in before)
        if not new and not gone:
            return "read; same findings as the good workbook"
        parts = [f"read; {len(new)} new findings, {gone} gone"]
        parts += [shortened(new[0], 110)] if new else []
        return ": ".join(parts)
    line = (measured.error.strip().splitlines() or ["(nothing said)"])[-1].removeprefix("deliverybook: ")
    kind = {1: "BUG", 2: "refused", 3: "BUG"}.get(measured.exit, f"ENDED BY {measured.exit}")
    return f"{kind}: {shortened(line, 150)}"


def shortened(text: str, most: int) -> str:
    text = " ".join(text.split()).replace("|", "\\|")
    return text if len(text) <= most else f"{text[: most - 1]}…"


def fits(measured: Measured) -> bool:
    """Whether a run kept the limits; by processor time, which other work on the machine does not change."""
    done = measured.exit == 2 or (measured.exit in {0, 1} and measured.out.startswith("{"))
    return done and measured.busy <= SECONDS and measured.megabytes <= MEGABYTES


def made(case: Case, book: Book, path: Path) -> None:
    """Make the file in a process of its own: the peak memory of a child begins with that of its parent."""
    child = os.fork()
    if child == 0:
        try:
            path.write_bytes(case.make(book))
        finally:
            os._exit(0)
    os.waitpid(child, 0)


def demo_book(folder: Path) -> Path:
    subprocess.run(
        [sys.executable, "-m", "automation", "demo", str(folder), "--quiet", "--lang", "zh"],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    return next(folder.glob("*.xlsx"))


def table(lines: list[tuple[str, str, str, Measured, str]], good: Measured) -> str:
    """The page: one line a file."""
    worst = max(lines, key=lambda line: line[3].busy)
    most = max(lines, key=lambda line: line[3].megabytes)
    head = f"""# 恶意与损坏的文件 · Hostile and broken files

每个文件都用 `deliverybook check` 检查一次，各在一个进程里；本页由 `python bench/hostile.py --write` 生成。
Each file was checked once with `deliverybook check` in its own process; made by `python bench/hostile.py --write`.

{len(lines)} files; the limit is {SECONDS} seconds and {MEGABYTES} MB each. Slowest: `{worst[0]}` with {worst[3].busy:.1f} s of the processor; \
most memory: `{most[0]}` with {most[3].megabytes:.0f} MB (the process and its children, the biggest of them). \
The good workbook itself: {good.busy:.1f} s, {good.megabytes:.0f} MB. "New" and "gone" findings are \
compared with those of the good workbook.

| 文件 · file | 是什么 · what it is | 结果 · what happened | 秒 · s | CPU s | MB |
|---|---|---|---:|---:|---:|
"""
    rows = [
        f"| {name} | {zh} · {en} | {what} | {one.seconds:.1f} | {one.busy:.1f} | {one.megabytes:.0f} |\n"
        for name, zh, en, one, what in lines
    ]
    return head + "".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--book", type=Path, help="the good workbook (default: the demonstration project)")
    parser.add_argument("--folder", type=Path, help="keep the files there")
    parser.add_argument("--only", nargs="+", metavar="NAME")
    parser.add_argument("--write", action="store_true", help="write docs/hostile.md")
    options = parser.parse_args()
    from tests.excel.hostile_cells import CASES
    from tests.excel.hostile_files import Book

    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        source = options.book or demo_book(Path(temporary) / "demo")
        good = checked(source)
        book = Book(source)
        lines = []
        for case in CASES:
            if options.only and case.name not in options.only:
                continue
            path = folder / f"{case.name}.xlsx"
            if not (options.folder and path.exists()):
                made(case, book, path)
            measured = checked(path)
            what = happened(measured, good)
            lines.append((case.name, case.zh, case.en, measured, what))
            mark = "  " if fits(measured) else "!!"
            print(
                f"{mark} {case.name:18} {measured.seconds:5.1f} s ({measured.busy:4.1f}) {measured.megabytes:6.0f} MB  {what}",
                flush=True,
            )
            if not options.folder:
                path.unlink()
        print(f"{sum(not fits(line[3]) for line in lines)} of {len(lines)} beyond the limits")
        if options.write:
            (ROOT / "docs" / "hostile.md").write_text(table(lines, good), "utf-8")


if __name__ == "__main__":
    main()
