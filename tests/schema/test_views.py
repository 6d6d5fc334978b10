"""Checks of analysis sheets in the schemas: their orders, and charts, colours and grids."""

from __future__ import annotations

import pytest

from automation.schema import meta
from automation.schema.catalogue import parse
from tests.schema.shipped import SMALL

FILE = "sheets/widths.yaml"
WIDTHS = """
$schema: https://json-schema.org/draft/2020-12/schema
$id: widths
type: object
x-sheet:
  label: {zh: "宽度表", en: "Widths"}
  purpose: {zh: "按颜色。", en: "By colour."}
  kind: analysis
  group: analysis
  order: 101
  key: colour
required: []
x-charts:
  - {kind: line, title: {zh: "图", en: "Chart"}, categories: colour, series: [mean], secondary: [share]}
x-heat:
  - {columns: [mean], scale: ['#FFFFFF', '#C93A32'], at: [0, 100]}
  - {columns: [colour], formula: '[mean]>2+{state.open}', look: poor}
  - {grid: true, levels: [{from: 1, look: good}]}
x-grid: {columns: 3, width: 4}
properties:
  colour:
    {type: string, x-kind: enum, x-list: colour, x-label: {zh: "颜色", en: "Colour"}, x-need: computed, x-order: 1,
     x-width: 12, x-computed: C01, x-hint: {zh: "颜色。", en: "The colour."}}
  mean:
    {type: number, x-kind: num, x-label: {zh: "平均", en: "Mean"}, x-need: computed, x-order: 2, x-width: 12,
     x-computed: C01, x-hint: {zh: "平均。", en: "The mean."}}
  share:
    {type: number, x-kind: pct, x-label: {zh: "比例", en: "Share"}, x-need: computed, x-order: 3, x-width: 12,
     x-folded: true, x-number-format: '0', x-computed: C01, x-hint: {zh: "比例。", en: "The share."}}
"""
SOUND = {**SMALL, FILE: WIDTHS}


def sentences(texts):
    return [one.in_("en") for one in meta.check(texts)]


def test_an_analysis_sheet_with_everything_is_sound():
    assert sentences(SOUND) == []


def test_it_is_in_the_catalogue_with_what_it_shows():
    sheet = parse(SOUND).sheets["widths"]
    assert parse(SOUND).analyses == (sheet,)
    assert (len(sheet.view.charts), len(sheet.view.heat), sheet.view.grid["columns"]) == (1, 3, 3)
    assert (sheet.column("share").folded, sheet.column("share").number_format) == (True, "0")


def test_a_sheet_that_people_fill_in_shows_nothing_besides_its_table():
    assert parse(SOUND).sheets["doors"].view.charts == ()
    texts = {**SMALL, "sheets/doors.yaml": SMALL["sheets/doors.yaml"] + "x-grid: {columns: 3, width: 4}\n"}
    assert any("x-grid" in one for one in sentences(texts))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("order: 101", "order: 2", "the orders of analysis sheets should begin at 101 and differ: 2"),
        ("required: []", "required: [colour]", "required"),
        ("x-need: computed, x-order: 2", "x-need: optional, x-order: 2", "properties.mean.x-need"),
        ("group: analysis", "group: project", "x-sheet.group"),
        ("kind: line", "kind: bar", "x-charts.0.kind: 'bar' is not one of"),
        ("kind: line", "kind: pie", "'pie' is not one of"),
        ("categories: colour", "categories: hue", "x-charts.0.categories: there is no column 'hue'"),
        ("series: [mean]", "series: [colour]", "x-charts.0.series: the column 'colour' holds no numbers"),
        ("secondary: [share]", "secondary: [part]", "x-charts.0.series: there is no column 'part'"),
        ("{columns: [mean], scale", "{columns: [means], scale", "x-heat.0.columns: there is no column 'means'"),
        ("at: [0, 100]", "at: [0, 50, 100]", "x-heat.0.at: at and scale should be as many"),
        ("'#FFFFFF', '#C93A32'", "white, red", "x-heat.0.scale.0"),
        ("[mean]>2", "[meen]>2", "x-heat.1.formula: there is no column 'meen'"),
        ("{state.open}", "{state.ajar}", "x-heat.1.formula: there is no code 'state.ajar'"),
        (", look: poor", "", "x-heat.1"),
        ("x-grid: {columns: 3, width: 4}\n", "", "x-heat.2: this sheet has no x-grid"),
        ("grid: true, levels", "grid: true, columns: [mean], levels", "x-heat.2"),
    ],
)
def test_what_is_wrong_is_named(old, new, expected):
    assert WIDTHS.count(old) == 1
    found = sentences({**SOUND, FILE: WIDTHS.replace(old, new)})
    assert any(expected in one for one in found), found


def test_two_analysis_sheets_with_one_order_are_named():
    other = WIDTHS.replace("$id: widths", "$id: others").replace("Widths", "Others").replace("宽度表", "其他表")
    found = sentences({**SOUND, "sheets/others.yaml": other})
    assert found == ["sheets: x-sheet.order: the orders of analysis sheets should begin at 101 and differ: 101."]
