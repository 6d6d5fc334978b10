"""Packages have the same bytes for the same parts, whatever order and dates they came with."""

import io
import zipfile

import pytest

from automation.excel.addin.package import (
    CONTENT_TYPES,
    MAIN_TYPES,
    RELATIONS,
    RIBBON_PARTS,
    RIBBON_RELATIONS,
    as_kind,
    contents,
    packed,
    with_ribbon,
)

RIBBONS = {"2006": "<customUI/>", "2009": "<customUI />"}


def test_order_and_dates_of_the_parts_do_not_matter(plain_book):
    parts = contents(plain_book)
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        for name in reversed(parts):
            archive.writestr(zipfile.ZipInfo(name, (2026, 6, 12, 9, 30, 0)), parts[name])
    assert packed(contents(other.getvalue())) == packed(parts)


def test_content_types_and_relationships_come_first(plain_book):
    names = list(contents(packed(contents(plain_book))))
    assert names[:2] == [CONTENT_TYPES, RELATIONS]
    assert names[2:] == sorted(names[2:])


def test_entries_bear_no_trace_of_the_computer(plain_book):
    with zipfile.ZipFile(io.BytesIO(packed(contents(plain_book)))) as archive:
        traces = {(one.date_time, one.create_system, one.external_attr, one.extra) for one in archive.infolist()}
    assert len(traces) == 1
    assert traces.pop()[:2] == ((1980, 1, 1, 0, 0, 0), 0)


@pytest.mark.parametrize("kind", MAIN_TYPES)
def test_a_workbook_is_declared_as_the_kind_it_becomes(plain_book, kind):
    declared = as_kind(contents(plain_book), kind)[CONTENT_TYPES].decode()
    assert declared.count(f'PartName="/xl/workbook.xml" ContentType="{MAIN_TYPES[kind]}"') == 1


def test_both_ribbons_are_found_by_their_relationships(plain_book):
    parts = with_ribbon(contents(plain_book), RIBBONS)
    relations = parts[RELATIONS].decode()
    for schema, text in RIBBONS.items():
        assert relations.count(f'Type="{RIBBON_RELATIONS[schema]}" Target="{RIBBON_PARTS[schema]}"') == 1
        assert parts[RIBBON_PARTS[schema]].decode() == text


def test_a_second_ribbon_is_refused(plain_book):
    parts = with_ribbon(contents(plain_book), RIBBONS)
    with pytest.raises(ValueError, match="ribbon already"):
        with_ribbon(parts, RIBBONS)


def test_what_is_no_workbook_is_refused():
    with pytest.raises(ValueError, match="does not declare its workbook"):
        as_kind({CONTENT_TYPES: b"<Types/>"}, "xlsm")
