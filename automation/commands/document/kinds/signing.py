"""Documents that a customer signs or answers."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.document.kind import Document, later

DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="D12",
        name=Text("验收报告", "Acceptance report"),
        audience="customer",
        context=later("acceptance", "acceptance_report"),
        sheet="projects",
        sheets=("projects", "customers", "contacts", "deals", "deliverables", "requirements", "checks", "changes"),
        lasting=True,
    ),
)
