"""The rules on the health of plans: they keep what their docstrings promise, and join a check only when asked to."""

from __future__ import annotations

from datetime import date

import pytest

from automation.commands.request import Request
from automation.deviations import plan_health_figures, plan_health_tasks
from automation.deviations.examples import described
from automation.deviations.registry import RULES
from automation.deviations.running import judge
from automation.planning.health import POINTS
from tests.planning.test_health import CASES
from tests.tables import catalogue, project_of, sample, settings

HEALTH = (*plan_health_tasks.RULES, *plan_health_figures.RULES)
every_rule = pytest.mark.parametrize("rule", HEALTH, ids=lambda rule: rule.id)


@every_rule
def test_the_failing_example_is_reported_on_the_marked_rows_and_nowhere_else(rule):
    case, marked = sample(described(rule).fails)
    findings = judge([rule], case).findings
    assert {(finding.place.sheet, finding.place.key) for finding in findings} == marked
    assert marked
    for finding in findings:
        for text in (finding.message.zh, finding.message.en, finding.hint.zh, finding.hint.en):
            assert text
            assert "None" not in text
            assert "{" not in text


@every_rule
def test_the_passing_example_is_silent(rule):
    assert judge([rule], sample(described(rule).passes).case).findings == ()


@every_rule
def test_the_settings_named_in_the_docstring_are_those_the_rule_declares(rule):
    assert described(rule).options == rule.parameters
    assert all(rule.id in catalogue().parameters[key].rules for key in rule.parameters)


@every_rule
def test_a_closed_project_is_not_judged(rule):
    text = CASES["leads"][1]
    project = "projects\n project_id | status | start_planned\n PRJ-001 | closed | 2026-05-25\nplan\n"
    assert judge([rule], sample(project + text).case).findings == ()


def test_an_index_is_told_to_two_decimals():
    rule = next(rule for rule in HEALTH if rule.id == "HLT-15")
    (finding,) = judge([rule], sample(described(rule).fails).case).findings
    assert "is 0.94 (limit 0.95)" in finding.message.en


@pytest.mark.parametrize(("wanted", "found"), [("no", set()), ("yes", {"HLT-02"})])
def test_a_check_reports_them_only_when_the_setting_asks_for_it(wanted, found):
    project = project_of("plan\n" + CASES["leads"][1])
    request = Request(project, (), catalogue(), settings(plan_health_in_check=wanted), date(2026, 6, 12))
    rules = {finding.rule for finding in request.judged.findings}
    assert {rule for rule in rules if rule.startswith("HLT")} >= found
    assert bool(found) is any(rule.startswith("HLT") for rule in rules)


def test_their_ids_are_not_those_of_other_rules():
    assert not {rule.id for rule in HEALTH} & {rule.id for rule in RULES}
    assert len({rule.id for rule in HEALTH}) == len(HEALTH) < len(POINTS)
