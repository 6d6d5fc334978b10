"""The page on which each heading stands, found by laying the document out with LibreOffice.

Not here: where the numbers are written (``contents``) and the conversion itself (``pdf``).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError
from automation.word.pdf import TIME_LIMIT, program, to_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator


def heading_pages(document: bytes, count: int, *, seconds: float = TIME_LIMIT) -> tuple[int, ...] | None:
    """The page, from 1, of each of the ``count`` headings of a Word document in order.

    ``None`` where LibreOffice or pypdf is not installed, the conversion fails, or the outline does not agree.
    """
    if program() is None:
        return None
    try:
        found = outline_pages(to_pdf(document, seconds=seconds))
    except (AutomationError, ImportError):
        return None
    return found if len(found) == count else None


def outline_pages(pdf: bytes) -> tuple[int, ...]:
    """The page, from 1, of every entry of a PDF's outline, in order. Raises ImportError without pypdf."""
    import pypdf  # noqa: PLC0415 - optional, and slow to import

    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return tuple((reader.get_destination_page_number(entry) or 0) + 1 for entry in _flat(reader.outline))


def _flat(entries: list[Any]) -> Iterator[Any]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry
