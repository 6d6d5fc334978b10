"""What people get of a batch by mail: drafts to owners and a summary."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from automation.base.findings import Finding, FindingStatus, Place, Severity, Text
from automation.front.batch import drafts
from automation.model.runs import BookRun, RunOutcome


def finding(rule, severity, text, owner="RES-001", status=FindingStatus.NEW):
    return Finding(
        rule, severity, Place("plan", "T-001"), Text(text, text), Text("催办", "ask"), owner=owner, status=status
    )


def run(*findings, outcome=RunOutcome.DONE, reason=None, book="/p/a.xlsx"):
    return BookRun(
        "r", "b", "nightly", book, datetime(2026, 6, 12, 14, 30, tzinfo=UTC), 1.0, outcome, 0, reason=reason,
        findings=findings, owners={"RES-001": ("王志强", "wang@example.com")},
    )  # fmt: skip


RUNS = [
    run(
        finding("PLN-02", Severity.LOW, "低的"),
        finding("PLN-01", Severity.HIGH, "<script>alert('x')</script>&"),
        finding("PLN-03", Severity.HIGH, "已解决", status=FindingStatus.RESOLVED),
    ),
    run(outcome=RunOutcome.TIMED_OUT, reason=Text("超过 120 秒", "more than 120 s"), book="/p/<b>.xlsx"),
]


def test_each_owner_gets_one_draft_with_the_gravest_first(tmp_path):
    (path,) = drafts.write(tmp_path, RUNS, language="zh")
    mail = message_from_bytes(Path(path).read_bytes(), policy=policy.default)
    assert path.name == "王志强.eml"
    assert mail["To"] == "wang@example.com"
    assert mail["Subject"] == "请处理：2 个项目问题（其中 1 个为高级别以上）"
    text = mail.get_content()
    assert text.index("PLN-01") < text.index("PLN-02")
    assert "已解决" not in text


def test_an_address_cannot_smuggle_headers(tmp_path):
    mail = drafts.draft("某人", "a@b.cn\r\nBcc: x@y.z", {"/p/a.xlsx": [finding("R", Severity.LOW, "x")]}, "zh")
    assert mail["To"] is None
    assert mail["Bcc"] is None


def test_the_addresses_of_a_job_get_one_summary(tmp_path):
    path = drafts.write_summary(tmp_path, RUNS, ["pmo@example.com"], language="en")
    mail = message_from_bytes(path.read_bytes(), policy=policy.default)
    assert mail["To"] == "pmo@example.com"
    assert "a.xlsx: 1 findings high or above" in mail.get_content()
    assert "<b>.xlsx: more than 120 s" in mail.get_content()
