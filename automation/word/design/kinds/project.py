"""Templates about a project and its progress."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (Template("D01", Text("需求规格说明书", "Requirements Specification")),)
