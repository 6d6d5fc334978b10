"""New row: the next id and the usual values, as a cell shows them."""

from datetime import date

import pytest

from automation.base.errors import UsageError
from automation.commands.new_row import new_row
from automation.commands.request import Request
from automation.model.effects import Need
from automation.model.project import build
from automation.model.tables import Raw, RawSheet
from tests.tables import catalogue, project_of, settings

DAY = date(2026, 6, 12)
SHEETS = """
projects
 project_id | name
 PRJ-001    | Example
resources
 resource_id | name | windows_user
 RES-002     | 李   | DEMO\\li
requirements
 req_id  | title
 REQ-002 | A
 REQ-011 | B
 draft   | C
"""


def asked(sheets, **parameters):
    return new_row(Request(project_of(sheets), (), catalogue(), settings(), DAY, parameters))


def values(outcome, sheet, sheets=SHEETS):
    (edit,) = outcome.edits
    names = {number: name for name, number in project_of(sheets).tables[sheet].columns.items()}
    return {names[number]: value for number, value in edit.rows[0].items()}


def test_the_id_is_one_more_than_the_highest_number():
    outcome = asked(SHEETS, sheet="需求", user="li")
    assert outcome.figures["key"] == "REQ-012"
    assert outcome.needs == (Need("edit", "requirements"),)
    assert [(entry.sheet, entry.key) for entry in outcome.log] == [("requirements", "REQ-012")]


def test_an_empty_sheet_begins_with_one():
    sheets = SHEETS + "risks\n risk_id | title\n x | y\n"
    assert asked(sheets, sheet="risks").figures["key"] == "RISK-001"


def test_project_owner_and_defaults_are_filled_in_with_labels_of_the_workbook():
    columns = "project_id | owner | importance | raised_on | status"
    sheets = f"{SHEETS.partition('requirements')[0]}requirements\n req_id | {columns}\n REQ-011 | | | | |\n"
    found = values(asked(sheets, sheet="requirements", user="DEMO\\li"), "requirements", sheets)
    assert found["req_id"] == "REQ-012"
    assert (found["project_id"], found["owner"]) == ("PRJ-001", "RES-002")
    assert (found["importance"], found["raised_on"], found["status"]) == (3, DAY, "Collected")
    assert "title" not in found


def test_nobody_known_is_no_owner_and_of_several_projects_none_is_guessed():
    sheets = f"{SHEETS.partition('requirements')[0]}requirements\n req_id | project_id | owner\n REQ-011 | |\n"
    sheets = sheets.replace(" PRJ-001    | Example\n", " PRJ-001    | Example\n PRJ-002    | Other\n")
    found = values(asked(sheets, sheet="requirements", user="root"), "requirements", sheets)
    assert not {"project_id", "owner"} & found.keys()


@pytest.mark.parametrize("name", ["看板", "permissions", "nothing", ""])
def test_a_sheet_that_people_do_not_fill_in_is_refused(name):
    with pytest.raises(UsageError) as caught:
        asked(SHEETS, sheet=name)
    assert caught.value.code == "NO_SUCH_SHEET"


def test_a_sheet_without_its_id_column_is_refused():
    raw = Raw("b.xlsx", (RawSheet("需求", [["需求名称", "需求描述"], ["A", "B"]]),))
    project, _ = build(raw, catalogue())
    with pytest.raises(UsageError) as caught:
        new_row(Request(project, (), catalogue(), settings(), DAY, {"sheet": "需求"}))
    assert caught.value.code == "NO_ID_COLUMN"
    assert "需求编号" in caught.value.text.zh
