"""Running rules on a case: problems become findings with messages in both languages.

Not here: the rules. A rule that is switched off in the settings is not run; one whose inputs failed a data check
leaves that row out, one of whose columns the workbook lacks is not run at all, and the result says so.
"""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Finding, Place, Text
from automation.base.records import replace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.base.findings import Value
    from automation.base.rules import Problem, Rule
    from automation.deviations.case import Case
    from automation.model.project import Project

_ONE = re.compile(r"(?<![\d.,])(1 (?:working )?(?:day|point|round))s\b")
"""One of something, as a template with a plural writes it."""


class Judged(NamedTuple):
    """Findings of the rules, and what could not be judged.

    ``skipped`` are (rule, sheet, row key), with an empty key for all rows of a sheet; ``undated`` are those of them
    that wait for dates of the plan, ``lacking`` the rules not run with the ``sheet.column`` that the workbook lacks.
    """

    findings: tuple[Finding, ...]
    skipped: tuple[tuple[str, str, str], ...]
    undated: tuple[tuple[str, str, str], ...] = ()
    lacking: tuple[tuple[str, str], ...] = ()


MOST = 200
"""How many findings of one rule are named one by one; one more says how many there are besides."""


def judge(rules: Iterable[Rule], case: Case, *, most: int = MOST) -> Judged:
    """What the rules find in a case, in the order of the rules, at most ``most`` of each one by one."""
    findings: list[Finding] = []
    skipped: list[tuple[str, str, str]] = []
    undated: list[tuple[str, str, str]] = []
    lacking: list[tuple[str, str]] = []
    for rule in rules:
        if not case.settings.rule(rule.id).enabled:
            continue
        missing = _missing(rule, case.project)
        if missing:
            lacking += [(rule.id, name) for name in missing]
            skipped.append((rule.id, rule.sheet, ""))
            continue
        view = replace(case, inputs=rule.inputs, skipped=[], undated=[])
        problems = rule.check(view)
        findings += [_finding(rule, problem, view) for problem in islice(problems, most)]
        rest = sum(1 for _ in problems)
        if rest:
            findings.append(_rest(rule, rest, view))
        waiting = [(rule.id, sheet, key) for sheet, key in dict.fromkeys(view.undated)]
        skipped += [(rule.id, sheet, key) for sheet, key in view.skipped] + waiting
        undated += waiting
    return Judged(tuple(findings), tuple(skipped), tuple(undated), tuple(lacking))


def _missing(rule: Rule, project: Project) -> list[str]:
    """The columns a rule looks at that the workbook's sheets lack; a sheet that is missing as a whole does not count."""
    found = []
    for name in dict.fromkeys((*rule.inputs, *rule.regardless)):
        sheet, _, column = name.partition(".")
        columns = project.tables[sheet].columns
        if columns and column not in columns:
            found.append(name)
    return found


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
    message, hint = (Text(text.zh, _ONE.sub(r"\1", text.en) if "1 " in text.en else text.en) for text in texts)
    severity = case.settings.rule(rule.id).severity or problem.severity or rule.severity
    return Finding(
        rule=rule.id,
        severity=severity,
        place=place,
        message=message,
        hint=hint,
        value=measured(problem.value),
        threshold=measured(problem.threshold),
        owner=problem.owner,
    )


def measured(value: Value) -> Value:
    """A measured value or threshold as programs get it: whole numbers as such, others to two decimals."""
    if not isinstance(value, float):
        return value
    return int(value) if value.is_integer() else round(value, 2)


def shown(value: object) -> object:
    """A value as a sentence shows it: numbers without idle zeros and to one decimal, money with thousands."""
    if isinstance(value, Decimal):
        return f"{value:,.2f}".removesuffix(".00")
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return "" if value is None else value
