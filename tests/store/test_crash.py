"""kill -9 at random moments of a process that saves again and again; ``bench/crash.py`` kills whole commands."""

from __future__ import annotations

import random
import subprocess
import sys
import textwrap
import time

from automation.store.locks import recover

SIZE = 200_000


def test_twenty_kills_leave_the_old_or_the_new_file_and_nothing_else_after_the_next_run(tmp_path):
    book, state = tmp_path / "books" / "b.xlsx", tmp_path / "state"
    book.parent.mkdir()
    book.write_bytes(b"0" * SIZE)
    program = textwrap.dedent(f"""
        import datetime, itertools, pathlib
        from automation.store.files import save
        from automation.store.locks import locked
        from automation.store.writing import digest_of
        book, state = pathlib.Path({str(book)!r}), pathlib.Path({str(state)!r})
        with locked(book, state=state):
            pass
        print("go", flush=True)
        for number in itertools.count():
            with locked(book, state=state, what="loop"):
                data, now = b"%d" % (number % 10) * {SIZE}, datetime.datetime(2026, 1, 1)
                save(book, data, expected=digest_of(book), now=now, keep=2, state=state)
    """)
    moments, died = random.Random(1), 0
    for _ in range(20):
        job = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
        assert job.stdout.readline() == b"go\n"
        time.sleep(moments.uniform(0, 0.06))
        job.kill()
        job.communicate()
        data = book.read_bytes()
        assert len(data) == SIZE
        assert len(set(data)) == 1
        died += len(recover(state))
        left = [item.name for item in tmp_path.rglob("*") if item.is_file() and item.suffix not in {".xlsx", ".lock"}]
        assert left == []
    assert died > 0
