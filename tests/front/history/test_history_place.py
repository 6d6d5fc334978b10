"""Where the history is kept: the section ``history:``, passwords that do not belong there, old runs forgotten."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from automation.front import circumstances, state
from automation.front.history.place import Recorder, Where, place, where_of
from tests.store.history.conftest import run as kept_run

HOME = Path("/company").resolve()


def test_nothing_said_means_a_file_of_this_user_and_for_ever(home):
    assert where_of({}, HOME) == where_of(None, HOME) == (Where(None, 0), ())
    recorder = Recorder(None)
    assert recorder.history.place == str(state.folder("batch") / "history.sqlite")
    recorder.close()


def test_an_address_and_days_are_taken_and_a_file_lies_beside_the_configuration():
    url = "postgresql://deliverybook@db.example.com/deliverybook"
    assert where_of({"history": {"url": url, "keep_days": 730}}, HOME) == (Where(url, 730), ())
    found, _ = where_of({"history": {"url": "sqlite:///our history.db"}}, HOME)
    assert found.url == f"sqlite:///{HOME / 'our history.db'}"


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"keep_day": 3}, "“history”部分的“keep_day”不认识。"),
        ({"keep_days": "long"}, "“history.keep_days”填了“long”，应为 1 至 36500 的整数（天）。"),
        ({"keep_days": 0}, "“history.keep_days”填了“0”，应为 1 至 36500 的整数（天）。"),
        ("postgresql://me:geheim@x/y", "“history”填了“postgresql://me:***@x/y”，应写成 history: {url:"),
    ],
)
def test_what_is_not_understood_is_a_finding(section, said):
    where, (finding,) = where_of({"history": section}, HOME)
    assert where == Where()
    assert finding.message.zh.startswith(said)
    assert finding.place.sheet == "config.yaml"


def test_the_configuration_here_wins_over_that_of_the_user(home):
    state.folder().joinpath("config.yaml").write_text("history: {keep_days: 10}", "utf-8")
    assert place(None)[0].keep_days == 10
    (home / "config.yaml").write_text("history: {keep_days: 20}", "utf-8")
    assert place(None)[0].keep_days == 20
    assert place(state.folder() / "config.yaml")[0].keep_days == 10


def test_old_runs_are_forgotten_as_configured(home, monkeypatch):
    now = datetime(2026, 7, 1, tzinfo=UTC)
    monkeypatch.setattr(circumstances, "moment", lambda: now)
    (home / "config.yaml").write_text("history: {keep_days: 10}", "utf-8")
    recorder = Recorder(None)
    for number in range(4):
        recorder.record(kept_run(number, at=now - timedelta(days=number * 6)))
    assert recorder.thin_out() == 2
    assert recorder.last("/p/a.xlsx").id == "r0"
    recorder.close()
    (home / "config.yaml").write_text("history: {}", "utf-8")
    recorder = Recorder(None)
    assert recorder.thin_out() == 0
    recorder.close()


SECRET = "postgresql://me:geheim-99@127.0.0.1:1/x"


def test_an_address_with_a_password_is_refused_by_every_door_and_shown_nowhere(run, home):
    config = home / "config.yaml"
    job = {"name": "nightly", "folders": ["projects"], "times": "daily 22:30"}
    config.write_text(json.dumps({"history": {"url": SECRET}, "jobs": [job]}), "utf-8")
    for words in (("batch", "run", "--now"), ("trend",), ("audit",), ("batch", "jobs")):
        for form in ("text", "json"):
            ended = run(*words, "--config", config, "--format", form)
            assert "geheim" not in ended.out + ended.err
            if words != ("batch", "jobs"):
                assert ended.exit == 2
                assert "PASSWORD_IN_CONFIG" in ended.err
                assert "DELIVERYBOOK_DATABASE_PASSWORD" in ended.err
    assert ended.exit == 1  # a finding of the configuration, severity high
    assert [one["severity"] for one in ended.json["findings"]] == ["high"]


def test_no_log_holds_the_password_of_an_address(home):
    try:
        int(SECRET)
    except ValueError:
        log = state.log_bug(f"['trend', '--config', '{SECRET}']")
    written = log.read_text("utf-8")
    assert "geheim" not in written
    assert "postgresql://me:***@127.0.0.1:1/x" in written
