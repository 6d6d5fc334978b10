"""Workbooks of a history by their paths: those of a place, and names to tell them apart by. Not here: reading workbooks."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def inside(books: Iterable[str], place: Path | None) -> list[str]:
    """Those that are the place or lie in it; ``None``: all."""
    if place is None:
        return list(books)
    wanted = place.resolve()
    return [book for book in books if (path := Path(book)) == wanted or wanted in path.parents]


def short_names(books: Sequence[str]) -> dict[str, str]:
    """The workbooks by path with what is left of it below the folder that they share; of one alone its name."""
    if len(books) <= 1:
        return {book: PurePath(book).name for book in books}
    try:
        shared = os.path.commonpath(books)
    except ValueError:  # different drives
        return {book: book for book in books}
    return {book: os.path.relpath(book, shared).replace(os.sep, "/") for book in books}
