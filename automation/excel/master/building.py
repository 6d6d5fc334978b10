"""The master workbook, built from the schemas: cover, dashboard, the sheets with rows, names and properties.

The same input gives the same bytes. Not here: reading or changing a workbook that exists (``reader``, ``writer``).
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from xlsxwriter import Workbook

from automation.base.findings import Text
from automation.excel.master.analysis import add_analysis
from automation.excel.master.book import Book
from automation.excel.master.cover import HEADING, add_cover
from automation.excel.master.dashboard import add_dashboard
from automation.excel.master.look import FONT_SIZES, FONTS, Styles
from automation.excel.master.package import finished
from automation.excel.master.places import Places
from automation.excel.master.sheets import add_sheet
from automation.excel.master.system import lists_rows, settings_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.base.findings import Language, Value
    from automation.schema.catalogue import Catalogue

CREATED: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The creation date in every workbook's properties: fixed, so that the same input gives the same bytes."""
_ROW_PIXELS: Final = 22
_NOTHING: Final[Mapping[str, Any]] = MappingProxyType({})
_SUBJECT: Final = Text("客户项目交付", "Client delivery")
_COMMENT: Final = Text("由交付簿 Deliverybook 生成。", "Built by Deliverybook.")


def build(
    catalogue: Catalogue,
    *,
    language: Language,
    path: Path | BinaryIO,
    name: str = "",
    customer: str = "",
    calendar_rows: Sequence[Mapping[str, Value]] = (),
    settings: Mapping[str, Any] = _NOTHING,
    permission_rows: Sequence[Mapping[str, Value]] = (),
    rows: Mapping[str, Sequence[Mapping[str, Value]]] = _NOTHING,
    stored_results: bool = False,
) -> None:
    """Writes a master workbook to a path or a binary buffer.

    Args:
        catalogue: what the schemas say.
        language: language of sheet names, headers, list labels and help.
        path: where to write; an existing file is replaced.
        name: the project's name, shown on the cover until the projects sheet has a row.
        customer: the customer's name, shown likewise.
        calendar_rows: rows of the calendar sheet, by column identifier; list values as codes.
        settings: values by parameter key that replace the defaults.
        permission_rows: rows of the permissions sheet.
        rows: rows of further sheets by sheet identifier; a sheet without rows gets one empty row.
        stored_results: whether formulas carry their results, for viewers that do not calculate. Leave it off when
            rows will be written later: Excel and LibreOffice calculate on opening, stored results would go stale.

    Raises:
        OSError: the path cannot be written.
    """
    package = BytesIO()
    workbook = _workbook(package, language)
    system: dict[str, Sequence[Mapping[str, Value]]] = {
        "settings": tuple(settings_rows(catalogue, {"language": language} | dict(settings), language)),
        "lists": tuple(lists_rows(catalogue)),
        "calendar": calendar_rows,
        "permissions": permission_rows,
    }
    book = Book(
        workbook=workbook,
        catalogue=catalogue,
        language=language,
        styles=Styles(workbook, language),
        places=Places(catalogue, language),
        name=name,
        customer=customer,
        rows=dict(rows) | system,
    )
    kinds = _add_sheets(book)
    tables = [number for number, kind in enumerate(kinds, start=1) if kind in {"business", "system"}]
    panels = [] if stored_results else [number for number in range(1, len(kinds) + 1) if number not in tables]
    content = finished(package.getvalue(), tables=tables, panels=panels)
    if isinstance(path, Path):
        path.write_bytes(content)
    else:
        path.write(content)


def _workbook(package: BytesIO, language: Language) -> Workbook:
    return Workbook(
        package,
        {
            "in_memory": True,
            "default_row_height": _ROW_PIXELS,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "default_format_properties": {
                "font_name": FONTS[language],
                "font_size": FONT_SIZES[language],
                "font_scheme": "none",
            },
        },
    )


def _add_sheets(book: Book) -> list[str]:
    """Adds everything and closes the workbook; the kinds of its sheets, in order."""
    _set_properties(book)
    add_cover(book)
    sheets = book.places.order()
    for sheet in sheets:
        if sheet.kind == "dashboard":
            add_dashboard(book, sheet)
        elif sheet.kind == "analysis":
            add_analysis(book, sheet)
        else:
            add_sheet(book, sheet)
    for name, formula in book.places.defined_names():
        book.workbook.define_name(name, formula)
    book.workbook.close()
    return ["cover", *(sheet.kind for sheet in sheets)]


def _set_properties(book: Book) -> None:
    company = str(book.setting("company_name") or "")
    book.workbook.set_properties(
        {
            "title": book.name or book.say(HEADING),
            "subject": book.say(_SUBJECT),
            "author": company or "Deliverybook",
            "company": company,
            "category": book.customer,
            "keywords": "Deliverybook",
            "comments": book.say(_COMMENT),
            "created": CREATED.replace(tzinfo=None),
        }
    )
    book.workbook.set_size(2400, 1400)
    book.workbook.set_tab_ratio(80)
