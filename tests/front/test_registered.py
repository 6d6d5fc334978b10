"""Documents entered in the workbook: versions in the log, the deliverable's row, files that are never lost."""

import json
import shutil

import openpyxl
import pytest

from automation.excel.reader import read
from tests.front.live import cell_of


@pytest.fixture
def book(demo, tmp_path):
    return shutil.copy(demo.book, tmp_path / "book.xlsx")


def log_of(book):
    rows = openpyxl.load_workbook(book)["日志"].iter_rows(min_row=2, values_only=True)
    return [row[9] for row in rows if row[3] == "document"]


def change(run, book, tmp_path, column="需求描述", value="按批次号双向追溯毛坯、加工与出货记录"):
    cells = tmp_path / "cells.json"
    place = cell_of(read(book), "需求", "REQ-003", column)
    cells.write_text(json.dumps([{"sheet": "需求", "cell": place, "value": value}]), "utf-8")
    assert run("write", book, "--cells", cells).exit == 0


def test_the_same_data_make_nothing_new(run, book):
    run("document", book, "D12")
    first = run("document", book, "D12", "--format", "json").json
    before = (book.read_bytes(), *(path.stat().st_mtime_ns for path in book.parent.joinpath("output").iterdir()))
    again = run("document", book, "D12", "--format", "json").json
    after = (book.read_bytes(), *(path.stat().st_mtime_ns for path in book.parent.joinpath("output").iterdir()))
    assert before == after
    assert first["documents"] == again["documents"]
    assert again["edits"] == 0


def test_changed_data_make_the_next_version_with_what_changed(run, book, tmp_path):
    run("document", book, "D01")
    change(run, book, tmp_path)
    made = run("document", book, "D01")
    assert "数据与 V1.2 不同，因此为 V1.3" in made.out
    assert log_of(book)[-1] == "PRJ-001-D01-V1.3_需求规格说明书"
    names = {path.name for path in (book.parent / "output").iterdir()}
    assert {"PRJ-001-D01-V1.2_需求规格说明书.docx", "PRJ-001-D01-V1.3_需求规格说明书.docx"} <= names


def test_the_deliverable_gets_version_and_file(run, book):
    run("document", book, "D12")
    raw = read(book)
    sheet = openpyxl.load_workbook(book)["交付物与文档"]
    assert sheet[cell_of(raw, "交付物与文档", "DLV-012", "文件位置")].value == "output/PRJ-001-D12-V0.1_验收报告.docx"
    assert sheet[cell_of(raw, "交付物与文档", "DLV-001", "文件位置")].value == "文档/需求规格说明书_V1.0.docx"


def test_a_file_that_somebody_changed_is_kept_beside(run, book):
    (made,) = run("document", book, "D12", "--format", "json").json["documents"]
    path = book.parent / "output" / made.replace("\\", "/").rpartition("/")[2]
    path.write_bytes(path.read_bytes() + b"edited by hand")
    said = run("document", book, "D12").out
    kept = [one for one in path.parent.iterdir() if one.name.startswith(f"{path.stem} (")]
    assert len(kept) == 1
    assert kept[0].read_bytes().endswith(b"edited by hand")
    assert kept[0].name in said


def test_a_dry_run_makes_and_enters_nothing(run, book):
    before = book.read_bytes()
    run("document", book, "D12", "--dry-run")
    assert book.read_bytes() == before
    assert not (book.parent / "output").exists()


def test_a_workbook_that_cannot_be_written_still_gives_its_document(run, book):
    change_nothing = book.read_bytes()
    (book.parent / f"~${book.name}").write_bytes(b"\x09somebody".ljust(165, b" "))
    made = run("document", book, "D12")
    assert made.exit == 0, made.err
    assert "未登记到工作簿" in made.out
    assert book.read_bytes() == change_nothing
    assert len(list((book.parent / "output").iterdir())) == 1


def test_several_at_once_know_each_others_versions_and_are_all_up_to_date(run, book):
    made = run("document", book, "D06,D12 D08:CHG-006，D13", "--format", "json").json
    assert [one["file"].partition("_")[0] for one in made["figures"]["documents"]] == [
        "PRJ-001-D06-V0.1", "PRJ-001-D12-V0.1", "CHG-006-D08-V0.1", "PRJ-001-D13-V0.1",
    ]  # fmt: skip
    assert len(made["documents"]) == 4
    listed = {one["id"]: one for one in run("documents", book, "--format", "json").json["tables"]["documents"]}
    assert [one["changed"] for name in ("D06", "D12", "D08", "D13") for one in listed[name]["made"]] == [False] * 4


def test_what_is_to_be_known_of_one_of_several_begins_with_its_id(run, book):
    said = run("document", book, "D04:DEAL-003,D12", "--lang", "zh").out
    assert "· D04：财务评审尚未通过" in said


def test_an_unknown_row_among_several_makes_none(run, book):
    before = book.read_bytes()
    done = run("document", book, "D13,D08:CHG-999")
    assert done.exit == 2
    assert "CHG-999" in done.err
    assert book.read_bytes() == before


def test_the_list_of_documents_says_what_has_changed_and_what_stands_in_the_way(run, book, tmp_path):
    run("document", book, "D01")
    change(run, book, tmp_path)
    said = run("documents", book).out
    assert "     ! PRJ-001 V1.2 中文 2026-06-12：数据已变，请重新生成" in said
    assert "D08  需求变更影响分析单（客户） 需求变更：CHG-001" in said
    change(run, book, tmp_path, column="优先级", value="很高很高")
    said = run("documents", book, "--lang", "en").out
    assert "     ! 1 error in its data: until it is corrected" in said
