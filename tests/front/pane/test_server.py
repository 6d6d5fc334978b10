"""The server of the pane: what it gives, what it refuses, and that it ends when asked to."""

import http.client
import json
import signal
import socket
import ssl
import subprocess
import sys
import threading

import pytest

from automation.base.errors import UsageError
from automation.commands.buttons import buttons
from automation.front.pane import clicking, guard, server, starting
from automation.front.pane.clicking import folder_of


def test_it_listens_on_this_computer_alone(running):
    assert running.server.server_address[0] == "127.0.0.1"


def test_pages_and_pictures_are_given_with_the_policy_that_lets_office_show_them(running):
    page = running.ask("/pane.html")
    assert page.status == 200
    assert running.server.token.encode() in page.body
    assert b"{{token}}" not in page.body
    policy = page.headers["Content-Security-Policy"]
    assert "script-src 'self' https://appsforoffice.microsoft.com" in policy
    assert "frame-ancestors 'self' https://*.officeapps.live.com" in policy
    assert "unsafe-eval" not in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]
    assert page.headers["Cache-Control"] == "no-store"
    icon = running.ask("/icons/check-32.png")
    assert icon.body.startswith(b"\x89PNG")
    assert "no-store" not in icon.headers["Cache-Control"]
    assert icon.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert running.ask("/").headers["Content-Type"].startswith("text/html")


@pytest.mark.parametrize(
    "path",
    ["/server.py", "/../server.py", "/%2e%2e/server.py", "/static/../../guard.py", "//etc/passwd", "/icons/../pane-32.png",
     "/icons/check-33.png", "/pane.html/x", "/api/document?id=../../x", "/api/click"],
)  # fmt: skip
def test_nothing_else_is_given_whatever_the_path_says(running, path):
    answer = running.ask(path)
    assert answer.status == 404
    assert answer.json["error"]["code"] == "NOT_FOUND"


def test_every_answer_forbids_other_sites_to_read_it(running):
    for path in ("/pane.html", "/api/buttons", "/manifest.json"):
        assert "Access-Control-Allow-Origin" not in running.ask(path, Origin="https://example.com").headers


def test_the_list_of_buttons_is_the_registry_in_both_languages(running):
    value = running.ask("/api/buttons").json
    assert [one["id"] for one in value["buttons"]] == [one.id for one in buttons()]
    assert all(one["label"]["zh"] and one["label"]["en"] for one in value["buttons"])
    assert [one["code"] for one in value["severities"]] == ["error", "high", "medium", "low", "reminder"]


def test_a_click_gives_findings_in_both_languages_and_actions(running, live):
    value = running.post("/api/click", {"control": "check", "language": "zh", "book": live}).json
    finding = next(one for one in value["findings"] if one["rule"] == "V03")
    assert finding["worksheet"] == "需求"
    assert finding["sheet_label"] == {"zh": "需求", "en": "Requirements"}
    assert "Very" in finding["message"]["zh"]
    assert "Very" in finding["message"]["en"]
    assert {action["action"] for action in value["actions"]} >= {"put_values", "put_marks"}
    assert value["counts"]["error"] == sum(
        one["severity"] == "error" and one["status"] in {"new", "continuing"} for one in value["findings"]
    )
    owned = next(one for one in value["findings"] if one["owner"])
    assert owned["owner_name"] not in {"", owned["owner"]}


def test_chosen_repairs_are_made_and_no_others(running, live):
    found = running.post("/api/click", {"control": "repair", "dry_run": True, "book": live}).json["findings"]
    assert len(found) > 1
    chosen = found[0]
    value = running.post("/api/click", {"control": "repair", "only": [chosen["id"]], "book": live}).json
    assert [one["id"] for one in value["findings"]] == [chosen["id"]]
    assert value["cells"][chosen["worksheet"]] == 1
    first = next(one for one in value["actions"] if one["sheet"] == chosen["worksheet"])
    assert (first["area"], first["action"]) == (chosen["cell"], "put_values")
    gone = running.post("/api/click", {"control": "repair", "only": ["F-0"], "book": live})
    assert (gone.status, gone.json["error"]["code"]) == (422, "NOTHING_TO_REPAIR")


def test_what_the_cells_held_is_kept_for_undo_once_the_pane_has_written(running, live, state_folder):
    value = running.post("/api/click", {"control": "repair", "only": [first_repair(running, live)], "book": live}).json
    before = set((state_folder / "undo").rglob("*.json"))
    assert running.post("/api/done?click=guessed", b"").status == 200
    assert set((state_folder / "undo").rglob("*.json")) == before
    running.post(f"/api/done?click={value['click']}", b"")
    (fresh,) = set((state_folder / "undo").rglob("*.json")) - before
    assert " 工单排程 " in fresh.read_text(encoding="utf-8")


def first_repair(running, live):
    found = running.post("/api/click", {"control": "repair", "dry_run": True, "book": live}).json["findings"]
    return next(one["id"] for one in found if one["value"] == " 工单排程 ")


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Origin": "https://example.com"}, "ORIGIN"),
        ({"Origin": "null"}, "ORIGIN"),
        ({"Origin": "http://localhost"}, "ORIGIN"),
        ({"X_Deliverybook_Token": ""}, "TOKEN"),
        ({"X_Deliverybook_Token": "guessed"}, "TOKEN"),
        ({"X_Deliverybook_Token": "größer"}, "TOKEN"),
        ({"Host": "example.com"}, "HOST"),
        ({"Host": "localhost"}, "HOST"),
    ],
)
def test_who_is_not_our_own_page_is_refused(running, headers, code):
    answer = running.post("/api/click", {"control": "check"}, **headers)
    assert (answer.status, answer.json["error"]["code"]) == (403, code)


def test_a_request_without_origin_is_refused(running):
    answer = running.ask("/api/click", b"{}", X_Deliverybook_Token=running.server.token)
    assert answer.json["error"]["code"] == "ORIGIN"


def test_a_page_under_another_name_of_this_computer_gets_nothing_either(running):
    answer = running.ask("/pane.html", Host=f"rebound.example.com:{running.server.server_port}")
    assert (answer.status, answer.json["error"]["code"]) == (403, "HOST")


def test_two_host_headers_are_refused(running):
    connection = raw(running)
    connection.putrequest("GET", "/pane.html", skip_host=True)
    connection.putheader("Host", "example.com")
    connection.putheader("Host", f"localhost:{running.server.server_port}")
    connection.endheaders()
    assert connection.getresponse().status == 403
    connection.close()


def raw(running):
    context = ssl.create_default_context(cafile=running.files.certificate)
    return http.client.HTTPSConnection("localhost", running.server.server_port, context=context, timeout=20)


@pytest.mark.parametrize(
    ("length", "code"),
    [(None, "LENGTH"), ("-5", "LENGTH"), ("9" * 30, "TOO_LARGE"), (str(guard.BODY_LIMIT + 1), "TOO_LARGE")],
)
def test_bodies_without_length_or_too_long_are_not_read(running, length, code):
    connection = raw(running)
    connection.putrequest("POST", "/api/click")
    connection.putheader("Origin", running.address)
    connection.putheader(guard.TOKEN_HEADER, running.server.token)
    if length:
        connection.putheader("Content-Length", length)
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status in {411, 413}
    assert json.loads(answer.read())["error"]["code"] == code
    assert answer.headers["Connection"] == "close"
    connection.close()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"book": 5}', b'{"book": {"name": 1}}', b"{}"]
)
def test_a_body_that_is_no_click_is_one_sentence(running, body):
    answer = running.post("/api/click", body)
    assert answer.status == 422
    assert answer.json["error"]["zh"].startswith(("窗格", "任务窗格"))


def test_an_error_of_a_command_is_its_sentence_with_its_code(running, live):
    answer = running.post("/api/click", {"control": "no_such", "book": live})
    assert (answer.status, answer.json["error"]["code"]) == (422, "NO_SUCH_BUTTON")
    assert answer.json["error"]["en"]


def test_a_bug_is_logged_and_its_sentence_names_the_log(running, live, state_folder, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("quite broken")

    monkeypatch.setattr(clicking, "clicked", broken)
    answer = running.post("/api/click", {"control": "check", "book": live})
    assert (answer.status, answer.json["error"]["code"]) == (500, "BUG")
    log = state_folder / "error.log"
    assert str(log) in answer.json["error"]["zh"]
    assert "quite broken" in log.read_text(encoding="utf-8")
    assert "Traceback" not in answer.body.decode()


def test_one_click_waits_for_the_other_and_then_says_so(running, live, monkeypatch):
    monkeypatch.setattr(server, "WAIT_SECONDS", 0.1)
    with running.server.turn:
        answer = running.post("/api/click", {"control": "check", "book": live})
    assert (answer.status, answer.json["error"]["code"]) == (422, "BUSY")


def test_a_client_that_says_nothing_delays_no_other(running):
    with socket.create_connection(("127.0.0.1", running.server.server_port)):
        assert running.ask("/about.html").status == 200


def test_a_document_can_be_fetched_once_under_its_own_name(running, tmp_path):
    path = tmp_path / "验收报告.docx"
    path.write_bytes(b"PK")
    link = running.server.offer(path)
    answer = running.ask(link)
    assert answer.body == b"PK"
    assert "%E9%AA%8C%E6%94%B6" in answer.headers["Content-Disposition"]
    assert running.ask(link).status == 404


def test_copies_go_beside_a_workbook_on_this_computer_and_are_workbooks(running, tmp_path):
    book = tmp_path / "book.xlsx"
    book.write_bytes(b"PK\x03\x04old")
    answer = running.post(f"/api/copy?name=book.xlsx&path={book}", b"PK\x03\x04new")
    (kept,) = (tmp_path / "backups").iterdir()
    assert kept.read_bytes() == b"PK\x03\x04new"
    assert answer.json["name"] == kept.name
    assert running.post("/api/copy?name=..%5C..%5Cx.exe", b"MZ").json["error"]["code"] == "NO_WORKBOOK"
    odd = running.post("/api/copy?name=..%5C..%5Cx.exe", b"PK\x03\x04").json["name"]
    assert odd.startswith("x.exe.")
    assert odd.endswith(".xlsx")


def test_the_folder_of_a_workbook_is_one_of_this_computer_only(tmp_path):
    book = tmp_path / "a b.xlsx"
    book.write_bytes(b"")
    assert folder_of(str(book)) == tmp_path
    assert folder_of(book.as_uri()) == tmp_path
    for path in (
        "",
        "https://example.sharepoint.com/a.xlsx",
        "a b.xlsx",
        str(tmp_path),
        str(tmp_path / "none.xlsx"),
        "\0",
    ):
        assert folder_of(path) is None


def test_a_port_in_use_is_one_sentence(running, state_folder):
    with pytest.raises(UsageError) as caught:
        starting.opened(running.server.server_port)
    assert caught.value.code == "PORT"
    with pytest.raises(UsageError):
        starting.opened(70_000)


def test_the_command_that_trusts_the_certificate_is_that_of_the_system(tmp_path):
    path = tmp_path / "localhost.crt"
    assert starting.trust_command(path, "win32") == f'certutil -user -addstore Root "{path}"'
    assert starting.trust_command(path, "darwin").startswith("security add-trusted-cert")
    assert "nssdb" in starting.trust_command(path, "linux")


SERVE = """
import sys
from automation.front.pane.starting import serve
from automation.front.session import Common
from automation.store.interruption import interruptible
with interruptible():
    serve(0, Common(language="en"))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_cleanly_when_asked_to(tmp_path, monkeypatch, number):
    monkeypatch.setenv("DELIVERYBOOK_STATE", str(tmp_path))
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    watch = threading.Timer(60, process.kill)
    watch.start()
    lines = [process.stdout.readline() for _ in range(6)]
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    watch.cancel()
    assert "https://localhost:" in lines[0]
    assert "let this computer trust it" in lines[3]
    assert (process.returncode, err) == (0, "")
    assert out.strip().endswith("The local server has stopped.")
    assert (tmp_path / "pane" / "manifest.xml").exists()
    assert (tmp_path / "pane" / "deliverybook.zip").exists()
