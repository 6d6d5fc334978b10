"""The templates: the shipped files are what the design makes, and every one is sound."""

import io
import re
import zipfile

import pytest
from lxml import etree

from automation.word.design.blocks import WIDE, WIDTH
from automation.word.design.templates import LANGUAGES, TEMPLATES, build_templates, template_bytes
from tests.word.samples import TEMPLATES as SHIPPED
from tests.word.samples import W, part, text_of

BOTH = [(template, language) for template in TEMPLATES for language in LANGUAGES]
THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


@pytest.fixture(params=BOTH, ids=lambda one: f"{one[0].id}-{one[1]}")
def made(request):
    return template_bytes(*request.param)


def test_the_shipped_templates_are_what_the_design_makes(tmp_path):
    for path in build_templates(tmp_path):
        shipped = SHIPPED / path.relative_to(tmp_path)
        assert shipped.read_bytes() == path.read_bytes(), f"build the templates again: {shipped}"


def test_no_template_is_shipped_that_the_design_does_not_make(tmp_path):
    names = {path.relative_to(tmp_path) for path in build_templates(tmp_path)}
    assert {path.relative_to(SHIPPED) for path in SHIPPED.rglob("*.docx")} == names


def test_templates_are_valid_for_microsofts_validator(made, tmp_path, ooxml_validator):
    path = tmp_path / "template.docx"
    path.write_bytes(made)
    assert ooxml_validator(path) == []


def test_every_face_is_set_and_no_theme_face(made):
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        for name in package.namelist():
            if name.startswith("word/") and name.endswith(".xml"):
                for fonts in etree.fromstring(package.read(name)).iter(f"{W}rFonts"):
                    assert {f"{W}{face}" for face in ("ascii", "hAnsi", "eastAsia", "cs")} <= set(fonts.keys())
                    assert not {f"{W}{face}" for face in THEME} & set(fonts.keys())
    language = part(made, "word/settings.xml").find(f"{W}themeFontLang")
    assert language.get(f"{W}eastAsia") == "zh-CN"
    assert part(made, "word/styles.xml").find(f".//{W}rPrDefault//{W}lang").get(f"{W}eastAsia") == "zh-CN"


def test_tables_are_as_wide_as_the_text(made):
    for table in part(made).iter(f"{W}tbl"):
        columns = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(columns) in {WIDTH, WIDE}, text_of(table)[:60]


def test_headings_are_numbered_by_one_multilevel_list(made):
    styles = part(made, "word/styles.xml")
    numbering = part(made, "word/numbering.xml")
    heading = numbering.find(f"{W}abstractNum")
    assert [level.find(f"{W}pStyle").get(f"{W}val") for level in heading.iter(f"{W}lvl")] == [
        "Heading1",
        "Heading2",
        "Heading3",
    ]
    for level in range(3):
        style = next(one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == f"Heading{level + 1}")
        assert style.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") == "1"
        assert style.find(f"{W}pPr/{W}numPr/{W}ilvl").get(f"{W}val") == str(level)


def test_tags_are_written_in_one_run_so_that_people_can_read_and_edit_them(made):
    for text in (node.text or "" for node in part(made).iter(f"{W}t")):
        assert text.count("{{") == text.count("}}"), text
        assert text.count("{%") == text.count("%}"), text


@pytest.mark.parametrize("identifier", [template.id for template in TEMPLATES])
def test_both_languages_show_the_same_fields(identifier):
    template = next(one for one in TEMPLATES if one.id == identifier)
    pattern = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
    fields = [set(pattern.findall(text_of(part(template_bytes(template, language))))) for language in LANGUAGES]
    assert fields[0] ^ fields[1] <= {"subject.id"}
    assert len(fields[0]) > {"report": 30, "form": 10, "letter": 8}[template.layout]
