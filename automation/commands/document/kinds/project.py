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
    Document(
        id="D06",
        name=Text("项目交付计划书", "Delivery plan"),
        audience="customer",
        context=later("delivery_plan", "delivery_plan"),
        sheet="projects",
        sheets=("projects", "plan", "deliverables", "resources", "risks", "checks", "events"),
    ),
    Document(
        id="D07",
        name=Text("项目进度报告", "Progress report"),
        audience="customer",
        context=later("progress", "progress_report"),
        sheet="projects",
        sheets=("projects", "plan", "risks", "changes", "events", "requests"),
    ),
    Document(
        id="D07I",
        name=Text("进度报告内部附件", "Progress report internal annex"),
        audience="internal",
        context=later("progress_annex", "progress_annex"),
        sheet="projects",
        sheets=("projects", "plan", "costs", "resources"),
    ),
    Document(
        id="D10",
        name=Text("风险管理计划与登记册", "Risk plan and register"),
        audience="internal",
        context=later("risk_plan", "risk_register"),
        sheet="projects",
        sheets=("risks", "projects", "events"),
    ),
    Document(
        id="D10C",
        name=Text("项目风险说明", "Project risks"),
        audience="customer",
        context=later("risk_plan", "risks_for_customer"),
        sheet="projects",
        sheets=("risks",),
    ),
    Document(
        id="D11",
        name=Text("检查与测试报告", "Check and test report"),
        audience="customer",
        context=later("check_report", "check_report"),
        sheet="projects",
        sheets=("checks", "requirements", "deliverables", "projects"),
    ),
    Document(
        id="D23",
        name=Text("项目总结与经验教训", "Closing report and lessons"),
        audience="internal",
        context=later("closing_report", "closing_report"),
        sheet="projects",
        sheets=("projects", "plan", "costs", "changes", "risks", "checks", "feedback", "improvements"),
    ),
)
