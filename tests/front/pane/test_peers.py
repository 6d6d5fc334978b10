"""Connections of other accounts of this computer are not answered, where the system tells whose they are."""

import os
import socket
import ssl
import struct
import sys

import pytest

from automation.front.pane import peers

HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
SOMEBODY = 12345


def row(one, other, owner):
    return f"   0: {one} {other} 01 00000000:00000000 00:00000000 00000000  {owner}        0 1 1 0 20 4 30 10 -1\n"


def end(port, before=""):
    """127.0.0.1 and a port, as the system's tables have them."""
    (number,) = struct.unpack("=I", bytes([127, 0, 0, 1]))
    return f"{before}{number:08X}:{port:04X}"


@pytest.fixture
def tables(tmp_path, monkeypatch):
    """A callable: these are the system's tables of connections."""

    def written(old=HEAD, new=HEAD):
        for name, text in (("TABLE", old), ("TABLE_6", new)):
            path = tmp_path / name
            path.write_text(text, encoding="ascii")
            monkeypatch.setattr(peers, name, path)

    return written


def test_the_owner_stands_at_the_end_that_the_peer_has(tables):
    ours = row(end(21443), end(50000), 7)
    tables(HEAD + ours + row(end(50001), end(21443), 8) + row(end(50000), end(21443), SOMEBODY))
    assert peers.owner_of(("127.0.0.1", 50000), ("127.0.0.1", 21443)) == SOMEBODY
    assert peers.owner_of(("127.0.0.1", 50002), ("127.0.0.1", 21443)) is None


def test_a_peer_that_speaks_the_newer_protocol_is_found_too(tables):
    mapped = "".join(f"{number:08X}" for number in struct.unpack("=3I", bytes(10) + b"\xff\xff"))
    tables(new=HEAD + row(end(50000, mapped), end(21443, mapped), SOMEBODY))
    assert peers.owner_of(("127.0.0.1", 50000), ("127.0.0.1", 21443)) == SOMEBODY


def test_ourselves_and_the_system_are_no_strangers_and_where_nothing_is_told_nobody_is(tables, monkeypatch, tmp_path):
    ends = (("127.0.0.1", 50000), ("127.0.0.1", 21443))
    for owner, stranger in ((os.geteuid(), False), (0, False), (SOMEBODY, True)):
        tables(HEAD + row(end(50000), end(21443), owner))
        assert peers.is_stranger(*ends) is stranger
    for name in ("TABLE", "TABLE_6"):
        monkeypatch.setattr(peers, name, tmp_path / "none")
    assert not peers.is_stranger(*ends)


def test_a_real_connection_is_that_of_this_account():
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux tells whose a connection is")
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            assert peers.owner_of(client.getsockname(), server.getsockname()) == os.geteuid()
        with socket.create_server(("::1", 0), family=socket.AF_INET6), socket.socket(socket.AF_INET6) as client:
            client.connect((f"::ffff:{server.getsockname()[0]}", server.getsockname()[1]))
            with server.accept()[0] as accepted:
                assert accepted is not None
            assert peers.owner_of(("127.0.0.1", client.getsockname()[1]), server.getsockname()) == os.geteuid()


def test_another_account_is_not_given_the_page_with_the_token(running, tables):
    port = running.server.server_port
    context = ssl.create_default_context(cafile=running.files.certificate)
    with socket.socket() as client:
        client.bind(("127.0.0.1", 0))
        tables(HEAD + row(end(client.getsockname()[1]), end(port), SOMEBODY))
        client.connect(("127.0.0.1", port))
        with pytest.raises((ConnectionError, ssl.SSLError)):
            context.wrap_socket(client, server_hostname="localhost")
    tables()
    assert running.ask("/pane.html").status == 200
