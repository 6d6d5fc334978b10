"""Versions of documents: the same data keep theirs, other data get the next one, whatever a document is about."""

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.records import replace
from automation.commands.document.register import (
    Made,
    entered,
    following,
    logged,
    next_issue,
    order,
    register_edits,
    register_values,
    stem_of,
)
from automation.commands.documents import DOCUMENTS, made_now
from automation.commands.request import Request
from automation.model.changed import with_values
from tests.tables import catalogue, settings
from tests.word.samples import STATUS_DATE, SUBJECTS, demo

DAY = date(2026, 6, 12)
LATER = date(2026, 6, 19)
KINDS = {kind.id: kind for kind in DOCUMENTS}


def made(*versions):
    return tuple(Made(version, DAY, f"sum {version}", f"P-D01-{version}_x") for version in versions)


class TestNextIssue:
    def test_the_first_is_what_the_workbook_says(self):
        issue = next_issue((), base="V1.0", checksum="a", on=DAY)
        assert (issue.version, issue.former, issue.again) == ("V1.0", "", False)

    def test_the_same_data_keep_version_and_day(self):
        issue = next_issue(made("V0.1", "V0.2"), base="V0.1", checksum="sum V0.2", on=LATER)
        assert (issue.version, issue.on, issue.former, issue.again) == ("V0.2", DAY, "P-D01-V0.1_x", True)

    def test_other_data_give_the_next_version_after_the_last(self):
        issue = next_issue(made("V0.1", "V0.9"), base="V0.1", checksum="new", on=LATER)
        assert (issue.version, issue.on, issue.former) == ("V0.10", LATER, "P-D01-V0.9_x")
        assert [one.version for one in issue.made] == ["V0.1", "V0.9", "V0.10"]

    def test_a_version_that_somebody_typed_counts_once_it_is_higher(self):
        assert next_issue(made("V0.2"), base="V1.0", checksum="sum V0.2", on=LATER).version == "V1.0"

    def test_data_as_they_were_two_versions_ago_are_other_data(self):
        assert next_issue(made("V0.1", "V0.2"), base="V0.1", checksum="sum V0.1", on=LATER).version == "V0.3"

    @given(st.lists(st.integers(0, 99), min_size=1, max_size=3))
    def test_what_follows_is_higher(self, numbers):
        version = "V" + ".".join(map(str, numbers))
        assert order(following(version)) > order(version)


def with_log(project, *entries):
    """The project with rows in its log: day, stem, checksum."""
    table = project.tables["log"]
    models = {
        "action": ["document"] * len(entries),
        "new": [day.isoformat() for day, _, _ in entries],
        "document": [stem for _, stem, _ in entries],
        "checksum": [checksum for _, _, checksum in entries],
    }
    table = replace(table, numbers=list(range(2, 2 + len(entries))), models={**table.models, **models}, values={})
    return replace(project, tables={**project.tables, "log": table})


def request(project, language="zh", day=STATUS_DATE):
    return Request(project, (), catalogue(), settings(company_name="乙", company_name_en="B", language=language), day)


@pytest.mark.parametrize("identifier", KINDS)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_made_again_from_the_same_data_it_is_the_same_version(identifier, language):
    kind, key = KINDS[identifier], SUBJECTS.get(identifier, "")
    first = made_now(request(demo(), language), kind, language, key)
    project = with_log(demo(), (STATUS_DATE, first.request.stem, first.checksum))
    path = f"output/{first.request.stem}.docx"
    if values := register_values(first.deliverable, first.issue, path):
        project = entered(request(project, language), {first.deliverable.row: values}).project
    again = made_now(request(project, language), kind, language, key)
    assert again.issue.again, identifier
    assert again.request == first.request


CHECKSUMS = """
from tests.commands.document.test_register import KINDS, SUBJECTS, demo, made_now, request
for name, kind in KINDS.items():
    print(name, made_now(request(demo()), kind, "zh", SUBJECTS.get(name, "")).checksum)
"""


def test_the_checksum_is_the_same_in_every_process():
    def checksums(seed):
        done = subprocess.run(
            [sys.executable, "-c", CHECKSUMS],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
            cwd=Path(__file__).parents[3],
        )
        return done.stdout

    assert checksums("1") == checksums("2") != ""


def test_a_changed_cell_that_it_shows_gives_the_next_version():
    first = made_now(request(demo()), KINDS["D01"], "zh", "")
    row = demo().rows.requirements[0]
    changed = with_values(demo(), "requirements", row.row, {"description": "改过的描述"})
    project = with_log(changed, (STATUS_DATE, first.request.stem, first.checksum))
    found = made_now(request(project), KINDS["D01"], "zh", "")
    assert (found.issue.version, found.issue.former) == ("V1.3", first.request.stem)
    assert [one["version"] for one in found.request.context["revisions"]] == ["V1.0", "V1.1", "V1.2", "V1.3"]
    assert found.request.context["document"]["mark"] == "草稿"


def test_the_log_tells_the_versions_of_each_document_and_language():
    entries = [
        (DAY, "PRJ-001-D01-V0.1_需求规格说明书", "a"),
        (DAY, "PRJ-001-D01-V0.1_Requirements_specification", "b"),
        (LATER, "PRJ-001-D01-V0.2_需求规格说明书", "c"),
        (DAY, "PRJ-002-D01-V0.1_需求规格说明书", "d"),
        (DAY, "something else", "e"),
    ]
    found = logged(with_log(demo(), *entries).rows.log, KINDS)
    assert {(named.key, named.language): [one.version for one in chain] for named, chain in found.items()} == {
        ("PRJ-001", "zh"): ["V0.1", "V0.2"],
        ("PRJ-001", "en"): ["V0.1"],
        ("PRJ-002", "zh"): ["V0.1"],
    }


class TestDeliverable:
    PATH = "output/new.docx"

    def edits(self, **values):
        row = next(row for row in demo().rows.deliverables if row.deliverable_id == "DLV-012")
        project = with_values(demo(), "deliverables", row.row, values)
        row = next(one for one in project.rows.deliverables if one.row == row.row)
        issue = next_issue(made("V0.1"), base="V0.1", checksum="new", on=DAY)
        values = {row.row: register_values(row, issue, self.PATH)}
        return {edit.value for edit in register_edits(request(project), values)}

    def test_empty_cells_and_those_that_hold_an_earlier_version_follow(self):
        assert self.edits(version=None, file_path=None) == {"V0.2", self.PATH}
        assert self.edits(version="v0.1", file_path="output\\P-D01-V0.1_x.docx") == {"V0.2", self.PATH}

    def test_what_somebody_typed_stays(self):
        assert self.edits(version="V3.0", file_path="文档/手写.docx") == set()

    @pytest.mark.parametrize("values", [{"delivered_on": DAY}, {"accept_status": "accepted"}])
    def test_what_is_delivered_stays(self, values):
        assert self.edits(version=None, file_path=None, **values) == set()


def test_a_stem_is_a_file_name():
    assert stem_of("P/1-D01-V1.0", "A B") == "P_1-D01-V1.0_A_B"
