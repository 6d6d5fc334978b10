"""The pages for IT and for acceptance say what the program does: labels, places, identifiers, minutes."""

import re
from pathlib import Path

import pytest

from automation.commands.buttons import buttons
from automation.excel.addin.ribbon import TAB
from automation.front.addin import bundle_files, door, places, server, windows
from automation.front.addin.setup import shipped_addin
from automation.front.addin.stamp import stamp_of

DOCS = Path(__file__).parents[3] / "docs"
ROW = re.compile(r"^\| (\d+) \| (\d+) \|(.*)\|(.*)\| \| \|$", re.MULTILINE)
USED = ("check", "check_sheet", "repair", "new_row", "reschedule", "forecast", "document")
"""Buttons that the acceptance sheet names."""


def text(name, language):
    return (DOCS / f"{name}.{language}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["zh", "en"])
class TestAcceptance:
    def test_it_takes_no_longer_than_it_says(self, language):
        rows = ROW.findall(text("verified", language))
        assert [int(number) for number, *_ in rows] == list(range(1, 19))
        assert sum(int(minutes) for _, minutes, *_ in rows) <= 20

    def test_buttons_and_tab_are_called_as_in_the_ribbon(self, language):
        sheet = " ".join(did + seen for _, _, did, seen in ROW.findall(text("verified", language)))
        labels = {button.id: button.label.in_(language) for button in buttons()}
        for button in USED:
            assert labels[button] in sheet, button
        assert f"{TAB.zh} {TAB.en}" in sheet

    def test_every_word_of_the_command_line_exists(self, language):
        for name in ("verified", "it-department"):
            words = set(re.findall(r"deliverybook addin (\w+)", text(name, language)))
            assert words <= set(door.WORDS)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_for_it_names_what_is_written(language):
    page = text("it-department", language)
    for name in (places.ADDIN, places.LOG_ON, f"{places.PROJECT}.conf", server.LOG, "addin.json", "addin-kept"):
        assert name in page, name
    for rule in (windows.CHILD_RULE, windows.CALLS_RULE):
        assert rule in page
    assert "{506e67c3-55b5-48c3-a035-eed5deea7d6d}" in page
    assert "%LOCALAPPDATA%\\Deliverybook\\py" in page
    assert "%LOCALAPPDATA%\\Deliverybook\\py" in bundle_files.WINDOWS


def test_both_languages_have_the_same_parts():
    for name in ("verified", "it-department"):
        zh, en = (re.findall(r"^(#+|\|)", text(name, language), re.MULTILINE) for language in ("zh", "en"))
        assert zh == en


def test_the_page_of_the_bundle_names_the_tab():
    files = {name: data.decode() for name, data, _ in bundle_files.scripts("3.11", "1.0")}
    assert TAB.zh in files["README.txt"]
    assert TAB.en in files["README.txt"]
    assert not any("@" in line for line in files["README.txt"].splitlines())


def test_the_add_in_of_this_tree_bears_the_version_of_this_package():
    from automation import __version__

    assert stamp_of(shipped_addin().read_bytes()).version == __version__
