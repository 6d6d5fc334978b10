"""Rules on meetings, talks and trainings: held as planned, kept up, by the right channel, written down.

Not here: care for customers (``care_rules``), the dates (``communication``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import communication, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import EventsRow

_MINUTED = frozenset({
    "project_meeting", "progress_review", "customer_report", "problem_notice", "change_talk", "negotiation",
    "lessons_learned_meeting", "service_process_review",
})  # fmt: skip
"""Kinds of event of which minutes are written."""
_ALLOWED = "channel_by_event_kind"


def _standing(case: Case) -> list[EventsRow]:
    return [row for row in case.rows.events if case.stands(row.project_id)]


def check_held_as_planned(case: Case) -> Iterator[Problem]:
    """A meeting, talk or greeting is held on its planned day or shortly after, or cancelled.

    Trainings have a rule of their own. A meeting that silently does not take place leaves its questions open.

    会议、沟通和问候应在计划日期或稍后举行，不举行的应取消。
    培训另有规则。悄悄没开的会，问题也就没人答。

    Options: ``event_grace``.

    Passes::

        status date 2026-06-12
        events
          event_id | kind            | subject          | frequency | planned_on | held_on    | status
          EVT-001  | progress_review | 周会 // Review   | weekly    | 2026-06-12 |            | planned
          EVT-002  | progress_review | 周会 // Review   | weekly    | 2026-06-05 | 2026-06-08 | held
          EVT-003  | project_meeting | 例会 // Meeting  | once      | 2026-06-01 |            | cancelled

    Fails::

        status date 2026-06-12
        events
          event_id | kind            | subject          | frequency | planned_on | held_on    | status
        > EVT-001  | progress_review | 周会 // Review   | weekly    | 2026-06-11 |            | planned
    """
    limit = case.settings.whole("event_grace")
    for row in _standing(case):
        if row.status != "planned" or row.held_on is not None or row.kind in communication.TRAININGS:
            continue
        if row.planned_on is None or row.planned_on >= case.status_date:
            continue
        days = case.waited(row.planned_on)
        if days >= limit:
            fields = {
                "title": row.subject or "",
                "kind": wording.code(case, "events", "kind", row.kind),
                "date": row.planned_on,
            }
            yield Problem(row, "planned_on", days, limit, owner=row.owner or "", fields=fields)


def check_kept_up(case: Case) -> Iterator[Problem]:
    """What recurs is held again before its interval, and half of it more, has passed.

    A series is all events of a kind that recur for one project and customer; the finding stands on its newest event. Talks
    that stop are the first sign of a project in trouble.

    有频率的例行沟通，距上次举行不应超过“间隔×倍数”。
    同一项目、同一客户、同一类型的例行事项为一组，结果标在最新一行。沟通中断往往是项目出问题的第一个信号。

    Options: ``gap_factor``.

    Passes::

        status date 2026-06-12
        events
          event_id | kind            | subject         | frequency | planned_on | held_on    | status
          EVT-001  | customer_report | 汇报 // Report  | monthly   | 2026-04-28 | 2026-04-28 | held
          EVT-002  | customer_report | 汇报 // Report  | monthly   | 2026-06-15 |            | planned

    Fails::

        status date 2026-06-12
        events
          event_id | kind            | subject         | frequency | planned_on | held_on    | status
          EVT-001  | customer_report | 汇报 // Report  | monthly   | 2026-04-27 | 2026-04-27 | held
        > EVT-002  | customer_report | 汇报 // Report  | monthly   | 2026-06-15 |            | planned
    """
    factor = case.settings.number("gap_factor")
    for one in communication.series(_standing(case), case.status_date):
        limit = communication.INTERVALS[one.frequency] * factor
        days = (case.status_date - one.since).days
        if days > limit:
            row = one.newest
            fields = {
                "kind": wording.code(case, "events", "kind", row.kind),
                "frequency": wording.code(case, "events", "frequency", one.frequency),
                "date": one.since,
            }
            yield Problem(
                row, "frequency", days, limit, owner=row.owner or "", fields=fields, variant="" if one.held else "never"
            )


def check_channel(case: Case) -> Iterator[Problem]:
    """An event uses a channel that suits its kind, and with a key contact the one that this person prefers.

    The kinds and their channels stand in the lists; where a kind has none, every channel suits it. The preference counts as
    far as the kind allows it. A change told on the telephone is a change that nobody can prove.

    沟通方式应适合事项类型；与关键联系人沟通，应采用其偏好的方式。
    类型与方式的对应见“列表”；没有对应要求的类型不限。变更只打电话说，事后没有凭据。

    Passes::

        contacts
          contact_id | name            | is_key | preferred_channel
          CON-001    | 周明 // M. Zhou | yes    | email
        events
          event_id | kind            | subject         | channel | contact_id | status
          EVT-001  | change_talk     | 变更 // Change  | email   | CON-001    | planned
          EVT-002  | project_meeting | 例会 // Meeting | meeting | CON-001    | planned

    Fails::

        contacts
          contact_id | name            | is_key | preferred_channel
          CON-001    | 周明 // M. Zhou | yes    | email
        events
          event_id | kind                 | subject         | channel | contact_id | status
        > EVT-001  | change_talk          | 变更 // Change  | phone   |            | planned
        > EVT-002  | follow_up_call_visit | 回访 // Call    | phone   | CON-001    | planned
    """
    pairs = case.catalogue.tables.get(_ALLOWED, frozenset())
    allowed: dict[str, set[str]] = {}
    for kind, channel in sorted(pairs):
        allowed.setdefault(kind, set()).add(channel)
    for row in _standing(case):
        if row.channel is None or row.status == "cancelled":
            continue
        suits = allowed.get(row.kind or "")
        fields: dict[str, object] = {
            "title": row.subject or "",
            "kind": wording.code(case, "events", "kind", row.kind),
            "channel": wording.code(case, "events", "channel", row.channel),
        }
        if suits and row.channel not in suits:
            fields["wanted"] = wording.codes(case, "events", "channel", sorted(suits))
            yield Problem(row, "channel", row.channel, owner=row.owner or "", fields=fields)
            continue
        contact = case.find("contacts", row.contact_id)
        likes = contact.preferred_channel if contact is not None and contact.is_key == "yes" else None
        if likes and likes != row.channel and (not suits or likes in suits):
            fields["wanted"] = wording.code(case, "events", "channel", likes)
            fields["name"] = (contact.name if contact else None) or ""
            yield Problem(row, "channel", row.channel, owner=row.owner or "", fields=fields, variant="contact")


def check_minutes(case: Case) -> Iterator[Problem]:
    """Minutes of a meeting, report or talk are written within the days set.

    After a week everybody remembers something else.

    会议、汇报和沟通举行后，应在规定天数内写好纪要。
    过了一周，每个人记得的都不一样。

    Options: ``minutes_days``.

    Passes::

        status date 2026-06-12
        events
          event_id | kind            | subject         | held_on    | minutes       | status
          EVT-001  | project_meeting | 例会 // Meeting | 2026-06-11 |               | held
          EVT-002  | project_meeting | 例会 // Meeting | 2026-06-01 | 进展 // Done  | held

    Fails::

        status date 2026-06-12
        events
          event_id | kind            | subject         | held_on    | minutes       | status
        > EVT-001  | project_meeting | 例会 // Meeting | 2026-06-10 |               | held
    """
    limit = case.settings.whole("minutes_days")
    for row in _standing(case):
        if row.kind not in _MINUTED or row.held_on is None or row.minutes is not None or row.status != "held":
            continue
        days = case.waited(row.held_on)
        if days >= limit:
            fields = {
                "title": row.subject or "",
                "kind": wording.code(case, "events", "kind", row.kind),
                "date": row.held_on,
            }
            yield Problem(row, "minutes", days, limit, owner=row.owner or "", fields=fields)


def check_training_done(case: Case) -> Iterator[Problem]:
    """A planned training takes place, and afterwards its effect is written down, for staff with the score.

    A training whose effect nobody looks at is a day off work.

    计划的培训应如期举行，之后写明效果；内部培训还应有考核成绩。
    没人看效果的培训，等于放了一天假。

    Options: ``train_grace``.

    Passes::

        status date 2026-06-12
        events
          event_id | kind             | subject         | planned_on | held_on    | effect      | score | status
          EVT-001  | staff_training   | 风险 // Risk    | 2026-06-08 |            |             |       | planned
          EVT-002  | customer_training | 操作 // Use    | 2026-05-04 | 2026-05-04 | 会用 // Can |       | held

    Fails::

        status date 2026-06-12
        events
          event_id | kind             | subject         | planned_on | held_on    | effect      | score | status
        > EVT-001  | staff_training   | 风险 // Risk    | 2026-06-05 |            |             |       | planned
        > EVT-002  | staff_training   | 风险 // Risk    | 2026-05-04 | 2026-05-06 | 会用 // Can |       | held
    """
    limit = case.settings.whole("train_grace")
    for row in _standing(case):
        if row.kind not in communication.TRAININGS or row.status == "cancelled":
            continue
        fields = {"title": row.subject or ""}
        if row.held_on is None:
            days = case.waited(row.planned_on) if row.planned_on is not None else 0
            if days >= limit and row.planned_on is not None:
                fields_ = {**fields, "date": row.planned_on}
                yield Problem(row, "planned_on", days, limit, owner=row.owner or "", fields=fields_)
            continue
        wanted = ("effect", "score") if row.kind == "staff_training" else ("effect",)
        missing = [name for name in wanted if getattr(row, name) is None]
        days = case.waited(row.held_on)
        if missing and days >= limit:
            more = {**fields, "date": row.held_on, "missing": wording.columns(case, "events", missing)}
            yield Problem(row, missing[0], days, limit, owner=row.owner or "", fields=more, variant="effect")


_DATES = ("events.kind", "events.planned_on", "events.held_on", "events.status")
RULES: tuple[Rule, ...] = (
    Rule("COM-01", check_held_as_planned, "events", Severity.MEDIUM, _DATES, ("event_grace",)),
    Rule("COM-02", check_kept_up, "events", Severity.MEDIUM, (*_DATES, "events.frequency"), ("gap_factor",)),
    Rule(
        "COM-03",
        check_channel,
        "events",
        Severity.LOW,
        ("events.kind", "events.channel", "events.contact_id", "contacts.is_key", "contacts.preferred_channel"),
        tier="should",
    ),
    Rule(
        "COM-04",
        check_minutes,
        "events",
        Severity.LOW,
        ("events.kind", "events.held_on", "events.status"),
        ("minutes_days",),
        tier="should",
        regardless=("events.minutes",),
    ),
    Rule(
        "COM-08",
        check_training_done,
        "events",
        Severity.LOW,
        _DATES,
        ("train_grace",),
        tier="should",
        regardless=("events.effect", "events.score"),
    ),
)
