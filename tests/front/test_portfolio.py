"""What a portfolio shows of the demonstration project."""

import shutil
from datetime import date

from automation.commands.portfolio import Conflict, conflicts, facts
from automation.front.runner import open_book
from automation.front.session import Common
from automation.model.runs import LoadFacts


def test_the_facts_are_those_of_the_demonstration_project(demo):
    (found,) = facts(open_book(demo.book, Common(status_date=date(2026, 6, 12))))
    assert (found.project_id, found.manager, found.health) == ("PRJ-001", "王志强", "red")
    assert (found.percent_complete, found.planned_percent) == (55.2, 71.4)
    assert (found.baseline_finish, found.forecast_finish, found.slip_days) == (date(2026, 8, 28), date(2026, 9, 17), 14)
    assert (found.budget, found.actual_cost, found.currency) == (1_980_000, 1_428_000, "CNY")
    assert found.satisfaction == 3.7
    assert found.high_risks == 6
    assert [one.forecast for one in found.milestones][-1] == date(2026, 9, 17)


def test_people_asked_for_by_two_workbooks_for_more_than_they_have_are_named():
    week, next_week = date(2026, 6, 15), date(2026, 6, 22)
    found = conflicts(
        {
            "a.xlsx": [
                LoadFacts("陈浩", week, 4, 5),
                LoadFacts("陈浩", next_week, 2, 5),
                LoadFacts("刘洋", week, 9, 5),
            ],
            "b.xlsx": [
                LoadFacts("陈浩", week, 2, 5),
                LoadFacts("陈浩", next_week, 3, 5),
                LoadFacts("孙丽", week, 5, 5),
            ],
        }
    )
    assert found == (Conflict("陈浩", week, 6, 5, (("a.xlsx", 4), ("b.xlsx", 2))),)


def test_a_folder_is_one_table_and_what_cannot_be_read_is_named(run, demo, tmp_path):
    folder = tmp_path / "projects"
    (folder / "below").mkdir(parents=True)
    for name in ("a.xlsx", "below/b.xlsx"):
        shutil.copy(demo.book, folder / name)
    (folder / "bad.xlsx").write_text("no workbook", "utf-8")
    (folder / "~$a.xlsx").write_bytes(b"open")
    before = {path: path.read_bytes() for path in folder.rglob("*.xlsx")}
    done = run("portfolio", folder, "--out", tmp_path / "out", "--format", "json")
    found = done.json
    assert done.exit == 1
    assert [one["project_id"] for one in found["projects"]] == ["PRJ-001", "PRJ-001"]
    assert [one["book"].rpartition("/")[2] for one in found["unreadable"]] == ["bad.xlsx"]
    assert found["conflicts"]
    assert "PRJ-001" in (tmp_path / "out" / "portfolio.html").read_text("utf-8")
    assert {path: path.read_bytes() for path in folder.rglob("*.xlsx")} == before
    said = run("portfolio", folder).out
    assert "[红] PRJ-001 生产自动化与IT运维外包项目 · 完成 55.2%(计划 71.4) · 预测 2026-09-17(+14)" in said


def test_a_folder_without_workbooks_is_said(run, tmp_path):
    assert (run("portfolio", tmp_path).exit, "NO_BOOKS" in run("portfolio", tmp_path).err) == (2, True)


def test_a_waived_finding_is_not_open_and_what_was_known_is_not_new(run, demo, tmp_path):
    folder = tmp_path / "projects"
    folder.mkdir()
    book = shutil.copy(demo.book, folder / "a.xlsx")
    assert run("waive", book, "PLN-04:PRJ-001", "--reason", "agreed").exit == 0
    counts = run("check", book, "--format", "json").json["counts"]
    assert run("portfolio", folder, "--out", tmp_path / "out", "--lang", "en").exit == 0
    page = (tmp_path / "out" / "portfolio.html").read_text("utf-8")
    assert f"<b>{counts['error'] + counts['high']}</b><span>findings high or above</span>" in page
    assert "<b>0</b><span>of these new</span>" in page
    assert ">PLN-04<" not in page


def test_reports_where_no_folder_can_be_made_are_one_clear_error(run, demo, tmp_path):
    (tmp_path / "projects").mkdir()
    shutil.copy(demo.book, tmp_path / "projects" / "a.xlsx")
    (tmp_path / "afile").write_text("x")
    for out in ("afile", "afile/below"):
        ended = run("portfolio", tmp_path / "projects", "--out", tmp_path / out)
        assert ended.exit == 2
        assert "建立输出文件夹" in ended.err
