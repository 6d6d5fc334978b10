"""The two manifests: made from the registry, complete in themselves, within Office's limits, valid for Microsoft's tool."""

import io
import json
import os
import shutil
import subprocess
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from automation.base.findings import Text
from automation.base.records import replace
from automation.commands import buttons as controls
from automation.commands import registry
from automation.commands.buttons import open_buttons
from automation.commands.command import GROUPS
from automation.excel.addin.ribbon import TAB
from automation.front.pane import icons, json_manifest, tab, xml_manifest
from tests.judges import give_up

ADDRESS = "https://localhost:21443"
SPACES = {
    "office": "http://schemas.microsoft.com/office/appforoffice/1.1",
    "over": "http://schemas.microsoft.com/office/taskpaneappversionoverrides",
    "bt": "http://schemas.microsoft.com/office/officeappbasictypes/1.0",
}
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
HELP = (
    "office-addin-manifest: npm install --ignore-scripts office-addin-manifest in the project folder, "
    "or set DELIVERYBOOK_MANIFEST_VALIDATOR to its path"
)


@pytest.fixture
def root():
    return ET.fromstring(xml_manifest.xml(ADDRESS))


def local(element):
    return element.tag.rpartition("}")[2]


def resources(root):
    return {
        local(group): {one.get("id"): one for one in group}
        for group in root.find(".//over:Resources", SPACES)
        if len(group)
    }


def clickable():
    return {one.id for one in open_buttons() if not one.is_menu}


def test_every_button_of_the_registry_is_on_the_tab_once(root):
    names = [one.text for one in root.iterfind(".//over:FunctionName", SPACES)]
    assert set(names) == clickable()
    assert len(names) == len(set(names))


def test_every_resource_that_is_named_exists_once_in_its_own_list_and_is_used(root):
    every = resources(root)
    named = {"Images": set(), "Urls": set(), "ShortStrings": set(), "LongStrings": set()}
    kinds = {"Image": "Images", "Runtime": "Urls", "FunctionFile": "Urls", "SourceLocation": "Urls"}
    kinds |= {"Label": "ShortStrings", "Title": "ShortStrings", "Description": "LongStrings"}
    for element in root.iter():
        if element.get("resid"):
            named[kinds[local(element)]].add(element.get("resid"))
    assert {kind: set(one) for kind, one in every.items()} == named
    ids = [one.get("id") for one in root.find(".//over:Resources", SPACES).iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert all(len(one) <= 32 for one in ids)


def test_ids_are_unique_and_short(root):
    ids = [one.get("id") for one in root.find(".//over:Hosts", SPACES).iter() if one.get("id")]
    assert [one for one, number in Counter(ids).items() if number > 1] == []
    assert all(len(one) <= 64 for one in ids)


def test_texts_are_within_the_limits_of_office_in_both_languages(root):
    every = resources(root)
    for kind, limit in (("ShortStrings", 125), ("LongStrings", 250)):
        for one in every[kind].values():
            (chinese,) = one
            assert chinese.get("Locale") == "zh-CN"
            assert 0 < len(one.get("DefaultValue")) <= limit
            assert 0 < len(chinese.get("Value")) <= limit
    name = root.find("office:DisplayName", SPACES)
    assert (name.get("DefaultValue"), name[0].get("Value")) == ("Deliverybook", "交付簿")
    assert len(root.find("office:Description", SPACES).get("DefaultValue")) <= 250


def test_every_picture_that_is_named_can_be_had(root):
    for one in resources(root)["Images"].values():
        picture, _, size = (
            one.get("DefaultValue").removeprefix(f"{ADDRESS}/icons/").removesuffix(".png").rpartition("-")
        )
        assert picture in icons.PICTURES
        assert int(size) in icons.SIZES


def test_parts_stand_in_the_order_that_office_expects(root):
    assert [local(one) for one in root] == [
        "Id", "Version", "ProviderName", "DefaultLocale", "DisplayName", "Description", "IconUrl",
        "HighResolutionIconUrl", "SupportUrl", "AppDomains", "Hosts", "Requirements", "DefaultSettings", "Permissions",
        "VersionOverrides",
    ]  # fmt: skip
    for control in root.iter(f"{{{SPACES['over']}}}Control"):
        last = "Items" if control.get(TYPE) == "Menu" else "Action"
        assert [local(one) for one in control] == ["Label", "Supertip", "Icon", last]


def test_pane_and_buttons_share_one_page(root):
    runtime = root.find(".//over:Runtime", SPACES)
    assert runtime.get("lifetime") == "long"
    assert runtime.get("resid") == root.find(".//over:FunctionFile", SPACES).get("resid")
    assert runtime.get("resid") == root.find(".//over:SourceLocation", SPACES).get("resid")


def test_prefixes_stand_as_the_tools_of_microsoft_read_them():
    text = xml_manifest.xml(ADDRESS).decode()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>\n<OfficeApp xmlns="')
    assert "ns0:" not in text
    assert '<VersionOverrides xsi:type="VersionOverridesV1_0" xmlns="' in text


def test_the_tab_has_the_name_of_the_ribbon_which_is_written_down_once(root):
    label = root.find(".//over:CustomTab/over:Label", SPACES).get("resid")
    (chinese,) = resources(root)["ShortStrings"][label]
    assert (chinese.get("Value"), resources(root)["ShortStrings"][label].get("DefaultValue")) == TAB
    package = Path(tab.__file__).parents[2]
    places = [path.name for path in package.rglob("*.py") if f'{TAB.zh}", "{TAB.en}"' in path.read_text("utf-8")]
    assert places == ["ribbon.py"]


def test_both_forms_say_the_same(root):
    (extension,) = json_manifest.unified(ADDRESS)["extensions"]
    (ribbon,) = extension["ribbons"]
    (only,) = ribbon["tabs"]
    labels = {name: one.get("DefaultValue") for name, one in resources(root)["ShortStrings"].items()}
    groups = [
        (
            labels[group.find("over:Label", SPACES).get("resid")],
            [labels[one.find("over:Label", SPACES).get("resid")] for one in group.iterfind("over:Control", SPACES)],
        )
        for group in root.iterfind(".//over:Group", SPACES)
    ]
    assert groups == [(group["label"], [one["label"] for one in group["controls"]]) for group in only["groups"]]
    actions = {one["id"] for runtime in extension["runtimes"] for one in runtime["actions"]}
    used = {
        entry["actionId"] for group in only["groups"] for one in group["controls"] for entry in one.get("items", [one])
    }
    assert actions == used == clickable() | {tab.SHOW_PANE}


def test_the_chinese_texts_stand_where_the_english_ones_do():
    manifest = json_manifest.unified(ADDRESS)
    texts = {place: text for place, text in json_manifest.chinese().items() if place != "$schema"}
    for place, text in texts.items():
        value = manifest
        for step in place.replace("]", "").replace("[", ".").split("."):
            value = value[int(step)] if step.isdigit() else value[step]
        assert isinstance(value, str)
        assert text
    assert len(texts) == 5 + sum(1 + 3 * sum(1 + len(one.items) for one in group.controls) for group in tab.groups())


def test_a_menu_with_more_entries_than_office_allows_goes_on_in_another(monkeypatch):
    document = next(one for one in registry.COMMANDS if one.id == "document")
    many = tuple((f"D{number:02}", Text(f"文档{number}", f"Document {number}")) for number in range(1, 30))
    changed = tuple(replace(one, menu=lambda: many) if one is document else one for one in registry.COMMANDS)
    monkeypatch.setattr(controls, "COMMANDS", changed)
    (group,) = (one for one in tab.groups() if one.id == "documents")
    assert [len(one.items) for one in group.controls if one.items] == [20, 9]
    assert len({one.id for one in group.controls}) == len(group.controls)


def test_long_texts_are_cut(monkeypatch):
    first = registry.COMMANDS[0]
    look = replace(first.ribbon, tip=Text("长" * 300, "long " * 90))
    first = replace(first, name=Text("长" * 99, "long " * 40), ribbon=look)
    monkeypatch.setattr(controls, "COMMANDS", (first, *registry.COMMANDS[1:]))
    control = next(one for group in tab.groups() for one in group.controls if one.id == first.control)
    assert [len(text) for text in (*control.label, *control.tip)] == [64, 64, 250, 250]


def test_the_version_counts_up_with_that_of_the_package(monkeypatch):
    for given, wanted in (("0.4.0", "1.0.4.0"), ("0.5.0.dev1", "1.0.5.0"), ("2.10", "1.2.10.0")):
        monkeypatch.setattr(tab, "__version__", given)
        assert tab.version() == wanted


def test_the_package_holds_what_its_manifest_names():
    first, second = json_manifest.package(ADDRESS), json_manifest.package(ADDRESS)
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        language = manifest["localizationInfo"]["additionalLanguages"][0]["file"]
        assert set(archive.namelist()) == {"manifest.json", language, *manifest["icons"].values()}


@pytest.mark.parametrize("name", sorted(icons.PICTURES))
def test_pictures_are_drawn_in_every_size(name):
    from struct import unpack

    for size in icons.SIZES[:3]:
        data = icons.png(name, size)
        assert unpack(">II", data[16:24]) == (size, size)
    assert len(icons.png(name, 32)) > 120


def test_a_command_without_a_picture_of_its_own_has_that_of_its_group():
    assert icons.picture_of("check", "entries") == "check"
    assert icons.picture_of("no-such-command", "plan") == "plan"
    assert all(name in icons.PICTURES for name, _ in GROUPS)


def test_the_tool_of_microsoft_takes_the_unified_manifest(tmp_path):
    program = os.environ.get("DELIVERYBOOK_MANIFEST_VALIDATOR") or shutil.which(
        "office-addin-manifest", path=str(Path(__file__).resolve().parents[3] / "node_modules" / ".bin")
    )
    if not program:
        give_up(HELP)
    with zipfile.ZipFile(io.BytesIO(json_manifest.package(ADDRESS))) as archive:
        archive.extractall(tmp_path)
    command = [program, "validate", str(tmp_path / "manifest.json")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "")
    spoiled = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8")) | {"bogus": 1}
    (tmp_path / "manifest.json").write_text(json.dumps(spoiled), encoding="utf-8")
    assert subprocess.run(command, capture_output=True, timeout=120, check=False).returncode != 0
