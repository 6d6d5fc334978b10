"""What every document is made from: the rows a customer may see, and how dates, names and lists are written.

Not here: which rows a document shows (``requirements``, ``acceptance``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.document.disclosure import disclosed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from automation.base.findings import Language
    from automation.commands.document.disclosure import Withheld
    from automation.model.project import Project
    from automation.model.rows import ContactsRow, CustomersRow, DealsRow, ProjectsRow, ResourcesRow, Rows
    from automation.planning.plan import Plan
    from automation.schema.catalogue import Catalogue

EMPTY = "—"
"""What an empty cell shows in a document."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class Source:
    """The public rows of one project with everything needed to write them in one language.

    ``company`` is the supplier's name, ``plan`` the computed plan where there is one, ``draft`` marks the document
    as a draft whatever its data say.
    """

    rows: Rows
    project: ProjectsRow
    catalogue: Catalogue
    status_date: date
    language: Language
    company: Text
    plan: Plan | None = None
    draft: bool = False
    currency: str = "CNY"
    withheld: tuple[Withheld, ...] = field(default=())

    @property
    def chinese(self) -> bool:
        """Whether the document is in Chinese."""
        return self.language == "zh"

    @cached_property
    def customer(self) -> CustomersRow | None:
        """The project's customer."""
        return next((row for row in self.rows.customers if row.customer_id == self.project.customer_id), None)

    @cached_property
    def deal(self) -> DealsRow | None:
        """The project's contract."""
        if self.project.deal_id is None:
            return None
        return next((row for row in self.rows.deals if row.deal_id == self.project.deal_id), None)

    @cached_property
    def contacts(self) -> Mapping[str | None, ContactsRow]:
        """Contacts by id."""
        return {row.contact_id: row for row in self.rows.contacts}

    @cached_property
    def people(self) -> Mapping[str | None, ResourcesRow]:
        """Resources by id."""
        return {row.resource_id: row for row in self.rows.resources}

    def own(self, rows: Iterable[Any]) -> tuple[Any, ...]:
        """The rows that belong to the project, in the order of the sheet."""
        return tuple(row for row in rows if row.project_id == self.project.project_id)

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
    project: Project,
    catalogue: Catalogue,
    *,
    status_date: date,
    language: Language,
    key: str = "",
    company: Text = Text("", ""),  # noqa: B008 - a NamedTuple of two texts, which nobody can change
    plan: Plan | None = None,
    draft: bool = False,
    currency: str = "CNY",
) -> Source:
    """The source of a document on the project ``key``, or on the only one.

    Raises UsageError when there is no such project or several to choose from.
    """
    disclosure = disclosed(project, catalogue)
    row = _chosen(disclosure.rows.projects, key)
    return Source(
        disclosure.rows, row, catalogue, status_date, language, company, plan=plan, draft=draft,
        currency=currency, withheld=disclosure.withheld,
    )  # fmt: skip


def _chosen(projects: tuple[ProjectsRow, ...], key: str) -> ProjectsRow:
    found = [row for row in projects if row.project_id is not None and (not key or row.project_id == key)]
    if len(found) == 1 or (found and key):
        return found[0]
    names = ", ".join(str(row.project_id) for row in projects if row.project_id) or EMPTY
    if key:
        raise UsageError(
            Text(
                f"工作簿里没有项目 {key}：现有项目为 {names}，请用 --for 指定其中一个。",
                f"The workbook has no project {key}: it holds {names}, name one of them with --for.",
            )
        )
    raise UsageError(
        Text(
            f"请用 --for 指定项目：工作簿里的项目为 {names}。",
            f"Name the project with --for: the workbook holds {names}.",
        )
    )


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
