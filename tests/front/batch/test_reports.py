"""The reports of real nights: the overview shows how it went; one report that cannot be made spoils none of the others."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest

from automation.front import circumstances

FIRST = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def night(run, company, planned, monkeypatch, here):
    """Runs the batch of a night over a workbook with a plan, and gives its JSON."""
    company._replace(fresh=planned).add("a")
    company.configure({"commands": "[check, reschedule]", "tell": "[owners]"})

    def call(number, *words):
        monkeypatch.setattr(circumstances, "moment", lambda: FIRST + timedelta(days=number))
        day = f"2026-06-{10 + number}"
        common = ("--status-date", day, "--format", "json", "--lang", "en")
        return json.loads(run("batch", "run", "--now", "--config", company.config, *common, *words).out)

    return call


def test_from_the_second_night_on_the_overview_shows_how_it_went(night, company):
    page = company.folder.parent / "reports" / "overview.html"
    night(0)
    first = page.read_text("utf-8")
    assert "<h2>Schedule</h2>" in first
    assert "<h2>How it went</h2>" not in first
    night(1)
    second = page.read_text("utf-8")
    assert "<h2>How it went</h2>" in second
    assert "<h2>Projects over time</h2>" in second
    assert "Forecast finish over time" in second
    bars = [float(height) for height in re.findall(r'<rect class="s3"[^>]*height="([\d.]+)"', second)]
    assert bars[0] == 0  # what the first check opened is no news
    book = openpyxl.load_workbook(page.with_suffix(".xlsx"))
    assert book.sheetnames == ["Workbooks", "Projects", "Schedule", "Milestones", "Findings", "Trend"]
    assert book["Trend"].max_row == 4 + 2


def test_other_workbooks_of_the_history_are_not_in_the_overview_of_a_job(night, company, planned):
    night(0)
    (company.folder / "a.xlsx").rename(company.folder / "b.xlsx")
    night(1)
    assert "<h2>How it went</h2>" not in (company.folder.parent / "reports" / "overview.html").read_text("utf-8")


def test_a_report_that_cannot_be_written_is_told_and_the_others_are_made(night, company):
    reports = company.folder.parent / "reports"
    (reports / "overview.xlsx").mkdir(parents=True)
    result = night(0)
    (notice,) = [text for text in result["notices"] if "was not written" in text]
    assert "overview.xlsx" in notice
    assert (reports / "overview.html").stat().st_size > 10_000
    assert list((reports / "drafts").glob("*.eml"))


def test_own_reports_are_no_workbooks_and_nothing_is_written_into_them(night, run, company):
    """Reports lie in the very folder that the job looks through."""
    company.configure(
        {"folders": "[.]", "patterns": '["**/*.xlsx"]', "commands": "[check --write]", "reports": "books/reports"}
    )
    reports = company.folder / "reports"
    assert [one["book"] for one in night(0)["runs"]] == [str(company.folder / "a.xlsx")]
    before = (reports / "overview.xlsx").read_bytes()
    assert len(night(1)["runs"]) == 1
    assert not (reports / "backups").exists()
    for _ in range(2):
        ended = run(
            "portfolio", company.folder, "--out", company.folder, "--status-date", "2026-06-12", "--format", "json"
        )
        assert [one["book"] for one in ended.json["projects"]] == [str(company.folder / "a.xlsx")]
    assert (company.folder / "portfolio.xlsx").is_file()
    assert before[:2] == b"PK"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_folder_of_reports_that_cannot_be_made_is_told_once_in_one_language(night, company, language):
    (company.folder.parent / "afile").write_text("x")
    company.configure({"reports": "afile/below"})
    result = night(0, "--lang", language)
    (notice,) = result["notices"]
    assert ("无法在" if language == "zh" else "cannot be made") in notice
    assert "Errno" not in notice
    assert result["exit"] == 1 or result["runs"]


def test_a_name_that_is_no_text_spoils_no_batch(night, run, company, planned):
    import os
    import shutil

    try:
        odd = os.fsdecode(os.fsencode(company.folder) + b"/b\xff.xlsx")
        shutil.copy(planned, odd)
    except OSError:
        pytest.skip("this file system has no such names")
    company.configure({"commands": "[check --write]"})
    result = night(0)
    assert [one["outcome"] for one in result["runs"]] == ["done", "done"]
    assert run("switch-language", odd, "--to", "en", "--status-date", "2026-06-12", "--quiet").exit == 0


def test_jobs_that_share_a_folder_of_reports_do_not_overwrite_each_other(run, company):
    company.add("a", "b")
    job = "folders: [books], commands: [check], tell: [boss@example.com]"
    company.config.write_text(
        f"jobs: [{{name: a, patterns: [a.xlsx], {job}}}, {{name: 'b:每周', patterns: [b.xlsx], {job}}}]\n", "utf-8"
    )
    ended = run("batch", "run", "--now", "--config", company.config, "--status-date", "2026-06-12", "--format", "json")
    made = [Path(path).relative_to(company.config.parent / "reports").as_posix() for path in ended.json["documents"]]
    names = ("overview.html", "overview.xlsx", "drafts/summary.eml")
    assert sorted(made) == sorted(f"{folder}/{name}" for folder in ("a", "b_每周") for name in names)
