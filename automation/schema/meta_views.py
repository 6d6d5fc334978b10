"""Checks of analysis sheets in ``schemas/``: their places among each other, and what they show besides their table.

Not here: the form (``schema.metaschema_views``), and what holds for every sheet (``schema.meta_sheets``).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from automation.schema.meta_problem import problem, repeated
from automation.schema.meta_texts import codes_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.schema.meta_problem import SchemaProblem

ANALYSIS = "analysis"
FIRST_ORDER = 101
"""The order of the first analysis sheet; numbers may be left out, so that a new one finds its place."""
NUMBERS = frozenset({"int", "num", "money", "pct"})
"""Kinds of columns that a chart or a scale of colours can show."""
_COLUMN = re.compile(r"\[([^\]]*)\]")
_CODE = re.compile(r"\{([^}]*)\}")


def order_problems(files: Mapping[str, Mapping[str, Any]]) -> Iterator[SchemaProblem]:
    """Analysis sheets that share an order, or whose order is one of the other sheets'."""
    orders = [head["order"] for sheet in files.values() if (head := sheet["x-sheet"])["kind"] == ANALYSIS]
    for order in sorted({*repeated(orders), *(order for order in orders if order < FIRST_ORDER)}):
        yield problem(
            "sheets",
            "x-sheet.order",
            zh=f"分析表的序号应从 {FIRST_ORDER} 起且互不相同：{order}。",
            en=f"the orders of analysis sheets should begin at {FIRST_ORDER} and differ: {order}.",
        )


def view_problems(file: str, sheet: Mapping[str, Any], lists: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Charts and colours that name columns which are not there or hold no numbers, and formulas with unknown codes."""
    for number, chart in enumerate(sheet.get("x-charts", ())):
        key = f"x-charts.{number}"
        yield from _unknown(file, f"{key}.categories", [chart["categories"]], sheet)
        yield from _numbers(file, f"{key}.series", [*chart["series"], *chart.get("secondary", ())], sheet)
    for number, heat in enumerate(sheet.get("x-heat", ())):
        key = f"x-heat.{number}"
        if "formula" in heat:
            yield from _unknown(file, f"{key}.columns", heat.get("columns", ()), sheet)
            yield from _unknown(file, f"{key}.formula", _COLUMN.findall(heat["formula"]), sheet)
            yield from _codes(file, f"{key}.formula", heat["formula"], lists)
        else:
            yield from _numbers(file, f"{key}.columns", heat.get("columns", ()), sheet)
        if "grid" in heat and "x-grid" not in sheet:
            yield problem(file, key, zh="这张表没有 x-grid。", en="this sheet has no x-grid.")
        if "at" in heat and len(heat["at"]) != len(heat["scale"]):
            yield problem(file, f"{key}.at", zh="at 与 scale 的个数应相同。", en="at and scale should be as many.")


def _unknown(file: str, key: str, names: Any, sheet: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    for name in names:
        if name not in sheet["properties"]:
            yield problem(file, key, zh=f"没有列“{name}”。", en=f"there is no column '{name}'.")


def _numbers(file: str, key: str, names: Any, sheet: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    yield from _unknown(file, key, names, sheet)
    for name in names:
        if name in sheet["properties"] and sheet["properties"][name]["x-kind"] not in NUMBERS:
            yield problem(file, key, zh=f"列“{name}”不是数字。", en=f"the column '{name}' holds no numbers.")


def _codes(file: str, key: str, formula: str, lists: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    for name in _CODE.findall(formula):
        owner, _, code = name.partition(".")
        if code not in codes_of(lists, owner):
            yield problem(file, key, zh=f"没有代码“{name}”。", en=f"there is no code '{name}'.")
