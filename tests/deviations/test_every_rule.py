"""All 127 rules: that they are there, their severity, what they do at the limit itself, and that settings matter."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from automation.base.findings import Severity
from automation.base.records import replace
from automation.base.settings import RuleSetting
from automation.deviations.pages import described
from automation.deviations.registry import RULES
from automation.deviations.running import judge
from tests.tables import catalogue, sample

OURS = {"CAL-01", "REQ-15"}
"""Rules of ours besides the 127."""
CHECKED = {"V01", "V02", "V03", "V04", "V05", "V06"}
"""Rules that the row checks carry out."""
TIERS = {"must": "M", "should": "S", "could": "C"}
SEVERITIES = {
    "错误": Severity.ERROR,
    "高": Severity.HIGH,
    "中": Severity.MEDIUM,
    "低": Severity.LOW,
    "提醒": Severity.REMINDER,
}
BY_ID = {rule.id: rule for rule in RULES}

WAITING = """
CHG-01 chg_assess_days, CHG-03 chg_decide_days, CHG-04 chg_implement_days, CHG-06 chg_tell_days, CHK-01 recheck_days,
CHK-03 check_grace, CHK-07 audit_int, COM-01 event_grace, COM-04 minutes_days, COM-07 visit_days, COM-08 train_grace,
COM-09 campaign_days, DLV-02 accept_days, FBK-04 improve_days, FBK-05 survey_days, FBK-08 thank_days, IMP-02 effect_days,
PLN-10 progress_stale_days, REQ-01 req_confirm_days, REQ-03 req_plan_days, REQ-04 req_feas_days, REQ-08 req_verify_days,
REQ-12 req_stale_days, REQ-14 req_checkplan_days, RSK-02 risk_assess_days, SEC-02 backup_days, SVC-07 repeat_faults,
SVC-10 upgrade_days
"""
"""Waiting times and counts: reported at the limit itself and beyond."""
TOLERANCE = """
CHG-05 chg_days_max, DLV-06 resubmit_days, FBK-07 info_days, IMP-05 funnel_days, PLN-01 start_grace, PLN-02 finish_grace,
PLN-03 ms_amber, PLN-05 progress_gap, PLN-06 task_slip_red, PLN-09 ms_red, PRC-01 bottleneck_ratio, PRC-04 cv_max,
PRC-07 util_max, PRC-08 bench_gap, PRC-09 exception_max, REQ-10 scope_growth_max, REQ-11 task_slip_amber,
REQ-13 confirm_rounds_max, RES-01 load_max, SAL-02 stage_days, SAL-08 market_gap, SVC-05 fault_tell_hours,
CST-04 svc_cost_ratio
"""
"""Upper limits: reported when they are passed, not at the limit itself."""
LEAST = """
CHK-06 first_pass_min, FBK-02 sat_target, FBK-06 int_sat_min, FBK-09 staff_sat_min, PPL-01 perf_min, PRC-03 control_min,
PRC-05 kpi_min, SAL-04 margin_min, SAL-07 sales_min, SVC-06 sla_min, SVC-11 answer_min, V08 profile_min
"""
"""Lower limits: reported below them, not at the limit itself."""


def pairs(text):
    return [tuple(entry.split()) for entry in text.replace("\n", " ").split(",")]


def listed():
    lines = Path(__file__).with_name("rules.txt").read_text("utf-8").splitlines()[1:]
    return [tuple(part.strip() for part in line.split("|")) for line in lines]


@cache
def problems(rule_id, setting="", value=0):
    """What a rule yields on its failing example, with one setting replaced, by row number and variant."""
    rule = BY_ID[rule_id]
    case, _ = sample(described(rule).fails, **({setting: value} if setting else {}))
    return list(rule.check(replace(case, inputs=rule.inputs, skipped=[], undated=[])))


def test_all_127_rules_are_there_and_no_other():
    names = [entry[0] for entry in listed()]
    assert len(names) == len(set(names)) == 127
    assert set(BY_ID) == set(names) - CHECKED | OURS
    assert set(names) <= {name.partition(".")[0] for name in catalogue().rule_messages} | CHECKED


@pytest.mark.parametrize("entry", [entry for entry in listed() if entry[0] not in CHECKED], ids=lambda entry: entry[0])
def test_tier_name_and_severity_are_those_agreed(entry):
    name, tier, label, severity = entry
    rule = BY_ID[name]
    assert TIERS[rule.tier] == tier
    assert catalogue().rule_messages[name].name.zh == label
    assert rule.severity in {SEVERITIES[part] for part in severity.split("→")}


def reported(rule, setting, value, wanted):
    """Whether the problem of a row is yielded with that limit."""
    return any((one.row.row, one.variant) == wanted for one in problems(rule, setting, value))


def measured(rule, setting):
    """The first problem of the failing example that was measured against that setting, and the step to either side."""
    default = float(catalogue().parameters[setting].default)
    for one in problems(rule):
        numbers = isinstance(one.value, (int, float)) and isinstance(one.threshold, (int, float))
        if numbers and float(one.threshold) == default:
            whole = float(one.value).is_integer() and default.is_integer()
            return one, float(one.value), 1.0 if whole else 0.001
    pytest.fail(f"{rule} measures nothing against {setting}")


@pytest.mark.parametrize(("rule", "setting"), pairs(WAITING))
def test_a_waiting_time_is_reported_at_its_limit(rule, setting):
    one, value, step = measured(rule, setting)
    at = (one.row.row, one.variant)
    assert reported(rule, setting, value, at)
    assert not reported(rule, setting, value + step, at)


@pytest.mark.parametrize(("rule", "setting"), pairs(TOLERANCE))
def test_a_tolerance_is_reported_beyond_its_limit_only(rule, setting):
    one, value, step = measured(rule, setting)
    at = (one.row.row, one.variant)
    assert reported(rule, setting, value - step, at)
    assert not reported(rule, setting, value, at)


@pytest.mark.parametrize(("rule", "setting"), pairs(LEAST))
def test_a_lower_limit_is_reported_below_it_only(rule, setting):
    one, value, step = measured(rule, setting)
    at = (one.row.row, one.variant)
    assert reported(rule, setting, value + step, at)
    assert not reported(rule, setting, value, at)


OTHER_VALUES = {
    "days": (0, 1, 2, 5, 400), "working_days": (0, 1, 2, 5, 400), "percent": (0, 1, 50, 99, 100, 500),
    "points": (0, 1, 50, 100), "number": (0.01, 0.5, 1, 2, 5, 6, 25, 1000), "hours": (0.1, 2, 1000),
    "list": ([], ["x"], ["technical"], ["quality"]), "enum": (),
}  # fmt: skip


MORE = {
    "CHK-04 vague_words": """
checks
 check_id | kind   | standard           | compare
 CHK-001  | review | 全部问题友好地关闭 | conforms
""",
    "REQ-02 vague_words": """
requirements
 req_id  | priority | status    | acceptance_criterion
 REQ-001 | high     | confirmed | 全部问题友好地关闭
""",
    "REQ-02 measurable_words": """
requirements
 req_id  | priority | status    | acceptance_criterion
 REQ-001 | high     | confirmed | 全部问题关闭
""",
    "FBK-01 answer_days_survey": """
status date 2026-06-12
feedback
 feedback_id | kind                | content | received_on | replied_on | status
 FB-001      | satisfaction_survey | 问卷    | 2026-06-04  |            | open
""",
    "REQ-06 score_medium": """
requirements
 req_id  | priority | status    | importance | urgency
 REQ-001 | high     | confirmed | 2          | 5
 REQ-002 | low      | confirmed | 1          | 1
 REQ-003 | low      | confirmed | 1          | 1
""",
    "RES-01 load_weeks": """
status date 2026-06-12
projects
 project_id | name | start_planned
 PRJ-001    | A    | 2026-06-15
plan
 task_id | duration | predecessors | owner   | resource_use
 T-001   | 5        |              | RES-001 | RES-001:100%
 T-002   | 5        | T-001        | RES-001 | RES-001:100%
 T-003   | 5        | T-001        | RES-001 | RES-001:100%
resources
 resource_id | name | kind   | capacity
 RES-001     | 甲   | person | 100
""",
    "RSK-03 risk_cycle_very_high": """
status date 2026-06-12
risks
 risk_id  | title | probability | impact | last_review | status
 RISK-001 | a     | 5           | 5      | 2026-06-01  | assessed
""",
    "RSK-03 risk_cycle_medium": """
status date 2026-06-12
risks
 risk_id  | title | probability | impact | last_review | status
 RISK-001 | a     | 3           | 3      | 2026-04-01  | assessed
""",
}
"""Examples for settings that the rule's own ones leave alone."""


@pytest.mark.parametrize(("rule", "setting"), [(rule.id, name) for rule in RULES for name in rule.parameters], ids=str)
def test_another_value_of_each_setting_changes_what_is_found(rule, setting):
    parameter = catalogue().parameters[setting]
    texts = described(BY_ID[rule])
    seen = set()
    for value in (None, *OTHER_VALUES[parameter.type]):
        if value is not None and isinstance(value, (int, float)):
            low, high = parameter.minimum, parameter.maximum
            value = max(value, low if low is not None else value)  # noqa: PLW2901 - brought between its limits
            value = min(value, high if high is not None else value)  # noqa: PLW2901 - as above
        given = {} if value is None else {setting: value}
        more = MORE.get(f"{rule} {setting}")
        for example in (texts.fails, texts.passes, *([more] if more else [])):
            case, _ = sample(example, **given)
            found = judge([BY_ID[rule]], case).findings
            number = 0 if example is texts.fails else 1 if example is texts.passes else 2
            seen.add((number, tuple((one.place.key, one.severity, str(one.threshold)) for one in found)))
    assert len(seen) > 2 + (more is not None), f"{setting} changes nothing of {rule}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_company_may_switch_a_rule_off_or_change_its_severity(rule):
    case, _ = sample(described(rule).fails)
    other = Severity.LOW if rule.severity is not Severity.LOW else Severity.HIGH
    off = replace(case, settings=replace(case.settings, rules={rule.id: RuleSetting(enabled=False)}))
    changed = replace(case, settings=replace(case.settings, rules={rule.id: RuleSetting(severity=other)}))
    assert judge([rule], off).findings == ()
    assert {one.severity for one in judge([rule], changed).findings} == {other}
