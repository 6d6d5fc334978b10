"""Rules of a company's own: where they may come from, what they find, and what happens when they fail."""

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = re.search(r"```python\n(.*?)```", (DOCS / "company-rules.en.md").read_text("utf-8"), re.DOTALL)[1]


@pytest.fixture
def company(run, book, tmp_path):
    """Runs ``check`` with a company's file beside a configuration of its own."""

    def call(text, *, named=True, own=None):
        folder = tmp_path / "company"
        folder.mkdir(exist_ok=True)
        (folder / "our_rules.py").write_text(text, "utf-8")
        config = folder / "config.yaml"
        config.write_text("company_rules: our_rules.py\n", "utf-8")
        if own is not None:
            (book.parent / "config.yaml").write_text("company_rules: our_rules.py\n", "utf-8")
            (book.parent / "our_rules.py").write_text(own, "utf-8")
        words = ("--config", config) if named else ()
        return run("check", book, *words, "--format", "json").json["findings"]

    return call


def of(findings, rule):
    return [one for one in findings if one["rule"] == rule]


def test_the_example_of_the_manual_is_judged_with_ours(company):
    findings = company(EXAMPLE.replace("row.updated_on is None", "True"))
    assert {one["key"] for one in of(findings, "X-01")} == {"T-023", "T-024", "T-025", "T-026"}
    assert of(findings, "X-01")[0]["message"].endswith("没有填写更新日期。")
    assert of(findings, "RES-01")


def test_both_manuals_show_the_same_example():
    chinese = re.search(r"```python\n(.*?)```", (DOCS / "company-rules.zh.md").read_text("utf-8"), re.DOTALL)[1]
    assert chinese == EXAMPLE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("RULES = [", "SyntaxError"),
        ("import nothing_of_that_name", "ModuleNotFoundError"),
        ("RULES = [3]", "no Rule"),
        (EXAMPLE.replace('"X-01"', '"REQ-01"'), "REQ-01"),
        (EXAMPLE.replace("MESSAGES", "TEXTS"), "no entry X-01"),
        (EXAMPLE.replace("row.status ==", "row.nothing =="), "AttributeError"),
        ("raise RuntimeError('no\\nway')", "RuntimeError"),
    ],
)
def test_a_file_that_fails_is_one_finding_and_the_run_goes_on(company, text, words):
    findings = company(text)
    (failed,) = of(findings, "COMPANY")
    assert words in failed["message"]
    assert "our_rules.py" in failed["message"]
    assert len(findings) > 50


def test_a_file_beside_a_workbook_is_never_run(company, tmp_path):
    mark = tmp_path / "ran"
    findings = company(EXAMPLE, named=False, own=f"open({str(mark)!r}, 'w')")
    assert not mark.exists()
    (missing,) = of(findings, "COMPANY")
    assert "our_rules.py" in missing["message"]
