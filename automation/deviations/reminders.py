"""Reminders: everything that is due within some days, or overdue, with who should act (C29).

Days come from the same functions as the rules', so that a reminder and a finding never disagree. Not here: the list as a
sheet or a mail.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text
from automation.deviations import communication, derived, feedback, services

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from typing import Any

    from automation.deviations.case import Case


class Reminder(NamedTuple):
    """One thing that is due: what it is, its row, the day, who should act; ``days`` left, negative when overdue."""

    kind: str
    what: Text
    sheet: str
    row: Any
    key: str
    title: Text
    day: date
    days: int
    owner: str


KINDS: dict[str, Text] = {
    "contract_end": Text("合同到期", "Contract ends"),
    "quotation": Text("报价到期", "Quotation expires"),
    "follow_up": Text("商机跟进", "Follow-up"),
    "milestone": Text("里程碑", "Milestone"),
    "deliverable": Text("交付物", "Deliverable"),
    "risk_review": Text("风险评审", "Risk review"),
    "risk_response": Text("风险应对", "Risk response"),
    "maintenance": Text("维护巡检", "Maintenance"),
    "request": Text("服务请求", "Service request"),
    "answer": Text("反馈答复", "Answer to feedback"),
    "birthday": Text("生日祝福", "Birthday"),
    "greeting": Text("节日问候", "Greeting day"),
    "survey": Text("满意度调查", "Survey"),
    "event": Text("会议与活动", "Meeting or event"),
    "training": Text("培训", "Training"),
    "check": Text("检查与测试", "Check"),
    "rework": Text("整改", "Rework"),
    "action": Text("改进行动", "Improvement action"),
}
"""What may be due, in the order of the list."""
_OPEN_DEALS = frozenset({"lead", "needs_analysis", "solution_design", "quotation", "negotiation"})
_RUNNING_DEALS = frozenset({"signed", "in_execution"})
_SURVEYED = "active"


def reminders(case: Case, days: int) -> tuple[Reminder, ...]:
    """Everything due from the distant past to ``days`` days after the status date, that day included, by day and kind."""
    last = case.status_date + timedelta(days=days)
    found = [
        Reminder(kind, KINDS[kind], sheet, row, key, title, day, (day - case.status_date).days, owner or "")
        for source in _SOURCES
        for kind, sheet, row, key, title, day, owner in source(case)
        if day is not None and day <= last
    ]
    order = {kind: number for number, kind in enumerate(KINDS)}
    return tuple(sorted(found, key=lambda one: (one.day, order[one.kind], one.key)))


_Found = tuple[str, str, "Any", str, Text, "date | None", "str | None"]


def _named(row: Any, column: str) -> Text:
    zh = " ".join(str(getattr(row, column) or "").split())
    en = " ".join(str(getattr(row, f"{column}_en", None) or zh).split())
    return Text(zh, en)


def _deals(case: Case) -> Iterator[_Found]:
    for row in case.rows.deals:
        key, title = row.deal_id or "", _named(row, "name")
        if row.stage in _RUNNING_DEALS and row.renewal_deal_id is None:
            yield "contract_end", "deals", row, key, title, row.contract_end, row.owner
        if row.stage in {"quotation", "negotiation"}:
            yield "quotation", "deals", row, key, title, row.quote_valid_until, row.owner
        if row.stage in _OPEN_DEALS:
            yield "follow_up", "deals", row, key, title, row.next_followup, row.owner


def _plan(case: Case) -> Iterator[_Found]:
    for row in case.rows.plan:
        planned = case.planned(row.project_id, row.task_id)
        if (
            row.kind == "milestone"
            and row.actual_finish is None
            and planned is not None
            and case.stands(row.project_id)
        ):
            day = planned.forecast.finish if planned.forecast else None
            yield "milestone", "plan", row, row.task_id or "", _named(row, "name"), day, row.owner


def _quality(case: Case) -> Iterator[_Found]:
    for row in case.rows.deliverables:
        if row.delivered_on is None and row.accept_status in {None, "not_submitted"} and case.stands(row.project_id):
            yield "deliverable", "deliverables", row, row.deliverable_id or "", _named(row, "name"), row.due, row.owner
    for check in case.rows.checks:
        if not case.stands(check.project_id):
            continue
        key, title = check.check_id or "", _named(check, "standard")
        if check.result == "not_executed":
            yield "check", "checks", check, key, title, check.planned_on, check.executor
        elif check.result == "failed" and check.rework_done is None:
            yield "rework", "checks", check, key, title, check.rework_due, check.rework_owner


def _risks(case: Case) -> Iterator[_Found]:
    for row in case.rows.risks:
        if row.status == "closed" or not case.stands(row.project_id):
            continue
        key, title = row.risk_id or "", _named(row, "title")
        yield "risk_review", "risks", row, key, title, derived.next_review(row, case.settings), row.owner
        yield "risk_response", "risks", row, key, title, row.due, row.owner


def _services(case: Case) -> Iterator[_Found]:
    for row in case.rows.services:
        if services.is_active(row, case.status_date):
            day = services.next_maintenance(row, case.rows.requests, case.status_date)
            yield "maintenance", "services", row, row.service_id or "", _named(row, "name"), day, row.owner
    clocks = services.clocks(case.rows, case.settings)
    for one in services.kept_in(case):
        request = one.request
        due = services.due(one, clocks) if request.resolved_at is None else None
        if due is not None:
            title = _named(request, "subject")
            yield "request", "requests", request, request.request_id or "", title, due.date(), request.assigned_to


def _feedback(case: Case) -> Iterator[_Found]:
    for row in case.rows.feedback:
        if row.replied_on is None and row.status not in feedback.ANSWERED and case.stands(row.project_id):
            day = feedback.due(row, case.calendar, case.settings)
            yield "answer", "feedback", row, row.feedback_id or "", _named(row, "content"), day, row.owner


def _care(case: Case) -> Iterator[_Found]:
    managers = {row.customer_id: row.account_manager for row in case.rows.customers}
    for row in case.rows.contacts:
        day = next_greeting(row, case.status_date)
        if day is not None:
            contacts, _ = communication.greeted(case.rows.events, "birthday_greeting", day, _NOTICE)
            if row.contact_id not in contacts:
                owner = managers.get(row.customer_id)
                yield "birthday", "contacts", row, row.contact_id or "", _named(row, "name"), day, owner
    for one in case.rows.calendar:
        if one.greeting_day == "yes" and one.date is not None and one.date >= case.status_date:
            title = Text(one.name_zh or "", one.name_en or one.name_zh or "")
            yield "greeting", "calendar", one, f"{one.date}", title, one.date, None
    last = {row.customer_id: row.received_on for row in case.rows.feedback if row.kind == feedback.SURVEY}
    for customer in case.rows.customers:
        since = last.get(customer.customer_id) or customer.since
        if customer.status == _SURVEYED and customer.customer_type != "internal" and since is not None:
            day = since + timedelta(days=case.settings.whole("survey_days"))
            key, title = customer.customer_id or "", _named(customer, "name")
            yield "survey", "customers", customer, key, title, day, customer.account_manager


_NOTICE = 7


def next_greeting(row: Any, status_date: date) -> date | None:
    """The next birthday of a key contact who agrees to greetings; ``None`` for anybody else."""
    if row.is_key != "yes" or row.greet_consent != "yes" or row.birthday is None or row.active == "no":
        return None
    return communication.next_birthday(row.birthday, status_date)


def _events(case: Case) -> Iterator[_Found]:
    for row in case.rows.events:
        if row.status == "planned" and row.held_on is None and case.stands(row.project_id):
            kind = "training" if row.kind in communication.TRAININGS else "event"
            yield kind, "events", row, row.event_id or "", _named(row, "subject"), row.planned_on, row.owner


def _improvements(case: Case) -> Iterator[_Found]:
    for row in case.rows.improvements:
        if row.done_on is None and row.funnel not in {"rejected", "standardised"} and case.stands(row.project_id):
            yield "action", "improvements", row, row.action_id or "", _named(row, "title"), row.due, row.owner


_SOURCES: tuple[Callable[[Case], Iterator[_Found]], ...] = (
    _deals,
    _plan,
    _quality,
    _risks,
    _services,
    _feedback,
    _care,
    _events,
    _improvements,
)


class Moment(NamedTuple):
    """One thing that happened with a customer: an event held, a request, a feedback."""

    day: date
    sheet: str
    key: str
    kind: str
    title: str
    owner: str


def history(case: Case, customer: str) -> tuple[Moment, ...]:
    """What happened with one customer up to the status date, the newest first: events, requests and feedback."""
    rows = case.rows
    found = [
        Moment(row.held_on, "events", row.event_id or "", row.kind or "", row.subject or "", row.owner or "")
        for row in rows.events
        if row.customer_id == customer and row.held_on is not None
    ]
    found += [
        Moment(
            row.received_at.date(),
            "requests",
            row.request_id or "",
            row.kind or "",
            row.subject or "",
            row.assigned_to or "",
        )
        for row in rows.requests
        if row.customer_id == customer and row.received_at is not None
    ]
    found += [
        Moment(row.received_on, "feedback", row.feedback_id or "", row.kind or "", row.content or "", row.owner or "")
        for row in rows.feedback
        if row.customer_id == customer and row.received_on is not None
    ]
    past = [one for one in found if one.day <= case.status_date]
    return tuple(sorted(past, key=lambda one: (one.day, one.sheet, one.key), reverse=True))
