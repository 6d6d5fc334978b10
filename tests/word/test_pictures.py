"""Pictures in filled documents: drawn where their mark stands, with what they show in words."""

import io

import pytest
from docx import Document

from automation.base.findings import Text
from automation.commands.document.pictures import PICTURES, picture_mark
from automation.word.design.blocks import picture
from automation.word.design.layouts import document_part
from automation.word.design.templates import TEMPLATES, template_bytes
from automation.word.package import unzipped, zipped
from automation.word.render import Properties, render
from tests.word.charts.samples import gantt, need_chinese_font
from tests.word.samples import STATUS_DATE, W, part, parts

TITLE = Text("甘特图", "Gantt chart")


@pytest.fixture(autouse=True)
def fonts():
    need_chinese_font()


@pytest.fixture
def template(tmp_path):
    """A form that shows two pictures, of which a document may have one."""
    found = unzipped(template_bytes(TEMPLATES[0], "zh"))
    body = picture("gantt", TITLE, "zh") + picture("load", TITLE, "zh")
    found["word/document.xml"] = document_part("letter", TITLE, body, "zh").encode()
    for name in ("word/header1.xml", "word/footer1.xml", "word/header3.xml", "word/footer3.xml"):
        found[name] = found["word/header2.xml" if "header" in name else "word/footer2.xml"]
    path = tmp_path / "own.docx"
    path.write_bytes(zipped(found))
    return path


def filled(template, **charts):
    named = {name: picture_mark(name) if name in charts else "" for name in PICTURES}
    one = {"number": "N", "date": "D"}
    other = {"organisation": "O", "person": "P", "title": "—"}
    context = {"pictures": named, "document": one, "addressee": other}
    return render(template, context, properties=Properties("T", STATUS_DATE, "zh"), charts=charts)


def test_a_picture_stands_where_its_mark_stood_and_says_what_it_shows(template, tmp_path, ooxml_validator):
    data = filled(template, gantt=gantt(12, 60))
    body = part(data).find(f"{W}body")
    (described,) = [node for node in body.iter() if node.tag.endswith("}docPr")]
    assert len(described.get("descr")) > 20
    assert described.get("title")
    assert "⟦" not in "".join(body.itertext())
    captions = [p.text for p in Document(io.BytesIO(data)).paragraphs if p.style.name == "Picture Caption"]
    assert captions == ["图 1　甘特图"]
    assert sum(name.startswith("word/media/") and name.endswith(".png") for name in parts(data)) == 2
    (tmp_path / "d.docx").write_bytes(data)
    assert ooxml_validator(tmp_path / "d.docx") == []


def test_the_same_values_give_the_same_bytes(template):
    assert filled(template, gantt=gantt(12, 60)) == filled(template, gantt=gantt(12, 60))


def test_a_document_without_pictures_has_neither_mark_nor_caption(template):
    text = "".join(part(filled(template)).itertext())
    assert "⟦" not in text
    assert "甘特图" not in text.replace("甘特图", "", 1)
