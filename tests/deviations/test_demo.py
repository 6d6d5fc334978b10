"""The demonstration project gives every planted finding of requirements, changes, plan and risks, and no other."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
import yaml

import automation
from automation.checks.registry import checked
from automation.deviations.case import Case
from automation.deviations.registry import RULES
from automation.deviations.running import judge
from automation.model.project import build
from automation.model.tables import Raw, RawSheet
from automation.planning.workbook import calendar_of, plans_of
from tests.tables import catalogue, settings

DEMO = Path(automation.__file__).parent / "demo"
STATUS_DATE = date(2026, 6, 12)
PLANTED = """
REQ-01 REQ-010:medium REQ-020:medium
REQ-02 REQ-011:high
REQ-03 REQ-009:high
REQ-04 REQ-020:medium
REQ-05 REQ-031:high
REQ-06
REQ-07 REQ-002:high
REQ-08
REQ-09 REQ-003:high
REQ-10
REQ-13
REQ-14
CHG-01 CHG-003:high
CHG-02 CHG-004:high
CHG-03 CHG-005:medium
CHG-04
CHG-05 CHG-006:high
CHG-06
PLN-01 T-028:high T-029:medium
PLN-02 T-023:medium T-024:high T-025:medium T-026:high T-029:medium
PLN-03 T-006:medium T-016:medium T-022:medium T-032:high T-040:high T-047:high T-050:high
PLN-04 PRJ-001:high
PLN-05 T-023:medium T-025:medium T-026:medium
PLN-06 T-025:medium T-026:medium
PLN-07
PLN-08
PLN-09 T-032:high
PLN-10
PLN-11
RES-01 RES-004:medium
RES-02
RES-03
RSK-01 RISK-002:high
RSK-02 RISK-012:medium
RSK-03 RISK-008:medium
RSK-04 RISK-001:high
RSK-05 RISK-011:medium
RSK-06 RISK-009:medium
RSK-07 RISK-001:high
RSK-08
RSK-09
CST-01 COST-002:medium
CST-02 PRJ-001:high
CST-03 PRJ-001:medium
CST-04
SAL-01 DEAL-004:medium
SAL-02 DEAL-004:low
SAL-03 DEAL-003:reminder
SAL-04 DEAL-003:medium
SAL-05 DEAL-003:high
SAL-06 DEAL-002:medium
SAL-07
SAL-08
CHK-01 CHK-005:high
CHK-02
CHK-03 CHK-006:medium
CHK-04
CHK-05
CHK-06
CHK-07
DLV-01 DLV-003:high
DLV-02 DLV-002:medium
DLV-03
DLV-04
DLV-05
DLV-06
SVC-01 SR-004:high
SVC-02
SVC-03
SVC-04
SVC-05 SR-004:high
SVC-06
SVC-07 SVC-003:medium
SVC-08
SVC-09
SVC-10
SVC-11 KPI-010:medium
FBK-01 FB-007:high
FBK-02 CUS-001:medium
FBK-03 CUS-001:medium
FBK-04 FB-009:high
FBK-05
FBK-06 FB-011:medium
FBK-07 FB-012:low
FBK-08 FB-008:low
FBK-09
FBK-10
COM-01 EVT-012:medium
COM-02
COM-03
COM-04
COM-05 CON-001:reminder
COM-06 2026-06-19:reminder
COM-07
COM-08
COM-09
IMP-01
IMP-02
IMP-03
IMP-04
IMP-05
IMP-06
PRC-01 PROC-008:medium
PRC-02
PRC-03 PROC-005:high
PRC-04
PRC-05 KPI-003:medium KPI-006:medium KPI-012:medium
PRC-06
PRC-07
PRC-08
PRC-09
PPL-01
PPL-02
SEC-01
SEC-02
SEC-03
V07
V08
"""
FOLLOW_FROM_THE_PLAN = """
PLN-12 T-035:low T-047:low T-049:low
REQ-11 T-023:medium T-024:medium T-025:medium T-026:medium T-028:medium T-029:medium T-035:medium T-041:medium T-042:medium T-043:medium T-044:medium T-048:medium
"""
"""Rules that plant nothing of their own: the late tasks that realise requirements, tasks drawn with little float."""


def _expected(text: str) -> dict[str, set[str]]:
    return {line.split()[0]: set(line.split()[1:]) for line in text.strip().splitlines()}


def _cell(value: object, kind: str) -> object:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    if kind == "dt" and isinstance(value, str):
        return datetime.fromisoformat(value)
    return value


def _case(rows: dict[str, list[dict[str, object]]]) -> Case:
    sheets = []
    for name, content in rows.items():
        sheet = catalogue().sheets[name]
        body = [[_cell(row.get(column.id), column.kind) for column in sheet.columns] for row in content]
        sheets.append(RawSheet(sheet.label.zh, [[column.label.zh for column in sheet.columns], *body]))
    project, _ = build(Raw("demo.xlsx", tuple(sheets)), catalogue())
    calendar = calendar_of(project)
    return Case(
        project=project,
        plans=plans_of(project, calendar, STATUS_DATE),
        calendar=calendar,
        status_date=STATUS_DATE,
        settings=settings(),
        catalogue=catalogue(),
        failed=checked(project, catalogue(), STATUS_DATE).failed,
    )


def demo_case() -> Case:
    """The demonstration at its status date; its baseline is the plan without progress."""
    rows = {
        path.stem: yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        for path in DEMO.glob("*.yaml")
        if path.stem in catalogue().sheets
    }
    drawn = _case(rows).plans["PRJ-001"].tasks
    for row in rows["plan"]:
        span = drawn[str(row["task_id"])].drawn
        row |= {"baseline_start": span.start, "baseline_finish": span.finish}
    return _case(rows)


@pytest.fixture(scope="module")
def judged():
    """What all rules say about the demonstration."""
    return judge(RULES, demo_case())


def _found(judged, rule: str) -> set[str]:
    findings = [finding for finding in judged.findings if finding.rule == rule]
    return {f"{finding.place.key}:{finding.severity.code}" for finding in findings}


@pytest.mark.parametrize(("rule", "planted"), sorted(_expected(PLANTED).items()))
def test_each_rule_finds_what_was_planted_and_nothing_else(judged, rule, planted):
    assert _found(judged, rule) == planted


@pytest.mark.parametrize(("rule", "expected"), sorted(_expected(FOLLOW_FROM_THE_PLAN).items()))
def test_other_rules_find_what_the_plan_implies(judged, rule, expected):
    assert _found(judged, rule) == expected


def test_requirements_that_stand_still_are_those_whose_tasks_run(judged):
    assert _found(judged, "REQ-12") == {f"REQ-{number:03}:low" for number in (2, 8, 11, 12, 15, 16, 22, 26, 27, 28, 31)}


def test_every_finding_has_an_identity_of_its_own_and_no_row_is_skipped(judged):
    names = [finding.id for finding in judged.findings]
    assert len(names) == len(set(names))
    assert judged.skipped == ()
