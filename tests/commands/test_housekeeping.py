"""A dated copy, the settings in force, help on a sheet."""

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.commands import housekeeping
from automation.commands.request import Request
from tests.tables import catalogue, project_of, settings

SHEETS = "requirements\n req_id | title\n REQ-001 | A\nsettings\n key | value\n fail_on | low\n"


def asked(run, **parameters):
    request = Request(project_of(SHEETS), (), catalogue(), settings(), date(2026, 6, 12), parameters)
    return run(request)


def test_a_backup_asks_for_a_copy_and_a_line_in_the_log_and_changes_no_cell():
    outcome = asked(housekeeping.backup)
    assert outcome.copy
    assert [entry.action for entry in outcome.log] == ["backup"]
    assert outcome.edits == ()


def test_every_setting_is_listed_with_its_value_and_the_changed_ones_come_first():
    outcome = asked(housekeeping.settings)
    assert outcome.tables["settings"].keys() == catalogue().parameters.keys()
    marks = [line.zh[0] for line in outcome.lines]
    assert marks == sorted(marks, reverse=True)
    assert any("[fail_on]" in line.en for line in outcome.lines)
    assert outcome.goto == f"'{project_of(SHEETS).tables['settings'].name}'!A2"


def test_help_says_what_each_sheet_is_for():
    lines = asked(housekeeping.guide).lines
    assert len(lines) == 1 + len(catalogue().sheets)
    assert any(line.zh.startswith("需求：每条需求一行") for line in lines)


def test_help_on_a_sheet_says_what_goes_into_each_column():
    lines = asked(housekeeping.guide, sheet="Requirements").lines
    assert len(lines) == 1 + len(catalogue().sheets["requirements"].columns)
    assert "REQ-001" in lines[1].en


def test_help_on_an_unknown_sheet_names_sheets_that_there_are():
    with pytest.raises(UsageError) as caught:
        asked(housekeeping.guide, sheet="Budgets")
    assert "Budgets" in caught.value.text.en
    assert "Requirements" in caught.value.text.en
