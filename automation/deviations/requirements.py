"""Rules on requirements up to their confirmation: agreed in time, measurable, assessed, ranked, without conflict.

Not here: what happens to a requirement once it is confirmed (``realisation``).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import cache, lru_cache, partial
from typing import TYPE_CHECKING

from automation.base.findings import Severity
from automation.base.rules import Problem, Rule
from automation.deviations import derived, wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from automation.base.settings import Settings
    from automation.deviations.case import Case
    from automation.model.rows import RequirementsRow

UNCONFIRMED = frozenset({"collected", "analysed"})
_FEASIBILITIES = ("feas_technical", "feas_cost", "feas_time")
_PRIORITIES = ("low", "medium", "high")
_UNASSESSED = frozenset({None, "not_assessed"})
_SETTLED = frozenset({"accepted", "deferred", "cancelled"})


def check_confirmed_in_time(case: Case) -> Iterator[Problem]:
    """A requirement is confirmed by the customer within the time allowed after it was raised.

    What the customer never confirmed may be built and then not be paid for, and a late confirmation leaves no time
    to build it. A requirement of high priority makes it a finding of high severity.

    需求提出后，应在期限内得到客户确认。
    未经确认就动手，做出来的东西客户可以不认；确认得太晚，又来不及做。优先级为“高”的需求，严重程度升为“高”。

    Options: ``req_confirm_days``.

    Passes::

        status date 2026-06-12
        requirements
          req_id  | raised_on  | priority | status
          REQ-001 | 2026-06-01 | high     | analysed

    Fails::

        status date 2026-06-12
        requirements
          req_id  | raised_on  | priority | status
        > REQ-001 | 2026-05-28 | medium   | collected
    """
    limit = case.settings.whole("req_confirm_days")
    for row in case.rows.requirements:
        if row.status not in UNCONFIRMED or row.raised_on is None or not case.stands(row.project_id):
            continue
        days = case.waited(row.raised_on)
        if days >= limit:
            yield Problem(
                row,
                "status",
                value=days,
                threshold=limit,
                severity=Severity.HIGH if row.priority == "high" else None,
                owner=row.owner or "",
                fields={"date": row.raised_on, "days": days},
            )


def check_criterion_measurable(case: Case) -> Iterator[Problem]:
    """A confirmed requirement, or an analysed one of high priority, has a measurable acceptance criterion.

    Without one nobody can say at acceptance whether the requirement is met. A criterion is measurable where one of
    its parts holds a number, or one of the measurable words without a vague word beside it.

    已确认的需求，以及已分析的高优先级需求，应有可衡量的验收标准。
    没有可衡量的标准，验收时说不清是否达到。标准中有数值，或有可判定的用词且同一分句里没有模糊用词，即视为可衡量。

    Options: ``vague_words``, ``measurable_words``.

    Passes::

        requirements
          req_id  | priority | status    | acceptance_criterion
          REQ-001 | high     | confirmed | 50台设备连续7天采集成功率≥99% // 50 machines, 7 days: at least 99 % acquired
          REQ-002 | medium   | analysed  |

    Fails::

        requirements
          req_id  | priority | status    | acceptance_criterion
        > REQ-001 | high     | analysed  |
        > REQ-002 | low      | confirmed | 系统好用、分析准确 // Easy to use, accurate analysis
    """
    for row in case.rows.requirements:
        wanted = row.status in derived.CONFIRMED or (row.status == "analysed" and row.priority == "high")
        text = row.acceptance_criterion
        if not wanted or not case.stands(row.project_id) or (text and measurable(text, case.settings)):
            continue
        yield Problem(row, "acceptance_criterion", value=text, owner=row.owner or "", variant="vague" if text else "")


def check_feasibility_assessed(case: Case) -> Iterator[Problem]:
    """Technical, cost and time feasibility of a requirement are assessed within the time allowed.

    A promise made before all three are known may turn out to be impossible, too dear or too late.

    需求提出后，应在期限内完成技术、成本、时间三项可行性评估。
    没有评估就答应客户，可能做不到、超预算或赶不上工期。

    Options: ``req_feas_days``.

    Passes::

        status date 2026-06-12
        requirements
          req_id  | raised_on  | status    | feas_technical | feas_cost    | feas_time
          REQ-001 | 2026-05-28 | collected | feasible       | feasible     | not_feasible
          REQ-002 | 2026-06-08 | collected | not_assessed   | not_assessed | not_assessed

    Fails::

        status date 2026-06-12
        requirements
          req_id  | raised_on  | status    | feas_technical | feas_cost    | feas_time
        > REQ-001 | 2026-05-28 | collected | feasible       | not_assessed | feasible
    """
    limit = case.settings.whole("req_feas_days")
    labels_of = cache(partial(wording.columns, case, "requirements"))
    for row in case.rows.requirements:
        parts = (row.feas_technical, row.feas_cost, row.feas_time)
        if row.status in _SETTLED or row.raised_on is None or _UNASSESSED.isdisjoint(parts):
            continue
        if not case.stands(row.project_id):
            continue
        days = case.waited(row.raised_on)
        if days >= limit:
            missing = _unassessed(*parts)
            labels = labels_of(missing)
            yield Problem(
                row,
                missing[0],
                value=days,
                threshold=limit,
                owner=row.owner or "",
                fields={"date": row.raised_on, "days": days, "value": labels},
            )


@cache
def _unassessed(*parts: str | None) -> tuple[str, ...]:
    """The columns of feasibility whose values say nothing."""
    return tuple(name for name, part in zip(_FEASIBILITIES, parts, strict=True) if part in _UNASSESSED)


def check_confirmed_is_feasible(case: Case) -> Iterator[Problem]:
    """A requirement that is not feasible overall is not confirmed.

    The overall feasibility is the worst of the three; whoever confirms what cannot be done breaks a promise later.

    综合可行性为“不可行”的需求，不应处于“已确认”或之后的状态。
    综合可行性取技术、成本、时间三项中最差的一项；确认了做不到的需求，等于先许诺后违约。

    Passes::

        requirements
          req_id  | status    | feas_technical | feas_cost                | feas_time
          REQ-001 | analysed  | not_feasible   | feasible                 | feasible
          REQ-002 | confirmed | feasible       | feasible_with_conditions | feasible

    Fails::

        requirements
          req_id  | status    | feas_technical | feas_cost | feas_time
        > REQ-001 | confirmed | feasible       | feasible  | not_feasible
    """
    for row in case.rows.requirements:
        if row.status not in derived.CONFIRMED or derived.feasibility(row) != "not_feasible":
            continue
        if case.stands(row.project_id):
            worst = [name for name in _FEASIBILITIES if getattr(row, name) == "not_feasible"]
            fields = {
                "value": wording.columns(case, "requirements", worst),
                "status": wording.code(case, "requirements", "status", row.status),
            }
            yield Problem(row, "status", value=row.status, owner=row.owner or "", fields=fields)


def check_priority_fits_score(case: Case) -> Iterator[Problem]:
    """The priority of an open requirement is near the one its score suggests, and not most of them are high.

    The score is importance times urgency; two levels apart is a contradiction. Where more than the allowed share of
    a project's requirements is high, the word no longer says what comes first.

    未完结需求的优先级应与优先级分大致相符，且高优先级需求不宜过多。
    优先级分为重要性乘紧迫性；与建议的优先级相差两级即为矛盾。高优先级占比过大，就分不出先后。

    Options: ``score_high``, ``score_medium``, ``high_share_max``.

    Passes::

        requirements
          req_id  | importance | urgency | priority | status
          REQ-001 | 5          | 4       | medium   | analysed
          REQ-002 | 4          | 4       | high     | analysed

    Fails::

        requirements
          req_id  | importance | urgency | priority | status
        > REQ-001 | 5          | 4       | low      | analysed
    """
    suggest = cache(partial(derived.suggested_priority, settings=case.settings))
    label_of = cache(partial(wording.code, case, "requirements", "priority"))
    for row in case.rows.requirements:
        score = derived.priority_score(row.importance, row.urgency)
        suggested = suggest(score)
        if suggested is None or row.priority is None or row.status in _SETTLED or not case.stands(row.project_id):
            continue
        if abs(_PRIORITIES.index(suggested) - _PRIORITIES.index(row.priority)) > 1:
            fields = {
                "value": label_of(row.priority),
                "expected": label_of(suggested),
                "score": score,
            }
            yield Problem(row, "priority", value=row.priority, owner=row.owner or "", fields=fields)
    yield from _high_shares(case)


def _high_shares(case: Case) -> Iterator[Problem]:
    limit = case.settings.number("high_share_max")
    priorities: dict[str | None, list[str | None]] = defaultdict(list)
    for row in case.rows.requirements:
        priorities[row.project_id].append(row.priority)
    for project in case.project.rows.projects:
        found = priorities.get(project.project_id, [])
        share = 100 * found.count("high") / len(found) if found else 0.0
        if share > limit and case.stands(project.project_id):
            yield Problem(
                project,
                value=round(share, 1),
                threshold=limit,
                owner=project.project_manager or "",
                variant="share",
                sheet="projects",
            )


def check_conflicts_resolved(case: Case) -> Iterator[Problem]:
    """Two requirements that conflict have a written resolution before one of them is confirmed.

    Both cannot be met; if it is left open, the one that was built last decides. The finding stands on the first of
    the two and names all that it conflicts with; a resolution written at either of the two counts for both.

    相互冲突的两条需求，在任何一条确认之前，应写明解决办法。
    冲突的需求不可能都满足；不先解决，就等于由后做的那条说了算。检查结果列在先出现的一条上，并列出与之冲突的需求；任一方写了解决办法即可。

    Passes::

        requirements
          req_id  | status    | conflict_with | conflict_resolution
          REQ-001 | confirmed | REQ-002       | 断网缓存4小时，之后手工补录 // Buffered for 4 hours, then manual entry
          REQ-002 | confirmed | REQ-001       |
          REQ-003 | analysed  | REQ-004       |
          REQ-004 | collected | REQ-003       |

    Fails::

        requirements
          req_id  | status    | conflict_with | conflict_resolution
        > REQ-001 | confirmed | REQ-002       |
          REQ-002 | analysed  | REQ-001       |
    """
    rows = {row.req_id: row for row in case.rows.requirements if row.status != "cancelled" and row.req_id}
    partners: dict[str, list[RequirementsRow]] = {}
    for row in rows.values():
        for name in row.conflict_with:
            other = rows.get(name)
            if other is None or other is row or not case.stands(row.project_id):
                continue
            resolved = row.conflict_resolution or other.conflict_resolution
            if resolved or not {row.status, other.status} & derived.CONFIRMED:
                continue
            first, second = sorted((row, other), key=lambda one: one.row)
            known = partners.setdefault(first.req_id or "", [])
            if second not in known:
                known.append(second)
    for name, others in partners.items():
        fields = {
            "other": wording.listed(other.req_id or "" for other in others),
            "other_title": wording.titles(others),
        }
        yield Problem(
            rows[name],
            "conflict_resolution",
            value=";".join(other.req_id or "" for other in others),
            owner=rows[name].owner or "",
            fields=fields,
        )


def check_confirmed_in_few_rounds(case: Case) -> Iterator[Problem]:
    """A requirement is confirmed after few rounds of confirmation.

    Many rounds without a result mean that somebody who can decide was not in the room.

    需求应在少数几轮内得到确认。
    反复确认仍没有结果，多半是能拍板的人没有参加。

    Options: ``confirm_rounds_max``.

    Passes::

        requirements
          req_id  | status    | confirm_rounds
          REQ-001 | analysed  | 3
          REQ-002 | confirmed | 5

    Fails::

        requirements
          req_id  | status   | confirm_rounds
        > REQ-001 | analysed | 4
    """
    limit = case.settings.number("confirm_rounds_max")
    for row in case.rows.requirements:
        rounds = row.confirm_rounds or 0
        if row.status in UNCONFIRMED and rounds > limit and case.stands(row.project_id):
            yield Problem(row, "confirm_rounds", value=rounds, threshold=limit, owner=row.owner or "")


_PARTS = re.compile(r"[，,、；;。！!？?\n]+")
_QUANTITY = re.compile(
    r"\d|[两二三四五六七八九十百千万]+\s*(?:个|天|日|周|月|年|秒|分|小时|次|人|台|条|份|项|级|倍|成|遍)"
)


def measurable(text: str, settings: Settings) -> bool:
    """Whether a criterion can be measured or answered with yes or no in one of its parts.

    A part can where it holds a number, or one of the measurable words and none of the vague ones.
    """
    wide = unicodedata.normalize("NFKC", text)
    if _QUANTITY.search(wide):
        return True
    clear, vague = _words(settings.words("measurable_words")), _words(settings.words("vague_words"))
    return any(clear.search(part) and not vague.search(part) for part in _PARTS.split(wide.casefold()))


@lru_cache(maxsize=8)
def _words(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, case folded: as a whole word if it is English, anywhere if it is Chinese."""
    folded = (unicodedata.normalize("NFKC", word).casefold() for word in words)
    parts = [rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in folded]
    return re.compile("|".join(parts) or r"(?!)")


_ROW = ("requirements.project_id", "requirements.status")

RULES: tuple[Rule, ...] = (
    Rule(
        "REQ-01",
        check_confirmed_in_time,
        "requirements",
        Severity.MEDIUM,
        (*_ROW, "requirements.raised_on", "requirements.priority"),
        ("req_confirm_days",),
    ),
    Rule(
        "REQ-02",
        check_criterion_measurable,
        "requirements",
        Severity.HIGH,
        (*_ROW, "requirements.priority", "requirements.acceptance_criterion"),
        ("vague_words", "measurable_words"),
    ),
    Rule(
        "REQ-04",
        check_feasibility_assessed,
        "requirements",
        Severity.MEDIUM,
        (*_ROW, "requirements.raised_on", *(f"requirements.{name}" for name in _FEASIBILITIES)),
        ("req_feas_days",),
    ),
    Rule(
        "REQ-05",
        check_confirmed_is_feasible,
        "requirements",
        Severity.HIGH,
        (*_ROW, *(f"requirements.{name}" for name in _FEASIBILITIES)),
    ),
    Rule(
        "REQ-06",
        check_priority_fits_score,
        "requirements",
        Severity.LOW,
        (*_ROW, "requirements.importance", "requirements.urgency", "requirements.priority"),
        ("score_high", "score_medium", "high_share_max"),
        "should",
    ),
    Rule(
        "REQ-07",
        check_conflicts_resolved,
        "requirements",
        Severity.HIGH,
        (*_ROW, "requirements.conflict_with", "requirements.conflict_resolution"),
    ),
    Rule(
        "REQ-13",
        check_confirmed_in_few_rounds,
        "requirements",
        Severity.LOW,
        (*_ROW, "requirements.confirm_rounds"),
        ("confirm_rounds_max",),
        "could",
    ),
)
