"""Styles: which number formats show a day, and fills that are used again instead of added twice."""

from __future__ import annotations

import pytest

from automation.excel.markup import parse
from automation.excel.styles import fill_of, reading_of, shows_day, shows_time, with_fills

EMPTY = b'<styleSheet xmlns="m"><cellXfs/><cellStyles/>%s<tableStyles/></styleSheet>'


@pytest.mark.parametrize(
    ("code", "day", "time"),
    [
        ("yyyy-mm-dd", True, False),
        ('yyyy"年"m"月"d"日"', True, False),
        ("[$-804]aaaa", True, False),
        ("m/d h:mm", True, False),
        ("mmm", True, False),
        ("[$-409]d\\-mmm;@", True, False),
        ("h:mm", False, True),
        ("mm:ss.0", False, True),
        ("[h]:mm", False, True),
        ("General", False, False),
        ("0.00E+00", False, False),
        ("#,##0.00_ ;[Red]\\-#,##0.00", False, False),
        ('0.0"d"', False, False),
        ("0\\d", False, False),
        ("[Yellow]0", False, False),
        ("@", False, False),
    ],
)
def test_a_number_format_shows_a_day_a_time_or_neither(code, day, time):
    assert (shows_day(code), shows_time(code)) == (day, time)


@pytest.mark.parametrize(
    ("code", "reading"),
    [
        ("yyyy-mm-dd", "moment"),
        ("h:mm;@", "moment"),
        ("[$-409]AM/PM", "moment"),
        ("[h]:mm", "days"),
        ("[Red][mm]", "days"),
        ("General", "number"),
        ("@", "number"),
        ("0;yyyy", "number"),
        ('0.0"d"', "number"),
        ("0_d*d\\d", "number"),
    ],
)
def test_a_number_format_says_how_numbers_are_read(code, reading):
    assert reading_of(code) == reading


@pytest.mark.parametrize("holder", [b"", b"<dxfs/>", b'<dxfs count="0"></dxfs>'])
def test_fills_are_added_once_and_found_again(holder):
    xml = EMPTY % holder
    first, places = with_fills(xml, parse(xml), ["FFC7CE", "DDEBF7"])
    assert places == {"FFC7CE": 0, "DDEBF7": 1}
    assert b'<dxfs count="2"><dxf>' in first
    assert first.index(b"<cellStyles/>") < first.index(b"<dxfs") < first.index(b"<tableStyles/>")
    again, places = with_fills(first, parse(first), ["DDEBF7"])
    assert (again, places) == (first, {"DDEBF7": 1})
    assert [fill_of(parse(first), index) for index in (-1, 0, 1, 2)] == ["", "FFC7CE", "DDEBF7", ""]


@pytest.mark.parametrize(
    "style",
    [
        b'<font><b/></font><fill><patternFill><bgColor rgb="FFFFC7CE"/></patternFill></fill>',
        b'<fill><patternFill patternType="gray125"><bgColor rgb="FFFFC7CE"/></patternFill></fill>',
        b'<fill><patternFill><bgColor theme="1"/></patternFill></fill>',
        b"<fill><gradientFill/></fill>",
        b"",
    ],
)
def test_a_style_that_does_more_than_fill_is_not_used(style):
    xml = EMPTY % (b'<dxfs count="1"><dxf>' + style + b"</dxf></dxfs>")
    assert with_fills(xml, parse(xml), ["FFC7CE"])[1] == {"FFC7CE": 1}
