"""What a filled document must be: the rules for accessible, complete, safe Word files."""

import re
from dataclasses import replace
from itertools import pairwise
from xml.sax.saxutils import unescape

import pytest

from automation.commands.documents import document_kind
from automation.word.design.templates import TEMPLATES
from tests.tables import catalogue
from tests.word.samples import ALL, STATUS_DATE, W, demo, fill, filled, paragraphs, part, parts, request, text_of

CJK = re.compile(r"[\u3400-\u9fff]")


LAYOUTS = {template.id: template.layout for template in TEMPLATES}
SIGNED = {"D01", "D02", "D05", "D06", "D08", "D12", "D13"}
"""Documents that both sides sign."""


@pytest.fixture(params=ALL, ids="-".join)
def which(request):
    return request.param


@pytest.fixture
def data(which):
    return filled(*which)


def levels(data):
    depth = {"Heading1": 1, "AppendixHeading": 1, "PlainHeading": 1, "LetterTitle": 1, "Heading2": 2, "Heading3": 3}
    return [(depth[style], text) for style, text in paragraphs(data) if style in depth]


def test_documents_are_valid_for_microsofts_validator(data, tmp_path, ooxml_validator):
    path = tmp_path / "document.docx"
    path.write_bytes(data)
    assert ooxml_validator(path) == []


def test_heading_levels_have_no_gap_and_no_heading_is_empty(data):
    found = levels(data)
    assert found[0][0] == 1
    assert all(text.strip() for _, text in found)
    assert all(after <= before + 1 for (before, _), (after, _) in pairwise(found))


def test_every_table_has_a_heading_row_that_repeats_and_rows_that_stay_whole(which, data):
    tables = list(part(data).iter(f"{W}tbl"))
    assert len(tables) > {"report": 5, "form": 0, "letter": -1}[LAYOUTS[which[0]]]
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert all(text_of(cell).strip() for cell in rows[0].findall(f"{W}tc")), text_of(table)[:40]
        assert len({len(row.findall(f"{W}tc")) for row in rows}) == 1
        assert table.find(f".//{W}gridSpan") is None
        assert table.find(f".//{W}vMerge") is None


def test_every_table_and_picture_says_what_it_is(data):
    for table in part(data).iter(f"{W}tbl"):
        assert table.find(f"{W}tblPr/{W}tblCaption").get(f"{W}val")
        assert table.find(f"{W}tblPr/{W}tblDescription").get(f"{W}val")
    for name in ("word/document.xml", "word/header1.xml"):
        pictures = [node for node in part(data, name).iter() if node.tag.endswith("}docPr")]
        assert len(pictures) == 1 or name == "word/document.xml"
        assert all(picture.get("descr") for picture in pictures)


def test_no_tag_is_left_anywhere(data):
    for name, content in parts(data).items():
        if name.startswith("word/media/"):
            continue
        for mark in (b"{{", b"}}", b"{%", b"%}"):
            assert mark not in content, f"{mark!r} in {name}"


def test_no_paragraph_of_the_text_is_empty_twice_in_a_row(data):
    body = part(data).find(f"{W}body")
    empty = [text_of(one).strip() == "" and one.find(f".//{W}drawing") is None for one in body.findall(f"{W}p")]
    assert not any(before and after for before, after in pairwise(empty))


def test_captions_are_numbered_in_order(data):
    for kind in ("Caption", "PictureCaption"):
        captions = [text for style, text in paragraphs(data) if style == kind]
        numbers = [int(re.search(r"\d+", text)[0]) for text in captions]
        assert numbers == list(range(1, len(captions) + 1))


def test_headers_and_footers_carry_title_number_class_and_pages(data):
    header = text_of(part(data, "word/header1.xml"))
    footer = part(data, "word/footer1.xml")
    assert re.search(r"V\d+\.\d+", header)
    assert re.search(r"[A-Z]+-\w+-D\d\d", text_of(footer))
    codes = [node.text.strip() for node in footer.iter(f"{W}instrText")]
    assert codes == ["PAGE", "NUMPAGES"]
    assert re.search(r"第 1 页 共 1 页|Page 1 of 1", text_of(footer))
    assert re.search("密级：.+第|Classification: .+Page", text_of(footer))


def test_both_sides_have_room_to_sign_and_to_seal(which, data):
    if which[0] not in SIGNED:
        pytest.skip("nobody signs it")
    last = list(part(data).iter(f"{W}tbl"))[-1]
    labels = [text_of(row.find(f"{W}tc")) for row in last.findall(f"{W}tr")]
    assert labels[1:] in (
        ["单位名称", "授权代表", "职务", "签字", "盖章", "日期"],
        ["Organisation", "Representative", "Title", "Signature", "Company seal", "Date"],
    )
    assert len(last.find(f"{W}tr").findall(f"{W}tc")) == 3


def test_properties_are_filled_and_dated_by_the_status_date(data):
    core = text_of_all(part(data, "docProps/core.xml"))
    assert core["created"] == core["modified"] == f"{STATUS_DATE}T00:00:00Z"
    assert re.match(r"[A-Z]+-\w+-D\d\d", core["subject"])
    assert core["language"] in {"zh-CN", "en-US"}
    assert core["title"]
    assert core["creator"]
    assert text_of_all(part(data, "docProps/app.xml"))["Company"]


def text_of_all(root):
    return {node.tag.rpartition("}")[2]: node.text for node in root}


def test_bookmarks_that_are_named_exist_and_their_ids_are_unique(data):
    body = part(data)
    names = [node.get(f"{W}name") for node in body.iter(f"{W}bookmarkStart")]
    assert len(names) == len(set(names))
    ids = [node.get(f"{W}id") for node in body.iter(f"{W}bookmarkStart")]
    assert len(ids) == len(set(ids))
    assert sorted(ids) == sorted(node.get(f"{W}id") for node in body.iter(f"{W}bookmarkEnd"))
    assert {node.get(f"{W}anchor") for node in body.iter(f"{W}hyperlink")} <= set(names)
    for code in body.iter(f"{W}instrText"):
        if "PAGEREF" in code.text:
            assert code.text.split()[1] in names


def test_every_style_that_is_used_exists(data):
    known = {style.get(f"{W}styleId") for style in part(data, "word/styles.xml").iter(f"{W}style")}
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        root = part(data, name)
        used = {node.get(f"{W}val") for kind in ("pStyle", "rStyle", "tblStyle") for node in root.iter(f"{W}{kind}")}
        assert used <= known


def confidential_values():
    """Every confidential value of the demonstration project, in the forms a document might show it."""
    for sheet in catalogue().business:
        for column in sheet.columns:
            if column.confidential and column.kind == "money":
                for row in demo().table(sheet.id).rows:
                    value = getattr(row, column.id)
                    if value is not None and value >= 10_000:
                        yield f"{value:.0f}"
                        yield f"{value:,.0f}"


def test_no_confidential_amount_stands_in_any_part(which, data):
    if document_kind(which[0]).audience == "internal":
        pytest.skip("it stays in the house")
    values = set(confidential_values())
    assert {"265000", "1,980,000", "432000"} <= values
    prices = {row.price * months for row in demo().table("services").rows for months in (1, 12)}
    public = {"2480000", "2,480,000", "320000", "320,000", "360000", "360,000", *(f"{price:,.0f}" for price in prices)}
    text = " ".join(
        unescape(content.decode("utf-8", "ignore"))
        for name, content in parts(data).items()
        if not name.startswith("word/media/")
    )
    assert [value for value in sorted(values - public) if re.search(rf"(?<![\d,]){value}(?![\d,])", text)] == []
    assert "198万" not in text
    assert "1.98" not in text


def test_english_documents_hold_no_chinese_label_and_the_other_way_round():
    english = {text for style, text in paragraphs(filled("D12", "en")) if style == "TableHead"}
    assert not any(CJK.search(text) for text in english)
    chinese = {text for style, text in paragraphs(filled("D12", "zh")) if style == "TableHead"}
    assert all(CJK.search(text) for text in chinese)


def test_only_a_draft_carries_the_watermark():
    found = request("D12", "zh")
    assert b'string="\xe8\x8d\x89\xe7\xa8\xbf"' in parts(filled("D12", "zh"))["word/header1.xml"]
    released = found.context | {"document": found.context["document"] | {"mark": ""}}
    assert b"DraftWatermark" not in parts(fill(replace(found, context=released)))["word/header1.xml"]
