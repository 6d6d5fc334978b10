"""The door ``trend``: how workbooks went over time, as a table, as pictures, as a workbook with charts.

Not here: what the history holds (``store.history``), the figures (``commands.trending``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.errors import UsageError
from automation.base.filenames import safe_file_name
from automation.base.findings import Text
from automation.commands import trend_tables
from automation.commands.trending import by_project, by_week, charts, findings_chart, since, together
from automation.front.history.books import inside, short_names
from automation.front.history.place import notices, opened, place
from automation.front.outcomes import make_folder
from automation.front.output import Result
from automation.model.listing import table
from automation.model.trends import BookTrend
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from automation.base.findings import Language
    from automation.front.session import Common
    from automation.model.charts.chart import Chart
    from automation.model.trends import Moved
    from automation.store.history import History

ROWS_SHOWN = 14
"""The last so many days and status dates are listed in text; JSON has all."""
BOOKS_SHOWN = 20
"""So many workbooks are listed one by one in text; JSON has all."""
TITLE = Text("项目走势", "How projects went")
_ALL = Text("全部工作簿", "All workbooks")


class Asked(NamedTuple):
    """What to tell: of which workbooks (``None``: all), from which day on, by week or day, and what to make of it."""

    place: Path | None = None
    since: date | None = None
    weekly: bool = False
    pictures: Path | None = None
    sheet: Path | None = None


def trend(asked: Asked, common: Common) -> Result:
    """How the workbooks went that the history knows. Raises UsageError when it knows none there."""
    history = opened(common.config)
    _, findings = place(common.config)
    try:
        books = inside(history.books(), asked.place)
        if not books and asked.place is not None:
            raise _unknown(asked.place, history)
        trends = [_of(history, book, asked) for book in books]
    finally:
        history.close()
    trends = [one for one in trends if one.days or one.points]
    language = common.language or "zh"
    made = () if common.dry_run else tuple(_made(asked, trends, language))
    return Result(
        command="trend",
        book=str(asked.place) if asked.place else history.place,
        exit=0,
        findings=findings,
        notices=notices(findings),
        documents=made,
        lines=tuple(_lines(asked, trends)) or (Text("还没有历史记录。", "There is no history yet."),),
        body={"books": [_value(asked, one, language) for one in trends]},
        language=language,
    )


def _of(history: History, book: str, asked: Asked) -> BookTrend:
    whole = BookTrend(book, tuple(history.moved(book)), tuple(history.trend(book)), tuple(history.milestones(book)))
    return since(whole, asked.since)


def _unknown(place: Path, history: History) -> UsageError:
    return UsageError(
        Text(
            f"历史记录（{history.place}）里没有 {place} 的运行记录：批处理（batch run）检查过的工作簿才有。",
            f"The history ({history.place}) has no run over {place}: it knows the workbooks that batches (batch run) checked.",
        ),
        code="NO_HISTORY",
    )


def _spans(asked: Asked, days: Sequence[Moved]) -> tuple[Moved, ...]:
    return by_week(days) if asked.weekly else tuple(days)


def _value(asked: Asked, one: BookTrend, language: Language) -> dict[str, Any]:
    """A workbook's history for programs."""
    return {
        "book": one.book,
        "findings": [day._asdict() for day in _spans(asked, one.days)],
        "projects": [
            {
                "project_id": key,
                "name": points[-1].name.in_(language),
                "points": [
                    {
                        name: value
                        for name, value in point._asdict().items()
                        if name not in {"name", "customer", "project_id"}
                    }
                    for point in points
                ],
            }
            for key, points in by_project(one).items()
        ],
        "milestones": [{**stone._asdict(), "name": stone.name.in_(language)} for stone in one.milestones],
    }


def _lines(asked: Asked, trends: Sequence[BookTrend]) -> Iterator[Text]:
    if len(trends) > 1:
        yield Text(f"全部 {len(trends)} 个工作簿", f"All {len(trends)} workbooks")
        yield from _rows(trend_tables.findings_of(_spans(asked, together(trends)), _ALL))
    names = short_names([one.book for one in trends])
    for number, one in enumerate(trends[:BOOKS_SHOWN]):
        if number or len(trends) > 1:
            yield Text("", "")
        yield Text(names[one.book], names[one.book])
        yield from _rows(trend_tables.findings_of(_spans(asked, one.days), _ALL))
        for key, points in by_project(one).items():
            name = points[-1].name
            yield Text(f"  {key} {name.zh}", f"  {key} {name.en or name.zh}")
            yield from _rows(trend_tables.project_of(points, name), trend_tables.IN_TEXT)
    if len(trends) > BOOKS_SHOWN:
        rest = len(trends) - BOOKS_SHOWN
        yield Text(f"…… 还有 {rest} 个工作簿，见 --format json。", f"... and {rest} more workbooks: see --format json.")


def _rows(listing: Any, only: Sequence[str] = ()) -> Iterator[Text]:
    if listing.rows:
        both = (table(listing, language, only=only, last=ROWS_SHOWN) for language in ("zh", "en"))
        yield from (Text(f"  {zh}", f"  {en}") for zh, en in zip(*both, strict=True))


def _made(asked: Asked, trends: Sequence[BookTrend], language: Language) -> Iterator[Path]:
    if asked.sheet is not None:
        yield _sheet(asked, asked.sheet, trends, language)
    if asked.pictures is not None:
        yield from _pictures(asked.pictures, trends, language)


def _sheet(asked: Asked, path: Path, trends: Sequence[BookTrend], language: Language) -> Path:
    from automation.excel.listing_book import listing_book  # noqa: PLC0415 - XlsxWriter loads only for a workbook

    if path.suffix.lower() != ".xlsx":
        raise UsageError(
            Text(f"{path} 应以 .xlsx 结尾。", f"{path} must end in .xlsx."),
            code="NO_XLSX",
        )
    make_folder(path.parent)
    names = short_names([one.book for one in trends])
    lists = trend_tables.sheets(trends, names, lambda days: _spans(asked, days))
    return files.create(path, listing_book(lists, language, title=TITLE), overwrite=True)


def _pictures(folder: Path, trends: Sequence[BookTrend], language: Language) -> Iterator[Path]:
    from automation.word.charts.drawing import pictures  # noqa: PLC0415 - matplotlib loads only for pictures

    make_folder(folder)
    taken: set[str] = set()
    for wanted, chart in _charts(trends, language):
        stem = _free(wanted, taken)
        for number, picture in enumerate(pictures(chart, language, titled=True), start=1):
            name = f"{stem}.png" if number == 1 else f"{stem}_{number}.png"
            yield files.create(folder / name, picture.png, overwrite=True)


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where another picture has it: ``a b.xlsx`` and ``a_b.xlsx`` are called alike."""
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(free.casefold())
    return free


def _charts(trends: Sequence[BookTrend], language: Language) -> Iterator[tuple[str, Chart]]:
    """Each picture with the name of its file: workbook, project, what it shows."""
    if len(trends) > 1:
        whole = Text("全部工作簿_检查结果趋势", "all-workbooks_findings").in_(language)
        yield whole, findings_chart(together(trends))
    names = short_names([one.book for one in trends])
    for one in trends:
        stem = Path(names[one.book]).with_suffix("").as_posix().replace("/", "_")
        for key, name, chart in charts(one, Text(stem, stem)):
            parts = [part for part in (stem, key, name.in_(language)) if part]
            yield safe_file_name("_".join(parts), instead="_").replace(" ", "_"), chart
