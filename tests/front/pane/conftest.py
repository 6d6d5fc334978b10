"""A running server of the pane, and a pane in headless Chromium over a stand-in for Office."""

import json
import os
import shutil
import ssl
import threading
import urllib.error
import urllib.request
from pathlib import Path
from typing import NamedTuple

import pytest

from automation.excel.live.wire import book_value
from automation.front.pane import starting
from tests.excel.live.paper import taken
from tests.front.live import spoil

OFFICE = Path(__file__).parent / "fake_office.js"
CLOUD = "https://example.sharepoint.com/book.xlsx"
SHOTS = os.environ.get("DELIVERYBOOK_PANE_PICTURES")


class Answer(NamedTuple):
    status: int
    headers: dict
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class Running(NamedTuple):
    """A server and how to speak to it as its own pane does."""

    server: object
    files: object

    @property
    def address(self):
        return self.server.address

    def ask(self, path, body=None, **headers):
        """The answer to one request; header names have ``_`` for ``-``."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(self.address + path, data=body, headers=given)
        context = ssl.create_default_context(cafile=self.files.certificate)
        opener = urllib.request.build_opener(urllib.request.HTTPSHandler(context=context))
        try:
            with opener.open(request, timeout=60) as found:
                return Answer(found.status, dict(found.headers), found.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, dict(error.headers), error.read())

    def post(self, path, value, **headers):
        """The answer to what the pane would send."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        right = {"Origin": self.address, "X_Deliverybook_Token": self.server.token}
        return self.ask(path, body, **{**right, **headers})


@pytest.fixture(scope="session")
def state_folder(tmp_path_factory):
    return tmp_path_factory.mktemp("state")


@pytest.fixture
def running(state_folder, monkeypatch):
    """A server on a free port, its state in a folder of the tests."""
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(state_folder))
    server, files = starting.opened(0)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield Running(server, files)
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def spoiled_books(demo, tmp_path_factory):
    """The demonstration workbook with some cells spoiled: the file, and the same as the pane would send it."""
    path = spoil(Path(shutil.copy(demo.book, tmp_path_factory.mktemp("spoiled") / "book.xlsx")))
    return path, json.dumps(book_value(taken(path)))


@pytest.fixture
def live(spoiled_books):
    """The spoiled workbook as the pane sends it, as if it were in the cloud."""
    return {**json.loads(spoiled_books[1]), "path": CLOUD}


@pytest.fixture
def clean(demo):
    """The demonstration workbook as the pane sends it, as if it were in the cloud."""
    return {**book_value(taken(demo.book)), "path": CLOUD}


@pytest.fixture
def open_pane(browser, running, live):
    """A callable: the pane open beside the spoiled workbook, in a window of that size."""
    contexts = []

    def opened(*, width=340, height=900, language="zh-CN", scheme="light", book=None, path=CLOUD):
        context = browser.new_context(
            ignore_https_errors=True, viewport={"width": width, "height": height}, color_scheme=scheme, locale=language
        )
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("console", lambda said: page.problems.append(said.text) if said.type == "error" else None)
        given = {"givenBook": book or live, "givenLanguage": language, "givenPath": path}
        page.add_init_script(f"Object.assign(window, {json.dumps(given)})")
        page.route(
            "https://appsforoffice.microsoft.com/**",
            lambda route: route.fulfill(path=OFFICE, content_type="text/javascript"),
        )
        page.goto(f"{running.address}/pane.html")
        page.wait_for_selector("body[data-ready]")
        return page

    yield opened
    for context in contexts:
        context.close()
