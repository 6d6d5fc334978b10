"""The texts of the shipped schemas, and copies of them with one thing spoiled."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

SCHEMAS = Path(__file__).resolve().parents[2] / "schemas"


@lru_cache(maxsize=1)
def texts() -> dict[str, str]:
    return {path.relative_to(SCHEMAS).as_posix(): path.read_text("utf-8") for path in sorted(SCHEMAS.rglob("*.yaml"))}


def value(file: str) -> Any:
    return yaml.safe_load(texts()[file])


SMALL = {
    "lists.yaml": """
lists:
  state:
    - {code: open, zh: "开", en: "Open"}
    - {code: shut, zh: "关", en: "Shut"}
  colour:
    - {code: red, zh: "红", en: "Red"}
    - {code: blue, zh: "蓝", en: "Blue"}
  parameter_unit:
    - {code: day, zh: "天", en: "days"}
table_lists:
  colour_by_state: [state, colour]
tables:
  colour_by_state:
    - [open, red]
    - [shut, blue]
transitions:
  state:
    open: [shut]
    shut: []
""",
    "messages.yaml": """
checks:
  required:
    message: {zh: "单元格 {cell} 没有填写。", en: "Cell {cell} is empty."}
    hint: {zh: "请填写。", en: "Fill it in."}
rules:
  DOR-01:
    name: {zh: "门没关", en: "Door open"}
    message: {zh: "门 {key} 已开 {days} 天。", en: "Door {key} has been open for {days} days."}
    hint: {zh: "请关门。", en: "Shut it."}
    fields: [key, days]
    parameters: [door_days]
  DOR-01.wide:
    name: {zh: "门没关", en: "Door open"}
    message: {zh: "门 {key} 大开。", en: "Door {key} is wide open."}
    hint: {zh: "请关门。", en: "Shut it."}
    fields: [key]
""",
    "parameters.yaml": """
parameters:
  - key: door_days
    group: doors
    type: days
    default: 3
    unit: day
    minimum: 0
    maximum: 9
    label: {zh: "开门天数", en: "Days open"}
    description: {zh: "超过时提示。", en: "Reported above it."}
    rules: [DOR-01]
""",
    "sheets/doors.yaml": """
$schema: https://json-schema.org/draft/2020-12/schema
$id: doors
type: object
x-sheet:
  label: {zh: "门", en: "Doors"}
  purpose: {zh: "每扇门一行。", en: "One row a door."}
  kind: business
  group: project
  order: 1
  key: door_id
  prefix: DOR
  title: name
  unique: [[name, state]]
required: [door_id, state]
properties:
  door_id:
    type: string
    pattern: '^DOR-[0-9]{3}$'
    x-kind: id
    x-label: {zh: "门号", en: "Door ID"}
    x-need: required
    x-order: 1
    x-width: 12
    x-hint: {zh: "例如 DOR-001。", en: "For example DOR-001."}
  name:
    type: string
    x-kind: text
    x-label: {zh: "名称", en: "Name"}
    x-need: optional
    x-order: 2
    x-width: 12
    x-hint: {zh: "名称。", en: "Its name."}
  state:
    type: string
    x-kind: enum
    x-label: {zh: "状态", en: "State"}
    x-need: required
    x-order: 3
    x-width: 12
    x-list: state
    x-default: open
    x-hint: {zh: "开或关。", en: "Open or shut."}
  colour:
    type: string
    x-kind: enum
    x-label: {zh: "颜色", en: "Colour"}
    x-need: conditional
    x-order: 4
    x-width: 12
    x-list: colour
    x-hint: {zh: "颜色。", en: "Its colour."}
  opened_on:
    type: string
    format: date
    x-kind: date
    x-label: {zh: "打开日期", en: "Opened on"}
    x-need: optional
    x-order: 5
    x-width: 12
    x-default: status_date
    x-hint: {zh: "日期。", en: "The day."}
  next_door:
    type: string
    x-kind: ref
    x-label: {zh: "邻门", en: "Next door"}
    x-need: optional
    x-order: 6
    x-width: 12
    x-reference: {sheet: doors, same: [colour], where: {state: [open]}, not_itself: true}
    x-hint: {zh: "邻门编号。", en: "The next door."}
  width:
    type: number
    minimum: 1
    x-kind: num
    x-label: {zh: "宽度", en: "Width"}
    x-need: computed
    x-order: 7
    x-width: 12
    x-computed: C01
    x-hint: {zh: "自动计算。", en: "Computed."}
allOf:
  - x-rule: V01
    x-when: {zh: "状态为“开”", en: "it is open"}
    if: {required: [state], properties: {state: {const: open}}}
    then: {required: [colour]}
    x-covered-by: {colour: DOR-01}
  - x-rule: V06
    x-when: {zh: "状态为“关”", en: "it is shut"}
    if: {required: [state], properties: {state: {const: shut}}}
    then: {not: {required: [opened_on]}}
    x-column: opened_on
    x-message: {zh: "单元格 {cell} 填了 {value}，但门已关。", en: "Cell {cell} holds {value}, but it is shut."}
    x-hint: {zh: "请清空 {cell}。", en: "Clear {cell}."}
x-checks:
  - {check: pairs, columns: [state, colour], table: colour_by_state}
""",
}
"""A small sound set of schemas, one of everything that the meta-checks look at."""


def spoiled(file: str, old: str, new: str) -> dict[str, str]:
    """The small set with one text replaced, which must be there exactly once."""
    assert SMALL[file].count(old) == 1, (file, old, SMALL[file].count(old))
    return {**SMALL, file: SMALL[file].replace(old, new)}
