"""Settings from their three sources: ``config.yaml``, the workbook's settings sheet, the command line.

Not here: reading the files. An unknown key or a value of the wrong kind is a finding; the default stays in force.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from automation.base.days import FIRST_YEAR, LAST_YEAR, date_of, datetime_of, is_plausible
from automation.base.findings import Finding, Place, Severity, Text
from automation.base.settings import RuleSetting, Settings
from automation.schema.secret_findings import secrets_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from automation.schema.catalogue import Catalogue, Parameter

NUMBERS = frozenset({"days", "working_days", "percent", "points", "number", "hours"})
ELSEWHERE = ("jobs", "history", "mail")
"""Sections that are not settings and are judged where they are used."""
SECTIONS = ("settings", "rules", "company_rules", *ELSEWHERE)
DAY_MINUTES = 24 * 60
RULE_KEYS = ("enabled", "severity")
_PERIOD = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


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
    company = ""
    if config is not None and not isinstance(config, dict):
        findings.append(_no_mapping("", ("settings:", "rules:")))
    for section, content in config.items() if isinstance(config, dict) else ():
        if section not in SECTIONS:
            findings.append(_unknown(str(section), SECTIONS, "config.yaml"))
        elif section == "company_rules":
            company = str(content or "")
        elif section in ELSEWHERE:
            continue
        elif content is not None and not isinstance(content, dict):
            example = "req_confirm_days: 10" if section == "settings" else "REQ-01: false"
            findings.append(_no_mapping(str(section), (example,)))
        elif section == "settings":
            findings += _take(content or {}, values, catalogue)
        else:
            findings += _take_rules(content or {}, rules, catalogue)
    findings += secrets_in(config)
    return Settings(values, rules, company), tuple(findings)


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
    return Settings(values, settings.rules, settings.company), tuple(findings)


def with_options(settings: Settings, options: Mapping[str, Any]) -> Settings:
    """Settings overridden by command-line options that were given (not ``None``)."""
    given = {key: value for key, value in options.items() if value is not None}
    return Settings({**settings.values, **given}, settings.rules, settings.company)


def value_of(parameter: Parameter, value: object) -> Any:
    """A value in the parameter's type. Raises InvalidSettingError."""
    if parameter.type in NUMBERS:
        return _number(parameter, value)
    if parameter.type == "date":
        return _date(value)
    if parameter.type == "list":
        return _words(value)
    if parameter.type == "times":
        return _periods(value)
    text = str(value).strip()
    if parameter.type == "enum" and text not in parameter.choices:
        raise InvalidSettingError(_one_of(parameter.choices))
    return text


def _one_of(choices: Sequence[str]) -> Text:
    return Text(f"应为以下之一：{'、'.join(choices)}", f"expected one of {', '.join(choices)}")


def _number(parameter: Parameter, value: object) -> float | int:
    low, high = parameter.minimum, parameter.maximum
    try:
        number = float(str(value).replace("%", "").strip())
    except ValueError:
        number = float("nan")
    if number != number or (low is not None and number < low) or (high is not None and number > high):  # noqa: PLR0124
        raise InvalidSettingError(_limits(low, high))
    return int(number) if number.is_integer() else number


def _limits(low: float | None, high: float | None) -> Text:
    """What a number should have been, with the bounds that there are."""
    if low is not None and high is not None:
        return Text(f"应为 {low:g} 至 {high:g} 之间的数字", f"expected a number from {low:g} to {high:g}")
    if low is not None:
        return Text(f"应为不小于 {low:g} 的数字", f"expected a number of {low:g} or more")
    if high is not None:
        return Text(f"应为不大于 {high:g} 的数字", f"expected a number of {high:g} or less")
    return Text("应为数字", "expected a number")


def _date(value: object) -> date:
    found = value if isinstance(value, date) else datetime_of(str(value)) or date_of(str(value))
    if found is None:
        raise InvalidSettingError(Text("应为日期，例如 2026-06-12", "expected a date such as 2026-06-12"))
    if not is_plausible(found):
        raise InvalidSettingError(
            Text(
                f"应为 {FIRST_YEAR} 年至 {LAST_YEAR} 年之间的日期，例如 2026-06-12",
                f"expected a date of the years {FIRST_YEAR} to {LAST_YEAR} such as 2026-06-12",
            )
        )
    return found.date() if isinstance(found, datetime) else found


def _words(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, (list, tuple)) else str(value).replace("；", ";").split(";")
    return tuple(text for part in parts if (text := str(part).strip()))


def _periods(value: object) -> tuple[str, ...]:
    """Periods of a day such as ``08:30-12:00``; between two of them there is a break."""
    periods = tuple("".join(unicodedata.normalize("NFKC", part).split()) for part in _words(value))
    ends: list[int] = []
    for period in periods:
        match = _PERIOD.fullmatch(period)
        hours = [int(part) for part in match.groups()] if match else []
        if not hours or max(hours[1], hours[3]) > 59:  # noqa: PLR2004 - minutes of an hour
            ends = []
            break
        ends += (hours[0] * 60 + hours[1], hours[2] * 60 + hours[3])
    if not ends or ends[-1] > DAY_MINUTES or any(later <= earlier for earlier, later in pairwise(ends)):
        raise InvalidSettingError(
            Text(
                "应为上班时段，例如 08:30-12:00;13:00-17:30，从早到晚排列",
                "expected working periods such as 08:30-12:00;13:00-17:30, from early to late",
            )
        )
    return periods


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
        severity = str(changes.get("severity") or "").strip().upper()
        if severity and severity not in Severity.__members__:
            codes = tuple(one.code for one in sorted(Severity, reverse=True))
            findings.append(_invalid_rule(str(rule), "severity", changes["severity"], _one_of(codes)))
            severity = ""
        enabled = changes.get("enabled")
        if enabled not in {None, True, False}:
            findings.append(_invalid_rule(str(rule), "enabled", enabled, _one_of(("true", "false"))))
        rules[str(rule)] = RuleSetting(enabled=enabled is not False, severity=Severity[severity] if severity else None)
    return findings


def _invalid_rule(rule: str, key: str, value: object, expected: Text) -> Finding:
    message = Text(
        f"规则 {rule} 的“{key}”填了“{value}”，{expected.zh}。",
        f"“{key}” of the rule {rule} holds “{value}”: {expected.en}.",
    )
    hint = Text("请在 config.yaml 中更正；现按默认值处理。", "Correct it in config.yaml; the default is in force.")
    return Finding("CONFIG", Severity.MEDIUM, Place("config.yaml", rule, key), message, hint, value=str(value))


def _no_mapping(section: str, examples: tuple[str, ...]) -> Finding:
    """The finding for a file, or a section of it, that holds something else than lines ``key: value``."""
    where = Text(f"config.yaml 的“{section}”部分", f"The section “{section}” of config.yaml")
    where = where if section else Text("config.yaml", "config.yaml")
    message = Text(
        f"{where.zh}不是“名称: 值”的形式，其内容没有采用。",
        f"{where.en} does not consist of lines “name: value”, so nothing of it is in force.",
    )
    hint = Text(
        f"请改为每行“名称: 值”，例如 {'、'.join(examples)}，行首不要加短横线。",
        f"Write lines “name: value”, for example {', '.join(examples)}, without dashes in front.",
    )
    return Finding("CONFIG", Severity.MEDIUM, Place("config.yaml", section), message, hint)


def _unknown(key: str, known: tuple[str, ...], file: str, place: Place | None = None) -> Finding:
    import difflib  # noqa: PLC0415 - only what is misspelt waits for it

    near = difflib.get_close_matches(key, known, 1)
    message = Text(f"参数“{key}”不认识。", f"The setting '{key}' is not known.")
    hint = Text("请删除该行。", "Remove the line.")
    if near:
        hint = Text(f"是否应为“{near[0]}”？", f"Did you mean '{near[0]}'?")
    return Finding("CONFIG", Severity.MEDIUM, place or Place(file, key), message, hint, value=key)


def _invalid(parameter: Parameter, value: object, expected: Text, place: Place) -> Finding:
    message = Text(
        f"参数“{parameter.label.zh}”（{parameter.key}）填了“{value}”，{expected.zh}。",
        f"The setting '{parameter.label.en}' ({parameter.key}) holds '{value}': {expected.en}.",
    )
    default = parameter.default
    shown = ";".join(default) if isinstance(default, list) else default
    hint = Text(f"请更正；现按默认值 {shown} 计算。", f"Correct it; the default {shown} is in force.")
    if default is None:
        hint = Text("请更正；在此之前视为没有填写。", "Correct it; until then it counts as empty.")
    return Finding("CONFIG", Severity.MEDIUM, place, message, hint, value=str(value))
