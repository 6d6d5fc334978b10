"""The ribbon says everything in both languages, and refuses what Office would resolve wrongly."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from automation.base.findings import Text
from automation.base.records import replace
from automation.commands.buttons import buttons
from automation.excel.addin.ribbon import CALLBACK, NAMESPACES, Control, Group, custom_ui, problems

ICONS = Path(__file__).with_name("icons.txt")
GROUPS = (Group("plan", Text("计划", "Plan")), Group("empty", Text("空", "Empty")))
CHECK = Control("check", "plan", Text("检查", "Check"), Text("检查全部", "check all"), "Lock", "A", large=True)
MENU = Control(
    "make", "plan", Text("生成 A&B", "Make A&B"), Text('说 "好"', 'say "so" <now>'), "Help", "M", is_menu=True
)
ITEM = Control("make_d01", "plan", Text("D01 规格", "Specification"), Text("规格", "spec"), "Help", "D01", menu="make")
CONTROLS = (CHECK, MENU, ITEM)


def tree(schema="2009", controls=CONTROLS):
    return ET.fromstring(custom_ui(GROUPS, controls, schema=schema))


def element(name, **at):
    found = [
        one for one in tree().iter() if one.tag.endswith(f"}}{name}") and all(one.get(k) == v for k, v in at.items())
    ]
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("schema", NAMESPACES)
def test_both_schemas_differ_in_their_namespace_alone(schema):
    text = custom_ui(GROUPS, CONTROLS, schema=schema)
    assert tree(schema).tag == f"{{{NAMESPACES[schema]}}}customUI"
    assert text.replace(NAMESPACES[schema], "") == custom_ui(GROUPS, CONTROLS, schema="2006").replace(
        NAMESPACES["2006"], ""
    )


def test_the_tab_has_its_name_in_both_languages_and_a_key_tip():
    assert element("tab").attrib == {"id": "deliverybook_tab", "label": "客户交付 Client Delivery", "keytip": "K"}


def test_a_button_has_all_that_is_shown_of_it():
    assert element("button", id="check").attrib == {
        "id": "check",
        "label": "检查 Check",
        "imageMso": "Lock",
        "size": "large",
        "keytip": "A",
        "screentip": "检查 Check",
        "supertip": "检查全部\r\ncheck all",
        "onAction": CALLBACK,
    }


def test_a_menu_holds_its_buttons_and_runs_nothing_itself():
    menu = element("menu")
    assert "onAction" not in menu.attrib
    assert [(one.get("id"), one.get("onAction"), one.get("keytip"), one.get("size")) for one in menu] == [
        ("make_d01", CALLBACK, "D01", None)
    ]


def test_an_ampersand_is_doubled_in_labels_where_a_single_one_would_mark_a_letter():
    assert element("menu").get("label") == "生成 A&&B Make A&&B"
    assert element("menu").get("screentip") == "生成 A&B Make A&B"


def test_quotes_and_brackets_of_a_tip_stay_as_they_are():
    assert element("menu").get("supertip") == '说 "好"\r\nsay "so" <now>'


def test_a_group_without_controls_is_left_out():
    assert [one.get("label") for one in tree().iter() if one.tag.endswith("}group")] == ["计划 Plan"]


def test_no_callback_is_asked_for_labels_or_states():
    assert not [name for one in tree().iter() for name in one.attrib if name.startswith("get") or name == "onLoad"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"id": "Check all"}, "id 'Check all' is not made of a to z, 0 to 9, _"),
        ({"id": "make"}, "id 'make' is there twice"),
        ({"group": "none"}, "check: there is no group 'none'"),
        ({"menu": "none"}, "check: there is no menu 'none'"),
        ({"icon": ""}, "check: it has no icon"),
        ({"key_tip": ""}, "check: it has no key tip"),
        ({"key_tip": "ABCD"}, "check: key tip 'ABCD' is not 1 to 3 of A to Z, 0 to 9"),
        ({"key_tip": "MX"}, "key tip M hides MX"),
        ({"key_tip": "M"}, "key tip M hides M"),
    ],
)
def test_what_office_would_resolve_wrongly_is_refused(change, said):
    controls = (replace(CHECK, **change), MENU, ITEM)
    assert said in problems(GROUPS, controls)
    with pytest.raises(ValueError, match=re.escape(said)):
        custom_ui(GROUPS, controls, schema="2009")


def test_sound_controls_have_no_problems():
    assert problems(GROUPS, CONTROLS) == ()


def test_every_icon_of_the_registry_is_one_of_offices_own_pictures():
    """``icons.txt`` has names that Office 2010 and 2013 both draw; look a new one up before adding it there."""
    known = set(ICONS.read_text(encoding="ascii").split())
    assert {one.look.icon for one in buttons()} - known == set()
