from __future__ import annotations

import pytest

from tests.checks.books import result, said

BOOK = """
deals
deal_id | stage | probability | signed_on
DEAL-001 | lead | 10 | -

log
time | sheet | row_key | column | old | new
{log}
"""
STEP = "2026-06-01 09:00 | {sheet} | DEAL-001 | stage | {old} | {new}"


def book(*steps, sheet="deals"):
    return BOOK.format(log="\n".join(STEP.format(sheet=sheet, old=old, new=new) for old, new in steps))


@pytest.mark.parametrize(("old", "new", "wrong"), [("completed", "lead", True), ("quotation", "lead", False)])
def test_a_step_that_the_lists_do_not_allow_is_reported_where_the_state_stands(old, new, wrong):
    assert result(book((old, new))).cells() == ([("V06", "deals", "B2")] if wrong else [])


@pytest.mark.parametrize("sheet", ["deals", "商机与合同", "Deals"])
@pytest.mark.parametrize("old", ["signed", "已签约", "Signed"])
def test_the_log_may_name_sheets_and_states_in_any_way(sheet, old):
    assert result(book((old, "线索"), sheet=sheet)).cells() == [("V06", "deals", "B2")]


def test_only_the_last_step_counts_and_only_if_it_led_to_the_present_state():
    assert result(book(("completed", "lead"), ("quotation", "lead"))).cells() == []
    assert result(book(("lead", "signed"))).cells() == []


def test_other_changes_in_the_log_are_no_steps():
    assert result(book(("lead", "lead"))).cells() == []
    assert result(book(("什么", "lead"))).cells() == []
    assert result(book(("-", "lead"))).cells() == []


def test_what_is_said():
    assert said(book(("signed", "lead"))) == [
        "单元格 B2“阶段”从“已签约”改为了“线索”，不能这样跳转。 “已签约”之后请选择：执行中、已完成、已终止。"
    ]
    assert " ".join(said(book(("signed", "lead")), "en")) == (
        "Cell B2 “Stage” went from “Signed” to “Lead”, which is not a step that is allowed. "
        "After “Signed”, choose In execution, Completed, Terminated."
    )
