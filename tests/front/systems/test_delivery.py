"""Acceptance of the systems about delivery: S01, S02, S05, S07, S10, S11, S20, S21."""

MILESTONES = ("T-032", "T-040", "T-047", "T-050")


def test_s01_deviations_of_the_week_checks_and_deliverables(demo_book):
    demo_book.command("forecast")
    slips = [demo_book.finding("PLN-03", key) for key in MILESTONES]
    assert {(one["severity"], one["value"]) for one in slips} == {("high", 14)}
    assert demo_book.findings("DLV-01") == {"DLV-003"}
    assert demo_book.findings("CHK-01") == {"CHK-005"}


def test_s02_progress_budget_delays_and_lessons(demo_book):
    figures = demo_book.command("check")["figures"]
    assert (figures["percent_complete"], figures["planned_percent"], figures["budget_used"]) == (55.2, 71.4, 72.1)
    assert demo_book.findings("PLN-06") == {"T-025", "T-026"}


def test_s02_a_closed_project_without_a_lesson(demo_book):
    demo_book.type("projects", "PRJ-001", status="closed")
    assert demo_book.findings("IMP-04") == set()
    demo_book.type("improvements", "IMP-007", kind="meeting_action")
    assert demo_book.findings("IMP-04") == {"PRJ-001"}


def test_s05_two_days_more_move_m6_by_exactly_two(demo_book):
    before = demo_book.finding("PLN-03", "T-047")["value"]
    demo_book.type("plan", "T-030", duration=6)
    demo_book.command("reschedule")
    demo_book.command("forecast")
    assert demo_book.finding("PLN-03", "T-047")["value"] == before + 2


def test_s05_a_budget_that_is_not_the_sum_of_its_costs(demo_book):
    assert demo_book.findings("V06") == set()
    demo_book.type("projects", "PRJ-001", budget_total=1990000)
    assert "PRJ-001" in demo_book.findings("V06")


def test_s07_the_matrix_shows_what_has_no_task_and_the_fulfilment(demo_book):
    traced = demo_book.command("trace")
    assert traced["figures"]["without_task"] == ["REQ-009"]
    assert demo_book.findings("REQ-03") == {"REQ-009"}
    assert traced["figures"]["fulfilment_rate"] == 0
    demo_book.type("requirements", "REQ-006", status="accepted")
    confirmed = len([one for one in traced["tables"]["matrix"] if one["requirement"]])
    rate = demo_book.command("trace")["figures"]["fulfilment_rate"]
    assert 100 / confirmed <= rate <= 100 / 27
    assert demo_book.value("feedback", "FB-001", "req_id") == "REQ-002"


def test_s10_no_baseline_while_one_of_high_priority_is_unconfirmed(demo_book):
    demo_book.type("requirements", "REQ-020", priority="high", importance=5, urgency=5)
    refused = demo_book.command("confirm")
    assert refused["exit"] == 1
    assert "REQ-020" in {one["key"] for one in refused["findings"]}
    assert refused["edits"] == 0


def test_s10_after_signing_an_edit_without_a_change_is_reported(demo_book):
    demo_book.type(
        "requirements", "REQ-010", acceptance_criterion="月度工资核对差异为0笔", verify_method="functional_test"
    )
    assert demo_book.command("confirm", "--only", "REQ-010")["exit"] == 0
    assert "REQ-010" not in demo_book.findings("REQ-09")
    demo_book.type("requirements", "REQ-010", description="计件工资改为按班组统计，不再按个人统计")
    assert "REQ-010" in demo_book.findings("REQ-09")


def test_s11_impact_of_changes_and_conflicts(demo_book):
    assert demo_book.findings("CHG-01") == {"CHG-003"}
    assert demo_book.findings("REQ-07") == {"REQ-002"}
    demo_book.type("changes", "CHG-003", added_effort=6, affected_tasks="T-024")
    found = demo_book.command("impact", "--only", "CHG-003")
    offered = found["figures"]["changes"]["CHG-003"]
    before = demo_book.command("forecast")["figures"]["forecast_finish"]
    demo_book.type("plan", "T-024", duration=24, remaining_days=9)
    after = demo_book.command("forecast")["figures"]["forecast_finish"]
    assert (offered["finish_before"], offered["finish_after"]) == (before, after)
    assert found["edits"] == 0


def test_s20_classification_and_priority(demo_book):
    demo_book.type("requirements", "REQ-012", importance=5, urgency=4, priority="low")
    demo_book.command("check", "--write")
    assert demo_book.value("requirements", "REQ-012", "priority_score") == 20
    assert "REQ-012" in demo_book.findings("REQ-06")


def test_s21_a_result_against_the_measured_value(demo_book):
    assert (
        demo_book.value("checks", "CHK-005", "actual_value"),
        demo_book.value("checks", "CHK-005", "target_value"),
    ) == (3.4, 2)
    demo_book.type("checks", "CHK-005", result="passed", defect_severity=None)
    assert "CHK-005" in demo_book.findings("V06")


def test_s21_verified_without_a_passed_check(demo_book):
    demo_book.type("requirements", "REQ-001", status="verified")
    assert "REQ-001" in demo_book.findings("REQ-08")
