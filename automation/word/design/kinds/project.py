"""Templates about a project and its progress."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (
    Template("D01", Text("需求规格说明书", "Requirements Specification")),
    Template("D06", Text("项目交付计划书", "Delivery Plan")),
    Template("D07", Text("项目进度报告", "Progress Report")),
    Template("D07I", Text("进度报告内部附件", "Progress Report: Internal Annex"), layout="form", numbering="official"),
)
