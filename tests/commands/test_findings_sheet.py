"""Findings over runs, and the rows, links and marks of the findings sheet."""

from datetime import date

from automation.base.findings import Finding, FindingStatus, Place, Severity, Text
from automation.commands.findings_sheet import as_shown, edits, follow
from automation.model.effects import Marks, ReplaceRows
from tests.tables import catalogue, project_of

DAY = date(2026, 6, 12)
BOOK = """
requirements
 req_id  | title
 REQ-001 | One
"""


def finding(rule="REQ-01", key="REQ-001", column="status", severity=Severity.MEDIUM, cell="Y2"):
    place = Place("requirements", key, column, cell, 2)
    return Finding(rule, severity, place, Text("甲", "a"), Text("乙", "b"), value=12.5, threshold=10, owner="RES-009")


def followed(found, sheet_rows="", day=DAY):
    return follow(found, project_of(BOOK + sheet_rows), catalogue(), day)


def before(status="new", first="2026-06-01", last="2026-06-05", reason="", one=None):
    one = one or finding()
    return f"""
findings
 finding_id | rule_id | severity | sheet | row_key | column | message_zh | message_en | first_seen | last_seen | status | waive_reason
 {one.id} | {one.rule} | medium | 需求 | REQ-001 | 状态 | 甲 | a | {first} | {last} | {status} | {reason}
"""


class TestFollow:
    def test_a_finding_not_in_the_sheet_is_new(self):
        result = followed([finding()])
        assert [one.status for one in result.findings] == [FindingStatus.NEW]
        assert result.first_seen[finding().id] == DAY

    def test_one_that_is_there_is_continuing_and_keeps_its_first_day(self):
        result = followed([finding()], before())
        assert [one.status for one in result.findings] == [FindingStatus.CONTINUING]
        assert result.first_seen[finding().id] == date(2026, 6, 1)
        assert result.last_seen[finding().id] == DAY

    def test_one_that_is_gone_is_resolved_and_keeps_what_was_said(self):
        (gone,) = followed([], before()).findings
        assert gone.status is FindingStatus.RESOLVED
        assert (gone.id, gone.message) == (finding().id, Text("甲", "a"))

    def test_a_resolved_one_is_dropped_after_thirty_days(self):
        assert followed([], before("resolved", last="2026-05-13")).findings != ()
        assert followed([], before("resolved", last="2026-05-12")).findings == ()

    def test_one_that_comes_back_is_new_again(self):
        result = followed([finding()], before("resolved"))
        assert [one.status for one in result.findings] == [FindingStatus.NEW]
        assert result.first_seen[finding().id] == DAY

    def test_a_waived_one_stays_waived_with_its_reason(self):
        (one,) = followed([finding()], before("waived", reason="agreed")).findings
        assert (one.status, one.reason) == (FindingStatus.WAIVED, "agreed")

    def test_a_waiver_without_a_reason_does_not_count(self):
        (one,) = followed([finding()], before("waived")).findings
        assert one.status is FindingStatus.CONTINUING

    def test_the_same_finding_twice_is_listed_once(self):
        assert len(followed([finding(), finding()]).findings) == 1


class TestEdits:
    def made(self, found, sheet_rows="", day=DAY):
        rows = sheet_rows or before(one=finding(key="REQ-777"), status="waived")
        project = project_of(BOOK + rows)
        return edits(follow(found, project, catalogue(), day), project, catalogue(), day)

    def test_rows_show_labels_and_plain_values(self):
        (rows,) = (edit for edit in self.made([finding()]) if isinstance(edit, ReplaceRows))
        first = rows.rows[0]
        assert first[1:8] == ("REQ-01", "Medium", "Requirements", "REQ-001", "Status", "Y2", "甲")
        assert first[11:13] == ("12.5", "10")
        assert rows.links == {(0, 6): "'requirements'!Y2"}

    def test_status_in_the_sheet_is_new_for_the_whole_status_date(self):
        shown = []
        for first in ("2026-06-12", "2026-06-11"):
            sheet = before(first=first, last="2026-06-12")
            (rows,) = (edit for edit in self.made([finding()], sheet) if isinstance(edit, ReplaceRows))
            shown.append(rows.rows[0][16])
        assert shown == ["New", "Continuing"]

    def test_a_cell_is_marked_by_its_gravest_finding(self):
        found = [finding("REQ-01"), finding("REQ-02", severity=Severity.HIGH)]
        marks = {edit.sheet: edit.cells for edit in self.made(found) if isinstance(edit, Marks)}
        assert marks["requirements"] == {"Y2": Severity.HIGH}

    def test_sheets_without_findings_lose_their_marks(self):
        marks = {edit.sheet: edit.cells for edit in self.made([]) if isinstance(edit, Marks)}
        assert marks["requirements"] == {}


def test_values_are_shown_without_noise():
    assert [as_shown(value) for value in (None, "", 10.0, 6.5657, date(2026, 6, 12), "a")] == [
        None, None, "10", "6.5657", "2026-06-12", "a",
    ]  # fmt: skip
