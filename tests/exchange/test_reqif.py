"""Requirements of other programs: attributes as columns, formatted text as words, chapters as paths."""

from datetime import date

import pytest

from automation.base.errors import AutomationError
from automation.exchange.reqif import read_requirements
from tests.requirements_files import reqif


def table(data):
    found = read_requirements(data)
    return [dict(zip(found.headings, row, strict=True)) for row in found.rows], found


def test_attributes_are_columns_and_enumerations_give_the_names_of_their_values():
    rows, found = table(reqif(("R-1", "Login", "<xhtml:p>Users log in.</xhtml:p>", "e-high")))
    assert rows[0]["ReqIF.Name"] == "Login"
    assert rows[0]["ReqIF.Text"] == "Users log in."
    assert rows[0]["Priority"] == "High"
    assert rows[0]["Due"] == date(2026, 6, 1)
    assert found.names == ["R-1"]


@pytest.mark.parametrize(
    ("formatted", "words"),
    [
        ("a <xhtml:b>b</xhtml:b> c", "a b c"),
        ("<xhtml:p>one</xhtml:p><xhtml:p>two</xhtml:p>", "one\ntwo"),
        ("<xhtml:ul><xhtml:li>x</xhtml:li><xhtml:li>y</xhtml:li></xhtml:ul>", "x\ny"),
        ("a<xhtml:br/>b", "a\nb"),
        ("<xhtml:tr><xhtml:td>a</xhtml:td><xhtml:td>b</xhtml:td></xhtml:tr>", "a b"),
        ("a\n   b &amp; c", "a b & c"),
        ('see <xhtml:object data="p.png" type="image/png">picture</xhtml:object>', "see picture"),
    ],
)
def test_formatted_text_becomes_its_words_with_a_line_for_each_paragraph(formatted, words):
    rows, _ = table(reqif(("R-1", "N", formatted, "")))
    assert rows[0]["ReqIF.Text"] == words


def test_pictures_are_counted():
    _, found = table(reqif(("R-1", "N", '<xhtml:object data="p.png" type="image/png">p</xhtml:object>', "")))
    assert found.pictures == 1


def test_a_chapter_is_no_row_but_the_path_of_what_stands_below_it():
    rows, _ = table(reqif(("C-1", "", "", "", "Security"), ("R-2", "Login", "t", "", "", "C-1")))
    assert [(row["ReqIF.Name"], row["ReqIF.Chapter"], row["ReqIF.Level"]) for row in rows] == [("Login", "Security", 2)]


def test_a_missing_value_is_the_default_of_its_attribute():
    rows, _ = table(reqif(("R-1", "N", "t", "")))
    assert rows[0]["Version"] == "1.0"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "reqif"),
        (b"<REQ-IF>", "reqif"),
        (b"<Project/>", "reqif"),
        (b'<!DOCTYPE a [<!ENTITY b "c">]><REQ-IF>&b;</REQ-IF>', "reqif-doctype"),
        (b"<REQ-IF>" + b"<a>" * 1000 + b"</a>" * 1000 + b"</REQ-IF>", "reqif"),
    ],
)
def test_a_hostile_or_broken_file_gives_one_clear_error(data, code):
    with pytest.raises(AutomationError) as refused:
        read_requirements(data)
    assert refused.value.code == code
    assert refused.value.text.zh.startswith("无法读取该 ReqIF 文件：")


def test_objects_without_an_identifier_or_with_one_that_is_taken_are_not_lost():
    data = reqif(("R-1", "One", "a", ""), ("R-2", "Two", "b", ""), ("R-3", "Three", "c", ""), ("R-4", "Four", "d", ""))
    data = data.replace(b'<SPEC-OBJECT IDENTIFIER="R-2"', b"<SPEC-OBJECT").replace(
        b'<SPEC-OBJECT IDENTIFIER="R-3"', b"<SPEC-OBJECT"
    )
    data = data.replace(b'<SPEC-OBJECT IDENTIFIER="R-4"', b'<SPEC-OBJECT IDENTIFIER="R-1"')
    rows, found = table(data)
    assert sorted(row["ReqIF.Name"] for row in rows) == ["Four", "One", "Three", "Two"]
    assert found.doubled == 1
    assert all(found.names)


@pytest.mark.parametrize("coding", ["GB18030", "gbk", "gb2312"])
def test_a_file_in_a_chinese_coding_is_read_and_one_that_only_says_so_is_refused(coding):
    text = reqif(("R-1", "登录", "用户登录", "")).decode()
    _, body = text.split("?>", 1) if text.startswith("<?xml") else ("", text)
    said = f'<?xml version="1.0" encoding="{coding}"?>'
    rows, _ = table((said + body).encode("gb18030"))
    assert rows[0]["ReqIF.Name"] == "登录"
    with pytest.raises(AutomationError, match=coding):
        read_requirements((said + body).encode("gb18030") + b"\xff\xff")
