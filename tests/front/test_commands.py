"""Reschedule, forecast, baseline, document, new and schema as a user types them."""

import json
import zipfile
from pathlib import Path

from python_calamine import CalamineWorkbook

from automation.model.tables import column_letters


def sheet(book, name):
    return CalamineWorkbook.from_path(str(book)).get_sheet_by_name(name).to_python()


def value(book, name, key, header):
    header_row, *rows = sheet(book, name)
    return next(row for row in rows if row[0] == key)[header_row.index(header)]


def address(book, name, key, header):
    rows = sheet(book, name)
    number = next(number for number, row in enumerate(rows, 1) if row[0] == key)
    return f"{column_letters(rows[0].index(header) + 1)}{number}"


def put(run, book, cells):
    path = book.with_suffix(".json")
    path.write_text(json.dumps(cells), encoding="utf-8")
    return run("write", book, "--cells", path, "--format", "json")


class TestScheduling:
    def test_a_longer_task_moves_the_last_milestones_by_just_as_much(self, run, book):
        cell = address(book, "计划", "T-030", "工期(工作日)")
        assert put(run, book, [{"sheet": "计划", "cell": cell, "value": 6}]).exit == 0
        assert run("reschedule", book).exit == 0
        figures = run("forecast", book, "--format", "json").json["figures"]
        assert figures["slip_days"] == 16
        m6 = next(row for row in figures["milestones"] if row["key"] == "T-047")
        assert (m6["slip_days"], m6["forecast_finish"]) == (16, "2026-09-16")
        assert str(value(book, "计划", "T-047", "预测完成")) == "2026-09-16"

    def test_dry_run_says_how_many_cells_and_writes_none(self, run, book):
        cell = address(book, "计划", "T-030", "工期(工作日)")
        put(run, book, [{"sheet": "计划", "cell": cell, "value": 6}])
        before = book.read_bytes()
        result = run("forecast", book, "--dry-run", "--format", "json").json
        assert result["edits"] > 10
        assert book.read_bytes() == before

    def test_a_second_baseline_needs_an_approved_change(self, run, book):
        before = book.read_bytes()
        refused = run("baseline", book)
        assert (refused.exit, "--change" in refused.err) == (2, True)
        assert run("baseline", book, "--change", "CHG-003").exit == 2
        assert book.read_bytes() == before
        assert run("baseline", book, "--change", "CHG-001").exit == 0
        assert value(book, "项目", "PRJ-001", "进度基线日期").isoformat() == "2026-06-12"

    def test_a_backup_is_made_and_holds_the_file_as_it_was(self, run, book):
        before = book.read_bytes()
        result = run("baseline", book, "--change", "CHG-001", "--format", "json").json
        assert Path(result["backup"]).read_bytes() == before

    def test_a_cycle_is_named_and_the_rest_is_computed(self, run, book):
        cell = address(book, "计划", "T-017", "前置任务")
        put(run, book, [{"sheet": "计划", "cell": cell, "value": "T-016;T-021"}])
        result = run("reschedule", book, "--format", "json").json
        assert result["exit"] == 1
        assert any(one["rule"] in {"PLN-08", "V05"} and "T-021" in one["message"] for one in result["findings"])


class TestDocuments:
    def test_d01_in_both_languages(self, run, book, tmp_path):
        for language, word in (("zh", "需求规格说明书"), ("en", "Requirements specification")):
            result = run("document", book, "D01", "--lang", language, "--out", tmp_path / language, "--format", "json")
            assert result.exit == 0
            (path,) = result.json["documents"]
            with zipfile.ZipFile(path) as archive:
                assert word.lower() in archive.read("word/document.xml").decode().lower()

    def test_the_same_data_give_the_same_bytes(self, run, book, tmp_path):
        made = []
        for folder in ("a", "b"):
            result = run("document", book, "D12", "--out", tmp_path / folder, "--format", "json").json
            made.append(Path(result["documents"][0]).read_bytes())
        assert made[0] == made[1]

    def test_no_confidential_figure_in_any_part(self, run, book, tmp_path):
        for document in ("D01", "D12"):
            result = run("document", book, document, "--out", tmp_path, "--format", "json").json
            with zipfile.ZipFile(result["documents"][0]) as archive:
                text = "".join(archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
            for figure in ("265000", "265,000", "1980000", "1,980,000", "432,000"):
                assert figure not in text


class TestNew:
    def test_a_new_workbook_is_sound_and_empty(self, run, tmp_path):
        made = run("new", tmp_path / "p", "--name", "三号线", "--customer", "甲公司", "--format", "json")
        assert made.exit == 0
        checked = run("check", made.json["book"], "--format", "json")
        assert checked.exit == 0
        assert checked.json["findings"] == []

    def test_its_templates_and_configuration_are_there_to_edit(self, run, tmp_path):
        run("new", tmp_path / "p", "--lang", "en")
        assert {path.name for path in (tmp_path / "p").iterdir()} >= {"config.yaml", "templates"}
        assert (tmp_path / "p" / "templates" / "en" / "D01.docx").is_file()


class TestSchema:
    def test_the_shipped_schemas_are_sound(self, run):
        assert run("schema", "check").exit == 0

    def test_generated_files_are_up_to_date(self, run):
        assert run("schema", "rows", "--check").exit == 0
        assert run("schema", "docs", "--check").exit == 0


class TestJson:
    def test_the_object_has_the_fields_that_outside_checks_rely_on(self, run, book):
        result = run("check", book, "--format", "json").json
        assert {"command", "book", "status_date", "exit", "findings", "counts", "edits", "documents", "figures"} <= set(
            result
        )
        assert list(result["counts"]) == ["error", "high", "medium", "low", "reminder"]
        assert (result["command"], result["status_date"], result["exit"]) == ("check", "2026-06-12", 1)
        fields = "id rule severity sheet key column cell value threshold message hint status"
        assert set(fields.split()) <= set(result["findings"][0])

    def test_fail_on_decides_the_exit_code(self, run, book, tmp_path):
        config = tmp_path / "config.yaml"
        config.write_text("settings: {fail_on: error}\n", encoding="utf-8")
        done = run("check", book, "--config", config)
        assert done.exit in {0, 1}
