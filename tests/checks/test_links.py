from __future__ import annotations

import pytest

from automation.checks.nearest import ASKED, COMPARED, NearestId
from tests.checks.books import result

PROJECTS = "\n\nprojects\nproject_id\nPRJ-001\nPRJ-002"
RESOURCES = "\n\nresources\nresource_id | kind | access_role\nRES-001 | person | editor\nRES-002 | equipment | -"


def test_every_unknown_reference_is_named_with_its_cell():
    book = "requirements\nreq_id | project_id\nREQ-001 | PRJ-001\nREQ-002 | PRJ-077\nREQ-003 | PRJ-077" + PROJECTS
    assert result(book).cells() == [("V05", "requirements", "B3"), ("V05", "requirements", "B4")]


def test_a_sheet_that_the_workbook_lacks_is_not_asked_for_ids():
    found = result("requirements\nreq_id | project_id\nREQ-001 | PRJ-077")
    assert found.findings == ()
    assert any(one.rule == "V01" and one.place.sheet == "projects" for one in found.read)


def test_a_sheet_without_rows_knows_no_ids():
    book = "requirements\nreq_id | project_id\nREQ-001 | PRJ-077\n\nprojects\nproject_id"
    assert result(book).cells() == [("V05", "requirements", "B2")]


def test_an_empty_reference_is_no_reference():
    assert (
        result("requirements\nreq_id | source_contact\nREQ-001 | -\n\ncontacts\ncontact_id\nCON-001").cells("V05") == []
    )


@pytest.mark.parametrize(
    ("typed", "repair"),
    [("prj-001", "PRJ-001"), ("PRJ-1", "PRJ-001"), ("PRJ_002", "PRJ-002"), ("PRJ-0002", "PRJ-002"), ("PRJ-077", None)],
)
def test_only_another_spelling_of_an_existing_id_is_repaired(typed, repair):
    finding = result(f"requirements\nreq_id | project_id\nREQ-001 | {typed}" + PROJECTS).one()
    assert (finding.repair and finding.repair.value) == repair


def test_a_list_of_ids_is_repaired_as_a_whole_or_not_at_all():
    tasks = "\n\nplan\ntask_id\nT-001\nT-002\nT-010"
    book = "risks\nrisk_id | task_ids\nRISK-001 | T-001;t-2;T-10\nRISK-002 | T-1;T-777" + tasks
    first, second = result(book).findings
    assert (first.value, first.repair.value) == ("t-2;T-10", "T-001;T-002;T-010")
    assert (second.value, second.repair) == ("T-1;T-777", None)


def test_references_must_agree_on_the_columns_that_the_schema_names():
    book = """
changes
change_id | project_id | req_id
CHG-001 | PRJ-001 | REQ-001
CHG-002 | PRJ-002 | REQ-001
CHG-003 | PRJ-002 | -

requirements
req_id | project_id
REQ-001 | PRJ-001
"""
    assert result(book).cells("V05") == [("V05", "changes", "C3")]


def test_one_of_several_ids_that_belongs_to_another_project_is_named():
    book = """
plan
task_id | wbs | project_id | req_ids
T-001 | 1 | PRJ-001 | REQ-001;REQ-002

requirements
req_id | project_id
REQ-001 | PRJ-001
REQ-002 | PRJ-002
"""
    finding = result(book).one()
    assert (finding.rule, finding.place.cell, finding.value) == ("V05", "D2", "REQ-002")


def test_a_reference_to_a_row_of_a_kind_that_is_not_allowed():
    assert result("plan\ntask_id | owner\nT-001 | RES-001\nT-002 | RES-002" + RESOURCES).cells() == [
        ("V05", "plan", "B3")
    ]


def test_an_unknown_id_is_not_also_called_the_wrong_kind():
    assert result("plan\ntask_id | owner\nT-001 | RES-009" + RESOURCES).cells() == [("V05", "plan", "B2")]


def test_conflicts_are_named_on_both_sides_or_reported_where_they_are_named():
    book = "requirements\nreq_id | conflict_with\nREQ-001 | REQ-002;REQ-003\nREQ-002 | REQ-001\nREQ-003 | -"
    finding = result(book).one()
    assert (finding.rule, finding.place.cell, finding.value) == ("V05", "B2", "REQ-003")


def test_a_loop_is_reported_once_and_a_chain_never():
    book = """
checks
check_id | recheck_of | req_id
CHK-001 | CHK-003 | REQ-001
CHK-002 | CHK-001 | REQ-001
CHK-003 | CHK-002 | REQ-001
CHK-004 | CHK-003 | REQ-001
CHK-005 | CHK-004 | REQ-001
"""
    finding = result(book).one()
    assert (finding.place.cell, finding.value) == ("B2", "CHK-001 → CHK-003 → CHK-002 → CHK-001")


def test_a_row_that_names_itself_is_said_once():
    book = "checks\ncheck_id | recheck_of | req_id\nCHK-001 | CHK-001 | REQ-001"
    assert result(book).cells() == [("V05", "checks", "B2")]


def test_the_first_of_rows_with_the_same_id_is_the_one_referred_to():
    book = """
changes
change_id | project_id | req_id
CHG-001 | PRJ-001 | REQ-001

requirements
req_id | project_id
REQ-001 | PRJ-001
REQ-001 | PRJ-002
"""
    assert result(book).cells() == [("V04", "requirements", "A3")]


class TestNearest:
    def test_ids_that_differ_in_one_digit_are_not_guessed_between(self):
        assert NearestId(["REQ-001", "REQ-002"]).of("REQ-009") == ("", False)

    def test_the_only_near_one_is_named_but_not_the_same(self):
        assert NearestId(["REQ-0012", "REQ-0500"]).of("REQ-012") == ("REQ-0012", True)
        assert NearestId(["REQ-112", "REQ-500"]).of("REQ-1122") == ("REQ-112", False)

    def test_two_ids_of_the_same_spelling_are_not_guessed_between(self):
        assert NearestId(["REQ-01", "REQ-001"]).of("REQ-1")[1] is False

    def test_in_large_sheets_only_spellings_are_looked_for(self):
        known = NearestId([f"REQ-{number:05}" for number in range(COMPARED + 1)])
        assert known.of("req-7") == ("REQ-00007", True)
        assert known.of("REQ-000077") == ("REQ-00077", True)
        assert known.of("REX-00077") == ("", False)

    def test_after_many_questions_only_spellings_are_looked_for(self):
        known = NearestId(["REQ-112"])
        for number in range(ASKED):
            known.of(f"X-{number}")
        assert known.of("REQ-1122") == ("", False)
        assert known.of("req-0112") == ("REQ-112", True)


def test_a_reference_that_is_wrong_in_two_ways_is_said_once():
    book = """
deliverables
deliverable_id | project_id | milestone
DLV-001 | PRJ-001 | T-001
DLV-002 | PRJ-001 | T-002

plan
task_id | wbs | project_id | kind | duration
T-001 | 1 | PRJ-002 | task | 5
T-002 | 2 | PRJ-001 | milestone | 0
"""
    finding = result(book).one()
    assert (finding.rule, finding.place.cell, finding.value) == ("V05", "C2", "T-001")
    assert "资源类型" not in finding.message.zh
    assert "里程碑" in finding.hint.zh
