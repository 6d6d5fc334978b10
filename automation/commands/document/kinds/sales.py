"""Documents about deals, contracts and services to be sold."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.document.kind import Document, later
from automation.commands.document.reviews import not_reviewed

DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="D03",
        name=Text("解决方案建议书", "Solution proposal"),
        audience="customer",
        context=later("solution", "solution_proposal"),
        sheet="deals",
        sheets=("deals", "customers", "requirements", "services", "plan", "resources", "risks"),
        provisional=not_reviewed,
    ),
    Document(
        id="D04",
        name=Text("报价单", "Quotation"),
        audience="customer",
        context=later("quotation", "quotation"),
        sheet="deals",
        sheets=("deals", "customers", "contacts", "services"),
        provisional=not_reviewed,
    ),
    Document(
        id="D04I",
        name=Text("报价单内部附表", "Quotation internal annex"),
        audience="internal",
        context=later("quotation", "quotation_annex"),
        sheet="deals",
        sheets=("deals", "customers", "services"),
    ),
    Document(
        id="D05",
        name=Text("服务合同草稿", "Service contract draft"),
        audience="customer",
        context=later("contract_draft", "contract_draft"),
        sheet="deals",
        sheets=("deals", "customers", "contacts", "services"),
    ),
    Document(
        id="D14",
        name=Text("服务方案与SLA说明书", "Service plan and SLA"),
        audience="customer",
        context=later("service_plan", "service_plan"),
        sheet="deals",
        sheets=("deals", "customers", "contacts", "services", "processes", "resources"),
        lasting=True,
    ),
    Document(
        id="D27",
        name=Text("合同续签提醒与建议", "Renewal notice and proposal"),
        audience="internal",
        context=later("renewal", "renewal_notice"),
        sheet="deals",
        sheets=("deals", "services", "requests", "feedback"),
    ),
    Document(
        id="D27C",
        name=Text("合同续签函", "Renewal letter"),
        audience="customer",
        context=later("renewal", "renewal_letter"),
        sheet="deals",
        sheets=("deals", "contacts", "services", "requests"),
    ),
)
