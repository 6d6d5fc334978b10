"""What a customer's copy may hold: the one place that takes costs, margins and other confidential values out.

Every document's context is built from the rows that come out of here and from nothing else. Not here: contexts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, NamedTuple

from automation.base.records import replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from automation.model.project import Project, Table
    from automation.model.rows import Rows
    from automation.schema.catalogue import Catalogue, Sheet

SMALLEST = Decimal(1000)
"""Amounts below this are not looked for in free text: small numbers mean something else most of the time."""

_CLAUSE = re.compile(r"([;；。\n]+)")
_NUMBER = re.compile(r"(\d[\d,，]*(?:\.\d+)?)\s*(亿|万|千|million|thousand|[kKmM](?![A-Za-z]))?")
_UNITS = {
    "": 1, "千": 1_000, "k": 1_000, "thousand": 1_000, "万": 10_000, "m": 1_000_000, "million": 1_000_000,
    "亿": 100_000_000,
}  # fmt: skip
_MONEY = re.compile(
    r"[元¥￥万]|CNY|RMB|USD|EUR|预算|成本|费用|金额|毛利|利润|报价|价格|预留"
    r"|\b(?:budget|cost|amount|margin|price|profit|reserve)",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_TEXTS = frozenset({"text", "long"})
_INTERNAL = re.compile(r"(?:毛利|利润率|预留|\bmargin\b|\breserve\b)[^;；。\n]*\d", re.IGNORECASE)
"""Margins and reserves are internal whatever the number."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A cell of free text from which a clause was left out because it names a confidential amount."""

    sheet: str
    key: str
    column: str


@dataclass(frozen=True)
class Disclosure:
    """The project as a customer's copy may show it, and the free texts that were shortened for it."""

    project: Project
    withheld: tuple[Withheld, ...]

    @property
    def rows(self) -> Rows:
        """The rows that may be shown."""
        return self.project.rows


def disclosed(project: Project, catalogue: Catalogue, *, customer: str = "") -> Disclosure:
    """The project without confidential columns and without clauses of text that name a confidential amount.

    With ``customer`` also without the rows of every other customer: what belongs to nobody stays (staff, processes,
    calendar), what belongs to a customer or to one of its projects must be this one's. Cells as typed are in neither.
    """
    amounts = _confidential_amounts(project.rows, catalogue)
    theirs = frozenset(row.project_id for row in project.rows.projects if row.customer_id in {None, customer}) | {None}
    view = _View(customer, theirs, amounts)
    tables: dict[str, Table] = {}
    withheld: list[Withheld] = []
    for name, table in project.tables.items():
        sheet = catalogue.sheets.get(name)
        if sheet is None or sheet.kind != "business":
            tables[name] = table
            continue
        tables[name], left_out = _public_table(table, sheet, view)
        withheld += left_out
    return Disclosure(replace(project, tables=tables, figures={}, analyses={}), tuple(withheld))


class _View(NamedTuple):
    """What a copy may show: of which customer (``""``: any), of which projects, and the amounts that no text may name."""

    customer: str
    projects: frozenset[str | None]
    amounts: frozenset[Decimal]


def _public_table(table: Table, sheet: Sheet, view: _View) -> tuple[Table, tuple[Withheld, ...]]:
    """The table as a copy may show it; remembered with the table, since a check asks for several documents."""
    known: dict[_View, tuple[Table, tuple[Withheld, ...]]] = vars(table).setdefault("_disclosed", {})
    if view not in known:
        known[view] = _shortened(table, sheet, view)
    return known[view]


def _shortened(table: Table, sheet: Sheet, view: _View) -> tuple[Table, tuple[Withheld, ...]]:
    secret = [column.id for column in sheet.columns if column.confidential]
    texts = [column.id for column in sheet.columns if column.kind in _TEXTS and not column.confidential]
    kept = [n for n, row in enumerate(table.rows) if not view.customer or _belongs(row, view)]
    withheld: list[Withheld] = []
    rows = [_public_row(table.rows[n], sheet, (secret, texts), view.amounts, withheld) for n in kept]
    shown = replace(
        table,
        numbers=[table.numbers[n] for n in kept],
        values={},
        models={column: [getattr(row, column) for row in rows] for column in table.models},
        proposals={},
        failed=frozenset(),
    )
    return shown, tuple(withheld)


def _belongs(row: Any, view: _View) -> bool:
    """Whether a row is the customer's, or nobody's."""
    if getattr(row, "customer_id", None) not in {None, view.customer}:
        return False
    return getattr(row, "project_id", None) in view.projects


def _public_row(
    row: Any,
    sheet: Sheet,
    columns: tuple[Sequence[str], Sequence[str]],
    amounts: frozenset[Decimal],
    withheld: list[Withheld],
) -> Any:
    """A row without its confidential columns, the first ``columns``, and with the texts, the second ones, shortened."""
    secret, texts = columns
    changed: dict[str, Any] = {name: None for name in secret if getattr(row, name) is not None}
    for name in texts:
        value = getattr(row, name)
        if isinstance(value, str) and _DIGIT.search(value):
            public = without_amounts(value, amounts)
            if public != value:
                changed[name] = public or None
                withheld.append(Withheld(sheet.id, str(getattr(row, sheet.key) or ""), name))
    return row._replace(**changed) if changed else row


def without_amounts(text: str, amounts: frozenset[Decimal]) -> str:
    """The text without the clauses that name one of the amounts as money, or a margin."""
    if not _MONEY.search(text):  # which knows the words for margins too
        return text
    pieces = _CLAUSE.split(text)
    kept = [
        (clause, separator)
        for clause, separator in zip(pieces[::2], [*pieces[1::2], ""], strict=True)
        if not _tells(clause, amounts)
    ]
    return text if len(kept) * 2 == len(pieces) + 1 else "".join(map("".join, kept)).rstrip(";；\n")


def _tells(clause: str, amounts: frozenset[Decimal]) -> bool:
    if _INTERNAL.search(clause):
        return True
    return bool(_MONEY.search(clause)) and any(number in amounts for number in _numbers(clause))


def _numbers(text: str) -> Iterator[Decimal]:
    for digits, unit in _NUMBER.findall(text):
        try:
            number = Decimal(re.sub("[,，]", "", digits))
        except InvalidOperation:
            continue
        yield number * _UNITS[unit.lower()]


def _confidential_amounts(rows: Rows, catalogue: Catalogue) -> frozenset[Decimal]:
    """Amounts of confidential money columns that are not also an amount the customer knows."""

    def amounts(*, confidential: bool) -> Iterator[Decimal]:
        for sheet in catalogue.business:
            columns = [c.id for c in sheet.columns if c.kind == "money" and c.confidential == confidential]
            table: Iterable[Any] = getattr(rows, sheet.id) if columns else ()
            for row in table:
                yield from (abs(value) for name in columns if (value := getattr(row, name)) is not None)

    known = set(amounts(confidential=False))
    return frozenset(value for value in amounts(confidential=True) if value >= SMALLEST and value not in known)
