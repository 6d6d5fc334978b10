"""From the nightly batch to the history: what runs found is asked for by ``trend``, what changed by ``audit``."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from automation.front import circumstances

FIRST = datetime(2026, 6, 10, 12, tzinfo=UTC)


@pytest.fixture
def night(run, company, monkeypatch, here):
    """Runs the batch of a night and gives its exit code and JSON."""

    def call(number, *words):
        monkeypatch.setattr(circumstances, "moment", lambda: FIRST + timedelta(days=number))
        day = f"2026-06-{10 + number}"
        ended = run(
            "batch", "run", "--now", "--config", company.config, "--status-date", day, "--format", "json", *words
        )
        return ended.exit, json.loads(ended.out)

    return call


def asked(run, company, door, *words):
    return run(door, company.folder, "--config", company.config, "--format", "json", *words).json


def test_findings_and_changes_of_real_nights(run, company, planned, night):
    company._replace(fresh=planned).add("a")
    company.configure({"commands": "[check --write, reschedule]"})
    night(0)
    cells = company.folder / "cells.json"
    cells.write_text('[{"sheet": "计划", "cell": "I2", "value": "没有这个人"}]', "utf-8")
    assert run("write", company.folder / "a.xlsx", "--cells", cells).exit == 0
    night(1)
    (one,) = asked(run, company, "trend")["books"]
    first, second = one["findings"]
    assert first["opened"] == first["open"] > 10
    assert (second["opened"] > 0, second["open"] == first["open"] + second["opened"] - second["closed"]) == (True, True)
    assert [point["day"] for point in one["projects"][0]["points"]] == ["2026-06-10", "2026-06-11"]
    changes = asked(run, company, "audit")["changes"]
    assert "check" in {one["command"] for one in changes}
    moved = [one for one in changes if one["column"] == "calc_finish"]
    assert moved
    assert all(one["sheet"] == "plan" and one["key"].startswith("T-") and one["new"] for one in moved)


def test_a_job_that_does_not_check_closes_no_finding(run, company, planned, night):
    company._replace(fresh=planned).add("a")
    night(0)
    company.configure({"commands": "[reschedule]"})
    night(1)
    (one,) = asked(run, company, "trend")["books"]
    assert [day["day"] for day in one["findings"]] == ["2026-06-10"]


def test_what_other_commands_tell_does_not_replace_the_findings_of_the_check(run, company, planned, night):
    company._replace(fresh=planned).add("a")
    _, alone = night(0)
    company.configure({"commands": "[check, reschedule]"})
    _, both = night(1)
    assert both["runs"][0]["counts"] == alone["runs"][0]["counts"] != {}
    (one,) = asked(run, company, "trend")["books"]
    assert len(one["findings"]) == 2


def test_the_history_is_kept_where_the_configuration_says_and_thinned_out(run, company, night):
    company.add("a")
    company.configure({}, history="{url: 'sqlite:///our.db', keep_days: 1}")
    for number in range(4):
        night(number)
    assert (company.config.parent / "our.db").exists()
    days = asked(run, company, "trend")["books"][0]["findings"]
    assert [one["day"] for one in days] == ["2026-06-12", "2026-06-13"]


def test_mistakes_in_the_section_are_findings_and_the_batch_runs(company, night):
    company.add("a")
    company.configure({}, history="{keep_day: 1}")
    code, result = night(0)
    assert (code, [one["column"] for one in result["findings"]]) == (0, ["keep_day"])
    assert result["figures"]["done"] == 1
