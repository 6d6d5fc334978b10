"""Text files of rows (CSV and its relatives) as rows of texts, whatever program wrote them.

Not here: what the columns mean (``commands.importing_rows``).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_ROWS = 200_000
MOST_SIGNS = 100_000
"""Characters of one cell at most; more is no table."""
SEPARATORS = ",;\t|"
LOOKED_AT = 20
"""Lines that tell the separator."""
_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"\xef\xbb\xbf", "utf-8-sig"))


def separated_rows(data: bytes, name: str) -> list[list[str | None]]:
    """The rows of a text file, empty cells ``None``; the separator is the one that parts the first lines alike.

    UTF-8, UTF-16 with its mark, and GB18030 (what Chinese Excel saves as CSV) are understood. Raises UsageError for a file
    that is no text or has no rows, or too many.
    """
    lines = decoded(data, name)
    rows: list[list[str | None]] = []
    try:
        for row in _cells(lines):
            rows.append([cell.strip() or None for cell in row])
            if len(rows) > MOST_ROWS:
                raise UsageError(
                    Text(
                        f"{name} 超过 {MOST_ROWS} 行，请分开导入。", f"{name} has more than {MOST_ROWS} rows: split it."
                    ),
                    code="TOO_LARGE",
                )
    except csv.Error as error:
        raise _no_table(name) from error
    if not any(any(row) for row in rows):
        raise UsageError(Text(f"{name} 是空的。", f"{name} is empty."), code="EMPTY")
    return rows


def decoded(data: bytes, name: str) -> str:
    """The text of a file. Raises UsageError when it is none."""
    for mark, coding in _MARKS:
        if data.startswith(mark):
            return _text(data, coding, name)
    if b"\0" in data[:4096]:
        raise _no_table(name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _text(data, "gb18030", name)


def _text(data: bytes, coding: str, name: str) -> str:
    try:
        return data.decode(coding)
    except UnicodeDecodeError as error:
        raise _no_table(name) from error


def _cells(text: str) -> Iterator[list[str]]:
    separator = _separator([line for line in text.splitlines()[:LOOKED_AT] if line.strip()])
    before = csv.field_size_limit(MOST_SIGNS)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    finally:
        csv.field_size_limit(before)


def _separator(lines: Sequence[str]) -> str:
    """The sign that stands equally often in most of the lines, the oftener the better."""

    def fit(sign: str) -> tuple[int, int, int]:
        often = Counter(number for line in lines if (number := line.count(sign)))
        number, alike = max(often.items(), key=lambda one: (one[1], one[0]), default=(0, 0))
        return alike, number, -SEPARATORS.index(sign)

    return max(SEPARATORS, key=fit)


def _no_table(name: str) -> UsageError:
    return UsageError(
        Text(
            f"{name} 不是文本表格：请另存为 CSV(UTF-8) 或 Excel 工作簿再导入。",
            f"{name} is no table of text: save it as CSV (UTF-8) or as an Excel workbook and import that.",
        ),
        code="NOT_A_TABLE",
    )
