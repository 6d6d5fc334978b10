"""The service plan with its service level agreement."""

from automation.commands.document.service_plan import service_plan
from tests.commands.document.deals import SERVICES, deal_source

MORE = """
processes
 step_id | process_code | process_name | step_no | step_name | owner | input | output | standard_hours | cost_per_run
 PROC-002 | P-SVC | 请求处理 | 2 | 分配 | RES-008 | 请求 | 任务 | 1 | 77
 PROC-001 | P-SVC | 请求处理 | 1 | 登记 | RES-008 | 来电 | 请求 | 0.2 | 77
 PROC-009 | P-REQ | 需求确认 | 1 | 范围 | RES-001 | 合同 | 说明 | 8 | 77
requests
 request_id | customer_id | service_id | channel | kind | received_at | resolved_at | status
 SR-001 | CUS-001 | SVC-001 | email | fault | 2026-05-01 09:00 | | assigned
 SR-002 | CUS-001 | SVC-001 | phone | fault | 2026-05-02 09:00 | | assigned
 SR-003 | CUS-001 | SVC-001 | phone | fault | 2026-05-03 09:00 | | assigned
 SR-004 | CUS-001 | SVC-002 | on_site | maintenance_visit | 2026-04-10 09:00 | 2026-04-15 10:00 | closed
"""


def test_the_process_of_the_services_stands_in_the_order_of_its_steps_without_cost():
    made = service_plan(deal_source("DEAL-002", extra=MORE))
    assert [process["name"] for process in made["processes"]] == ["请求处理"]
    assert [(row["no"], row["name"], row["hours"]) for row in made["processes"][0]["steps"]] == [
        ("1", "登记", "0.2"),
        ("2", "分配", "1"),
    ]
    assert "77" not in str(made["processes"])


def test_channels_are_those_that_were_used_the_most_used_first():
    assert service_plan(deal_source("DEAL-002", extra=MORE))["channels"] == "电话、邮件、现场"
    assert service_plan(deal_source("DEAL-002"))["channels"] == "—"


def test_maintenance_stands_with_cycle_and_next_date_and_upgrades_apart():
    made = service_plan(deal_source("DEAL-002", extra=MORE))
    assert [(row["name"], row["cycle"], row["next"]) for row in made["maintenance"]] == [
        ("巡检", "每 90 天", "2026年7月14日")
    ]
    assert made["upgrades"] == []
    upgrade = SERVICES.replace("periodic_maintenance", "upgrade")
    assert [row["name"] for row in service_plan(deal_source("DEAL-002", services=upgrade))["upgrades"]] == ["巡检"]


def test_people_are_service_owners_account_manager_and_active_contacts():
    made = service_plan(deal_source("DEAL-002"))
    assert [row["name"] for row in made["team"]] == ["唐敏", "郑凯"]
    assert [(row["name"], row["reach"]) for row in made["customer_contacts"]] == [("周明", "zhou@example.com")]


def test_escalation_ends_with_management_where_there_is_any():
    assert [row["person"] for row in service_plan(deal_source("DEAL-002"))["escalation"]] == ["唐敏", "郑凯"]
    boss = deal_source("DEAL-002", "en", people=" RES-020 | 高总 | person | manager | |\n")
    assert [(row["level"], row["person"]) for row in service_plan(boss)["escalation"]] == [
        ("1", "唐敏"),
        ("2", "郑凯"),
        ("3", "高总"),
    ]


def test_a_deal_without_services_still_says_whom_to_turn_to():
    made = service_plan(deal_source("DEAL-004", "en"))
    assert (made["services"], made["limits"], made["processes"]) == ([], [], [])
    assert [(row["role"], row["person"]) for row in made["escalation"]] == [
        ("Service owner", "—"),
        ("Account manager", "郑凯"),
    ]
