"""Documents that a customer signs or answers."""

from __future__ import annotations

from automation.base.findings import Text
from automation.commands.document.answer import unanswered
from automation.commands.document.kind import Document, later

DOCUMENTS: tuple[Document, ...] = (
    Document(
        id="D02",
        name=Text("需求确认单", "Requirement confirmation sheet"),
        audience="customer",
        context=later("confirmation_sheet", "confirmation_sheet"),
        sheet="projects",
        sheets=("projects", "contacts", "requirements"),
    ),
    Document(
        id="D08",
        name=Text("需求变更影响分析单", "Change request and impact analysis"),
        audience="customer",
        context=later("change_sheet", "change_sheet"),
        sheet="changes",
        sheets=("changes", "requirements", "plan", "risks", "contacts"),
    ),
    Document(
        id="D09",
        name=Text("延期说明函", "Delay notice"),
        audience="customer",
        context=later("delay_notice", "delay_notice"),
        sheet="plan",
        sheets=("projects", "plan", "contacts", "risks"),
    ),
    Document(
        id="D12",
        name=Text("验收报告", "Acceptance report"),
        audience="customer",
        context=later("acceptance", "acceptance_report"),
        sheet="projects",
        sheets=("projects", "customers", "contacts", "deals", "deliverables", "requirements", "checks", "changes"),
        lasting=True,
    ),
    Document(
        id="D13",
        name=Text("交付清单", "Delivery note"),
        audience="customer",
        context=later("delivery_note", "delivery_note"),
        sheet="projects",
        sheets=("deliverables", "contacts", "projects"),
    ),
    Document(
        id="D17",
        name=Text("反馈答复函", "Answer to feedback"),
        audience="customer",
        context=later("answer", "answer"),
        sheet="feedback",
        sheets=("feedback", "contacts", "improvements"),
        provisional=unanswered,
    ),
    Document(
        id="D18",
        name=Text("会议纪要", "Minutes"),
        audience="customer",
        context=later("minutes", "minutes"),
        sheet="events",
        sheets=("events", "improvements", "projects"),
    ),
    Document(
        id="D19",
        name=Text("祝福函", "Greeting letter"),
        audience="customer",
        context=later("greeting", "greeting"),
        sheet="contacts",
        sheets=("contacts", "customers", "calendar"),
    ),
)
