"""Acceptance of the systems about sales, service and customers: S03, S04, S09, S13, S15 to S19."""


def test_s03_service_limits_contracts_and_care(demo_book):
    assert demo_book.finding("SVC-01", "SR-004")["value"] == 1.58
    assert demo_book.finding("SVC-05", "SR-004")["value"] == 1.75
    assert demo_book.findings("SAL-06") == {"DEAL-002"}
    assert demo_book.findings("COM-05") == {"CON-001"}
    assert demo_book.findings("COM-06") == {"2026-06-19"}


def test_s04_a_stage_without_its_reviews_and_the_margin(demo_book):
    demo_book.type("deals", "DEAL-003", stage="negotiation")
    assert "DEAL-003" in demo_book.findings("SAL-05")
    assert demo_book.finding("SAL-04", "DEAL-003")["value"] == 12.5


def test_s09_a_consultation_closed_without_a_result(demo_book):
    demo_book.type("requests", "SR-005", solution=None)
    assert demo_book.findings("SVC-08") == {"SR-005"}
    assert "SR-005" not in demo_book.findings("V01")


def test_s13_answer_rate_and_ranking(demo_book):
    found = demo_book.command("service-figures", "--month", "2026-05")
    assert found["tables"]["call_centre"] == [
        {
            "month": "2026-05",
            "calls": 250,
            "answered": 233,
            "answer_rate": 93.2,
            "resolution_rate": 100,
            "first_contact_rate": found["tables"]["call_centre"][0]["first_contact_rate"],
            "rating": found["tables"]["call_centre"][0]["rating"],
        }
    ]
    assert demo_book.findings("SVC-11") == {"KPI-010"}
    people = demo_book.command("appraisal")["tables"]["people"]
    assert [one["rank"] for one in people] == sorted(one["rank"] for one in people)
    assert "RES-008" in {one["resource_id"] for one in people}


def test_s15_sales_behind_their_target_and_a_contract_number_twice(demo_book):
    demo_book.add(
        "metrics", metric_id="KPI-900", scope_kind="company", scope_ref="ALL", indicator="sales", period="2026-05",
        target=1000000, actual=720000, unit="元", direction="higher_is_better", source="销售月报",
    )  # fmt: skip
    assert "KPI-900" in demo_book.findings("SAL-07")
    demo_book.type("deals", "DEAL-002", contract_no=demo_book.value("deals", "DEAL-001", "contract_no"))
    assert demo_book.findings("V04") & {"DEAL-001", "DEAL-002"}


def test_s16_means_by_touchpoint_and_one_without_feedback(demo_book):
    found = demo_book.command("satisfaction")["tables"]["touchpoints"]
    assert {(one["name"], one["mean"]) for one in found} == {("delivery", 4.1), ("upgrade", 4.0)}
    assert demo_book.findings("FBK-10") == set()
    demo_book.type("feedback", "FB-001", received_on="2025-11-01", replied_on="2025-11-02", closed_on="2025-11-03")
    assert demo_book.findings("FBK-10") == {"CUS-001"}


def test_s17_a_campaign_without_effect(demo_book):
    demo_book.type("events", "EVT-017", effect=None)
    assert demo_book.findings("COM-09") == {"EVT-017"}


def test_s18_value_of_a_customer_and_its_complaint(demo_book):
    demo_book.command("check", "--write")
    values = [
        demo_book.value("customers", "CUS-001", name) for name in ("orders_count", "revenue_total", "tier_suggested")
    ]
    assert values == [2, 2840000, "A"]
    assert demo_book.findings("FBK-01") == {"FB-007"}


def test_s19_weighted_amount_and_history(demo_book):
    demo_book.command("check", "--write")
    assert demo_book.value("deals", "DEAL-003", "weighted_amount") == 160000
    moments = demo_book.command("history", "CUS-001")["tables"]["history"]
    assert {one["sheet"] for one in moments} == {"events", "requests", "feedback"}
    assert [one["day"] for one in moments] == sorted((one["day"] for one in moments), reverse=True)


def test_s19_a_jump_over_the_quotation_between_two_runs(demo_book):
    demo_book.command("check", "--write")
    demo_book.type("deals", "DEAL-004", stage="signed")
    assert "DEAL-004" in demo_book.findings("V06")
    demo_book.command("check", "--write")
    assert "DEAL-004" in demo_book.findings("V06")
    demo_book.type("deals", "DEAL-004", stage="needs_analysis")
    assert "DEAL-004" not in demo_book.findings("V06")
