"""Settings: three sources, each over the one before, and a finding for what is not understood."""

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
        ({"rules": {"REQ-01": {"severity": "hgh"}}}, "high"),
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
