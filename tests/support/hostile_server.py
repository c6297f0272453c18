"""A small HTTP server on loopback that misbehaves as it is told, one script entry per request."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from http_message_signatures.structures import CaseInsensitiveDict


@dataclass
class Heard:
    """One request as it came in."""

    method: str
    path: str
    headers: CaseInsensitiveDict
    body: bytes


Reply = Callable[[socket.socket, Heard], None]
"""Writes to the connection whatever it likes; the server closes it afterwards."""


def answer(
    body: bytes, status: str = "200 OK", kind: str = "application/json", *headers: str, cut: int | None = None
) -> Reply:
    """A whole answer; with `cut` only the first bytes of its content are sent."""

    def reply(connection: socket.socket, _: Heard) -> None:
        lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers]
        connection.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode() + body[:cut])

    return reply


def raw(content: bytes) -> Reply:
    """Exactly these bytes."""
    return lambda connection, _: connection.sendall(content)


def drip(content: bytes, every_s: float, stop: threading.Event) -> Reply:
    """One byte at a time, for ever or until the client has gone."""

    def reply(connection: socket.socket, _: Heard) -> None:
        for byte in content:
            connection.sendall(bytes((byte,)))
            if stop.wait(every_s):
                return

    return reply


def silence(stop: threading.Event) -> Reply:
    """Takes the request and never answers."""
    return lambda _connection, _heard: (stop.wait(20), None)[1]


def hang_up(connection: socket.socket, _: Heard) -> None:
    """Closes without a word."""


@dataclass
class HostileServer:
    """`script` is worked off request by request; the last entry stays."""

    url: str
    script: list[Reply] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


@contextmanager
def hostile_server(*script: Reply, tls: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    """Serve on a free port of loopback until the block ends; with a context over TLS."""
    listener = socket.create_server(("127.0.0.1", 0))
    scheme = "http" if tls is None else "https"
    server = HostileServer(f"{scheme}://127.0.0.1:{listener.getsockname()[1]}", list(script))
    threads: list[threading.Thread] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=_one, args=(server, connection, tls), daemon=True)
            threads.append(thread)
            thread.start()

    accepting = threading.Thread(target=serve, daemon=True)
    accepting.start()
    try:
        yield server
    finally:
        server.stop.set()
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        accepting.join(5)
        for thread in threads:
            thread.join(5)


def _one(server: HostileServer, connection: socket.socket, tls: ssl.SSLContext | None) -> None:
    with contextlib.ExitStack() as opened:
        opened.enter_context(connection)
        connection.settimeout(10)
        try:
            if tls is not None:
                connection = opened.enter_context(tls.wrap_socket(connection, server_side=True))
            heard = _request(connection)
            if heard is None:
                return
            server.heard.append(heard)
            reply = server.script.pop(0) if len(server.script) > 1 else server.script[0]
            reply(connection, heard)
        except OSError:
            return  # the client has gone, which is often the point of the test


def _request(connection: socket.socket) -> Heard | None:
    content = b""
    while b"\r\n\r\n" not in content:
        more = connection.recv(65536)
        if not more:
            return None
        content += more
    head, _, body = content.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = CaseInsensitiveDict(dict(line.split(": ", 1) for line in lines))
    length = int(headers.get("Content-Length", "0"))
    ends_at = time.monotonic() + 10
    while len(body) < length and time.monotonic() < ends_at:
        more = connection.recv(65536)
        if not more:
            return None
        body += more
    method, path, _ = first.split(" ", 2)
    return Heard(method, path, headers, body)


# --- as a proxy before the real central --------------------------------------------------------
Change = Callable[[bytes], bytes]


def forward(
    url: str,
    *,
    request_bytes: int | None = None,
    answer_bytes: int | None = None,
    change: Change | None = None,
) -> Reply:
    """Pass a request on to the server behind `url`.

    `request_bytes`: only so much of its body, then both sides hang up. `answer_bytes`: the server does its
    work, but only so much of the answer comes through (0 = lost). `change` alters the whole answer.
    """

    def reply(connection: socket.socket, heard: Heard) -> None:
        target = urlsplit(url)
        kept = {name: value for name, value in heard.headers.items() if name.lower() not in _HOP}
        lines = [
            f"{heard.method} {heard.path} HTTP/1.1",
            *(f"{name}: {value}" for name, value in kept.items()),
        ]
        head = "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
        with socket.create_connection((target.hostname or "", target.port or 80), 10) as upstream:
            upstream.sendall(head + heard.body[:request_bytes])
            if request_bytes is not None:
                return
            content = b"".join(iter(lambda: upstream.recv(65536), b""))
        content = content if change is None else change(content)
        connection.sendall(content[:answer_bytes])

    return reply


_HOP = ("connection", "proxy-connection", "accept-encoding", "keep-alive")


def only(path: str, then: Reply, otherwise: Reply) -> Reply:
    """`then` for requests whose path contains `path`."""

    def reply(connection: socket.socket, heard: Heard) -> None:
        (then if path in heard.path else otherwise)(connection, heard)

    return reply
