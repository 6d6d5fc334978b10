"""The manual's pages on rules."""

from __future__ import annotations

import re

import pytest

from automation.base.findings import Severity
from automation.base.rules import Rule
from automation.deviations.examples import described
from automation.deviations.pages import pages
from automation.deviations.registry import RULES
from tests.tables import catalogue


@pytest.fixture(scope="module")
def texts():
    return pages(catalogue(), RULES)


def test_there_is_an_index_and_a_page_a_subject_in_both_languages(texts):
    subjects = ["changes", "index", "plan", "requirements", "risks"]
    assert {f"docs/rules/{name}.{language}.md" for name in subjects for language in ("zh", "en")} <= set(texts)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_a_section_with_its_settings_and_a_line_in_the_index(texts, language):
    everything = "".join(
        text for path, text in texts.items() if path.endswith(f".{language}.md") and "index" not in path
    )
    for rule in RULES:
        assert f"## {rule.id} " in everything
        assert f"[{rule.id}](" in texts[f"docs/rules/index.{language}.md"]
        for key in rule.parameters:
            assert f"`{key}`" in everything


def test_links_of_the_index_lead_somewhere(texts):
    for path, text in texts.items():
        for file, _, anchor in re.findall(r"\]\(([\w.]+)(#([\w-]+))?\)", text):
            target = texts[f"docs/rules/{file}"]
            assert not anchor or f'<a id="{anchor}"></a>' in target, path


def test_every_line_of_a_table_has_as_many_cells_as_its_head(texts):
    for text in texts.values():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            assert len({line.count("|") for line in block.splitlines()}) == 1, block


def test_the_english_pages_hold_no_chinese_and_the_chinese_ones_show_labels(texts):
    for path, text in texts.items():
        if path.endswith(".en.md"):
            words = re.sub(r"`vague_words`.*|`measurable_words`.*", "", text)
            assert not re.findall(r"[\u4e00-\u9fff]+", words), path
    assert "| ✗ | REQ-001 | 2026-05-28 | 中 | 已收集 |" in texts["docs/rules/requirements.zh.md"]


def test_no_template_field_is_left_in_a_page(texts):
    assert not any("{" in text for text in texts.values())


def test_an_incomplete_docstring_is_refused():
    def check(case):
        """A statement alone."""

    with pytest.raises(ValueError, match="REQ-99 lacks"):
        described(Rule("REQ-99", check, "requirements", Severity.LOW, ()))
