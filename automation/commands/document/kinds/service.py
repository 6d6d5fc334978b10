"""Documents about services, feedback and customers."""

from __future__ import annotations

from automation.commands.document.kind import Document

DOCUMENTS: tuple[Document, ...] = ()
