"""Templates about services, feedback and customers."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (
    Template("D15", Text("服务报告（月）", "Monthly Service Report")),
    Template("D16", Text("满意度调查表", "Satisfaction Questionnaire"), layout="form", numbering="official"),
    Template("D16R", Text("满意度分析报告", "Satisfaction Analysis")),
    Template("D20", Text("客户档案与分析", "Customer Profile")),
    Template("D21", Text("流程说明书", "Process Document")),
    Template("D22", Text("流程分析与优化报告", "Process Analysis and Optimisation")),
    Template("D24", Text("客户需求与市场调研报告", "Customer Needs and Market Research")),
)
