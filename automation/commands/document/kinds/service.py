"""Documents about services, feedback and customers."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.document.kind import Document, later

DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="D15",
        name=Text("服务报告", "Service report"),
        audience="customer",
        context=later("service_report", "service_report"),
        sheet="customers",
        sheets=(
            "requests",
            "services",
            "feedback",
            "improvements",
        ),
    ),
    Document(
        id="D16",
        name=Text("满意度调查表", "Satisfaction questionnaire"),
        audience="customer",
        context=later("survey", "questionnaire"),
        sheet="customers",
        sheets=("customers",),
    ),
    Document(
        id="D16R",
        name=Text("满意度分析报告", "Satisfaction analysis"),
        audience="internal",
        context=later("survey", "satisfaction_report"),
        sheet="customers",
        sheets=(
            "feedback",
            "customers",
            "improvements",
        ),
    ),
    Document(
        id="D20",
        name=Text("客户档案与分析", "Customer profile"),
        audience="internal",
        context=later("profile", "profile"),
        sheet="customers",
        sheets=(
            "customers",
            "contacts",
            "deals",
            "projects",
            "requests",
            "feedback",
        ),
    ),
    Document(
        id="D21",
        name=Text("流程说明书", "Process document"),
        audience="internal",
        context=later("process", "process_description"),
        sheet="processes",
        sheets=(
            "processes",
            "resources",
        ),
    ),
    Document(
        id="D22",
        name=Text("流程分析与优化报告", "Process analysis and optimisation"),
        audience="internal",
        context=later("process", "process_analysis"),
        sheet="processes",
        sheets=(
            "processes",
            "metrics",
            "improvements",
            "feedback",
        ),
    ),
    Document(
        id="D24",
        name=Text("客户需求与市场调研报告", "Customer-need and market research report"),
        audience="internal",
        context=later("market_report", "market_report"),
        sheet="projects",
        sheets=(
            "feedback",
            "requirements",
            "customers",
            "deals",
        ),
    ),
)
