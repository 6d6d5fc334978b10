from __future__ import annotations

import pytest

from automation.checks.written import plain_ids_of, uses_of
from tests.checks.books import result

RESOURCES = "\n\nresources\nresource_id | kind | access_role\nRES-001 | person | editor\nRES-002 | person | editor"
CONTACTS = "\n\ncontacts\ncontact_id\nCON-001"


@pytest.mark.parametrize("cell", ["T-001", "T-001FS+2;T-002SS-1", "t-001, T-002", "T-001FF；T-002", "Ｔ-001"])
def test_predecessors_that_can_be_read_and_exist_are_silent(cell):
    assert result(f"plan\ntask_id | predecessors\nT-001 | -\nT-002 | -\nT-003 | {cell}").findings == ()


@pytest.mark.parametrize("cell", ["之后", "T-001XX", "T-001FS++2", "第1个"])
def test_predecessors_that_cannot_be_read_are_v02(cell):
    finding = result(f"plan\ntask_id | predecessors\nT-001 | -\nT-002 | {cell}").one()
    assert (finding.rule, finding.place.cell) == ("V02", "B3")


def test_unknown_predecessors_are_v05_and_all_of_them_are_named():
    finding = result("plan\ntask_id | predecessors\nT-001 | -\nT-002 | T-008;T-001SS+1;T-009FS").one()
    assert (finding.rule, finding.place.cell, finding.value) == ("V05", "B3", "T-008;T-009")


def test_another_spelling_of_a_predecessor_is_repaired_in_its_place():
    finding = result("plan\ntask_id | predecessors\nT-001 | -\nT-002 | T-1FS+2").one()
    assert finding.repair.value == "T-001FS+2"


def test_a_task_before_itself_is_v05():
    assert result("plan\ntask_id | predecessors\nT-001 | T-001").cells() == [("V05", "plan", "B2")]


def test_resource_use_names_resources():
    book = "plan\ntask_id | resource_use\nT-001 | RES-001:100%;RES-002：50\nT-002 | RES-001；T-001:50%\nT-003 | RES-009:10%"
    assert result(book + RESOURCES).cells() == [("V02", "plan", "B3"), ("V05", "plan", "B4")]


def test_participants_are_resources_or_contacts():
    book = "events\nevent_id | participants\nEVT-001 | RES-001;CON-001\nEVT-002 | 张三;RES-001\nEVT-003 | CON-002\nEVT-004 | PRJ-001"
    assert result(book + RESOURCES + CONTACTS).cells("V02", "V05") == [
        ("V02", "events", "B3"),
        ("V05", "events", "B4"),
        ("V02", "events", "B5"),
    ]


def test_ids_of_sheets_that_the_workbook_lacks_are_not_looked_for():
    assert result("events\nevent_id | participants\nEVT-001 | RES-001;CON-001").findings == ()


def test_a_source_is_an_id_of_any_sheet():
    book = "improvements\naction_id | source_ref\nIMP-001 | REQ-001\nIMP-002 | REQ-009\nIMP-003 | ABC-001\n\nrequirements\nreq_id\nREQ-001"
    assert result(book).cells() == [("V05", "improvements", "B3"), ("V02", "improvements", "B4")]


def test_ids_that_are_prefixes_of_each_other_are_kept_apart():
    known = "\n\nplan\ntask_id\nT-001\n\ncosts\ncost_id\nCOST-001"
    book = "improvements\naction_id | source_ref\nIMP-001 | COST-001;T-001\nIMP-002 | COST-002"
    assert result(book + known).cells("V02", "V05") == [("V05", "improvements", "B3")]


def test_uses_and_ids_are_read_with_chinese_signs():
    assert uses_of("RES-001：100％；res-002、RES-003:0.5") == (("RES-001", "RES-002", "RES-003"), ())
    assert plain_ids_of("CON-001，RES-002 x") == (("CON-001", "RES-002"), ("x",))


def test_a_predecessor_of_another_project_is_v05_with_both_projects():
    book = """
plan
task_id | wbs | project_id | predecessors
T-001 | 1 | PRJ-001 | -
T-101 | 1 | PRJ-002 | -
T-102 | 2 | PRJ-002 | T-101;T-001SS+1
T-103 | 3 | PRJ-002 | T-102
"""
    finding = result(book).one()
    assert (finding.rule, finding.place.cell, finding.value) == ("V05", "D4", "T-001")
    assert "“项目”是“PRJ-001”，与本行的“PRJ-002”不同" in finding.message.zh
    assert "“Project” is “PRJ-001”, not “PRJ-002”" in finding.message.en
