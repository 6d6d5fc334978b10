"""Rows of the demonstration project against the shipped sheets, judged by another implementation of JSON Schema."""

from __future__ import annotations

from functools import lru_cache

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.schema import shipped

ROWS = {
    "projects": "project_id=PRJ-001; name=生产自动化与IT运维外包项目; customer_id=CUS-001; deal_id=DEAL-001; objective=上线生产执行系统"
    "; objective_measure=每班手工录入工时; objective_target=2; scope_in=一、二号车间; scope_out=三号车间; quality_goal=UAT一次通过率≥90%"
    "; project_manager=RES-001; customer_owner=CON-001; start_planned=2026-03-02; finish_deadline=2026-09-10"
    "; budget_total=1980000; phase=设计与开发; status=进行中",
    "customers": "customer_id=CUS-001; name=明川精密制造有限公司(示例); customer_type=外部客户; industry=汽车零部件制造"
    "; company_size=中型; phone=000-00000001; tier=A; account_manager=RES-009; since=2024-07-01; status=合作中"
    "; confidentiality=保密",
    "contacts": "contact_id=CON-001; customer_id=CUS-001; name=周明; role=项目接口人; is_key=是; phone=000-00000002"
    "; email=zhou@example.com; preferred_channel=即时通讯; language=中文; greet_consent=是; birthday=1982-06-17; active=是",
    "deals": "deal_id=DEAL-001; customer_id=CUS-001; name=生产自动化与系统集成合同; kind=新签; owner=RES-009; stage=执行中"
    "; stage_since=2026-03-01; needs_summary=减少手工录入; solution_summary=MES三模块; expected_amount=2480000; probability=100"
    "; expected_close=2026-02-20; est_cost=1900000; risk_reserve=80000; quote_amount=2480000"
    "; quote_valid_until=2026-02-28; tech_review=通过; finance_review=通过; legal_review=通过; contract_no=HT-2026-001"
    "; signed_on=2026-02-20; contract_amount=2480000; contract_start=2026-03-01; contract_end=2026-09-30",
    "requirements": "req_id=REQ-021; project_id=PRJ-001; title=常用查询响应时间; description=200个并发用户下常用查询的响应时间要求"
    "; category=非功能性; subtype=性能; source_channel=会议; raised_on=2026-03-16; importance=4; urgency=4; priority=高"
    "; feas_technical=可行; feas_cost=可行; feas_time=可行; acceptance_criterion=200并发下95%的常用查询≤3秒"
    "; performance_target=≤3秒(95分位); verify_method=性能测试; status=已确认; status_since=2026-04-20; confirm_rounds=1"
    "; confirmed_by=CON-001; confirmed_on=2026-04-20; owner=RES-003",
    "changes": "change_id=CHG-001; project_id=PRJ-001; req_id=REQ-014; title=新增移动端报工; kind=新增; reason=车间无固定电脑位"
    "; raised_by=CON-002; raised_on=2026-05-06; priority=中; added_effort=6; affected_tasks=T-024; impact_days=2"
    "; impact_cost=18000; impact_quality=增加用例12条; impact_risk=刘洋负荷上升; assessed_by=RES-003; assessed_on=2026-05-08"
    "; communicated_on=2026-05-11; communicated_channel=会议; decision=同意; approved_by=CON-001; approved_on=2026-05-15"
    "; status=已批准",
    "plan": "task_id=T-023; wbs=3.1.7; project_id=PRJ-001; phase=设计与开发; name=采购数采网关与服务器; kind=任务; owner=RES-009"
    "; resource_use=RES-009:30%; duration=20; predecessors=T-017; actual_start=2026-05-06; percent_complete=60"
    "; remaining_days=8; updated_on=2026-06-11; status=进行中; delay_reason=供应商原因; corrective_action=备选供应商先供6台",
    "resources": "resource_id=RES-004; name=刘洋; kind=人员; role=开发; cost_rate=1600; capacity=100; email=liu@example.com"
    "; access_role=编辑; windows_user=DEMO\\liu",
    "costs": "cost_id=COST-002; project_id=PRJ-001; task_id=T-023; category=设备; description=网关、服务器、交换机"
    "; planned_amount=380000; planned_on=2026-05-29; actual_amount=432000; actual_on=2026-06-05; approved_by=RES-001",
    "risks": "risk_id=RISK-001; project_id=PRJ-001; title=数采网关到货延迟; description=芯片短缺→延迟到货→集成顺延; category=资源"
    "; source=历史项目数据; identified_on=2026-03-06; probability=4; impact=4; previous_exposure=12; response=缓解"
    "; response_plan=增加备选供应商; contingency=租用临时网关; owner=RES-009; due=2026-05-20; review_cycle=7"
    "; last_review=2026-06-05; status=已发生; cost_reserve=30000",
    "checks": "check_id=CHK-002; project_id=PRJ-001; kind=评审; deliverable_id=DLV-002; standard=设计评审问题全部关闭; compare=符合"
    "; planned_on=2026-05-12; executor=RES-010; executed_on=2026-05-12; result=通过; evidence=纪要EVT-006",
    "deliverables": "deliverable_id=DLV-001; project_id=PRJ-001; name=需求规格说明书; kind=文档; quantity=1; unit=份"
    "; standard=覆盖全部已确认需求; milestone=T-016; due=2026-04-17; owner=RES-002; version=V1.0"
    "; file_path=文档/需求规格说明书_V1.0.docx; delivered_on=2026-04-20; recipient=CON-001; accept_status=已验收"
    "; accepted_by=CON-001; accepted_on=2026-04-22",
    "services": "service_id=SVC-001; customer_id=CUS-001; deal_id=DEAL-002; name=热线与故障响应; kind=热线支持; content=全天受理"
    "; process_code=P-SVC; window=7×24; response_high=1; response_medium=4; response_low=8; resolve_high=4"
    "; resolve_medium=16; resolve_low=40; accuracy_target=95; cost_budget=12000; price=18000; owner=RES-008"
    "; active_from=2025-07-01; active_to=2026-06-30",
    "requests": "request_id=SR-004; customer_id=CUS-001; service_id=SVC-001; channel=电话; kind=故障; priority=高"
    "; subject=ERP登录缓慢; content=登录超过一分钟; received_at=2026-06-08T09:10:00Z; assigned_to=RES-008"
    "; responded_at=2026-06-08T10:45:00Z; customer_told_at=2026-06-08T10:55:00Z; eta=2026-06-08T12:30:00Z"
    "; resolved_at=2026-06-08T12:20:00Z; cause=域控磁盘满; solution=清理日志并扩容; first_contact=否; accurate=是; rating=3"
    "; closed_at=2026-06-08T15:00:00Z; status=已关闭",
    "feedback": "feedback_id=FB-004; customer_id=CUS-001; kind=满意度调查; channel=问卷; received_on=2026-05-29; period=2026-05"
    "; dimension=总体; score=3.7; content=进度落后,沟通尚可; severity=中; owner=RES-008; replied_on=2026-06-02"
    "; reply=已安排专项推进会; status=已答复",
    "events": "event_id=EVT-012; project_id=PRJ-001; kind=进度审查会; subject=第14周进度审查; audience=内部; channel=会议"
    "; frequency=每周; planned_on=2026-06-05; owner=RES-001; participants=RES-001、RES-002; status=计划",
    "improvements": "action_id=IMP-004; step_id=PROC-008; kind=流程优化需求; driver=绩效导向; need_source=绩效测量"
    "; source_ref=KPI-006; title=缩短服务请求分配时间; description=分配环节平均2.6小时; root_cause=人工判断技能组; importance=4"
    "; urgency=4; funnel=立项; measure=按服务类型自动分派; process_owner=RES-008; owner=RES-008; raised_on=2026-05-20"
    "; stage_since=2026-06-02; due=2026-06-30; metric_id=KPI-006; expected_effect=平均时长≤1.2小时; effect=未评估",
    "processes": "step_id=PROC-008; process_code=P-SVC; process_name=服务请求处理; process_kind=客户服务; version=V1.1; step_no=2"
    "; step_name=任务分配; owner=RES-008; served_customer=服务工程师; customer_need=单据完整; input=已受理的请求"
    "; output=已分配的请求; standard_hours=1; transition_condition=优先级已确定; control_point=否"
    "; exception_handling=升级到客服主管; last_review=2026-01-10; review_cycle=180",
    "metrics": "metric_id=KPI-006; scope_kind=步骤; scope_ref=PROC-008; indicator=平均时长(小时); period=2026-05; target=1"
    "; actual=2.6; unit=小时; direction=越低越好; source=computed",
}


@lru_cache(maxsize=32)
def sheet(name):
    return shipped.value(f"sheets/{name}.yaml")


@lru_cache(maxsize=1)
def codes():
    return {
        name: {row["zh"]: row["code"] for row in rows} for name, rows in shipped.value("lists.yaml")["lists"].items()
    }


def record(name, text):
    """A row as the checks see it: numbers as numbers, labels as codes, empty cells left out."""
    row = {}
    for part in text.split("; "):
        column, _, value = part.partition("=")
        schema = sheet(name)["properties"][column]
        if schema["type"] in {"number", "integer"}:
            row[column] = float(value) if "." in value else int(value)
        else:
            row[column] = codes()[schema["x-list"]][value] if "x-list" in schema else value
    return row


def faults(name, row):
    """Columns and keywords that JSON Schema objects to; the missing column for ``required``."""
    validator = Draft202012Validator(sheet(name), format_checker=FormatChecker())
    found = set()
    for error in validator.iter_errors(row):
        column = error.message.split("'")[1] if error.validator == "required" else ".".join(map(str, error.path))
        found.add((column, error.validator))
    return found


def spoiled(name, changes):
    row = {**record(name, ROWS[name]), **changes}
    return faults(name, {column: value for column, value in row.items() if value is not None})


@pytest.mark.parametrize("name", ROWS)
def test_a_sound_row_of_the_demonstration_project_is_accepted(name):
    assert faults(name, record(name, ROWS[name])) == set()


@pytest.mark.parametrize("name", ROWS)
def test_every_column_that_is_always_needed_is_asked_for(name):
    for column in sheet(name)["required"]:
        assert (column, "required") in spoiled(name, {column: None})


@pytest.mark.parametrize(
    ("name", "changes", "expected"),
    [
        ("projects", {"project_id": "PRJ-1"}, {("project_id", "pattern")}),
        ("projects", {"quality_goal": "没有缺陷"}, {("quality_goal", "pattern")}),
        ("projects", {"name": "名" * 61}, {("name", "maxLength")}),
        ("projects", {"finish_deadline": "2026-02-30"}, {("finish_deadline", "format")}),
        ("projects", {"status": "closed"}, {("objective_actual", "required"), ("summary", "required")}),
        ("customers", {"phone": "01088886666转8"}, {("phone", "pattern")}),
        ("customers", {"phone": "+86 (10) 8888-6666"}, set()),
        ("customers", {"email": "info.example.com"}, {("email", "pattern")}),
        ("customers", {"email": "a@b@example.com"}, {("email", "pattern")}),
        ("customers", {"email": "info@example"}, {("email", "pattern")}),
        ("customers", {"phone": None}, {("phone", "required")}),
        ("customers", {"phone": None, "email": "info@example.com"}, set()),
        ("contacts", {"birthday": None}, {("birthday", "required")}),
        ("contacts", {"greet_consent": "no"}, {("", "not")}),
        ("contacts", {"greet_consent": "no", "birthday": None}, set()),
        ("deals", {"probability": 90}, {("probability", "const")}),
        ("deals", {"quote_amount": 0}, {("quote_amount", "exclusiveMinimum")}),
        ("deals", {"contract_no": None, "signed_on": None}, {("contract_no", "required"), ("signed_on", "required")}),
        ("deals", {"stage": "lost", "probability": 0}, {("lost_reason", "required")}),
        (
            "deals",
            {"stage": "negotiation", "legal_review": None},
            {("legal_review", "required"), ("next_step", "required"), ("next_followup", "required")},
        ),
        ("requirements", {"description": "响应时间"}, {("description", "minLength")}),
        ("requirements", {"importance": 6}, {("importance", "maximum")}),
        ("requirements", {"importance": 3.5}, {("importance", "type")}),
        ("requirements", {"performance_target": "尽量快"}, {("performance_target", "pattern")}),
        ("requirements", {"performance_target": None}, {("performance_target", "required")}),
        ("requirements", {"confirmed_by": None}, {("confirmed_by", "required")}),
        ("requirements", {"status": None, "confirmed_by": None}, {("status", "required")}),
        ("requirements", {"conflict_with": "REQ-031"}, {("conflict_resolution", "required")}),
        ("changes", {"kind": "modify", "req_id": None}, {("req_id", "required")}),
        ("changes", {"decision": "pending"}, {("decision", "const")}),
        ("changes", {"approved_on": None}, {("approved_on", "required")}),
        ("changes", {"affected_tasks": None}, {("affected_tasks", "required")}),
        ("plan", {"wbs": "3.1."}, {("wbs", "pattern")}),
        ("plan", {"duration": 0}, {("duration", "exclusiveMinimum")}),
        ("plan", {"kind": "milestone"}, {("duration", "const")}),
        ("plan", {"percent_complete": 101}, {("percent_complete", "maximum")}),
        ("plan", {"percent_complete": 100}, {("status", "enum"), ("actual_finish", "required")}),
        ("plan", {"status": "done"}, {("percent_complete", "const")}),
        ("plan", {"status": "not_started"}, {("percent_complete", "const"), ("", "not")}),
        ("plan", {"actual_finish": "2026-06-01"}, {("percent_complete", "const")}),
        ("plan", {"actual_start": None}, {("actual_start", "required")}),
        ("plan", {"updated_on": None}, {("updated_on", "required")}),
        ("plan", {"constraint_kind": "must_start_on"}, {("constraint_date", "required")}),
        ("plan", {"constraint_kind": "none"}, set()),
        ("resources", {"access_role": None}, {("access_role", "required")}),
        ("resources", {"access_role": None, "kind": "equipment"}, set()),
        ("resources", {"capacity": 120}, {("capacity", "maximum")}),
        ("costs", {"actual_on": None}, {("actual_on", "required")}),
        ("costs", {"actual_amount": 0, "actual_on": None}, set()),
        ("costs", {"planned_amount": -1}, {("planned_amount", "minimum")}),
        ("risks", {"probability": 0}, {("probability", "minimum")}),
        ("risks", {"contingency": None}, {("contingency", "required")}),
        ("risks", {"due": None}, {("due", "required")}),
        ("risks", {"level": "high", "response": None}, {("response", "required")}),
        ("checks", {"deliverable_id": None}, {("req_id", "required")}),
        ("checks", {"deliverable_id": None, "step_id": "PROC-008"}, set()),
        ("checks", {"compare": "at_most"}, {("target_value", "required"), ("actual_value", "required")}),
        ("checks", {"kind": "user_acceptance_test"}, {("witness", "required")}),
        ("checks", {"result": "not_executed"}, {("result", "enum")}),
        ("checks", {"executed_on": None}, {("executed_on", "required")}),
        ("deliverables", {"version": "第一版"}, {("version", "pattern")}),
        ("deliverables", {"version": None}, {("version", "required")}),
        ("deliverables", {"quantity": 0}, {("quantity", "exclusiveMinimum")}),
        ("deliverables", {"accept_status": "rejected"}, {("accept_remark", "required")}),
        ("deliverables", {"accept_status": "not_submitted"}, {("accept_status", "enum")}),
        ("services", {"process_code": "服务流程"}, {("process_code", "pattern")}),
        ("services", {"response_high": 0}, {("response_high", "exclusiveMinimum")}),
        ("requests", {"rating": 6}, {("rating", "maximum")}),
        ("requests", {"closed_at": None}, {("closed_at", "required")}),
        ("requests", {"responded_at": None}, {("responded_at", "required")}),
        ("requests", {"service_id": None}, {("service_id", "required")}),
        ("requests", {"service_id": None, "kind": "question"}, set()),
        ("feedback", {"period": "2026-13"}, {("period", "pattern")}),
        ("feedback", {"period": "2026-5"}, {("period", "pattern")}),
        ("feedback", {"score": None}, {("score", "required")}),
        ("feedback", {"customer_id": None}, {("customer_id", "required")}),
        ("feedback", {"customer_id": None, "kind": "employee_satisfaction"}, set()),
        ("feedback", {"status": "closed"}, {("closed_on", "required")}),
        ("feedback", {"score": 1.5}, {("root_cause", "required"), ("action_id", "required")}),
        ("events", {"audience": "both"}, {("customer_id", "required")}),
        ("events", {"status": "held"}, {("held_on", "required"), ("minutes", "required")}),
        ("events", {"held_on": "2026-06-05"}, {("status", "const")}),
        ("improvements", {"measure": None}, {("measure", "required")}),
        ("improvements", {"effect": "achieved"}, {("effect_note", "required")}),
        ("improvements", {"kind": "lesson_learned"}, {("lesson", "required")}),
        ("processes", {"control_point": "yes"}, {("control_measure", "required")}),
        ("processes", {"step_no": 0}, {("step_no", "minimum")}),
        ("metrics", {"scope_kind": "person"}, {("evaluator", "required")}),
        ("metrics", {"reward": "bonus"}, {("reward_amount", "required")}),
    ],
)
def test_a_spoiled_row_is_refused_for_that_reason_alone(name, changes, expected):
    assert spoiled(name, changes) == expected
