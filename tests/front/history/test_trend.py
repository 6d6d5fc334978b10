"""``trend`` as a user types it: tables, JSON, pictures, a workbook with charts."""

import zipfile
from datetime import UTC, date, datetime

import pytest
from PIL import Image

from automation.front import state
from automation.front.history.books import short_names
from automation.store.history import History
from tests.store.history.conftest import run as kept_run

ZH = """\
trend · {place}
a.xlsx
  日期        未解决  新增  解决  错误  高  中  低  提醒
  2026-06-10       4     4     0     0   4   0   0     0
  2026-06-11       4     1     1     0   4   0   0     0
  2026-06-12       2     0     2     0   2   0   0     0
  2026-06-13       3     1     0     0   3   0   0     0
  PRJ-001 甲
  状态日期    健康度  完成率%  计划%  预测完成    偏差(工作日)   SPI   CPI  满意度
  2026-06-10  红         55.2   71.4  2026-09-17            14  0.80  0.77     3.7
  2026-06-11  红         55.2   71.4  2026-09-18            14  0.79  0.77     3.7
  2026-06-12  红         55.2   71.4  2026-09-19            14  0.78  0.77     3.7
  2026-06-13  红         55.2   71.4  2026-09-20            14  0.77  0.77     3.7
"""
EN = """\
trend · {place}
a.xlsx
  Day         Open  Opened  Closed  Error  High  Medium  Low  Reminder
  2026-06-08     3       6       3      0     3       0    0         0
  PRJ-001 A
  Status date  Health  Complete %  Planned %  Forecast finish  Slip (working days)   SPI   CPI  Satisfaction
  2026-06-12   red           55.2       71.4  2026-09-19                        14  0.78  0.77           3.7
  2026-06-13   red           55.2       71.4  2026-09-20                        14  0.77  0.77           3.7
"""


def test_a_workbook_as_a_table(run, nights):
    ended = run("trend", nights[0])
    assert (ended.exit, ended.out) == (0, ZH.format(place=nights[0]))


def test_by_week_and_since_a_day_in_english(run, nights):
    whole = run("trend", nights[0], "--by", "week", "--lang", "en").out
    late = run("trend", nights[0], "--since", "2026-06-12", "--lang", "en").out
    table = EN.format(place=nights[0]).splitlines()
    assert whole.splitlines()[:5] == table[:5]
    assert late.splitlines()[-3:] == table[-3:]
    assert "2026-06-11" not in late


def test_all_workbooks_together_and_each(run, nights):
    out = run("trend").out
    assert "全部 2 个工作簿" in out
    assert "  2026-06-12       3     0     2     0   3   0   0     0" in out
    assert "north/b.xlsx" in out
    found = run("trend", nights[1].parent, "--format", "json").json
    assert [one["book"] for one in found["books"]] == [str(nights[1])]
    (project,) = found["books"][0]["projects"]
    assert [one["forecast_finish"] for one in project["points"]][-1] == "2026-09-20"
    assert project["points"][0]["estimate_at_completion"] == 2222222.22
    assert found["books"][0]["findings"][0]["high"] == 1
    assert found["books"][0]["milestones"][0]["forecast"] == "2026-09-17"


def test_pictures_and_a_workbook_with_native_charts(run, nights, home, ooxml_validator):
    ended = run("trend", nights[0], "--chart", home / "pictures", "--sheet", home / "trend.xlsx", "--lang", "en")
    pictures = sorted(path.name for path in (home / "pictures").iterdir())
    assert pictures == [
        "a_PRJ-001_indices.png", "a_PRJ-001_milestones.png", "a_PRJ-001_satisfaction.png", "a_findings.png",
    ]  # fmt: skip
    for name in pictures:
        with Image.open(home / "pictures" / name) as image:
            assert image.width > 1000
        assert f"Picture: {home / 'pictures' / name}" in ended.out
    assert f"File: {home / 'trend.xlsx'}" in ended.out
    assert ooxml_validator(home / "trend.xlsx") == []
    with zipfile.ZipFile(home / "trend.xlsx") as package:
        charts = [name for name in package.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == 4
    first = (home / "trend.xlsx").read_bytes()
    run("trend", nights[0], "--sheet", home / "trend.xlsx", "--lang", "en")
    assert (home / "trend.xlsx").read_bytes() == first


def test_the_workbook_of_several_has_a_sheet_of_each_kind(run, nights, home):
    from openpyxl import load_workbook

    run("trend", "--sheet", home / "走势.xlsx")
    book = load_workbook(home / "走势.xlsx")
    assert book.sheetnames == ["检查结果", "检查结果按工作簿", "项目", "里程碑"]
    rows = [[cell.value for cell in row] for row in book["检查结果按工作簿"].iter_rows(min_row=4, max_row=6)]
    assert rows[0][:4] == ["工作簿", "日期", "未解决", "新增"]
    assert rows[1][:4] == ["a.xlsx", datetime(2026, 6, 10), 4, 4]
    assert book["项目"]["C5"].value == "甲"


def test_nothing_is_written_with_dry_run(run, nights, home):
    run("trend", "--sheet", home / "x.xlsx", "--chart", home / "y", "--dry-run")
    assert not (home / "x.xlsx").exists()
    assert not (home / "y").exists()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("elsewhere.xlsx",), "NO_HISTORY", "批处理（batch run）检查过的工作簿才有"),
        (("--since", "yesterday"), "USAGE", "--since 应为日期，例如 2026-06-12，不是“yesterday”"),
        (("--sheet", "x.pdf"), "NO_XLSX", "应以 .xlsx 结尾"),
    ],
)
def test_what_cannot_be_told_is_said(run, nights, words, code, said):
    ended = run("trend", *words)
    assert ended.exit == 2
    assert f"[{code}]" in ended.err
    assert said in ended.err


def test_without_a_history_it_is_said(run, home):
    assert run("trend", "--lang", "en").out.endswith("There is no history yet.\n")


def test_a_workbook_of_which_only_failed_runs_are_known_has_no_days(run, home):
    from automation.model.runs import RunOutcome

    history = History.open(path=state.folder("batch") / "history.sqlite")
    at = datetime(2026, 6, 10, tzinfo=UTC)
    history.record(kept_run(1, book="/p/bad.xlsx", at=at, outcome=RunOutcome.TIMED_OUT, findings=(), projects=()))
    history.close()
    assert run("trend", "--format", "json").json["books"] == []


def test_names_of_workbooks_tell_them_apart():
    assert short_names(["/p/a.xlsx"]) == {"/p/a.xlsx": "a.xlsx"}
    assert short_names(["/p/x/a.xlsx", "/p/y/a.xlsx"]) == {"/p/x/a.xlsx": "x/a.xlsx", "/p/y/a.xlsx": "y/a.xlsx"}


def test_dates_of_a_point_are_status_dates(run, nights):
    points = run("trend", nights[0], "--format", "json").json["books"][0]["projects"][0]["points"]
    assert [date.fromisoformat(one["day"]).day for one in points] == [10, 11, 12, 13]
    assert points[0]["at"] == "2026-06-10T12:00:00+00:00"


def test_pictures_of_workbooks_with_like_names_do_not_overwrite_each_other(run, nights, tmp_path):
    history = History.open(path=state.folder("batch") / "history.sqlite")
    for number, name in enumerate(("a b.xlsx", "a_b.xlsx", "a_b.xlsm")):
        for night in range(2):
            history.record(kept_run(100 * number + night, "abc", book=str(tmp_path / "like" / name)))
    history.close()
    found = run("trend", tmp_path / "like", "--chart", tmp_path / "pictures", "--format", "json", "--lang", "en").json
    made = [path for path in found["documents"] if "findings" in path]
    assert len(made) == len(set(made)) == len(list((tmp_path / "pictures").glob("*findings*"))) == 4


def test_what_is_wrong_in_the_section_is_told_here_too(run, nights, tmp_path):
    config = tmp_path / "config.yaml"
    config.write_text("history: {uri: 'sqlite:///x.sqlite', keep_days: [1]}\n", "utf-8")
    for door in ("trend", "audit"):
        ended = run(door, "--config", config, "--lang", "en")
        assert ended.exit == 0
        assert "'uri' in the section 'history' is not known" in ended.out
        assert len(run(door, "--config", config, "--format", "json").json["findings"]) == 2


def test_the_folder_of_the_workbook_is_made(run, nights, tmp_path):
    assert run("trend", "--sheet", tmp_path / "new" / "x.xlsx").exit == 0
    (tmp_path / "afile").write_text("x")
    for words in (
        ("trend", "--sheet", tmp_path / "afile" / "x.xlsx"),
        ("audit", "--format", "csv", "--out", tmp_path / "afile" / "x"),
    ):
        ended = run(*words)
        assert ended.exit == 2
        assert "建立输出文件夹" in ended.err
