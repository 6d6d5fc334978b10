"""Requirements reviewed: first review, a quiet change, the review after it, and what was made for the requirement."""

from datetime import date, datetime

import pytest

from automation.base.errors import UsageError
from automation.base.records import replace
from automation.commands.request import Request
from automation.commands.reviewing import review
from automation.deviations.requirement_reviews import FIELDS, changed_fields, fingerprint, reviews, suspect
from automation.model.changed import with_values
from tests.tables import catalogue, project_of, settings

DAY = date(2026, 6, 12)

BOOK = """
projects
 project_id | name
 PRJ-001 | A
requirements
 req_id | project_id | title | description | acceptance_criterion | status
 REQ-001 | PRJ-001 | 设备数据采集 | 系统每秒采集一次设备数据 | 99% | confirmed
 REQ-002 | PRJ-001 | 产品质量追溯 | 系统按批次号双向追溯产品 | 30 秒 | confirmed
 REQ-003 | PRJ-001 | 备用功能说明 | 以后再商定的备用功能说明 | | deferred
plan
 task_id | project_id | name | req_ids
 T-001 | PRJ-001 | 开发 | REQ-001;REQ-002
checks
 check_id | project_id | req_id
 CHK-001 | PRJ-001 | REQ-001
deliverables
 deliverable_id | project_id | req_ids
 DLV-001 | PRJ-001 | REQ-002
"""


def request_of(project, **parameters):
    return Request(project, (), catalogue(), settings(), DAY, parameters)


def noted(project, outcome):
    """The project with the entries of an outcome under its log."""
    table = project.tables["log"]
    count = len(table.numbers)
    models = {name: list(values) for name, values in table.models.items()}
    for name in ("time", "user", "action", "sheet", "row_key", "old", "new"):
        models.setdefault(name, [None] * count)
    for entry in outcome.log:
        values = {
            "time": datetime(2026, 6, 1, 9, len(models["time"])),
            "user": "甲",
            "action": entry.action,
            "sheet": entry.sheet,
            "row_key": entry.key,
            "old": entry.old,
            "new": entry.new,
        }
        for name, column in models.items():
            column.append(values.get(name))
    numbers = list(range(2, 2 + count + len(outcome.log)))
    return replace(project, tables={**project.tables, "log": replace(table, numbers=numbers, models=models, values={})})


def changed(project, key, **values):
    row = project.table("requirements").by_key[key]
    return with_values(project, "requirements", row.row, values)


def reported(project):
    return {(one.place.sheet, one.place.key) for one in request_of(project).findings if one.rule == "REQ-15"}


def test_at_first_every_requirement_that_stands_is_unreviewed_and_nothing_is_reported():
    project = project_of(BOOK)
    found = review(request_of(project))
    assert found.figures["unreviewed"] == ["REQ-001", "REQ-002"]
    assert found.edits == ()
    assert [entry.key for entry in found.log] == ["REQ-001", "REQ-002"]
    assert found.log[0].new.split()[1:] == ["T-001", "CHK-001"]
    assert reported(project) == set()


def test_a_quiet_change_is_one_finding_and_what_was_made_is_looked_at_after_the_next_review():
    project = project_of(BOOK)
    project = noted(project, review(request_of(project)))
    assert reported(project) == set()
    project = changed(project, "REQ-001", description="系统每分钟采集一次设备数据")
    found = review(request_of(project))
    assert found.tables["changed"] == [{"requirement": "REQ-001", "columns": ["description"]}]
    assert found.figures["suspect"] == []
    assert reported(project) == {("requirements", "REQ-001")}
    project = noted(project, found)
    assert reported(project) == {("plan", "T-001"), ("checks", "CHK-001")}
    project = noted(project, review(request_of(project, clear="T-001; CHK-001")))
    assert reported(project) == set()
    assert review(request_of(project)).log == ()


def test_what_is_made_after_the_review_agrees_with_it():
    project = noted(project_of(BOOK), review(request_of(project_of(BOOK))))
    project = changed(project, "REQ-002", acceptance_criterion="10 秒")
    project = noted(project, review(request_of(project)))
    table = project.table("checks").by_key["CHK-001"]
    project = with_values(project, "checks", table.row, {"req_id": "REQ-002"})
    assert ("checks", "CHK-001") not in reported(project)


def test_only_those_named_are_noted():
    found = review(request_of(project_of(BOOK), only="REQ-002"))
    assert [entry.key for entry in found.log] == ["REQ-002"]


def test_white_space_is_no_change_and_each_column_is_told():
    row = project_of(BOOK).rows.requirements[0]
    assert fingerprint(row) == fingerprint(row._replace(description=" 系统每秒\n采集一次设备数据 "))
    for name in FIELDS:
        assert changed_fields(fingerprint(row), fingerprint(row._replace(**{name: "别的"}))) == (name,)


@pytest.mark.parametrize("asked", [{"only": "REQ-009"}, {"clear": "CHK-009"}, {"clear": "CHK-001"}])
def test_what_is_not_there_or_was_never_reviewed_is_refused(asked):
    with pytest.raises(UsageError):
        review(request_of(project_of(BOOK), **asked))


def test_a_log_that_somebody_edited_is_no_stumbling_block():
    project = noted(project_of(BOOK), review(request_of(project_of(BOOK))))
    table = project.tables["log"]
    for text in ("x", "=", "REQ-001=", "64bf", "…"):
        edited = with_values(project, "log", table.numbers[0], {"new": text})
        list(suspect(edited.rows, reviews(edited.rows)))
        reported(edited)
