"""Checks of lists, messages and settings in ``schemas/``: codes, labels, placeholders, defaults, punctuation.

Not here: the sheets (``schema.meta_sheets``).
"""

from __future__ import annotations

import re
import string
from datetime import date
from typing import TYPE_CHECKING, Any

from automation.schema.meta_problem import problem, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from automation.schema.meta_problem import SchemaProblem

LISTS, MESSAGES, PARAMETERS = "lists.yaml", "messages.yaml", "parameters.yaml"
NUMBERS = frozenset({"days", "working_days", "percent", "points", "number", "hours"})
_HALF_WIDTH = re.compile(r"[\u4e00-\u9fff”）][,;:!?]|[,;!?][\u4e00-\u9fff“（]")


def codes_of(lists: Mapping[str, Any], name: str) -> frozenset[str]:
    """The codes of a list of ``lists.yaml``, none when there is no such list."""
    return frozenset(row["code"] for row in lists["lists"].get(name, ()))


def placeholders(template: str) -> frozenset[str]:
    """The names of the fields of a template. Raises ValueError when its braces do not pair."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)


def list_problems(lists: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Codes and labels that stand twice; tables and transitions with codes that no list holds."""
    for name, rows in lists["lists"].items():
        for part, zh in (("code", "代码"), ("zh", "中文名称"), ("en", "英文名称")):
            for value in repeated([row[part] for row in rows]):
                yield problem(
                    LISTS,
                    f"lists.{name}",
                    zh=f"{zh}“{value}”出现了两次。",
                    en=f"'{value}' stands twice among the {part} values.",
                )
    yield from _table_problems(lists)
    for name, states in lists.get("transitions", {}).items():
        known = codes_of(lists, name)
        used = {*states, *(after for follow in states.values() for after in follow)}
        for code in sorted(used - known):
            yield _unknown_code(f"transitions.{name}", code, name)
        for code in sorted(known - set(states)):
            yield problem(
                LISTS,
                f"transitions.{name}",
                zh=f"没有写明“{code}”之后的状态。",
                en=f"nothing is said about what follows '{code}'.",
            )


def _table_problems(lists: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    tables, owners = lists.get("tables", {}), lists.get("table_lists", {})
    for name in sorted(set(tables) ^ set(owners)):
        yield problem(
            LISTS,
            f"tables.{name}",
            zh="tables 和 table_lists 中都要有这张表。",
            en="the table must stand in both tables and table_lists.",
        )
    for name, pairs in tables.items():
        for pair in repeated([tuple(pair) for pair in pairs]):
            yield problem(LISTS, f"tables.{name}", zh=f"{pair} 出现了两次。", en=f"{pair} stands twice.")
        for pair in pairs:
            for code, owner in zip(pair, owners.get(name, ()), strict=False):
                if code not in codes_of(lists, owner):
                    yield _unknown_code(f"tables.{name}", code, owner)


def _unknown_code(key: str, code: str, owner: str) -> SchemaProblem:
    return problem(LISTS, key, zh=f"列表“{owner}”中没有代码“{code}”。", en=f"the list '{owner}' has no code '{code}'.")


def template_problems(file: str, key: str, entry: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Templates of one entry whose braces do not pair or whose fields differ between the languages."""
    for part in ("message", "hint", "x-message", "x-hint"):
        if part in entry:
            try:
                zh, en = placeholders(entry[part]["zh"]), placeholders(entry[part]["en"])
            except ValueError as error:
                yield problem(
                    file, f"{key}.{part}", zh=f"大括号不成对：{error}。", en=f"the braces do not pair: {error}."
                )
                continue
            if zh != en:
                fields = ", ".join(sorted(zh ^ en))
                yield problem(
                    file,
                    f"{key}.{part}",
                    zh=f"中英文的占位符不一致：{fields}。",
                    en=f"the languages differ in the fields {fields}.",
                )


def message_problems(messages: Mapping[str, Any], parameters: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Templates, fields and settings of messages that do not agree."""
    for group in ("checks", "rules"):
        for name, entry in messages[group].items():
            found = list(template_problems(MESSAGES, f"{group}.{name}", entry))
            yield from found
            if group == "rules" and not found:
                yield from _rule_problems(name, entry, messages["rules"])
    yield from _parameters_in_step(messages["rules"], parameters)


def _parameters_in_step(rules: Mapping[str, Any], parameters: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Rules and settings that do not name each other."""
    rules_of = {row["key"]: row.get("rules", []) for row in parameters["parameters"]}
    read: dict[str, set[str]] = {}
    for name, entry in rules.items():
        for key in entry.get("parameters", ()):
            read.setdefault(name.partition(".")[0], set()).add(key)
    for rule, keys in read.items():
        for key in sorted(keys):
            if rule not in rules_of.get(key, ()):
                yield problem(
                    MESSAGES,
                    f"rules.{rule}",
                    zh=f"参数“{key}”不存在，或没有注明用于这条规则。",
                    en=f"the setting '{key}' does not exist or does not name this rule.",
                )
    for key, named in rules_of.items():
        for rule in named:
            if rule in rules and key not in read.get(rule, ()):
                yield problem(
                    PARAMETERS,
                    key,
                    zh=f"规则“{rule}”没有注明使用这个参数。",
                    en=f"the rule '{rule}' does not name this setting.",
                )


def _rule_problems(name: str, entry: Mapping[str, Any], rules: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    used = placeholders(entry["message"]["zh"]) | placeholders(entry["hint"]["zh"])
    if used != set(entry["fields"]):
        fields = ", ".join(sorted(used ^ set(entry["fields"])))
        yield problem(
            MESSAGES,
            f"rules.{name}.fields",
            zh=f"与文中的占位符不一致：{fields}。",
            en=f"not the fields of the texts: {fields}.",
        )
    base, _, variant = name.partition(".")
    if variant and rules.get(base, {}).get("name") != entry["name"]:
        yield problem(
            MESSAGES,
            f"rules.{name}.name",
            zh=f"与规则“{base}”的名称不同。",
            en=f"differs from the name of the rule '{base}'.",
        )


def parameter_problems(parameters: Mapping[str, Any], lists: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Settings that stand twice, whose unit is unknown or whose default does not fit."""
    rows = parameters["parameters"]
    for key in repeated([row["key"] for row in rows]):
        yield problem(PARAMETERS, key, zh="这个参数出现了两次。", en="this setting stands twice.")
    units = codes_of(lists, "parameter_unit")
    for row in rows:
        if "unit" in row and row["unit"] not in units:
            yield problem(
                PARAMETERS,
                row["key"],
                zh=f"单位“{row['unit']}”不在列表 parameter_unit 中。",
                en=f"the unit '{row['unit']}' is not in the list parameter_unit.",
            )
        if not _default_fits(row):
            yield problem(
                PARAMETERS,
                row["key"],
                zh=f"默认值 {row.get('default')!r} 与类型、范围或可选值不符。",
                en=f"the default {row.get('default')!r} does not fit type, limits or choices.",
            )


def _default_fits(row: Mapping[str, Any]) -> bool:
    kind, default = row["type"], row.get("default")
    if kind in NUMBERS:
        limits = row.get("minimum", float("-inf")), row.get("maximum", float("inf"))
        is_number = isinstance(default, int | float) and not isinstance(default, bool)
        return is_number and limits[0] <= default <= limits[1]
    if kind == "enum":
        return default in row.get("choices", ())
    if kind in {"list", "times"}:
        return isinstance(default, list) and all(isinstance(value, str) and value for value in default)
    if kind == "date" and default is not None:
        return isinstance(default, str) and _is_date(default)
    return default is None or isinstance(default, str)


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def punctuation_problems(values: Mapping[str, Any]) -> Iterator[SchemaProblem]:
    """Chinese texts, labels aside, in which half-width punctuation stands beside a Chinese character."""
    for file, value in values.items():
        for key, text in _chinese(value, ()):
            found = _HALF_WIDTH.search(text)
            if found:
                yield problem(
                    file,
                    key,
                    zh=f"中文中用了半角标点：“{found.group()}”。",
                    en=f"half-width punctuation in Chinese: '{found.group()}'.",
                )


def _chinese(value: Any, path: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for key, part in value.items():
            if key == "zh" and isinstance(part, str):
                yield ".".join(path), part
            elif key not in {"x-label", "label"}:
                yield from _chinese(part, (*path, str(key)))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _chinese(part, (*path, str(number)))
