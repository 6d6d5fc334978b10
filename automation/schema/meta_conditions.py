"""Checks of the conditions (if/then) and cross-column checks of a sheet in ``schemas/``.

Not here: columns and references (``schema.meta_sheets``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from automation.schema.meta_problem import problem
from automation.schema.meta_texts import codes_of, placeholders, template_problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.schema.meta_problem import SchemaProblem

TEMPLATE_FIELDS = frozenset({"cell", "label", "value", "key"})
"""Fields that a condition's own message may use."""


def condition_problems(file: str, sheet: Mapping[str, Any], lists: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Conditions with unknown columns or codes, that hold for empty cells, or whose message cannot be filled."""
    columns = sheet["properties"]
    for number, entry in enumerate(sheet.get("allOf", ())):
        key = f"allOf.{number}"
        for part in ("if", "then"):
            yield from _schema_problems(file, f"{key}.{part}", entry[part], (columns, lists))
        yield from _unguarded(file, f"{key}.if", entry["if"])
        named = [*entry.get("x-alternatives", ()), *filter(None, [entry.get("x-column")])]
        for name in named:
            if name not in columns:
                yield _no_column(file, key, name)
        for name in sorted(set(entry.get("x-covered-by", ())) - set(entry["then"].get("required", ()))):
            yield problem(
                file,
                f"{key}.x-covered-by",
                zh=f"then.required 中没有列“{name}”。",
                en=f"then.required does not name the column '{name}'.",
            )
        yield from template_problems(file, key, entry)
        for part in ("x-message", "x-hint"):
            unknown = placeholders(entry[part]["zh"]) - TEMPLATE_FIELDS if part in entry else ()
            for field in sorted(unknown):
                yield problem(
                    file, f"{key}.{part}", zh=f"没有占位符“{field}”。", en=f"there is no field '{field}' here."
                )


def _no_column(file: str, key: str, name: str) -> SchemaProblem:
    return problem(file, key, zh=f"没有列“{name}”。", en=f"there is no column '{name}'.")


def _schema_problems(
    file: str, key: str, schema: Mapping[str, Any], world: tuple[Mapping[str, Any], Mapping[str, Any]]
) -> Iterator[SchemaProblem]:
    """Unknown columns and codes in a schema about a whole row, and in those that it is made of."""
    columns, lists = world
    for name in (*schema.get("required", ()), *schema.get("properties", ())):
        if name not in columns:
            yield _no_column(file, key, name)
    for name, part in schema.get("properties", {}).items():
        owner = columns.get(name, {}).get("x-list")
        for code in _codes(part) if owner else ():
            if code not in codes_of(lists, owner):
                yield problem(
                    file,
                    f"{key}.{name}",
                    zh=f"列表“{owner}”中没有代码“{code}”。",
                    en=f"the list '{owner}' has no code '{code}'.",
                )
    for keyword in ("not", "if", "then", "else"):
        if isinstance(schema.get(keyword), dict):
            yield from _schema_problems(file, f"{key}.{keyword}", schema[keyword], world)
    for keyword in ("anyOf", "allOf", "oneOf"):
        for number, part in enumerate(schema.get(keyword, ())):
            yield from _schema_problems(file, f"{key}.{keyword}.{number}", part, world)


def _codes(schema: Mapping[str, Any]) -> Iterator[Any]:
    yield from schema.get("enum", ())
    if "const" in schema:
        yield schema["const"]
    if "not" in schema:
        yield from _codes(schema["not"])


def _unguarded(file: str, key: str, schema: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Columns that an ``if`` looks at without requiring them: an empty cell would make the condition true."""
    for name in schema.get("properties", ()):
        if name not in schema.get("required", ()):
            yield problem(
                file,
                key,
                zh=f"列“{name}”为空时条件也会成立，请把它写入 required。",
                en=f"the condition also holds when '{name}' is empty; name it in required.",
            )
    for keyword in ("anyOf", "allOf", "oneOf"):
        for number, part in enumerate(schema.get(keyword, ())):
            yield from _unguarded(file, f"{key}.{keyword}.{number}", part)


def need_problems(file: str, sheet: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Conditional columns that no condition makes necessary, and computed ones that a condition asks for."""
    columns, asked = sheet["properties"], set()
    for entry in sheet.get("allOf", ()):
        if entry["x-rule"] == "V01":
            asked |= {*entry["then"]["required"], *entry.get("x-alternatives", ())}
    asked |= {entry["column"] for entry in sheet.get("x-checks", ()) if entry["check"] == "period_over"}
    for name, column in columns.items():
        if column["x-need"] == "conditional" and name not in asked:
            yield problem(
                file,
                f"properties.{name}",
                zh="没有写明什么条件下必须填写。",
                en="no condition says when it is needed.",
            )
        if column["x-need"] in {"computed", "required"} and name in asked:
            yield problem(
                file,
                f"properties.{name}",
                zh="计算列和始终必填的列不能再有必填条件。",
                en="a computed or always required column cannot have a condition for being needed.",
            )


def check_problems(
    file: str, sheet: Mapping[str, Any], sheets: Mapping[str, Mapping[str, Any]], lists: Mapping[str, Any]
) -> Iterator[SchemaProblem]:
    """Cross-column checks with unknown columns, sheets, tables or codes."""
    columns = sheet["properties"]
    for number, entry in enumerate(sheet.get("x-checks", ())):
        key = f"x-checks.{number}"
        own = [entry.get(part) for part in ("column", "actual", "compare", "target", "period", "by")]
        for name in (*entry.get("columns", ()), *filter(None, own)):
            if name not in columns:
                yield _no_column(file, key, name)
        for place in filter(None, (entry.get("of"), entry.get("in"), *entry.get("sheets", {}).values())):
            other, _, name = place.partition(".")
            wanted = {name or None, entry["by"] if entry["check"] == "sum" else None} - {None}
            if other not in sheets or not wanted <= set(sheets[other]["properties"]):
                yield problem(file, key, zh=f"没有“{place}”。", en=f"there is no '{place}'.")
        if entry["check"] == "pairs":
            owners = [columns.get(name, {}).get("x-list") for name in entry["columns"]]
            if lists.get("table_lists", {}).get(entry["table"]) != owners:
                yield problem(
                    file,
                    key,
                    zh=f"表“{entry['table']}”与这两列的列表不符。",
                    en=f"the table '{entry['table']}' is not about the lists of these columns.",
                )
        for code in entry.get("sheets", ()):
            if code not in codes_of(lists, columns.get(entry["by"], {}).get("x-list", "")):
                yield problem(file, f"{key}.sheets", zh=f"没有代码“{code}”。", en=f"there is no code '{code}'.")
