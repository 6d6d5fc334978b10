"""Tables of contents, heading numbers, captions and links."""

import io
import re
import unicodedata

import pypdf
import pytest
from lxml import etree

from automation.word.headings import numeral
from automation.word.pages import pages_of
from automation.word.pdf import to_pdfs
from tests.word.samples import ALL, W, fill, filled, paragraphs, part, prepared_of, request, text_of


def entries(data):
    return [text for style, text in paragraphs(data) if style.startswith("TOC")]


def toc(data):
    for style in part(data).iter(f"{W}pStyle"):
        if style.get(f"{W}val").startswith("TOC"):
            yield style.getparent().getparent()


def fields(data):
    return [(node.get(f"{W}fldCharType"), node.get(f"{W}dirty")) for node in part(data).iter(f"{W}fldChar")]


@pytest.mark.parametrize(
    ("value", "form", "expected"),
    [
        (7, "decimal", "7"),
        (1, "upperLetter", "A"),
        (27, "upperLetter", "AA"),
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCounting", "十二"),
        (20, "chineseCounting", "二十"),
        (21, "chineseCounting", "二十一"),
    ],
)
def test_numbers_are_printed_as_word_prints_them(value, form, expected):
    assert numeral(value, form) == expected


def test_entries_are_the_headings_with_their_numbers():
    assert entries(filled("D01", "zh"))[:3] == ["1引言", "1.1目的", "1.2范围：包含"]
    assert entries(filled("D01", "zh"))[-2:] == ["附录A 术语", "签署页"]
    assert entries(filled("D12", "zh"))[:4] == ["一、项目概况", "（一）基本情况", "（二）交付范围", "二、验收依据"]
    assert entries(filled("D12", "en"))[:3] == ["1The project", "1.1Facts", "1.2Scope of delivery"]


def test_the_chapters_are_those_of_the_specification():
    chapters = [text for style, text in paragraphs(filled("D01", "zh")) if style == "Heading1"]
    assert chapters == [
        "引言",
        "总体描述",
        "功能性需求",
        "非功能性需求",
        "接口与数据",
        "需求冲突与解决",
        "假设与待确认项",
        "需求跟踪矩阵",
    ]
    chapters = [text for style, text in paragraphs(filled("D12", "zh")) if style == "Heading1"]
    assert chapters == [
        "项目概况",
        "验收依据",
        "交付清单",
        "逐项验收结果",
        "遗留问题与整改期限",
        "验收结论",
        "服务移交",
        "签字盖章",
    ]


def test_the_table_of_contents_is_one_field_around_all_entries():
    body = part(filled("D01", "zh"))
    depth, inside = 0, []
    for node in body.iter(f"{W}fldChar", f"{W}pStyle"):
        if node.tag == f"{W}fldChar":
            depth += {"begin": 1, "end": -1}.get(node.get(f"{W}fldCharType"), 0)
        elif node.get(f"{W}val").startswith("TOC"):
            inside.append(depth)
    assert depth == 0
    assert inside[0] == 0  # the field begins in the first entry
    assert set(inside[1:]) == {1}


def test_without_page_numbers_word_is_asked_to_fill_them_in():
    dirty = [mark for mark in fields(filled("D12", "en")) if mark[1]]
    assert dirty == [("begin", "true")]
    assert b"updateFields" not in etree.tostring(part(filled("D12", "en"), "word/settings.xml"))


def test_page_numbers_are_written_into_the_entries_and_nothing_is_left_to_word():
    counts = []

    def finder(_, count):
        counts.append(count)
        return list(range(11, 11 + count))

    data = fill(request("D12", "zh"), page_numbers=finder)
    assert not [mark for mark in fields(data) if mark[1]]
    assert entries(data)[:3] == ["一、项目概况11", "（一）基本情况12", "（二）交付范围13"]
    assert counts == [len(entries(data))]


@pytest.mark.parametrize("found", [None, (), (1, 2, 3)])
def test_numbers_that_do_not_fit_the_headings_are_not_used(found):
    assert fill(request("D12", "zh"), page_numbers=lambda *_: found) == filled("D12", "zh")


def test_item_codes_lead_to_the_requirement():
    body = part(filled("D01", "zh"))
    bookmarks = {
        text_of(mark.getparent()).split()[0]: mark.get(f"{W}name")
        for mark in body.iter(f"{W}bookmarkStart")
        if mark.get(f"{W}name").startswith("item_")
    }
    links = {text_of(link): link.get(f"{W}anchor") for link in body.iter(f"{W}hyperlink") if text_of(link) in bookmarks}
    assert len(links) == 30
    assert links == {code: bookmarks[code] for code in links}


def printed(data):
    """The entries of the contents: heading without its number, level by level as it stands there, and page."""
    for entry in toc(data):
        *words, page = (node.text for node in entry.iter(f"{W}t"))
        yield "".join(words), int(page)


def squeezed(text):
    """Text without spaces and with the Chinese forms of signs that pypdf gives in others."""
    return "".join(unicodedata.normalize("NFKC", text).split())


FOOTER = re.compile(r"第(\d+)页共(\d+)页|Page(\d+)of(\d+)")


@pytest.mark.usefixtures("libreoffice")
def test_page_numbers_of_every_contents_are_those_on_which_the_headings_are_printed():
    made = [prepared_of(request(*which)) for which in ALL]
    made = [one for one in made if one.headings]
    assert len(made) >= 30
    pages = pages_of([(one.draft(), one.headings) for one in made])
    finished = [one.finished(found) for one, found in zip(made, pages, strict=True)]
    for data, pdf in zip(finished, to_pdfs(finished), strict=True):
        texts = [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
        numbers = [FOOTER.search(text) for text in texts]
        by_number = {int(found[1] or found[3]): text for found, text in zip(numbers, texts, strict=True) if found}
        shown = list(printed(data))
        assert [page for _, page in shown] == sorted(page for _, page in shown)
        for title, page in shown:
            assert squeezed(title) in by_number[page], (title, page)
