"""Labels and codes in cells, in both directions and for every value of every list."""

from __future__ import annotations

import pytest

from tests.commands.functions.formulas import computed, facts, one, table
from tests.tables import catalogue

FORMULAS = table("""
=DB_LABEL("in_progress", "task_status") -> 进行中
=DB_LABEL("In progress", "task_status") -> 进行中
=DB_LABEL("进行中", "task_status", "en") -> In progress
=DB_LABEL("进行中", "task_status", "英文") -> In progress
=DB_LABEL(" IN　PROGRESS ", "Task_Status", "zh") -> 进行中
=DB_LABEL({"高","low";"中",""}, "priority", "en") -> High, Low; Medium,
=DB_LABEL("高", "priority", {"zh","en"}) -> 高, High
=DB_LABEL("", "priority") ->
=DB_LABEL("紧急", "priority") -> #“紧急”不在列表 priority 中，请填写其中之一：高、中、低
=DB_LABEL("高", "priorty") -> #没有列表“priorty”，请填写“列表”表第一列中的名称，例如 priority
=DB_LABEL("高", "") -> #没有列表“”，请填写“列表”表第一列中的名称，例如 priority
=DB_LABEL("高", "priority", "fr") -> #语言无法识别：“fr”，请填写 zh 或 en
=DB_CODE("High", "priority") -> high
=DB_CODE({"高";"";"紧急"}, "priority") -> high; ; #“紧急”不在列表 priority 中，请填写其中之一：高、中、低
""")


@pytest.mark.parametrize(("formula", "result"), FORMULAS, ids=[formula for formula, _ in FORMULAS])
def test_a_formula_gives(formula, result):
    assert computed(formula) == result


def test_without_a_language_the_label_is_that_of_the_workbook():
    assert one("DB_LABEL", "高", "priority", known=facts("en")) == "High"


@pytest.mark.parametrize("name", sorted(catalogue().lists))
def test_code_and_both_labels_of_every_value_lead_to_one_another(name):
    known = facts()
    for value in catalogue().lists[name].values:
        for text in (value.code, value.label.zh, value.label.en):
            assert one("DB_CODE", text, name, known=known) == value.code
            assert one("DB_LABEL", text, name, "zh", known=known) == value.label.zh
            assert one("DB_LABEL", text, name, "en", known=known) == value.label.en
