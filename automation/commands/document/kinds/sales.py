"""Documents about deals, contracts and services to be sold."""

from __future__ import annotations

from automation.commands.document.kind import Document

DOCUMENTS: tuple[Document, ...] = ()
