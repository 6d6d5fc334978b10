"""Settings: three sources, each over the one before, and a finding for what is not understood."""

import re
from datetime import date, datetime

import pytest

from automation.base.findings import Place, Severity
from automation.front.library import Library
from automation.schema.parameters import InvalidSettingError, from_config, value_of, with_options, with_rows

CATALOGUE = Library().catalogue()


def of(config):
    return from_config(config, CATALOGUE)


def test_every_parameter_has_its_default_of_its_type():
    settings, findings = of({})
    assert set(settings.values) == set(CATALOGUE.parameters)
    assert findings == ()
    assert settings.number("req_confirm_days") == 10
    assert settings.words("risk_categories")
    assert settings.status_date is None


def test_the_workbook_wins_over_the_file_and_options_over_both():
    settings, _ = of({"settings": {"req_confirm_days": 7, "language": "en"}})
    assert (settings.whole("req_confirm_days"), settings.language) == (7, "en")
    place = Place("settings", "req_confirm_days", "value", "B9", 9)
    settings, findings = with_rows(settings, [("req_confirm_days", "5", place)], CATALOGUE)
    assert (settings.whole("req_confirm_days"), findings) == (5, ())
    settings = with_options(settings, {"status_date": date(2026, 6, 12), "language": None})
    assert (settings.status_date, settings.language) == (date(2026, 6, 12), "en")


def test_an_empty_cell_of_the_settings_sheet_changes_nothing():
    settings, findings = with_rows(of({})[0], [("ms_red", None, Place("settings"))], CATALOGUE)
    assert (settings.number("ms_red"), findings) == (5, ())


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ({"settings": {"req_confirm_day": 3}}, "req_confirm_days"),
        ({"setings": {}}, "settings"),
        ({"rules": {"REQ01": {"enabled": False}}}, "REQ-01"),
        ({"rules": {"REQ-01": {"enable": False}}}, "enabled"),
    ],
)
def test_an_unknown_key_is_a_finding_with_the_nearest_one(config, word):
    _, (finding,) = of(config)
    assert finding.rule == "CONFIG"
    assert word in finding.hint.zh
    assert word in finding.hint.en


@pytest.mark.parametrize(("key", "value"), [("req_confirm_days", "ten"), ("load_max", -5), ("fail_on", "never")])
def test_a_wrong_value_is_a_finding_and_the_default_stays(key, value):
    settings, (finding,) = of({"settings": {key: value}})
    assert settings.values[key] == of({})[0].values[key]
    assert str(value) in finding.message.zh


def test_rules_can_be_switched_off_and_regraded():
    settings, findings = of({"rules": {"REQ-01": False, "REQ-02": {"severity": "low"}}})
    assert findings == ()
    assert settings.rule("REQ-01").enabled is False
    assert settings.rule("REQ-02").severity is Severity.LOW
    assert settings.rule("REQ-03").enabled is True


def test_values_are_read_as_people_type_them():
    parameters = CATALOGUE.parameters
    assert value_of(parameters["high_share_max"], "50 %") == 50
    assert value_of(parameters["status_date"], datetime(2026, 6, 12, 9)) == date(2026, 6, 12)
    assert value_of(parameters["risk_categories"], "技术;人员") == ("技术", "人员")
    with pytest.raises(InvalidSettingError):
        value_of(parameters["status_date"], "12.6.")


@pytest.mark.parametrize(
    "typed",
    ["2026-06-12", "2026/6/12", "2026年6月12日", "2026.6.12", "20260612", "2026-06-12 00:00", date(2026, 6, 12)],
)
def test_a_status_date_is_understood_as_people_write_days(typed):
    settings, findings = with_rows(of({})[0], [("status_date", typed, Place("settings"))], CATALOGUE)
    assert (settings.status_date, findings) == (date(2026, 6, 12), ())


@pytest.mark.parametrize("typed", ["next week", "2026-02-30", "1900-01-01", date(9999, 12, 31)])
def test_a_day_that_cannot_be_meant_is_a_finding(typed):
    settings, (finding,) = with_rows(of({})[0], [("status_date", typed, Place("settings"))], CATALOGUE)
    assert settings.status_date is None
    assert str(typed) in finding.message.zh
    assert "None" not in finding.hint.zh + finding.hint.en


def test_working_hours_are_periods_from_early_to_late():
    parameter = CATALOGUE.parameters["working_hours"]
    assert value_of(parameter, "08:30-12:00；13:00 - 17:30") == ("08:30-12:00", "13:00-17:30")
    assert value_of(parameter, ["00:00-24:00"]) == ("00:00-24:00",)
    assert of({})[0].words("working_hours") == ("08:30-12:00", "13:00-17:30")


@pytest.mark.parametrize("typed", ["8-12", "12:00-08:30", "13:00-17:30;08:30-12:00", "08:60-12:00", "08:00-24:01", ";"])
def test_working_hours_of_another_form_are_a_finding(typed):
    settings, (finding,) = with_rows(of({})[0], [("working_hours", typed, Place("settings"))], CATALOGUE)
    assert settings.words("working_hours") == ("08:30-12:00", "13:00-17:30")
    assert typed in finding.message.zh
    assert "08:30-12:00;13:00-17:30" in finding.message.zh
    assert "08:30-12:00;13:00-17:30" in finding.message.en


def test_a_wrong_severity_lists_the_severities_and_is_not_in_force():
    settings, (finding,) = of({"rules": {"REQ-01": {"severity": "huge"}}})
    assert settings.rule("REQ-01").severity is None
    assert (
        finding.message.zh == "规则 REQ-01 的“severity”填了“huge”，应为以下之一：error、high、medium、low、reminder。"
    )
    assert finding.message.en == (
        "“severity” of the rule REQ-01 holds “huge”: expected one of error, high, medium, low, reminder."
    )


def test_enabled_is_true_or_false():
    settings, (finding,) = of({"rules": {"REQ-01": {"enabled": "maybe"}}})
    assert settings.rule("REQ-01").enabled is True
    assert "true" in finding.message.zh
    assert "maybe" in finding.message.zh


@pytest.mark.parametrize(
    ("config", "named"),
    [
        ([{"settings": {"language": "en"}}], "config.yaml"),
        ("language: en", "config.yaml"),
        ({"settings": ["language"]}, "“settings”"),
        ({"rules": "REQ-01"}, "“rules”"),
    ],
)
def test_a_file_or_section_that_is_no_mapping_is_a_finding(config, named):
    settings, (finding,) = of(config)
    assert settings.values == of({})[0].values
    assert named in finding.message.zh
    assert named in finding.message.en


@pytest.mark.parametrize("config", [None, {}, {"settings": None, "rules": None}])
def test_an_empty_file_or_section_is_no_fault(config):
    assert of(config)[1] == ()


@pytest.mark.parametrize(
    "settings", [{"load_max": -5}, {"req_confirm_days": "十"}, {"fail_on": "never"}, {"nothing": 1}]
)
def test_chinese_sentences_have_chinese_punctuation(settings):
    _, (finding,) = of({"settings": settings})
    assert not re.search("[一-鿿][,:;?!()]|[,:;?!()][一-鿿]", finding.message.zh + finding.hint.zh)
