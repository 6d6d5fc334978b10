"""Starting the add-in's server: its certificate and manifests, and what a person is told to do once.

``serve`` is the door; the clock is read here. Not here: the server itself (``server``).
"""

from __future__ import annotations

import gc
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from automation.base.errors import UsageError
from automation.base.findings import Text
from automation.front import state
from automation.front.pane import certificate, json_manifest, xml_manifest
from automation.front.pane.server import WAIT_SECONDS, PaneServer

if TYPE_CHECKING:
    from pathlib import Path

    from automation.front.pane.certificate import Certificate
    from automation.front.session import Common

PORT = 21443
"""The port when none is named. It stands in the manifests, so it stays the same from start to start."""
ALONE = Text(
    "有别人同时登录的电脑(终端服务器)上请不要运行本服务。",
    "Do not run this server on a computer where others are signed in at the same time (terminal server).",
)


def serve(port: int, common: Common) -> None:
    """Serve until somebody asks to stop; first say where, and what is to be done once. Raises UsageError."""
    gc.enable()  # the command line pauses it, which is good for one run and not for days
    server, files = opened(port)
    language = common.language or "zh"
    with server:
        try:
            folder = _written(server.address)
            lines = [line.in_(language) for line in greeting(server.address, folder, files)]
            sys.stdout.write("\n".join(lines) + "\n")
            sys.stdout.flush()
            server.serve_forever()
        except KeyboardInterrupt:
            # A document that is being made is finished; nothing of the workbook is written here.
            if server.turn.acquire(timeout=WAIT_SECONDS):
                server.turn.release()
    sys.stdout.write(f"{Text('本机服务已停止。', 'The local server has stopped.').in_(language)}\n")


def opened(port: int) -> tuple[PaneServer, Certificate]:
    """A server that listens on this port (0: any that is free), and its certificate. Raises UsageError."""
    files = certificate.certificate(state.folder("pane"), datetime.now(UTC))
    try:
        return PaneServer(port, files), files
    except (OSError, OverflowError):
        raise UsageError(
            Text(
                f"端口 {port} 无法使用：可能已有一个 deliverybook serve 在运行，或用 --port 换一个端口。",
                f"Port {port} cannot be used: another deliverybook serve may be running, or name another by --port.",
            ),
            code="PORT",
        ) from None


def greeting(address: str, folder: Path, files: Certificate) -> tuple[Text, ...]:
    """What is said at the start: where the server is, where the manifests are, how the certificate is trusted."""
    lines = [
        Text(f"交付簿窗格服务：{address}(Ctrl-C 停止)", f"Deliverybook pane: {address} (Ctrl-C stops it)"),
        Text(f"清单：{folder / 'manifest.xml'}", f"Manifest: {folder / 'manifest.xml'}"),
        Text(
            f"证书：{files.certificate}，有效期至 {files.until:%Y-%m-%d}",
            f"Certificate: {files.certificate}, valid until {files.until:%Y-%m-%d}",
        ),
    ]
    if files.is_new:
        command = trust_command(files.certificate)
        lines += [
            Text(
                "证书是新建的，请先让本机信任它(只需一次，只对 localhost 有效)：",
                "The certificate is new; let this computer trust it first (once, it is good for localhost only):",
            ),
            Text(f"  {command}", f"  {command}"),
            Text(f"  SHA-256 {files.fingerprint}", f"  SHA-256 {files.fingerprint}"),
            ALONE,
        ]
    return tuple(lines)


def trust_command(path: Path, platform: str = sys.platform) -> str:
    """The command by which this user's account trusts the certificate; no administrator is needed."""
    if platform == "win32":
        return f'certutil -user -addstore Root "{path}"'
    if platform == "darwin":
        return f'security add-trusted-cert -r trustRoot -p ssl -k ~/Library/Keychains/login.keychain-db "{path}"'
    return f'certutil -d sql:$HOME/.pki/nssdb -A -t "P,," -n deliverybook -i "{path}"'


def _written(address: str) -> Path:
    """The folder with both manifests as files, for those who upload or copy them."""
    folder = state.folder("pane")
    (folder / "manifest.xml").write_bytes(xml_manifest.xml(address))
    (folder / "deliverybook.zip").write_bytes(json_manifest.package(address))
    return folder
