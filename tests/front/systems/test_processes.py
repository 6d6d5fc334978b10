"""Acceptance of the systems about processes and rights: S06, S08, S12, S14, S22."""

NEED = {
    "kind": "process_optimisation_need", "need_source": "suggestion", "description": "说明", "importance": 3,
    "urgency": 3, "effect": "not_evaluated", "owner": "RES-008", "raised_on": "2026-06-01", "step_id": "PROC-008",
    "process_owner": "RES-008", "funnel": "declared", "stage_since": "2026-06-05",
}  # fmt: skip


def test_s06_ten_needs_of_three_drivers_and_one_that_waits(demo_book):
    drivers = ("problem_driven", "performance_driven", "change_driven")
    needs = [
        {**NEED, "action_id": f"IMP-{number:03}", "title": f"需求{number}", "driver": drivers[number % 3]}
        for number in range(101, 108)
    ]
    needs[0]["stage_since"] = "2026-05-01"
    demo_book.add_all("improvements", needs)
    found = demo_book.command("process-analysis")
    assert found["figures"]["needs"] == 10
    assert sum(one["number"] for one in found["tables"]["funnel"]) == 10
    assert len({driver for one in found["tables"]["funnel"] for driver in one["by_driver"]}) == 3
    assert demo_book.findings("IMP-05") == {"IMP-101"}


def test_s08_the_bottleneck_and_the_effect_that_is_proposed(demo_book):
    found = demo_book.command("process-analysis", "--process", "P-SVC")
    assert found["figures"]["processes"]["P-SVC"]["bottleneck"] == "PROC-008"
    step = next(one for one in found["tables"]["steps"] if one["step"] == "PROC-008")
    assert (step["hours"], step["bottleneck"]) == (2.6, 2.6)
    assert found["tables"]["effects"] == []
    demo_book.add(
        "metrics", metric_id="KPI-901", scope_kind="process_step", scope_ref="PROC-008", indicator="mean_duration",
        period="2026-06", target=1, actual=1.2, unit="小时", direction="lower_is_better", source="服务台",
    )  # fmt: skip
    (effect,) = demo_book.command("process-analysis")["tables"]["effects"]
    assert (effect["action"], effect["effect"]) == ("IMP-004", "achieved")


def test_s12_a_role_that_may_only_read_is_refused_and_that_is_logged(demo_book, monkeypatch):
    demo_book.type("resources", "RES-006", access_role="read_only", windows_user="reader")
    monkeypatch.setattr("automation.front.circumstances.user", lambda: "reader")
    refused = demo_book.run("baseline", demo_book.path, "--change", "CHG-001")
    assert (refused.exit, "NOT_ALLOWED" in refused.err) == (2, True)


def test_s12_findings_of_two_runs_are_new_continuing_and_resolved(demo_book):
    demo_book.command("check", "--write")
    demo_book.type("deals", "DEAL-004", next_followup="2026-06-20")
    demo_book.type("checks", "CHK-006", planned_on="2026-06-05", executor="RES-006")
    demo_book.type("risks", "RISK-010", status="occurred")
    states = {(one["rule"], one["key"]): one["status"] for one in demo_book.command("check")["findings"]}
    assert states["SAL-01", "DEAL-004"] == "resolved"
    assert states["CHK-03", "CHK-006"] == "continuing"
    assert states["RSK-07", "RISK-010"] == "new"


def test_s14_every_step_has_a_customer_and_a_need(demo_book):
    assert not any(key.startswith("PROC") for key in demo_book.findings("V01"))
    demo_book.type("processes", "PROC-002", customer_need=None)
    assert "PROC-002" in demo_book.findings("V01")
    assert demo_book.findings("PRC-01") == {"PROC-008"}
    demo_book.command("check", "--write")
    assert demo_book.value("metrics", "KPI-006", "previous") == 1.0
    assert demo_book.value("metrics", "KPI-006", "trend") == "↑"


def test_s22_five_analyses_controls_and_information(demo_book):
    steps = demo_book.command("process-analysis")["tables"]["steps"]
    assert {"customer", "resource", "bottleneck", "control", "stability"} <= set(steps[0])
    assert demo_book.finding("PRC-03", "PROC-005")["value"] == 88
    assert demo_book.finding("FBK-06", "FB-011")["value"] == 3.2
    assert demo_book.findings("FBK-07") == {"FB-012"}
