"""Documents about services, feedback and customers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from automation.commands.document.kind import Document

DOCUMENTS: tuple[Document, ...] = ()
