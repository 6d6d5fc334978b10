"""Rows as CSV that every Excel opens and no Excel runs. Not here: reading such files (``separated``)."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

BEGINS_FORMULA = "=+-@＝＋－＠\t\r\n|%"
"""What makes a spreadsheet take a cell for a formula, or for the command of another program, at its beginning."""
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*%?")


def separated(rows: Iterable[Sequence[str]], *, mark: bool = True) -> bytes:
    """The rows in UTF-8, all cells in quotation marks; ``mark`` puts the sign in front by which Excel knows UTF-8.

    A cell that a spreadsheet would run as a formula gets an apostrophe in front, which spreadsheets show as text; numbers
    stay as they are.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig" if mark else "utf-8", "backslashreplace")


def harmless(cell: str) -> str:
    """The text of a cell, with an apostrophe in front where a spreadsheet would run it."""
    begin = cell.lstrip(" \u00a0\u3000\ufeff")
    risky = begin[:1] in BEGINS_FORMULA if begin else False
    return f"'{cell}" if risky and not _NUMBER.fullmatch(cell.strip()) else cell
