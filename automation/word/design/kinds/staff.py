"""Templates for staff and management."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (
    Template("D25", Text("培训计划与记录", "Training Plan and Record"), layout="form", numbering="official"),
    Template("D26", Text("绩效考核表", "Appraisal Sheet"), layout="form", numbering="official"),
    Template("D28", Text("数据检查报告", "Data Check and Deviation Report"), layout="form", numbering="official"),
    Template("D29", Text("流程优化需求申报表", "Process-Optimisation Need"), layout="form", numbering="official"),
)
