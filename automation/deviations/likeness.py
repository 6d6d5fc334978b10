"""Names of companies that are alike: how names are folded, how like two of them are, and all like pairs of many.

Not here: what is said about a pair (``customer_rules``).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_FORMS = (
    "股份有限公司",
    "有限责任公司",
    "股份公司",
    "有限公司",
    "集团公司",
    "总公司",
    "公司",
    "集团",
)
"""Legal forms at the end of a Chinese name, the longer ones first."""
_WORDS = frozenset(
    (
        "ag",
        "bv",
        "co",
        "company",
        "corp",
        "corporation",
        "gmbh",
        "group",
        "holding",
        "holdings",
        "inc",
        "incorporated",
        "limited",
        "llc",
        "llp",
        "ltd",
        "plc",
        "pte",
        "pty",
        "sa",
        "srl",
    )
)
"""The same at the end of other names, word by word."""
_BRACKET = re.compile(r"(?P<name>.+?)\s*\((?P<remark>[^()]*)\)\s*")
EVERYWHERE = 200
"""From so many names on, a pair of characters in them is taken to be a usual word."""
_NUMERALS = frozenset("一二三四五六七八九十")
_NEARLY = 1e-9


class FoldedName(NamedTuple):
    """A company's name in the forms that are compared.

    ``whole`` is without case, width, spaces and punctuation; ``core`` also without the legal form at its end;
    ``bare`` the core without a remark in brackets after the legal form (``""`` where there is none). ``numbers`` are
    the numerals in it: names that differ in them, such as the first and the second branch, are never alike.
    """

    whole: str
    core: str
    bare: str
    numbers: str


def folded(name: str) -> FoldedName:
    """A company's name as it is compared."""
    text = unicodedata.normalize("NFKC", name).casefold()
    match = _BRACKET.fullmatch(text)
    bare = ""
    if match:
        inner = _core(match["name"])
        bare = inner if inner != _plain(match["name"]) else ""
    whole = _plain(text)
    numbers = "".join(character for character in whole if character.isdigit() or character in _NUMERALS)
    return FoldedName(whole, _core(text), bare, numbers)


def likeness(one: FoldedName, other: FoldedName, least: float = 0.0) -> float:
    """How like two names are, 0 to 1: the best of comparing them whole and without legal forms.

    A remark in brackets counts unless only one of them has it. Two texts are as like as twice their longest common
    subsequence over the sum of their lengths. What cannot be as much as ``least`` may be given as 0.
    """
    if one.numbers != other.numbers:
        return 0.0
    best = max(_similarity(one.whole, other.whole, least), _similarity(one.core, other.core, least))
    if bool(one.bare) != bool(other.bare):
        best = max(best, _similarity(one.bare or one.core, other.bare or other.core, least))
    return best


class LikePair(NamedTuple):
    """A name and the earlier one that is most like it, by their places, with how like they are."""

    place: int
    earlier: int
    likeness: float


def like_pairs(names: Sequence[str], least: float) -> Iterator[LikePair]:
    """For each name that is at least so like an earlier one, the one it is most like; of equally like ones the first.

    ``least`` is above 0 and at most 1. Not every two names are compared: two texts this alike share one of their
    rarest pairs of neighbouring characters (prefix filtering on q-grams: Xiao, Wang and Lin, "Ed-Join", 2008). A pair
    of characters that more than ``EVERYWHERE`` names have tells nothing and is not looked for.
    """
    found = [folded(name) for name in names]
    forms = [tuple(dict.fromkeys(filter(None, (one.whole, one.core, one.bare)))) for one in found]
    grams = [[_grams(text) for text in texts] for texts in forms]
    often = Counter(gram for each in grams for gram in {gram for text in each for gram in text})
    index: dict[tuple[str, tuple[str, int]], list[int]] = defaultdict(list)
    exact: dict[tuple[str, str], int] = {}
    for place, one in enumerate(found):
        keys = {(one.numbers, gram) for text in grams[place] for gram in _rarest(text, often, least)}
        texts = [(one.numbers, text) for text in (one.whole, one.core)]
        same = [exact[text] for text in texts if text in exact]
        candidates = {min(same)} if same else {earlier for key in keys for earlier in index.get(key, ())}
        best = max(((likeness(found[earlier], one, least), -earlier) for earlier in candidates), default=(0.0, 0))
        if best[0] >= least - _NEARLY:
            yield LikePair(place, -best[1], best[0])
        for key in keys:
            index[key].append(place)
        for text in texts:
            exact.setdefault(text, place)


def _grams(text: str) -> list[tuple[str, int]]:
    """The pairs of neighbouring characters of a text, its ends included, each with its number in the text."""
    seen: Counter[str] = Counter()
    grams = []
    for left, right in pairwise(f"^{text}$"):
        seen[left + right] += 1
        grams.append((left + right, seen[left + right]))
    return grams


def _rarest(grams: list[tuple[str, int]], often: Mapping[tuple[str, int], int], least: float) -> list[tuple[str, int]]:
    """Of the pairs of a text the rarest, one more than a text this alike may lack.

    A character left out of a text of n takes two pairs with it, one put in takes one; a likeness of t leaves room
    for D and I of them with D (2 - t) + I t <= 2 n (1 - t).
    """
    room = 2 * (len(grams) - 1) * (1 - least)
    lacking = math.floor(room * max(2 / (2 - least), 1 / least) + _NEARLY)
    wanted = sorted(grams, key=lambda gram: (often[gram], gram))[: lacking + 1]
    return [gram for gram in wanted if often[gram] <= EVERYWHERE]


def _similarity(one: str, other: str, least: float) -> float:
    if one == other:
        return 1.0 if one else 0.0
    together = len(one) + len(other)
    apart = (_letters(one) ^ _letters(other)).bit_count()  # so many characters at least have no partner
    if apart > (1 - least + _NEARLY) * together:
        return 0.0
    return 2 * _common(one, other) / together


@lru_cache(maxsize=8192)
def _letters(text: str) -> int:
    """The characters of a text as bits; different ones may share a bit."""
    bits = 0
    for character in text:
        bits |= 1 << ord(character) % 127
    return bits


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence, in bits (Hyyrö, "Bit-parallel LCS-length computation", 2004)."""
    places: dict[str, int] = defaultdict(int)
    for number, character in enumerate(one):
        places[character] |= 1 << number
    everything = (1 << len(one)) - 1
    row = everything
    for character in other:
        matches = row & places.get(character, 0)
        row = ((row + matches) | (row - matches)) & everything
    return len(one) - row.bit_count()


def _core(text: str) -> str:
    """A folded name without the legal form at its end, but never without anything."""
    words = re.findall(r"\w+", text)
    while len(words) > 1 and words[-1] in _WORDS:
        words.pop()
    core = "".join(words).replace("_", "")
    stripped = next((core.removesuffix(form) for form in _FORMS if core.endswith(form)), core)
    return stripped or core


def _plain(text: str) -> str:
    return "".join(character for character in text if character.isalnum())
