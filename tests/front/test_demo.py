"""The main job on the demonstration project gives the answers that were worked out beforehand."""

import re

import pytest
from python_calamine import CalamineWorkbook

from automation.commands.documents import DOCUMENTS
from automation.front import demo as main_job

# Findings that were planted (rule: rows), with their severity where the plan is late.
PLANTED = """
REQ-01 requirements REQ-010 REQ-020
REQ-02 requirements REQ-011
REQ-03 requirements REQ-009
REQ-04 requirements REQ-020
REQ-05 requirements REQ-031
REQ-07 requirements REQ-002
REQ-09 requirements REQ-003
CHG-01 changes CHG-003
CHG-02 changes CHG-004
CHG-03 changes CHG-005
CHG-05 changes CHG-006
PLN-01 plan T-028:high T-029:medium
PLN-02 plan T-023:medium T-024:high T-025:medium T-026:high T-029:medium
PLN-03 plan T-006:medium T-016:medium T-022:medium T-032:high T-040:high T-047:high T-050:high
PLN-04 projects PRJ-001
PLN-05 plan T-023 T-025 T-026
PLN-09 plan T-032
RSK-01 risks RISK-002
RSK-02 risks RISK-012
RSK-03 risks RISK-008
RSK-04 risks RISK-001
RSK-05 risks RISK-011
RSK-06 risks RISK-009
RSK-07 risks RISK-001
"""
PLN_06 = {"T-025", "T-026"}
RULES = {line.split()[0] for line in PLANTED.strip().splitlines()} | {
    "PLN-06", "PLN-07", "PLN-08", "REQ-08", "CHG-04",
}  # fmt: skip


def planted():
    for line in PLANTED.strip().splitlines():
        rule, sheet, *rows = line.split()
        for row in rows:
            key, _, severity = row.partition(":")
            yield rule, sheet, key, severity


@pytest.mark.parametrize("language", ["demo", "demo_en"])
class TestFigures:
    def test_percent_complete_and_planned(self, request, language):
        figures = request.getfixturevalue(language).result["figures"]
        assert (figures["percent_complete"], figures["planned_percent"]) == (55.2, 71.4)

    def test_forecast_finish_and_slips(self, request, language):
        figures = request.getfixturevalue(language).result["figures"]
        assert (figures["baseline_finish"], figures["forecast_finish"]) == ("2026-08-28", "2026-09-17")
        assert (figures["slip_days"], figures["deadline_slip_days"]) == (14, 5)

    def test_budget_used_and_estimate_at_completion(self, request, language):
        figures = request.getfixturevalue(language).result["figures"]
        assert figures["budget_used"] == 72.1
        # 800,000 / 0.552 + 432,000 + 220,000 + 80,000 + 40,000, with the percentage unrounded
        assert abs(figures["estimate_at_completion"] - 2_221_000) < 2_000

    def test_milestones(self, request, language):
        figures = request.getfixturevalue(language).result["figures"]
        assert [row["slip_days"] for row in figures["milestones"]] == [1, 3, 3, 14, 14, 14, 14]

    def test_every_planted_finding_is_there_and_no_other_of_these_rules(self, request, language):
        findings = request.getfixturevalue(language).result["findings"]
        found = {(one["rule"], one["sheet"], one["key"]) for one in findings if one["rule"] in RULES}
        wanted = {(rule, sheet, key) for rule, sheet, key, _ in planted()} | {("PLN-06", "plan", key) for key in PLN_06}
        assert found == wanted

    def test_severity_follows_the_critical_path(self, request, language):
        findings = request.getfixturevalue(language).result["findings"]
        found = {(one["rule"], one["key"]): one["severity"] for one in findings}
        for rule, _, key, severity in planted():
            if severity:
                assert (rule, key, found[rule, key]) == (rule, key, severity)

    def test_the_data_are_sound(self, request, language):
        findings = request.getfixturevalue(language).result["findings"]
        assert [one for one in findings if re.match(r"V0|CONFIG", one["rule"])] == []


class TestFiles:
    def test_workbook_and_documents_are_where_it_says(self, demo):
        assert demo.book.is_file()
        assert len(demo.result["documents"]) == 4
        assert all(
            demo.folder in demo.book.parents and __import__("pathlib").Path(one).is_file()
            for one in demo.result["documents"]
        )

    def test_findings_sheet_lists_every_finding(self, demo):
        rows = CalamineWorkbook.from_path(str(demo.book)).get_sheet_by_name("检查结果").to_python()
        assert [row[0] for row in rows[1:] if row[0]] == [one["id"] for one in demo.result["findings"]]

    def test_computed_columns_hold_the_plan(self, demo):
        rows = CalamineWorkbook.from_path(str(demo.book)).get_sheet_by_name("计划").to_python()
        header, *body = rows
        task = next(row for row in body if row[0] == "T-050")
        assert str(task[header.index("预测完成")]) == "2026-09-17"
        assert task[header.index("偏差(工作日)")] == 14
        assert task[header.index("关键任务")] == "是"

    def test_each_cell_of_a_finding_holds_its_row(self, demo):
        book = CalamineWorkbook.from_path(str(demo.book))
        names = {"requirements": "需求", "plan": "计划", "risks": "风险", "changes": "需求变更", "projects": "项目"}
        sheets = {sheet: book.get_sheet_by_name(name).to_python() for sheet, name in names.items()}
        checked = 0
        for finding in demo.result["findings"]:
            if finding["sheet"] in sheets and finding["cell"]:
                row = int(re.sub(r"[A-Z]", "", finding["cell"]))
                assert sheets[finding["sheet"]][row - 1][0] == finding["key"]
                checked += 1
        assert checked > 30


def test_a_second_demo_keeps_the_first_workbook(run, tmp_path, monkeypatch):
    monkeypatch.setattr(main_job, "DOCUMENTS", "D12")
    assert run("demo", tmp_path, "--quiet").exit == 0
    assert run("demo", tmp_path, "--quiet").exit == 0
    assert len(list(tmp_path.glob("*.xlsx"))) == 2


def test_it_makes_every_document_in_both_languages_and_ends_with_the_paths(run, tmp_path):
    done = run("demo", tmp_path)
    assert done.exit == 0
    assert "完成率 55.2%" in done.out
    assert done.out.rstrip().endswith(f"文档：{2 * len(DOCUMENTS)} 份，在 {tmp_path / 'output'}")
    book = next(tmp_path.glob("*.xlsx"))
    assert f"工作簿：{book}" in done.out
    assert len(list((tmp_path / "output").glob("*.docx"))) == 2 * len(DOCUMENTS)
    again = run("check", book, "--format", "json").json
    assert len(again["findings"]) == 99
    assert {one["status"] for one in again["findings"]} == {"continuing"}
