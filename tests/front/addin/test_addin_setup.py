"""Installing and removing the add-in on invented machines: what is written, what is kept, and nothing else."""

import json
from pathlib import Path

import pytest

from automation.base.errors import UsageError
from automation.base.records import replace
from automation.front.addin import files, setup
from automation.front.addin.places import places_here
from automation.front.addin.setup import install, uninstall
from tests.front.addin.addins import addin_bytes

SCRIPT = f"xlwings-{setup.xlwings_version()}.applescript"


def tree(folder):
    """Every file below a folder with its content, folders with ``None``."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in folder.rglob("*")
    }


def refused(places, **options):
    with pytest.raises(UsageError) as error:
        install(places, **options)
    return error.value


class TestWindows:
    def test_the_add_in_alone_lies_in_the_folder_that_excel_opens(self, windows, shipped):
        result = install(windows)
        assert result.exit == 0
        startup = windows.home / "AppData/Roaming/Microsoft/Excel/XLSTART"
        assert [path.name for path in startup.iterdir()] == ["deliverybook.xlam"]
        assert (startup / "deliverybook.xlam").read_bytes() == shipped.read_bytes()

    def test_the_configuration_is_plain_letters_even_for_a_chinese_user(self, windows):
        install(windows)
        assert (windows.home / ".deliverybook/deliverybook.conf").read_bytes().split(b"\r\n") == [
            rb'"INTERPRETER_WIN","%USERPROFILE%\AppData\Local\Deliverybook\py311\Scripts\python.exe"',
            b'"ADD_WORKBOOK_TO_PYTHONPATH","False"',
            b'"SHOW CONSOLE","False"',
            b'"SHOW_ERROR_POPUPS","True"',
            b'"USE UDF SERVER","False"',
            b'"DEBUG UDFS","False"',
            b"",
        ]

    def test_a_python_elsewhere_is_named_as_it_is(self, windows, tmp_path):
        install(elsewhere(windows, tmp_path / "tools" / "python.exe"))
        assert setup.read_configuration(windows)["INTERPRETER_WIN"] == str(tmp_path / "tools" / "python.exe")

    def test_a_python_that_vba_cannot_read_is_refused_before_anything_is_written(self, windows, tmp_path):
        before = tree(windows.home)
        error = refused(elsewhere(windows, tmp_path / "工具" / "python.exe"))
        assert error.code == "ADDIN_PATH"
        assert "工具" in error.text.zh
        assert tree(windows.home) == before

    def test_the_console_s_python_is_named_when_the_one_without_runs(self, windows):
        install(elsewhere(windows, windows.executable.with_name("pythonw.exe")))
        assert setup.read_configuration(windows)["INTERPRETER_WIN"].endswith(r"\python.exe")

    def test_the_server_mode_starts_no_process_from_excel(self, windows):
        result = install(windows, server=True)
        assert {key: setup.read_configuration(windows)[key] for key in setup.SERVER_KEYS} == {
            "USE UDF SERVER": "True",
            "DEBUG UDFS": "True",
        }
        lines = windows.log_on.read_bytes().split(b"\r\n")
        start = rb'start "" "%USERPROFILE%\AppData\Local\Deliverybook\py311\Scripts\pythonw.exe" -P -m automation addin server'
        assert lines[3].startswith(start)
        assert windows.log_on.parent.name == "Startup"
        assert str(windows.log_on) in result.lines[-1].en

    def test_without_the_server_mode_its_entry_goes_again(self, windows):
        install(windows, server=True)
        install(windows)
        assert not windows.log_on.exists()
        assert setup.read_configuration(windows)["DEBUG UDFS"] == "False"

    def test_a_percent_sign_in_a_path_reaches_the_command_file_doubled(self, windows, tmp_path):
        install(elsewhere(windows, tmp_path / "100%" / "python.exe"), server=True)
        assert b"100%%" in windows.log_on.read_bytes()

    def test_the_python_of_the_store_is_refused_since_excel_would_not_see_its_files(self, windows):
        error = refused(replace(windows, base=Path("/Program Files/WindowsApps/PythonSoftwareFoundation.Python.3.11")))
        assert (error.code, "python.org" in error.text.zh) == ("ADDIN_STORE_PYTHON", True)


class TestMacos:
    def test_add_in_configuration_and_script_lie_where_excel_looks(self, macos, shipped):
        install(macos)
        library = macos.home / "Library"
        addin = (
            library
            / "Group Containers/UBF8T346G9.Office/User Content.localized/Startup.localized/Excel/deliverybook.xlam"
        )
        assert addin.read_bytes() == shipped.read_bytes()
        configuration = (library / "Containers/com.microsoft.Excel/Data/deliverybook.conf").read_text("ascii")
        assert configuration.splitlines()[0] == '"INTERPRETER_MAC","$HOME/.deliverybook/py311/bin/python"'
        assert "UDF" not in configuration
        assert b"VbaHandler" in (library / "Application Scripts/com.microsoft.Excel" / SCRIPT).read_bytes()

    def test_the_script_has_the_name_that_the_add_in_calls(self, macos, shipped):
        shipped.write_bytes(addin_bytes(xlwings="0.36.1"))
        install(macos)
        assert [path.name for path in macos.scripts.iterdir()] == ["xlwings-0.36.1.applescript"]

    def test_excel_has_to_have_been_started_once(self, macos):
        macos.container.rmdir()
        assert refused(macos).code == "ADDIN_NO_EXCEL"

    def test_there_is_no_server_mode(self, macos):
        error = refused(macos, server=True)
        assert (error.code, "Windows" in error.text.zh) == ("ADDIN_PLATFORM", True)

    def test_what_macos_forbids_is_said_with_the_setting_to_change(self, macos, monkeypatch):
        monkeypatch.setattr(Path, "replace", denied)
        error = refused(macos)
        assert error.code == "ADDIN_PRIVACY"
        assert "App Management" in error.text.en

    def test_the_script_of_another_program_stays_after_uninstalling(self, macos):
        macos.scripts.mkdir(parents=True)
        (macos.scripts / SCRIPT).write_bytes(setup.script_source().read_bytes())
        install(macos)
        uninstall(macos)
        assert (macos.scripts / SCRIPT).exists()


@pytest.fixture(params=["windows", "macos"])
def places(request):
    """Each of the two machines."""
    return request.getfixturevalue(request.param)


class TestBoth:
    def test_installing_again_changes_nothing(self, places):
        install(places)
        before = tree(places.home)
        result = install(places)
        assert tree(places.home) == before
        assert {row["done"] for row in result.tables["files"]} == {"unchanged"}

    def test_uninstalling_leaves_the_machine_as_it_was(self, places):
        before = tree(places.home)
        install(places, server=places.windows)
        assert tree(places.home) != before
        result = uninstall(places)
        assert tree(places.home) == {**before, ".deliverybook": None}
        assert {row["done"] for row in result.tables["files"]} == {"removed"}

    def test_uninstalling_leaves_other_files_and_their_folders(self, places):
        install(places)
        other = places.startup / "PERSONAL.XLSB"
        other.write_bytes(b"mine")
        uninstall(places)
        assert [path.name for path in places.startup.iterdir()] == ["PERSONAL.XLSB"]

    def test_uninstalling_what_was_never_installed_does_nothing(self, places):
        before = tree(places.home)
        assert uninstall(places).lines[-1].en == "Nothing is recorded as installed; nothing to remove."
        assert tree(places.home) == before

    def test_an_update_of_our_own_file_needs_no_copy(self, places, shipped):
        install(places)
        shipped.write_bytes(addin_bytes(more=b"new"))
        install(places)
        assert places.addin.read_bytes() == shipped.read_bytes()
        assert not places.kept.exists()

    def test_a_foreign_or_newer_file_is_kept_and_said(self, places):
        places.startup.mkdir(parents=True)
        newer = addin_bytes(version="99.0.0")
        places.addin.write_bytes(newer)
        result = install(places)
        (copy,) = places.kept.iterdir()
        assert copy.read_bytes() == newer
        assert str(copy) in result.lines[0].zh
        assert result.tables["files"][0]["kept"] == str(copy)
        assert [path.name for path in places.startup.iterdir()] == ["deliverybook.xlam"]

    def test_a_file_changed_after_installing_is_kept_when_it_goes(self, places):
        install(places)
        places.addin.write_bytes(b"signed meanwhile")
        uninstall(places)
        assert not places.addin.exists()
        assert [path.read_bytes() for path in places.kept.iterdir()] == [b"signed meanwhile"]

    def test_other_keys_of_the_configuration_stay_through_everything(self, places):
        mine = '"ONEDRIVE_COMMERCIAL_WIN","D:\\云盘"'.encode("gbk")
        places.configuration.parent.mkdir(parents=True, exist_ok=True)
        places.configuration.write_bytes(b'"SHOW CONSOLE","True"\n' + mine + b"\n")
        install(places)
        assert mine in places.configuration.read_bytes()
        assert setup.read_configuration(places)["SHOW CONSOLE"] == "False"
        uninstall(places)
        assert places.configuration.read_bytes().splitlines() == [mine]

    def test_an_add_in_signed_by_the_company_can_take_the_place(self, places, tmp_path):
        signed = tmp_path / "signed.xlam"
        signed.write_bytes(addin_bytes(more=b"signature"))
        install(places, addin=signed)
        assert places.addin.read_bytes() == signed.read_bytes()

    def test_a_missing_or_foreign_add_in_is_refused(self, places, tmp_path):
        assert refused(places, addin=tmp_path / "none.xlam").code == "ADDIN_MISSING"
        (tmp_path / "other.xlam").write_bytes(b"PK other")
        assert refused(places, addin=tmp_path / "other.xlam").code == "ADDIN_FOREIGN"

    def test_a_dry_run_says_it_and_writes_nothing(self, places):
        before = tree(places.home)
        result = install(places, dry_run=True)
        assert tree(places.home) == before
        assert "将写入" in result.lines[0].zh
        install(places)
        before = tree(places.home)
        assert "将删除" in uninstall(places, dry_run=True).lines[0].zh
        assert tree(places.home) == before

    def test_a_damaged_record_is_no_harm(self, places):
        install(places)
        places.record.write_text("{", encoding="utf-8")
        install(places)
        uninstall(places)
        assert not places.addin.exists()
        assert not places.configuration.exists()

    def test_a_full_disk_is_said(self, places, monkeypatch):
        monkeypatch.setattr(Path, "replace", full)
        error = refused(places)
        assert (error.code, "No space left" in error.text.en) == ("ADDIN_WRITE", True)
        assert not list(places.home.rglob("*.tmp"))


class TestExcelOpen:
    def test_the_add_in_in_use_is_one_clear_error_and_the_rest_waits(self, windows, shipped, monkeypatch):
        install(windows)
        before = tree(windows.home)
        shipped.write_bytes(addin_bytes(more=b"new"))
        monkeypatch.setattr(Path, "replace", denied)
        error = refused(windows, server=True)
        assert error.code == "ADDIN_OPEN"
        assert (
            error.text.zh
            == f"{windows.addin} 正被使用或不可写：请关闭所有 Excel 窗口(任务管理器里也没有 Excel)，再运行一次。"
        )
        assert tree(windows.home) == before

    def test_after_closing_excel_it_goes_on(self, windows, shipped, monkeypatch):
        with monkeypatch.context() as busy:
            busy.setattr(Path, "replace", denied)
            refused(windows)
        install(windows)
        assert windows.addin.read_bytes() == shipped.read_bytes()

    def test_uninstalling_in_use_says_so_and_can_be_repeated(self, windows, monkeypatch):
        install(windows)
        with monkeypatch.context() as busy:
            busy.setattr(Path, "unlink", denied)
            with pytest.raises(UsageError) as error:
                uninstall(windows)
        assert error.value.code == "ADDIN_OPEN"
        uninstall(windows)
        assert not windows.addin.exists()


def test_on_linux_it_is_said_that_excel_is_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path))
    here = replace(places_here(), platform="linux")
    error = refused(here)
    assert error.code == "ADDIN_PLATFORM"
    assert error.text.en.startswith("Excel runs on Windows and macOS only")


def test_the_record_lists_every_file_with_its_sum(windows):
    install(windows, server=True)
    record = json.loads(windows.record.read_text(encoding="utf-8"))
    for path in (windows.addin, windows.configuration, windows.log_on):
        assert record["files"][str(path)] == files.digest(path.read_bytes())


def denied(self, *_):
    raise PermissionError(13, "Permission denied", str(self))


def full(self, *_):
    raise OSError(28, "No space left on device", str(self))


def elsewhere(places, executable):
    return replace(places, executable=executable)


def test_a_python_whose_path_the_script_of_macos_would_take_apart_is_refused(macos):
    with pytest.raises(UsageError) as caught:
        install(elsewhere(macos, macos.executable.parent / "my python" / "python"))
    assert caught.value.code == "ADDIN_PYTHON"
    assert "“ ”" in caught.value.text.en
    assert not macos.addin.exists()
