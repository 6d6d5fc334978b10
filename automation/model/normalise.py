"""Cells into values, a column at a time: model value, JSON value and what to propose where the cell is odd.

Not here: what a text means (``model.spelling``), whether a value is allowed (``checks.rows``), and the messages.
"""

from __future__ import annotations

import math
import unicodedata
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.days import date_of, datetime_of, is_plausible
from automation.model.spelling import as_text, fold, ids_of, number_of
from automation.model.tables import CellError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from automation.base.findings import Language
    from automation.schema.catalogue import Column, ValueList

Cell = Any  # RawValue | CellError; the loops below look at the exact type

OTHER_LANGUAGE = "other_language"
STRAY_SPACES = "stray_spaces"
FULL_WIDTH = "full_width"
NEAR_MATCH = "near_match"
TEXT_IS_DATE = "text_is_date"
TEXT_IS_NUMBER = "text_is_number"
IMPLAUSIBLE_DATE = "implausible_date"
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
    if column.kind == "date":
        return _moments(cells, _as_date, date_of, first_year=column.first_year)
    if column.kind == "dt":
        return _moments(cells, _as_datetime, datetime_of, first_year=column.first_year)
    return _CONVERTERS[column.kind](cells)


_EMPTY = type(None)
_TEXTS: frozenset[type] = frozenset({str, _EMPTY})
_FIGURES: frozenset[type] = frozenset({float, int, _EMPTY})
_DAYS: frozenset[type] = frozenset({date, datetime, _EMPTY})


def _parted(cells: Sequence[Cell], plain: frozenset[type]) -> tuple[list[Any], list[int]]:
    """The cells with everything that is not of a plain type emptied, and the indices of what was emptied.

    A whole column is judged by the set of its types first: nearly always that is all there is to do.
    """
    values = list(cells)
    if plain.issuperset(map(type, cells)):
        return values, []
    odd = [index for index, cell in enumerate(cells) if type(cell) not in plain]
    for index in odd:
        values[index] = None
    return values, odd


def _mapped(values: list[Any], make: Callable[[Any], Any]) -> list[Any]:
    """Each value converted, each distinct one only once; ``None`` stays ``None``."""
    made = {value: make(value) for value in set(values) if value is not None}
    return list(map(made.get, values))


def _enum(cells: Sequence[Cell], known: Lookup) -> ColumnValues:
    exact = known.exact
    model: list[Any] = list(map(exact.get, cells))
    strange = {cell for cell in set(cells) if cell is not None and cell not in exact}
    if not strange:
        return ColumnValues(model, model, [], [])
    odd = [index for index, cell in enumerate(cells) if cell in strange]
    json = model.copy()
    soft: list[Note] = []
    hard: list[Note] = []
    for index in odd:
        cell = cells[index]
        text = as_text(cell)
        code = known.folded.get(fold(text))
        if type(cell) is CellError:
            hard.append(Note(index, ERROR_VALUE, text, None))
        elif code is not None:
            model[index] = json[index] = code
            soft.append(Note(index, _oddity(text, known.labels[code]), text, known.labels[code]))
        else:
            json[index] = text.strip() or None
    return ColumnValues(model, json, soft, hard)


def _oddity(text: str, label: str) -> str:
    """How a text that means a label differs from it."""
    if text.strip() == label:
        return STRAY_SPACES
    if fold(text) != fold(label):
        return OTHER_LANGUAGE
    return NEAR_MATCH if text.isascii() else FULL_WIDTH


def _text(cells: Sequence[Cell]) -> ColumnValues:
    plain, odd = _parted(cells, _TEXTS)
    stripped = _stripped(plain)
    soft = [] if stripped == plain else _differences(plain, stripped)
    values: list[Any] = [text or None for text in stripped] if "" in stripped else stripped
    return ColumnValues(values, values, soft, _as_texts(cells, odd, values))


def _narrow(cells: Sequence[Cell]) -> ColumnValues:
    """Columns of ids, where full-width letters are never meant."""
    plain, odd = _parted(cells, _TEXTS)
    narrow = _stripped(plain)
    if not "".join(filter(None, narrow)).isascii():
        narrow = [unicodedata.normalize("NFKC", text).strip() if text else text for text in narrow]
    soft = [] if narrow == plain else _differences(plain, narrow)
    values: list[Any] = [text or None for text in narrow] if "" in narrow else narrow
    return ColumnValues(values, values, soft, _as_texts(cells, odd, values))


def _stripped(texts: list[Any]) -> list[Any]:
    if None in texts:
        return [text.strip() if text else text for text in texts]
    return list(map(str.strip, texts))


def _differences(found: list[Any], tidy: list[Any]) -> list[Note]:
    return [
        Note(index, STRAY_SPACES if text == cell.strip() else FULL_WIDTH, cell, text)
        for index, (cell, text) in enumerate(zip(found, tidy, strict=True))
        if text and text != cell
    ]


def _as_texts(cells: Sequence[Cell], odd: list[int], values: list[Any]) -> list[Note]:
    """Numbers, dates and booleans among texts are put in as the text that a user sees; error values are noted."""
    hard: list[Note] = []
    for index in odd:
        cell = cells[index]
        if type(cell) is CellError:
            hard.append(Note(index, ERROR_VALUE, str(cell), None))
        else:
            values[index] = as_text(cell)
    return hard


def _many(cells: Sequence[Cell]) -> ColumnValues:
    texts = _narrow(cells)
    model = _mapped(texts.model, ids_of)
    json = _mapped(texts.model, lambda text: ";".join(ids_of(text)) or None)
    noted = {note.at for note in texts.soft}
    soft = [
        Note(index, STRAY_SPACES, text, tidy)
        for index, (text, tidy) in enumerate(zip(texts.model, json, strict=True))
        if text != tidy and tidy is not None and index not in noted and text.rstrip(";") != tidy
    ]
    tidied = [note._replace(proposal=json[note.at]) if json[note.at] else note for note in texts.soft]
    return ColumnValues([ids or () for ids in model], json, tidied + soft, texts.hard)


def _numbers(cells: Sequence[Cell], make: Callable[[float], Any]) -> ColumnValues:
    json, odd = _parted(cells, _FIGURES)
    model = json.copy() if make is _same else _mapped(json, make)
    hard: list[Note] = []
    for index in odd:
        cell = cells[index]
        text = as_text(cell).strip()
        if type(cell) is CellError:
            hard.append(Note(index, ERROR_VALUE, text, None))
            continue
        proposal = number_of(text) if type(cell) is str else None
        if proposal is not None:
            hard.append(Note(index, TEXT_IS_NUMBER, text, int(proposal) if proposal.is_integer() else proposal))
        json[index] = text or None
    return ColumnValues(model, json, [], hard)


def _whole(value: float) -> int | None:
    return int(value) if math.isfinite(value) and value == int(value) else None


def _same(value: float) -> float:
    return value


_CENT = Decimal("0.01")


def _money(value: float) -> Decimal | None:
    """Two decimals, halves away from zero as Excel rounds; sums too large for cents stay as they are."""
    amount = Decimal(repr(value))
    if not amount.is_finite():
        return None
    return amount.quantize(_CENT, ROUND_HALF_UP) if abs(value) < _LARGEST_AMOUNT else amount


_LARGEST_AMOUNT = 1e18


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
    cells: Sequence[Cell],
    make: Callable[[date], date | None],
    parse: Callable[[str], date | None],
    *,
    first_year: int,
) -> ColumnValues:
    """Days or moments; one that no project can mean is kept for the schema only and counts as unreadable."""
    plain, odd = _parted(cells, _DAYS)
    model = _mapped(plain, make)
    json = _mapped(model, _json)
    hard: list[Note] = []
    strange = {day for day in set(model) if day is not None and not is_plausible(day, first_year)}
    if strange:
        hard += [Note(at, IMPLAUSIBLE_DATE, json[at], None) for at, day in enumerate(model) if day in strange]
        model = [None if day in strange else day for day in model]
    for index in odd:
        cell = cells[index]
        text = as_text(cell).strip()
        if type(cell) is CellError:
            hard.append(Note(index, ERROR_VALUE, text, None))
            continue
        if text:
            day = parse(text)
            is_meant = day is not None and is_plausible(day, first_year)
            hard.append(Note(index, TEXT_IS_DATE, text, day if is_meant else None))
        json[index] = text or None
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
}
