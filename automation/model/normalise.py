"""Cells into values, a column at a time: model value, JSON value and what to propose where the cell is odd.

Not here: the judgement whether a value is allowed (``checks.rows``), and the messages.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from automation.base.findings import Language
    from automation.model.tables import RawValue
    from automation.schema.catalogue import Column, ValueList

Cell = Any  # RawValue | CellError; the loops below look at the exact type

OTHER_LANGUAGE = "other_language"
STRAY_SPACES = "stray_spaces"
FULL_WIDTH = "full_width"
TEXT_IS_DATE = "text_is_date"
TEXT_IS_NUMBER = "text_is_number"
ERROR_VALUE = "error_value"


class Note(NamedTuple):
    """An odd cell: index of its row, what is odd, what stands there, what a repair would write (``None``: nothing)."""

    at: int
    kind: str
    found: str
    proposal: Any


class ColumnValues(NamedTuple):
    """A converted column; ``model`` and ``json`` have one entry a row, ``None`` for an empty cell.

    Where a cell cannot be read as its kind, ``model`` holds ``None`` and ``json`` what stands there, so that the
    row's schema finds it. ``soft`` notes are usable values, ``hard`` ones are not.
    """

    model: list[Any]
    json: list[Any]
    soft: list[Note]
    hard: list[Note]


def fold(text: str) -> str:
    """A text as compared with labels: compatibility forms unified, case and all white space dropped."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


class Lookup(NamedTuple):
    """How the texts of one list are understood: exact labels of the language first, then everything else."""

    exact: Mapping[str, str]
    folded: Mapping[str, str]
    labels: Mapping[str, str]


def lookup(values: ValueList, language: Language) -> Lookup:
    """The lookup of a list for a workbook in that language."""
    folded: dict[str, str] = {}
    for value in values.values:
        for text in (value.label.in_(language), value.code, value.label.zh, value.label.en):
            folded.setdefault(fold(text), value.code)
    labels = {value.code: value.label.in_(language) for value in values.values}
    return Lookup({label: code for code, label in labels.items()}, folded, labels)


def convert(column: Column, cells: Sequence[Cell], known: Lookup | None) -> ColumnValues:
    """The values of one column; ``known`` is the lookup of its list, if it has one."""
    if known is not None:
        return _enum(cells, known)
    return _CONVERTERS[column.kind](cells)


def _enum(cells: Sequence[Cell], known: Lookup) -> ColumnValues:
    model: list[Any] = []
    json: list[Any] = []
    soft: list[Note] = []
    hard: list[Note] = []
    exact, folded, labels = known
    for index, cell in enumerate(cells):
        code = exact.get(cell) if type(cell) is str else None
        if code is None and cell is not None:
            text = as_text(cell)
            code = folded.get(fold(text)) if text else None
            if type(cell) is CellError:
                hard.append(Note(index, ERROR_VALUE, str(cell), None))
            elif code is not None:
                kind = STRAY_SPACES if text.strip() == labels[code] else OTHER_LANGUAGE
                soft.append(Note(index, kind, text, labels[code]))
            else:
                model.append(None)
                json.append(text or None)
                continue
        model.append(code)
        json.append(code)
    return ColumnValues(model, json, soft, hard)


def as_text(cell: RawValue | CellError) -> str:
    """A cell as the text that a user sees: whole numbers without a decimal point, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="minutes")
    return str(cell)


def _text(cells: Sequence[Cell], *, narrow: bool = False) -> ColumnValues:
    """Text columns; ``narrow`` ones hold ids, where full-width letters are never meant."""
    values: list[Any] = []
    soft: list[Note] = []
    hard: list[Note] = []
    for index, cell in enumerate(cells):
        if type(cell) is str:
            text = cell.strip()
            if narrow and not text.isascii():
                text = unicodedata.normalize("NFKC", text).strip()
            if text != cell and text:
                soft.append(Note(index, STRAY_SPACES if text == cell.strip() else FULL_WIDTH, cell, text))
            values.append(text or None)
        elif cell is None:
            values.append(None)
        elif type(cell) is CellError:
            hard.append(Note(index, ERROR_VALUE, str(cell), None))
            values.append(None)
        else:
            values.append(as_text(cell))
    return ColumnValues(values, values, soft, hard)


def _narrow(cells: Sequence[Cell]) -> ColumnValues:
    return _text(cells, narrow=True)


_SEPARATORS = re.compile(r"[;;,,、\s]+")


def ids_of(text: str) -> tuple[str, ...]:
    """The ids of a cell that lists several, separated by semicolons (commas and line breaks are understood)."""
    return tuple(part for part in _SEPARATORS.split(text) if part)


def _many(cells: Sequence[Cell]) -> ColumnValues:
    texts = _narrow(cells)
    ids = [ids_of(text) if text else () for text in texts.model]
    soft = list(texts.soft)
    noted = {note.at for note in soft}
    for index, (text, parts) in enumerate(zip(texts.model, ids, strict=True)):
        if text and index not in noted and ";".join(parts) != text.rstrip(";"):
            soft.append(Note(index, STRAY_SPACES, text, ";".join(parts)))
    return ColumnValues(ids, [";".join(parts) or None for parts in ids], soft, texts.hard)


_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def number_of(text: str) -> float | None:
    """The number that a text plainly means (full-width digits, thousands commas), or ``None``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return float(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else None


def _numbers(cells: Sequence[Cell], make: Callable[[float], Any]) -> ColumnValues:
    model: list[Any] = []
    json: list[Any] = []
    hard: list[Note] = []
    for index, cell in enumerate(cells):
        kind = type(cell)
        if kind is float or kind is int:
            model.append(make(cell))
            json.append(cell)
        elif cell is None or (kind is str and not cell.strip()):
            model.append(None)
            json.append(None)
        elif kind is CellError:
            hard.append(Note(index, ERROR_VALUE, str(cell), None))
            model.append(None)
            json.append(None)
        else:
            text = as_text(cell)
            proposal = number_of(text) if kind is str else None
            if proposal is not None:
                whole = int(proposal) if proposal.is_integer() else proposal
                hard.append(Note(index, TEXT_IS_NUMBER, text, whole))
            model.append(None)
            json.append(text)
    return ColumnValues(model, json, [], hard)


def _whole(value: float) -> int | None:
    return int(value) if value == int(value) else None


def _same(value: float) -> float:
    return value


def _money(value: float) -> Decimal:
    return Decimal(repr(value) if isinstance(value, float) else value).quantize(Decimal("0.01"))


_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
_TIME = re.compile(r"(\d{1,2})\s*[::时]\s*(\d{1,2})(?:\s*[::分]\s*(\d{1,2}))?\s*[分秒]?")


def date_of(text: str) -> date | None:
    """The day that a text plainly means, such as ``2026.6.12``, ``2026年6月12日`` or ``20260612``; else ``None``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    match = _DATE.fullmatch(plain) or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", plain)
    return _day(match) if match else None


def datetime_of(text: str) -> datetime | None:
    """The moment that a text plainly means, such as ``2026-06-08 9:10``; a day alone is its midnight."""
    plain = unicodedata.normalize("NFKC", text).strip().replace("T", " ")
    match = _DATE.match(plain)
    day = _day(match) if match else None
    if match is None or day is None:
        return None
    rest = plain[match.end() :].strip()
    if not rest:
        return datetime.combine(day, time())
    clock = _TIME.fullmatch(rest)
    if clock is None:
        return None
    hour, minute, second = (int(part or 0) for part in clock.groups())
    if hour > 23 or minute > 59 or second > 59:  # noqa: PLR2004 - the limits of a clock
        return None
    return datetime.combine(day, time(hour, minute, second))


def _day(match: re.Match[str]) -> date | None:
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def _dates(cells: Sequence[Cell]) -> ColumnValues:
    return _moments(cells, _as_date, date_of)


def _datetimes(cells: Sequence[Cell]) -> ColumnValues:
    return _moments(cells, _as_datetime, datetime_of)


def _json(value: date | None) -> str | None:
    """ISO 8601 as JSON Schema's formats want it: a day, or a moment with a zone (ours is local and not compared)."""
    if value is None:
        return None
    return f"{value.isoformat()}Z" if isinstance(value, datetime) else value.isoformat()


def _as_date(cell: date) -> date | None:
    if type(cell) is date:
        return cell
    return cell.date() if isinstance(cell, datetime) else None


def _as_datetime(cell: date) -> datetime | None:
    return cell if isinstance(cell, datetime) else datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - local time


def _moments(
    cells: Sequence[Cell], make: Callable[[date], date | None], parse: Callable[[str], date | None]
) -> ColumnValues:
    model: list[Any] = []
    json: list[Any] = []
    hard: list[Note] = []
    for index, cell in enumerate(cells):
        if cell is None or (type(cell) is str and not cell.strip()):
            model.append(None)
            json.append(None)
        elif isinstance(cell, date):
            value = make(cell)
            model.append(value)
            json.append(_json(value))
        elif type(cell) is CellError:
            hard.append(Note(index, ERROR_VALUE, str(cell), None))
            model.append(None)
            json.append(None)
        else:
            text = as_text(cell)
            proposal = parse(text)
            if proposal is not None:
                hard.append(Note(index, TEXT_IS_DATE, text, proposal))
            model.append(None)
            json.append(text)
    return ColumnValues(model, json, [], hard)


_CONVERTERS: dict[str, Callable[[Sequence[Cell]], ColumnValues]] = {
    "id": _narrow,
    "ref": _narrow,
    "mref": _many,
    "text": _text,
    "long": _text,
    "enum": _text,
    "int": lambda cells: _numbers(cells, _whole),
    "num": lambda cells: _numbers(cells, _same),
    "pct": lambda cells: _numbers(cells, _same),
    "money": lambda cells: _numbers(cells, _money),
    "date": _dates,
    "dt": _datetimes,
}
