"""What a worksheet function knows of the workbook that its cell stands in.

Not here: how that is read from the open workbook (``front.book_facts``).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from automation.base.findings import EMPTY, Text
from automation.base.records import dataclass
from automation.model.normalise import lookup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from automation.base.findings import Language
    from automation.model.normalise import Lookup
    from automation.planning.working_time import Days
    from automation.schema.catalogue import Catalogue


@dataclass(frozen=True)
class BookFacts:
    """Language, lists, calendar and working hours of a workbook.

    ``days`` are those of its calendar sheet, ``None`` without one; ``trouble`` says which cell of it cannot be used
    (empty: all can). ``date_1904`` says how its serial numbers count.
    """

    catalogue: Catalogue
    working_hours: tuple[str, ...]
    language: Language = "zh"
    days: Days | None = None
    trouble: Text = EMPTY
    date_1904: bool = False

    @cached_property
    def lists(self) -> Mapping[str, Lookup]:
        """How the texts of each list are understood, by the list's identifier."""
        return {name: lookup(values, self.language) for name, values in self.catalogue.lists.items()}

    @cached_property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """The texts for kinds of calendar days, folded, with their code."""
        return tuple(self.lists["calendar_kind"].folded.items())

    @cached_property
    def headers(self) -> tuple[str, ...]:
        """The texts that head the date column of the calendar sheet."""
        column = self.catalogue.sheets["calendar"].column("date")
        return (column.label.zh, column.label.en, column.id)
