"""Rules on risks: identified, assessed, answered, reviewed, watched, acted upon.

Not here: exposure, level and next review (``derived``).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import derived, wording
from automation.model.spelling import fold, ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import RisksRow

_GRAVE = frozenset({"high", "very_high"})
_TRAINING = frozenset({"staff_training", "customer_training"})


def check_high_risk_has_response(case: Case) -> Iterator[Problem]:
    """An open risk at level high or very high has a response strategy and a response plan.

    A risk that everybody knows and nobody answers is the one the customer will ask about.

    等级为“高”或“极高”的未关闭风险，应有应对策略和应对措施。
    大家都知道却没有人应对的风险，出了事最难向客户交代。

    Options: ``risk_high``, ``risk_very_high``.

    Passes::

        risks
          risk_id  | probability | impact | response | response_plan                            | status
          RISK-001 | 4           | 4      | mitigate | 增加备选供应商 // Name a second supplier | in_response
          RISK-002 | 2           | 5      |          |                                          | assessed

    Fails::

        risks
          risk_id  | probability | impact | response | response_plan | status
        > RISK-001 | 3           | 4      |          |               | assessed
    """
    for row in _open(case):
        value = derived.exposure(row)
        level = derived.risk_level(value, case.settings)
        missing = [name for name in ("response", "response_plan") if getattr(row, name) is None]
        if level in _GRAVE and missing:
            fields = {
                "level": wording.code(case, "risks", "level", level),
                "missing": wording.columns(case, "risks", missing),
            }
            yield Problem(row, missing[0], value=value, owner=row.owner or "", fields=fields)


def check_assessed_in_time(case: Case) -> Iterator[Problem]:
    """Probability and impact of a risk are assessed within the time allowed after its identification.

    Until then nobody knows whether it needs a response at all.

    风险识别后，应在期限内评估可能性和影响程度。
    不评估就不知道要不要应对、先应对哪一个。

    Options: ``risk_assess_days``.

    Passes::

        status date 2026-06-12
        risks
          risk_id  | identified_on | probability | impact | status
          RISK-001 | 2026-06-01    | 3           | 4      | assessed
          RISK-002 | 2026-06-08    |             |        | identified

    Fails::

        status date 2026-06-12
        risks
          risk_id  | identified_on | probability | impact | status
        > RISK-001 | 2026-06-05    | 3           |        | identified
    """
    limit = case.settings.whole("risk_assess_days")
    for row in _open(case):
        missing = [name for name in ("probability", "impact") if getattr(row, name) is None]
        if not missing or row.identified_on is None:
            continue
        days = case.waited(row.identified_on)
        if days >= limit:
            labels = wording.columns(case, "risks", missing)
            fields = {"date": row.identified_on, "days": days, "value": labels}
            yield Problem(row, missing[0], value=days, threshold=limit, owner=row.owner or "", fields=fields)


def check_reviewed_in_time(case: Case) -> Iterator[Problem]:
    """An open risk is reviewed by its next review date: last review, or identification, plus the cycle.

    The cycle is the row's own, else that of its level. A register that nobody looks at stops being true.

    未关闭的风险，应在下次评审日之前评审；下次评审日为上次评审日（没有则为识别日）加评审周期。
    周期取本行填写的天数，没有则按等级。没有人看的风险登记册，很快就不符合实际了。

    Options: ``risk_cycle_very_high``, ``risk_cycle_high``, ``risk_cycle_medium``, ``risk_cycle_low``.

    Passes::

        status date 2026-06-12
        risks
          risk_id  | probability | impact | last_review | review_cycle | status
          RISK-001 | 4           | 4      | 2026-06-05  | 7            | in_response
          RISK-002 | 2           | 2      | 2026-05-13  |              | assessed

    Fails::

        status date 2026-06-12
        risks
          risk_id  | probability | impact | last_review | review_cycle | status
        > RISK-001 | 2           | 5      | 2026-04-30  | 30           | in_response
        > RISK-002 | 3           | 4      | 2026-06-04  |              | assessed
    """
    for row in _open(case):
        due = derived.next_review(row, case.settings)
        if due is not None and due < case.status_date:
            fields = {"date": due, "days": (case.status_date - due).days}
            cycle = derived.review_cycle(row, case.settings)
            yield Problem(row, "last_review", value=due, threshold=cycle, owner=row.owner or "", fields=fields)


def check_responded_in_time(case: Case) -> Iterator[Problem]:
    """The response to a risk is done by its due date, and the risk closed.

    A response that is late is no response: the risk stays as large as it was.

    风险应在应对期限之前落实应对措施并关闭。
    措施到期没有落实，风险和原来一样大。

    Passes::

        status date 2026-06-12
        risks
          risk_id  | due        | status
          RISK-001 | 2026-06-12 | in_response
          RISK-002 | 2026-05-20 | closed

    Fails::

        status date 2026-06-12
        risks
          risk_id  | due        | status
        > RISK-001 | 2026-06-11 | in_response
    """
    for row in _open(case):
        if row.due is not None and row.due < case.status_date:
            fields = {
                "date": row.due,
                "days": (case.status_date - row.due).days,
                "status": wording.code(case, "risks", "status", row.status),
            }
            yield Problem(row, "due", value=row.due, owner=row.owner or "", fields=fields)


def check_exposure_not_rising(case: Case) -> Iterator[Problem]:
    """The exposure of an open risk does not rise by the limit or more from one review to the next.

    A rising risk outgrows the response that was chosen when it was small. A risk that has occurred is a problem to
    be acted upon, not a rising risk, and is not judged here.

    未关闭风险的风险值，不应比上次评审上升过多。
    风险变大了，原先选定的应对措施往往不够用。已经发生的风险应采取行动，不在此判断。

    Options: ``risk_rise``.

    Passes::

        risks
          risk_id  | probability | impact | previous_exposure | status
          RISK-001 | 2           | 5      | 8                 | in_response

    Fails::

        risks
          risk_id  | probability | impact | previous_exposure | status
        > RISK-001 | 3           | 4      | 9                 | in_response
          RISK-002 | 4           | 4      | 12                | occurred
    """
    limit = case.settings.whole("risk_rise")
    for row in _open(case):
        value, previous = derived.exposure(row), row.previous_exposure
        if value is None or previous is None or row.status == "occurred":
            continue
        if value - previous >= limit:
            fields = {"previous": previous}
            yield Problem(row, "exposure", value=value, threshold=limit, owner=row.owner or "", fields=fields)


def check_accepted_risk_has_contingency(case: Case) -> Iterator[Problem]:
    """A risk at level high or very high that is accepted has a contingency plan.

    To accept a risk is a decision to bear it; that needs to be prepared.

    等级为“高”或“极高”而选择“接受”的风险，应有应急预案。
    接受风险就是准备承担后果，所以要事先想好怎么做。

    Options: ``risk_high``, ``risk_very_high``.

    Passes::

        risks
          risk_id  | probability | impact | response | contingency                           | status
          RISK-001 | 3           | 4      | accept   | 改用文件导入 // Switch to file import | assessed
          RISK-002 | 2           | 5      | accept   |                                       | assessed

    Fails::

        risks
          risk_id  | probability | impact | response | contingency | status
        > RISK-001 | 3           | 4      | accept   |             | assessed
    """
    for row in _open(case):
        value = derived.exposure(row)
        level = derived.risk_level(value, case.settings)
        if row.response == "accept" and level in _GRAVE and row.contingency is None:
            fields = {"level": wording.code(case, "risks", "level", level)}
            yield Problem(row, "contingency", value=value, owner=row.owner or "", fields=fields)


def check_occurred_risk_has_action(case: Case) -> Iterator[Problem]:
    """A risk that has occurred is named by an action, open or done, on the improvements sheet.

    From that day on it is a problem, and a problem needs somebody who mends it by a date.

    已发生的风险，应有改进行动与之对应（未完成或已完成均可）。
    风险一旦发生就成了问题，需要有人在限期内处理。被驳回的行动不算。

    Passes::

        risks
          risk_id  | status
          RISK-001 | occurred
        improvements
          action_id | source_ref | funnel
          IMP-001   | RISK-001   | implementing

    Fails::

        risks
          risk_id  | status
        > RISK-001 | occurred
        improvements
          action_id | source_ref | funnel
          IMP-001   | RISK-001   | rejected
    """
    named = {
        name
        for action in case.project.rows.improvements
        if action.source_ref and action.funnel != "rejected"
        for name in ids_of(action.source_ref)
    }
    for row in _open(case):
        if row.status == "occurred" and row.risk_id not in named:
            yield Problem(row, "status", value=row.status, owner=row.owner or "")


def check_categories_covered(case: Case) -> Iterator[Problem]:
    """A running project has at least one risk in each mandatory category.

    A category without a risk was more often forgotten than found to be safe.

    进行中的项目，在每个必查风险类别中至少应识别一条风险。
    某一类一条风险都没有，多半是没想到，而不是没有风险。

    Options: ``risk_categories``.

    Passes::

        projects
          project_id | status
          PRJ-001    | running
          PRJ-002    | preparing
        risks
          risk_id  | project_id | category    | status
          RISK-001 | PRJ-001    | technical   | closed
          RISK-002 | PRJ-001    | people      | assessed
          RISK-003 | PRJ-001    | requirement | assessed
          RISK-004 | PRJ-001    | external    | assessed

    Fails::

        projects
          project_id | status
        > PRJ-001    | running
        risks
          risk_id  | project_id | category  | status
          RISK-001 | PRJ-001    | technical | assessed
    """
    values = case.catalogue.lists["risk_category"].values
    names = {fold(text): value.code for value in values for text in (value.code, value.label.zh, value.label.en)}
    wanted = [names.get(fold(word), word) for word in case.settings.words("risk_categories")]
    found: dict[str | None, set[str | None]] = defaultdict(set)
    for row in case.rows.risks:
        found[row.project_id].add(row.category)
    for project in case.rows.projects:
        missing = [name for name in wanted if name not in found[project.project_id]]
        if project.status == "running" and missing:
            fields = {"value": wording.codes(case, "risks", "category", missing)}
            yield Problem(project, value=";".join(missing), owner=project.project_manager or "", fields=fields)


def check_risk_training_held(case: Case) -> Iterator[Problem]:
    """A running project has held a training on risk: a held training event with risk in its subject.

    People report the risks that they have learnt to see.

    进行中的项目，应举行过风险培训（主题含“风险”且已举行的培训）。
    学过怎样识别风险的人，才会及时报告风险。

    Passes::

        projects
          project_id | status
          PRJ-001    | running
        events
          event_id | project_id | kind           | subject                              | held_on
          EVT-001  | PRJ-001    | staff_training | 风险识别培训 // Seeing risks in time | 2026-03-06

    Fails::

        projects
          project_id | status
        > PRJ-001    | running
        events
          event_id | project_id | kind           | subject                              | held_on
          EVT-001  | PRJ-001    | staff_training | 风险识别培训 // Seeing risks in time |
    """
    trained = {
        event.project_id
        for event in case.rows.events
        if event.kind in _TRAINING
        and event.held_on is not None
        and any(word in (event.subject or "").casefold() for word in ("风险", "risk"))
    }
    for project in case.rows.projects:
        if project.status == "running" and not trained & {project.project_id, None}:
            yield Problem(project, "status", owner=project.project_manager or "")


def _open(case: Case) -> Iterator[RisksRow]:
    """The risks that are not closed."""
    return (row for row in case.rows.risks if row.status != "closed" and case.stands(row.project_id))


_ROW = ("risks.project_id", "risks.status")
_EXPOSURE = ("risks.probability", "risks.impact")

RULES: tuple[Rule, ...] = (
    Rule(
        "RSK-01",
        check_high_risk_has_response,
        "risks",
        Severity.HIGH,
        (*_ROW, *_EXPOSURE, "risks.response", "risks.response_plan"),
        ("risk_high", "risk_very_high"),
    ),
    Rule(
        "RSK-02",
        check_assessed_in_time,
        "risks",
        Severity.MEDIUM,
        (*_ROW, *_EXPOSURE, "risks.identified_on"),
        ("risk_assess_days",),
    ),
    Rule(
        "RSK-03",
        check_reviewed_in_time,
        "risks",
        Severity.MEDIUM,
        (*_ROW, *_EXPOSURE, "risks.identified_on", "risks.last_review", "risks.review_cycle"),
        ("risk_cycle_very_high", "risk_cycle_high", "risk_cycle_medium", "risk_cycle_low"),
    ),
    Rule("RSK-04", check_responded_in_time, "risks", Severity.HIGH, (*_ROW, "risks.due")),
    Rule(
        "RSK-05",
        check_exposure_not_rising,
        "risks",
        Severity.MEDIUM,
        (*_ROW, *_EXPOSURE, "risks.previous_exposure"),
        ("risk_rise",),
        "should",
    ),
    Rule(
        "RSK-06",
        check_accepted_risk_has_contingency,
        "risks",
        Severity.MEDIUM,
        (*_ROW, *_EXPOSURE, "risks.response", "risks.contingency"),
        ("risk_high", "risk_very_high"),
        "should",
    ),
    Rule("RSK-07", check_occurred_risk_has_action, "risks", Severity.HIGH, (*_ROW, "risks.risk_id")),
    Rule(
        "RSK-08",
        check_categories_covered,
        "projects",
        Severity.LOW,
        ("risks.project_id", "risks.category", "projects.status"),
        ("risk_categories",),
        "should",
    ),
    Rule(
        "RSK-09",
        check_risk_training_held,
        "projects",
        Severity.LOW,
        ("events.kind", "events.subject", "events.held_on", "projects.status"),
        (),
        "could",
    ),
)
