from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.base.days import date_of, datetime_of
from automation.base.findings import Text
from automation.model.normalise import convert, lookup
from automation.model.spelling import as_text, fold, ids_of, number_of
from automation.model.tables import CellError
from automation.schema.catalogue import Column
from tests.tables import catalogue


def column(kind):
    return Column("x", Text("列", "Column"), kind, "optional", 1, 12, Text("", ""))


def values(kind, *cells):
    return convert(column(kind), list(cells), None)


def notes(found):
    return [(note.at, note.kind, note.proposal) for note in (*found.soft, *found.hard)]


def listed(name, language, *cells):
    return convert(column("enum"), list(cells), lookup(catalogue().lists[name], language))


class TestText:
    def test_texts_are_trimmed_and_the_trimming_is_noted(self):
        found = values("text", "甲", " 乙\n", "　丙", None, "")
        assert found.model == found.json == ["甲", "乙", "丙", None, None]
        assert notes(found) == [(1, "stray_spaces", "乙"), (2, "stray_spaces", "丙")]

    def test_blank_texts_are_empty_cells_without_a_note(self):
        found = values("text", "  ", "\n")
        assert (found.model, notes(found)) == ([None, None], [])

    def test_full_width_letters_stay_in_free_text(self):
        found = values("long", "Ａ方案（一）")
        assert (found.model, notes(found)) == (["Ａ方案（一）"], [])

    def test_what_is_not_text_becomes_the_text_that_a_user_sees(self):
        cells = [13800138000.0, 1.5, 7, True, date(2026, 6, 1), datetime(2026, 6, 1, 9, 5), time(9, 30), "x"]
        expected = ["13800138000", "1.5", "7", "TRUE", "2026-06-01", "2026-06-01 09:05", "09:30:00", "x"]
        assert values("text", *cells).json == expected

    def test_an_error_value_is_noted_and_empty(self):
        found = values("text", CellError("#REF!"), "x")
        assert (found.model, notes(found)) == ([None, "x"], [(0, "error_value", None)])


class TestIds:
    def test_full_width_ids_are_narrowed_and_noted(self):
        found = values("id", "ＲＥＱ－００１", "REQ-002", " REQ-003")
        assert found.model == ["REQ-001", "REQ-002", "REQ-003"]
        assert notes(found) == [(0, "full_width", "REQ-001"), (2, "stray_spaces", "REQ-003")]

    def test_a_number_is_the_text_of_an_id(self):
        assert values("ref", 12.0, None).model == ["12", None]

    @pytest.mark.parametrize(
        "text", ["A-1;B-2", "A-1；B-2", "A-1, B-2", "A-1，B-2", "A-1、B-2", "A-1\nB-2", ";A-1;;B-2;"]
    )
    def test_several_ids_may_be_parted_in_any_usual_way(self, text):
        found = values("mref", text)
        assert found.model == [("A-1", "B-2")]
        assert found.json == ["A-1;B-2"]
        assert all(proposal == "A-1;B-2" for _, _, proposal in notes(found))

    def test_an_empty_list_of_ids_is_empty(self):
        found = values("mref", None, ";", "  ", "")
        assert found.model == [(), (), (), ()]
        assert found.json == [None, None, None, None]

    def test_a_closing_semicolon_is_nothing_to_tidy(self):
        assert notes(values("mref", "A-1;B-2;")) == []

    def test_ids_of_a_text(self):
        assert ids_of(" A-1 ;; B-2\n") == ("A-1", "B-2")
        assert ids_of("A-1；B-2，C-3、D-4") == ("A-1", "B-2", "C-3", "D-4")


class TestNumbers:
    def test_whole_numbers_of_whole_number_columns_are_int(self):
        found = values("int", 5.0, 7, None)
        assert found.model == [5, 7, None]
        assert [type(value) for value in found.model[:2]] == [int, int]

    def test_a_broken_number_in_a_whole_number_column_has_no_model_value_but_is_seen_by_the_schema(self):
        found = values("int", 2.5)
        assert (found.model, found.json, notes(found)) == ([None], [2.5], [])

    @pytest.mark.parametrize(
        ("cell", "amount"),
        [(1200.0, "1200.00"), (0.1 + 0.2, "0.30"), (2.675, "2.68"), (0.125, "0.13"), (-0.125, "-0.13"), (5, "5.00")],
    )
    def test_money_has_two_decimals_rounded_as_excel_rounds(self, cell, amount):
        assert str(values("money", cell).model[0]) == amount

    @pytest.mark.parametrize("cell", [1e30, -1e300, 1e18])
    def test_absurd_sums_do_not_break_the_reading(self, cell):
        assert values("money", cell).model == [Decimal(repr(cell))]

    @pytest.mark.parametrize("kind", ["int", "num", "money", "pct"])
    @pytest.mark.parametrize("cell", [float("inf"), float("nan")])
    def test_numbers_that_are_none_do_not_break_the_reading(self, kind, cell):
        assert len(values(kind, cell).model) == 1

    @pytest.mark.parametrize(
        ("text", "number"),
        [("5", 5), ("１２", 12), (" 3.50 ", 3.5), ("1,234", 1234), ("1，234.5", 1234.5), ("-2", -2), ("+2", 2)],
    )
    def test_texts_that_plainly_mean_a_number(self, text, number):
        assert number_of(text) == number
        found = values("num", text)
        assert (found.model, notes(found)) == ([None], [(0, "text_is_number", number)])

    @pytest.mark.parametrize("text", ["五", "5天", "1.2.3", "12,34", "1,2,3", "5%", "1e5", "", "-", "9" * 400, "0x10"])
    def test_texts_that_do_not(self, text):
        assert number_of(text) is None

    def test_words_stay_for_the_schema_to_find_and_blanks_are_empty(self):
        found = values("num", "很多", "  ", True, date(2026, 6, 1))
        assert found.model == [None, None, None, None]
        assert found.json == ["很多", None, "TRUE", "2026-06-01"]


class TestDays:
    @pytest.mark.parametrize(
        "text",
        [
            "2026-06-02",
            "2026-6-2",
            "2026/6/2",
            "2026.6.2",
            "2026年6月2日",
            "2026 年 6 月 2 日",
            "20260602",
            "２０２６－６－２",
        ],
    )
    def test_texts_that_plainly_mean_a_day(self, text):
        assert date_of(text) == date(2026, 6, 2)
        assert notes(values("date", text)) == [(0, "text_is_date", date(2026, 6, 2))]

    @pytest.mark.parametrize(
        "text", ["2026-02-30", "2026-13-01", "6/2", "06-02-2026", "2026-06", "上周", "0000-01-01", ""]
    )
    def test_texts_that_do_not(self, text):
        assert date_of(text) is None

    def test_days_lose_their_time_and_moments_get_midnight(self):
        assert values("date", datetime(2026, 6, 1, 9, 5), date(2026, 6, 2)).model == [
            date(2026, 6, 1),
            date(2026, 6, 2),
        ]
        assert values("dt", date(2026, 6, 1)).model == [datetime(2026, 6, 1)]

    def test_json_of_days_and_moments_is_what_the_formats_ask_for(self):
        assert values("date", date(2026, 6, 1)).json == ["2026-06-01"]
        assert values("dt", datetime(2026, 6, 1, 9, 5)).json == ["2026-06-01T09:05:00Z"]

    @pytest.mark.parametrize(
        ("text", "moment"),
        [
            ("2026-06-08 9:10", datetime(2026, 6, 8, 9, 10)),
            ("2026/6/8 09:10:30", datetime(2026, 6, 8, 9, 10, 30)),
            ("2026年6月8日 9时10分", datetime(2026, 6, 8, 9, 10)),
            ("2026-06-08T09:10", datetime(2026, 6, 8, 9, 10)),
            ("2026-06-08 9：10", datetime(2026, 6, 8, 9, 10)),
            ("2026-06-08", datetime(2026, 6, 8)),
        ],
    )
    def test_texts_that_plainly_mean_a_moment(self, text, moment):
        assert datetime_of(text) == moment

    @pytest.mark.parametrize(
        "text", ["9:10", "2026-06-08 25:00", "2026-06-08 9:60", "2026-06-08 早上", "2026-02-30 9:10"]
    )
    def test_texts_that_mean_no_moment(self, text):
        assert datetime_of(text) is None

    def test_every_text_in_a_column_of_days_is_noted_with_or_without_a_proposal(self):
        assert notes(values("date", "上周", "20260601", "")) == [
            (0, "text_is_date", None),
            (1, "text_is_date", date(2026, 6, 1)),
        ]

    def test_a_number_that_reads_as_a_day_is_proposed(self):
        assert notes(values("date", 20260601.0)) == [(0, "text_is_date", date(2026, 6, 1))]
        assert notes(values("date", 46000.0)) == [(0, "text_is_date", None)]


class TestLists:
    def test_labels_of_the_language_are_codes_without_a_note(self):
        found = listed("priority", "zh", "高", "低", None, "高")
        assert found.model == found.json == ["high", "low", None, "high"]
        assert notes(found) == []

    @pytest.mark.parametrize(
        ("language", "cell", "kind", "label"),
        [
            ("zh", " 高 ", "stray_spaces", "高"),
            ("zh", "High", "other_language", "高"),
            ("zh", "HIGH", "other_language", "高"),
            ("zh", "high", "other_language", "高"),
            ("en", "高", "other_language", "High"),
            ("en", "high", "near_match", "High"),
            ("en", "Ｈigh", "full_width", "High"),
        ],
    )
    def test_everything_else_that_means_a_value_is_understood_and_noted(self, language, cell, kind, label):
        found = listed("priority", language, cell)
        assert found.model == ["high"]
        assert notes(found) == [(0, kind, label)]

    def test_the_own_language_wins_where_a_text_could_be_both(self):
        for name, values_of in catalogue().lists.items():
            for language in ("zh", "en"):
                labels = [value.label.in_(language) for value in values_of.values]
                assert listed(name, language, *labels).model == [value.code for value in values_of.values], name

    def test_unknown_values_stay_for_the_schema_to_find(self):
        found = listed("priority", "zh", "紧急", " 紧急 ", 5.0, True, "  ", CellError("#N/A"))
        assert found.model == [None] * 6
        assert found.json == ["紧急", "紧急", "5", "TRUE", None, None]
        assert notes(found) == [(5, "error_value", None)]

    def test_labels_with_signs_are_found_in_any_width(self):
        assert listed("compare", "zh", "≥", "＝", "=").model == ["at_least", "equals", "equals"]


class TestLaws:
    cells = st.one_of(
        st.none(),
        st.text(max_size=8),
        st.sampled_from(["高", "High", "REQ-001", "2026-06-01", "２０２６年６月１日", "1,000", "5", "；", " x ", ""]),
        st.floats(),
        st.integers(-(10**20), 10**20),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(max_value=timedelta(days=9)),
        st.sampled_from([CellError("#REF!"), CellError("#N/A")]),
    )
    kinds = st.sampled_from(["id", "text", "long", "int", "num", "money", "pct", "date", "dt", "ref", "mref"])

    @given(kinds, st.lists(cells, max_size=12))
    def test_any_cells_are_converted_one_by_one_the_same_as_together(self, kind, cells):
        together = values(kind, *cells)
        assert len(together.model) == len(together.json) == len(cells)
        json.dumps(together.json)
        for at, cell in enumerate(cells):
            alone = values(kind, cell)
            assert repr(alone.model) == repr([together.model[at]])
            assert repr(alone.json) == repr([together.json[at]])
            assert [(note.kind, repr(note.proposal)) for note in (*alone.soft, *alone.hard)] == [
                (note.kind, repr(note.proposal)) for note in (*together.soft, *together.hard) if note.at == at
            ]

    @given(st.lists(cells, max_size=12), st.sampled_from(["zh", "en"]))
    def test_the_same_for_lists(self, cells, language):
        together = listed("feasible", language, *cells)
        for at, cell in enumerate(cells):
            alone = listed("feasible", language, cell)
            assert (alone.model, alone.json) == ([together.model[at]], [together.json[at]])

    @given(kinds, st.lists(cells, max_size=12))
    def test_a_repair_is_itself_in_order(self, kind, cells):
        found = values(kind, *cells)
        for note in (*found.soft, *found.hard):
            if note.proposal is not None:
                again = values(kind, note.proposal)
                assert (again.soft, again.hard) == ([], [])
                assert again.model != [None]

    @given(kinds, st.lists(cells, max_size=12))
    def test_an_error_value_is_always_noted(self, kind, cells):
        noted = {note.at for note in values(kind, *cells).hard if note.kind == "error_value"}
        assert noted == {at for at, cell in enumerate(cells) if isinstance(cell, CellError)}

    @given(st.text())
    def test_folding_twice_is_folding_once(self, text):
        assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("cell", "text"), [(None, ""), (3.0, "3"), (0.5, "0.5"), (True, "TRUE"), (False, "FALSE"), ("x", "x")]
)
def test_a_cell_as_the_text_that_a_user_sees(cell, text):
    assert as_text(cell) == text
