"""The page on which each heading stands, found by laying the document out with LibreOffice.

Not here: where the numbers are written (``contents``) and the conversion itself (``pdf``).
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from automation.base.errors import AutomationError
from automation.word.pdf import TIME_LIMIT, program, to_pdfs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def heading_pages(document: bytes, count: int, *, seconds: float = TIME_LIMIT) -> tuple[int, ...] | None:
    """The page, from 1, of each of the ``count`` headings of a Word document in order; ``None`` as of ``pages_of``."""
    return pages_of([(document, count)], seconds=seconds)[0]


def pages_of(documents: Sequence[tuple[bytes, int]], *, seconds: float = TIME_LIMIT) -> list[tuple[int, ...] | None]:
    """The pages of the headings of each document, with how many it has, in one start of LibreOffice.

    ``None`` where LibreOffice or pypdf is not installed, the conversion fails, or the outline does not agree.
    """
    if program() is None or not documents:
        return [None] * len(documents)
    try:
        found = to_pdfs([document for document, _ in documents], seconds=seconds)
        outlines = [None if pdf is None else outline_pages(pdf) for pdf in found]
    except (AutomationError, ImportError):
        return [None] * len(documents)
    return [
        pages if pages is not None and len(pages) == count else None
        for pages, (_, count) in zip(outlines, documents, strict=True)
    ]


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
