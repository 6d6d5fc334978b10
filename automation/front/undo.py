"""``deliverybook diff`` and ``deliverybook restore``: what changed between two workbooks, and backups brought back.

Not here: the comparison (``commands.differences``), and how files are replaced and backups kept (``store.files``).
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import WorkbookError
from automation.base.findings import Text
from automation.commands import difference_tables, difference_text
from automation.commands.differences import differences
from automation.front import circumstances, state
from automation.front.backups import Comparison, backups_of, numbered, timed, version_of
from automation.front.held import held
from automation.front.library import Library
from automation.front.output import Result
from automation.front.progress import Progress
from automation.store import files
from automation.store.backups import FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.backups import Backup, Compared
    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue

KILOBYTE = 1024
STEPS = 2
PROGRESS_AFTER = 2.0
"""Seconds after which progress is shown."""


def diff(old: Path, new: Path, common: Common, *, complete: bool) -> tuple[Result, Catalogue]:
    """What changed from one workbook to the other, the schemas beside the new one in force.

    Raises WorkbookError when one of them cannot be read or is not ours.
    """
    catalogue = Library(new.resolve().parent).catalogue()
    before, after = version_of(old, catalogue), version_of(new, catalogue)
    found = differences(before, after, catalogue)
    language = common.language or after.project.language
    head = Text(f"{old.name} → {new.name}", f"{old.name} → {new.name}")
    result = Result(
        command="diff",
        book=str(new),
        exit=0,
        figures={"old": str(old), "new": str(new), **found.figures},
        lines=(head, *difference_text.lines(found, catalogue, complete=complete)),
        tables=difference_tables.tables(found, catalogue, language),
        language=language,
    )
    return result, catalogue


def restore(
    book: Path, common: Common, *, number: int | None = None, at: str | None = None, complete: bool = False
) -> tuple[Result, Catalogue]:
    """Bring back the backup with that number or of that time; without either, list the backups.

    The present file becomes a backup first, and no backup is dropped. Raises UsageError when there is nothing to
    restore or no such backup, WorkbookError when the backup cannot be read, WriteRefusedError when the workbook may
    not be replaced; then it is as it was.
    """
    writes = not common.dry_run and not (number is None and at is None)
    language = common.language or "zh"
    library = Library(book.resolve().parent)
    catalogue = library.catalogue()
    configured = library.settings(common.config, catalogue)[0].text("backup_folder")
    with (
        Progress(STEPS, quiet=common.quiet, after=PROGRESS_AFTER) as progress,
        held(book, what="restore", writes=writes, progress=progress, language=language) as news,
    ):
        progress.step(Text("读取工作簿", "reading the workbook").in_(language))
        comparison = Comparison(book, catalogue)
        folder = comparison.setting("backup_folder") or configured
        backups = backups_of(book, (folder, configured, FOLDER))
        if number is None and at is None:
            result = _listed(book, backups, comparison, common)
        else:
            chosen = timed(book, backups, at or "") if number is None else numbered(book, backups, number)
            wanted = _Wanted(
                chosen, max(circumstances.now(), backups[0].time + timedelta(seconds=1)), folder, len(backups) + 1
            )
            progress.step(chosen.shown_time)
            result = _restored(book, wanted, comparison, common, complete=complete)
    return replace(result, notices=(*news, *result.notices)), catalogue


class _Wanted(NamedTuple):
    """A backup to be brought back; ``moment`` stamps the backup of the present file in ``folder``, ``keep`` stay."""

    backup: Backup
    moment: datetime
    folder: str
    keep: int


def _listed(book: Path, backups: Sequence[Backup], comparison: Comparison, common: Common) -> Result:
    """The list of backups, each with what bringing it back would change."""
    texts = [
        Text(
            f"{len(backups)} 个备份，1 号最新；每个备份下面是恢复后与当前文件的不同：",
            f"{len(backups)} backup(s), number 1 is the newest; below each is what restoring it would change:",
        )
    ]
    rows: list[dict[str, Any]] = []
    for backup in backups:
        compared = comparison.with_(backup)
        head = f"{backup.number:>3}  {backup.shown_time}  {max(1, round(backup.size / KILOBYTE)):,} KB"
        texts += [
            Text(head, head),
            *(
                Text(f"       {one.zh}", f"       {one.en}")
                for one in _short(compared, same=backup.mark == comparison.digest[: len(backup.mark)])
            ),
        ]
        rows.append(_row(backup, compared, common.language or comparison.language or "zh"))
    texts.append(
        Text(
            "恢复某个备份：加 --number 编号；先看看会改动什么：再加 --dry-run。恢复前，当前文件会先存为备份。",
            "To restore one, add --number N; to see first what would change, add --dry-run too. "
            "The present file becomes a backup before.",
        )
    )
    return Result(
        command="restore",
        book=str(book),
        exit=0,
        figures={"backups": len(backups)},
        lines=tuple(texts),
        tables={"backups": rows},
        language=common.language or comparison.language or "zh",
    )


def _short(compared: Compared, *, same: bool) -> list[Text]:
    """What bringing back a backup would change, a line a sheet; ``same`` when its bytes are those of the file."""
    if not compared.is_readable:
        return [Text(f"不能恢复：{compared.why.zh}", f"cannot be restored: {compared.why.en}")]
    if same and not compared.found:
        return [Text("与当前文件完全相同", "the same as the present file")]
    return [compared.why] if compared.found is None else list(difference_text.summaries(compared.found))


def _row(backup: Backup, compared: Compared, language: Language) -> dict[str, Any]:
    found = compared.found
    return {
        "number": backup.number,
        "time": backup.time,
        "bytes": backup.size,
        "path": str(backup.path),
        "readable": compared.is_readable,
        "reason": compared.why.in_(language),
        "differences": None if found is None else found.figures,
        "sheets": [] if found is None else [difference_tables.sheet_value(one, language) for one in found.sheets],
    }


def _restored(book: Path, wanted: _Wanted, comparison: Comparison, common: Common, *, complete: bool) -> Result:
    backup = wanted.backup
    compared = comparison.with_(backup)
    if not compared.is_readable:
        raise WorkbookError(_unreadable(backup, compared.why), code="BACKUP_UNREADABLE")
    data = backup.path.read_bytes()
    kept = None if common.dry_run else _brought_back(book, data, wanted, comparison.digest)
    found, catalogue = compared.found, comparison.catalogue
    language = common.language or comparison.language or "zh"
    lines = [compared.why] if found is None else difference_text.lines(found, catalogue, complete=complete)
    return Result(
        command="restore",
        book=str(book),
        exit=0,
        edits=0 if found is None else found.cells,
        figures={"number": backup.number, "time": backup.time, **({} if found is None else found.figures)},
        lines=tuple(lines),
        tables={} if found is None else difference_tables.tables(found, catalogue, language),
        notices=tuple(_said(backup, data, same=_digest(data) == comparison.digest, dry_run=common.dry_run)),
        backup=kept,
        dry_run=common.dry_run,
        language=language,
    )


def _brought_back(book: Path, data: bytes, wanted: _Wanted, digest: str) -> Path | None:
    """The backup of the present file, after which the workbook holds ``data``; ``None`` when it needed none."""
    locks = state.folder("locks")
    if not digest:
        files.create(book, data, state=locks)
        return None
    return files.save(
        book, data, expected=digest, now=wanted.moment, folder=wanted.folder, keep=wanted.keep, state=locks
    ).backup


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _unreadable(backup: Backup, why: Text) -> Text:
    zh, en = (half.rstrip("。.") for half in why)
    return Text(
        f"{backup.shown_time} 的备份无法读取，没有恢复（{zh}）；请用 --number 选择其他备份。",
        f"The backup of {backup.shown_time} cannot be read and was not restored ({en}); choose another one with --number.",
    )


def _said(backup: Backup, data: bytes, *, same: bool, dry_run: bool) -> Iterator[Text]:
    """What was done, and whether someone changed the backup since it was made."""
    name = f"{backup.shown_time}"
    if not _digest(data).startswith(backup.mark):
        yield Text(
            f"注意：{name} 的备份在备份之后被改动过。", f"Note: the backup of {name} was changed after it was made."
        )
    if same:
        yield Text(
            f"当前文件与 {name} 的备份完全相同，没有改动。",
            f"The file is the same as the backup of {name}; nothing was changed.",
        )
    elif dry_run:
        yield Text(f"只是预览，没有恢复 {name} 的备份。", f"Only shown: the backup of {name} was not restored.")
    else:
        yield Text(f"已恢复为 {name} 的备份。", f"Restored the backup of {name}.")
