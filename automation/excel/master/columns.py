"""Help and data validation of one column of the master workbook.

Validation in Excel is guidance while typing: pasting passes it by, so ``check`` remains the judge.
Not here: formats (``look``) and the sheets themselves (``sheets``).
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from automation.base.findings import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from automation.base.findings import Language
    from automation.excel.master.places import Places
    from automation.schema.catalogue import Column, Sheet

TITLE_LENGTH: Final = 32
MESSAGE_LENGTH: Final = 255
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)
LARGEST: Final = 1_000_000_000_000

SPECIAL: Final = frozenset({"any_id", "ids", "links", "milestone_weights", "resource_use"})
"""``x-format`` values whose spelling is worth a tip on every cell."""

_NEEDS: Final = {
    "required": Text("【必填】", "[Required]"),
    "conditional": Text("【条件必填】", "[Required in some cases]"),
    "optional": Text("【选填】", "[Optional]"),
    "computed": Text(
        "🔒【自动计算】由交付簿填写，请勿手工输入。", "🔒 [Computed] Filled in by Deliverybook; do not type here."
    ),
}
_KEY: Final = Text("【必填】本行编号，不得重复。", "[Required] The row's id; must be unique.")
_WHEN: Final = Text("必填条件：{}。", "Needed when: {}.")
_ALLOWED: Final = Text("可选：{}。", "One of: {}.")
_REFERS: Final = Text("填写“{}”表中的编号。", "An id from the sheet “{}”.")
_REFERS_MANY: Final = Text(
    "填写“{}”表中的编号，多个用英文分号 ; 隔开。", "Ids from the sheet “{}”, separated by semicolons."
)
_KINDS: Final = {
    "date": Text("日期，例如 2026-06-12。", "A date, for example 2026-06-12."),
    "dt": Text("日期和时间，例如 2026-06-08 09:10。", "Date and time, for example 2026-06-08 09:10."),
    "pct": Text("百分数，0 到 100，只填数字。", "Percentage, 0 to 100, digits only."),
    "money": Text("金额，只填数字。", "Amount, digits only."),
    "int": Text("整数。", "Whole number."),
    "num": Text("数字。", "Number."),
}
_RANGES: Final = {
    "between": Text("取值范围 {} 到 {}。", "Between {} and {}."),
    ">=": Text("不小于 {}。", "At least {}."),
    "<=": Text("不大于 {}。", "At most {}."),
    ">": Text("大于 {}。", "More than {}."),
    "<": Text("小于 {}。", "Less than {}."),
}
_LENGTHS: Final = {
    "between": Text("长度 {} 到 {} 个字符。", "{} to {} characters."),
    ">=": Text("至少 {} 个字符。", "At least {} characters."),
    "<=": Text("最多 {} 个字符。", "At most {} characters."),
}
_PATTERN: Final = Text("形如 {}-001，不得重复。", "Like {}-001, unique.")
_REFUSED: Final = Text("本列自动计算", "Computed column")
_REFUSED_WHY: Final = Text(
    "本列由交付簿（Deliverybook）计算，不能手工输入。请点“取消”，需要更新时运行检查或重排。",
    "Deliverybook computes this column, so it cannot be typed. Choose Cancel; run the check or reschedule to update it.",
)
_NOT_LISTED: Final = Text("不在列表中", "Not in the list")
_NOT_LISTED_WHY: Final = Text(
    "请从下拉列表中选择。如需增加选项，请先在“{}”表中登记。",
    "Choose a value from the drop-down list. To add one, enter it on the sheet “{}” first.",
)
_UNKNOWN: Final = Text("编号不存在", "Unknown id")
_UNKNOWN_WHY: Final = Text(
    "“{}”表中没有这个编号。请先在该表登记，或从下拉列表中选择。",
    "The sheet “{}” has no such id. Enter it there first or choose one from the drop-down list.",
)
_DOUBTFUL: Final = Text("请核对输入", "Please check")


def help_text(sheet: Sheet, column: Column, places: Places) -> str:
    """What the header's tip says: need, hint, condition and what is allowed, at most 255 characters."""
    language = places.language
    need = _KEY if column.id == sheet.key and sheet.kind == "business" else _NEEDS[column.need]
    parts = [
        need.in_(language),
        column.hint.in_(language),
        *(_WHEN.in_(language).format(when) for when in _conditions(sheet, column, language)),
        _allowed(column, places),
    ]
    return fitted(part for part in parts if part)


def validation(sheet: Sheet, column: Column, places: Places) -> dict[str, Any] | None:
    """XlsxWriter's options for the cells of the column; None where anything may be typed and no tip is due."""
    language = places.language
    rule = _rule(sheet, column, places)
    if column.need != "computed" and (column.id == sheet.key or column.format in SPECIAL or "pattern" in column.schema):
        tip = fitted(part for part in (column.hint.in_(language), _allowed(column, places)) if part)
        if tip:
            rule = (rule or {"validate": "any"}) | {"input_title": title(column, language), "input_message": tip}
    return rule


def title(column: Column, language: Language) -> str:
    """The column's label as the title of a tip, at most 32 characters."""
    return column.label.in_(language)[:TITLE_LENGTH]


def fitted(parts: Iterable[str]) -> str:
    """Parts as lines of one tip; what would not fit into 255 characters ends in an ellipsis."""
    text = "\n".join(parts)
    return text if len(text) < MESSAGE_LENGTH else text[: MESSAGE_LENGTH - 2] + "…"


def limits(column: Column) -> tuple[str, list[float]] | None:
    """The criterion and bounds that the column's JSON schema states for a number; None without bounds."""
    schema = column.schema
    if "minimum" in schema and "maximum" in schema:
        return "between", [schema["minimum"], schema["maximum"]]
    for keyword, sign in (("minimum", ">="), ("exclusiveMinimum", ">"), ("maximum", "<="), ("exclusiveMaximum", "<")):
        if keyword in schema:
            return sign, [schema[keyword]]
    return None


def lengths(column: Column) -> tuple[str, list[int]] | None:
    """The criterion and bounds for the length of a text; None without bounds."""
    shortest, longest = column.schema.get("minLength"), column.schema.get("maxLength")
    if shortest and longest:
        return "between", [shortest, longest]
    if longest:
        return "<=", [longest]
    return (">=", [shortest]) if shortest and shortest > 1 else None


def _conditions(sheet: Sheet, column: Column, language: Language) -> list[str]:
    if column.need != "conditional":
        return []
    found = (
        condition.when.in_(language).rstrip("。.")
        for condition in sheet.conditions
        if column.id in condition.then.get("required", ())
    )
    return [when for when in dict.fromkeys(found) if when]


def _allowed(column: Column, places: Places) -> str:
    language = places.language
    if column.list and column.need != "computed":
        values = places.catalogue.lists[column.list].values
        joint = "、" if language == "zh" else ", "
        return _ALLOWED.in_(language).format(joint.join(value.label.in_(language) for value in values))
    if column.reference and column.need != "computed":
        words = _REFERS_MANY if column.reference.many else _REFERS
        return words.in_(language).format(places.name(column.reference.sheet))
    if column.kind in _KINDS:
        bounds = limits(column) if column.kind not in {"date", "dt", "pct"} else None
        kind = _KINDS[column.kind].in_(language)
        space = "" if language == "zh" else " "
        return f"{kind}{space}{_RANGES[bounds[0]].in_(language).format(*bounds[1])}" if bounds else kind
    length = lengths(column)
    return _LENGTHS[length[0]].in_(language).format(*length[1]) if length else ""


def _rule(sheet: Sheet, column: Column, places: Places) -> dict[str, Any] | None:
    language = places.language
    if column.need == "computed":
        return {
            "validate": "custom",
            "value": "=FALSE",
            "ignore_blank": False,
            "error_title": _REFUSED.in_(language),
            "error_message": _REFUSED_WHY.in_(language),
        }
    if column.list:
        return {
            "validate": "list",
            "source": f"=list_{column.list}",
            "error_title": _NOT_LISTED.in_(language),
            "error_message": _NOT_LISTED_WHY.in_(language).format(places.name("lists")),
        }
    if column.reference and not column.reference.many:
        return {
            "validate": "list",
            "source": f"=ref_{column.reference.sheet}",
            "error_type": "warning",
            "error_title": _UNKNOWN.in_(language),
            "error_message": _UNKNOWN_WHY.in_(language).format(places.name(column.reference.sheet)),
        }
    rule = _id_rule(sheet, column, places) or _typed_rule(column)
    if rule is None:
        return None
    message = _allowed(column, places) or column.hint.in_(language)
    if rule["validate"] == "custom":
        message = _PATTERN.in_(language).format(sheet.prefix.rstrip("-"))
    return {
        "error_type": "warning",
        "error_title": _DOUBTFUL.in_(language),
        "error_message": fitted([message]),
    } | rule


def _id_rule(sheet: Sheet, column: Column, places: Places) -> dict[str, Any] | None:
    """An id that starts with the sheet's prefix and stands only once in its column."""
    if column.id != sheet.key or not sheet.prefix:
        return None
    prefix, letter = sheet.prefix.rstrip("-") + "-", places.letter(sheet.id, column.id)
    formula = (
        f'=AND(EXACT(LEFT({letter}2,{len(prefix)}),"{prefix}"),LEN({letter}2)>={len(prefix) + 3},'
        f"COUNTIF(${letter}:${letter},{letter}2)=1)"
    )
    return {"validate": "custom", "value": formula}


def _typed_rule(column: Column) -> dict[str, Any] | None:
    if column.kind in {"date", "dt"}:
        return {"validate": "date", "criteria": "between", "minimum": EARLIEST, "maximum": LATEST}
    if column.kind in {"int", "num", "money", "pct"}:
        sign, bounds = limits(column) or ("between", [-LARGEST, LARGEST])
        return {"validate": "integer" if column.kind == "int" else "decimal"} | _bounded(sign, bounds)
    length = lengths(column)
    return {"validate": "length"} | _bounded(*length) if length else None


def _bounded(sign: str, bounds: list[float] | list[int]) -> dict[str, Any]:
    if len(bounds) > 1:
        return {"criteria": sign, "minimum": bounds[0], "maximum": bounds[1]}
    return {"criteria": sign, "value": bounds[0]}
