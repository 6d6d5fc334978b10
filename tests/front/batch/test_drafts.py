"""Drafts of mails to owners: what they say, to whom, and how they look."""

from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from automation.base.findings import Finding, FindingStatus, Place, Severity, Text
from automation.front.batch import drafts
from automation.front.batch.mail_text import MOST, Part, Words
from automation.model.runs import BookRun, RunOutcome
from tests.tables import catalogue

WANG = ("王志强", "wang@example.com")


def finding(rule, severity, text, *, owner="RES-001", status=FindingStatus.NEW, key="T-001"):
    return Finding(
        rule, severity, Place("plan", key, "status"), Text(text, text), Text("催办", "ask"), owner=owner, status=status
    )


def run(*findings, book="/p/a.xlsx", owners=None, **parts):
    return BookRun(
        book, "b", "nightly", book, datetime(2026, 6, 12, 14, 30, tzinfo=UTC), 1.0, RunOutcome.DONE, 0,
        findings=findings, owners=owners or {"RES-001": WANG}, status_date=date(2026, 6, 12), **parts,
    )  # fmt: skip


LOW, HIGH = finding("PLN-02", Severity.LOW, "低的"), finding("PLN-01", Severity.HIGH, "高的")
RUNS = [
    run(
        LOW,
        HIGH,
        finding("PLN-03", Severity.HIGH, "已解决", status=FindingStatus.RESOLVED),
        finding("PLN-04", Severity.HIGH, "没有负责人", owner=""),
    ),
    run(book="/p/b.xlsx"),
]


def written(folder, runs, language="zh"):
    return drafts.write(folder, runs, catalogue=catalogue(), language=language)


def read(path):
    return message_from_bytes(Path(path).read_bytes(), policy=policy.default)


def words(runs=RUNS, language="zh", name="王志强"):
    return Words(name, [Part(one, one.findings, one.tally) for one in runs], catalogue(), language)


def plain(mail):
    return mail.get_body(("plain",)).get_content()


def page(mail):
    return mail.get_body(("html",)).get_content()


def test_each_owner_gets_one_draft_with_the_gravest_first(tmp_path):
    (one,) = written(tmp_path, RUNS)
    mail = read(one.path)
    assert one.path.name == "王志强.eml"
    assert mail["To"] == "wang@example.com"
    assert mail["X-Unsent"] == "1"
    assert mail["Subject"] == "请处理：新增 2 项，共 2 项（高级别以上 1 项）- a"
    for text in (plain(mail), page(mail)):
        assert text.index("高的") < text.index("低的")
        assert "已解决" not in text
        assert "没有负责人" not in text


def test_a_mail_says_row_day_and_what_to_do(tmp_path):
    books = [run(HIGH, LOW, due={HIGH.id: date(2026, 6, 10), LOW.id: date(2026, 6, 20)})]
    (one,) = written(tmp_path, books, "en")
    assert plain(read(one.path)).splitlines() == [
        "Dear 王志强,",
        "",
        "2 items are with you; what is done will be gone after the next check.",
        "",
        "■ a.xlsx",
        "  /p/a.xlsx",
        "",
        "1. [High · new] plan T-001 · Due 2026-06-10 overdue".replace("plan", catalogue().sheets["plan"].label.en),
        "   高的",
        "   → ask",
        "2. [Low · new] plan T-001 · Due 2026-06-20".replace("plan", catalogue().sheets["plan"].label.en),
        "   低的",
        "   → ask",
        "",
        "Written by Deliverybook after checking the workbooks (status date 2026-06-12).",
    ]


def test_the_subject_counts_what_is_new_and_names_the_workbook_or_how_many():
    old = finding("PLN-01", Severity.HIGH, "旧", status=FindingStatus.CONTINUING)
    assert words([run(old)], "en").subject() == "To do: 1 open (1 high or above) - a"
    assert words([run(old), run(LOW, book="/p/b.xlsx")], "en").subject() == (
        "To do: 1 new, 2 open (1 high or above) - 2 workbooks"
    )


@pytest.mark.parametrize("address", ["a@b.cn\r\nBcc: x@y.zz", "a@b.cn, x@y.zz", "a b@c.dd", "a@b.cn\n", ""])
def test_an_address_cannot_smuggle_headers_or_recipients(address):
    mail = drafts.draft(words(), address)
    assert mail["To"] is None
    assert mail["Bcc"] is None


def test_names_of_people_and_files_cannot_smuggle_headers_or_markup(tmp_path):
    name = "a\r\nBcc: x@y.zz\r\n\r\n<script>"
    books = [run(finding("R", Severity.LOW, "<img src=x>"), book=f"/p/{name}.xlsx", owners={"RES-001": (name, "")})]
    (one,) = written(tmp_path, books)
    mail = read(one.path)
    assert mail["Bcc"] is None
    assert "Bcc" in mail["Subject"]
    assert "<script>" not in page(mail)
    assert "<img" not in page(mail)


def test_a_name_of_a_file_that_is_no_text_is_no_reason_to_fail(tmp_path):
    (one,) = written(tmp_path, [run(LOW, book="/p/\udcff.xlsx")])
    assert "低的" in plain(read(one.path))
    drafts.write_summary(tmp_path, [run(LOW, book="/p/\udcff.xlsx")], ["a@b.cn"], language="zh")


def test_people_of_the_same_name_have_drafts_of_their_own(tmp_path):
    books = [
        run(LOW, owners={"RES-001": ("王伟", "w1@example.com")}),
        run(HIGH, book="/p/b.xlsx", owners={"RES-001": ("王伟", "w2@example.com")}),
        run(HIGH, book="/p/c.xlsx", owners={"RES-001": ("Summary", "s@example.com")}),
    ]
    made = [*written(tmp_path, books), drafts.write_summary(tmp_path, books, ["a@b.cn"], language="zh")]
    assert len({one.path.name.casefold() for one in made}) == 4
    assert {read(one.path)["To"] for one in made} == {"w1@example.com", "w2@example.com", "s@example.com", "a@b.cn"}


def test_a_mail_names_the_gravest_and_how_many_more_there_are():
    many = [finding("R", Severity.LOW, "many", key=f"T-{number}") for number in range(MOST + 5)]
    text = words([run(*many, HIGH)], "en").plain()
    assert text.count("many") == MOST - 1
    assert "6 more: see the sheet" in text


def test_the_addresses_of_a_job_get_one_summary(tmp_path):
    broken = BookRun(
        "r", "b", "nightly", "/p/<b>.xlsx", RUNS[0].started_at, 1.0, RunOutcome.TIMED_OUT, 2,
        reason=Text("超过 120 秒", "more than 120 s"),
    )  # fmt: skip
    one = drafts.write_summary(tmp_path, [RUNS[0], broken], ["pmo@example.com"], language="en")
    mail = read(one.path)
    assert mail["To"] == "pmo@example.com"
    assert "a.xlsx: 2 findings high or above" in mail.get_content()
    assert "<b>.xlsx: more than 120 s" in mail.get_content()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [390, 1000])
def test_the_page_of_a_mail_needs_no_sideways_scroll(browser, tmp_path, width, language):
    long = finding("PLN-01", Severity.HIGH, "任务“总体设计评审”比基线晚 12 个工作日" * 6)
    path = tmp_path / "mail.html"
    path.write_text(words([run(long, LOW, due={long.id: date(2026, 6, 10)})], language).page(), encoding="utf-8")
    shown = browser.new_page(viewport={"width": width, "height": 800})
    shown.goto(path.as_uri())
    assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert shown.locator("tbody tr").count() == 2
    assert shown.locator("h2 a").get_attribute("href") == "file:///p/a.xlsx"
    shown.close()
