"""Lists as tables of a page, sorted by their heads. Whatever came from a workbook is escaped. Not here: the lists, the page."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from automation.model.listing import Link, Tag, plain, shown

if TYPE_CHECKING:
    from automation.base.findings import Language
    from automation.model.listing import ListColumn, Listing

LEFT = frozenset({"text"})


def table(listing: Listing, language: Language) -> str:
    """The table of a list."""
    columns = listing.columns
    labels = [escape(column.label.in_(language)) for column in columns]
    kinds = ["" if column.kind in LEFT else ' class="n"' for column in columns]
    heads = "".join(
        f'<th scope="col"{kind}><button type="button">{label}</button></th>'
        for label, kind in zip(labels, kinds, strict=True)
    )
    body = "".join(
        "<tr>"
        + "".join(
            f'<td data-label="{label}"{kind}{_order(value)}>{cell(value, column, language)}</td>'
            for label, kind, column, value in zip(labels, kinds, columns, row, strict=True)
        )
        + "</tr>"
        for row in listing.rows
    )
    inside = f"<thead><tr>{heads}</tr></thead><tbody>{body}</tbody>"
    return f'<div class="wide"><table id="{listing.name.en.lower()}">{inside}</table></div>'


def _order(value: Any) -> str:
    """Numbers are sorted as such, however they are written."""
    return f' data-order="{value}"' if isinstance(value, (int, float, Decimal)) else ""


def cell(value: Any, column: ListColumn, language: Language) -> str:
    """What stands in a cell."""
    if isinstance(value, Tag):
        name = escape(plain(value, language))
        return f'<span class="{escape(value.code)}" data-order="{value.order}">{name}</span>'
    if isinstance(value, Link):
        return link(value, language)
    return escape(shown(value, column.kind, language))


def link(value: Link, language: Language) -> str:
    """A link to a file; a path that this computer cannot name whole leads there as it is."""
    path = Path(value.path)
    target = path.as_uri() if path.is_absolute() else PurePath(value.path).as_posix()
    return f'<a href="{escape(target)}">{escape(plain(value, language) or path.name)}</a>'
