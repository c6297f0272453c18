"""A proxy between till and central that does to each request what it is told, in a thread of its own.

What it can be told stands in `toxics`. TLS ends here, if it is wanted.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import struct
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from socket import SO_LINGER, SOL_SOCKET, create_server, socket
from urllib.parse import urlsplit

_PIECE = 1 << 16
_OF_THE_HOP = (b"connection:", b"keep-alive:", b"proxy-connection:")
_LONGEST_S = 30.0
"""No fault outlives its test."""


@dataclass
class Exchange:
    """One request, whole, and the two sides it stands between."""

    method: str
    path: str
    head: bytes
    body: bytes
    target: tuple[str, int]
    reader: asyncio.StreamReader
    client: asyncio.StreamWriter

    async def passed_on(self, body_bytes: int | None = None, bytes_s: int | None = None) -> bytes:
        """Central's whole answer; with `body_bytes` only so much of the body goes, and there is none."""
        answers, central = await asyncio.open_connection(*self.target)
        try:
            await _write(central, self.head + self.body[:body_bytes], bytes_s)
            return b"" if body_bytes is not None else await answers.read()
        finally:
            central.close()

    async def give(self, answer: bytes, bytes_s: int | None = None) -> None:
        await _write(self.client, answer, bytes_s)

    async def until_the_client_has_gone(self) -> None:
        with contextlib.suppress(OSError, TimeoutError):
            await asyncio.wait_for(self.reader.read(), _LONGEST_S)

    def reset(self) -> None:
        """Not a polite end but a RST."""
        self.client.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        self.client.transport.abort()


Fault = Callable[[Exchange], Awaitable[None]]


async def _write(to: asyncio.StreamWriter, content: bytes, bytes_s: int | None) -> None:
    """At once, or as fast as the line is, in a tenth of a second's portions."""
    step = len(content) if bytes_s is None else max(1, bytes_s // 10)
    for start in range(0, len(content), max(step, 1)):
        to.write(content[start : start + step])
        await to.drain()
        if bytes_s is not None:
            await asyncio.sleep(0.1)


async def _passes(asked: Exchange) -> None:
    await asked.give(await asked.passed_on())


# --- the proxy --------------------------------------------------------------------------------
@dataclass
class FaultProxy:
    """Set `fault` at any time; it is for requests whose path contains `only`, all others pass."""

    target: tuple[str, int] = ("127.0.0.1", 0)
    fault: Fault = _passes
    only: str = ""
    heard: list[str] = field(default_factory=list)
    """Paths, in the order they came in."""
    met: threading.Event = field(default_factory=threading.Event)
    """Set when a request meets the fault."""
    over: threading.Event = field(default_factory=threading.Event)
    """Set when a fault has done all it does, the late delivery too."""

    def __post_init__(self) -> None:
        self._listener: socket = create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="fault proxy", daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    def before(self, url: str) -> None:
        """Stand before this server."""
        parts = urlsplit(url)
        self.target = (parts.hostname or "", parts.port or 80)

    def set(self, fault: Fault, only: str = "") -> None:
        """From now on; forgets whether a fault was met."""
        self.fault, self.only = fault, only
        self.met.clear()
        self.over.clear()

    # --- listening
    def start(self, tls: ssl.SSLContext | None = None) -> None:
        self._thread.start()
        self._run(self._listen(tls))

    def down(self) -> None:
        """toxiproxy's: connections are refused."""
        self._run(self._unlisten())

    def up(self, tls: ssl.SSLContext | None = None) -> None:
        """On the same port again; with another certificate, if one is given."""
        self._listener = create_server(("127.0.0.1", self.port))
        self._run(self._listen(tls))

    def stop(self) -> None:
        self._run(self._end())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _run(self, what: Awaitable[None]) -> None:
        asyncio.run_coroutine_threadsafe(_awaited(what), self._loop).result(_LONGEST_S)

    async def _listen(self, tls: ssl.SSLContext | None) -> None:
        self._server = await asyncio.start_server(self._connected, sock=self._listener, ssl=tls)

    async def _unlisten(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()
            self._server = None

    async def _end(self) -> None:
        await self._unlisten()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # --- one connection, one request
    async def _connected(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            asked = await self._request(reader, client)
            self.heard.append(asked.path)
            await (self._meets_the_fault if self.only in asked.path else _passes)(asked)
        except (OSError, asyncio.IncompleteReadError):
            return  # one of the two has gone, which is often the point of the test
        finally:
            client.close()

    async def _meets_the_fault(self, asked: Exchange) -> None:
        self.met.set()
        try:
            await self.fault(asked)
        finally:
            self.over.set()

    async def _request(self, reader: asyncio.StreamReader, client: asyncio.StreamWriter) -> Exchange:
        first, *lines = (await reader.readuntil(b"\r\n\r\n"))[:-4].split(b"\r\n")
        sizes = [int(line[15:]) for line in lines if line.lower().startswith(b"content-length:")]
        body = await reader.readexactly(sizes[0]) if sizes else b""
        kept = [line for line in lines if not line.lower().startswith(_OF_THE_HOP)]
        head = b"\r\n".join([first, *kept, b"Connection: close", b"", b""])
        method, path, _ = first.decode("latin-1").split(" ", 2)
        return Exchange(method, path, head, body, self.target, reader, client)


async def _awaited(what: Awaitable[None]) -> None:
    await what


@contextmanager
def fault_proxy(url: str = "", tls: ssl.SSLContext | None = None) -> Iterator[FaultProxy]:
    """Before the server at `url`, until the block ends."""
    proxy = FaultProxy()
    if tls is not None:
        proxy.url = proxy.url.replace("http:", "https:")
    if url:
        proxy.before(url)
    proxy.start(tls)
    try:
        yield proxy
    finally:
        proxy.stop()
