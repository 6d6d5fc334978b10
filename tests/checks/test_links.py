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


class TestMisspeltKeys:
    """The id of a row is typed wrongly, and those that name it are right."""

    BOOK = """
changes
change_id | project_id | req_id
CHG-001 | PRJ-001 | REQ-021
CHG-002 | PRJ-001 | REQ-0210

requirements
req_id | project_id
req-021 | PRJ-001
"""

    def test_the_row_is_repaired_and_not_what_names_it(self):
        key, *rest = sorted(result(self.BOOK).findings, key=lambda one: one.place.sheet, reverse=True)
        assert (key.rule, key.place.cell, key.repair.value) == ("V02", "A2", "REQ-021")
        assert [(one.rule, one.place.cell, one.repair) for one in rest] == [("V05", "C2", None), ("V05", "C3", None)]
        assert "请先把“需求”表中的“req-021”改为“REQ-021”" in rest[0].hint.zh
        assert "“req-021” on sheet “Requirements” to “REQ-021”" in rest[0].hint.en
        assert "req-021" not in rest[1].hint.zh

    def test_nothing_is_wrong_after_the_repair(self):
        text = self.BOOK.replace("CHG-002 | PRJ-001 | REQ-0210\n", "")
        assert result(text.replace("req-021", "REQ-021")).findings == ()

    @pytest.mark.parametrize("typed", ["req-021", "REQ- 021", "ＲＥＱ－０２１", "Req-021"])
    def test_case_width_and_spaces_are_repaired(self, typed):
        found = result(f"requirements\nreq_id\n{typed}")
        repaired = [one.repair.value for one in (*found.read, *found.findings) if one.repair and one.place.cell == "A2"]
        assert repaired == ["REQ-021"]

    @pytest.mark.parametrize("typed", ["REQ-21", "RQ-021", "21", "REQ_021"])
    def test_other_spellings_are_not_guessed_at(self, typed):
        finding = result(f"requirements\nreq_id\n'{typed}").one()
        assert (finding.rule, finding.repair) == ("V02", None)

    @pytest.mark.parametrize("other", ["REQ-021", "Req-021"])
    def test_no_repair_makes_two_rows_the_same(self, other):
        findings = result(f"requirements\nreq_id\nreq-021\n{other}").findings
        assert {one.rule for one in findings} == {"V02"}
        assert {one.repair for one in findings} == {None}

    def test_a_malformed_id_is_never_named_as_the_nearest(self):
        known = NearestId(["req-021", "REQ-400"], "^REQ-[0-9]{3,}$")
        assert known.of("REQ-021") == ("", False)
        assert known.misspelt("REQ-021") == ("req-021", "REQ-021")
        assert known.misspelt("REQ-400") == ("", "")


class TestNames:
    """People type the name of a row where its id belongs."""

    PEOPLE = """

resources
resource_id | name | kind | access_role
RES-007 | 高峰 | person | editor
RES-008 | 李娜 | person | editor
RES-009 | 李娜 | person | editor
"""

    def test_the_name_of_one_row_is_repaired_to_its_id(self):
        finding = result("requirements\nreq_id | owner\nREQ-001 | 高峰" + self.PEOPLE).one()
        assert (finding.rule, finding.place.cell, finding.repair.value) == ("V05", "B2", "RES-007")
        assert "RES-007" in finding.hint.zh
        assert "RES-007" in finding.hint.en

    def test_the_name_of_two_rows_is_not_guessed_at(self):
        finding = result("requirements\nreq_id | owner\nREQ-001 | 李娜" + self.PEOPLE).one()
        assert (finding.rule, finding.repair) == ("V05", None)

    def test_part_of_a_name_is_no_name(self):
        assert result("requirements\nreq_id | owner\nREQ-001 | 高" + self.PEOPLE).one().repair is None


def test_ids_that_begin_alike_are_repaired_each_on_its_own():
    tasks = "\n\nplan\ntask_id\nT-001\nT-010"
    finding = result("risks\nrisk_id | task_ids\nRISK-001 | T-1;T-10" + tasks).one()
    assert finding.repair.value == "T-001;T-010"


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
