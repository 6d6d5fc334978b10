"""``deliverybook addin build``: every button has one macro, one command and one subcommand, and files do not drift."""

import hashlib
import re
import shutil
import xml.etree.ElementTree as ET

import pytest

from automation import __version__
from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.buttons import button, buttons
from automation.commands.command import GROUPS
from automation.commands.registry import COMMANDS
from automation.excel.addin.package import contents, packed
from automation.excel.addin.ribbon import CALLBACK, NAMESPACES
from automation.front.addin import build as addin_build
from automation.front.addin.build import FOLDER, SUMS, build, control_of
from automation.front.cli import main

SOURCES = addin_build.sources()
MACROS = next(one.source for one in SOURCES.modules if one.name == "DeliverybookRibbon")
SHOWN = buttons()


def elements(schema):
    tree = ET.fromstring(SOURCES.ribbons[schema])
    return [one for one in tree.iter() if one.tag.rpartition("}")[2] in {"button", "menu"}]


@pytest.mark.parametrize("schema", NAMESPACES)
def test_the_ribbon_has_the_buttons_of_the_registry_in_its_order(schema):
    place = {group: number for number, (group, _) in enumerate(GROUPS)}
    wanted = sorted(SHOWN, key=lambda one: place[one.look.group])
    assert [one.get("id") for one in elements(schema)] == [one.id for one in wanted]


@pytest.mark.parametrize("shown", [one for one in SHOWN if not one.is_menu], ids=lambda one: one.id)
def test_a_button_has_one_macro_one_command_and_one_subcommand(shown, capsys):
    (element,) = [one for one in elements("2009") if one.get("id") == shown.id]
    assert MACROS.count(f"Public Sub {element.get('onAction')}(control As IRibbonControl)\r\n") == 1
    assert MACROS.count(f'Public Sub deliverybook_{shown.id}()\r\n    PassOn "{shown.id}"\r\n') == 1
    assert button(shown.id) == shown
    assert [one for one in COMMANDS if one.id == shown.command.id] == [shown.command]
    with pytest.raises(SystemExit) as left:
        main([shown.command.id, "--help"])
    assert left.value.code == 0
    assert f"deliverybook {shown.command.id}" in capsys.readouterr().out


def test_the_macros_are_those_of_the_buttons_and_the_callback():
    macros = re.findall(r"^Public Sub (\w+)", MACROS, re.MULTILINE)
    assert macros == [CALLBACK, *(f"deliverybook_{one.id}" for one in SHOWN if not one.is_menu)]


def test_a_button_in_a_menu_shows_its_value_once_and_as_its_key_tip():
    shown = next(one for one in SHOWN if one.menu)
    value = next(iter(shown.parameters.values()))
    control = control_of(shown)
    assert f"{control.label.zh} {control.label.en}".count(value) == 1
    assert (control.key_tip, control.large, control.menu) == (value, False, shown.menu)
    assert control_of(replace(shown, parameters={"id": "monthly"})).key_tip == ""


def test_the_files_of_the_source_tree_are_up_to_date():
    result = build(FOLDER, check=True)
    assert (result.exit, [one.en for one in result.lines]) == (0, [])


def test_no_file_is_a_word_document_or_carries_macros_that_should_not():
    for language in ("zh", "en"):
        names = contents((FOLDER / f"deliverybook-{language}.xlsx").read_bytes())
        assert not [name for name in names if "vba" in name.lower() or "customUI" in name]


@pytest.mark.parametrize("name", ["deliverybook.xlam", "deliverybook-zh.xlsm", "deliverybook-en.xlsx"])
def test_microsofts_validator_finds_nothing(name, ooxml_validator):
    assert ooxml_validator(FOLDER / name) == []


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(FOLDER, tmp_path / "workbook")


def test_building_renews_what_is_missing_or_changed_and_nothing_else(copy):
    (copy / "deliverybook-zh.xlsm").unlink()
    (copy / "vba/DeliverybookRibbon.bas").write_text("' changed by hand\n")
    result = build(copy, check=False)
    assert {one.relative_to(copy).as_posix() for one in result.documents} == {
        "deliverybook-zh.xlsm",
        "vba/DeliverybookRibbon.bas",
    }
    assert {path.relative_to(copy): path.read_bytes() for path in copy.rglob("*") if path.is_file()} == {
        path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.rglob("*") if path.is_file()
    }


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("ribbon/customUI14.xml", lambda content: content.replace(b"size", b"Size", 1)),
        ("vba/DeliverybookFunctions.bas", lambda content: content.replace(b"\r\n", b"\n")),
        ("deliverybook.xlam", lambda content: packed({**contents(content), "docProps/core.xml": b"<other/>"})),
        ("deliverybook-en.xlsx", lambda content: content[:-100]),
        (SUMS, lambda content: content[::-1]),
    ],
)
def test_check_finds_what_changed_and_writes_nothing(copy, name, change):
    changed = change((copy / name).read_bytes())
    (copy / name).write_bytes(changed)
    result = build(copy, check=True)
    assert result.exit == 1
    assert result.lines == (Text(f"不是最新：{name}", f"Out of date: {name}"),)
    assert result.notices == (Text("请运行 deliverybook addin build。", "Run deliverybook addin build."),)
    assert (copy / name).read_bytes() == changed


def test_a_package_packed_by_another_zlib_is_still_up_to_date(copy):
    import io
    import zipfile

    path = copy / "deliverybook.xlam"
    stored = io.BytesIO()
    with zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as archive:
        for name, content in contents(path.read_bytes()).items():
            archive.writestr(name, content)
    path.write_bytes(stored.getvalue())
    sums = {
        line.split("  ")[1]: hashlib.sha256((copy / line.split("  ")[1]).read_bytes()).hexdigest()
        for line in (copy / SUMS).read_text().splitlines()
    }
    (copy / SUMS).write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()))
    assert build(copy, check=True).exit == 0


def test_the_list_of_sums_names_every_file(copy):
    listed = dict(reversed(line.split("  ")) for line in (copy / SUMS).read_text().splitlines())
    found = {path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()}
    assert set(listed) == found - {SUMS}
    assert all(hashlib.sha256((copy / name).read_bytes()).hexdigest() == digest for name, digest in listed.items())


def test_the_version_in_the_macros_is_that_of_the_package():
    assert f'DELIVERYBOOK_VERSION As String = "{__version__}"' in MACROS


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(UsageError, match="Cannot write") as raised:
        build(tmp_path / "file", check=False)
    assert raised.value.code == "FOLDER"
