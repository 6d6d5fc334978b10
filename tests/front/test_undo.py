"""``diff`` and ``restore`` as a user types them: what changed, and nothing is ever lost."""

import shutil
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from automation.front import circumstances
from automation.store import backups
from tests.front.test_commands import address, put, value
from tests.front.test_wrong_input import refused

DURATION = "工期(工作日)"


@pytest.fixture
def twice(run, book):
    """A workbook with two backups: a task of 4 days, then of 6, now of 8; with the three contents."""
    contents = [book.read_bytes()]
    for days in (6, 8):
        assert put(run, book, [edit(book, days)]).exit == 0
        contents.append(book.read_bytes())
    return book, contents


def edit(book, days):
    return {"sheet": "计划", "cell": address(book, "计划", "T-030", DURATION), "value": days}


def days(book):
    return value(book, "计划", "T-030", DURATION)


def kept(book):
    """The contents of all backups of a workbook, wherever they lie."""
    return [path.read_bytes() for path in sorted(book.parent.rglob("book.*T*.xlsx"))]


def backup_of(book, content):
    """The path of the backup with that content."""
    return next(path for path in book.parent.rglob("book.*T*.xlsx") if path.read_bytes() == content)


class TestDiff:
    def test_one_changed_cell_in_both_languages(self, run, book, tmp_path):
        old = shutil.copy(book, tmp_path / "old.xlsx")
        put(run, book, [edit(book, 6)])
        done = run("diff", old, book)
        assert done.exit == 0
        assert done.out.splitlines()[1:] == [
            "old.xlsx → book.xlsx",
            "计划：改动 1 行（1 个单元格）",
            "  计划 T-030 工期(工作日)：4 → 6",
        ]
        assert "  Plan T-030 Duration (wd): 4 → 6" in run("diff", old, book, "--lang", "en").out
        assert "  计划 T-030 工期(工作日)：6 → 4" in run("diff", book, old).out

    def test_json_has_counts_and_rows(self, run, book, tmp_path):
        old = shutil.copy(book, tmp_path / "old.xlsx")
        put(run, book, [edit(book, 6)])
        result = run("diff", old, book, "--format", "json").json
        assert (result["command"], result["book"], result["exit"], result["findings"]) == ("diff", str(book), 0, [])
        assert (result["figures"]["rows_changed"], result["figures"]["cells_changed"]) == (1, 1)
        (row,) = result["tables"]["rows"]
        (cell,) = row["cells"]
        assert (row["sheet"], row["key"], row["change"]) == ("plan", "T-030", "changed")
        assert (cell["column"], cell["old"], cell["new"]) == ("duration", 4, 6)
        assert cell["new_cell"] == address(book, "计划", "T-030", DURATION)

    def test_a_file_and_its_copy_do_not_differ(self, run, book, tmp_path):
        done = run("diff", shutil.copy(book, tmp_path / "copy.xlsx"), book)
        assert (done.exit, done.out.splitlines()[2:]) == (0, ["单元格内容相同，没有差异。"])

    def test_between_a_chinese_and_an_english_workbook_only_texts_differ(self, run, demo, demo_en):
        result = run("diff", demo.book, demo_en.book, "--format", "json").json
        figures = result["figures"]
        assert [figures[name] for name in figures if "added" in name or "missing" in name or "removed" in name] == [
            0
        ] * 6
        assert figures["cells_written_differently"] == 0
        people = [row for row in result["tables"]["rows"] if row["sheet"] not in {"findings", "log"}]
        assert people
        for row in people:
            for cell in row["cells"]:
                assert isinstance(cell["old"], str), cell
                assert isinstance(cell["new"], str), cell

    def test_missing_damaged_and_foreign_files_are_refused(self, run, book, tmp_path):
        refused(run("diff", tmp_path / "none.xlsx", book), "none.xlsx")
        damaged = tmp_path / "damaged.xlsx"
        damaged.write_bytes(book.read_bytes()[:-500])
        refused(run("diff", book, damaged), "damaged.xlsx")
        refused(run("diff", foreign(tmp_path / "foreign.xlsx"), book, "--lang", "en"), "none of Deliverybook's sheets")

    def test_nothing_is_written(self, run, book, tmp_path):
        old = Path(shutil.copy(book, tmp_path / "old.xlsx"))
        before = old.read_bytes(), book.read_bytes(), sorted(tmp_path.iterdir())
        run("diff", old, book)
        assert (old.read_bytes(), book.read_bytes(), sorted(tmp_path.iterdir())) == before


def foreign(path, word="Region"):
    with xlsxwriter.Workbook(path) as workbook:
        workbook.add_worksheet("Sales").write(0, 0, word)
    return path


class TestList:
    def test_backups_with_time_size_and_what_would_change(self, run, twice):
        book, contents = twice
        done = run("restore", book, "--format", "json")
        assert done.exit == 0
        listed = done.json["tables"]["backups"]
        assert [one["number"] for one in listed] == [1, 2]
        assert [one["bytes"] for one in listed] == [len(contents[1]), len(contents[0])]
        assert [[(sheet["sheet"], sheet["cells"]) for sheet in one["sheets"]] for one in listed] == [[("plan", 1)]] * 2
        assert datetime.fromisoformat(listed[0]["time"]) >= datetime.fromisoformat(listed[1]["time"])
        text = run("restore", book).out
        assert "2 个备份，1 号最新" in text
        assert text.count("计划：改动 1 行（1 个单元格）") == 2
        assert "2 backup(s), number 1 is the newest" in run("restore", book, "--lang", "en").out

    def test_listing_changes_nothing(self, run, twice):
        book, contents = twice
        before = kept(book)
        run("restore", book)
        assert (book.read_bytes(), kept(book)) == (contents[2], before)

    def test_no_backup_and_no_file_are_one_line(self, run, book, tmp_path):
        refused(run("restore", book), "book.xlsx", "没有备份")
        refused(run("restore", book, "--lang", "en"), "nothing to restore", "backups")
        refused(run("restore", book, "--number", "1"), "没有备份")
        refused(run("restore", tmp_path / "none.xlsx"), "none.xlsx")

    def test_a_damaged_backup_is_listed_as_such(self, run, twice):
        book, _ = twice
        newest = backup_of(book, twice[1][1])
        newest.write_bytes(b"half")
        listed = run("restore", book, "--format", "json").json["tables"]["backups"]
        assert [one["readable"] for one in listed] == [False, True]
        assert listed[0]["reason"]
        assert "不能恢复：" in run("restore", book).out


class TestRestore:
    def test_the_bytes_come_back_and_the_present_file_is_kept(self, run, twice):
        book, contents = twice
        done = run("restore", book, "--number", "2", "--format", "json")
        assert done.exit == 0
        assert book.read_bytes() == contents[0]
        assert days(book) == 4
        assert Path(done.json["backup"]).read_bytes() == contents[2]
        assert done.json["tables"]["rows"][0]["cells"][0]["new"] == 4
        assert sorted(kept(book)) == sorted(contents)

    def test_restoring_twice_gives_the_original_bytes_again_and_again(self, run, twice):
        book, contents = twice
        for number in range(4):
            assert run("restore", book, "--number", "1" if number else "2").exit == 0
            assert book.read_bytes() == contents[0 if number % 2 == 0 else 2]
        assert set(kept(book)) == set(contents)

    def test_the_file_as_it_was_is_the_newest_backup_even_if_the_clock_was_set_back(self, run, twice, monkeypatch):
        book, contents = twice
        monkeypatch.setattr(circumstances, "now", lambda: datetime(2001, 1, 1))
        for content in (contents[0], contents[2]):
            assert run("restore", book, "--number", "2" if content == contents[0] else "1").exit == 0
            assert book.read_bytes() == content

    def test_dry_run_shows_what_would_come_back_and_writes_nothing(self, run, twice):
        book, contents = twice
        before = kept(book)
        done = run("restore", book, "--number", "2", "--dry-run")
        assert done.exit == 0
        assert "  计划 T-030 工期(工作日)：8 → 4" in done.out
        assert "只是预览" in done.out
        assert (book.read_bytes(), kept(book)) == (contents[2], before)

    def test_by_time_as_the_list_shows_it(self, run, book, monkeypatch):
        moments = iter(datetime(2026, 6, 12, 9, 30) + timedelta(minutes=number) for number in range(2))
        monkeypatch.setattr(circumstances, "now", lambda: next(moments, datetime(2026, 6, 13, 8, 0)))
        contents = [book.read_bytes()]
        for number in (6, 8):
            put(run, book, [edit(book, number)])
            contents.append(book.read_bytes())
        refused(run("restore", book, "--at", "2026-06-12"), "2026-06-12", "1、2", "--number")
        refused(run("restore", book, "--at", "2026-06-11", "--lang", "en"), "no backup of 2026-06-11", "09:31:00")
        refused(run("restore", book, "--at", "yesterday"), "yesterday", "2026-06-12 09:31:00")
        assert book.read_bytes() == contents[2]
        assert run("restore", book, "--at", "2026-06-12T09:30").exit == 0
        assert book.read_bytes() == contents[0]
        assert run("restore", book, "--at", "2026-06-13 08:00:00").exit == 0
        assert book.read_bytes() == contents[2]

    def test_a_number_that_is_not_there(self, run, twice):
        book, contents = twice
        refused(run("restore", book, "--number", "3"), "第 3 号", "2")
        refused(run("restore", book, "--number", "0", "--lang", "en"), "no backup number 0")
        refused(run("restore", book, "--number", "1", "--at", "2026-06-12"))
        assert book.read_bytes() == contents[2]

    def test_a_damaged_backup_is_refused_and_the_file_stays(self, run, twice):
        book, contents = twice
        newest = backup_of(book, contents[1])
        newest.write_bytes(contents[1][:-300])
        before = kept(book)
        refused(run("restore", book, "--number", "1"), "无法读取", "没有恢复")
        refused(run("restore", book, "--number", "1", "--lang", "en"), "cannot be read and was not restored")
        assert (book.read_bytes(), kept(book)) == (contents[2], before)

    def test_a_damaged_workbook_comes_back(self, run, twice):
        book, contents = twice
        book.write_bytes(contents[2][:1000])
        assert "无法与当前文件比较" in run("restore", book).out
        assert run("restore", book, "--number", "1").exit == 0
        assert book.read_bytes() == contents[1]
        assert contents[2][:1000] in kept(book)

    def test_a_deleted_workbook_comes_back(self, run, twice):
        book, contents = twice
        book.unlink()
        assert run("restore", book).exit == 0
        assert run("restore", book, "--number", "1", "--dry-run").exit == 0
        assert not book.exists()
        done = run("restore", book, "--number", "1", "--format", "json")
        assert (done.exit, done.json["backup"]) == (0, None)
        assert book.read_bytes() == contents[1]

    def test_no_backup_is_dropped_however_many_there_are(self, run, twice):
        book, contents = twice
        folder = next(path for path in book.parent.rglob("book.*T*.xlsx")).parent
        for number in range(30):
            name = backups.name_of(book, digest=f"{number:012}", now=datetime(2020, 1, 1) + timedelta(days=number))
            (folder / name).write_bytes(contents[0])
        assert run("restore", book, "--number", "32").exit == 0
        assert len(kept(book)) == 33

    def test_the_same_bytes_are_said_and_left_alone(self, run, twice):
        book, _ = twice
        run("restore", book, "--number", "2")
        before, time = kept(book), book.stat().st_mtime_ns
        done = run("restore", book, "--number", "3")
        assert "完全相同，没有改动" in done.out
        assert (kept(book), book.stat().st_mtime_ns) == (before, time)

    def test_a_backup_that_someone_edited_is_pointed_out(self, run, twice):
        book, contents = twice
        newest = backup_of(book, contents[1])
        newest.write_bytes(contents[0])
        assert "在备份之后被改动过" in run("restore", book, "--number", "1", "--dry-run").out
        assert "在备份之后被改动过" not in run("restore", book, "--number", "2", "--dry-run").out

    def test_a_file_open_in_excel_is_left_alone(self, run, twice):
        book, contents = twice
        mark = book.with_name(f"~${book.name}")
        mark.write_bytes(b"\x04Li S" + b" " * 50 + b"\x04\x00" + "Li S".encode("utf-16-le") + b"\0" * 102)
        refused(run("restore", book, "--number", "1"), "Li S")
        assert book.read_bytes() == contents[2]
        assert run("restore", book, "--number", "1", "--dry-run").exit == 0

    def test_a_workbook_that_is_not_ours_is_restored_without_comparison(self, run, tmp_path):
        book = foreign(tmp_path / "foreign.xlsx")
        before = book.read_bytes()
        assert put(run, book, [{"sheet": "Sales", "cell": "A1", "value": "Land"}]).exit == 0
        assert run("restore", book, "--number", "1").exit == 0
        assert book.read_bytes() == before

    @pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
    def test_a_link_is_followed(self, run, twice, tmp_path):
        book, contents = twice
        link = tmp_path / "elsewhere" / "link.xlsx"
        link.parent.mkdir()
        link.symlink_to(book)
        assert run("restore", link, "--number", "1").exit == 0
        assert link.is_symlink()
        assert book.read_bytes() == contents[1]

    def test_backups_in_the_folder_of_the_settings_are_found_too(self, run, book, tmp_path):
        config = tmp_path / "config.yaml"
        config.write_text("settings: {backup_folder: kept}\n", encoding="utf-8")
        before = book.read_bytes()
        put(
            run,
            book,
            [{"sheet": "参数", "cell": address(book, "参数", "backup_folder", "值"), "value": None}, edit(book, 6)],
        )
        changed = book.read_bytes()
        assert run("forecast", book, "--config", config).exit == 0
        assert [path.read_bytes() for path in (tmp_path / "kept").iterdir()] == [changed]
        listed = run("restore", book, "--config", config, "--format", "json").json["tables"]["backups"]
        assert {Path(one["path"]).read_bytes() for one in listed} == {before, changed}
        assert run("restore", book, "--number", "2", "--config", config).exit == 0
        assert book.read_bytes() == before
