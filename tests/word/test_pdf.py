"""PDF files and page numbers through LibreOffice, and what happens without it."""

import subprocess
from pathlib import Path

import pytest

from automation.base.errors import AutomationError
from automation.word import pages, pdf
from tests.word.samples import filled, paragraphs


def test_without_libreoffice_one_sentence_says_what_to_do(monkeypatch):
    monkeypatch.setattr(pdf, "program", lambda: None)
    with pytest.raises(AutomationError) as caught:
        pdf.to_pdf(b"")
    assert caught.value.code == "NO_LIBREOFFICE"
    assert caught.value.text.zh.startswith("没有找到 LibreOffice")
    assert "\n" not in caught.value.text.en


def test_without_libreoffice_there_are_no_page_numbers(monkeypatch):
    monkeypatch.setattr(pages, "program", lambda: None)
    assert pages.heading_pages(b"", 3) is None


def test_a_conversion_that_takes_too_long_is_given_up(monkeypatch):
    def slow(*_, **options):
        raise subprocess.TimeoutExpired("soffice", options["timeout"])

    monkeypatch.setattr(pdf, "program", lambda: Path("soffice"))
    monkeypatch.setattr(pages, "program", lambda: Path("soffice"))
    monkeypatch.setattr(subprocess, "run", slow)
    with pytest.raises(AutomationError) as caught:
        pdf.to_pdf(b"", seconds=2)
    assert caught.value.code == "PDF_TIME"
    assert pages.heading_pages(b"", 1) is None


def test_a_program_that_fails_or_makes_nothing_is_reported(monkeypatch):
    monkeypatch.setattr(pdf, "program", lambda: Path("/bin/false"))
    with pytest.raises(AutomationError) as caught:
        pdf.to_pdf(b"")
    assert caught.value.code == "PDF_FAILED"
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)
    with pytest.raises(AutomationError):
        pdf.to_pdf(b"")


@pytest.mark.usefixtures("libreoffice")
def test_every_heading_of_a_document_is_found_on_a_page():
    headings = [text for style, text in paragraphs(filled("D12", "en")) if style.startswith("Heading")]
    found = pages.heading_pages(filled("D12", "en"), len(headings))
    assert found is not None
    assert list(found) == sorted(found)
    assert found[0] == 4
    assert pages.heading_pages(filled("D12", "en"), len(headings) + 1) is None
