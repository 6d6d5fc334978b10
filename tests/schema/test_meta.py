from __future__ import annotations

import pytest

from automation.schema import meta
from tests.schema import shipped
from tests.schema.shipped import SMALL, spoiled

DOORS = "sheets/doors.yaml"


def sentences(texts):
    return [one.in_("en") for one in meta.check(texts)]


def test_the_shipped_schemas_are_sound():
    assert sentences(shipped.texts()) == []


def test_the_small_set_that_the_other_tests_spoil_is_sound():
    assert sentences(SMALL) == []


def test_a_problem_names_file_and_key_in_both_languages():
    (found,) = meta.check(spoiled(DOORS, "x-list: colour", "x-list: colours"))[:1]
    assert found.in_("zh") == "sheets/doors.yaml: properties.colour: 没有列表“colours”。"
    assert found.in_("en") == "sheets/doors.yaml: properties.colour: there is no list 'colours'."


def test_a_missing_file_is_named():
    texts = {file: text for file, text in SMALL.items() if file != "messages.yaml"}
    assert sentences(texts) == ["messages.yaml: this file is missing."]


def test_a_file_that_nobody_knows_is_named():
    assert sentences({**SMALL, "colours.yaml": "{}"}) == ["colours.yaml: this file is not known."]


def test_unreadable_yaml_is_reported_with_its_line():
    found = sentences({**SMALL, "lists.yaml": "lists:\n  state: [\n"})
    assert len(found) == 1
    assert found[0].startswith("lists.yaml: line 3 is not valid YAML")


def test_a_key_that_stands_twice_is_reported():
    found = sentences(spoiled(DOORS, "type: object\n", "type: object\ntype: object\n"))
    assert found == ["sheets/doors.yaml: line 5 is not valid YAML: 'type' stands twice."]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        # form
        (DOORS, 'purpose: {zh: "每扇门一行。", en: "One row a door."}', 'purpose: {zh: "", en: "x"}', "x-sheet.purpose.zh"),
        (DOORS, 'x-hint: {zh: "名称。", en: "Its name."}', 'x-hint: {zh: "名称。"}', "'en' is a required property"),
        (DOORS, '"Its name."', f'"{"x" * 121}"', "properties.name.x-hint.en"),
        (DOORS, "minimum: 1", "minimun: 1", "minimun"),
        (DOORS, "x-kind: num", "x-kind: numeric", "'numeric' is not one of"),
        (DOORS, "type: number", "type: nummber", "properties.width.type"),
        (DOORS, "x-column: opened_on", "", "'x-column' is a required property"),
        (DOORS, "then: {required: [colour]}", "then: {properties: {colour: {const: red}}}", "allOf.0.then"),
        (DOORS, "check: pairs", "check: couples", "'couples' is not one of"),
        ("parameters.yaml", "type: days", "type: day", "parameters.0.type"),
        ("messages.yaml", 'hint: {zh: "请填写。", en: "Fill it in."}', "", "checks.required: 'hint' is a required"),
        # sheets
        (DOORS, "\n  order: 1", "\n  order: 2", "the orders of the sheets should run from 1 to 1; they are [2]"),
        (DOORS, 'en: "Doors"', 'en: "Doors/Gates"', "no name for an Excel sheet"),
        (DOORS, 'en: "Doors"', f'en: "{"D" * 32}"', "no name for an Excel sheet"),
        (DOORS, "$id: doors", "$id: gates", "the file should be called sheets/gates.yaml"),
        (DOORS, "key: door_id", "key: gate_id", "there is no column 'gate_id'"),
        (DOORS, "title: name", "title: title", "there is no column 'title'"),
        (DOORS, "[[name, state]]", "[[name, place]]", "there is no column 'place'"),
        (DOORS, "required: [door_id, state]", "required: [door_id]", "not the columns whose x-need is required: state"),
        # columns
        (DOORS, "x-order: 7", "x-order: 6", "x-order should run from 1 to 7"),
        (DOORS, 'en: "Width"', 'en: "Colour"', "'colour' also is a name of the column 'colour'"),
        (DOORS, 'zh: "宽度"', 'zh: "颜色"', "'颜色' also is a name of the column 'colour'"),
        (DOORS, "format: date", "format: date-time", "type and format of the kind 'date'"),
        (DOORS, "    x-list: state\n", "", "x-list does not go with the kind 'enum'"),
        (DOORS, "x-list: state\n", "x-list: gates\n", "there is no list 'gates'"),
        (DOORS, "not_itself: true", "not_itself: true, many: true", "many: true is for mref columns"),
        (DOORS, "x-computed: C01", "", "x-computed is for computed columns"),
        (DOORS, "'^DOR-[0-9]{3}$'", "'^DOR-[0-9'", "properties.door_id.pattern"),
        (DOORS, "For example DOR-001.", "For example DOR-1.", "x-hint.en: the help shows no example"),
        (DOORS, "例如 DOR-001。", "例如 1。", "x-hint.zh: the help shows no example"),
        (DOORS, "x-default: open", "x-default: ajar", "the default 'ajar' does not fit"),
        (DOORS, "x-default: status_date", "x-default: today", "the default 'today' does not fit"),
        (DOORS, "sheet: doors", "sheet: gates", "there is no sheet 'gates'"),
        (DOORS, "same: [colour]", "same: [size]", "both sheets need a column 'size'"),
        (DOORS, "where: {state: [open]}", "where: {size: [big]}", "there is no column 'size'"),
        (DOORS, "where: {state: [open]}", "where: {state: [ajar]}", "there is no code 'ajar'"),
        # conditions
        (DOORS, "if: {required: [state], properties: {state: {const: open}}}", "if: {properties: {state: {const: open}}}",
         "the condition also holds when 'state' is empty"),
        (DOORS, "{const: shut}", "{const: closed}", "the list 'state' has no code 'closed'"),
        (DOORS, "{const: shut}", "{enum: [shut, closed]}", "the list 'state' has no code 'closed'"),
        (DOORS, "{const: shut}", "{not: {const: closed}}", "the list 'state' has no code 'closed'"),
        (DOORS, "not: {required: [opened_on]}", "not: {required: [shut_on]}", "there is no column 'shut_on'"),
        (DOORS, "x-column: opened_on", "x-column: shut_on", "there is no column 'shut_on'"),
        (DOORS, "{colour: DOR-01}", "{width: DOR-01}", "then.required does not name the column 'width'"),
        (DOORS, "then: {required: [colour]}\n    x-covered-by: {colour: DOR-01}", "then: {required: [name]}",
         "properties.colour: no condition says when it is needed"),
        (DOORS, "then: {required: [colour]}", "then: {required: [colour, width]}", "properties.width: a computed"),
        (DOORS, "{cell} holds {value}, but", "{cell}, but", "the languages differ in the fields value"),
        (DOORS, 'x-hint: {zh: "请清空 {cell}。", en: "Clear {cell}."}', 'x-hint: {zh: "{gate}。", en: "{gate}."}',
         "there is no field 'gate' here"),
        (DOORS, "columns: [state, colour]", "columns: [state, size]", "there is no column 'size'"),
        (DOORS, "table: colour_by_state", "table: sizes", "the table 'sizes' is not about the lists of these columns"),
        (DOORS, "columns: [state, colour]", "columns: [colour, state]", "is not about the lists of these columns"),
        # lists
        ("lists.yaml", "code: shut", "code: open", "'open' stands twice among the code values"),
        ("lists.yaml", 'zh: "关"', 'zh: "开"', "'开' stands twice among the zh values"),
        ("lists.yaml", 'en: "Shut"', 'en: "Open"', "'Open' stands twice among the en values"),
        ("lists.yaml", "- [shut, blue]", "- [shut, green]", "the list 'colour' has no code 'green'"),
        ("lists.yaml", "- [shut, blue]", "- [open, red]", "('open', 'red') stands twice"),
        ("lists.yaml", "  colour_by_state: [state, colour]", "  sizes: [state, colour]", "must stand in both tables and"),
        ("lists.yaml", "open: [shut]", "open: [closed]", "the list 'state' has no code 'closed'"),
        ("lists.yaml", "    shut: []\n", "", "nothing is said about what follows 'shut'"),
        # messages and settings
        ("messages.yaml", "Cell {cell} is empty.", "The cell is empty.", "the languages differ in the fields cell"),
        ("messages.yaml", "Cell {cell} is empty.", "Cell {cell is empty.", "the braces do not pair"),
        ("messages.yaml", "fields: [key, days]", "fields: [key, date]", "not the fields of the texts: date, days"),
        ("messages.yaml", "parameters: [door_days]", "parameters: [gate_days]", "the setting 'gate_days' does not exist"),
        ("messages.yaml", "    parameters: [door_days]\n", "", "the rule 'DOR-01' does not name this setting"),
        ("messages.yaml", 'wide:\n    name: {zh: "门没关", en: "Door open"}', 'wide:\n    name: {zh: "门大开", en: "Wide"}',
         "differs from the name of the rule 'DOR-01'"),
        ("parameters.yaml", "unit: day", "unit: week", "the unit 'week' is not in the list parameter_unit"),
        ("parameters.yaml", "default: 3", "default: 10", "the default 10 does not fit"),
        ("parameters.yaml", "default: 3", "default: three", "the default 'three' does not fit"),
        ("parameters.yaml", "type: days\n    default: 3", "type: enum\n    default: a\n    choices: [b, c]", "the default 'a'"),
        ("parameters.yaml", "type: days\n    default: 3", 'type: date\n    default: "2026-13-01"', "the default '2026-13-01'"),
        ("parameters.yaml", '"超过时提示。"', '"超过时,提示。"', "half-width punctuation in Chinese: '时,'"),
    ],
)  # fmt: skip
def test_each_fault_is_found(file, old, new, expected):
    found = sentences(spoiled(file, old, new))
    assert any(expected in sentence for sentence in found), found


def test_a_setting_that_stands_twice_is_reported():
    rows = SMALL["parameters.yaml"].removeprefix("\nparameters:\n")
    found = sentences({**SMALL, "parameters.yaml": SMALL["parameters.yaml"] + rows})
    assert found == ["parameters.yaml: door_days: this setting stands twice."]


def test_two_sheets_of_one_name_are_reported():
    other = SMALL[DOORS].replace("$id: doors", "$id: gates").replace("order: 1\n  key", "order: 2\n  key")
    found = sentences({**SMALL, "sheets/gates.yaml": other})
    assert [one for one in found if "two sheets are called" in one] == [
        "sheets: x-sheet.label: two sheets are called '门'.",
        "sheets: x-sheet.label: two sheets are called 'doors'.",
    ]


def test_marks_of_self_reference_are_only_for_the_same_sheet():
    other = SMALL[DOORS].replace("$id: doors", "$id: gates").replace("order: 1\n  key", "order: 2\n  key")
    found = sentences({**SMALL, "sheets/gates.yaml": other})
    assert any("not_itself, symmetric and acyclic are for references to the same sheet" in one for one in found)


def test_a_day_that_does_not_exist_is_reported():
    found = sentences(spoiled("parameters.yaml", "default: 3", "default: 2026-13-01"))
    assert len(found) == 1
    assert found[0].startswith("parameters.yaml: ")
