"""The known id that is nearest to one that nobody knows, and ids as they should be spelt.

Not here: labels of lists (``checks.rows``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.model.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

COMPARED = 1_000
"""Up to this many ids every one is compared; in larger sheets only spellings of the same id are looked for."""
ASKED = 50
"""How many different unknown ids are compared with all known ones; typing errors are rarely more."""
NEAR = 0.8
"""From this similarity on (0 to 1) an id is named as the nearest."""
_DIGITS = re.compile(r"0*(\d+)$")


class Titles(NamedTuple):
    """The titles of a sheet's rows (``None`` for empty) and the keys of the same rows."""

    titles: Sequence[Any]
    keys: Sequence[str]


class NearestId:
    """Known ids, asked for the one nearest to an unknown id; answers are kept.

    Only ids that match ``form`` (a regular expression; empty: any) are ever named. ``titles`` are the titles of the
    rows, because people type names where an id belongs.
    """

    def __init__(self, known: Collection[str], form: str = "", titles: Titles | None = None) -> None:
        self._known = known
        self._form = re.compile(form)
        self._titles = titles
        self._answers: dict[str, tuple[str, bool]] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def of(self, unknown: str) -> tuple[str, bool]:
        """The nearest known id, and whether nothing else can be meant.

        That is so for an id that is the same but for case, width and zeros, and for the title of exactly one row.
        ``""`` when none is near, or when two are equally near: naming one of them would be a guess.
        """
        if unknown not in self._answers:
            self._answers[unknown] = self._of(unknown)
        return self._answers[unknown]

    def misspelt(self, unknown: str) -> tuple[str, str]:
        """The known id that is the unknown one in a malformed spelling, and how it should be spelt; else ``""`` twice.

        The unknown id may be right; then it is the row that has to be corrected.
        """
        found = self._malformed.get(_plain(unknown), "")
        right = next((one for one in (unknown, tidy_id(found)) if self._form.search(one)), "")
        return (found, right) if found and right else ("", "")

    def _of(self, unknown: str) -> tuple[str, bool]:
        same = self._folded.get(_plain(unknown)) or self._titled.get(fold(unknown))
        if same:
            return same, True
        if len(self._known) > COMPARED or len(self._answers) >= ASKED:
            return "", False
        import difflib  # noqa: PLC0415 - only what is misspelt waits for it

        near = difflib.get_close_matches(unknown, self._formed, 2, NEAR)
        scores = [difflib.SequenceMatcher(None, one, unknown).ratio() for one in near]
        return (near[0], False) if near and len(set(scores)) == len(scores) else ("", False)

    @cached_property
    def _formed(self) -> list[str]:
        """Known ids that are spelt as they should be."""
        return [key for key in self._known if self._form.search(key)]

    @cached_property
    def _folded(self) -> Mapping[str, str]:
        return _by_plain(self._formed)

    @cached_property
    def _malformed(self) -> Mapping[str, str]:
        return _by_plain(key for key in self._known if not self._form.search(key))

    @cached_property
    def _titled(self) -> Mapping[str, str]:
        """Ids by the folded title of their row, titles of several rows left out."""
        if self._titles is None:
            return {}
        titles = [fold(str(title)) if title is not None else "" for title in self._titles.titles]
        number = Counter(titles)
        formed = set(self._formed)
        pairs = zip(titles, self._titles.keys, strict=True)
        return {title: key for title, key in pairs if title and number[title] == 1 and key in formed}


def tidy_id(text: str) -> str:
    """An id in half-width capital letters without spaces: ``req- 021`` becomes ``REQ-021``."""
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def tidy_ids(keys: Iterable[str | None], form: str) -> Mapping[str, str]:
    """The right spelling of each malformed key that differs from the form only in case, width or spaces.

    Keys whose right spelling stands in another row already, or is that of two of them, are left out.
    """
    matches = re.compile(form).search
    present = {key for key in keys if key is not None}
    tidied = {key: tidy_id(key) for key in present if not matches(key)}
    number = Counter(tidied.values())
    return {key: tidy for key, tidy in tidied.items() if matches(tidy) and tidy not in present and number[tidy] == 1}


def _by_plain(keys: Iterable[str]) -> Mapping[str, str]:
    """Ids by their plain spelling; the spelling of two ids leads to none."""
    found: dict[str, str] = {}
    for key in keys:
        plain = _plain(key)
        found[plain] = "" if plain in found else key
    return found


def _plain(text: str) -> str:
    """An id without case, width, spaces and leading zeros of its number: ``req-7`` is ``REQ-007``."""
    return _DIGITS.sub(r"\1", fold(text).replace("_", "-"))
