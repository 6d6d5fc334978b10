"""Rules on improvements: done in time, their effect looked at, lessons kept, needs decided by those concerned.

Not here: funnel and proposed effects (``improvements``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from automation.base.findings import Severity, Text
from automation.base.rules import Problem, Rule
from automation.deviations import improvements, wording
from automation.model.spelling import ids_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.deviations.case import Case
    from automation.model.rows import ImprovementsRow

_ENDED = frozenset({"accepted", "closed"})


def _standing(case: Case) -> list[ImprovementsRow]:
    return [row for row in case.rows.improvements if case.stands(row.project_id)]


def check_done_in_time(case: Case) -> Iterator[Problem]:
    """An improvement action is done by the day it is due.

    What was promised after a complaint is remembered.

    改进行动应在期限内完成。
    投诉之后答应过的事，客户都记得。

    Passes::

        status date 2026-06-12
        improvements
          action_id | title            | funnel       | due        | done_on
          IMP-001   | 模板 // Template | implementing | 2026-06-12 |
          IMP-002   | 模板 // Template | evaluated    | 2026-05-22 | 2026-05-25
          IMP-003   | 模板 // Template | rejected     | 2026-05-22 |

    Fails::

        status date 2026-06-12
        improvements
          action_id | title            | funnel       | due        | done_on
        > IMP-001   | 模板 // Template | implementing | 2026-06-11 |
    """
    for row in _standing(case):
        if row.due is None or row.done_on is not None or row.due >= case.status_date or row.funnel in improvements.OVER:
            continue
        fields = {"title": row.title or "", "date": row.due, "days": (case.status_date - row.due).days}
        yield Problem(row, "due", value=row.due, owner=row.owner or "", fields=fields)


def check_effect_evaluated(case: Case) -> Iterator[Problem]:
    """The effect of an action is evaluated within the days set after it is done.

    An improvement whose effect nobody checks is a hope.

    改进完成后，应在规定天数内评估效果。
    不看效果的改进，只是一个愿望。

    Options: ``effect_days``.

    Passes::

        status date 2026-06-12
        improvements
          action_id | title            | done_on    | effect
          IMP-001   | 模板 // Template | 2026-05-14 | not_evaluated
          IMP-002   | 模板 // Template | 2026-04-14 | partly

    Fails::

        status date 2026-06-12
        improvements
          action_id | title            | done_on    | effect
        > IMP-001   | 模板 // Template | 2026-05-13 | not_evaluated
    """
    limit = case.settings.whole("effect_days")
    for row in _standing(case):
        if row.done_on is None or row.effect not in {None, "not_evaluated"} or row.kind == "lesson_learned":
            continue
        days = (case.status_date - row.done_on).days
        if days >= limit:
            fields = {"title": row.title or "", "date": row.done_on}
            yield Problem(row, "effect", days, limit, owner=row.owner or "", fields=fields)


def check_followed_up(case: Case) -> Iterator[Problem]:
    """An action that did not achieve its effect is followed up by another that names it.

    Otherwise the problem is still there, with a tick behind it.

    效果“未达到”的改进，应有后续行动，并在来源中写明它的编号。
    否则问题还在，只是打上了勾。

    Passes::

        improvements
          action_id | title            | effect       | source_ref
          IMP-001   | 模板 // Template | not_achieved |
          IMP-002   | 培训 // Training | not_evaluated | IMP-001

    Fails::

        improvements
          action_id | title            | effect       | source_ref
        > IMP-001   | 模板 // Template | not_achieved |
    """
    named = {name for row in case.rows.improvements for name in ids_of(row.source_ref or "")}
    for row in _standing(case):
        if row.effect == "not_achieved" and row.action_id not in named:
            yield Problem(row, "effect", value=row.effect, owner=row.owner or "", fields={"title": row.title or ""})


def check_lessons(case: Case) -> Iterator[Problem]:
    """A project that is accepted or closed has left at least one lesson.

    The next project begins where nobody remembers any more.

    已验收或已关闭的项目，应至少记录一条经验教训。
    不记下来，下一个项目又从头摔起。

    Passes::

        projects
          project_id | name | status
          PRJ-001    | A    | closed
          PRJ-002    | B    | running
        improvements
          action_id | project_id | title            | kind
          IMP-001   | PRJ-001    | 签字 // Sign-off | lesson_learned

    Fails::

        projects
          project_id | name | status
        > PRJ-001    | A    | closed
    """
    learned = {row.project_id for row in case.rows.improvements if row.kind == "lesson_learned"}
    for row in case.rows.projects:
        if row.status in _ENDED and row.project_id not in learned:
            fields = {
                "title": Text(row.name or "", row.name_en or row.name or ""),
                "status": wording.code(case, "projects", "status", row.status),
            }
            yield Problem(row, "status", value=row.status, owner=row.project_manager or "", fields=fields)


def check_need_decided(case: Case) -> Iterator[Problem]:
    """A process-optimisation need does not wait in one stage before its decision for longer than the days set.

    People stop declaring needs of which they never hear again.

    流程优化需求在决定之前，不应在同一阶段停留超过规定天数。
    报上去没有下文，以后就没人再报。

    Options: ``funnel_days``.

    Passes::

        status date 2026-06-12
        improvements
          action_id | title            | kind                      | funnel   | stage_since
          IMP-001   | 评审 // Reviews  | process_optimisation_need | analysed | 2026-05-13
          IMP-002   | 评审 // Reviews  | process_optimisation_need | approved | 2026-01-13

    Fails::

        status date 2026-06-12
        improvements
          action_id | title            | kind                      | funnel   | stage_since
        > IMP-001   | 评审 // Reviews  | process_optimisation_need | analysed | 2026-05-12
    """
    limit = case.settings.whole("funnel_days")
    for row in _standing(case):
        if row.kind != improvements.NEED or row.funnel not in improvements.UNDECIDED or row.stage_since is None:
            continue
        days = (case.status_date - row.stage_since).days
        if days > limit:
            fields = {
                "title": row.title or "",
                "stage": wording.code(case, "improvements", "funnel", row.funnel),
                "date": row.stage_since,
            }
            yield Problem(row, "stage_since", days, limit, owner=row.owner or "", fields=fields)


def check_owner_takes_part(case: Case) -> Iterator[Problem]:
    """A process-optimisation need names the owner of its step as process owner.

    A process that is changed past its owner is changed back.

    流程优化需求的流程所有者，应是该步骤的责任人。
    绕过责任人改的流程，迟早会改回去。

    Passes::

        processes
          step_id  | step_name            | owner
          PROC-001 | 分配 // Assign       | RES-008
        improvements
          action_id | title            | kind                      | step_id  | process_owner
          IMP-001   | 评审 // Reviews  | process_optimisation_need | PROC-001 | RES-008

    Fails::

        processes
          step_id  | step_name            | owner
          PROC-001 | 分配 // Assign       | RES-008
        improvements
          action_id | title            | kind                      | step_id  | process_owner
        > IMP-001   | 评审 // Reviews  | process_optimisation_need | PROC-001 | RES-002
    """
    for row in _standing(case):
        step = case.find("processes", row.step_id)
        if row.kind != improvements.NEED or step is None or step.owner is None or row.process_owner is None:
            continue
        if row.process_owner != step.owner:
            fields = {
                "title": row.title or "",
                "step": f"{row.step_id} {step.step_name or ''}".strip(),
                "owner": step.owner,
            }
            yield Problem(row, "process_owner", value=row.process_owner, owner=step.owner, fields=fields)


RULES: tuple[Rule, ...] = (
    Rule(
        "IMP-01",
        check_done_in_time,
        "improvements",
        Severity.MEDIUM,
        ("improvements.due", "improvements.done_on", "improvements.funnel"),
    ),
    Rule(
        "IMP-02",
        check_effect_evaluated,
        "improvements",
        Severity.LOW,
        ("improvements.done_on", "improvements.effect", "improvements.kind"),
        ("effect_days",),
    ),
    Rule(
        "IMP-03",
        check_followed_up,
        "improvements",
        Severity.MEDIUM,
        ("improvements.effect", "improvements.source_ref"),
        tier="should",
    ),
    Rule("IMP-04", check_lessons, "projects", Severity.MEDIUM, ("projects.status", "improvements.kind")),
    Rule(
        "IMP-05",
        check_need_decided,
        "improvements",
        Severity.LOW,
        ("improvements.kind", "improvements.funnel", "improvements.stage_since"),
        ("funnel_days",),
        tier="should",
    ),
    Rule(
        "IMP-06",
        check_owner_takes_part,
        "improvements",
        Severity.LOW,
        ("improvements.kind", "improvements.step_id", "improvements.process_owner", "processes.owner"),
        tier="could",
    ),
)
