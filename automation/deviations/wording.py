"""Words that messages of several rules need: labels of columns and of list values, addresses of cells.

Not here: the messages themselves (``schemas/messages.yaml``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.deviations.case import Case


def columns(case: Case, sheet: str, names: Iterable[str]) -> Text:
    """The labels of columns in quotation marks, in the order given."""
    labels = [case.catalogue.sheets[sheet].column(name).label for name in names]
    return Text("、".join(f"“{label.zh}”" for label in labels), ", ".join(f"“{label.en}”" for label in labels))


def code(case: Case, sheet: str, column: str, value: str | None) -> Text:
    """The label of a list code of a column; an empty value gives empty words."""
    known = case.catalogue.sheets[sheet].column(column)
    text = value or ""
    return Text(case.catalogue.label(known, text, "zh"), case.catalogue.label(known, text, "en"))


def codes(case: Case, sheet: str, column: str, values: Iterable[str]) -> Text:
    """The labels of several list codes of a column, in the order given."""
    labels = [code(case, sheet, column, value) for value in values]
    return Text("、".join(label.zh for label in labels), ", ".join(label.en for label in labels))


def listed(parts: Iterable[str]) -> Text:
    """Ids or names one after the other, separated as the language does it."""
    texts = list(parts)
    return Text("、".join(texts), ", ".join(texts))


def titles(rows: Iterable[Any]) -> Text:
    """The titles of rows; in English their English ones, where they have any."""
    texts = [(row.title or "", row.title_en or row.title or "") for row in rows]
    return Text("、".join(zh for zh, _ in texts), ", ".join(en for _, en in texts))


def cells(case: Case, row: Any, *, sheet: str, names: Iterable[str]) -> Text:
    """The addresses of cells of a row, in the order given."""
    return listed(case.project.tables[sheet].cell(row.row, name) for name in names)
