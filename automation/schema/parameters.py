"""Settings from their three sources: ``config.yaml``, the workbook's settings sheet, the command line.

Not here: reading the files. An unknown key or a value of the wrong kind is a finding; the default stays in force.
"""

from __future__ import annotations

import difflib
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from automation.base.findings import Finding, Place, Severity, Text
from automation.base.settings import RuleSetting, Settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.schema.catalogue import Catalogue, Parameter

NUMBERS = frozenset({"days", "working_days", "percent", "points", "number", "hours"})
SECTIONS = ("settings", "rules")
RULE_KEYS = ("enabled", "severity")


class InvalidSettingError(ValueError):
    """A value does not fit its parameter; the argument says what was expected, in both languages."""

    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


def defaults(catalogue: Catalogue) -> dict[str, Any]:
    """The default of every parameter, in its type."""
    return {
        key: None if parameter.default is None else value_of(parameter, parameter.default)
        for key, parameter in catalogue.parameters.items()
    }


def from_config(config: object, catalogue: Catalogue) -> tuple[Settings, tuple[Finding, ...]]:
    """Settings of a parsed ``config.yaml`` over the defaults, with a finding for everything that is not understood."""
    values = defaults(catalogue)
    rules: dict[str, RuleSetting] = {}
    findings: list[Finding] = []
    sections = config if isinstance(config, dict) else {}
    for section, content in sections.items():
        if section == "settings" and isinstance(content, dict):
            findings += _take(content, values, catalogue)
        elif section == "rules" and isinstance(content, dict):
            findings += _take_rules(content, rules, catalogue)
        else:
            findings.append(_unknown(str(section), SECTIONS, "config.yaml"))
    return Settings(values, rules), tuple(findings)


def with_rows(
    settings: Settings, rows: Sequence[tuple[str, object, Place]], catalogue: Catalogue
) -> tuple[Settings, tuple[Finding, ...]]:
    """Settings overridden by (key, value, place) rows of the workbook; empty values change nothing."""
    values = dict(settings.values)
    findings: list[Finding] = []
    for key, value, place in rows:
        parameter = catalogue.parameters.get(key)
        if parameter is None:
            findings.append(_unknown(key, tuple(catalogue.parameters), "", place))
        elif value not in {None, ""}:
            try:
                values[key] = value_of(parameter, value)
            except InvalidSettingError as error:
                findings.append(_invalid(parameter, value, error.expected, place))
    return Settings(values, settings.rules), tuple(findings)


def with_options(settings: Settings, options: Mapping[str, Any]) -> Settings:
    """Settings overridden by command-line options that were given (not ``None``)."""
    given = {key: value for key, value in options.items() if value is not None}
    return Settings({**settings.values, **given}, settings.rules)


def value_of(parameter: Parameter, value: object) -> Any:
    """A value in the parameter's type. Raises InvalidSettingError."""
    if parameter.type in NUMBERS:
        return _number(parameter, value)
    if parameter.type == "date":
        return _date(value)
    if parameter.type == "list":
        return _words(value)
    text = str(value).strip()
    if parameter.type == "enum" and text not in parameter.choices:
        choices = " / ".join(parameter.choices)
        raise InvalidSettingError(Text(f"应为 {choices} 之一", f"expected one of {choices}"))
    return text


def _number(parameter: Parameter, value: object) -> float | int:
    low, high = parameter.minimum, parameter.maximum
    try:
        number = float(str(value).replace("%", "").strip())
    except ValueError:
        number = float("nan")
    if number != number or (low is not None and number < low) or (high is not None and number > high):  # noqa: PLR0124
        limits_zh = "" if low is None or high is None else f",介于 {low:g} 和 {high:g} 之间"
        limits_en = "" if low is None or high is None else f" from {low:g} to {high:g}"
        raise InvalidSettingError(Text(f"应为数字{limits_zh}", f"expected a number{limits_en}"))
    return int(number) if number.is_integer() else number


def _date(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError:
        raise InvalidSettingError(Text("应为日期，例如 2026-06-12", "expected a date such as 2026-06-12")) from None


def _words(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, (list, tuple)) else str(value).replace(";", ";").split(";")
    return tuple(text for part in parts if (text := str(part).strip()))


def _take(content: Mapping[Any, Any], values: dict[str, Any], catalogue: Catalogue) -> list[Finding]:
    findings = []
    for key, value in content.items():
        parameter = catalogue.parameters.get(str(key))
        if parameter is None:
            findings.append(_unknown(str(key), tuple(catalogue.parameters), "config.yaml"))
        elif value is not None:
            try:
                values[parameter.key] = value_of(parameter, value)
            except InvalidSettingError as error:
                findings.append(_invalid(parameter, value, error.expected, Place("config.yaml", parameter.key)))
    return findings


def _take_rules(content: Mapping[Any, Any], rules: dict[str, RuleSetting], catalogue: Catalogue) -> list[Finding]:
    findings = []
    for rule, change in content.items():
        if str(rule) not in catalogue.rule_messages:
            findings.append(_unknown(str(rule), tuple(catalogue.rule_messages), "config.yaml"))
            continue
        changes = change if isinstance(change, dict) else {"enabled": change}
        findings += [_unknown(str(key), RULE_KEYS, "config.yaml") for key in changes if key not in RULE_KEYS]
        severity = str(changes.get("severity", "")).upper()
        if severity and severity not in Severity.__members__:
            findings.append(_unknown(severity.lower(), tuple(one.code for one in Severity), "config.yaml"))
            severity = ""
        enabled = changes.get("enabled", True) is not False
        rules[str(rule)] = RuleSetting(enabled=enabled, severity=Severity[severity] if severity else None)
    return findings


def _unknown(key: str, known: tuple[str, ...], file: str, place: Place | None = None) -> Finding:
    near = difflib.get_close_matches(key, known, 1)
    message = Text(f"参数“{key}”不认识。", f"The setting '{key}' is not known.")
    hint = Text("请删除该行。", "Remove the line.")
    if near:
        hint = Text(f"是否应为“{near[0]}”?", f"Did you mean '{near[0]}'?")
    return Finding("CONFIG", Severity.MEDIUM, place or Place(file, key), message, hint, value=key)


def _invalid(parameter: Parameter, value: object, expected: Text, place: Place) -> Finding:
    message = Text(
        f"参数“{parameter.label.zh}”({parameter.key})填了“{value}”，{expected.zh}。",
        f"The setting '{parameter.label.en}' ({parameter.key}) holds '{value}': {expected.en}.",
    )
    hint = Text(
        f"请更正；现按默认值 {parameter.default} 计算。", f"Correct it; the default {parameter.default} is in force."
    )
    return Finding("CONFIG", Severity.MEDIUM, place, message, hint, value=str(value))
