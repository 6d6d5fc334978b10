"""The Gantt's bars: LibreOffice evaluates the conditions of its formats, cell by cell, on a plan that was drawn."""

from __future__ import annotations

import openpyxl
import pytest
from openpyxl.formula.translate import Translator
from openpyxl.utils import get_column_letter

from automation.excel.master import gantt as looks
from tests.commands.test_gantt import drawn, workbook
from tests.excel.master.built import LANGUAGES, fresh, opened

FIRST, TOP = 15, 7
"""Column and row of the first cell of the grid."""
AWAY = 60
"""So many columns to the right the conditions are evaluated as formulas."""
PLAN = """
projects
 project_id | name | start_planned | project_manager
 PRJ-001    | Refit | 2026-06-01   | RES-001
plan
 task_id | wbs | name | phase      | kind      | duration | predecessors | actual_start | actual_finish | percent_complete | baseline_start | baseline_finish
 T-001   | 1.1 | a    | initiation | task      | 5        |              | 2026-06-01   | 2026-06-05    | 100              | 2026-06-01     | 2026-06-03
 T-002   | 1.2 | b    | initiation | task      | 8        | T-001        | 2026-06-08   |               | 50               | 2026-06-04     | 2026-06-10
 T-003   | 1.3 | c    | initiation | milestone | 0        | T-002        |              |               | 0                | 2026-06-10     | 2026-06-10
 T-004   | 1.4 | d    | initiation | task      | 3        |              | 2026-06-09   |               | 40               |                |
"""
# From Monday 1 June to Thursday 18 June; the status date is Friday the 12th.
# # done, = to do, capitals of it critical; P phase done, p phase; b baseline alone; * milestone, o its baseline; | status
# date, . days off, , nothing.
PICTURE = """
 1  2  3  4  5  6  7  8  9 10 11 12 13 14 15 16 17 18
 P  P  P  P  P  P  P  P  P  P  p  p  p  p  p  p  p  p
 C  C  C  C  C  .  .  ,  ,  ,  ,  |  .  .  ,  ,  ,  ,
 ,  ,  ,  b  b  b  b  C  C  C  C  c  c  c  c  c  c  c
 ,  ,  ,  ,  ,  .  .  ,  ,  o  ,  |  .  .  ,  ,  ,  *
 ,  ,  ,  ,  ,  .  .  ,  #  #  =  =  =  =  =  =  ,  ,
"""


def sign(rule):
    """What a format looks like, as a letter of the picture."""
    fills = {
        looks.DONE: "#",
        looks.TODO: "=",
        looks.CRITICAL_DONE: "C",
        looks.CRITICAL: "c",
        looks.PHASE_DONE: "P",
        looks.PHASE: "p",
        looks.BASELINE: "b",
        looks.OFF: ".",
        looks.TODAY: "|",
    }
    if rule.dxf.numFmt is not None:
        return "*" if rule.dxf.font.b else "o"
    if rule.dxf.fill is None:
        return ","
    return fills[f"#{rule.dxf.fill.bgColor.rgb[2:]}"]


def grid_rules(sheet):
    """The formats of the grid in the order in which they are tried."""
    corner = f"{get_column_letter(FIRST)}{TOP}:"
    (found,) = [area.rules for area in sheet.conditional_formatting if str(area.sqref).startswith(corner)]
    return sorted(found, key=lambda rule: rule.priority)


def evaluated(path, libreoffice, rows, columns):
    """The number of the first format that holds in each cell of the grid, by LibreOffice."""
    book = openpyxl.load_workbook(path)
    sheet = book["甘特图"]
    rules = grid_rules(sheet)
    corner = f"{get_column_letter(FIRST)}{TOP}"
    for row in range(TOP, TOP + rows):
        for column in range(FIRST, FIRST + columns):
            conditions = [
                Translator(f"={rule.formula[0]}", corner).translate_formula(f"{get_column_letter(column)}{row}")[1:]
                for rule in rules
            ]
            text = ",".join(f"{condition},{number}" for number, condition in enumerate(conditions))
            sheet.cell(row, column + AWAY, f"=_xlfn.IFS({text},TRUE,-1)")
    book.save(path)
    computed = openpyxl.load_workbook(libreoffice(path, to="xlsx:Calc MS Excel 2007 XML"), data_only=True)["甘特图"]
    return rules, [
        [computed.cell(row, column + AWAY).value for column in range(FIRST, FIRST + columns)]
        for row in range(TOP, TOP + rows)
    ]


def test_every_cell_looks_as_the_plan_says(tmp_path, libreoffice):
    path = workbook(tmp_path, PLAN)
    drawn(path)
    lines = [line.split() for line in PICTURE.strip().splitlines()]
    rules, found = evaluated(path, libreoffice, len(lines) - 1, len(lines[0]))
    picture = [["," if number < 0 else sign(rules[number]) for number in row] for row in found]
    assert ["  ".join(row) for row in picture] == ["  ".join(row) for row in lines[1:]]


def test_where_bars_cover_the_baseline_they_have_its_lines_and_the_status_date_goes_through(tmp_path, libreoffice):
    path = workbook(tmp_path, PLAN)
    drawn(path)
    rules, found = evaluated(path, libreoffice, 5, 18)

    def edges(row, day):
        border = rules[found[row][day - 1]].dxf.border
        return border.top.color.rgb[2:] == looks.FRAME[1:], bool(border.right and border.right.style)

    assert edges(1, 3) == (True, False)
    assert edges(1, 4) == (False, False)
    assert edges(2, 10) == (True, False)
    assert edges(2, 12) == (False, True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_legend_names_what_is_drawn(language):
    sheet = opened(fresh(language))[{"zh": "甘特图", "en": "Gantt"}[language]]
    legend = str(sheet["O1"].value)
    for text in {
        "zh": ("已完成", "基线", "里程碑", "状态日期"),
        "en": ("done", "baseline", "milestone", "status date"),
    }[language]:
        assert text in legend


def test_the_formats_reach_as_many_rows_as_the_table_may_have():
    sheet = opened(fresh("zh"))["甘特图"]
    areas = {str(area.sqref) for area in sheet.conditional_formatting}
    assert {"O7:ED5000", "O6:ED6", "H7:H5000", "A7:M5000"} <= areas
