"""Who may speak to this computer's own server: only pages that it served itself, in this session.

Any web page that is open in a browser can send requests to localhost. So the name in the address must be ours (a page
elsewhere whose name was pointed at this computer has another one), the page must come from us, and it must know the
token that was put into it. Not here: what is answered (``server``).
"""

from __future__ import annotations

import hmac
import re
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from automation.base.findings import Text

if TYPE_CHECKING:
    from email.message import Message

TOKEN_HEADER = "X-Deliverybook-Token"  # noqa: S105 - the name of a header
BODY_LIMIT = 64 * 1024 * 1024
"""Bytes of a request: a workbook of about half a million filled cells."""
FRAMES = (
    "https://*.officeapps.live.com",
    "https://*.office.com",
    "https://*.cloud.microsoft",
    "https://*.microsoft365.com",
    "https://*.sharepoint.com",
    "https://onedrive.live.com",
    "https://*.officewebapps.cn",
    "https://*.sharepoint.cn",
    "https://*.office365.cn",
)
"""Sites that may show the pane inside their page: Office on the web, the one operated in China as well."""
_LENGTH = re.compile(r"[0-9]{1,20}")
OFFICE_SCRIPTS = "https://appsforoffice.microsoft.com"
POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {OFFICE_SCRIPTS} https://ajax.aspnetcdn.com",
        # Excel's own script on the web sets styles inline; without this it does not load (office-js issue 1687).
        "style-src 'self' 'unsafe-inline'",
        f"img-src 'self' data: {OFFICE_SCRIPTS}",
        f"connect-src 'self' {OFFICE_SCRIPTS}",
        f"frame-src {OFFICE_SCRIPTS}",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors 'self' {' '.join(FRAMES)}",
    )
)
"""The Content-Security-Policy of every answer."""


class Refusal(NamedTuple):
    """Why a request is not answered."""

    status: HTTPStatus
    code: str
    text: Text


def refusal(method: str, headers: Message, *, port: int, token: str) -> Refusal | None:
    """Why a request must not be answered, ``None`` when it may be.

    Every request must name this computer; one that asks for something to be done must come from a page of ours that
    knows the session's token, and have a length that is bearable. How long a request is must be beyond doubt: what is
    left of one would be taken for the next.
    """
    hosts = {f"localhost:{port}", f"127.0.0.1:{port}"}
    if headers.get_all("Host", []) not in [[host] for host in hosts]:
        return Refusal(
            HTTPStatus.FORBIDDEN,
            "HOST",
            Text("请求的主机名不是本机，已拒绝。", "The request names another host than this computer; it is refused."),
        )
    doubt = _doubt(method, headers)
    if doubt is not None or method == "GET":
        return doubt
    if headers.get("Origin") not in {f"https://{host}" for host in hosts}:
        return Refusal(
            HTTPStatus.FORBIDDEN,
            "ORIGIN",
            Text("请求来自别的网页，已拒绝。", "The request comes from a page of another site; it is refused."),
        )
    if not hmac.compare_digest(headers.get(TOKEN_HEADER, "").encode(), token.encode()):
        return Refusal(
            HTTPStatus.FORBIDDEN,
            "TOKEN",
            Text(
                "本机服务已重新启动：请关闭窗格再打开。",
                "The local server was started anew: close the pane and open it.",
            ),
        )
    return _length(method, headers)


def length_of(method: str, headers: Message) -> int | None:
    """How many bytes come with a request, ``None`` when it does not say so in the one way that leaves no doubt."""
    lengths = headers.get_all("Content-Length", [])
    if "Transfer-Encoding" in headers or len(lengths) > 1:
        return None
    if not lengths:
        return 0 if method == "GET" else None
    return int(lengths[0]) if _LENGTH.fullmatch(lengths[0]) else None


def _doubt(method: str, headers: Message) -> Refusal | None:
    """Why it is not certain where the request ends; one that asks for a page brings nothing along."""
    length = length_of(method, headers)
    if length is None and "Content-Length" not in headers and "Transfer-Encoding" not in headers:
        return Refusal(
            HTTPStatus.LENGTH_REQUIRED,
            "LENGTH",
            Text("请求没有注明长度，已拒绝。", "The request does not say how long it is; it is refused."),
        )
    if length is None or (method == "GET" and length):
        return Refusal(
            HTTPStatus.BAD_REQUEST,
            "LENGTH",
            Text("请求的长度不明确，已拒绝。", "It is not clear how long the request is; it is refused."),
        )
    return None


def _length(method: str, headers: Message) -> Refusal | None:
    if (length_of(method, headers) or 0) > BODY_LIMIT:
        limit = BODY_LIMIT // 1024 // 1024
        return Refusal(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            "TOO_LARGE",
            Text(
                f"工作簿太大，窗格最多处理 {limit} MB：请用命令行 deliverybook check 检查文件。",
                f"The workbook is too large for the pane ({limit} MB): check the file with deliverybook check.",
            ),
        )
    return None
