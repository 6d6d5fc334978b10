"""The catalogue of messages and settings: every template can be filled, and the key sentences stand word for word."""

from __future__ import annotations

import string

import pytest

from automation.base.findings import Text
from automation.schema import catalogue
from tests.schema import shipped

CATALOGUE = catalogue.parse(shipped.texts())


def test_every_template_can_be_filled_with_its_own_fields():
    for message in (*CATALOGUE.messages.values(), *CATALOGUE.rule_messages.values()):
        names = {
            name
            for text in (*message.message, *message.hint)
            for _, name, _, _ in string.Formatter().parse(text)
            if name
        }
        for text in message.filled(**dict.fromkeys(names, Text("某", "some"))):
            assert text.zh.endswith(("。", "某"))
            assert text.en.endswith((".", "some"))
            assert not {"{", "}"} & set(text.zh + text.en)


def test_every_rule_of_the_project_subjects_has_a_message():
    wanted = {
        f"{subject}-{number:02}"
        for subject, last in (("REQ", 14), ("CHG", 6), ("PLN", 12), ("RSK", 9))
        for number in range(1, last + 1)
    }
    assert wanted <= set(CATALOGUE.rule_messages)


def test_a_value_that_is_not_in_its_list_is_told_with_the_nearest_one():
    message, hint = CATALOGUE.messages["near_match"].filled(
        cell="F12", label=Text("优先级", "Priority"), value="最高", nearest=Text("高", "High"), expected=Text("高、中、低", "High, Medium, Low")
    )  # fmt: skip
    assert message.zh == "单元格 F12“优先级”填了“最高”，不在允许的取值中，最接近的是“高”。"
    assert hint.zh == "请改为“高”，或从下拉列表中选择：高、中、低。"
    assert (
        message.en == "Cell F12 “Priority” holds “最高”, which is not one of the allowed values; the nearest is “High”."
    )
    assert hint.en == "Change it to “High”, or choose from the drop-down list: High, Medium, Low."


def test_an_unconfirmed_requirement_is_told_with_its_days():
    message, hint = CATALOGUE.rule_messages["REQ-01"].filled(
        key="REQ-010", title=Text("计件工资统计", "Piece-rate wage statistics"), date="2026-03-18", days=58, limit=10
    )
    assert message.zh == "需求 REQ-010“计件工资统计”于 2026-03-18 提出，已 58 个工作日仍未确认（上限 10 个工作日）。"
    assert message.en == (
        "Requirement REQ-010 “Piece-rate wage statistics”, raised on 2026-03-18, is still not confirmed "
        "after 58 working days (limit 10)."
    )
    assert hint.zh.startswith("请与客户确认需求")


@pytest.mark.parametrize(
    ("key", "default"),
    [
        ("req_confirm_days", 10),
        ("ms_amber", 0),
        ("ms_red", 5),
        ("risk_cycle_high", 7),
        ("risk_cycle_medium", 14),
        ("risk_cycle_low", 30),
        ("answer_days_complaint", 1),
        ("sat_target", 4),
        ("margin_min", 15),
        ("fail_on", "high"),
        ("language", "zh"),
    ],
)
def test_a_setting_has_its_documented_default(key, default):
    assert CATALOGUE.parameters[key].default == default


def test_the_sheets_are_those_of_the_data_model():
    assert len(CATALOGUE.business) == 19
    assert sum(len(sheet.columns) for sheet in CATALOGUE.business) == 470
    assert len(CATALOGUE.sheets) - len(CATALOGUE.analyses) == 26


def test_costs_and_margins_are_confidential():
    confidential = {
        f"{sheet.id}.{column.id}" for sheet in CATALOGUE.business for column in sheet.columns if column.confidential
    }
    assert {
        "resources.cost_rate",
        "costs.planned_amount",
        "costs.actual_amount",
        "deals.est_cost",
        "deals.margin",
        "deals.risk_reserve",
        "deals.competitors",
        "services.cost_budget",
        "projects.budget_total",
        "metrics.reward_amount",
    } <= confidential
    assert not {"deals.quote_amount", "deals.contract_amount", "services.price", "changes.impact_cost"} & confidential
