"""Every rule keeps what its docstring promises: the failing example fires it on the marked rows, the passing one not."""

from __future__ import annotations

import pytest

from automation.base.findings import Severity
from automation.deviations.examples import described, example
from automation.deviations.registry import RULES
from automation.deviations.running import judge
from tests.tables import catalogue, sample, switched_off

every_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
every_rule_of_projects = pytest.mark.parametrize(
    "rule",
    [rule for rule in RULES if "project_id" in catalogue().sheets[rule.sheet].by_id and rule.id != "IMP-04"],
    ids=lambda rule: rule.id,
)
"""All but the one rule that is about projects which are over."""


@every_rule
def test_the_failing_example_is_reported_on_the_marked_rows_and_nowhere_else(rule):
    case, marked = sample(described(rule).fails)
    findings = judge([rule], case).findings
    assert {(finding.place.sheet, finding.place.key) for finding in findings} == marked
    assert marked
    assert {finding.rule for finding in findings} == {rule.id}


@every_rule
def test_the_passing_example_is_silent(rule):
    case, marked = sample(described(rule).passes)
    assert judge([rule], case).findings == ()
    assert not marked


@every_rule
def test_a_rule_that_is_switched_off_is_not_run(rule):
    case, _ = sample(described(rule).fails)
    assert judge([rule], switched_off(case, rule)).findings == ()


@every_rule
def test_messages_are_complete_in_both_languages(rule):
    case, _ = sample(described(rule).fails)
    for finding in judge([rule], case).findings:
        for text in (finding.message, finding.hint):
            assert text.zh
            assert text.en
            assert "None" not in text.zh + text.en
            assert "{" not in text.zh + text.en


@every_rule
def test_a_finding_points_at_a_column_of_its_sheet(rule):
    case, _ = sample(described(rule).fails)
    for finding in judge([rule], case).findings:
        if finding.place.column:
            assert finding.place.column in catalogue().sheets[finding.place.sheet].by_id
            assert finding.place.cell
        assert (finding.severity < Severity.ERROR) is (rule.id != "SEC-03")  # the one deviation that blocks documents


@every_rule
def test_findings_of_a_rule_have_identities_of_their_own(rule):
    case, _ = sample(described(rule).fails)
    names = [finding.id for finding in judge([rule], case).findings]
    assert len(names) == len(set(names))


@every_rule
def test_the_settings_named_in_the_docstring_are_those_the_rule_declares(rule):
    assert described(rule).options == rule.parameters
    assert set(rule.parameters) <= set(catalogue().parameters)
    for key in rule.parameters:
        assert rule.id in catalogue().parameters[key].rules, f"parameters.yaml does not list {rule.id} under {key}"


@every_rule
def test_a_row_whose_input_failed_a_data_check_is_skipped_and_reported_as_such(rule):
    wanted, marked = sample(described(rule).fails)
    sheets = {name.partition(".")[0] for name in rule.inputs}
    assert rule.sheet in sheets
    name = next(name for name in rule.inputs if name.startswith(f"{rule.sheet}."))
    column = name.partition(".")[2]
    table = wanted.project.tables[rule.sheet]
    failed = frozenset((rule.sheet, row.row, column) for row in table.rows)
    case, _ = sample(described(rule).fails, failed=failed)
    result = judge([rule], case)
    assert not {finding.place.key for finding in result.findings if finding.place.sheet == rule.sheet}
    assert {(rule.id, sheet, key) for sheet, key in marked if sheet == rule.sheet} <= set(result.skipped)


@every_rule
def test_a_column_that_the_rule_is_about_is_judged_although_it_failed_a_data_check(rule):
    plain, marked = sample(described(rule).fails)
    rows = [(sheet, row.row) for sheet, table in plain.project.tables.items() for row in table.rows]
    names = [name.partition(".") for name in rule.regardless]
    failed = frozenset((sheet, row, column) for sheet, row in rows for of, _, column in names if of == sheet)
    case, _ = sample(described(rule).fails, failed=failed)
    if rule.id == "PLN-07":  # a cell that a data check has flagged is not reported again, the rest of the row is
        marked = {("plan", "T-004")}
    if rule.id == "PRC-02":  # the numbers of the steps are judged all the same
        marked = {("processes", "PROC-001")}
    if rule.id == "PLN-08":  # open ends are not judged while dates rest on wrong links
        marked = {("plan", "T-001")}
    assert {(finding.place.sheet, finding.place.key) for finding in judge([rule], case).findings} == marked


@every_rule
def test_inputs_are_columns_that_exist(rule):
    assert not set(rule.inputs) & set(rule.regardless)
    for name in (*rule.inputs, *rule.regardless):
        sheet, _, column = name.partition(".")
        assert column in catalogue().sheets[sheet].by_id, name


@every_rule_of_projects
def test_a_closed_project_is_not_judged(rule):
    text = described(rule).fails
    tables = [table for table in text.tables if table.sheet != "projects"]
    kept = example("projects\n project_id | status\n PRJ-001 | closed").tables
    case, _ = sample(type(text)(text.status_date, (*kept, *tables)))
    assert judge([rule], case).findings == ()


def test_rule_ids_are_unique_and_have_a_message():
    names = [rule.id for rule in RULES]
    assert len(names) == len(set(names))
    assert set(names) <= set(catalogue().rule_messages)


def test_a_row_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="2 cells for 3 columns"):
        example("plan\n a | b | c\n 1 | 2\n")
