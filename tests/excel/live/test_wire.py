"""JSON of the task pane: a workbook goes there and back unchanged, nonsense is refused with a sentence, never a crash."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.base.errors import UsageError
from automation.base.findings import Severity
from automation.excel.areas import Area
from automation.excel.live.actions import CopyLook, PutFormulas, PutLinks, PutMarks, PutValues, ResizeTable
from automation.excel.live.planned import planned
from automation.excel.live.state import LiveBook, LiveSheet, LiveTable
from automation.excel.live.wire import action_values, book_from, book_value
from automation.model.effects import CellEdit
from automation.model.tables import CellError
from tests.excel.contract import contract_book
from tests.excel.live.paper import taken

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
CELLS = st.one_of(
    st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), TEXTS, st.builds(CellError, TEXTS)
)
FORMULAS = st.one_of(st.none(), TEXTS.map(lambda text: f"={text}"))
JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(TEXTS, inner, max_size=3)),
    max_leaves=6,
)


@st.composite
def areas(draw):
    top, left = draw(st.integers(1, 1_048_000)), draw(st.integers(1, 16_000))
    return Area(top, left, top + draw(st.integers(0, 3)), left + draw(st.integers(0, 3)))


@st.composite
def sheets(draw):
    area = draw(areas())
    width, height = area.right - area.left + 1, area.bottom - area.top + 1

    def block(cells):
        return draw(st.lists(st.lists(cells, min_size=width, max_size=width), min_size=height, max_size=height))

    values, formulas = block(CELLS), block(FORMULAS)
    for row, texts in zip(values, formulas, strict=True):
        for index, formula in enumerate(texts):
            if formula is not None and row[index] == formula:
                row[index] = None
    ranges = areas().map(Area.text)
    table = st.builds(
        LiveTable,
        TEXTS,
        areas(),
        st.lists(TEXTS, max_size=3).map(tuple),
        st.integers(0, 2),
        st.integers(0, 2),
        st.dictionaries(st.integers(1, 99), TEXTS, max_size=2),
    )
    return LiveSheet(
        draw(TEXTS),
        area,
        values,
        formulas,
        block(TEXTS),
        tuple(draw(st.lists(table, max_size=2))),
        tuple(draw(st.lists(areas(), max_size=2))),
        tuple(draw(st.lists(areas(), max_size=2))),
        draw(st.dictionaries(ranges, TEXTS, max_size=2)),
        draw(
            st.dictionaries(
                st.lists(ranges, min_size=1, max_size=3).map(" ".join), st.sampled_from(Severity), max_size=2
            )
        ),
        visible=draw(st.booleans()),
        protected=draw(st.booleans()),
    )


BOOKS = st.builds(LiveBook, TEXTS, TEXTS, st.lists(sheets(), max_size=2).map(tuple), TEXTS, TEXTS, st.booleans())


def sent(**changes):
    """A workbook of one cell as the task pane sends it, with fields of its sheet changed."""
    sheet = {"name": "S", "area": "A1", "values": [[1]], "formulas": [[1]], "formats": [["General"]]}
    return {"name": "b.xlsx", "sheets": [sheet | changes]}


def taken_or_code(value):
    """``taken`` for a workbook, else the code of the error."""
    try:
        return "taken" if isinstance(book_from(value), LiveBook) else "no book"
    except UsageError as error:
        return error.code


@settings(max_examples=60, deadline=None)
@given(BOOKS)
def test_a_workbook_goes_there_and_back_unchanged(book):
    again = book_from(json.loads(json.dumps(book_value(book))))
    assert again == book
    assert repr(again) == repr(book)  # True is not 1.0


@settings(max_examples=100, deadline=None)
@given(BOOKS, st.data())
def test_nonsense_anywhere_is_a_workbook_or_refused_with_a_code(book, data):
    value = json.loads(json.dumps(book_value(book)))
    holder = value
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(holder[key], dict | list) or not holder[key] or data.draw(st.booleans()):
            break
        holder = holder[key]
    if isinstance(holder, dict) and data.draw(st.booleans()):
        del holder[key]
    else:
        holder[key] = data.draw(JSON)
    assert taken_or_code(value) in {"taken", "wire-format"}


@given(JSON)
def test_no_json_at_all_brings_it_down(value):
    with pytest.raises(UsageError) as caught:
        book_from(value)
    assert caught.value.code == "wire-format"


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"area": "A1:B2"}, "sheets[0].values"),
        ({"area": "Sheet1!A1"}, "sheets[0].area"),
        ({"area": "C3:A0"}, "sheets[0].area"),
        ({"values": [[float("nan")]]}, "sheets[0].values"),
        ({"values": [[10**400]]}, "sheets[0].values"),
        ({"values": [[{"error": 1}]]}, "sheets[0].values"),
        ({"values": [[[]]]}, "sheets[0].values"),
        ({"formats": [[None]]}, "sheets[0].formats"),
        ({"marks": {"B3": "worst"}}, "sheets[0].marks.B3"),
        ({"marks": {"": "high"}}, "sheets[0].marks."),
        ({"links": {"B3": None}}, "sheets[0].links.B3"),
        (
            {"tables": [{"name": "T", "area": "A1", "columns": [], "formulas": {"x": "=1"}}]},
            "sheets[0].tables[0].formulas",
        ),
        (
            {"tables": [{"name": "T", "area": "A1", "columns": [], "header_rows": True}]},
            "sheets[0].tables[0].header_rows",
        ),
        ({"formats": [["General", "0"]]}, "sheets[0].formats"),
        ({"tables": {}}, "sheets[0].tables"),
        ({"links": []}, "sheets[0].links"),
        ({"visible": 1}, "sheets[0].visible"),
        ({"colour": "red"}, "sheets[0]"),
    ],
)
def test_the_sentence_says_where_the_data_is_wrong(change, where):
    with pytest.raises(UsageError) as caught:
        book_from(sent(**change))
    assert caught.value.text.en == (
        f"The task pane sent workbook data that cannot be used ({where}); close the pane and open it again, "
        "and update the add-in if that does not help."
    )
    assert caught.value.text.zh == (
        f"任务窗格送来的工作簿数据无法使用（{where}），请关闭并重新打开任务窗格；仍然如此，请更新加载项。"
    )


def test_formulas_come_as_office_js_gives_them():
    found = book_from(
        sent(area="A1:E1", values=[[3, 3, "=1", "", True]], formulas=[["=1+2", 3, "=1", "", True]], formats=[["0"] * 5])
    )
    assert found.sheets[0].formulas == [["=1+2", None, None, None, None]]
    assert [type(value) for value in found.sheets[0].values[0]] == [float, float, str, str, bool]


def test_a_real_workbook_goes_there_and_back(tmp_path):
    book = taken(contract_book(tmp_path / "b.xlsx"))
    assert book_from(json.loads(json.dumps(book_value(book)))) == book


def test_actions_are_objects_that_javascript_can_follow():
    area = Area(4, 2, 5, 2)
    actions = [
        ResizeTable("S", "T", Area(3, 2, 5, 5)),
        CopyLook("S", Area(4, 2, 4, 5), Area(5, 2, 5, 5)),
        PutFormulas("S", area, "=[@a]*2"),
        PutValues("S", area, (("=1+1",), (3.0,)), (("General",), ("@",))),
        PutLinks("S", area, {"B4": "'计划'!D5"}),
        PutMarks("S", ((Severity.HIGH, (area, Area(9, 9, 9, 9))),)),
    ]
    assert json.loads(json.dumps(action_values(actions))) == [
        {"sheet": "S", "action": "resize_table", "table": "T", "area": "B3:E5"},
        {"sheet": "S", "action": "copy_look", "source": "B4:E4", "target": "B5:E5"},
        {"sheet": "S", "action": "put_formulas", "formula": "=[@a]*2", "area": "B4:B5"},
        {"sheet": "S", "action": "put_values", "values": [["'=1+1"], [3.0]], "general": ["B5"], "area": "B4:B5"},
        {"sheet": "S", "action": "put_links", "links": {"B4": "'计划'!D5"}, "area": "B4:B5"},
        {
            "sheet": "S",
            "action": "put_marks",
            "marks": [
                {
                    "severity": "high",
                    "formula": '=N("deliverybook:high")=0',
                    "colour": "#FFD8B0",
                    "areas": ["B4:B5", "I9"],
                }
            ],
        },
    ]


def test_dates_travel_as_serial_numbers(tmp_path):
    book = taken(contract_book(tmp_path / "b.xlsx"))
    (action,) = action_values(planned(book, [CellEdit("各种", "A4", dt.date(2026, 5, 8))]).actions)
    assert action["values"] == [[46150.0]]
