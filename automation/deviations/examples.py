"""Docstrings of rules taken apart: statement and reason in both languages, an example that passes, one that fails.

A docstring has a statement and its reason in English, then the same in Chinese (the statement in a line of its
own), a line of the settings read, and the examples after ``Passes::`` and ``Fails::``. An example is indented text:
``status date 2026-06-12``, and for each sheet its identifier, a header of column identifiers and rows of values
parted by ``|``. A row that the rule must report begins with ``>``; words may stand in Chinese and, after ``//``, in
English. Not here: what is made of it (``pages``).
"""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from automation.base.findings import Text

if TYPE_CHECKING:
    from automation.base.rules import Rule

STATUS_DATE = date(2026, 6, 12)
"""The status date of an example that names none."""
MARK = ">"
WORDS_APART = " // "
"""What stands between the Chinese and the English words of one cell."""
_OPTION = re.compile(r"``(\w+)``")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class ExampleTable:
    """Some rows of one sheet as text: ``columns`` are identifiers, ``marked`` the indexes of rows to be reported."""

    sheet: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """The tables of one example and the status date at which it stands."""

    status_date: date
    tables: tuple[ExampleTable, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What the docstring of a rule says."""

    statement: Text
    reason: Text
    options: tuple[str, ...]
    passes: Example
    fails: Example


def described(rule: Rule) -> Description:
    """The docstring of a rule, taken apart. Raises ValueError where a part of it is missing."""
    text = inspect.getdoc(rule.check) or ""
    words, _, examples = text.partition("Passes::")
    passes, _, fails = examples.partition("Fails::")
    paragraphs = [paragraph.strip() for paragraph in words.split("\n\n") if paragraph.strip()]
    options = [paragraph for paragraph in paragraphs if paragraph.startswith("Options:")]
    chinese = [paragraph for paragraph in paragraphs if _CHINESE.match(paragraph)]
    english = [paragraph for paragraph in paragraphs if paragraph not in {*options, *chinese}]
    if not (len(english) > 1 and chinese and fails):
        raise ValueError(f"the docstring of {rule.id} lacks a statement, a reason or an example")
    statement, _, reason = chinese[0].partition("\n")
    return Description(
        statement=Text(statement, " ".join(english[0].split())),
        reason=Text("".join(reason.split("\n")), " ".join(" ".join(english[1:]).split())),
        options=tuple(name for paragraph in options for name in _OPTION.findall(paragraph)),
        passes=example(passes),
        fails=example(fails),
    )


def example(text: str) -> Example:
    """The example of a text. Raises ValueError where a row has not as many cells as its header."""
    status_date = STATUS_DATE
    tables: list[ExampleTable] = []
    sheet, header = "", None
    rows: list[tuple[str, ...]] = []
    marked: list[int] = []
    for line in (*filter(None, map(str.strip, text.splitlines())), ""):
        cells = tuple(cell.strip() for cell in line.removeprefix(MARK).split("|"))
        if line.startswith("status date"):
            status_date = date.fromisoformat(line.split()[-1])
        elif len(cells) == 1 and "|" not in line:
            if header is not None:
                tables.append(ExampleTable(sheet, header, tuple(rows), tuple(marked)))
            sheet, header, rows, marked = line, None, [], []
        elif header is None:
            header = cells
        elif len(cells) != len(header):
            raise ValueError(f"a row of {sheet} has {len(cells)} cells for {len(header)} columns: {line}")
        else:
            if line.startswith(MARK):
                marked.append(len(rows))
            rows.append(cells)
    return Example(status_date, tuple(tables))
