"""A workbook held for a command that writes: the queue, what a run that died had left, and where the workbook lies.

Gives the sentences that the user should read about these. Not here: lock and tidying (``store.locks``).
"""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.front import state
from automation.store.locks import locked, recover
from automation.store.places import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.progress import Progress
    from automation.store.locks import Interruption, Job

WAIT_SECONDS = 60.0
"""How long a command queues for a workbook that another run of ours is changing."""

OUTCOMES = {
    "old": Text("内容与那次运行之前相同", "it is as it was before that run"),
    "new": Text("那次运行的修改已全部写入", "the changes of that run are in it, complete"),
    "other": Text("没有只写了一半的内容", "nothing in it is half written"),
}
"""How a workbook stands after a run that died, by ``Interruption.outcome``."""

PLACES = {
    "network": Text(
        "工作簿在网络位置上：写入锁只对本机有效，请确认其他电脑没有同时写入。",
        "The workbook lies on another computer: our lock guards this computer only, so make sure that nobody else writes.",
    ),
    "synced": Text(
        "工作簿在同步文件夹中：请等同步完成后再让其他人修改，以免产生冲突副本。",
        "The workbook lies in a synchronised folder: let the upload finish before others change it, to avoid copies.",
    ),
}
"""What to know about the place of a workbook, by ``kind_of``."""


@contextlib.contextmanager
def held(
    book: Path,
    *,
    what: str,
    writes: bool,
    dry_run: bool = False,
    progress: Progress | None = None,
    language: Language | None = None,
) -> Iterator[tuple[Text, ...]]:
    """Hold the workbook while the block runs if it ``writes``; gives what the user should know, in order.

    A dry run holds and tidies up nothing. Raises WriteRefusedError when another run of ours still holds it after ``WAIT_SECONDS``.
    """
    folder = state.folder("locks")
    earlier = [] if dry_run else [*recover(folder)]
    if dry_run or not writes:
        yield tuple(map(interrupted, earlier))
        return

    def waiting(job: Job) -> None:
        if progress is not None:
            progress.say(queue(job).in_(language or "zh"))

    with locked(book, state=folder, seconds=WAIT_SECONDS, what=what, waiting=waiting) as left:
        if left is not None:
            earlier.append(left)
        place = PLACES.get(kind_of(book))
        yield (*map(interrupted, earlier), *([place] if place else []))


def queue(job: Job) -> Text:
    """For whom a command waits."""
    return Text(f"等待另一个任务（{job.what}，进程 {job.process}）", f"waiting for {job.what}, process {job.process}")


def interrupted(left: Interruption) -> Text:
    """What a run that died had done and left, for the next one to say."""
    seen = left.seen.astimezone().strftime("%Y-%m-%d %H:%M:%S")
    what = Text(f"（{left.what}）", f" ({left.what})") if left.what else Text("", "")
    state_of_file = OUTCOMES[left.outcome]
    names = ", ".join(left.removed)
    removed = Text(f"已清理临时文件：{names}。", f" Removed temporary files: {names}.") if names else Text("", "")
    return Text(
        f"“{left.file}”上一次的运行{what.zh}在 {seen} 中断：文件完好，{state_of_file.zh}。{removed.zh}",
        f"An earlier run{what.en} on {left.file} was interrupted at {seen}: "
        f"the file is intact, {state_of_file.en}.{removed.en}",
    )
