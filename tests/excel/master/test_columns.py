"""Help and validation of single columns."""

from __future__ import annotations

import pytest

from automation.base.findings import Text
from automation.excel.master.columns import fitted, help_text, limits, validation
from automation.schema.catalogue import Column
from tests.excel.master.built import catalogue, places


def column(**changes):
    given = {"id": "x", "label": Text("数", "Number"), "kind": "num", "need": "optional", "order": 1, "width": 10}
    return Column(**(given | {"hint": Text("", "")} | changes))


def described(sheet, name, language):
    entry = catalogue().sheets[sheet]
    return help_text(entry, entry.column(name), places(language))


def test_help_names_need_and_the_values_of_the_list():
    assert described("requirements", "priority", "zh").startswith("【必填】")
    assert described("requirements", "priority", "zh").endswith("可选：高、中、低。")
    assert described("requirements", "priority", "en").endswith("One of: High, Medium, Low.")


def test_help_of_a_computed_column_says_that_it_is_locked():
    assert described("plan", "slip_days", "zh").startswith("🔒")
    assert "do not type" in described("plan", "slip_days", "en")


def test_help_of_a_reference_names_the_other_sheet():
    assert "“资源”" in described("plan", "owner", "zh")
    assert "semicolons" in described("plan", "req_ids", "en")


def test_help_of_a_conditional_column_says_when():
    entry = catalogue().sheets["requirements"]
    condition = next(one for one in entry.conditions if "confirmed_by" in one.then.get("required", ()))
    assert condition.when.zh.rstrip("。") in described("requirements", "confirmed_by", "zh")


def test_help_that_is_too_long_ends_in_an_ellipsis():
    text = fitted(["字" * 200, "母" * 200])
    assert len(text) == 254
    assert text.endswith("…")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"minimum": 0, "maximum": 5}, ("between", [0, 5])),
        ({"minimum": 1}, (">=", [1])),
        ({"exclusiveMinimum": 0}, (">", [0])),
        ({"maximum": 9}, ("<=", [9])),
        ({}, None),
    ],
)
def test_limits_come_from_the_json_schema(schema, expected):
    assert limits(column(schema=schema)) == expected


def test_a_number_above_nothing_is_checked_with_the_strict_sign():
    sheet = catalogue().sheets["plan"]
    rule = validation(sheet, column(schema={"exclusiveMinimum": 0}), places("zh"))
    assert (rule["validate"], rule["criteria"], rule["value"]) == ("decimal", ">", 0)
    assert rule["error_type"] == "warning"
    assert rule["error_message"] == "数字。大于 0。"


def test_text_is_limited_in_length():
    rule = validation(catalogue().sheets["plan"], column(kind="text", schema={"maxLength": 60}), places("en"))
    assert (rule["validate"], rule["criteria"], rule["value"]) == ("length", "<=", 60)
    assert rule["error_message"] == "At most 60 characters."


def test_an_id_needs_its_prefix_and_must_stand_once():
    sheet = catalogue().sheets["plan"]
    rule = validation(sheet, sheet.column("task_id"), places("en"))
    assert rule["value"] == '=AND(EXACT(LEFT(A2,2),"T-"),LEN(A2)>=5,COUNTIF($A:$A,A2)=1)'
    assert rule["error_message"] == "Like T-001, unique."
    assert rule["input_title"] == "Task ID"


def test_free_text_without_limits_has_no_validation():
    assert validation(catalogue().sheets["plan"], column(kind="long"), places("zh")) is None
