"""Rules on care for customers: birthdays, greeting days, calls, campaigns looked back upon.

Not here: meetings and talks (``communication_rules``), the dates (``communication``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import communication, wording
from automation.deviations.customers import last_contacts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case

_ACTIVE = "active"


def check_birthday(case: Case) -> Iterator[Problem]:
    """The birthday of a key contact who agrees to greetings is not forgotten.

    Some days before, a greeting is planned or has been sent.

    同意接受问候的关键联系人快过生日时，应已安排祝福。
    一句及时的祝福，胜过事后的解释。

    Options: ``birthday_notice``.

    Passes::

        status date 2026-06-12
        contacts
          contact_id | customer_id | name            | is_key | greet_consent | birthday   | active
          CON-001    | CUS-001     | 周明 // M. Zhou | yes    | yes           | 1982-06-20 | yes
          CON-002    | CUS-001     | 林 // Lin       | yes    | yes           | 1982-06-17 | yes
          CON-003    | CUS-001     | 何 // He        | yes    | no            | 1982-06-17 | yes
        events
          event_id | kind              | contact_id | planned_on | status
          EVT-001  | birthday_greeting | CON-002    | 2026-06-17 | planned

    Fails::

        status date 2026-06-12
        contacts
          contact_id | customer_id | name            | is_key | greet_consent | birthday   | active
        > CON-001    | CUS-001     | 周明 // M. Zhou | yes    | yes           | 1982-06-19 | yes
    """
    notice = case.settings.whole("birthday_notice")
    for row in case.rows.contacts:
        if row.is_key != "yes" or row.greet_consent != "yes" or row.birthday is None or row.active == "no":
            continue
        day = communication.next_birthday(row.birthday, case.status_date)
        days = (day - case.status_date).days
        if days > notice:
            continue
        contacts, _ = communication.greeted(case.rows.events, "birthday_greeting", day, notice)
        if row.contact_id not in contacts:
            customer = case.find("customers", row.customer_id)
            fields = {"title": row.name or "", "customer": (customer.name if customer else "") or "", "days": days}
            owner = (customer.account_manager if customer else "") or ""
            yield Problem(row, "birthday", value=day, owner=owner, fields=fields)


def check_greeting_day(case: Case) -> Iterator[Problem]:
    """Before a day of greetings in the calendar, every active customer has a greeting planned or sent.

    The finding stands on the day of the calendar and lists the customers.

    日历中的问候日之前，每个合作中的客户都应已安排问候。
    结果标在日历的那一天，并列出还没有安排的客户。

    Options: ``holiday_notice``.

    Passes::

        status date 2026-06-12
        calendar
          date       | kind              | name_zh                        | name_en              | greeting_day
          2026-06-19 | statutory_holiday | 端午节 // Dragon Boat Festival | Dragon Boat Festival | yes
          2026-06-20 | statutory_holiday | 端午节 // Dragon Boat Festival | Dragon Boat Festival | no
        customers
          customer_id | name    | customer_type | status
          CUS-001     | 甲 // A | external      | active
        events
          event_id | kind             | customer_id | planned_on | status
          EVT-001  | holiday_greeting | CUS-001     | 2026-06-18 | planned

    Fails::

        status date 2026-06-12
        calendar
          date       | kind              | name_zh                        | name_en              | greeting_day
        > 2026-06-19 | statutory_holiday | 端午节 // Dragon Boat Festival | Dragon Boat Festival | yes
        customers
          customer_id | name    | customer_type | status
          CUS-001     | 甲 // A | external      | active
          CUS-002     | 乙 // B | external      | lost
    """
    notice = case.settings.whole("holiday_notice")
    active = [row for row in case.rows.customers if row.status == _ACTIVE and row.customer_type != "internal"]
    for row in case.rows.calendar:
        if row.greeting_day != "yes" or row.date is None:
            continue
        days = (row.date - case.status_date).days
        if not 0 <= days <= notice:
            continue
        _, customers = communication.greeted(case.rows.events, "holiday_greeting", row.date, notice)
        waiting = [one for one in active if (one.customer_id or "") not in customers]
        if waiting:
            names = wording.listed(f"{one.customer_id} {one.name or ''}".strip() for one in waiting)
            title = Text(row.name_zh or "", row.name_en or row.name_zh or "")
            yield Problem(row, "date", value=row.date, fields={"title": title, "days": days, "customers": names})


def check_called_on(case: Case) -> Iterator[Problem]:
    """Somebody speaks with every active customer at least once in the days set.

    Contact is an event held for the customer or a request it made; without any, the day since when it is a customer counts.

    合作中的客户，在规定天数内至少应有一次联系。
    为客户举行的活动和客户提出的请求都算联系；没有记录的从成为客户之日算起。久不联系的客户，会先去找别人。

    Options: ``visit_days``.

    Passes::

        status date 2026-06-12
        customers
          customer_id | name    | customer_type | status | since
          CUS-001     | 甲 // A | external      | active | 2024-07-01
        events
          event_id | kind                 | customer_id | audience | held_on    | status
          EVT-001  | follow_up_call_visit | CUS-001     | customer | 2026-05-14 | held

    Fails::

        status date 2026-06-12
        customers
          customer_id | name    | customer_type | status | since
        > CUS-001     | 甲 // A | external      | active | 2024-07-01
        events
          event_id | kind                 | customer_id | audience | held_on    | status
          EVT-001  | follow_up_call_visit | CUS-001     | customer | 2026-05-13 | held
    """
    limit = case.settings.whole("visit_days")
    last = last_contacts(case.rows.events, case.rows.requests, case.status_date)
    for row in case.rows.customers:
        since = last.get(row.customer_id or "", row.since)
        if row.status != _ACTIVE or row.customer_type == "internal" or since is None:
            continue
        days = (case.status_date - since).days
        if days >= limit:
            fields = {"title": row.name or "", "date": since}
            yield Problem(row, "last_contact", days, limit, owner=row.account_manager or "", fields=fields)


def check_campaign_looked_back_upon(case: Case) -> Iterator[Problem]:
    """The effect of a campaign is written down within the days set.

    Otherwise the next one is planned without knowing whether the last one paid.

    营销活动举行后，应在规定天数内写明效果。
    不总结效果，就不知道下次该不该再办。

    Options: ``campaign_days``.

    Passes::

        status date 2026-06-12
        events
          event_id | kind               | subject       | held_on    | effect         | status
          EVT-001  | marketing_campaign | 沙龙 // Salon | 2026-05-30 |                | held
          EVT-002  | marketing_campaign | 沙龙 // Salon | 2026-04-24 | 3条 // 3 leads | held

    Fails::

        status date 2026-06-12
        events
          event_id | kind               | subject       | held_on    | effect         | status
        > EVT-001  | marketing_campaign | 沙龙 // Salon | 2026-05-29 |                | held
    """
    limit = case.settings.whole("campaign_days")
    for row in case.rows.events:
        if row.kind != "marketing_campaign" or row.held_on is None or row.effect is not None:
            continue
        days = (case.status_date - row.held_on).days
        if days >= limit and row.status != "cancelled" and case.stands(row.project_id):
            fields = {"title": row.subject or "", "date": row.held_on}
            yield Problem(row, "effect", days, limit, owner=row.owner or "", fields=fields)


RULES: tuple[Rule, ...] = (
    Rule(
        "COM-05",
        check_birthday,
        "contacts",
        Severity.REMINDER,
        (
            "contacts.is_key",
            "contacts.greet_consent",
            "contacts.birthday",
            "contacts.active",
            "events.kind",
            "events.planned_on",
        ),
        ("birthday_notice",),
    ),
    Rule(
        "COM-06",
        check_greeting_day,
        "calendar",
        Severity.REMINDER,
        ("calendar.date", "calendar.greeting_day", "customers.status", "events.kind", "events.planned_on"),
        ("holiday_notice",),
    ),
    Rule(
        "COM-07",
        check_called_on,
        "customers",
        Severity.MEDIUM,
        ("customers.status", "customers.since", "events.held_on", "events.customer_id", "requests.received_at"),
        ("visit_days",),
    ),
    Rule(
        "COM-09",
        check_campaign_looked_back_upon,
        "events",
        Severity.LOW,
        ("events.kind", "events.held_on", "events.status"),
        ("campaign_days",),
        tier="could",
        regardless=("events.effect",),
    ),
)
