"""The demonstration workbook in the other language: the same findings, figures and documents' data as before."""

import shutil
from pathlib import Path

import pytest

from automation.excel.reader import read

KNOWN = ("rule", "severity", "sheet", "key", "column", "cell", "value", "threshold", "status")


@pytest.fixture(scope="module")
def english(demo, tmp_path_factory):
    """The Chinese demonstration workbook, switched to English."""
    from automation.front.cli import main

    book = Path(shutil.copy(demo.book, tmp_path_factory.mktemp("switched") / "book.xlsx"))
    assert main(["switch-language", str(book), "--to", "en", "--quiet"]) == 0
    return book


def test_a_check_finds_the_same_before_and_after(run, demo, english):
    before, after = (run("check", book, "--format", "json", "--lang", "zh").json for book in (demo.book, english))
    assert [{name: one[name] for name in KNOWN} for one in after["findings"]] == [
        {name: one[name] for name in KNOWN} for one in before["findings"]
    ]
    assert after["figures"] == before["figures"]


def test_microsofts_validator_finds_no_error(english, ooxml_validator):
    assert ooxml_validator(english) == []


def test_the_switch_is_noted_and_messages_speak_the_new_language(run, english):
    log = next(sheet for sheet in read(english).sheets if sheet.name == "Log")
    assert [row[3] for row in log.rows][-1] == "switch-language"
    assert "The workbook is in English already." in run("switch-language", english, "--to", "en").out


def test_without_to_the_other_language_is_meant_and_a_dry_run_writes_nothing(run, english):
    before = english.read_bytes()
    done = run("switch-language", english, "--dry-run", "--format", "json").json
    assert (done["figures"]["language"], done["edits"] > 1000) == ("zh", True)
    assert english.read_bytes() == before


def test_an_unknown_language_is_one_clear_error(run, english):
    done = run("switch-language", english, "--to", "de")
    assert (done.exit, "NO_SUCH_LANGUAGE" in done.err) == (2, True)
