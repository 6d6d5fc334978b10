"""Errors stop the documents that would show them, and no others."""

from automation.commands.document.blocking import blocking
from automation.commands.documents import document_kind
from automation.commands.request import Request
from tests.documents import STATUS
from tests.tables import catalogue, project_of, settings

BOOK = """
projects
 project_id | name | customer_id
 PRJ-001 | 一 | CUS-001
 PRJ-002 | 二 | CUS-002
customers
 customer_id | name
 CUS-001 | 甲
 CUS-002 | 丙
requirements
 req_id | project_id | title
 REQ-001 | PRJ-001 | 一的需求
 REQ-002 | PRJ-002 | 二的需求
 REQ-003 | PRJ-009 | 没有这个项目
"""


def errors(identifier, key):
    request = Request(project_of(BOOK), (), catalogue(), settings(), STATUS)
    return {(one.place.sheet, one.place.key) for one in blocking(request, document_kind(identifier), key)}


def test_errors_in_rows_of_another_project_or_customer_do_not_count():
    found = errors("D01", "PRJ-001")
    assert ("requirements", "REQ-001") in found
    assert {("requirements", "REQ-002"), ("projects", "PRJ-002"), ("customers", "CUS-002")}.isdisjoint(found)


def test_a_row_that_belongs_to_no_project_that_is_there_counts():
    assert ("requirements", "REQ-003") in errors("D01", "PRJ-001")
    assert ("requirements", "REQ-003") in errors("D01", "PRJ-002")
