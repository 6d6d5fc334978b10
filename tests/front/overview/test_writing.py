"""The overview as files: the workbook has the same lists, leads to the workbooks, and holds no formula from them."""

from io import BytesIO
from urllib.parse import unquote

import openpyxl
import pytest

from automation.base.errors import AutomationError
from automation.base.findings import Severity
from automation.front.overview import writing
from automation.front.overview.view import BATCH, View
from tests.front.overview.views import CLASH, NASTY, finding, run, view


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_workbook_has_every_list_valid_and_links_that_lead_from_its_folder(language, tmp_path, ooxml_validator):
    whole = view(clashes=[CLASH])
    made = writing.write(tmp_path / "p" / "reports", whole, "overview", language=language)
    assert [path.name for path in made] == ["overview.html", "overview.xlsx"]
    assert ooxml_validator(made[1]) == []
    book = openpyxl.load_workbook(made[1])
    zh = ["工作簿", "项目", "进度", "里程碑", "问题", "人员冲突", "走势"]
    en = ["Workbooks", "Projects", "Schedule", "Milestones", "Findings", "Conflicts", "Trend"]
    assert book.sheetnames == (zh if language == "zh" else en)
    books, projects, schedule, _, found, _, trend = book.worksheets
    assert [books.cell(row, 2).value for row in (5, 6)] == (
        ["已完成", "超时"] if language == "zh" else ["Done", "Took too long"]
    )
    assert projects["B5"].fill.fgColor.rgb == "FFC93A32"
    assert [schedule.cell(5, column).value for column in (5, 6)] == [180, 20]
    assert [len(sheet._charts) for sheet in (schedule, trend)] == [1, 2]
    assert found["E5"].value == NASTY
    assert len(books.tables) == 1


def test_links_lead_from_the_folder_and_texts_stay_texts(tmp_path):
    formula = run(finding("=1+1", Severity.HIGH, "=cmd|'/c calc'!A1"), book=str(tmp_path / "项目" / "a b.xlsx"))
    data = writing.book(View(BATCH, [formula]), "zh", tmp_path / "reports")
    book = openpyxl.load_workbook(BytesIO(data))
    link = book["工作簿"]["A5"].hyperlink
    assert link.target.replace("\\", "/") == "../项目/a%20b.xlsx"
    assert book["问题"]["B5"].data_type == book["问题"]["E5"].data_type == "s"


@pytest.mark.parametrize("name", ["50% #3 [a].xlsx", "bytes\udcff.xlsx"])
def test_names_of_files_that_mean_something_in_addresses_or_are_no_text(name, tmp_path, ooxml_validator):
    made = writing.write(
        tmp_path, View(BATCH, [run(finding("R", Severity.HIGH, "x"), book=f"/p/{name}")]), "o", language="zh"
    )
    assert ooxml_validator(made[1]) == []
    cell = openpyxl.load_workbook(made[1])["工作簿"]["A5"]
    if name.isprintable():
        assert cell.value == name
        assert unquote(cell.hyperlink.target).replace("\\", "/").endswith(f"/p/{name}")
    else:
        assert cell.hyperlink is None
        assert "bytes" in cell.value
    assert "/p/50%25%20%233%20%5Ba%5D.xlsx" in made[0].read_text("utf-8") or not name.isprintable()


def test_the_same_view_gives_the_same_bytes(tmp_path):
    assert writing.book(view(), "zh", tmp_path) == writing.book(view(), "zh", tmp_path)


def test_a_page_that_cannot_be_written_is_one_clear_error(tmp_path):
    (tmp_path / "overview.html").mkdir()
    with pytest.raises(AutomationError):
        writing.write(tmp_path, view(), "overview", language="zh")
