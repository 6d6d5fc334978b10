"""The known id that is nearest to one that nobody knows.

Not here: labels of lists (``checks.rows``).
"""

from __future__ import annotations

import difflib
import re
from functools import cached_property
from typing import TYPE_CHECKING

from automation.model.spelling import fold

if TYPE_CHECKING:
    from collections.abc import Collection

COMPARED = 1_000
"""Up to this many ids every one is compared; in larger sheets only spellings of the same id are looked for."""
ASKED = 50
"""How many different unknown ids are compared with all known ones; typing errors are rarely more."""
NEAR = 0.8
"""From this similarity on (0 to 1) an id is named as the nearest."""
_DIGITS = re.compile(r"0*(\d+)$")


class NearestId:
    """Known ids, asked for the one nearest to an unknown id; answers are kept."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._answers: dict[str, tuple[str, bool]] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def of(self, unknown: str) -> tuple[str, bool]:
        """The nearest known id, and whether it is the same but for case, width and zeros.

        ``""`` when none is near, or when two are equally near: naming one of them would be a guess.
        """
        if unknown not in self._answers:
            self._answers[unknown] = self._of(unknown)
        return self._answers[unknown]

    def _of(self, unknown: str) -> tuple[str, bool]:
        same = self._folded.get(_plain(unknown))
        if same:
            return same, True
        if len(self._known) > COMPARED or len(self._answers) >= ASKED:
            return "", False
        near = difflib.get_close_matches(unknown, self._known, 2, NEAR)
        scores = [difflib.SequenceMatcher(None, one, unknown).ratio() for one in near]
        return (near[0], False) if near and len(set(scores)) == len(scores) else ("", False)

    @cached_property
    def _folded(self) -> dict[str, str]:
        """Known ids by their plain spelling; spellings of two ids are left out."""
        folded: dict[str, str] = {}
        for key in self._known:
            plain = _plain(key)
            folded[plain] = "" if plain in folded else key
        return folded


def _plain(text: str) -> str:
    """An id without case, width, spaces and leading zeros of its number: ``req-7`` is ``REQ-007``."""
    return _DIGITS.sub(r"\1", fold(text).replace("_", "-"))
