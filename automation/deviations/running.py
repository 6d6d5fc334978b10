"""Running rules on a case: problems become findings with messages in both languages.

Not here: the rules. A rule that is switched off in the settings is not run; one whose inputs failed a data check
leaves that row out, and the result says so.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Finding, Place, Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.base.rules import Problem, Rule
    from automation.deviations.case import Case

_ONE = re.compile(r"(?<![\d.,])(1 (?:working )?(?:day|point|round))s\b")
"""One of something, as a template with a plural writes it."""


class Judged(NamedTuple):
    """Findings of the rules, and (rule, sheet, row key) of rows that could not be judged."""

    findings: tuple[Finding, ...]
    skipped: tuple[tuple[str, str, str], ...]


MOST = 200
"""How many findings of one rule are named one by one; one more says how many there are besides."""


def judge(rules: Iterable[Rule], case: Case, *, most: int = MOST) -> Judged:
    """What the rules find in a case, in the order of the rules, at most ``most`` of each one by one."""
    findings: list[Finding] = []
    skipped: list[tuple[str, str, str]] = []
    for rule in rules:
        if not case.settings.rule(rule.id).enabled:
            continue
        view = replace(case, inputs=rule.inputs, skipped=[])
        problems = rule.check(view)
        findings += [_finding(rule, problem, view) for problem in islice(problems, most)]
        rest = sum(1 for _ in problems)
        if rest:
            findings.append(_rest(rule, rest, view))
        skipped += [(rule.id, sheet, key) for sheet, key in view.skipped]
    return Judged(tuple(findings), tuple(skipped))


def _rest(rule: Rule, count: int, case: Case) -> Finding:
    """The closing finding for those of a rule that are not named one by one."""
    name = case.catalogue.rule_messages[rule.id].name
    return Finding(
        rule=rule.id,
        severity=case.settings.rule(rule.id).severity or rule.severity,
        place=Place(rule.sheet),
        message=Text(
            f"规则“{name.zh}”还有 {count} 行同类问题，没有逐条列出。",
            f"Rule “{name.en}” has {count} more rows of this kind, not listed here.",
        ),
        hint=Text("请先处理已列出的问题，再重新检查。", "Deal with those that are listed first, then check again."),
        value=count,
    )


def _finding(rule: Rule, problem: Problem, case: Case) -> Finding:
    table = case.project.tables[problem.sheet or rule.sheet]
    place = table.place_of(problem.row, problem.column)
    title = getattr(problem.row, table.sheet.title, None)
    title_en = getattr(problem.row, f"{table.sheet.title}_en", None)
    owner = case.find("resources", problem.owner)
    fields = {
        "key": place.key,
        "title": Text(str(title or ""), str(title_en or title or "")),
        "cell": place.cell,
        "value": problem.value,
        "limit": problem.threshold,
        "owner": getattr(owner, "name", None) or problem.owner,
        **problem.fields,
    }
    name = f"{rule.id}.{problem.variant}" if problem.variant else rule.id
    texts = case.catalogue.rule_messages[name].filled(**{key: shown(entry) for key, entry in fields.items()})
    message, hint = (Text(text.zh, _ONE.sub(r"\1", text.en)) for text in texts)
    severity = case.settings.rule(rule.id).severity or problem.severity or rule.severity
    return Finding(
        rule=rule.id,
        severity=severity,
        place=place,
        message=message,
        hint=hint,
        value=problem.value,
        threshold=problem.threshold,
        owner=problem.owner,
    )


def shown(value: object) -> object:
    """A value as a sentence shows it: numbers without idle zeros and to one decimal, money with thousands."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return "" if value is None else value
