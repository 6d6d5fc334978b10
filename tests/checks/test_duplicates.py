from __future__ import annotations

from tests.checks.books import result


def hints(book):
    return [finding.hint.zh.split("例如 ")[1].split("；")[0] for finding in result(book).findings]


def test_every_later_row_with_the_same_id_points_at_the_first():
    found = result("requirements\nreq_id\nREQ-001\nREQ-002\nREQ-001\nREQ-001")
    assert found.cells() == [("V04", "requirements", "A4"), ("V04", "requirements", "A5")]
    assert all("与 A2 重复" in finding.message.zh for finding in found.findings)


def test_new_ids_count_on_from_the_highest_and_are_all_different():
    assert hints("requirements\nreq_id\nREQ-0007\nREQ-0007\nREQ-0007") == ["REQ-0008", "REQ-0009"]


def test_ids_that_differ_only_in_width_or_spaces_are_the_same():
    assert result("requirements\nreq_id\nREQ-001\nＲＥＱ－001\n␣REQ-001").cells() == [
        ("V04", "requirements", "A3"),
        ("V04", "requirements", "A4"),
    ]


def test_empty_ids_are_not_the_same_id():
    assert result("requirements\nreq_id\n-\n-").cells() == [
        ("V01", "requirements", "A2"),
        ("V01", "requirements", "A3"),
    ]


def test_a_wrong_id_that_stands_twice_is_both_wrong_and_twice():
    assert result("requirements\nreq_id\nR1\nR1").cells() == [
        ("V02", "requirements", "A2"),
        ("V02", "requirements", "A3"),
        ("V04", "requirements", "A3"),
    ]


def test_unique_values_are_compared_trimmed_without_width_and_case():
    book = (
        "customers\ncustomer_id | name\nCUS-001 | 江河科技（北京）\nCUS-002 | 江河科技(北京)\nCUS-003 | 江河 科技(北京)"
    )
    assert result(book).cells() == [("V04", "customers", "B3")]


def test_empty_unique_values_are_not_repeated():
    book = "resources\nresource_id | windows_user | kind | access_role\nRES-001 | - | person | editor\nRES-002 | - | person | editor"
    assert result(book).findings == ()


def test_a_combination_is_unique_as_a_whole():
    book = """
plan
task_id | wbs | project_id
T-001 | 1.1 | PRJ-001
T-002 | 1.1 | PRJ-002
T-003 | 1.2 | PRJ-001
T-004 | - | PRJ-001
T-005 | - | PRJ-001
T-006 | 1.2 | PRJ-001
"""
    assert result(book).cells("V04") == [("V04", "plan", "B7")]


def test_a_sheet_whose_key_is_no_id_may_repeat_it():
    book = "projects\nproject_id\nPRJ-001\n\npermissions\naccess_role | sheet | permission\n"
    rows = "administrator | plan | read\nadministrator | plan | edit\nadministrator | plan | read"
    assert result(book + rows).cells("V04") == [("V04", "permissions", "C4")]
