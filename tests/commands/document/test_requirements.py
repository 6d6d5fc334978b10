"""The chapters of the requirements specification."""

from automation.commands.document.requirements import requirements_specification
from tests.documents import source_of
from tests.tables import project_of

BOOK = """
projects
 project_id | name | quality_goal | objective | objective_measure | objective_target | scope_in
 PRJ-001 | A | UAT一次通过率≥90%;致命缺陷0个 | 上线 | 工时(小时) | 2 | x;y
contacts
 contact_id | name | title
 CON-001 | 周明 | IT经理
requirements
 req_id | title | title_en | category | subtype | status | priority | source_channel | source_contact | raised_on | feas_technical | feas_cost | feas_time | acceptance_criterion | verify_method | confirmed_by | confirmed_on | conflict_with | conflict_resolution | performance_target
 REQ-001 | 排程 | Scheduling | functional | function | confirmed | high | interview | CON-001 | 2026-03-11 | feasible | feasible | feasible | 60秒内 | functional_test | CON-001 | 2026-04-20 | REQ-005 | |
 REQ-002 | 同步 | Sync | functional | interface | accepted | high | meeting | | 2026-03-12 | feasible_with_conditions | feasible | feasible | 5分钟 | functional_test | CON-001 | 2026-04-20 | | |
 REQ-003 | 工资 | Wages | functional | function | analysed | medium | meeting | | 2026-03-18 | not_assessed | feasible | feasible | | | | | | |
 REQ-004 | 响应 | Response | non_functional | performance | confirmed | high | meeting | | 2026-03-19 | feasible | feasible | feasible | | performance_test | CON-001 | 2026-04-20 | | | ≤3秒
 REQ-005 | 离线 | Offline | non_functional | security | confirmed | low | meeting | | 2026-03-20 | not_feasible | feasible_with_conditions | feasible | 4小时 | functional_test | CON-001 | 2026-04-20 | REQ-001 | |
 REQ-006 | 刀具 | Tools | functional | function | deferred | low | meeting | | 2026-03-20 | feasible | feasible | feasible | | | | | | |
 REQ-007 | 数据 | Data | functional | data | cancelled | low | meeting | | 2026-03-20 | feasible | feasible | feasible | | | | | | |
plan
 task_id | name | req_ids | status
 T-001 | 开发 | REQ-001;REQ-002 | in_progress
 T-002 | 取消 | REQ-004 | cancelled
checks
 check_id | kind | req_id | standard | compare | planned_on | executor | executed_on | result | recheck_of
 CHK-001 | functional_test | REQ-001 | s | conforms | 2026-06-01 | RES-001 | 2026-06-01 | failed |
 CHK-002 | functional_test | REQ-001 | s | conforms | 2026-06-05 | RES-001 | 2026-06-05 | passed | CHK-001
 CHK-003 | functional_test | REQ-002 | s | conforms | 2026-07-05 | RES-001 | | not_executed |
deliverables
 deliverable_id | name | kind | req_ids
 DLV-001 | 软件 | software | REQ-001;REQ-004
changes
 change_id | title | decision | raised_on
 CHG-001 | 新增接口 | pending | 2026-06-03
"""


def made(language="zh"):
    return requirements_specification(source_of(project_of(BOOK), language))


def blocks(context, kind):
    return {one["id"]: one for group in context[kind] for one in group["requirements"]}


def test_requirements_stand_by_category_and_sub_type_in_the_order_of_the_list():
    context = made()
    assert [group["name"] for group in context["functional"]] == ["功能", "接口"]
    assert [group["name"] for group in context["non_functional"]] == ["性能", "安全性"]
    assert list(blocks(context, "functional")) == ["REQ-001", "REQ-003", "REQ-002"]


def test_a_block_tells_source_feasibility_criterion_and_method():
    assert blocks(made(), "functional")["REQ-001"] == {
        "id": "REQ-001",
        "title": "排程",
        "text": "What the customer needs",
        "priority": "高",
        "status": "已确认",
        "owner": "RES-002",
        "source": "访谈，周明（IT经理），2026年3月11日",
        "feasibility": "可行（技术可行，成本可行，时间可行）",
        "criterion": "60秒内",
        "performance": "",
        "method": "功能测试",
        "confirmed": "周明（IT经理），2026年4月20日",
    }
    english = blocks(made("en"), "functional")["REQ-002"]
    assert english["title"] == "Sync"
    assert english["feasibility"] == (
        "Feasible with conditions (technical: feasible with conditions; cost: feasible; time: feasible)"
    )


def test_what_is_missing_is_said_and_not_left_empty():
    block = blocks(made(), "functional")["REQ-003"]
    assert (block["criterion"], block["method"], block["confirmed"]) == ("待补充", "待补充", "尚未确认")
    assert block["feasibility"].startswith("未评估（")


def test_deferred_and_cancelled_requirements_stand_apart_only():
    context = made()
    assert [row["id"] for row in context["withdrawn"]] == ["REQ-006", "REQ-007"]
    assert not {"REQ-006", "REQ-007"} & {row["id"] for row in context["trace"]}
    assert context["data"] == []
    assert context["figures"]["total"] == 5
    assert context["figures"]["withdrawn"] == 2


def test_a_conflict_stands_once_with_its_state():
    assert made()["conflicts"] == [
        {"first": "REQ-001 排程", "second": "REQ-005 离线", "resolution": "尚无解决办法", "state": "待解决"}
    ]


def test_open_points_name_all_that_must_be_settled_before_signing():
    assert [(row["id"], row["text"]) for row in made()["open_points"]] == [
        ("REQ-003", "尚未确认（已分析）"),
        ("REQ-004", "已确认但缺少验收标准"),
        ("REQ-005", "评估为不可行，须重新商定"),
        ("REQ-001", "与“REQ-005 离线”冲突，须商定解决办法"),
        ("CHG-001", "变更待客户决定"),
    ]


def test_assumptions_are_the_conditions_of_feasible_requirements():
    assert [row["id"] for row in made()["assumptions"]] == ["REQ-002"]


def test_the_matrix_shows_gaps_and_leaves_out_replaced_checks_and_cancelled_tasks():
    rows = {row["id"]: row for row in made()["trace"]}
    assert rows["REQ-001"] == {
        "id": "REQ-001",
        "title": "排程",
        "tasks": "T-001",
        "checks": "CHK-002 通过",
        "deliverables": "DLV-001",
        "gaps": "",
    }
    assert rows["REQ-002"]["gaps"] == "无交付物"
    assert rows["REQ-003"]["gaps"] == "未确认"
    assert rows["REQ-004"]["gaps"] == "无任务\n无检查"


def test_the_fulfilment_rate_is_accepted_of_confirmed_or_later():
    figures = made()["figures"]
    assert (figures["accepted"], figures["fulfilment"]) == (1, "25%")


def test_goals_are_divided_into_measure_and_target():
    assert [(row["measure"], row["target"]) for row in made()["overview"]["goals"]] == [
        ("工时(小时)", "2"),
        ("UAT一次通过率", "≥90%"),
        ("致命缺陷", "0个"),
    ]


def test_abbreviations_are_explained_where_the_text_uses_them():
    terms = [row["term"] for row in made()["glossary"]]
    assert "UAT（用户验收测试）" in terms
    assert not any(term.startswith("ERP") for term in terms)
    assert terms[0] == "需求"
