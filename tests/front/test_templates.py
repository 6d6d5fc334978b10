"""Templates that staff change in Word: the document follows, and what they mistype is told at its place."""

import json
import shutil

import docx
import pytest

from automation.front import library
from tests.front.systems.word_files import text_of


@pytest.fixture
def book(demo, tmp_path):
    """A demonstration workbook with templates of its own beside it."""
    shutil.copytree(library.shipped("templates"), tmp_path / "templates")
    return shutil.copy(demo.book, tmp_path / "book.xlsx")


def edited(folder, identifier, change):
    """The Chinese template opened, changed and saved."""
    path = folder / "templates" / "zh" / f"{identifier}.docx"
    document = docx.Document(path)
    change(document)
    document.save(path)
    return path


def made(run, book, identifier, *words):
    (path,) = run("document", book, identifier, *words, "--format", "json").json["documents"]
    return path


def test_a_document_follows_its_template(run, book):
    def change(document):
        document.styles["Heading 1"].font.name = "KaiTi"
        first = next(one for one in document.paragraphs if one.text.startswith("已交付"))
        first.insert_paragraph_before("本清单由{{ sender.person }}负责。")
        for table in document.tables:
            cells = [cell.text for cell in table.rows[0].cells]
            if "接收人" in cells:
                place = cells.index("接收人")
                for row in table._tbl.tr_lst:
                    row.remove(row.tc_lst[place])
                table._tbl.tblGrid.remove(table._tbl.tblGrid.gridCol_lst[place])

    edited(book.parent, "D13", change)
    path = made(run, book, "D13")
    text = text_of(path)
    assert "本清单由王志强负责。" in text
    assert "接收人" not in text
    assert docx.Document(path).styles["Heading 1"].font.name == "KaiTi"


def test_a_misspelt_field_is_told_with_template_place_and_nearest_field(run, book):
    edited(book.parent, "D13", lambda document: document.paragraphs[0].add_run(" {{ document.nummer }}"))
    refused = run("document", book, "D13")
    assert refused.exit == 2
    assert "模板 zh/D13.docx 正文第 1 段" in refused.err
    assert "“document.nummer”，是否应为“document.number”" in refused.err


def test_the_shipped_templates_have_no_fault(run):
    found = run("template", "check", "--format", "json")
    assert found.exit == 0
    assert found.json["findings"] == []


def test_faults_are_findings_and_comments(run, book, tmp_path):
    path = edited(book.parent, "D13", lambda document: document.paragraphs[0].add_run(" {{ document.nummer }}"))
    copy = tmp_path / "copy.docx"
    found = run("template", "check", path, "--comments", copy, "--format", "json", "--lang", "zh")
    assert found.exit == 1
    (finding,) = json.loads(found.out)["findings"]
    assert "document.number" in finding["message"]
    assert len(list(docx.Document(copy).comments)) == 1
    assert "nummer" in text_of(path)


def test_templates_are_listed_and_put_back(run, book, monkeypatch):
    monkeypatch.chdir(book.parent)
    edited(book.parent, "D13", lambda document: document.add_paragraph("mine"))
    listed = run("template", "list", "--format", "json").json["tables"]["templates"]
    assert [one["template"] for one in listed if one["changed"]] == ["zh/D13.docx"]
    run("template", "restore", "D13")
    assert "mine" not in text_of(book.parent / "templates" / "zh" / "D13.docx")
    kept = [one for one in (book.parent / "templates" / "zh").iterdir() if one.name.startswith("D13 (")]
    assert "mine" in text_of(kept[0])


@pytest.mark.parametrize("words", [("check", "nowhere.docx"), ("restore",), ("restore", "D99")])
def test_what_is_not_there_is_one_clear_error(run, words):
    assert run("template", *words).exit == 2
