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
from automation.commands.buttons import open_buttons
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
    assert [one["id"] for one in value["buttons"]] == [one.id for one in open_buttons()]
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
    value = running.post("/api/click", {"control": "repair", "only": [shown(chosen)], "book": live}).json
    assert [one["id"] for one in value["findings"]] == [chosen["id"]]
    assert value["cells"][chosen["worksheet"]] == 1
    first = next(one for one in value["actions"] if one["sheet"] == chosen["worksheet"])
    assert (first["area"], first["action"]) == (chosen["cell"], "put_values")
    gone = running.post("/api/click", {"control": "repair", "only": [{"id": "F-0"}], "book": live})
    assert (gone.status, gone.json["error"]["code"]) == (422, "NOTHING_TO_REPAIR")
    odd = running.post("/api/click", {"control": "repair", "only": [chosen["id"]], "book": live})
    assert (odd.status, odd.json["error"]["code"]) == (422, "BAD_REQUEST")


def shown(finding):
    """What the pane sends of a repair that it has shown."""
    return {name: finding[name] for name in ("id", "value", "repair")}


@pytest.mark.parametrize(("name", "other"), [("value", " 工单 "), ("repair", "工单"), ("value", None)])
def test_a_repair_is_refused_when_it_is_no_longer_the_one_that_was_shown(running, live, name, other):
    chosen = first_repair(running, live)
    answer = running.post("/api/click", {"control": "repair", "only": [{**chosen, name: other}], "book": live})
    assert (answer.status, answer.json["error"]["code"]) == (422, "NOT_AS_SHOWN")
    assert "请重新检查" in answer.json["error"]["zh"]
    assert "check again" in answer.json["error"]["en"]


def test_every_repair_that_was_shown_is_taken_as_it_was_shown(running, live):
    found = running.post("/api/click", {"control": "repair", "dry_run": True, "book": live}).json["findings"]
    value = running.post("/api/click", {"control": "repair", "only": [shown(one) for one in found], "book": live}).json
    assert [one["id"] for one in value["findings"]] == [one["id"] for one in found]


def test_what_the_cells_held_is_kept_for_undo_once_the_pane_has_written(running, live, state_folder):
    value = repaired(running, live)
    before = notes(state_folder)
    assert running.post("/api/done?click=guessed", b"").json == {"kept": False}
    assert notes(state_folder) == before
    assert running.post(f"/api/done?click={value['click']}", b"").json == {"kept": True}
    (fresh,) = notes(state_folder) - before
    assert " 工单排程 " in fresh.read_text(encoding="utf-8")
    assert running.post(f"/api/done?click={value['click']}", b"").json == {"kept": False}


def test_a_click_in_one_pane_does_not_make_another_forget_its_own(running, live, state_folder):
    one = repaired(running, live)
    other = repaired(running, {**live, "path": "https://example.sharepoint.com/other.xlsx"})
    running.post("/api/click", {"control": "repair", "dry_run": True, "book": live})
    before = notes(state_folder)
    for value in (one, other):
        assert running.post(f"/api/done?click={value['click']}", b"").json == {"kept": True}
    assert len({path.parent for path in notes(state_folder) - before}) == 2


def test_a_click_that_changes_nothing_has_nothing_to_be_done_after_it(running, live):
    value = running.post("/api/click", {"control": "repair", "dry_run": True, "book": live}).json
    assert value["click"] == ""


def test_only_the_newest_clicks_are_waited_for(running):
    done = []
    names = [running.server.begin(lambda number=number: done.append(number)) for number in range(10)]
    assert [running.server.finish(name) for name in names] == [False] * 2 + [True] * 8
    assert done == list(range(2, 10))


def test_what_could_not_be_done_after_a_click_can_be_done_when_it_is_said_again(running):
    outcomes = [OSError("disk full"), None]

    def kept():
        found = outcomes.pop(0)
        if found:
            raise found

    name = running.server.begin(kept)
    assert running.post(f"/api/done?click={name}", b"").status == 500
    assert running.post(f"/api/done?click={name}", b"").json == {"kept": True}


def notes(state_folder):
    return set((state_folder / "undo").rglob("*.json"))


def repaired(running, live):
    """What the click on one repair comes to."""
    return running.post("/api/click", {"control": "repair", "only": [first_repair(running, live)], "book": live}).json


def first_repair(running, live):
    found = running.post("/api/click", {"control": "repair", "dry_run": True, "book": live}).json["findings"]
    return next(shown(one) for one in found if one["value"] == " 工单排程 ")


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
    ("lengths", "status", "code"),
    [
        ({}, 411, "LENGTH"),
        ({"Content-Length": [str(guard.BODY_LIMIT + 1)]}, 413, "TOO_LARGE"),
        ({"Content-Length": ["9" * 20]}, 413, "TOO_LARGE"),
        ({"Content-Length": ["0" * 19 + "12"]}, 400, "LENGTH"),
        ({"Content-Length": ["-5"]}, 400, "LENGTH"),
        ({"Content-Length": ["+2"]}, 400, "LENGTH"),
        ({"Content-Length": ["2, 2"]}, 400, "LENGTH"),
        ({"Content-Length": ["2", "2"]}, 400, "LENGTH"),
        ({"Content-Length": ["2"], "Transfer-Encoding": ["chunked"]}, 400, "LENGTH"),
        ({"Transfer-Encoding": ["identity"]}, 400, "LENGTH"),
    ],
)
def test_bodies_without_a_clear_length_or_too_long_are_not_read(running, lengths, status, code):
    connection = raw(running)
    connection.putrequest("POST", "/api/click")
    connection.putheader("Origin", running.address)
    connection.putheader(guard.TOKEN_HEADER, running.server.token)
    for name, values in lengths.items():
        for value in values:
            connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["error"]["code"]) == (status, code)
    assert answer.headers["Connection"] == "close"
    connection.close()


@pytest.mark.parametrize(("name", "value", "body"), [("Content-Length", "3", b"GET"), ("Transfer-Encoding", "x", None)])
def test_a_request_for_a_page_brings_nothing_along(running, name, value, body):
    connection = raw(running)
    connection.putrequest("GET", "/about.html")
    connection.putheader(name, value)
    connection.endheaders(body)
    answer = connection.getresponse()
    assert (answer.status, json.loads(answer.read())["error"]["code"]) == (400, "LENGTH")
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


def test_a_bug_is_written_down_as_all_doors_do(running, monkeypatch):
    asked = []
    monkeypatch.setattr(server.state, "log_bug", lambda what: asked.append(what) or "the log")
    monkeypatch.setattr(server.answers, "buttons_value", lambda: 1 / 0)
    assert "the log" in running.ask("/api/buttons").json["error"]["en"]
    assert asked == ["serve"]


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


def test_no_second_server_gets_the_port_where_the_system_would_let_it(running, monkeypatch):
    """On Windows, for which any option of sockets stands here: it is set, and addresses are not used again."""
    assert running.server.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)
    monkeypatch.setattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_KEEPALIVE, raising=False)
    other, _ = starting.opened(0)
    with other:
        assert other.socket.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert not other.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR)


def test_a_port_is_not_shared(running):
    assert not running.server.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT)


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
    lines = [process.stdout.readline() for _ in range(7)]
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    watch.cancel()
    assert "https://localhost:" in lines[0]
    assert "let this computer trust it" in lines[3]
    assert "others are signed in at the same time" in lines[6]
    assert (process.returncode, err) == (0, "")
    assert out.strip().endswith("The local server has stopped.")
    assert (tmp_path / "pane" / "manifest.xml").exists()
    assert (tmp_path / "pane" / "deliverybook.zip").exists()
