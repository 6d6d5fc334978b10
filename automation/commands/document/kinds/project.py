"""Documents about a project and its progress."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.document.kind import Document, later

DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="D01",
        name=Text("需求规格说明书", "Requirements specification"),
        audience="customer",
        context=later("requirements", "requirements_specification"),
        sheet="projects",
        sheets=("projects", "customers", "requirements", "plan", "checks", "deliverables"),
        lasting=True,
    ),
)
