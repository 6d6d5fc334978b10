"""The pages about the Office add-in and the page that the server shows say what the server does."""

from pathlib import Path

import pytest

from automation.front.pane import certificate, guard, server

ROOT = Path(__file__).resolve().parents[3]
WARNINGS = {"en": "where others are signed in at the same time", "zh": "有别人同时登录的电脑"}


@pytest.fixture(params=sorted(WARNINGS))
def language(request):
    return request.param


@pytest.fixture
def page(language):
    return (ROOT / "docs" / f"office-addin.{language}.md").read_text(encoding="utf-8")


def test_every_site_that_may_show_the_pane_or_give_it_scripts_is_named(page):
    (scripts,) = (part for part in guard.POLICY.split("; ") if part.startswith("script-src"))
    sites = {*guard.FRAMES, *(one for one in scripts.split() if one.startswith("https:"))}
    assert sorted(site for site in sites if f"`{site}`" not in page) == []


def test_days_of_the_certificate_are_those_of_the_server(page):
    assert str(certificate.VALID_DAYS) in page
    assert f" {certificate.RENEW_DAYS} " in page
    assert certificate.NAME in page


def test_nobody_is_told_to_serve_where_others_are_signed_in(page, language):
    about = (server.STATIC / "about.html").read_text(encoding="utf-8")
    assert WARNINGS[language] in page
    assert WARNINGS[language] in about
    assert "each person needs a port" not in page.lower().replace("\n  ", " ")
    assert "每人需使用自己的端口" not in page
