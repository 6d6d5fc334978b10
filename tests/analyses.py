"""One analysis sheet with everything that such a sheet may have, beside the shipped ones, and workbooks that have it."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from automation.excel.master.building import build
from automation.schema.catalogue import parse
from tests.schema.shipped import texts

if TYPE_CHECKING:
    from pathlib import Path

FILE = "sheets/trend.yaml"
SAMPLE = """
$schema: https://json-schema.org/draft/2020-12/schema
$id: trend
type: object
x-sheet:
  label: {zh: "走势", en: "Trend"}
  purpose: {zh: "按月。", en: "By month."}
  kind: analysis
  group: analysis
  order: 901
  key: month
  title: month
required: []
x-charts:
  - {kind: line, title: {zh: "走势图", en: "Trends"}, categories: month, series: [planned, actual], secondary: [share]}
  - {kind: column, title: {zh: "实际", en: "Actual"}, categories: month, series: [actual], secondary: [share], height: 220}
x-heat:
  - {columns: [planned, actual], scale: ['#FFFFFF', '#C93A32'], at: [0, 100]}
  - {columns: [share], levels: [{from: 100, look: poor}, {from: 80, look: fair}]}
  - {columns: [planned], bar: '#2F5F9E'}
  - {columns: [month], formula: '[level]={risk_level.high}', look: strong}
  - {grid: true, levels: [{from: 100, look: poor}]}
x-grid: {columns: 4, width: 5, number_format: '0'}
properties:
  month:
    {type: string, x-kind: text, x-label: {zh: "月份", en: "Month"}, x-need: computed, x-order: 1, x-width: 12,
     x-computed: C31, x-hint: {zh: "月份。", en: "The month."}}
  planned:
    {type: number, x-kind: num, x-label: {zh: "计划", en: "Planned"}, x-need: computed, x-order: 2, x-width: 12,
     x-number-format: '#,##0', x-computed: C31, x-hint: {zh: "计划数。", en: "Planned."}}
  actual:
    {type: number, x-kind: num, x-label: {zh: "实际", en: "Actual"}, x-need: computed, x-order: 3, x-width: 12,
     x-computed: C31, x-hint: {zh: "实际数。", en: "Actual."}}
  share:
    {type: number, x-kind: pct, x-label: {zh: "达成率", en: "Share"}, x-need: computed, x-order: 4, x-width: 12,
     x-computed: C31, x-hint: {zh: "百分比。", en: "In percent."}}
  level:
    {type: string, x-kind: enum, x-label: {zh: "等级", en: "Level"}, x-need: computed, x-order: 5, x-width: 12,
     x-list: risk_level, x-folded: true, x-computed: C31, x-hint: {zh: "等级。", en: "The level."}}
  day:
    {type: string, format: date, x-kind: date, x-label: {zh: "日期", en: "Day"}, x-need: computed, x-order: 6,
     x-width: 12, x-computed: C31, x-hint: {zh: "日期。", en: "The day."}}
"""


@cache
def with_sample():
    """The shipped catalogue and the sample sheet."""
    return parse({**texts(), FILE: SAMPLE})


@cache
def content(language):
    """The bytes of a fresh workbook that has the sample sheet."""
    target = BytesIO()
    build(with_sample(), language=language, path=target)
    return target.getvalue()


def book(folder: Path, language="zh") -> Path:
    """A fresh workbook with the sample sheet as a file."""
    path = folder / "book.xlsx"
    path.write_bytes(content(language))
    return path
