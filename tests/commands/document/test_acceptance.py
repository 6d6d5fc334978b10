"""The acceptance report and its proposed conclusion (C16)."""

import pytest

from automation.commands.document.acceptance import acceptance_report, conclusion
from tests.documents import source_of
from tests.tables import project_of

HEAD = """
checks
 check_id | kind | req_id | standard | compare | planned_on | executed_on | result | defect_severity | recheck_of | problem | rework_owner | rework_due | target_value | actual_value | unit
"""
REQUIREMENTS = """
requirements
 req_id | title | priority | status | category | subtype
 REQ-001 | 排程 | high | confirmed | functional | function
 REQ-002 | 看板 | medium | confirmed | functional | function
 REQ-003 | 取消 | high | cancelled | functional | function
"""
PASSED = " CHK-001 | functional_test | REQ-001 | s | conforms | 2026-06-01 | 2026-06-01 | passed | | | | | | | |\n"


def check(number, requirement, result, severity="", recheck=""):
    executed = "" if result == "not_executed" else "2026-06-02"
    return (
        f" CHK-{number:03} | functional_test | {requirement} | 延迟不超过2秒 | at_most | 2026-06-02 | {executed} | {result}"
        f" | {severity} | {recheck} | 太慢 | | | 2 | 3.4 | 秒\n"
    )


def found(*checks, requirements=REQUIREMENTS, extra="", language="zh"):
    text = requirements + (HEAD + "".join(checks) if checks else "") + extra
    return source_of(project_of(text), language)


@pytest.mark.parametrize(
    ("checks", "verdict"),
    [
        ([], "not_accepted"),
        ([PASSED], "accepted"),
        ([check(1, "REQ-001", "not_executed")], "not_accepted"),
        ([PASSED, check(2, "REQ-002", "not_executed")], "accepted"),
        ([PASSED, check(2, "REQ-002", "failed", "minor")], "with_conditions"),
        ([PASSED, check(2, "REQ-002", "failed", "suggestion")], "with_conditions"),
        ([PASSED, check(2, "REQ-002", "failed", "major")], "not_accepted"),
        ([PASSED, check(2, "REQ-002", "failed", "critical")], "not_accepted"),
        ([PASSED, check(2, "REQ-002", "failed")], "not_accepted"),
        ([PASSED, check(2, "REQ-001", "failed", "minor")], "not_accepted"),
        ([check(1, "REQ-001", "passed_with_conditions", "minor")], "with_conditions"),
        ([PASSED, check(2, "REQ-002", "failed", "major"), check(3, "REQ-002", "passed", "", "CHK-002")], "accepted"),
        (
            [PASSED, check(2, "REQ-002", "failed", "major"), check(3, "REQ-002", "not_executed", "", "CHK-002")],
            "not_accepted",
        ),
        ([PASSED, check(2, "", "failed", "major")], "not_accepted"),
    ],
)
def test_the_verdict_follows_from_high_requirements_and_open_failures(checks, verdict):
    made = found(*checks)
    assert conclusion(made).verdict == verdict
    boxes = acceptance_report(made)["conclusion"]["boxes"]
    assert boxes == {name: "☑" if name == verdict else "☐" for name in ("accepted", "with_conditions", "not_accepted")}


def test_without_a_requirement_of_high_priority_nothing_is_proven():
    assert conclusion(
        found(PASSED, requirements=REQUIREMENTS.replace("| high | confirmed", "| low | confirmed"))
    ).verdict == ("not_accepted")


def test_results_show_each_check_with_its_measurement_and_requirements_without_one():
    rows = acceptance_report(found(PASSED, check(5, "REQ-001", "failed", "major")))["results"]
    assert [(row["requirement"], row["check"], row["result"], row["alert"]) for row in rows] == [
        ("REQ-001\n排程", "CHK-001\n功能测试", "通过", ""),
        ("REQ-001\n排程", "CHK-005\n功能测试", "不通过", "failed"),
        ("REQ-002\n看板", "无检查", "未执行", ""),
    ]
    assert rows[1]["standard"] == "延迟不超过2秒\n实测：3.4 秒"


def test_residual_issues_are_failures_unproven_requirements_and_goods_not_taken_over():
    extra = """
deliverables
 deliverable_id | name | kind | accept_status | due | owner
 DLV-001 | 网关 | hardware | not_submitted | 2026-05-29 | RES-009
 DLV-002 | 手册 | document | accepted | 2026-05-29 | RES-009
 DLV-003 | 验收报告 | report | not_submitted | 2026-08-25 | RES-009
"""
    rows = acceptance_report(found(check(5, "REQ-002", "failed", "major"), extra=extra))["residual"]
    assert [(row["id"], row["text"], row["severity"], row["due"]) for row in rows] == [
        ("CHK-005", "太慢", "严重", "待定"),
        ("REQ-001", "排程：尚无通过的检查", "—", "待定"),
        ("DLV-001", "网关：未提交", "—", "2026年5月29日"),
    ]


def test_the_basis_names_contract_papers_and_agreed_changes_only():
    extra = """
projects
 project_id | name | deal_id
 PRJ-001 | A | DEAL-001
deals
 deal_id | name | contract_no | signed_on | contract_amount | est_cost | service_terms
 DEAL-001 | 集成合同 | HT-1 | 2026-02-20 | 2480000 | 1900000 | 质保12个月
changes
 change_id | title | decision | approved_by | approved_on | status
 CHG-001 | 同意的 | approved | CON-001 | 2026-05-15 | approved
 CHG-002 | 没有客户同意 | approved | | | implemented
 CHG-003 | 待定 | pending | | | raised
"""
    made = acceptance_report(found(PASSED, extra=extra))
    assert {row["label"]: row["text"] for row in made["contract"]}["合同金额"] == "CNY 2,480,000.00"
    assert "1900000" not in str(made).replace(",", "")
    assert [row["id"] for row in made["changes"]] == ["CHG-001"]
    assert made["handover"]["warranty"] == "质保12个月"
    assert [row["id"] for row in made["withdrawn"]] == ["REQ-003"]


def test_reasons_are_told_in_both_languages():
    checks = (PASSED, check(5, "REQ-002", "failed", "major"))
    assert acceptance_report(found(*checks))["conclusion"]["reasons"] == [
        "高优先级需求 1 项，其中 1 项已有通过的检查，0 项没有。",
        "未关闭的致命或严重问题 1 项：CHK-005。",
        "未关闭的一般问题或建议 0 项。",
    ]
    english = acceptance_report(found(*checks, language="en"))["conclusion"]
    assert english["proposal"] == "not accepted"
    assert english["reasons"][1] == "1 critical or major failures are open: CHK-005."
