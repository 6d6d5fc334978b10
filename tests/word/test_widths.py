"""No column of a table is so narrow that a word or a date is broken in it."""

import re
from functools import cache
from pathlib import Path

import matplotlib as mpl
import pytest

from automation.word.contents import text_of
from automation.word.design.styles import MARGIN_TWIPS, TABLE_HALF_POINTS
from tests.word.samples import ALL, W, filled, part

LONGEST = 22
"""Characters of a word that may be broken: addresses, names of files."""
_WORDS = re.compile(r"\d{4}年\d{1,2}月(?:\d{1,2}日)?|[^\s\u2e80-\uffef/\u2013-]+[/\u2013-]?")
_BETWEEN = re.compile(r"\d(?=[年月日])|[年月](?=\d)")
"""Where Word and LibreOffice leave a quarter of a character between Chinese and other text."""


@cache
def widths(face):
    """The widths of characters in thousandths of the font size; Helvetica's are those of Arial and Liberation Sans."""
    lines = Path(mpl.get_data_path(), "fonts", "pdfcorefonts", f"{face}.afm").read_text("latin-1").splitlines()
    found = [re.match(r"C (\d+) ; WX (\d+)", line) for line in lines]
    return {chr(int(one[1])): int(one[2]) for one in found if one}


def twips(word, *, bold):
    """How wide a word is in a table."""
    known = widths("Helvetica-Bold" if bold else "Helvetica")
    thousandths = sum(known.get(sign, 1000 if sign in "年月日" else 600) for sign in word)
    return (thousandths + 250 * len(_BETWEEN.findall(word))) / 1000 * TABLE_HALF_POINTS * 10


def too_wide(data):
    """Words that are wider than their column, with both widths in twips."""
    for table in part(data).iter(f"{W}tbl"):
        columns = [int(one.get(f"{W}w")) for one in table.find(f"{W}tblGrid")]
        for row in table.iterfind(f"{W}tr"):
            cells = row.findall(f"{W}tc")
            if len(cells) != len(columns):
                continue
            for cell, width in zip(cells, columns, strict=True):
                style = cell.find(f"{W}p/{W}pPr/{W}pStyle")
                bold = style is not None and style.get(f"{W}val") in {"TableHead", "TableLabel", "CardHead"}
                for word in _WORDS.findall(" ".join(text_of(one) for one in cell.iterfind(f"{W}p"))):
                    wide = twips(word, bold=bold)
                    if len(word) <= LONGEST and wide > width - 2 * MARGIN_TWIPS:
                        yield word, round(wide) + 2 * MARGIN_TWIPS, width


@pytest.mark.parametrize("which", ALL, ids="-".join)
def test_no_word_or_date_is_broken_by_a_narrow_column(which):
    assert sorted(set(too_wide(filled(*which)))) == []
