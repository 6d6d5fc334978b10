"""The overview as a page: nothing of a workbook is run, pictures show what the history says, a phone can read it."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from automation.base.findings import Severity
from automation.base.records import replace
from automation.front.overview.gantt import gantt
from automation.front.overview.page import page
from automation.front.overview.plots import Axis, Series, bars, lines
from automation.front.overview.view import MOST_PROJECTS
from tests.front.overview.views import CLASH, RUNS, START, facts, finding, run, view


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_escapes_what_comes_from_workbooks_and_names_what_was_not_done(language):
    text = page(view(clashes=[CLASH]), language)
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text
    assert "&lt;b&gt;.xlsx" in text
    assert ("超过 120 秒" if language == "zh" else "more than 120 s") in text
    assert "已解决" not in text
    assert "http" not in text.replace("file://", "")
    assert text.index("PLN-01") < text.index("PLN-02")
    assert ("人员冲突" if language == "zh" else "Conflicts") in text
    assert (
        not set(re.findall(r"[一-鿿]+", re.sub(r"<[^>]*>|王志强|仓储|绿的|低的|无日期", "", text))) or language == "zh"
    )


def test_without_days_before_and_without_projects_there_is_no_empty_picture():
    text = page(view([run(finding("PLN-01", Severity.HIGH, "高的"))], days=1), "zh")
    assert "走势" not in text
    assert "进度" not in text
    assert 'id="projects"' not in text
    assert "高的" in text


def test_projects_in_danger_come_first_and_their_bars_stand_where_their_days_are():
    text = gantt(RUNS, date(2026, 6, 12), "en")
    assert re.findall(r"PRJ-00\d", re.sub(r'aria-label="[^"]*"', "", text)) == ["PRJ-001", "PRJ-003", "PRJ-002"]
    base, bar, part, *_ = re.findall(
        r'<i class="(?:base|bar red|part red)" style="left:([\d.]+)%;width:([\d.]+)%"', text
    )
    assert base[0] == bar[0] == part[0]
    whole = (date(2026, 9, 17) - date(2026, 3, 2)).days
    assert float(base[1]) / float(bar[1]) == pytest.approx(
        (date(2026, 8, 28) - date(2026, 3, 2)).days / whole, abs=0.001
    )
    assert float(part[1]) / float(bar[1]) == pytest.approx(0.552, abs=0.001)
    assert text.count('class="stone reached"') == 3 + 1  # and in the legend


def test_a_date_far_away_does_not_squeeze_all_others_and_many_projects_are_told():
    far = run(projects=(facts(), facts("PRJ-009", start=date(1999, 1, 1), finish=date(2099, 1, 1))))
    text = gantt([far], date(2026, 6, 12), "zh")
    widths = [float(width) for width in re.findall(r'bar red" style="left:[\d.]+%;width:([\d.]+)%', text)]
    assert min(widths) > 8
    assert max(widths) <= 100
    many = [run(projects=tuple(facts(f"PRJ-{number:03}") for number in range(MOST_PROJECTS + 7)))]
    text = gantt(many, date(2026, 6, 12), "zh")
    assert text.count("<li><div") == MOST_PROJECTS
    assert "另有 7 个项目" in text


def test_lines_and_bars_stand_at_their_values_and_say_them():
    days = [START + timedelta(days=day) for day in range(4)]
    series = Series("A<", "s1", list(zip(days, [0.0, 10.0, 5.0, 10.0], strict=True)))
    text = lines("T", [series], Axis([(0.0, "0"), (10.0, "10")]))
    assert 'd="M125.0 1000.0 375.0 0.0 625.0 500.0 875.0 0.0"' in text
    assert "A&lt; · 2026-06-02: 10" in text
    assert 'aria-label="T: A&lt; 10 (2026-06-04)"' in text
    text = bars("T", [Series("B", "s3", [(days[0], -5.0)])], Axis([(-10.0, "10"), (10.0, "10")]))
    assert 'y="500.0" width="700.0" height="250.0"' in text
    assert "B · 2026-06-01: 5" in text


def test_an_axis_of_days_has_room_and_names_days():
    axis = Axis.of_days([date(2026, 9, 1), date(2026, 9, 17)])
    texts = [text for _, text in axis.marks if text]
    assert texts
    assert all(re.fullmatch(r"2026-\d\d-\d\d", text) for text in texts)
    assert 0 < axis.at(date(2026, 9, 17).toordinal()) < axis.at(date(2026, 9, 1).toordinal()) < 1000


def test_a_head_sorts_and_the_field_filters_and_a_phone_needs_no_sideways_scroll(browser, tmp_path):
    path = tmp_path / "overview.html"
    path.write_text(page(view(clashes=[CLASH]), "zh"), "utf-8")
    shown = browser.new_page(viewport={"width": 390, "height": 800})
    problems = []
    shown.on("console", lambda message: problems.append(message.text))
    shown.on("pageerror", lambda error: problems.append(str(error)))
    shown.goto(path.as_uri())
    for width in (390, 768, 1280):
        shown.set_viewport_size({"width": width, "height": 800})
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert _apart(shown, ".area span"), width
    rules = "#findings tbody tr:not([hidden]) td:nth-child(2)"
    shown.click("#findings th:nth-child(2) button")
    shown.click("#findings th:nth-child(2) button")
    assert shown.locator(rules).all_inner_texts() == ["PLN-02", "PLN-01"]
    shown.click("#findings th:nth-child(1) button")
    assert shown.locator(rules).all_inner_texts() == ["PLN-01", "PLN-02"]
    shown.click("#projects th:nth-child(2) button")
    assert shown.locator("#projects tbody td:nth-child(2)").all_inner_texts() == ["红", "红", "黄", "绿"]
    shown.fill("#find", "低的")
    assert shown.locator(rules).all_inner_texts() == ["PLN-02"]
    assert problems == []
    shown.close()


def _apart(shown, which):
    """Whether no two of the texts cover each other."""
    boxes = shown.locator(which).evaluate_all("found => found.map(one => one.getBoundingClientRect().toJSON())")
    boxes = [box for box in boxes if box["width"]]
    return not any(
        one["left"] < other["right"] and other["left"] < one["right"]
        and one["top"] < other["bottom"] - 2 and other["top"] < one["bottom"] - 2
        for number, one in enumerate(boxes)
        for other in boxes[:number]
    )  # fmt: skip


def test_amounts_are_sorted_as_numbers_and_empty_cells_come_last(browser, tmp_path):
    amounts = [1_980_000, 250_000, None, 98_000_000]
    rows = tuple(
        replace(facts(f"PRJ-{at}"), budget=None if one is None else Decimal(one)) for at, one in enumerate(amounts)
    )
    path = tmp_path / "overview.html"
    path.write_text(page(view([run(projects=rows)]), "en"), "utf-8")
    shown = browser.new_page()
    shown.goto(path.as_uri())
    shown.click("#projects th:nth-child(10) button")
    cells = shown.locator("#projects tbody td:nth-child(10)").all_inner_texts()
    assert cells == ["250,000", "1,980,000", "98,000,000", ""]
    shown.close()


def test_the_line_of_the_day_is_of_workbooks_with_projects_and_says_when_there_are_several():
    other = replace(RUNS[0], status_date=date(2026, 6, 20))
    empty = replace(run(), status_date=date(2026, 11, 27))
    assert "Status date 2026-06-12<" in page(view([RUNS[0], empty], days=1), "en")
    assert "Latest status date 2026-06-20<" in page(view([RUNS[0], other], days=1), "en")
