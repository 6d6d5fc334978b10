"""Rows of other tables taken over: columns by their headings, clean rows written, the others named at their place in the file."""

import shutil
from pathlib import Path

import openpyxl
import pytest

from automation.excel.reader import read
from tests.front.live import cell_of
from tests.requirements_files import reqif

HEADINGS = "需求名称,需求描述,需求类别,需求细类,收集方式,提出日期,重要性,紧迫性,优先级,技术可行性,成本可行性,时间可行性,状态,状态日期,负责人"
GOOD = "设备点检提醒,系统按点检计划在班前提醒责任人完成点检并记录,功能性,功能,会议,2026-06-01,4,3,中,可行,可行,可行,已收集,2026/6/1,RES-003"
BAD = "能耗报表导出,系统按月导出各车间能耗报表为表格文件,功能性,功能,会议,6月1日,9,3,中,可行,可行,可行,已收集,2026-06-01,RES-003"


@pytest.fixture
def book(demo, tmp_path):
    return Path(shutil.copy(demo.book, tmp_path / "book.xlsx"))


@pytest.fixture
def table(tmp_path):
    """A text file of these lines in some coding."""

    def make(*lines, coding="utf-8", name="需求清单.csv"):
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(coding))
        return path

    return make


def value(book, key, column):
    place = cell_of(read(book), "需求", key, column)
    return openpyxl.load_workbook(book)["需求"][place].value


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_clean_rows_get_ids_and_stand_as_dates_and_numbers(run, book, table, coding):
    done = run("import", table("客户需求清单", HEADINGS, GOOD, coding=coding), book, "--format", "json").json
    assert (done["exit"], done["figures"]["new"], done["findings"]) == (0, 1, [])
    assert value(book, "REQ-033", "需求名称") == "设备点检提醒"
    assert value(book, "REQ-033", "项目") == "PRJ-001"
    assert value(book, "REQ-033", "重要性") == 4
    assert str(value(book, "REQ-033", "提出日期"))[:10] == "2026-06-01"


def test_a_row_with_errors_is_left_out_and_named_at_its_place_in_the_file(run, book, table):
    done = run("import", table(HEADINGS, BAD, GOOD), book)
    assert "需求清单.csv F2：单元格 F2“提出日期”填了“6月1日”，这里应为日期。" in done.out
    assert "需求清单.csv G2：单元格 G2“重要性”填了“9”，不能大于 5。" in done.out
    assert "新增 1 行" in done.out
    assert "能耗报表导出" not in [row[2] for row in openpyxl.load_workbook(book)["需求"].iter_rows(values_only=True)]


def test_the_same_file_again_adds_nothing(run, book, table):
    path = table(HEADINGS, GOOD)
    run("import", path, book)
    before = book.read_bytes()
    assert "REQ-033" in run("import", path, book).out
    assert book.read_bytes() == before


def test_rows_that_are_there_change_only_when_asked_and_old_and_new_are_in_the_log(run, book, table):
    path = table("编号;需求名称;优先级", "REQ-001;排程与派工;低", name="变化.csv")
    mapped = path.with_name("map.yaml")
    mapped.write_text("编号: req_id\n", "utf-8")
    said = run("import", path, book, "--map", mapped, "--sheet", "需求").out
    assert "--update" in said
    assert value(book, "REQ-001", "优先级") == "高"
    assert run("import", path, book, "--map", mapped, "--sheet", "需求", "--update").exit == 0
    assert value(book, "REQ-001", "优先级") == "低"
    assert value(book, "REQ-001", "需求名称") == "排程与派工"


def test_another_workbook_may_have_its_columns_in_any_order_and_language(run, book, tmp_path):
    other = openpyxl.Workbook()
    sheet = other.active
    sheet.append(["Owner", "Title*", "Description", "Category", "Sub-type", "Collection channel", "Raised on", "Importance 1-5",
                  "Urgency 1-5", "Priority", "Technical feasibility", "Cost feasibility", "Time feasibility", "Status",
                  "Status since", "Colour"])  # fmt: skip
    sheet.append(["RES-003", "Inspection reminder", "Remind people of inspections before the shift", "Functional", "Function",
                  "Meeting", "2026-06-01", 4, 3, "Medium", "Feasible", "Feasible", "Feasible", "Collected", "2026-06-01",
                  "red"])  # fmt: skip
    other.save(tmp_path / "other.xlsx")
    done = run("import", tmp_path / "other.xlsx", book)
    assert "新增 1 行：REQ-033" in done.out
    assert "未导入：Colour" in done.out
    assert value(book, "REQ-033", "优先级") == "中"


def test_a_missing_column_is_one_finding_for_all_rows(run, book, table):
    heading = HEADINGS.replace(",需求类别", "")
    lines = [line.replace(",功能性", "") for line in (GOOD, GOOD.replace("点检", "巡检"))]
    done = run("import", table(heading, *lines), book, "--format", "json").json
    assert [one["message"] for one in done["findings"]] == ["需求清单.csv 没有“需求类别”列，此项必须填写。"]
    assert done["figures"]["refused"] == 2


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY"),
        (b"\x00\x01\x02" * 50, "NOT_A_TABLE"),
        ("甲,乙\n1,2\n".encode(), "NO_COLUMNS"),
        (b"\xff\xfe\x00", "NOT_A_TABLE"),
    ],
)
def test_what_is_no_table_is_one_clear_error_and_the_workbook_is_as_it_was(run, book, tmp_path, content, code):
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    before = book.read_bytes()
    done = run("import", path, book)
    assert (done.exit, code in done.err) == (2, True)
    assert book.read_bytes() == before


def test_every_row_with_an_error_is_left_out_however_many_there_are(run, book, table):
    bad = GOOD.replace(",4,3,中", ",9,3,中")
    lines = [bad.replace("提醒", f"提醒{number}", 1) for number in range(205)]
    done = run("import", table(HEADINGS, *lines, GOOD), book, "--dry-run", "--format", "json").json
    assert (done["figures"]["refused"], done["figures"]["new"]) == (205, 1)
    assert len(done["findings"]) == 201
    assert done["findings"][-1]["message"] == "需求清单.csv 的“重要性”列还有 5 个同类问题，没有逐条列出。"


def test_a_spelling_that_is_taken_for_a_list_value_is_told(run, book, table):
    done = run("import", table(HEADINGS, GOOD.replace(",已收集,", ",已收集到,")), book, "--dry-run")
    assert "列表取值按最接近的选项导入：已收集到 → 已收集 (1)" in done.out


def test_what_changes_is_listed_before_it_is_written(run, book, table):
    path = table("需求编号\t需求名称\t优先级", "REQ-001\t排程与派工\t低", name="变化.txt")
    done = run("import", path, book, "--update", "--dry-run")
    assert "REQ-001 优先级：高 → 低" in done.out
    assert value(book, "REQ-001", "优先级") == "高"


def test_of_rows_of_the_file_with_one_key_none_is_written(run, book, table):
    path = table(
        "需求编号\t需求名称",
        "REQ-001\t新的名称写在这里",
        "REQ-002\t另一个名称在这里",
        "REQ-002\t第三个名称在这里",
        name="两次.txt",
    )
    before = value(book, "REQ-002", "需求名称")
    done = run("import", path, book, "--update", "--format", "json")
    assert done.exit == 1
    (finding,) = done.json["findings"]
    assert (finding["cell"], finding["value"]) == ("A4", "REQ-002")
    assert "在第 3 行已经出现" in finding["message"]
    assert (done.json["figures"]["changed"], done.json["figures"]["refused"]) == (1, 2)
    assert value(book, "REQ-001", "需求名称") == "新的名称写在这里"
    assert value(book, "REQ-002", "需求名称") == before


def test_lists_in_the_map_are_refused(run, book, table, tmp_path):
    mapped = tmp_path / "map.yaml"
    mapped.write_text("values: {project_id: [PRJ-001]}\n", "utf-8")
    ended = run("import", table(HEADINGS, GOOD), book, "--map", mapped)
    assert ended.exit == 2
    assert "[MAP]" in ended.err


def test_a_title_line_and_semicolons_are_understood(run, book, table):
    lines = ["客户需求清单", HEADINGS.replace(",", ";"), GOOD.replace(",", ";")]
    assert "新增 1 行" in run("import", table(*lines), book, "--dry-run").out


REST = """
values:
  需求类别: 功能性
  subtype: 功能
  source_channel: 会议
  importance: 4
  urgency: 3
  raised_on: 2026-06-01
  feas_technical: 可行
  feas_cost: 可行
  feas_time: 可行
  status: 已收集
  status_since: 2026-06-01
  owner: RES-003
"""


def test_requirements_of_reqif_get_what_is_the_same_in_every_row_from_the_map(run, book, tmp_path):
    path = tmp_path / "客户.reqif"
    path.write_bytes(reqif(("K-7", "设备点检提醒", "<xhtml:p>系统在班前提醒点检。</xhtml:p>", "e-high")))
    (tmp_path / "map.yaml").write_text(REST, "utf-8")
    done = run("import", path, book, "--map", tmp_path / "map.yaml")
    assert "新增 1 行：REQ-033" in done.out
    assert value(book, "REQ-033", "需求描述") == "系统在班前提醒点检。"
    assert value(book, "REQ-033", "优先级") == "高"


def test_an_object_of_reqif_with_an_error_is_named_by_its_id(run, book, tmp_path):
    path = tmp_path / "客户.reqif"
    path.write_bytes(reqif(("K-7", "N" * 300, "t", "e-high")))
    (tmp_path / "map.yaml").write_text(REST, "utf-8")
    done = run("import", path, book, "--map", tmp_path / "map.yaml")
    assert "客户.reqif：对象 K-7“需求名称”" in done.out


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (("x.reqif", b"<!DOCTYPE a [<!ENTITY b 'c'>]><REQ-IF>&b;</REQ-IF>"), "reqif-doctype"),
        (("x.reqif", reqif()), "EMPTY"),
        (("x.reqifz", b"PK\x03\x04"), "DAMAGED"),
        (("x.xlsx", b"PK\x03\x04"), "damaged"),
        (("x.xlsx", bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")), "encrypted"),
        (("x.xlsx", b""), "empty-file"),
        (("x.docx", b"PK"), "SOURCE"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_clear_error(run, book, tmp_path, file, code):
    path = tmp_path / file[0]
    path.write_bytes(file[1])
    before = book.read_bytes()
    done = run("import", path, book)
    assert (done.exit, f"[{code}]" in done.err, done.err.count("\n")) == (2, True, 1)
    assert book.read_bytes() == before


def test_a_map_that_names_an_unknown_column_is_told_with_the_nearest(run, book, table):
    path = table(HEADINGS, GOOD)
    mapped = path.with_name("map.yaml")
    mapped.write_text("需求名称: titel\n", "utf-8")
    done = run("import", path, book, "--map", mapped, "--sheet", "需求")
    assert (done.exit, "title" in done.err) == (2, True)
