"""Rules on single feedback: answered in time, causes found and acted upon, front-line information used, praise thanked.

Not here: rules on means (``satisfaction_rules``), the figures (``feedback``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import feedback, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import FeedbackRow

_FRONT_LINE = frozenset({"c", "d"})
_SHORT = 30
"""So many characters of a feedback are quoted."""


def _standing(case: Case) -> list[FeedbackRow]:
    return [row for row in case.rows.feedback if case.stands(row.project_id)]


def _quoted(row: FeedbackRow) -> str:
    text = " ".join((row.content or "").split())
    return text if len(text) <= _SHORT else text[:_SHORT] + "…"


def check_answered_in_time(case: Case) -> Iterator[Problem]:
    """Feedback is answered by its due day: a complaint soonest, then comments and suggestions, then surveys.

    Somebody who says what is wrong and hears nothing says it to others.

    反馈应在期限内答复：投诉最急，其次是意见和建议，再次是调查。
    提了意见却没有回音的人，会去对别人说。

    Options: ``answer_days_complaint``, ``answer_days_comment``, ``answer_days_survey``.

    Passes::

        status date 2026-06-12
        feedback
          feedback_id | kind       | content        | received_on | replied_on | status
          FB-001      | complaint  | 未到货 // Late | 2026-06-11  |            | open
          FB-002      | suggestion | 字体 // Fonts  | 2026-06-09  |            | open
          FB-003      | complaint  | 占线 // Busy   | 2026-05-22  | 2026-05-25 | answered

    Fails::

        status date 2026-06-12
        feedback
          feedback_id | kind       | content        | received_on | replied_on | status
        > FB-001      | complaint  | 未到货 // Late | 2026-06-10  |            | open
        > FB-002      | suggestion | 字体 // Fonts  | 2026-06-08  |            | open
    """
    for row in _standing(case):
        if row.replied_on is not None or row.status in feedback.ANSWERED:
            continue
        day = feedback.due(row, case.calendar, case.settings)
        if day is not None and day < case.status_date:
            fields = {
                "title": _quoted(row),
                "kind": wording.code(case, "feedback", "kind", row.kind),
                "date": row.received_on,
                "due": day,
            }
            yield Problem(row, "replied_on", value=day, owner=row.owner or "", fields=fields)


def check_low_score_acted_upon(case: Case) -> Iterator[Problem]:
    """A complaint or a low score has a root cause and an improvement action once it is closed or some days old.

    Judged are complaints and satisfaction scores up to the limit. An answer alone does not keep it from happening again.

    投诉和低分反馈，在关闭时或受理若干工作日后，应有原因分析和改进行动。
    只答复不改进，同样的事还会发生。

    Options: ``low_score``, ``improve_days``.

    Passes::

        status date 2026-06-12
        feedback
          feedback_id | kind      | content        | score | received_on | root_cause        | action_id | status
          FB-001      | complaint | 未到货 // Late |       | 2026-06-08  |                   |           | in_work
          FB-002      | complaint | 占线 // Busy   |       | 2026-05-22  | 坐席少 // Too few | IMP-001   | answered

    Fails::

        status date 2026-06-12
        feedback
          feedback_id | kind                | content        | score | received_on | root_cause        | action_id | status
        > FB-001      | complaint           | 未到货 // Late |       | 2026-06-05  |                   |           | in_work
        > FB-002      | complaint           | 占线 // Busy   |       | 2026-06-11  | 坐席少 // Too few |           | closed
        > FB-003      | satisfaction_survey | 不满 // Bad    | 2     | 2026-06-01  |                   | IMP-001   | answered
    """
    low, limit = case.settings.number("low_score"), case.settings.whole("improve_days")
    for row in _standing(case):
        bad = row.kind == feedback.COMPLAINT or (row.score is not None and float(row.score) <= low)
        if not bad or row.received_on is None:
            continue
        days = case.waited(row.received_on)
        missing = [name for name in ("root_cause", "action_id") if getattr(row, name) is None]
        if missing and (row.status == "closed" or days >= limit):
            fields = {
                "title": _quoted(row),
                "kind": wording.code(case, "feedback", "kind", row.kind),
                "date": row.received_on,
                "missing": wording.columns(case, "feedback", missing),
            }
            yield Problem(row, missing[0], days, limit, owner=row.owner or "", fields=fields)


def check_information_used(case: Case) -> Iterator[Problem]:
    """Information of class C or D is answered, or becomes a requirement or an action, within the days set.

    Those at the front line hear first what customers want; if nothing comes of it they stop telling.

    一线的 C、D 类信息应在规定天数内答复，或转为需求或改进行动。
    一线人员最先听到客户想要什么；报上来没有下文，以后就没人报了。

    Options: ``info_days``.

    Passes::

        status date 2026-06-12
        feedback
          feedback_id | kind               | content          | info_class | received_on | req_id  | status
          FB-001      | market_information | 能耗 // Energy   | c          | 2026-05-29  |         | open
          FB-002      | market_information | 能耗 // Energy   | d          | 2026-05-01  | REQ-001 | open
          FB-003      | market_information | 能耗 // Energy   | b          | 2026-05-01  |         | open

    Fails::

        status date 2026-06-12
        feedback
          feedback_id | kind               | content          | info_class | received_on | req_id  | status
        > FB-001      | market_information | 能耗 // Energy   | c          | 2026-05-28  |         | open
    """
    limit = case.settings.whole("info_days")
    for row in _standing(case):
        if row.info_class not in _FRONT_LINE or row.received_on is None:
            continue
        used = row.replied_on is not None or row.req_id is not None or row.action_id is not None
        days = (case.status_date - row.received_on).days
        if not used and row.status not in feedback.ANSWERED and days > limit:
            fields = {
                "title": _quoted(row),
                "class": wording.code(case, "feedback", "info_class", row.info_class),
                "date": row.received_on,
            }
            yield Problem(row, "info_class", days, limit, owner=row.owner or "", fields=fields)


def check_praise_thanked(case: Case) -> Iterator[Problem]:
    """Praise is answered with thanks within the days set.

    It takes a minute, and the customer remembers it.

    收到表扬后，应在规定天数内致谢。
    花一分钟，客户会记住。

    Options: ``thank_days``.

    Passes::

        status date 2026-06-12
        feedback
          feedback_id | kind   | content       | received_on | replied_on | status
          FB-001      | praise | 认真 // Good  | 2026-06-08  |            | open
          FB-002      | praise | 认真 // Good  | 2026-05-18  | 2026-05-19 | answered

    Fails::

        status date 2026-06-12
        feedback
          feedback_id | kind   | content       | received_on | replied_on | status
        > FB-001      | praise | 认真 // Good  | 2026-06-05  |            | open
    """
    limit = case.settings.whole("thank_days")
    for row in _standing(case):
        if row.kind != feedback.PRAISE or row.replied_on is not None or row.received_on is None:
            continue
        days = case.waited(row.received_on)
        if days >= limit and row.status not in feedback.ANSWERED:
            fields = {"title": _quoted(row), "date": row.received_on}
            yield Problem(row, "replied_on", days, limit, owner=row.owner or "", fields=fields)


_ANSWER = ("feedback.kind", "feedback.received_on", "feedback.replied_on", "feedback.status")
RULES: tuple[Rule, ...] = (
    Rule(
        "FBK-01",
        check_answered_in_time,
        "feedback",
        Severity.HIGH,
        _ANSWER,
        ("answer_days_complaint", "answer_days_comment", "answer_days_survey"),
    ),
    Rule(
        "FBK-04",
        check_low_score_acted_upon,
        "feedback",
        Severity.HIGH,
        ("feedback.kind", "feedback.score", "feedback.received_on", "feedback.status"),
        ("low_score", "improve_days"),
        regardless=("feedback.root_cause", "feedback.action_id"),
    ),
    Rule(
        "FBK-07",
        check_information_used,
        "feedback",
        Severity.LOW,
        ("feedback.info_class", "feedback.received_on", "feedback.replied_on", "feedback.req_id", "feedback.action_id"),
        ("info_days",),
        tier="should",
    ),
    Rule("FBK-08", check_praise_thanked, "feedback", Severity.LOW, _ANSWER, ("thank_days",), tier="could"),
)
