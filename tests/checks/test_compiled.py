"""The column-wise engine against jsonschema, row by row, on generated rows."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.findings import Text
from automation.checks.compiled import NO_CONDITION, CompiledSheet, compiled, row_schema
from automation.schema.catalogue import Condition
from tests.tables import catalogue

SHEETS = ["projects", "contacts", "deals", "requirements", "plan", "checks", "metrics"]
TEXTS = [
    "",
    "x",
    "REQ-001",
    "CUS-007",
    "2026-06",
    "2026-06-12",
    "需" * 60,
    "求" * 61,
    "一" * 10,
    "a@b.cn",
    "1.2.3",
    "V1.0",
]
DAYS = ["2026-06-12", "2024-02-29", "2026-02-30", "2026-6-12", "soon"]
MOMENTS = ["2026-06-12T09:30:00Z"]
NUMBERS = [-1, 0, 0.5, 1, 3, 5, 6, 100, 100.5, 1e9]


def values_of(column):
    """Values of a column, many of them wrong."""
    if column.list:
        codes = [value.code for value in catalogue().lists[column.list].values]
        return [*codes, *codes, "nonsense", None]
    kinds = {"date": DAYS, "dt": MOMENTS, "int": NUMBERS, "num": NUMBERS, "pct": NUMBERS, "money": NUMBERS}
    return [*kinds.get(column.kind, TEXTS), None, None, *(["text"] if column.kind != "dt" else [])]


def table(sheet, seed):
    """Rows of a sheet as columns of values, drawn from a seed; now and then columns are missing."""
    chance = random.Random(seed)
    rows = chance.randint(1, 12)
    kept = [column for column in sheet.columns if chance.random() < chance.choice([0.9, 1])]
    return {column.id: chance.choices(values_of(column), k=rows) for column in kept}


def errors_by_jsonschema(schema, values):
    """Row, column, keyword and condition of every error that jsonschema finds in the records of a table."""
    validator = jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())
    found = set()
    for at, row in enumerate(zip(*values.values(), strict=True)):
        record = {name: value for name, value in zip(values, row, strict=True) if value is not None}
        for error in validator.iter_errors(record):
            condition = error.absolute_schema_path[1] if error.absolute_schema_path[0] == "allOf" else NO_CONDITION
            if error.validator == "required":
                names = [name for name in error.validator_value if name not in record]
            else:
                names = [next(iter(error.absolute_path), "")]
            found |= {(at, name, error.validator, condition) for name in names if not name or name in values}
    return found


def errors_by_us(engine, values):
    """The same of our engine, which must not say anything twice."""
    faults = [(fault.at, fault.column, fault.keyword, fault.condition) for fault in engine.faults(values)]
    assert [fault for fault, number in Counter(faults).items() if number > 1 and fault[1]] == []
    return set(faults)


@pytest.mark.parametrize("name", SHEETS)
@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_the_same_errors_as_jsonschema_on_rows_of_any_kind(name, seed):
    sheet = catalogue().sheets[name]
    values = table(sheet, seed)
    assert errors_by_us(compiled(sheet, catalogue()), values) == errors_by_jsonschema(
        row_schema(sheet, catalogue()), values
    )


@pytest.mark.parametrize("sheet", catalogue().sheets.values(), ids=lambda sheet: sheet.id)
def test_every_row_schema_is_sound(sheet):
    jsonschema.Draft202012Validator.check_schema(row_schema(sheet, catalogue()))


def condition(test, then):
    return Condition("V06", Text("", ""), test, then)


CONDITIONS = [
    condition({"required": ["title"]}, {"maxProperties": 24}),
    condition({"minProperties": 28}, {"properties": {"priority": {"const": "high"}}}),
    condition({"not": {"required": ["owner"]}}, {"anyOf": [{"required": ["title"]}, {"required": ["description"]}]}),
    condition(
        {"if": {"required": ["owner"]}, "then": {"properties": {"importance": {"minimum": 3}}}, "else": False},
        {"oneOf": [{"properties": {"priority": {"const": "low"}}}, {"properties": {"urgency": {"maximum": 3}}}]},
    ),
]


@pytest.mark.parametrize("number", [*range(len(CONDITIONS)), None])
@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_conditions_that_look_at_a_row_in_any_other_way_are_judged_the_same(number, seed):
    chosen = CONDITIONS if number is None else [CONDITIONS[number]]
    sheet = replace(catalogue().sheets["requirements"], conditions=tuple(chosen))
    values = table(sheet, seed)
    engine = CompiledSheet(sheet, catalogue())
    assert errors_by_us(engine, values) == errors_by_jsonschema(row_schema(sheet, catalogue()), values)


def test_a_sheet_is_compiled_once_for_a_catalogue():
    sheet = catalogue().sheets["plan"]
    assert compiled(sheet, catalogue()) is compiled(sheet, catalogue())


def test_a_condition_covered_by_a_rule_does_not_ask_for_the_cell():
    sheet = catalogue().sheets["requirements"]
    values = {column.id: [None] for column in sheet.columns} | {"status": ["confirmed"]}
    asked = {fault.column for fault in compiled(sheet, catalogue()).faults(values) if fault.condition != NO_CONDITION}
    assert asked == {"verify_method", "confirmed_by", "confirmed_on"}


def test_columns_that_the_workbook_lacks_are_not_asked_for():
    faults = compiled(catalogue().sheets["requirements"], catalogue()).faults(
        {"status": ["confirmed"], "owner": [None]}
    )
    assert [(fault.column, fault.keyword) for fault in faults] == [("owner", "required")]
