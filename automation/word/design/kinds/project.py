"""Templates about a project and its progress."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (
    Template("D01", Text("需求规格说明书", "Requirements Specification")),
    Template("D06", Text("项目交付计划书", "Delivery Plan")),
    Template("D07", Text("项目进度报告", "Progress Report")),
    Template("D07I", Text("进度报告内部附件", "Progress Report: Internal Annex"), layout="form", numbering="official"),
    Template("D10", Text("风险管理计划与登记册", "Risk Plan and Register")),
    Template("D10C", Text("项目风险说明", "Project Risks"), layout="form", numbering="official"),
    Template("D11", Text("检查与测试报告", "Check and Test Report")),
    Template("D23", Text("项目总结与经验教训", "Closing Report and Lessons")),
)
