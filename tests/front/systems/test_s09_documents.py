"""S09: a deal of the kind consulting gives a proposal and a draft contract with content, time, staff and fee."""

from tests.front.systems.word_files import made, text_of


def consulting(book):
    """A consultation that is being negotiated."""
    book.add(
        "deals", deal_id="DEAL-009", customer_id="CUS-001", name="精益生产咨询", kind="consulting", owner="RES-009",
        stage="negotiation", stage_since="2026-06-01", needs_summary="排产规则靠经验，换线时间长",
        solution_summary="现场诊断+换线改善+班组长培训", expected_amount=96000, probability=60, expected_close="2026-07-10",
        next_step="商定合同", next_followup="2026-06-15", est_cost=61500, risk_reserve=2500, quote_amount=96000,
        quote_valid_until="2026-07-31", tech_review="passed", finance_review="passed", legal_review="not_reviewed",
        contract_start="2026-07-15", contract_end="2026-10-14", delivery_terms="三个月内完成", payment_terms="签订后付50%，验收后付50%",
    )  # fmt: skip


def test_the_proposal_and_the_contract_of_a_consultation(demo_book, tmp_path):
    consulting(demo_book)
    proposal = text_of(made(demo_book, tmp_path, "D03", "--for", "DEAL-009"))
    contract = text_of(made(demo_book, tmp_path, "D05", "--for", "DEAL-009"))
    for text in (proposal, contract):
        assert "换线改善" in text
        assert "郑凯" in text
        assert "¥96,000.00" in text
        assert "人民币玖万陆仟元整" in text
        assert "签订后付50%，验收后付50%" in text
        assert not [hidden for hidden in ("61,500", "61500", "2,500") if hidden in text]
    assert "2026年7月15日至2026年10月14日" in contract


def test_the_contract_is_always_a_draft_that_a_lawyer_must_check(demo_book, tmp_path):
    text = text_of(made(demo_book, tmp_path, "D05", "--for", "DEAL-001"))
    assert "须经法务或律师审查" in text
    assert "草稿" in text
    english = text_of(made(demo_book, tmp_path, "D05", "--for", "DEAL-001", "--lang", "en"))
    assert "a lawyer must check" in english
