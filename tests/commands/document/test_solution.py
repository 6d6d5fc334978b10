"""The solution proposal: with a project and without one."""

from automation.commands.document.solution import solution_proposal
from tests.commands.document.deals import deal_source

PROJECT = """
projects
 project_id | name | customer_id | deal_id | objective | objective_measure | objective_target | quality_goal | scope_in | scope_out | project_manager
 PRJ-001 | 项目 | CUS-001 | DEAL-001 | 上线 | 录入工时 | 2 | 缺陷0个;一次通过 | 采集;看板 | AGV | RES-001
requirements
 req_id | project_id | title | priority | status | acceptance_criterion
 REQ-001 | PRJ-001 | 采集 | high | confirmed | 成功率≥99%
 REQ-002 | PRJ-001 | 看板 | high | analysed | 好看
 REQ-003 | PRJ-001 | 报表 | low | confirmed | 快
 REQ-004 | PRJ-001 | 取消的 | high | cancelled | 无
plan
 task_id | project_id | phase | name | kind | owner | duration | predecessors | baseline_start | baseline_finish | status
 T-001 | PRJ-001 | initiation | 启动 | task | RES-001 | 2 | | 2026-03-02 | 2026-03-03 | finished
 T-002 | PRJ-001 | initiation | 建档 | task | RES-008 | 2 | T-001 | 2026-03-04 | 2026-03-05 | finished
 T-003 | PRJ-001 | initiation | 里程碑一 | milestone | RES-001 | 0 | T-002 | 2026-03-05 | 2026-03-05 | finished
 T-004 | PRJ-001 | initiation | 取消的 | task | RES-001 | 9 | | 2026-01-01 | 2026-12-01 | cancelled
risks
 risk_id | project_id | title | probability | impact | response_plan | owner | status | cost_reserve
 RISK-001 | PRJ-001 | 小 | 1 | 2 | 观察 | RES-001 | in_response | 5000
 RISK-002 | PRJ-001 | 大 | 4 | 4 | 备选;先到 | RES-009 | in_response | 30000
 RISK-003 | PRJ-001 | 无对策 | 5 | 5 | | RES-001 | assessed |
 RISK-004 | PRJ-001 | 关闭 | 5 | 5 | 有 | RES-001 | closed |
"""


def texts(rows):
    return {row["label"]: row["text"] for row in rows}


def test_the_proposal_tells_what_customer_and_project_say():
    made = solution_proposal(deal_source("DEAL-001", extra=PROJECT))
    assert made["pains"] == ["手工报工", "追溯靠纸"]
    assert texts(made["goals"]) == {
        "项目目标": "上线",
        "衡量指标与目标值": "录入工时：2",
        "质量目标": "缺陷0个\n一次通过",
    }
    assert made["solution"] == ["模块", "网关"]
    assert made["scope"] == {"included": ["采集", "看板"], "excluded": ["AGV"]}
    assert made["requirements"] == [{"title": "采集", "criterion": "成功率≥99%"}]
    assert texts(made["facts"]) == {"行业": "制造"}
    assert texts(made["terms"])["对应合同"] == "HT-1"
    assert made["total"]["figures"] == "¥248,000.00"


def test_plan_and_team_are_those_of_the_project_without_cancelled_work():
    made = solution_proposal(deal_source("DEAL-001", extra=PROJECT))
    assert made["phases"] == [
        {"name": "项目启动", "start": "2026年3月2日", "finish": "2026年3月5日", "tasks": "2"},
    ]
    assert [(one["name"], one["date"]) for one in made["milestones"]] == [("里程碑一", "2026年3月5日")]
    assert [row["name"] for row in made["team"]] == ["王志强", "唐敏", "郑凯"]
    assert made["team"][0]["skills"] == "沟通、计划"


def test_without_a_baseline_the_dates_are_those_of_the_plan_as_drawn():
    drawn = PROJECT.replace("| 2026-03-02 | 2026-03-03", "| |")
    made = solution_proposal(deal_source("DEAL-001", extra=drawn.replace("| 2026-03-04 | 2026-03-05", "| |")))
    assert made["phases"][0]["start"] != "—"


def test_risks_with_a_response_stand_gravest_first_and_no_reserve_is_told():
    made = solution_proposal(deal_source("DEAL-001", extra=PROJECT))
    assert [(row["title"], row["response"]) for row in made["risks"]] == [("大", "备选\n先到"), ("小", "观察")]
    assert not [hidden for hidden in ("30,000", "30000", "190,000", "190000") if hidden in str(made)]


def test_services_and_what_both_have_done_together_speak_for_us():
    made = solution_proposal(deal_source("DEAL-002"))
    assert made["basis"] == [
        "双方自2024年7月1日起合作。", "双方已签订的其他合同：集成。", "7×24小时提供的服务：热线。",
    ]  # fmt: skip
    assert [row["name"] for row in made["services"]] == ["热线", "巡检"]


def test_a_deal_without_project_solution_and_price_gives_empty_lists_for_the_template_to_word():
    made = solution_proposal(deal_source("DEAL-004", "en"))
    for name in ("goals", "needs", "solution", "requirements", "phases", "milestones", "risks", "items", "services"):
        assert made[name] == [], name
    assert made["total"]["figures"] == "to be agreed"
    assert texts(made["terms"])["Validity"] == "See the quotation"


def test_nobody_on_the_customers_side_approves_what_is_not_signed():
    made = solution_proposal(deal_source("DEAL-001"))
    assert [row["step"] for row in made["approvals"]] == ["编制", "审核"]
    assert made["document"]["status"] == "正式"
    draft = solution_proposal(deal_source("DEAL-001", draft=True))
    assert draft["document"]["status"] == "草稿（供审阅）"
