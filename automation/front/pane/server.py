"""The server of the Office add-in on this computer: pages and manifests, and the clicks of the pane.

It listens on 127.0.0.1 alone. Not here: who may speak to it (``guard``), what a click comes to (``clicking``), how it
is started (``starting``).
"""

from __future__ import annotations

import contextlib
import json
import secrets
import socket
import ssl
import sys
import threading
import time
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, quote, urlsplit

from automation.base.errors import AutomationError, UsageError
from automation.base.findings import Text
from automation.front import circumstances, state
from automation.front.pane import (
    answers,
    certificate,
    clicking,
    copies,
    guard,
    icons,
    json_manifest,
    peers,
    xml_manifest,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from urllib.parse import SplitResult

    from automation.front.pane.certificate import Certificate

STATIC = Path(__file__).parent / "static"
_SCRIPT = "text/javascript; charset=utf-8"
_PAGE = "text/html; charset=utf-8"
PAGES = {
    "/pane.html": _PAGE,
    "/about.html": _PAGE,
    "/pane.css": "text/css; charset=utf-8",
    **dict.fromkeys(("/pane.js", "/view.js", "/take.js", "/carry.js", "/places.js", "/words.js"), _SCRIPT),
}
"""The files that are served, and no others, whatever a path says."""
JSON = "application/json; charset=utf-8"
TOKEN_PLACE = b"{{token}}"
WAIT_SECONDS = 60
"""How long a click waits for the one before it."""
DOCUMENT_SECONDS = 3600
"""How long a document can be fetched."""
WAITING_CLICKS = 8
"""Clicks that panes are carrying out at the same time; each holds a workbook in memory, so the oldest are forgotten."""
HUNG_UP = (ConnectionError, TimeoutError, ssl.SSLError)
"""What happens when a client goes away, or does not trust the certificate."""


class PaneServer(ThreadingHTTPServer):
    """The server with its session: the token, the documents that can be fetched, one click at a time."""

    daemon_threads = True
    allow_reuse_port = False

    def __init__(self, port: int, files: Certificate) -> None:
        self.token = secrets.token_urlsafe(32)
        self.turn = threading.Lock()
        self._context = certificate.context(files)
        self._documents: dict[str, tuple[Path, float]] = {}
        self._waiting: dict[str, Callable[[], object]] = {}
        self._one_at_a_time = threading.Lock()
        super().__init__(("127.0.0.1", port), Handler)

    @property
    def address(self) -> str:
        """Where the pages are."""
        return f"https://localhost:{self.server_port}"

    def server_bind(self) -> None:
        """Take the port for this server alone: on Windows a second one could otherwise take the same."""
        exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)
        self.allow_reuse_address = exclusive is None
        if exclusive is not None:
            self.socket.setsockopt(socket.SOL_SOCKET, exclusive, 1)
        super().server_bind()

    def finish_request(self, request: socket.socket, client_address: Any) -> None:  # type: ignore[override]
        """Answer one connection; TLS begins here, in a thread of its own, so that a slow client delays no other.

        Other accounts of this computer are not answered at all, where the system tells who they are.
        """
        if peers.is_stranger(client_address, request.getsockname()):
            return
        request.settimeout(Handler.timeout)
        with self._context.wrap_socket(request, server_side=True) as secure:
            Handler(secure, client_address, self)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's own names
        """A client that hangs up is no error of ours; all else is logged."""
        if not isinstance(sys.exception(), HUNG_UP):
            state.log_bug("serve")

    def offer(self, path: Path) -> str:
        """An address at which this file can be fetched once."""
        now = time.monotonic()
        for old in [name for name, (_, since) in self._documents.items() if now - since > DOCUMENT_SECONDS]:
            self._documents.pop(old, None)
        name = secrets.token_urlsafe(24)
        self._documents[name] = (path, now)
        return f"/api/document?id={name}"

    def offered(self, name: str) -> Path | None:
        """The file offered under that id, which then is no longer; ``None`` when there is none."""
        path, since = self._documents.pop(name, (None, 0.0))
        return path if time.monotonic() - since <= DOCUMENT_SECONDS else None

    def begin(self, when_done: Callable[[], object]) -> str:
        """An id, good for once, for a click that a pane now carries out."""
        name = secrets.token_urlsafe(12)
        with self._one_at_a_time:
            self._waiting[name] = when_done
            for surplus in list(self._waiting)[:-WAITING_CLICKS]:
                del self._waiting[surplus]
        return name

    def finish(self, name: str) -> bool:
        """Do what is to be done when a pane has carried out the click of that id; whether there was such a click.

        It waits on when that fails, so that the pane can say it again.
        """
        with self._one_at_a_time:
            when_done = self._waiting.get(name)
            if when_done is None:
                return False
            when_done()
            del self._waiting[name]
        return True

    @contextlib.contextmanager
    def one_click(self) -> Iterator[None]:
        """One click at a time; raises UsageError when the one before takes very long."""
        if not self.turn.acquire(timeout=WAIT_SECONDS):
            raise UsageError(
                Text("上一项操作还没有完成：请稍候再试。", "The last command has not finished: try again in a moment."),
                code="BUSY",
            )
        try:
            yield
        finally:
            self.turn.release()


class Handler(BaseHTTPRequestHandler):
    """One connection: every answer is a page, a picture, a file, or JSON."""

    server: PaneServer
    protocol_version = "HTTP/1.1"
    timeout = 60
    server_version = "Deliverybook"
    sys_version = ""

    def do_GET(self) -> None:
        """Pages, pictures, manifests, the list of buttons, documents made."""
        self._answer("GET", self._get)

    def do_POST(self) -> None:
        """A click, word that it was carried out, or a copy of the workbook to be kept."""
        self._answer("POST", self._post)

    def log_message(self, *_: Any) -> None:
        """No line for each request."""

    def _answer(self, method: str, answer: Callable[[SplitResult], None]) -> None:
        """Answer by a function, once the guard lets the request pass; its errors become one sentence."""
        refused = guard.refusal(method, self.headers, port=self.server.server_port, token=self.server.token)
        if refused is not None:
            self._discard()
            self._error(refused.status, UsageError(refused.text, code=refused.code))
            return
        try:
            answer(urlsplit(self.path))
        except AutomationError as error:
            self._error(HTTPStatus.UNPROCESSABLE_ENTITY, error)
        except HUNG_UP:
            raise
        except Exception:  # noqa: BLE001 - the one catch-all of this door: a bug is logged, never shown as a trace
            self._error(HTTPStatus.INTERNAL_SERVER_ERROR, bug(state.log_bug("serve")))

    def _discard(self) -> None:
        """Read what came with a refused request, so that the answer arrives; too much of it is not read."""
        rest = guard.length_of(self.command, self.headers)
        self.close_connection = rest is None or rest > guard.BODY_LIMIT
        while rest and not self.close_connection:
            rest -= len(self.rfile.read(min(rest, 65_536))) or rest

    def _get(self, asked: SplitResult) -> None:
        path, address = asked.path, self.server.address
        if path in PAGES:
            data = (STATIC / path[1:]).read_bytes()
            self._send(data.replace(TOKEN_PLACE, self.server.token.encode()), PAGES[path])
        elif path == "/":
            self._send(b"", "text/plain", status=HTTPStatus.FOUND, headers={"Location": "/pane.html"})
        elif path == "/manifest.xml":
            self._send(xml_manifest.xml(address), "application/xml; charset=utf-8")
        elif path == "/manifest.json":
            self._json(json_manifest.unified(address))
        elif path == "/deliverybook.zip":
            self._send(json_manifest.package(address), "application/zip")
        elif path == "/api/buttons":
            self._json(answers.buttons_value())
        elif path == "/api/document":
            self._document(parse_qs(asked.query).get("id", [""])[0])
        elif path.startswith("/icons/"):
            self._icon(path.removeprefix("/icons/").removesuffix(".png"))
        else:
            self._not_found()

    def _post(self, asked: SplitResult) -> None:
        body = self.rfile.read(guard.length_of(self.command, self.headers) or 0)
        if asked.path == "/api/click":
            with self.server.one_click():
                value, when_done = clicking.answer(body, self.server.offer)
            self._json({**value, "click": self.server.begin(when_done) if when_done else ""})
        elif asked.path == "/api/done":
            self._json({"kept": self.server.finish(parse_qs(asked.query).get("click", [""])[0])})
        elif asked.path == "/api/copy":
            given = {name: values[0] for name, values in parse_qs(asked.query).items()}
            folder = clicking.folder_of(given.get("path", ""))
            kept = copies.keep(body, given.get("name", ""), folder, now=circumstances.now())
            self._json({"name": kept.name, "link": self.server.offer(kept)})
        else:
            self._not_found()

    def _document(self, name: str) -> None:
        path = self.server.offered(name)
        if path is None or not path.is_file():
            self._not_found()
            return
        kind = "application/pdf" if path.suffix == ".pdf" else "application/octet-stream"
        disposition = f"attachment; filename*=UTF-8''{quote(path.name)}"
        self._send(path.read_bytes(), kind, headers={"Content-Disposition": disposition})

    def _icon(self, name: str) -> None:
        picture, _, size = name.rpartition("-")
        if picture not in icons.PICTURES or size not in map(str, icons.SIZES):
            self._not_found()
            return
        # Office fetches the pictures of the ribbon from pages of its own, and wants to keep them.
        headers = {"Cache-Control": "max-age=86400", "Cross-Origin-Resource-Policy": "cross-origin"}
        self._send(icons.png(picture, int(size)), "image/png", headers=headers)

    def _not_found(self) -> None:
        text = Text("本机服务没有这个地址。", "The local server has nothing at this address.")
        self._error(HTTPStatus.NOT_FOUND, UsageError(text, code="NOT_FOUND"))

    def _error(self, status: HTTPStatus, error: AutomationError) -> None:
        self._json(answers.error_value(error), status=status)

    def _json(self, value: Mapping[str, Any], *, status: HTTPStatus = HTTPStatus.OK) -> None:
        text = json.dumps(value, ensure_ascii=False, default=answers.plain)
        self._send(text.encode(errors="replace"), JSON, status=status)

    def _send(
        self, data: bytes, kind: str, *, status: HTTPStatus = HTTPStatus.OK, headers: Mapping[str, str] | None = None
    ) -> None:
        sent = {
            "Content-Type": kind,
            "Content-Length": str(len(data)),
            "Content-Security-Policy": guard.POLICY,
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            **({"Connection": "close"} if self.close_connection else {}),
            **(headers or {}),
        }
        self.send_response(status)
        for name, value in sent.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)


def bug(log: Path) -> AutomationError:
    """What is said of a bug."""
    text = Text(
        f"程序内部错误，工作簿未被改动；详细记录在 {log}，请把它发给维护人员。",
        f"An internal error, the workbook was not changed; details are in {log}, please send it to the maintainers.",
    )
    return AutomationError(text, code="BUG")
