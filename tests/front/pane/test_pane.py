"""The pane in a real browser over a stand-in for Office: check, filter, jump, repair, and what goes wrong."""

import json

import pytest

from automation.base.errors import WorkbookError
from automation.excel.areas import Area
from automation.excel.live import taking
from automation.excel.live.wire import book_from, book_value
from automation.excel.marks import COLOURS
from automation.front import circumstances
from automation.front.clicks import Click, clicked
from automation.front.pane import clicking
from tests.excel.live.paper import carried_out
from tests.front.pane.conftest import SHOTS

LOG = "日志"


def press(page, control):
    """Click a command and wait until it is done."""
    button = page.locator(f'[data-control="{control}"]').first
    if not button.is_visible():
        page.click("#commands > summary")
    if not button.is_visible():
        page.click(".menu > summary")
    button.click()
    settled(page)


def settled(page):
    page.wait_for_selector("body[aria-busy=false]", timeout=60_000)


def shot(page, name):
    """A picture of the pane, where the environment variable asks for pictures."""
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def cell(page, sheet, place):
    return page.evaluate("([sheet, place]) => fake.cell(sheet, place)", [sheet, place])


def message(page):
    return page.locator("#message").inner_text()


def cards(page):
    """The findings that are shown, by id."""
    return page.locator(".card").evaluate_all("all => all.map(one => one.dataset.finding)")


def contents(book):
    """Cells by sheet as the stand-in for Office tells them: value, formula, number format; times of the log left out."""
    found = {}
    for sheet in book.sheets:
        cells = found[sheet.name] = {}
        for down, row in enumerate(sheet.values):
            for across, value in enumerate(row):
                formula = sheet.formulas[down][across]
                if value in {None, ""} and formula is None:
                    continue
                cells[f"{sheet.area.top + down},{sheet.area.left + across}"] = [
                    "" if value is None else getattr(value, "code", value),
                    formula,
                    sheet.formats[down][across],
                ]
    return {name: cells for name, cells in found.items() if name != LOG}


@pytest.fixture
def expected(live):
    """A callable: what a click comes to by the same functions without any browser."""

    def answered(control, book=None, **parameters):
        opened = book_from(book or live)
        return opened, clicked(opened, Click(control, "tester", **parameters))

    return answered


def test_a_check_lists_what_the_command_comes_to(open_pane, expected):
    page = open_pane()
    press(page, "check")
    _, answered = expected("check")
    counts = page.locator(".chip b").all_inner_texts()
    wanted = [finding for finding in answered.result.findings if finding.status != "resolved"]
    assert counts == [str(sum(one.severity.code == code for one in wanted if one.status != "waived")) for code in CODES]
    assert cards(page) == [finding.id for finding in wanted[:100]]
    assert wanted[0].message.zh in page.locator(".card").first.inner_text()
    assert page.problems == []
    shot(page, "pane-light-zh")


CODES = ("error", "high", "medium", "low", "reminder")


def test_every_cell_is_as_the_same_click_in_excel_leaves_it(open_pane, expected):
    page = open_pane()
    press(page, "check")
    opened, answered = expected("check")
    after = contents(carried_out(opened, answered.actions))
    found = json.loads(page.evaluate("JSON.stringify(fake.contents())"))
    assert {sheet: found[sheet] for sheet in after} == after


def test_marks_stand_where_the_findings_are_before_the_formats_of_users(open_pane, live):
    page = open_pane()
    page.evaluate(
        """sheet => fake.model.sheets.find(one => one.name === sheet).formats.unshift(
            {type: "Custom", formula: "=TRUE", fill: "#123456", areas: [{top: 1, left: 1, bottom: 9, right: 9}]})""",
        "需求",
    )
    press(page, "check")
    marks = page.evaluate("fake.marks('需求')")
    assert marks[-1]["formula"] == "=TRUE"
    assert [mark["formula"] for mark in marks[:-1]] == [
        f'=N("deliverybook:{code}")=0'
        for code in CODES
        if f'"deliverybook:{code}"' in json.dumps(marks).replace("\\", "")
    ]
    fills = {severity.code: f"#{fill}" for severity, fill in COLOURS.items()}
    assert all(fills[mark["formula"].split(":")[1].split('"')[0]] == mark["fill"] for mark in marks[:-1])
    again = page.evaluate("fake.model.writes")
    press(page, "check")
    assert page.evaluate("fake.model.writes") == again


def test_links_lead_from_the_findings_to_the_cells_and_leave_looks_alone(open_pane):
    page = open_pane()
    press(page, "check")
    letter = page.evaluate(
        """() => {
            const sheet = fake.model.sheets.find(({name}) => name === "检查结果");
            const number = sheet.tables[0].columns.indexOf("单元格");
            return String.fromCharCode(65 + number);
        }"""
    )
    first = cell(page, "检查结果", f"{letter}2")
    assert first["link"]["documentReference"].endswith(f"!{first['value']}")
    assert first["font"]["color"] == "#000000"
    assert first["font"]["underline"] == "None"


def test_filters_narrow_the_list_by_severity_words_sheet_rule_owner_and_status(open_pane, expected):
    page = open_pane()
    press(page, "check")
    _, answered = expected("check")
    every = [one for one in answered.result.findings if one.status != "resolved"]
    page.click('.chip[data-severity="error"]')
    assert cards(page) == [one.id for one in every if one.severity.code == "error"]
    page.click('.chip[data-severity="error"]')
    page.fill("#search", "REQ-001 需求名称")
    assert 0 < len(cards(page)) < len(every)
    assert all("需求名称" in text for text in page.locator(".card").all_inner_texts())
    page.fill("#search", "")
    page.click("#filters-button")
    page.select_option("#filter-sheet", label="风险")
    assert set(cards(page)) == {one.id for one in every if one.place.sheet == "risks"}
    page.select_option("#filter-rule", label=next(one.rule for one in every if one.place.sheet == "risks"))
    assert page.locator(".badge").inner_text() == "2"
    shot(page, "filters-zh")
    page.click("#filters .quiet")
    owner = next(one.owner for one in every if one.owner)
    page.select_option(
        "#filter-owner", index=1 + list(dict.fromkeys(one.owner for one in answered.result.findings)).index(owner)
    )
    assert set(cards(page)) == {one.id for one in every if one.owner == owner}
    page.fill("#search", "没有这样的字")
    assert cards(page) == []
    assert "没有符合" in page.locator("#findings").inner_text()


def test_a_click_on_a_finding_selects_its_cell(open_pane):
    page = open_pane()
    press(page, "check")
    page.fill("#search", "REQ-001 需求名称")
    card = page.locator(".card").first
    place = card.locator(".place").inner_text()
    card.locator(".jump").click()
    page.wait_for_function("place => fake.place() === place", arg=place)
    assert place.startswith("需求!")


def test_one_repair_is_shown_made_in_its_cell_alone_and_settled_by_the_next_check(open_pane):
    page = open_pane()
    press(page, "check")
    before = page.evaluate("fake.contents()")
    page.fill("#search", "REQ-001 需求名称")
    identity, place = cards(page)[0], page.locator(".card .place").first.inner_text()
    page.locator(".card .repair").first.click()
    assert page.locator("#preview del").inner_text() == "␣工单排程␣"
    assert page.locator("#preview ins").inner_text() == "工单排程"
    assert page.evaluate("fake.contents()") == before
    shot(page, "preview-one-zh")
    page.click("#apply")
    settled(page)
    page.wait_for_selector(".done")
    sheet, address = place.split("!")
    assert cell(page, sheet, address)["value"] == "工单排程"
    after = page.evaluate("fake.contents()")
    changed = [
        (name, at) for name, cells in after.items() for at in cells if before[name].get(at) != cells[at] and name != LOG
    ]
    assert len(changed) == 1
    assert any("REQ-001" in json.dumps(value) for at, value in after[LOG].items() if at not in before[LOG])
    press(page, "check")
    assert identity not in cards(page)
    page.click("#filters-button")
    page.select_option("#filter-status", label="已解决")
    assert identity in cards(page)


def test_what_a_repair_changed_is_put_back_by_undo(open_pane):
    page = open_pane()
    press(page, "check")
    page.fill("#search", "REQ-001 需求名称")
    place = page.locator(".card .place").first.inner_text()
    page.locator(".card .repair").first.click()
    page.click("#apply")
    page.wait_for_selector(".done")
    page.click("#commands > summary")
    page.click('[data-control="undo"]')
    page.click("#question .primary")
    settled(page)
    assert cell(page, *place.split("!"))["value"] == " 工单排程 "


def test_all_repairs_are_shown_first_and_those_unticked_are_left(open_pane):
    page = open_pane()
    press(page, "check")
    before = page.evaluate("fake.contents()")
    page.click("#repair-all")
    settled(page)
    page.wait_for_selector("#preview li")
    assert page.evaluate("fake.contents()") == before
    rows = page.locator("#preview li")
    assert rows.count() >= 2
    left = page.locator("#preview .place").first.inner_text()
    rows.first.locator("input").uncheck()
    assert page.locator("#apply").inner_text() == f"写入 {rows.count() - 1} 项"
    shot(page, "preview-all-zh")
    places = page.locator("#preview .place").all_inner_texts()[1:]
    news = page.locator("#preview ins").all_inner_texts()[1:]
    page.click("#apply")
    settled(page)
    page.wait_for_selector(".done")
    for place, text in zip(places, news, strict=True):
        found = cell(page, *place.split("!"))
        assert found["value"] == text or found["type"] == "Double"
    sheet, address = left.split("!")
    assert cell(page, sheet, address)["value"] == before_value(before, sheet, address)


def before_value(contents, sheet, address):
    letters = address.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return contents[sheet][f"{address[len(letters) :]},{column}"][0]


def test_escape_closes_the_preview_and_gives_the_focus_back(open_pane):
    page = open_pane()
    press(page, "check")
    page.fill("#search", "REQ-001 需求名称")
    page.locator(".card .repair").first.click()
    page.keyboard.press("Escape")
    assert not page.locator("#preview").is_visible()
    assert page.evaluate("document.activeElement.className").startswith("repair")


def test_the_whole_pane_can_be_used_by_keyboard(open_pane):
    page = open_pane()
    page.focus('[data-control="check"]')
    page.keyboard.press("Enter")
    settled(page)
    page.wait_for_selector(".card")
    page.focus('.chip[data-severity="high"]')
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    while "jump" not in page.evaluate("document.activeElement.className"):
        page.keyboard.press("Tab")
    place = page.evaluate("document.activeElement.querySelector('.place').textContent")
    page.keyboard.press("Enter")
    page.wait_for_function("place => fake.place() === place", arg=place)


def test_a_new_row_leads_to_its_cell(open_pane):
    page = open_pane()
    page.evaluate("fake.look('需求', 'B3')")
    press(page, "new_row")
    assert page.evaluate("fake.place()") == "需求!A34"
    assert cell(page, "需求", "A34")["value"].startswith("REQ-")
    assert page.evaluate("fake.table('需求')").endswith("34")
    assert page.problems == []


def test_copied_looks_do_not_spread_marks(open_pane):
    page = open_pane()
    press(page, "check")
    before = page.evaluate("fake.marks('需求')")
    page.evaluate("fake.look('需求', 'B3')")
    press(page, "new_row")
    assert page.evaluate("fake.marks('需求')") == before


def test_a_question_is_asked_before_anything_is_written(open_pane, clean):
    page = open_pane(book=clean)
    page.evaluate(
        "() => { const row = [...fake.model.sheets.find(({name}) => name === '需求变更').cells]"
        ".find(([, cell]) => cell.value === 'CHG-001')[0].split(',')[0]; fake.look('需求变更', `A${row}`); }"
    )
    before = page.evaluate("fake.contents()")
    page.click("#commands > summary")
    page.click('[data-control="baseline"]')
    page.wait_for_selector("#question:not([hidden])")
    shot(page, "question-zh")
    page.keyboard.press("Escape")
    settled(page)
    assert "没有执行" in message(page)
    assert page.evaluate("fake.contents()") == before
    page.click('[data-control="baseline"]')
    page.click("#question .primary")
    settled(page)
    assert page.evaluate("fake.contents()") != before


def test_a_document_in_the_cloud_can_be_fetched_once(open_pane, clean):
    page = open_pane(book=clean)
    press(page, "document_d12")
    link = page.locator(".documents a")
    assert link.inner_text().endswith(".docx")
    href = link.get_attribute("href")
    with page.expect_download() as waiting:
        link.click()
    assert waiting.value.suggested_filename.endswith(".docx")
    page.wait_for_selector(".documents .muted")
    status = page.evaluate("href => fetch(href).then(({status}) => status)", href)
    assert status == 404


def test_a_backup_keeps_the_bytes_before_anything_is_written(open_pane, state_folder):
    page = open_pane()
    before = set((state_folder / "copies").glob("*"))
    press(page, "backup")
    (kept,) = set((state_folder / "copies").iterdir()) - before
    assert kept.read_bytes() == b"PK\x03\x04the workbook"
    assert kept.name in page.locator(".documents").inner_text()


def test_every_text_follows_the_language(open_pane):
    page = open_pane()
    press(page, "check")
    page.click('[data-language="en"]')
    text = page.locator("body").inner_text()
    assert "Check all" in text
    assert "Status date" in text
    chips = page.locator(".chip span").all_inner_texts()
    assert chips == ["Error", "High", "Medium", "Low", "Reminder"]
    shot(page, "pane-light-en")
    assert page.evaluate("document.documentElement.lang") == "en"
    page.click('[data-language="zh"]')
    assert "检查全部" in page.locator("body").inner_text()


def test_excel_in_another_language_gets_english(open_pane):
    assert "Check all" in open_pane(language="de-DE").locator("body").inner_text()


@pytest.mark.parametrize(
    ("width", "scheme", "language"),
    [
        (320, "light", "zh-CN"),
        (320, "dark", "en-US"),
        (340, "dark", "zh-CN"),
        (800, "light", "en-US"),
        (800, "dark", "zh-CN"),
    ],
)
def test_the_pane_fits_into_every_width_and_can_be_read(open_pane, width, scheme, language):
    page = open_pane(width=width, language=language, scheme=scheme)
    press(page, "check")
    shot(page, f"check-{width}-{scheme}-{language[:2]}")
    page.click("#commands > summary")
    page.click("#filters-button")
    page.evaluate("scrollTo(0, 0)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRASTS) == []
    shot(page, f"open-{width}-{scheme}-{language[:2]}")


CONTRASTS = """() => {
    const numbers = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
    const light = ([red, green, blue]) => [red, green, blue].map((value) => value / 255)
        .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
        .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0);
    const ground = (node) => {
        for (let one = node; one; one = one.parentElement) {
            const colour = numbers(getComputedStyle(one).backgroundColor);
            if (colour.length === 3 || colour[3] === 1) return colour;
        }
        return [255, 255, 255];
    };
    const poor = new Set();
    for (const node of document.querySelectorAll("body *")) {
        const own = [...node.childNodes].some((child) => child.nodeType === 3 && child.textContent.trim());
        if (!own || !node.offsetParent || node.closest(":disabled, .closed")) continue;
        const [one, other] = [light(numbers(getComputedStyle(node).color)), light(ground(node))].sort((a, b) => b - a);
        if ((one + 0.05) / (other + 0.05) < 4.5) poor.add(`${node.tagName}.${node.className}: ${node.textContent.slice(0, 20)}`);
    }
    return [...poor];
}"""


def test_the_ribbon_has_a_function_for_every_action_of_the_manifest(open_pane, running):
    page = open_pane()
    (extension,) = running.ask("/manifest.json").json["extensions"]
    actions = {action["id"] for runtime in extension["runtimes"] for action in runtime["actions"]}
    assert set(page.evaluate("fake.buttons()")) == actions
    page.evaluate("fake.press('check')")
    page.wait_for_selector(".card")
    assert page.evaluate("fake.shown") == 1


def test_what_the_server_refuses_is_one_sentence_and_nothing_is_written(open_pane):
    page = open_pane()
    page.evaluate("fake.protect('检查结果')")
    before = page.evaluate("fake.contents()")
    press(page, "check")
    assert "保护" in message(page)
    assert page.evaluate("fake.contents()") == before
    shot(page, "refused-zh")


def test_a_bug_is_one_sentence_that_names_the_log(open_pane, monkeypatch, state_folder):
    page = open_pane()

    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr(clicking, "clicked", broken)
    press(page, "check")
    assert "程序内部错误" in message(page)
    assert str(state_folder / "error.log") in message(page)
    assert "ZeroDivisionError" in (state_folder / "error.log").read_text(encoding="utf-8")


def test_a_server_that_is_gone_is_one_sentence(open_pane):
    page = open_pane()
    page.route("**/api/click", lambda route: route.abort())
    press(page, "check")
    assert "deliverybook serve" in message(page)


def test_without_the_script_library_of_excel_the_pane_says_so(browser, running):
    context = browser.new_context(ignore_https_errors=True, locale="zh-CN")
    page = context.new_page()
    page.route("https://appsforoffice.microsoft.com/**", lambda route: route.abort())
    page.goto(f"{running.address}/pane.html")
    page.wait_for_selector(".message.bad")
    assert "office.js" in message(page)
    context.close()


def test_nothing_is_written_when_somebody_changed_the_workbook_meanwhile(open_pane):
    page = open_pane()

    def meanwhile(route):
        page.evaluate("() => { fake.edit('需求', 'C4', '改过'); }")
        route.continue_()

    page.route("**/api/click", meanwhile)
    press(page, "check")
    assert "被改动" in message(page)
    assert cell(page, "需求", "C4")["value"] == "改过"
    assert page.evaluate("fake.model.writes") == 0


def test_what_excel_fails_to_do_half_way_is_taken_back(open_pane):
    page = open_pane()
    before, marks = page.evaluate("fake.contents()"), page.evaluate("fake.marks('需求')")
    page.evaluate("fake.fail(3, 'GeneralException')")
    press(page, "check")
    assert "GeneralException" in message(page)
    assert page.evaluate("fake.contents()") == before
    assert page.evaluate("fake.marks('需求')") == marks


TEXTS = ["=1+1", "+86 10", "-", "@me", "'quoted", "007", "1/2", "TRUE", "#N/A", "MAR-01", "3月2日", "12.5%", "plain"]


def test_texts_stay_texts_whatever_they_look_like(open_pane, live, running, monkeypatch):
    """Through the real server: its action puts these texts into cells of another sheet."""
    from automation.excel.live.actions import PutValues
    from automation.front.clicks import Clicked
    from automation.front.output import Result

    values = tuple((text,) for text in TEXTS)
    area = Area(200, 30, 199 + len(TEXTS), 30)
    action = PutValues("需求", area, values, tuple(("General",) for _ in TEXTS))
    in_text_cells = PutValues("需求", area._replace(left=31, right=31), values, tuple(("@",) for _ in TEXTS))
    number = PutValues("需求", Area(300, 31, 300, 31), ((5.0,),), (("@",),))
    done = Clicked(Result("check", "", 0), actions=(action, in_text_cells, number))
    monkeypatch.setattr(clicking, "clicked", lambda *_: done)
    page = open_pane()
    page.evaluate(
        """() => { const sheet = fake.model.sheets.find(({name}) => name === "需求");
            for (let row = 200; row <= 300; row += 1) { fake.cell("需求", `AE${row}`);
            sheet.cells.get(`${row},31`).format = "@"; } }"""
    )
    press(page, "check")
    assert page.locator(".message.bad").count() == 0
    for number, text in enumerate(TEXTS):
        for column, code in (("AD", "General"), ("AE", "@")):
            found = cell(page, "需求", f"{column}{200 + number}")
            assert (found["value"], found["type"], found["format"]) == (text, "String", code)
    found = cell(page, "需求", "AE300")
    assert (found["value"], found["type"], found["format"]) == (5, "Double", "@")


def test_a_text_that_excel_takes_for_a_date_is_put_right_with_its_format(open_pane, monkeypatch):
    from automation.excel.live import typed
    from automation.excel.live.actions import PutValues
    from automation.front.clicks import Clicked
    from automation.front.output import Result

    action = PutValues("需求", Area(200, 30, 200, 30), (("MAR-01",),), (("General",),))
    monkeypatch.setattr(clicking, "clicked", lambda *_: Clicked(Result("check", "", 0), actions=(action,)))
    monkeypatch.setattr(typed, "_typed", lambda value, _: value)
    page = open_pane()
    press(page, "check")
    found = cell(page, "需求", "AD200")
    assert (found["value"], found["type"], found["format"]) == ("MAR-01", "String", "General")


def test_a_workbook_is_taken_as_it_is_in_few_questions(open_pane, live):
    page = open_pane()
    taken = page.evaluate(
        """async () => {
            const { take } = await import("/take.js");
            const known = await (await fetch("/api/buttons")).json();
            const before = fake.model.syncs;
            const taken = await Excel.run((context) => take(context, "", known.links));
            return [taken.book, fake.model.syncs - before];
        }"""
    )
    book, syncs = taken
    given, found = book_from(live), book_from(book)
    assert syncs <= 8
    assert contents(found) == contents(given)
    for one, other in zip(found.sheets, given.sheets, strict=True):
        assert (one.name, one.merges, one.visible, one.protected) == (
            other.name,
            other.merges,
            other.visible,
            other.protected,
        )
        assert [(table.name, table.area, table.columns) for table in one.tables] == [
            (table.name, table.area, table.columns) for table in other.tables
        ]
        assert dict(one.marks) == {ref.replace(",", " "): code for ref, code in other.marks.items()}
    assert book_value(found)["selection"] == "A1"


def repair_one(page):
    """Ask for the repair of one cell and apply it; where the cell is."""
    page.fill("#search", "REQ-001 需求名称")
    place = page.locator(".card .place").first.inner_text()
    page.locator(".card .repair").first.click()
    page.click("#apply")
    return place.split("!")


def undo(page):
    """Undo the last click, and say yes to the question."""
    if not page.locator('[data-control="undo"]').is_visible():
        page.click("#commands > summary")
    page.click('[data-control="undo"]')
    page.click("#question .primary")
    settled(page)


def test_a_repair_that_is_refused_is_not_called_made(open_pane, monkeypatch):
    page = open_pane()
    press(page, "check")
    monkeypatch.setattr(circumstances, "user", lambda: "DEMO\\gao")
    place = repair_one(page)
    settled(page)
    assert "DEMO\\gao" in message(page)
    assert cell(page, *place)["value"] == " 工单排程 "
    assert page.locator(".done").count() == 0
    assert page.locator(".card .repair").count() == 1


def test_a_repair_of_a_cell_that_was_changed_since_it_was_shown_is_not_made(open_pane):
    page = open_pane()
    press(page, "check")
    page.fill("#search", "REQ-001 需求名称")
    place = page.locator(".card .place").first.inner_text().split("!")
    page.locator(".card .repair").first.click()
    page.evaluate("([sheet, place]) => fake.edit(sheet, place, ' 另一个 ')", place)
    page.click("#apply")
    settled(page)
    assert "请重新检查" in message(page)
    assert cell(page, *place)["value"] == " 另一个 "
    assert page.locator(".done").count() == 0


def test_two_panes_each_undo_their_own_click_whichever_is_told_first(open_pane):
    one, other = open_pane(), open_pane(path="https://example.sharepoint.com/other.xlsx")
    press(one, "check")
    press(other, "check")
    held = []
    one.route("**/api/done*", lambda route: held.append(route))  # noqa: PLW0108 - it needs a function of Python
    with one.expect_request("**/api/done*"):
        place = repair_one(one)
    repair_one(other)
    other.wait_for_selector(".done")
    held[0].continue_()
    settled(one)
    one.unroute("**/api/done*")
    assert cell(one, *place)["value"] == "工单排程"
    undo(one)
    assert cell(one, *place)["value"] == " 工单排程 "
    undo(other)
    assert cell(other, *place)["value"] == " 工单排程 "


def test_when_the_server_cannot_be_told_all_was_written_and_undo_works_once_it_can(open_pane):
    page = open_pane()
    press(page, "check")
    page.route("**/api/done*", lambda route: route.abort())
    place = repair_one(page)
    settled(page)
    assert "已全部写入" in message(page)
    assert cell(page, *place)["value"] == "工单排程"
    assert page.locator(".done").count() == 1
    page.unroute("**/api/done*")
    undo(page)
    assert cell(page, *place)["value"] == " 工单排程 "


def test_what_was_written_half_way_and_could_not_be_taken_back_can_be_undone(open_pane):
    page = open_pane()
    press(page, "check")
    page.evaluate("fake.fail(1, 'GeneralException', true)")
    place = repair_one(page)
    settled(page)
    assert "撤销上次操作" in message(page)
    assert "GeneralException" in message(page)
    assert cell(page, *place)["value"] == "工单排程"
    page.evaluate("fake.model.fail = ''")
    undo(page)
    assert cell(page, *place)["value"] == " 工单排程 "


def test_nothing_is_said_of_undo_when_it_knows_nothing_of_what_was_written_half_way(open_pane):
    page = open_pane(path="")
    press(page, "check")
    page.evaluate("fake.fail(1, 'GeneralException', true)")
    repair_one(page)
    settled(page)
    assert "没有可供撤销的记录" in message(page)


def test_a_sheet_that_is_too_large_is_said_in_the_words_of_the_ribbon(open_pane):
    class Large:
        name = "需求"

        def used(self):
            return Area(1, 1, 1048576, 16384)

        def filled(self, _):
            return True

    with pytest.raises(WorkbookError) as caught:
        taking._area(Large(), [])
    page = open_pane()
    page.evaluate("() => fake.edit('需求', 'XFD1048576', 'x')")
    press(page, "check")
    assert message(page) == caught.value.text.zh
    page.click('[data-language="en"]')
    assert message(page) == caught.value.text.en


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (
            {"status": 500, "body": '{"error": {"code": "BUG", "zh": "内部错误，见日志", "en": "a bug"}}'},
            "内部错误，见日志",
        ),
        ({"status": 502, "body": "<html>"}, "deliverybook serve"),
        (None, "deliverybook serve"),
    ],
)
def test_a_pane_that_learns_nothing_of_the_buttons_says_so(browser, running, answer, said):
    context = browser.new_context(ignore_https_errors=True, locale="zh-CN")
    page = context.new_page()
    page.route("https://appsforoffice.microsoft.com/**", lambda route: route.abort())
    page.route("**/api/buttons", lambda route: route.fulfill(**answer) if answer else route.abort())
    page.goto(f"{running.address}/pane.html")
    page.wait_for_selector(".message.bad")
    assert said in message(page)
    assert page.locator("#title").inner_text() == "交付簿"
    assert not page.locator("#findings").is_visible()
    context.close()


@pytest.mark.parametrize("visibility", ["Hidden", "VeryHidden"])
def test_a_hidden_sheet_stays_hidden_when_a_finding_on_it_is_clicked(open_pane, visibility):
    page = open_pane()
    press(page, "check")
    page.evaluate(
        "visibility => { fake.model.sheets.find(({name}) => name === '需求').visibility = visibility; }", visibility
    )
    before = page.evaluate("fake.place()")
    page.fill("#search", "REQ-001 需求名称")
    page.locator(".card .jump").first.click()
    page.wait_for_selector(".message.bad")
    assert "“需求”是隐藏的" in message(page)
    assert page.evaluate("fake.model.sheets.find(({name}) => name === '需求').visibility") == visibility
    assert page.evaluate("fake.place()") == before
