"""A greeting to a customer's contact (D19): on a birthday, or on the next day of greetings in the calendar.

Not here: its look (``templates/*/D19.docx``) and the list of who is to be greeted when (``deviations.reminders``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.commands.document.frame import frame
from automation.deviations.communication import next_birthday

if TYPE_CHECKING:
    from automation.commands.document.source import Source
    from automation.model.rows import CalendarRow, ContactsRow

TITLE = Text("祝福函", "With our best wishes")
SOON = 30
"""Days ahead, both ends included, in which an occasion is looked for."""


def greeting(source: Source) -> dict[str, Any]:
    """The context of D19 for the source's contact and the next occasion within ``SOON`` days.

    Raises UsageError for a contact who does not agree to greetings or is no longer active, and when there is no
    occasion.
    """
    row: ContactsRow = source.subject
    _check(row)
    kind, name = _occasion(source, row)
    return {
        **frame(source, "D19", TITLE, signed=False),
        "name": row.name or "",
        "occasion": kind,
        "holiday": name,
        "project": _project(source),
        "together": _together(source),
    }


def _check(row: ContactsRow) -> None:
    who = row.name or row.contact_id or ""
    if row.active == "no":
        raise UsageError(
            Text(f"{who} 已停用，不再发送祝福。", f"{who} is no longer active, so no greeting is made."),
            code="INACTIVE",
        )
    if row.greet_consent != "yes":
        raise UsageError(
            Text(
                f"{who} 没有同意接收祝福（“联系人”表“同意接收问候”不是“是”），未生成祝福函。",
                f"{who} has not agreed to greetings (column Greeting consent of the sheet Contacts), so none is made.",
            ),
            code="NO_CONSENT",
        )


def _occasion(source: Source, row: ContactsRow) -> tuple[str, str]:
    """The nearest occasion: ``birthday``, or ``holiday`` with its name."""
    today = source.status_date
    until = today + timedelta(days=SOON)
    birthday = next_birthday(row.birthday, today) if row.birthday else None
    days: list[CalendarRow] = [
        one
        for one in source.rows.calendar
        if one.greeting_day == "yes" and one.date is not None and today <= one.date <= until
    ]
    first = min(days, key=lambda one: one.date or until, default=None)
    if birthday is not None and birthday <= until and (first is None or birthday <= (first.date or until)):
        return "birthday", ""
    if first is not None:
        name = source.say(first.name_zh or "", first.name_en or first.name_zh or "")
        return "holiday", name
    raise UsageError(
        Text(
            f"{today} 起 {SOON} 天内没有 {row.name} 的生日，日历表里也没有问候日。",
            f"Within {SOON} days from {today} there is neither a birthday of {row.name} nor a greeting day in the calendar.",
        ),
        code="NO_OCCASION",
    )


def _together(source: Source) -> str:
    """Whole years of working together; empty where they are not known or fewer than two."""
    since = source.customer.since if source.customer else None
    if since is None:
        return ""
    years = (source.status_date - since).days // 365
    return str(years) if years > 1 else ""


def _project(source: Source) -> dict[str, str]:
    running = [
        row
        for row in source.rows.projects
        if source.customer
        and row.customer_id == source.customer.customer_id
        and row.status not in {"closed", "terminated"}
    ]
    return {"id": running[0].project_id or "", "name": source.pick(running[0])} if running else {"id": "", "name": ""}
