"""Rows of two versions of a sheet: which belong together, by key and never by position, and how they differ.

Rows that share a key are told apart by their content. Not here: sheets and columns (``commands.differences``).
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from automation.base.findings import Text
from automation.commands.difference_views import DIGITS, SHEET

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from automation.commands.difference_views import Heading, Key, View
    from automation.schema.catalogue import Catalogue

LARGEST_SEARCH = 10_000
"""Pairs of rows with the same key that are compared in search of the most similar; beyond, the order decides."""

ALIKE = 0.5
"""Share of equal cells from which on two rows without a key are taken for the same row."""

Pair = tuple[int | None, int | None]


class CellChange(NamedTuple):
    """A cell of a row: its value before and after, codes for list values, ``None`` for empty.

    ``kind`` is ``value``, ``written`` (the same value spelt differently; then ``old`` and ``new`` are the spellings)
    or ``column`` (only one of the workbooks has the column). ``places`` are the addresses before and after, ``""``
    where there is none.
    """

    heading: Heading
    kind: Literal["value", "written", "column"]
    old: Any
    new: Any
    places: tuple[str, str]


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that was added, removed or changed; of an added or removed row all filled cells are in ``cells``.

    ``key`` holds its identifying values, codes for list values, joined by ``/``; ``""`` when it has none; ``name``
    is the same with labels. ``numbers`` are its row numbers in Excel before and after, ``None`` where it is not
    there. ``is_repeated`` says that other rows carry the same key.
    """

    change: Literal["added", "removed", "changed"]
    key: str
    name: Text
    title: str
    numbers: tuple[int | None, int | None]
    cells: tuple[CellChange, ...]
    is_repeated: bool = False

    def count(self, kind: str) -> int:
        """How many of its cells changed in that way."""
        return sum(cell.kind == kind for cell in self.cells)


def row_changes(old: View, new: View, catalogue: Catalogue) -> tuple[RowChange, ...]:
    """The rows that differ, in the order of the new workbook; removed ones follow."""
    headings = {**old.headings, **new.headings}
    both = [name for name in headings if name in old.headings and name in new.headings]
    single = [name for name in headings if name not in old.headings or name not in new.headings]
    identity = [name for name in old.identity if name in new.identity]
    keys = (old.keys(identity), new.keys(identity))
    pairs, repeated = _paired(old, new, keys, both)
    same = _same_rows(old, new, both)
    changes = []
    for before, after in pairs:
        if before is not None and after is not None and not single and same(before, after):
            continue
        cells = tuple(_cells(old, new, (before, after), headings))
        if cells:
            view, index = (new, after) if after is not None else (old, before)
            assert index is not None
            changes.append(
                RowChange(
                    change="added" if before is None else "removed" if after is None else "changed",
                    key="/".join(plain(view.values[name][index]) for name in _filled(view, index)),
                    name=_name(view, index, catalogue),
                    title=_title(view, index),
                    numbers=(_number(old, before), _number(new, after)),
                    cells=cells,
                    is_repeated=keys[view is new][index] in repeated,
                )
            )
    return tuple(changes)


def _same_rows(old: View, new: View, names: Sequence[str]) -> Callable[[int, int], bool]:
    """A quick test of two rows by index: the same values, and the same in every cell as read."""
    before, after = (list(zip(*(view.compared[name] for name in names), strict=True)) for view in (old, new))
    read, seen = (list(zip(*(view.cells[name] for name in names), strict=True)) for view in (old, new))

    def same(first: int, second: int) -> bool:
        return not names or (before[first] == after[second] and read[first] == seen[second])

    return same


def _paired(
    old: View, new: View, keys: tuple[list[Key], list[Key]], both: Sequence[str]
) -> tuple[list[Pair], set[Key]]:
    """Pairs of row indices in the new order, removed rows last; and the keys that several rows carry."""
    groups: defaultdict[Key, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for side, rows in enumerate(keys):
        for index, key in enumerate(rows):
            groups[key][side].append(index)
    partner: dict[int, int] = {}
    repeated: set[Key] = set()
    for key, (before, after) in groups.items():
        if max(len(before), len(after)) > 1:
            repeated.add(key)
        if key and len(before) == len(after) == 1:
            partner[after[0]] = before[0]
        elif before and after:
            partner.update(_matched(old, new, (before, after), both, least=0.0 if key else ALIKE))
    kept = set(partner.values())
    pairs: list[Pair] = [(partner.get(index), index) for index in range(len(new))]
    return pairs + [(index, None) for index in range(len(old)) if index not in kept], repeated


def _matched(
    old: View, new: View, groups: tuple[list[int], list[int]], names: Sequence[str], *, least: float
) -> dict[int, int]:
    """New to old index of rows that share a key: equal ones first, then the most similar, in order where equal."""
    waiting: defaultdict[Any, deque[int]] = defaultdict(deque)
    for index in groups[0]:
        waiting[_content(old, index, names)].append(index)
    found: dict[int, int] = {}
    for index in groups[1]:
        alike = waiting.get(_content(new, index, names))
        if alike:
            found[index] = alike.popleft()
    taken = set(found.values())
    before = [index for index in groups[0] if index not in taken]
    after = [index for index in groups[1] if index not in found]
    candidates = (
        [(first, second) for first in before for second in after]
        if len(before) * len(after) <= LARGEST_SEARCH
        else list(zip(before, after, strict=False))
    )
    ranked = sorted(
        ((_likeness(old, new, pair, names), -pair[0], -pair[1]) for pair in candidates),
        reverse=True,
    )
    for likeness, first, second in ranked:
        if likeness >= least and -first not in taken and -second not in found:
            found[-second] = -first
            taken.add(-first)
    return found


def _content(view: View, index: int, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple(view.compared[name][index] for name in names)


def _likeness(old: View, new: View, pair: tuple[int, int], names: Sequence[str]) -> float:
    """The share of equal cells among those that are filled in one of two rows."""
    cells = [(old.compared[name][pair[0]], new.compared[name][pair[1]]) for name in names]
    filled = [(first, second) for first, second in cells if first is not None or second is not None]
    return sum(first == second for first, second in filled) / len(filled) if filled else 0.0


def _cells(old: View, new: View, pair: Pair, headings: dict[str, Heading]) -> Iterator[CellChange]:
    first, second = pair
    for name, heading in headings.items():
        in_old, in_new = first is not None and name in old.headings, second is not None and name in new.headings
        before = old.values[name][first] if first is not None and in_old else None
        after = new.values[name][second] if second is not None and in_new else None
        places = (
            old.address(name, first) if first is not None else "",
            new.address(name, second) if second is not None else "",
        )
        if before is None and after is None:
            continue
        if first is None or second is None:
            yield CellChange(heading, "value", before, after, places)
        elif not (in_old and in_new):
            yield CellChange(heading, "column", before, after, places)
        elif old.compared[name][first] != new.compared[name][second]:
            yield CellChange(heading, "value", before, after, places)
        elif old.written(name, first) != new.written(name, second):
            yield CellChange(heading, "written", old.cells[name][first], new.cells[name][second], places)


def _filled(view: View, index: int) -> list[str]:
    return [name for name in view.identity if view.values[name][index] is not None]


def _number(view: View, index: int | None) -> int | None:
    return None if index is None else view.table.numbers[index]


def _name(view: View, index: int, catalogue: Catalogue) -> Text:
    parts = [shown(view.values[name][index], view.headings[name], catalogue) for name in _filled(view, index)]
    return Text("/".join(part.zh for part in parts), "/".join(part.en for part in parts))


def _title(view: View, index: int) -> str:
    sheet = view.table.sheet
    if sheet.title in view.identity or sheet.title not in view.headings:
        return ""
    return plain(view.values[sheet.title][index])


def plain(value: Any) -> str:
    """A value as text without labels: a plain number, an ISO date, ids parted by ``;``, ``""`` for empty."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ";".join(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds" if value.second else "minutes")
    if isinstance(value, float):
        return f"{Decimal(f'{value:.{DIGITS}g}'):f}"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def shown(value: Any, heading: Heading, catalogue: Catalogue) -> Text:
    """A value as people read it: labels for codes, thousands parted in sums of money, a percent sign."""
    column = heading.column
    if column is not None and column.list and isinstance(value, str):
        return Text(catalogue.label(column, value, "zh"), catalogue.label(column, value, "en"))
    if column is not None and column.id == SHEET and value in catalogue.sheets:
        return catalogue.sheets[value].label
    text = plain(value)
    if column is not None and isinstance(value, (int, float, Decimal)):
        if column.kind == "money":
            text = f"{value:,.2f}"
        elif column.kind == "pct":
            text = f"{text}%"
    return Text(text, text)
