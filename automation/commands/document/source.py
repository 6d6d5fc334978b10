"""What every document is made from: the rows its reader may see, and how dates, names and lists are written.

Not here: which rows a document shows (``requirements``, ``acceptance``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.document.disclosure import disclosed
from automation.commands.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from automation.base.findings import Language
    from automation.checks.registry import Checked
    from automation.commands.document.disclosure import Withheld
    from automation.commands.document.register import Issue
    from automation.model.rows import ContactsRow, CustomersRow, DealsRow, ProjectsRow, ResourcesRow, Rows
    from automation.planning.plan import Plan
    from automation.schema.catalogue import Catalogue

MOST_NAMED = 12
"""So many keys are named to somebody who must choose one."""

GROUPS = {"processes": "process_code"}
"""Sheets of which a document is about all rows with one value of a column, and that column."""
GROUP_NAMES = {"processes": "process_name"}
"""The columns that name such a group."""

EMPTY = "—"
"""What an empty cell shows in a document."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Shown(Request):
    """A request over what a reader may see; what the data checks found is that of the whole workbook."""

    whole: Request

    @property
    def checked(self) -> Checked:
        """What the data checks found in the whole workbook."""
        return self.whole.checked


@dataclass(frozen=True)
class Source:
    """What one document is made from: a request over the rows its reader may see, and the row it is about.

    ``sheet`` is that of the ``subject``: a project, a deal, a customer, a feedback ... ``internal`` documents see all
    rows, the others what ``disclosed`` leaves. ``draft`` marks the document as a draft whatever its data say.
    """

    request: Request
    sheet: str
    subject: Any
    language: Language
    internal: bool = False
    draft: bool = False
    withheld: tuple[Withheld, ...] = field(default=())
    issue: Issue | None = None
    """The version to be made; ``None`` for what the workbook alone says of it."""

    @property
    def rows(self) -> Rows:
        """The rows of every sheet that the reader may see."""
        return self.request.project.rows

    @property
    def catalogue(self) -> Catalogue:
        """The sheets and lists."""
        return self.request.catalogue

    @property
    def status_date(self) -> date:
        """The day whose state the document shows, which is the document's date."""
        return self.request.status_date

    @property
    def company(self) -> Text:
        """The supplier's name."""
        settings = self.request.settings
        return Text(settings.text("company_name"), settings.text("company_name_en"))

    @property
    def currency(self) -> str:
        """The code before amounts, such as CNY."""
        return self.request.settings.text("currency")

    @property
    def chinese(self) -> bool:
        """Whether the document is in Chinese."""
        return self.language == "zh"

    @property
    def key(self) -> str:
        """The key of the row that the document is about; of a document about a group of rows, that of the group."""
        column = GROUPS.get(self.sheet) or self.catalogue.sheets[self.sheet].key
        return str(getattr(self.subject, column) or EMPTY)

    @cached_property
    def home(self) -> ProjectsRow | None:
        """The project that the document is about or that its row belongs to; ``None`` when there is none."""
        if self.sheet == "projects":
            return self.subject  # type: ignore[no-any-return]
        if self.sheet == "deals":
            return next((row for row in self.rows.projects if row.deal_id == self.subject.deal_id), None)
        key = getattr(self.subject, "project_id", None)
        return next((row for row in self.rows.projects if key and row.project_id == key), None)

    @property
    def project(self) -> ProjectsRow:
        """The project of a document that is about one. Raises LookupError for a document that is not."""
        if self.home is None:
            raise LookupError(self.sheet)
        return self.home

    @cached_property
    def plan(self) -> Plan | None:
        """The computed plan of the project; ``None`` when it has none or it cannot be computed."""
        return self.request.plans.get(self.home.project_id or "") if self.home else None

    @cached_property
    def customer(self) -> CustomersRow | None:
        """The customer of the row that the document is about."""
        key = getattr(self.subject, "customer_id", None) or (self.home.customer_id if self.home else None)
        return next((row for row in self.rows.customers if key and row.customer_id == key), None)

    @cached_property
    def deal(self) -> DealsRow | None:
        """The contract of the project, or the deal that the document is about."""
        if self.sheet == "deals":
            return self.subject  # type: ignore[no-any-return]
        key = getattr(self.subject, "deal_id", None) or (self.home.deal_id if self.home else None)
        return next((row for row in self.rows.deals if key and row.deal_id == key), None)

    @cached_property
    def addressee(self) -> ContactsRow | None:
        """The contact on the customer's side: the row's own, else the project's, else the first key contact."""
        for key in (getattr(self.subject, "contact_id", None), self.home.customer_owner if self.home else None):
            if key in self.contacts:
                return self.contacts[key]
        customer = self.customer.customer_id if self.customer else None
        theirs = [row for row in self.rows.contacts if customer and row.customer_id == customer and row.active != "no"]
        return next((row for row in theirs if row.is_key == "yes"), theirs[0] if theirs else None)

    @cached_property
    def responsible(self) -> str | None:
        """The resource on the supplier's side: the project's manager, else the row's owner."""
        if self.sheet != "projects" and getattr(self.subject, "owner", None):
            return str(self.subject.owner)
        if self.home is not None:
            return self.home.project_manager
        return self.customer.account_manager if self.customer else None

    @cached_property
    def contacts(self) -> Mapping[str | None, ContactsRow]:
        """Contacts by id."""
        return {row.contact_id: row for row in self.rows.contacts}

    @cached_property
    def people(self) -> Mapping[str | None, ResourcesRow]:
        """Resources by id."""
        return {row.resource_id: row for row in self.rows.resources}

    def own(self, rows: Iterable[Any]) -> tuple[Any, ...]:
        """The rows that belong to the project, in the order of the sheet; none without a project."""
        return tuple(row for row in rows if self.home and row.project_id == self.home.project_id)

    def say(self, zh: str, en: str) -> str:
        """The sentence in the document's language."""
        return zh if self.chinese else en

    def pick(self, row: Any, column: str = "name") -> str:
        """A name in the document's language: the English column where the document is English and it is filled."""
        english = getattr(row, f"{column}_en", None)
        return (english if not self.chinese and english else getattr(row, column)) or EMPTY

    def day(self, value: date | None) -> str:
        """A date: 2026年6月12日 or 12 Jun 2026; a dash when there is none."""
        if value is None:
            return EMPTY
        if self.chinese:
            return f"{value.year}年{value.month}月{value.day}日"
        return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"

    def month(self, value: str | None) -> str:
        """A month such as 2026-05: 2026年5月 or May 2026; what is no month as it is, a dash when there is none."""
        year, _, month = (value or "").partition("-")
        if not (month.isdigit() and 1 <= int(month) <= len(_MONTHS)):
            return value or EMPTY
        return f"{year}年{int(month)}月" if self.chinese else f"{_MONTHS[int(month) - 1]} {year}"

    def label(self, sheet: str, column: str, code: str | None) -> str:
        """The label of a list code; a dash when there is none."""
        if code is None:
            return EMPTY
        return self.catalogue.label(self.catalogue.sheets[sheet].column(column), code, self.language)

    def contact(self, identifier: str | None, *, title: bool = False) -> str:
        """A contact's name, with the title in brackets if asked; an unknown id as it is, a dash when there is none."""
        row = self.contacts.get(identifier)
        if row is None or row.name is None:
            return identifier or EMPTY
        if title and row.title:
            return self.say(f"{row.name}（{row.title}）", f"{row.name} ({row.title})")
        return row.name

    def person(self, identifier: str | None) -> str:
        """A resource's name; an unknown id as it is, a dash when there is none."""
        row = self.people.get(identifier)
        return (row.name if row else None) or identifier or EMPTY

    def items(self, text: str | None) -> list[str]:
        """The items of a cell as a list to print, in English with a capital letter first."""
        return [item if self.chinese else item[:1].upper() + item[1:] for item in lines(text)]

    def joined(self, parts: Iterable[str]) -> str:
        """Parts of a list in one line; a dash when there are none."""
        return self.say("、", ", ").join(parts) or EMPTY


def source(
    request: Request,
    language: Language,
    *,
    sheet: str = "projects",
    key: str = "",
    internal: bool = False,
    draft: bool = False,
    issue: Issue | None = None,
) -> Source:
    """The source of a document on the row ``key`` of a sheet, or on the only row there.

    Raises UsageError when there is no such row or several to choose from.
    """
    subject = _chosen(request, sheet, key)
    if internal:
        return Source(request, sheet, subject, language, internal=True, draft=draft, issue=issue)
    whole = Source(request, sheet, subject, language)
    customer = (whole.customer.customer_id if whole.customer else None) or ""
    disclosure = disclosed(request.project, request.catalogue, customer=customer)
    shown = Shown(
        disclosure.project, request.read_findings, request.catalogue, request.settings, request.status_date,
        request.parameters, request.rules,
    )  # fmt: skip
    object.__setattr__(shown, "whole", request)
    return Source(
        shown, sheet, _chosen(shown, sheet, whole.key), language, draft=draft, withheld=disclosure.withheld, issue=issue,
    )  # fmt: skip


def keys_of(request: Request, sheet: str) -> tuple[str, ...]:
    """The keys of the rows of a sheet that a document may be about, each once, in their order."""
    return tuple(dict.fromkeys(key for key in _keys(request, sheet) if key))


def _keys(request: Request, sheet: str) -> Sequence[str | None]:
    table = request.project.table(sheet)
    return _group_keys(table.rows, GROUPS[sheet]) if sheet in GROUPS else table.keys


def _chosen(request: Request, sheet: str, key: str) -> Any:
    table, keys = request.project.table(sheet), _keys(request, sheet)
    first: dict[str, Any] = {}
    for name, row in zip(keys, table.rows, strict=True):
        if name and (not key or name == key):
            first.setdefault(name, row)
    if len(first) == 1:
        return next(iter(first.values()))
    known = keys_of(request, sheet)
    shown = ", ".join(known[:MOST_NAMED]) + (" …" if len(known) > MOST_NAMED else "") or EMPTY
    label = request.catalogue.sheets[sheet].label
    if key:
        raise UsageError(
            Text(
                f"“{label.zh}”表里没有 {key}：现有 {shown}，请用 --for 指定其中一个。",
                f"The sheet '{label.en}' has no row {key}: it holds {shown}, name one of them with --for.",
            )
        )
    raise UsageError(
        Text(
            f"请用 --for 指定“{label.zh}”表中的一行：现有 {shown}。",
            f"Name a row of the sheet '{label.en}' with --for: it holds {shown}.",
        )
    )


def pair(source: Source, zh: str, en: str, text: str | None, *, otherwise: str = EMPTY) -> dict[str, str]:
    """A label with its text, or what stands there when there is none."""
    return {"label": source.say(zh, en), "text": text or otherwise}


def _group_keys(rows: Iterable[Any], column: str) -> tuple[str, ...]:
    return tuple(str(getattr(row, column) or "") for row in rows)


def number(value: float | None) -> str:
    """A number with thousands separators and no needless zeros; a dash when there is none."""
    if value is None:
        return EMPTY
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return text or "0"


def lines(text: str | None) -> list[str]:
    """The items of a cell that holds several, separated by semicolons or line breaks."""
    cleaned = (text or "").replace("；", ";").replace("\r", "\n").replace("\n", ";")
    return [item.strip().rstrip("。") for item in cleaned.split(";") if item.strip()]
