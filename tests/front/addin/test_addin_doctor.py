"""The doctor on invented machines: each thing that goes wrong is named with what to do, in both languages."""

import os
import sys
from pathlib import Path

import pytest

from automation import __version__
from automation.base.errors import UsageError
from automation.base.records import replace
from automation.front.addin import checks, doctor, setup
from automation.front.addin.checks import Interpreter, Probes
from automation.front.addin.setup import install
from tests.front.addin.addins import addin_bytes

XLWINGS = setup.xlwings_version()
WELL = Interpreter(version=__version__, xlwings="0.37.8", requires="<0.40,>=0.33", prefix="x")
RULES = r"SOFTWARE\Policies\Microsoft\Windows Defender\Windows Defender Exploit Guard\ASR\Rules"
CHILD = "D4F940AB-401B-4EFC-AADC-AD5F3C50688A"
MANAGER = r"SOFTWARE\Policies\Microsoft\Windows Defender\Policy Manager"
EXCEL = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"


def probes(*, told=WELL, registry=None, forbidden=(), running=False):
    def read(root, key, name):
        if any(key.startswith(one) for one in forbidden):
            raise PermissionError(5, "Access is denied")
        return (registry or {}).get((key, name))

    return Probes(lambda _: told, read, lambda _: running)


def found(places, name, **options):
    """The check of that name."""
    (check,) = (check for check in doctor.examined(places, probes(**options)) if check.id == name)
    return check


def state(places, name, **options):
    return found(places, name, **options).state


@pytest.fixture
def dlls(windows):
    """The libraries that the wheel of xlwings puts into the environment on Windows."""
    for bits in ("32", "64"):
        (windows.executable.parent.parent / f"xlwings{bits}-0.37.8.dll").write_bytes(b"")


@pytest.fixture(params=["windows", "macos"])
def places(request):
    """Each of the two machines, installed."""
    places = request.getfixturevalue(request.param)
    install(places)
    return places


@pytest.mark.usefixtures("dlls")
class TestSound:
    def test_a_fresh_installation_on_windows_has_no_problem(self, windows):
        install(windows)
        result = doctor.doctor(windows, probes=probes())
        assert result.exit == 0
        assert [row["state"] for row in result.tables["checks"]] == ["ok"] * 12
        assert result.lines[-1].zh == "没有发现问题。"

    def test_a_fresh_installation_on_macos_has_no_problem(self, macos, shipped):
        shipped.write_bytes(addin_bytes(xlwings=XLWINGS))
        install(macos)
        result = doctor.doctor(macos, probes=probes(told=replace(WELL, xlwings=XLWINGS)))
        assert result.exit == 0
        assert [row["id"] for row in result.tables["checks"] if row["state"] != "ok"] == ["automation"]
        assert "macOS shows this to no program" in found(macos, "automation").found.en

    def test_nothing_installed_is_a_problem_and_exit_1(self, windows):
        result = doctor.doctor(windows, language="en", probes=probes(told=Interpreter(failure="-")))
        assert result.exit == 1
        (row,) = (row for row in result.tables["checks"] if row["id"] == "addin")
        assert (row["state"], row["advice"]) == ("problem", "Run deliverybook addin install.")
        assert any(line.en == "      → Run deliverybook addin install." for line in result.lines)

    def test_every_check_speaks_both_languages(self, places):
        for check in doctor.examined(places, probes()):
            for text in (check.looked, check.found):
                assert text.zh
                assert text.en.isascii() or str(places.home) in text.en, text.en
            assert bool(check.advice.zh) == bool(check.advice.en)
            assert check.state in doctor.STATES


class TestAddin:
    def test_an_older_add_in_is_to_be_installed_again(self, places):
        places.addin.write_bytes(addin_bytes(version="0.0.9"))
        check = found(places, "addin")
        assert (check.state, check.found.en) == ("problem", f"add-in 0.0.9, package {__version__}")
        assert check.advice == checks.INSTALL

    def test_a_newer_add_in_asks_for_the_package(self, places):
        places.addin.write_bytes(addin_bytes(version="99.10.0"))
        assert "Upgrade the package" in found(places, "addin").advice.en

    def test_a_changed_add_in_is_pointed_out_and_one_installed_so_is_not(self, places, tmp_path):
        signed = tmp_path / "signed.xlam"
        signed.write_bytes(addin_bytes(more=b"signature"))
        places.addin.write_bytes(signed.read_bytes())
        check = found(places, "addin")
        assert (check.state, "signed" in check.advice.en) == ("warning", True)
        install(places, addin=signed)
        assert state(places, "addin") == "ok"

    def test_a_damaged_add_in(self, places):
        places.addin.write_bytes(places.addin.read_bytes()[:-40])
        assert state(places, "addin") == "problem"


class TestInterpreter:
    def test_the_configured_one_is_asked(self, places):
        asked = []
        doctor.examined(places, replace(probes(), ask=lambda path: asked.append(path) or WELL))
        assert asked == [places.executable]

    def test_no_configuration(self, places):
        places.configuration.unlink()
        check = found(places, "interpreter")
        assert (check.state, str(places.configuration) in check.found.zh) == ("problem", True)

    def test_one_that_does_not_work_is_quoted(self, places):
        told = Interpreter(failure="ModuleNotFoundError: No module named 'automation'")
        check = found(places, "interpreter", told=told)
        assert (check.state, "No module named 'automation'" in check.found.en) == ("problem", True)

    def test_one_with_another_version_of_the_package(self, places):
        assert state(places, "interpreter", told=replace(WELL, version="0.0.9")) == "problem"

    def test_another_than_the_one_running(self, places):
        other = places.executable.parent.parent / "other" / "python"
        assert state(replace(places, executable=other), "interpreter") == "warning"

    def test_a_real_one_is_started_and_tells_its_versions(self, tmp_path):
        told = doctor.ask(Path(sys.executable))
        assert (told.failure, told.version, told.xlwings) == ("", __version__, XLWINGS)
        assert checks.within(told.xlwings, told.requires)

    def test_one_that_is_no_program_is_no_accident(self, tmp_path):
        assert "no such file" in doctor.ask(tmp_path / "none").failure
        broken = tmp_path / "broken"
        broken.write_text("#!/bin/sh\necho no Python here >&2\nexit 1\n")
        broken.chmod(0o755)
        assert doctor.ask(broken).failure == "no Python here"


class TestXlwings:
    def test_out_of_the_supported_range(self, places):
        check = found(places, "xlwings", told=replace(WELL, xlwings="0.40.1"))
        assert (check.state, 'pip install "xlwings<0.40,>=0.33"' in check.advice.en) == ("problem", True)

    def test_another_than_the_add_in_s_matters_most_with_the_server(self, windows):
        install(windows)
        assert state(windows, "xlwings", told=replace(WELL, xlwings="0.36.0")) == "warning"
        install(windows, server=True)
        check = found(windows, "xlwings", told=replace(WELL, xlwings="0.36.0"))
        assert (check.state, 'pip install "xlwings==0.37.8"' in check.advice.zh) == ("problem", True)

    @pytest.mark.parametrize(
        ("version", "within"), [("0.33", True), ("0.39.9", True), ("0.40", False), ("0.9.1", False), ("0.32.9", False)]
    )
    def test_versions_compare_as_numbers(self, version, within):
        assert checks.within(version, "<0.40,>=0.33") is within


class TestFolders:
    @pytest.mark.parametrize("name", ["startup", "state"])
    def test_a_folder_that_may_not_be_written(self, places, name, monkeypatch):
        def denied(self, _):
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "write_bytes", denied)
        check = found(places, name)
        assert (check.state, "Permission denied" in check.found.en) == ("problem", True)

    def test_nothing_is_left_and_excel_s_folder_is_not_touched(self, places):
        before = sorted(os.walk(places.home))
        stamp = places.startup.stat().st_mtime_ns
        doctor.examined(places, probes())
        assert sorted(os.walk(places.home)) == before
        assert places.startup.stat().st_mtime_ns == stamp

    def test_onedrive_is_named_and_only_python_in_it_is_a_warning(self, places):
        drive = places.home / ("OneDrive - 公司" if places.windows else "OneDrive")
        there = replace(places, environment={"OneDriveCommercial": str(drive), "OneDrive": str(drive)})
        check = found(there, "synced")
        assert (check.state, check.found.zh.count(str(drive))) == ("ok", 1)
        within = replace(there, executable=drive / "venv" / "python.exe", encoding="utf-8")
        install(within)
        assert state(within, "synced") == "warning"


class TestTrust:
    def test_a_mark_of_the_web_is_a_problem(self, windows):
        install(windows)
        windows.addin.with_name("deliverybook.xlam:Zone.Identifier").write_text("[ZoneTransfer]\nZoneId=3")
        check = found(windows, "zone")
        assert (check.state, "Unblock" in check.advice.en) == ("problem", True)

    @pytest.mark.parametrize(
        ("settings", "expected"),
        [
            ({}, "ok"),
            ({"VBAWarnings": 4}, "ok"),
            ({"RequireAddinSig": 1}, "warning"),
            ({"DisableAllAddins": 1}, "problem"),
            ({"AllLocationsDisabled": 1}, "warning"),
            ({"AllLocationsDisabled": 1, "VBAWarnings": 3}, "problem"),
            ({"AllLocationsDisabled": 0, "VBAWarnings": 3}, "ok"),
        ],
    )
    def test_excel_s_settings_are_judged(self, windows, settings, expected):
        install(windows)
        below = {"AllLocationsDisabled": EXCEL + r"\Trusted Locations"}
        registry = {(below.get(name, EXCEL), name): value for name, value in settings.items()}
        assert state(windows, "trust", registry=registry) == expected

    def test_what_the_person_set_counts_where_it_set_nothing(self, windows):
        install(windows)
        own = r"Software\Microsoft\Office\16.0\Excel\Security"
        assert state(windows, "trust", registry={(own, "RequireAddinSig"): 1}) == "warning"
        assert state(windows, "trust", registry={(own, "RequireAddinSig"): 1, (EXCEL, "RequireAddinSig"): 0}) == "ok"

    def test_what_may_not_be_read_is_unknown(self, windows):
        install(windows)
        assert state(windows, "trust", forbidden=["Software"]) == "unknown"


class TestDefender:
    @pytest.mark.parametrize(("mode", "expected"), [(0, "ok"), (1, "problem"), (2, "ok"), (6, "problem")])
    def test_the_rule_against_child_processes_by_group_policy(self, windows, mode, expected):
        install(windows)
        registry = {(RULES, CHILD): str(mode)}
        assert state(windows, "child_processes", registry=registry) == expected

    def test_the_rule_by_intune(self, windows):
        install(windows)
        text = "56a863a9-875e-4185-98a7-b882c64b5ce5=1|d4f940ab-401b-4efc-aadc-ad5f3c50688a=1"
        check = found(windows, "child_processes", registry={(MANAGER, "ASRRules"): text})
        assert (check.state, "--server" in check.advice.zh) == ("problem", True)
        assert state(windows, "win32_calls", registry={(MANAGER, "ASRRules"): text}) == "ok"

    def test_the_server_answers_it(self, windows):
        install(windows, server=True)
        check = found(windows, "child_processes", registry={(RULES, CHILD): "1"}, running=True)
        assert (check.state, "persistent server" in check.found.en) == ("ok", True)

    def test_what_may_not_be_read_is_unknown_and_the_answer_is_named(self, windows):
        install(windows)
        check = found(windows, "child_processes", forbidden=["SOFTWARE"])
        assert (check.state, "could not be looked at" in check.found.en) == ("unknown", True)
        assert "--server" in check.advice.en

    def test_the_rule_against_calls_of_windows_points_to_the_pane(self, windows):
        install(windows)
        check = found(windows, "win32_calls", registry={(RULES, "92E97FA1-2EDF-4476-BDD6-9DD0B4DDDC7B"): "1"})
        assert (check.state, "deliverybook serve" in check.advice.en) == ("warning", True)


class TestServer:
    def test_not_used_is_fine(self, windows):
        install(windows)
        assert state(windows, "server") == "ok"

    @pytest.mark.usefixtures("dlls")
    def test_used_it_has_to_run(self, windows):
        install(windows, server=True)
        assert state(windows, "server", running=True) == "ok"
        check = found(windows, "server")
        assert (check.state, str(windows.log_on) in check.advice.en) == ("problem", True)

    def test_the_library_is_needed_with_the_server_only(self, windows):
        install(windows)
        assert state(windows, "library") == "warning"
        install(windows, server=True)
        check = found(windows, "library", running=True)
        assert (check.state, "xlwings64-0.37.8.dll" in check.found.en) == ("problem", True)


class TestMacos:
    def test_the_script_is_missing_or_of_another_xlwings(self, macos):
        install(macos)
        (script,) = macos.scripts.iterdir()
        assert state(macos, "script") == "ok"
        script.write_text("other")
        assert state(macos, "script") == "warning"
        script.unlink()
        assert state(macos, "script") == "problem"

    def test_a_space_in_the_path_would_be_taken_apart(self, macos):
        spaced = replace(macos, executable=macos.home / "my tools" / "python")
        check = found(spaced, "path")
        assert (check.state, "“ ”" in check.found.zh) == ("problem", True)

    def test_a_declined_permission_is_found_in_the_log_of_the_last_click(self, macos):
        install(macos)
        (macos.container / "xlwings.log").write_text("OSERROR: -1743\nMESSAGE: The user has declined permission.")
        check = found(macos, "automation")
        assert (check.state, "Privacy & Security > Automation" in check.advice.en) == ("problem", True)


def test_on_linux_it_is_said_that_excel_is_elsewhere(windows):
    with pytest.raises(UsageError) as error:
        doctor.doctor(replace(windows, platform="linux"))
    assert error.value.code == "ADDIN_PLATFORM"
