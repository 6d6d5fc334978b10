"""A click on an open workbook does what the command line does to the closed file: same findings, same cells."""

import json
import shutil
from pathlib import Path

import pytest

from automation.base.errors import UsageError, WriteRefusedError
from automation.base.records import replace
from automation.commands.buttons import button, open_buttons
from automation.excel.areas import Area, place_of
from automation.excel.live.actions import PutMarks, PutValues
from automation.excel.reader import read
from automation.front import circumstances
from automation.front.clicks import REFUSED, Click, clicked, remember
from automation.front.output import _plain, finding_value
from tests.excel.live.paper import carried_out, taken
from tests.front.live import cell_of, cells, differences, spoil

WORDS = {
    "check": ("check", "--write"),
    "check_sheet": ("check-sheet", "需求", "--write"),
    "repair": ("repair",),
    "new_row": ("new-row", "需求"),
    "reschedule": ("reschedule",),
    "forecast": ("forecast",),
    "baseline": ("baseline", "--change", "CHG-001"),
    "backup": ("backup",),
    "settings": ("settings",),
    "guide": ("guide", "--sheet", "需求"),
    "explain": ("explain", "T-030"),
    "gantt": ("gantt",),
    "appraisal": ("appraisal",),
    "confirm": ("confirm",),
    "dashboard": ("dashboard",),
    "expand_plan": ("expand-plan",),
    "export": ("export",),
    "hand_over": ("hand-over", "DLV-009"),
    "impact": ("impact", "--only", "CHG-004", "--write"),
    "load": ("load",),
    "plan_health": ("plan-health",),
    "process_analysis": ("process-analysis",),
    "quality": ("quality",),
    "review": ("review", "--write"),
    "reminders": ("reminders",),
    "risk_review": ("risk-review", "--write"),
    "satisfaction": ("satisfaction",),
    "service_figures": ("service-figures",),
    "trace": ("trace",),
}
"""The words of the command line that do what the button does."""
SELECTED = {
    "baseline": ("需求变更", "CHG-001"),
    "check_sheet": ("需求", "REQ-001"),
    "explain": ("计划", "T-030"),
    "hand_over": ("交付物与文档", "DLV-009"),
    "impact": ("需求变更", "CHG-004"),
}


@pytest.fixture(scope="module")
def whole(demo, tmp_path_factory):
    """The demonstration workbook as if it were open, and the folder where a copy of it lies."""
    copy = Path(shutil.copy(demo.book, tmp_path_factory.mktemp("whole") / "book.xlsx"))
    return taken(copy), copy.parent


@pytest.fixture(scope="module")
def spoiled_open(demo, tmp_path_factory):
    """The same with spoiled cells; nothing changes it."""
    copy = spoil(Path(shutil.copy(demo.book, tmp_path_factory.mktemp("spoiled") / "book.xlsx")))
    return taken(copy), copy


@pytest.fixture
def spoiled(spoiled_open, tmp_path):
    """A closed copy of the spoiled workbook, and the workbook as if it were open."""
    live, path = spoiled_open
    copy = Path(shutil.copy(path, tmp_path / "book.xlsx"))
    return replace(live, path=str(copy)), copy


def selected(live, sheet, key):
    """The open workbook with a cell of that row selected."""
    found = next(one for one in live.sheets if one.name == sheet)
    row = next(number for number, row in enumerate(found.values) if row[0] == key)
    return replace(live, active=sheet, selection=f"C{found.area.top + row}")


def plain(value):
    """A result as JSON has it."""
    return json.loads(json.dumps(value, default=_plain))


def click(live, control, folder=None, user="somebody", **more):
    return clicked(live, Click(control, user, folder=folder, **more))


def test_an_analysis_sheet_is_written_anew_by_its_command_and_not_put_back_by_undo(spoiled):
    open_book, _ = spoiled
    answered = click(open_book, "gantt")
    assert answered.cells["甘特图"]
    assert answered.undoable == ()


def test_every_button_but_documents_is_compared_here():
    ids = {one.id for one in open_buttons() if not one.is_menu and not one.id.startswith("document_")}
    assert ids == WORDS.keys() | {"undo"}


@pytest.mark.parametrize("control", WORDS)
def test_a_click_finds_and_writes_what_the_command_does_to_the_closed_file(run, spoiled, control, monkeypatch):
    monkeypatch.setattr(circumstances, "user", lambda: "somebody")
    open_book, closed = spoiled
    open_book = selected(open_book, *SELECTED.get(control, ("需求", "REQ-001")))
    answered = click(open_book, control, closed.parent)
    after = carried_out(open_book, answered.actions)
    result = run(*WORDS[control][:1], closed, *WORDS[control][1:], "--format", "json", "--lang", "zh").json
    assert plain([finding_value(one, "zh") for one in answered.result.findings]) == plain(result["findings"])
    assert differences(cells(after), cells(closed)) == []
    assert answered.result.exit == result["exit"]
    assert plain(answered.result.figures) == plain(result["figures"])


def test_the_same_click_again_has_nothing_to_do(spoiled):
    once, _ = spoiled
    after = carried_out(once, click(once, "check").actions)
    again = click(after, "check")
    assert again.actions == ()
    assert again.result.edits == 0


def test_marks_go_where_the_findings_are(spoiled):
    answered = click(spoiled[0], "check")
    cell = cell_of(read(spoiled[1]), "需求", "REQ-002", "优先级")
    marked = {
        (action.sheet, row, column)
        for action in answered.actions
        if isinstance(action, PutMarks)
        for _, areas in action.areas
        for area in areas
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    }
    assert ("需求", *place_of(cell)) in marked


def test_a_document_is_made_for_the_project_in_the_folder_of_the_workbook(whole):
    answered = click(whole[0], "document_d01", whole[1])
    (made,) = answered.result.documents
    assert made.is_relative_to(whole[1])
    assert made.exists()
    assert made.name in answered.message.zh
    assert answered.actions == ()


def test_a_workbook_in_the_cloud_gets_its_documents_in_the_folder_of_the_user(whole, tmp_path, monkeypatch):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    open_book = replace(whole[0], path="https://example.sharepoint.com/book.xlsx")
    (made,) = click(open_book, "document_d12").result.documents
    assert made.is_relative_to(tmp_path / "state" / "documents")


def test_a_dry_run_says_how_many_cells_and_leaves_them(spoiled):
    answered = click(spoiled[0], "check", dry_run=True)
    assert answered.actions == ()
    assert answered.result.edits > 0


def test_a_new_row_leads_to_its_first_cell(whole):
    assert click(selected(whole[0], "需求", "REQ-001"), "new_row").goto == "'需求'!A34"


def test_a_check_leads_to_the_findings(spoiled):
    assert click(spoiled[0], "check").goto == "'检查结果'!A2"


def test_repairs_are_shown_before_they_are_made(spoiled):
    question = click(spoiled[0], "repair").question
    cell = cell_of(read(spoiled[1]), "需求", "REQ-001", "需求名称")
    assert question.zh.startswith("采用 ")
    assert f"需求!{cell}:  工单排程  → 工单排程" in question.zh
    assert question.en.startswith("Apply ")


def test_the_selected_change_justifies_a_new_baseline_and_without_one_the_error_says_so(whole):
    with pytest.raises(UsageError) as caught:
        click(whole[0], "baseline")
    assert "选中" in caught.value.text.zh
    answered = click(selected(whole[0], "需求变更", "CHG-001"), "baseline")
    assert answered.question.en.startswith("Freeze the computed dates of ")


def test_an_unknown_button_names_the_doctor(whole):
    with pytest.raises(UsageError) as caught:
        click(whole[0], "explode")
    assert caught.value.code == "NO_SUCH_BUTTON"
    assert "addin doctor" in caught.value.text.en


def test_a_menu_is_no_button():
    assert button("document") is None
    assert button("document_d01").parameters == {"id": "D01"}
    assert button("document_d99") is None


class TestNotAllowed:
    def test_nothing_is_done_but_the_log_gets_a_row(self, whole, tmp_path, monkeypatch):
        monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
        open_book = selected(whole[0], "需求变更", "CHG-001")
        answered = click(open_book, "baseline", user="DEMO\\li")
        assert answered.result.exit == REFUSED
        assert "DEMO\\li" in answered.message.zh
        after = carried_out(open_book, answered.actions)
        old, new = cells(open_book), cells(after)
        changed = {place: value for place, value in new.items() if old.get(place) != value}
        assert {sheet for sheet, _ in changed} == {"日志"}
        assert "baseline (refused)" in changed.values()

    def test_the_refusal_is_in_the_log_of_the_user_too(self, whole, tmp_path, monkeypatch):
        monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
        click(selected(whole[0], "需求变更", "CHG-001"), "baseline", user="DEMO\\li")
        entry = json.loads((tmp_path / "state" / "refused.log").read_text(encoding="utf-8"))
        assert (entry["user"], entry["action"]) == ("DEMO\\li", "baseline")


def test_a_workbook_with_its_own_configuration_beside_it_obeys_that(whole, tmp_path):
    (tmp_path / "config.yaml").write_text("settings: {language: en, fail_on: error}\n", encoding="utf-8")
    assert click(whole[0], "check", tmp_path).result.exit == 0


class TestUndo:
    @pytest.fixture(autouse=True)
    def own_state(self, tmp_path, monkeypatch):
        monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))

    def test_a_click_is_undone_and_the_log_keeps_both(self, spoiled):
        before, _ = spoiled
        found = click(before, "reschedule")
        after = carried_out(before, found.actions)
        assert remember(before, found).exists()
        undone = click(after, "undo")
        assert undone.question.zh
        again = cells(carried_out(after, undone.actions))
        log = {place: value for place, value in again.items() if place[0] == "日志"}
        assert {place: value for place, value in again.items() if place[0] != "日志"} == {
            place: value for place, value in cells(before).items() if place[0] != "日志"
        }
        assert {"reschedule", "undo"} <= set(log.values())

    def test_what_was_typed_since_stays(self, spoiled):
        before, _ = spoiled
        found = click(before, "reschedule")
        after = carried_out(before, found.actions)
        remember(before, found)
        (first, *others) = found.undoable
        sheet, cell = first["sheet"], first["cell"]
        row, column = place_of(cell)
        typed = carried_out(after, [PutValues(sheet, Area(row, column, row, column), ((46000.0,),), (("General",),))])
        undone = click(typed, "undo")
        back = {(one["sheet"], one["cell"]) for one in undone.undoable}
        assert back == {(one["sheet"], one["cell"]) for one in others}
        assert any(f"{sheet}!{cell}" in notice.zh for notice in undone.result.notices)

    def test_without_a_click_there_is_nothing_to_undo(self, spoiled):
        with pytest.raises(UsageError) as caught:
            click(spoiled[0], "undo")
        assert caught.value.code == "NOTHING_TO_UNDO"

    def test_the_command_line_undoes_the_last_click_on_the_saved_file(self, run, spoiled):
        before, path = spoiled
        found = click(before, "reschedule")
        remember(before, found)
        run("reschedule", path, "--quiet")
        changed = cells(path)
        assert run("undo", path, "--format", "json").json["figures"]["undone"] == len(found.undoable)
        assert cells(path) != changed
        assert (
            differences(
                *(
                    {place: value for place, value in found.items() if place[0] != "日志"}
                    for found in (cells(path), cells(before))
                )
            )
            == []
        )

    def test_a_file_that_is_no_record_is_refused(self, run, spoiled, tmp_path):
        (tmp_path / "x.json").write_text('{"a": 1}', encoding="utf-8")
        refused = run("undo", spoiled[1], "--kept", tmp_path / "x.json")
        assert refused.exit == 2
        assert "[BAD_RECORD]" in refused.err

    def test_rows_that_have_moved_since_are_found_by_their_key(self, run, spoiled, tmp_path):
        before, path = spoiled
        found = click(before, "repair")
        remember(before, found)
        run("repair", path, "--quiet")
        moved = sheet_with_rows_moved(taken(path), "需求")
        undone = click(replace(moved, path=before.path), "undo")
        again = carried_out(moved, undone.actions)
        assert value_of(again, "需求", "REQ-001", "需求名称") == " 工单排程 "
        assert value_of(again, "需求", "REQ-002", "需求名称") == value_of(moved, "需求", "REQ-002", "需求名称")

    def test_a_row_that_is_gone_is_named_and_nothing_else_is_touched(self, spoiled):
        before, _ = spoiled
        found = click(before, "repair")
        after = carried_out(before, found.actions)
        remember(before, found)
        sheets = [without_row(one, "REQ-001") if one.name == "需求" else one for one in after.sheets]
        undone = click(replace(after, sheets=tuple(sheets)), "undo")
        assert not [one for one in undone.undoable if one["sheet"] == "需求"]
        assert any("需求!" in notice.zh for notice in undone.result.notices)

    def test_a_second_undo_takes_the_click_before(self, spoiled):
        before, _ = spoiled
        first = click(before, "repair")
        repaired = carried_out(before, first.actions)
        remember(before, first)
        second = click(repaired, "reschedule")
        planned = carried_out(repaired, second.actions)
        remember(repaired, second)
        undone = click(planned, "undo")
        back = carried_out(planned, undone.actions)
        remember(planned, undone)
        again = click(back, "undo")
        assert {one["cell"] for one in again.undoable} == {one["cell"] for one in first.undoable}
        remember(back, again)
        with pytest.raises(UsageError):
            click(carried_out(back, again.actions), "undo")

    def test_a_check_can_be_undone_and_the_next_check_works(self, spoiled):
        before, _ = spoiled
        found = click(before, "check")
        after = carried_out(before, found.actions)
        remember(before, found)
        assert not {one["sheet"] for one in found.undoable} & {"检查结果", "日志"}
        undone = carried_out(after, click(after, "undo").actions)
        assert click(undone, "check").result.exit == 1

    def test_a_new_row_is_emptied_again(self, spoiled):
        before, _ = spoiled
        found = click(selected(before, "需求", "REQ-001"), "new_row")
        after = carried_out(before, found.actions)
        remember(before, found)
        undone = carried_out(after, click(after, "undo").actions)
        assert "REQ-033" in cells(after).values()
        assert "REQ-033" not in [value for place, value in cells(undone).items() if place[0] == "需求"]

    def test_a_workbook_that_was_never_saved_keeps_nothing(self, spoiled):
        before = replace(spoiled[0], path="")
        found = click(before, "reschedule")
        assert remember(before, found) is None
        with pytest.raises(UsageError):
            click(carried_out(before, found.actions), "undo")


def sheet_with_rows_moved(live, name):
    """The workbook with the second and third data row of a sheet changed for each other, as a sort would do."""

    def moved(sheet):
        values = [list(row) for row in sheet.values]
        values[1], values[2] = values[2], values[1]
        return replace(sheet, values=values)

    return replace(live, sheets=tuple(moved(one) if one.name == name else one for one in live.sheets))


def without_row(sheet, key):
    """A sheet in which the row with that key is empty."""
    values = [[None] * len(row) if row[0] == key else row for row in sheet.values]
    return replace(sheet, values=values)


def value_of(live, name, key, heading):
    sheet = next(one for one in live.sheets if one.name == name)
    row = next(row for row in sheet.values if row[0] == key)
    return row[sheet.values[0].index(heading)]


def test_a_dry_run_of_what_is_not_allowed_writes_no_log_either(whole, tmp_path, monkeypatch):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path / "state"))
    open_book = selected(whole[0], "需求变更", "CHG-001")
    assert click(open_book, "baseline", user="DEMO\\li", dry_run=True).actions == ()


def test_help_on_a_sheet_that_is_none_of_ours_does_not_explain_another(whole):
    assert "项目：" not in click(whole[0], "guide").message.zh.split(" · ")[0][:4]


def test_a_refusal_of_the_planner_speaks_the_language_of_the_workbook(spoiled):
    sheets = [replace(one, protected=True) if one.name == "计划" else one for one in spoiled[0].sheets]
    with pytest.raises(WriteRefusedError) as caught:
        click(replace(spoiled[0], sheets=tuple(sheets)), "reschedule")
    assert (caught.value.code, caught.value.language) == ("protected-sheet", "zh")


def test_who_cannot_close_the_workbook_is_told_how_the_language_is_switched(whole):
    live, folder = whole
    with pytest.raises(WriteRefusedError) as caught:
        click(live, "switch_language", folder)
    assert caught.value.code == "closed-only"
    assert "switch_language" not in {one.id for one in open_buttons()}
