"""Names of files: safe on every system, and as much of the text as can stay."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.filenames import LONGEST, safe_file_name

DEVICES = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("PRJ-001 生产自动化与IT运维外包项目", "PRJ-001 生产自动化与IT运维外包项目"),
        ("一期/二期:验收?", "一期 二期 验收"),
        ("../../etc/passwd", "etc passwd"),
        (r"C:\Windows\x", "C Windows x"),
        ("CON", "_CON"),
        ("nul.tar", "_nul.tar"),
        ("Com1 ", "_Com1"),
        ("LPT¹", "_LPT¹"),
        ("console", "console"),
        ("报告. . .", "报告"),
        ("~$客户", "客户"),
        (".hidden", "hidden"),
        ("a\tb\nc\x00d", "a b cd"),
        ("invoice\u202excod", "invoicexcod"),
        ("e\u0301te\u0301", "été"),
        ("...", ""),
        ("", ""),
    ],
)
def test_a_text_becomes_a_name(text, name):
    assert safe_file_name(text) == name


def test_signs_may_become_another_sign():
    assert safe_file_name("D01/V1:x", instead="_") == "D01_V1_x"


def test_a_long_name_is_cut_between_characters():
    assert safe_file_name("名" * 100) == "名" * (LONGEST // 3)
    assert safe_file_name("a" + "😀" * 100) == "a" + "😀" * ((LONGEST - 1) // 4)


@given(st.text(max_size=300))
def test_every_name_can_stand_on_every_system(text):
    name = safe_file_name(text)
    assert len(name.encode()) <= LONGEST + 1
    assert not set(name) & set('\\/:*?"<>|')
    assert all(unicodedata.category(character)[0] != "C" for character in name)
    assert name == name.strip(" ")
    assert not name.startswith((".", "~$"))
    assert not name.endswith(".")
    assert name.split(".")[0].strip().lower() not in DEVICES
    assert safe_file_name(name) == name
