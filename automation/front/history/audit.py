"""The door ``audit``: what was changed by whom in which workbook and when, from the history and from the workbooks' own logs.

Not here: who may do what (``commands.permissions``).
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import AutomationError, UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.base.secrets import without_passwords
from automation.front import circumstances
from automation.front.batch.changed import logged
from automation.front.batch.running import books_in
from automation.front.history.books import inside, short_names
from automation.front.history.place import notices as said_of
from automation.front.history.place import opened, place
from automation.front.library import Library
from automation.front.outcomes import make_folder
from automation.front.output import Result
from automation.front.portfolio import PATTERNS
from automation.front.progress import Progress
from automation.front.runner import open_book
from automation.model.listing import ListColumn, Listing, shown, table
from automation.model.spelling import fold
from automation.model.trends import Change
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.base.findings import Language
    from automation.front.session import Common
    from automation.schema.catalogue import Catalogue

FORMATS = ("text", "json", "csv", "xlsx")
ROWS_SHOWN = 40
"""The newest so many changes are listed in text; the other formats have all."""
NAME = Text("变更记录", "Changes")
ABOUT = Text(
    "谁在什么时候改了哪个工作簿：各工作簿日志表的记录，以及批处理写入的单元格。",
    "Who changed which workbook when: the rows of the workbooks' logs, and the cells that batches wrote.",
)
_COLUMNS = (
    ListColumn("at", Text("时间", "Time"), "moment", 20),
    ListColumn("who", Text("用户", "User"), width=14),
    ListColumn("command", Text("操作", "Action"), width=16),
    ListColumn("book", Text("工作簿", "Workbook"), width=34),
    ListColumn("sheet", Text("工作表", "Sheet"), width=14),
    ListColumn("key", Text("行编号", "Row"), width=14),
    ListColumn("column", Text("列", "Column"), width=18),
    ListColumn("old", Text("原值", "Old value"), width=30),
    ListColumn("new", Text("新值", "New value"), width=40),
)


class Asked(NamedTuple):
    """What to tell: of which workbooks (``None``: all of the history), from which local day on, of whom, in which form."""

    place: Path | None = None
    since: date | None = None
    who: str = ""
    form: str = "text"
    out: Path | None = None


def audit(asked: Asked, common: Common) -> Result | None:
    """The changes; ``None`` when they were written to the standard output as CSV already.

    A workbook whose log cannot be read is named with its reason, and the exit code is 1.
    """
    own, bad = _own_logs(asked, common)
    _, findings = place(common.config)
    notices = (*said_of(findings), *bad)
    language, catalogue = common.language or "zh", Library().catalogue()
    names = _identifiers(catalogue)
    changes = [_identified(one, names) for one in _wanted(asked, [*_kept(asked, common), *own])]
    listing = listing_of(changes, catalogue)
    result = Result(
        command="audit",
        book=str(asked.place or ""),
        exit=int(bool(bad)),
        findings=findings,
        documents=(),
        lines=tuple(_lines(listing)) if asked.form == "text" else (),
        notices=notices,
        body={"changes": [_value(one) for one in changes]},
        language=language,
    )
    if asked.form not in {"csv", "xlsx"}:
        return result
    if asked.form == "csv" and asked.out is None:
        sys.stdout.write(_csv(listing, language, mark=False).decode())
        for notice in notices:
            sys.stderr.write(f"{notice.in_(language)}\n")
        return None if not bad else replace(result, lines=(), notices=(), findings=())
    return replace(result, documents=(_file(asked, listing, language),))


def _identifiers(catalogue: Catalogue) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """The identifier of each sheet, and those of its columns, by everything that a log may call them."""
    return {
        fold(name): (
            sheet.id,
            {fold(text): column.id for column in sheet.columns for text in (column.id, *column.label)},
        )
        for sheet in catalogue.sheets.values()
        for name in (sheet.id, *sheet.label)
    }


def _identified(one: Change, names: Mapping[str, tuple[str, Mapping[str, str]]]) -> Change:
    """A change with the identifiers of its sheet and column where these are known."""
    sheet, columns = names.get(fold(one.sheet), (one.sheet, {}))
    return one._replace(sheet=sheet, column=columns.get(fold(one.column), one.column))


def _value(one: Change) -> dict[str, Any]:
    """A change for programs: identifiers of sheets and columns, the time with its zone."""
    hidden = {"old": without_passwords(one.old), "new": without_passwords(one.new)}
    return {**one._asdict(), **hidden, "at": one.at.astimezone()}


def _kept(asked: Asked, common: Common) -> list[Change]:
    history = opened(common.config)
    try:
        books = set(inside(history.books(), asked.place))
        return [one for one in history.changes(since=_begin(asked.since)) if one.book in books]
    finally:
        history.close()


def _begin(day: date | None) -> datetime | None:
    """The moment (UTC) at which a local day begins."""
    return None if day is None else datetime.combine(day, time()).astimezone(UTC)


def _own_logs(asked: Asked, common: Common) -> tuple[list[Change], tuple[Text, ...]]:
    """The rows of the logs of the workbooks there, and which of them cannot be read."""
    if asked.place is None:
        return [], ()
    books = books_in((asked.place,), PATTERNS) if asked.place.is_dir() else (asked.place.resolve(),)
    found: list[Change] = []
    notices: list[Text] = []
    settled = replace(common, status_date=common.status_date or circumstances.now().date())
    with Progress(max(len(books), 1), quiet=common.quiet, after=2.0) as progress:
        for book in books:
            progress.step(book.name)
            try:
                rows = logged(open_book(book, settled), after=None)
            except AutomationError as error:
                if not asked.place.is_dir():
                    raise
                notices.append(Text(f"未读取 {book}：{error.text.zh}", f"{book} was not read: {error.text.en}"))
                continue
            found += [
                Change(one.at, one.who, one.command, str(book), one.sheet, one.key, one.column, one.old, one.new)
                for one in rows
            ]
    return found, tuple(notices)


def _wanted(asked: Asked, changes: Iterable[Change]) -> list[Change]:
    """Those that were asked for, each once though the history took it from the log, from the oldest on."""
    begin, who = _begin(asked.since), asked.who.casefold()
    once = dict.fromkeys(
        one for one in changes if (begin is None or one.at >= begin) and (not who or who in one.who.casefold())
    )
    return sorted(once, key=lambda one: one.at)


def listing_of(changes: Sequence[Change], catalogue: Catalogue) -> Listing:
    """The changes as a list: local times, sheets and columns by their labels, passwords in addresses hidden."""
    names = short_names(sorted({one.book for one in changes}))
    rows = []
    for one in changes:
        sheet = catalogue.sheets.get(one.sheet)
        column = sheet.by_id.get(one.column) if sheet else None
        rows.append(
            (
                one.at.astimezone().replace(tzinfo=None),
                one.who,
                one.command,
                names[one.book],
                sheet.label if sheet else one.sheet,
                one.key,
                column.label if column else one.column,
                without_passwords(one.old),
                without_passwords(one.new),
            )
        )
    return Listing(NAME, ABOUT, _COLUMNS, tuple(rows))


def _lines(listing: Listing) -> Iterable[Text]:
    if not listing.rows:
        yield Text("没有符合条件的变更记录。", "There is no change that fits.")
        return
    both = (table(listing, language, last=ROWS_SHOWN) for language in ("zh", "en"))
    yield from (Text(zh, en) for zh, en in zip(*both, strict=True))
    if len(listing.rows) > ROWS_SHOWN:
        rest = len(listing.rows) - ROWS_SHOWN
        yield Text(
            f"…… 此前还有 {rest} 条，见 --format json、csv 或 xlsx。",
            f"... and {rest} earlier ones: see --format json, csv or xlsx.",
        )


def _csv(listing: Listing, language: Language, *, mark: bool) -> bytes:
    from automation.exchange.separated_writing import separated  # noqa: PLC0415 - one form of four needs it

    rows = [
        [shown(value, column.kind, language) for value, column in zip(row, listing.columns, strict=True)]
        for row in listing.rows
    ]
    return separated([[column.label.in_(language) for column in listing.columns], *rows], mark=mark)


def _file(asked: Asked, listing: Listing, language: Language) -> Path:
    """The file that was asked for, or one of a fixed name in the folder that was asked for."""
    path = asked.out or Path.cwd()
    if path.suffix.lower() != f".{asked.form}":
        if path.is_file():
            raise UsageError(
                Text(
                    f"{path} 不是 {asked.form} 文件：--out 请写 .{asked.form} 文件或文件夹。",
                    f"{path} is no {asked.form} file: name a file ending in .{asked.form}, or a folder, with --out.",
                )
            )
        make_folder(path)
        path /= f"{NAME.in_(language) if language == 'zh' else 'audit'}.{asked.form}"
    if asked.form == "csv":
        return files.create(path, _csv(listing, language, mark=True), overwrite=True)
    from automation.excel.listing_book import listing_book  # noqa: PLC0415 - XlsxWriter loads only for a workbook

    return files.create(path, listing_book([listing], language, title=NAME), overwrite=True)
