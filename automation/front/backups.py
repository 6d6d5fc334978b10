"""The backups of a workbook: chosen by number or by time, and compared with the workbook as it is now.

Not here: making and keeping them (``store``), and bringing one back (``front.undo``).
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from automation.base.errors import UsageError, WorkbookError
from automation.base.findings import EMPTY, Text
from automation.commands.difference_views import Version
from automation.commands.differences import differences
from automation.excel.reader import read
from automation.model.project import build
from automation.store import backups as kept
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from automation.base.findings import Language
    from automation.commands.differences import Differences
    from automation.schema.catalogue import Catalogue

STAMP = re.compile(r"\.(\d{8}T\d{6})\.([0-9a-f]{12})$")
SHOWN_TIME = "%Y-%m-%d %H:%M:%S"


class Backup(NamedTuple):
    """A backup: ``number`` 1 is the newest, ``time`` when it was made, ``size`` in bytes, ``mark`` of its content.

    ``mark`` are the first 12 digits of the SHA-256 that the file had when it was backed up.
    """

    number: int
    path: Path
    time: datetime
    size: int
    mark: str

    @property
    def shown_time(self) -> str:
        """Its time as the list shows it and ``--at`` understands it."""
        return self.time.strftime(SHOWN_TIME)


def backups_of(book: Path, folders: Iterable[str]) -> tuple[Backup, ...]:
    """The backups of a workbook in any of the folders, newest first; ``folders`` as the setting has them.

    A link is followed, as it is when the backups are made. Raises UsageError when there are none.
    """
    place = book.resolve()
    ways = list(dict.fromkeys(folders))
    found = dict.fromkeys(path for folder in ways for path in kept.backups_of(place, folder=folder))
    if not found:
        raise UsageError(_nothing(book, kept.folder_of(place, ways[0])), code="NO_BACKUP")
    return tuple(_described(found))


def _described(paths: Iterable[Path]) -> Iterator[Backup]:
    matches = [(path, STAMP.search(path.stem)) for path in paths]
    # Sorting keeps the order of those of the same second, which is that of their making.
    stamped = sorted(((path, match) for path, match in matches if match), key=lambda one: one[1][1], reverse=True)
    for number, (path, match) in enumerate(stamped, start=1):
        time = datetime.strptime(match[1], kept.STAMP)  # noqa: DTZ007 - local time
        yield Backup(number, path, time, path.stat().st_size, match[2])


def _nothing(book: Path, folder: Path) -> Text:
    return Text(
        f"“{book.name}”没有备份可恢复：文件夹“{folder}”里没有它的备份，请检查路径；首次写入工作簿时会自动备份。",
        f"There is nothing to restore for {book.name}: {folder} holds no backup of it. Check the path; "
        "the first backup is made when the workbook is first written to.",
    )


def numbered(book: Path, backups: Sequence[Backup], number: int) -> Backup:
    """The backup with that number. Raises UsageError when there is none."""
    if 1 <= number <= len(backups):
        return backups[number - 1]
    raise UsageError(
        Text(
            f"“{book.name}”没有第 {number} 号备份：编号从 1（最新）到 {len(backups)}，不加选项可列出全部。",
            f"{book.name} has no backup number {number}: numbers go from 1 (newest) to {len(backups)}; "
            "leave the option out to list them.",
        ),
        code="NO_SUCH_BACKUP",
    )


def timed(book: Path, backups: Sequence[Backup], at: str) -> Backup:
    """The only backup whose time begins with what was typed: a day, an hour, a minute or a second.

    Raises UsageError when there is none, when there are several, or when it is no time.
    """
    wanted = " ".join(unicodedata.normalize("NFKC", at).replace("T", " ").split())
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}( \d{2}(:\d{2}(:\d{2})?)?)?", wanted):
        raise UsageError(
            Text(
                f'“{at}”不是时间：请按列表中的形式填写，例如 --at "{backups[0].shown_time}"。',
                f"'{at}' is no time: type it as the list shows it, such as --at \"{backups[0].shown_time}\".",
            ),
            code="NO_TIME",
        )
    found = [backup for backup in backups if backup.shown_time.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = [str(backup.number) for backup in found]
        raise UsageError(
            Text(
                f"“{wanted}”有 {len(found)} 个备份（编号 {'、'.join(numbers)}）：请写明时分秒，或用 --number 指定。",
                f"There are {len(found)} backups of {wanted} (numbers {', '.join(numbers)}): "
                "type the time to the second, or use --number.",
            ),
            code="MANY_BACKUPS",
        )
    raise UsageError(
        Text(
            f"“{book.name}”没有时间为“{wanted}”的备份：最新 {backups[0].shown_time}，最早 {backups[-1].shown_time}。",
            f"{book.name} has no backup of {wanted}: the newest is of {backups[0].shown_time}, "
            f"the oldest of {backups[-1].shown_time}.",
        ),
        code="NO_SUCH_BACKUP",
    )


def version_of(path: Path, catalogue: Catalogue) -> Version:
    """A workbook as read and built. Raises WorkbookError when it cannot be read or is not ours."""
    raw = read(path)
    return Version(raw, build(raw, catalogue)[0])


class Compared(NamedTuple):
    """What bringing back a backup would change: ``found`` is ``None`` where that cannot be told, ``why`` says why."""

    found: Differences | None
    why: Text = EMPTY
    is_readable: bool = True


class Comparison:
    """Compares backups with the present workbook, which is read only once and may be missing, damaged or foreign."""

    def __init__(self, book: Path, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.digest = files.digest_of(book) if book.is_file() else ""
        self._present: Version | None = None
        self._why = EMPTY
        try:
            self._present = version_of(book, catalogue)
        except WorkbookError as error:
            self._why = _not_compared(error.text)
        self.language: Language | None = self._present.project.language if self._present else None

    def setting(self, key: str) -> str:
        """What the present workbook's settings sheet says, ``""`` when it says nothing."""
        rows = self._present.project.rows.settings if self._present else ()
        return next((str(row.value) for row in rows if row.key == key and row.value), "")

    def with_(self, backup: Backup) -> Compared:
        """What bringing the backup back would change in the present workbook."""
        try:
            raw = read(backup.path)
        except WorkbookError as error:
            return Compared(None, error.text, is_readable=False)
        try:
            version = Version(raw, build(raw, self.catalogue)[0])
        except WorkbookError as error:
            return Compared(None, _not_compared(error.text))
        self.language = self.language or version.project.language
        if self._present is None:
            return Compared(None, self._why)
        return Compared(differences(self._present, version, self.catalogue))


def _not_compared(reason: Text) -> Text:
    zh, en = (half.rstrip("。.") for half in reason)
    return Text(f"无法与当前文件比较（{zh}）。", f"It cannot be compared with the present file ({en}).")
