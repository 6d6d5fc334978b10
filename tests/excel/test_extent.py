"""The look before reading: bounds that hold, oddities that are seen, costs that are told."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from automation.base.errors import WorkbookError
from automation.excel.extent import cells_there, extent, longest_text, shown, span
from automation.excel.package import open_package
from automation.model.tables import address
from tests.excel.books import part_book

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"


def looked(tmp_path, rows, **options):
    return extent(open_package(part_book(tmp_path / "b.xlsx", rows, **options)), SHEET)


def rows_of(places):
    cells = {}
    for row, column in sorted(places):
        cells.setdefault(row, []).append(f'<c r="{address(row, column)}"><v>1</v></c>')
    return "".join(f'<row r="{row}">{"".join(found)}</row>' for row, found in cells.items())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    places=st.sets(st.tuples(st.integers(1, 1_048_576), st.integers(1, 16_384)), min_size=1, max_size=8),
    scale=st.sampled_from([1, 10, 100, 1000]),
)
def test_the_bounds_hold_and_the_span_is_exact(tmp_path, places, scale):
    places = {(max(1, row // scale), max(1, column // scale)) for row, column in places}
    path = part_book(tmp_path / "b.xlsx", rows_of(places))
    rows, columns = [row for row, _ in places], [column for _, column in places]
    bounds, exact = extent(open_package(path), SHEET), span(open_package(path), SHEET)
    assert not bounds.is_odd
    assert bounds.rows >= max(rows)
    assert bounds.columns >= max(columns)
    assert exact.filled == cells_there(open_package(path), SHEET) == len(places)
    assert exact[:4] == (min(rows), min(columns), max(rows), max(columns))


def test_cells_with_nothing_but_a_style_do_not_widen_the_span(tmp_path):
    rows = (
        '<row r="2"><c r="B2" s="1"><v>1</v></c></row><row r="3"><c r="C3" t="s"><v>0</v></c><c r="D3"><f>1</f></c></row>'
        '<row r="9"><c r="XFD9" s="1"/><c r="XFE9" s="1"></c></row>'
    )
    path = part_book(tmp_path / "b.xlsx", rows, strings="<si><t>x</t></si>")
    assert span(open_package(path), SHEET) == (2, 2, 3, 4, 3)


def test_the_bounds_of_an_ordinary_sheet_are_near(tmp_path):
    found = looked(tmp_path, rows_of({(row, column) for row in range(1, 3000) for column in range(1, 18)}))
    assert (found.rows, found.columns, found.is_odd) == (9_999, 26, False)


@pytest.mark.parametrize(
    "cell",
    [
        "<c r='XFD9'><v>1</v></c>",
        '<c\tr="A9"><v>1</v></c>',
        '<c  r="A9"><v>1</v></c>',
        '<c r ="A9"><v>1</v></c>',
        '<c s="0" r="A9"><v>1</v></c>',
        '<c r="a9"><v>1</v></c>',
        '<c r="A99999999"><v>1</v></c>',
        '<c r="AAAA9"><v>1</v></c>',
        "<c><v>1</v></c>",
        "<c/>",
        '<c s="0"/>',
        '<x:c r="A9"><v>1</v></x:c>',
    ],
)
def test_a_cell_that_does_not_begin_as_programs_write_it_makes_the_sheet_odd(tmp_path, cell):
    assert looked(tmp_path, f'<row r="9">{cell}</row>').is_odd


def test_columns_colours_and_texts_with_colons_are_not_odd(tmp_path):
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cols><col min="1" max="2"/></cols>'
        '<sheetData><row r="1" spans="1:17"><c r="A1" t="inlineStr"><is><t>see a:c /x a:c </t></is></c></row></sheetData>'
        '<conditionalFormatting sqref="A1"><cfRule type="colorScale"><colorScale><color rgb="FF"/></colorScale></cfRule>'
        "</conditionalFormatting></worksheet>"
    )
    assert not looked(tmp_path, sheet, rows_only=False).is_odd


@pytest.mark.parametrize("number", range(12))
def test_a_tag_between_two_pieces_is_one_tag(tmp_path, number):
    filler = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{(row * 7919 + number) % 100_003}</v></c></row>' for row in range(1, 30_000)
    )
    found = looked(tmp_path, filler + '<row r="30000"><c r="AB30000" t="e"><v>#N/A</v></c></row>')
    assert (found.rows, found.columns, found.is_odd, found.has_errors) == (99_999, 52, False, True)


def test_a_negative_number_of_a_shared_text_is_damage(tmp_path):
    with pytest.raises(WorkbookError) as caught:
        looked(tmp_path, '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', strings="<si><t>x</t></si>")
    assert caught.value.code == "damaged"


def test_more_texts_than_there_can_be_are_damage(tmp_path):
    path = part_book(tmp_path / "b.xlsx", "", strings="<si><t>x</t></si>")
    data = path.read_bytes()
    assert longest_text(open_package(path), STRINGS) > 0
    from tests.excel.books import parts_of, zip_of

    parts = parts_of(data)
    parts[STRINGS] = parts[STRINGS].replace(b"<sst ", b'<sst uniqueCount = "4294967295" ')
    with pytest.raises(WorkbookError) as caught:
        longest_text(open_package(zip_of(path, parts)), STRINGS)
    assert caught.value.code == "damaged"


@given(lengths=st.lists(st.integers(0, 90_000), min_size=1, max_size=12))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_longest_text_is_no_shorter_than_it_is(tmp_path, lengths):
    texts = "".join(f"<si><t>{'x' * length}</t></si>" for length in lengths)
    found = longest_text(open_package(part_book(tmp_path / "b.xlsx", "", strings=texts)), STRINGS)
    assert max(lengths) <= found <= max(lengths) + 300


def test_shown_texts_are_counted_as_often_as_they_are_shown(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>{row % 2}</v></c></row>' for row in range(1, 11))
    rows += '<row r="11"><c r="A11" t="s" ><v>0</v></c></row>'
    path = part_book(tmp_path / "b.xlsx", rows, strings="<si><t>a</t></si><si><t>b</t></si>")
    assert shown(open_package(path), SHEET, [10, 1000]) == 5 * 10 + 5 * 1000 + 1000
