"""The overview as files: a page, and a workbook with the same lists and native charts. Not here: what is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Text
from automation.commands import overview_lists as lists
from automation.commands.trend_tables import findings_of
from automation.front.outcomes import make_folder
from automation.front.overview.page import page
from automation.front.overview.view import MOST_IN_BOOK
from automation.store import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from automation.base.findings import Language
    from automation.front.overview.view import View
    from automation.model.listing import Listing


def write(folder: Path, view: View, name: str, *, language: Language) -> list[Path]:
    """The page and the workbook of that name in a folder, over earlier ones. Raises AutomationError when one is in use."""
    return [write_page(folder, view, name, language=language), write_book(folder, view, name, language=language)]


def write_page(folder: Path, view: View, name: str, *, language: Language) -> Path:
    """The page alone."""
    make_folder(folder)
    return files.create(folder / f"{name}.html", page(view, language).encode(), overwrite=True)


def write_book(folder: Path, view: View, name: str, *, language: Language) -> Path:
    """The workbook alone; somebody may have the one before open, which the page never is."""
    make_folder(folder)
    return files.create(folder / f"{name}.xlsx", book(view, language, folder), overwrite=True)


def book(view: View, language: Language, folder: Path) -> bytes:
    """The workbook, its links leading from a folder."""
    from automation.excel.listing_book import listing_book  # noqa: PLC0415 - XlsxWriter loads only for a workbook

    return listing_book(list(_sheets(view)), language, title=view.title, beside=folder)


def _sheets(view: View) -> Iterator[Listing]:
    yield lists.books_of(view.runs)
    yield lists.projects_of(view.runs)
    yield lists.schedule_of(view.runs)
    yield lists.milestones_of(view.runs)
    yield lists.findings_of(view.runs, MOST_IN_BOOK)
    if view.clashes:
        yield lists.conflicts_of(view.clashes)
    if view.days:
        yield findings_of(view.days, Text("走势", "Trend"))
