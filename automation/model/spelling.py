"""What texts plainly mean: numbers, ids; and texts as they are compared.

Not here: days and moments (``base.days``), whole columns (``model.normalise``) and what is allowed (``checks``).
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.model.tables import CellError, RawValue


SHORT = 64
"""Texts up to this length are remembered folded: labels come again in every workbook."""


def fold(text: str) -> str:
    """A text as compared with labels: compatibility forms unified, case and all white space dropped."""
    return _remembered(text) if len(text) <= SHORT else _folded(text)


def _folded(text: str) -> str:
    folded = "".join(text.casefold().split())
    while not folded.isascii():  # what normalising, folding or dropping a space leaves may be folded again
        again = "".join(unicodedata.normalize("NFKC", folded).casefold().split())
        if again == folded:
            break
        folded = again
    return folded


_remembered = lru_cache(maxsize=8192)(_folded)


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


_SEPARATORS = re.compile(r"[;；,，、\s]+")


def ids_of(text: str) -> tuple[str, ...]:
    """The ids of a cell that lists several, separated by semicolons (commas and line breaks are understood)."""
    return tuple(part for part in _SEPARATORS.split(text) if part)


_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")


def number_of(text: str) -> float | None:
    """The number that a text plainly means (full-width digits, thousands commas), or ``None``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    number = float(plain.replace(",", "")) if _NUMBER.fullmatch(plain) else math.inf
    return number if math.isfinite(number) else None
