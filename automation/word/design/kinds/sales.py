"""Templates about deals, contracts and services to be sold."""

from __future__ import annotations

from automation.base.findings import Text
from automation.word.design.kind import Template

TEMPLATES: tuple[Template, ...] = (
    Template("D03", Text("解决方案建议书", "Solution Proposal")),
    Template("D04", Text("报价单", "Quotation"), layout="form", numbering="official"),
    Template("D04I", Text("报价单内部附表", "Quotation: Internal Annex"), layout="form", numbering="official"),
    Template("D05", Text("服务合同（草稿）", "Service Contract (Draft)"), numbering="official"),
    Template("D14", Text("服务方案与SLA说明书", "Service Plan and SLA")),
    Template("D27", Text("合同续签提醒与建议", "Renewal Notice and Proposal"), layout="form", numbering="official"),
    Template("D27C", Text("关于合同续签的函", "Renewal of Our Contract"), layout="letter"),
)
