"""One total deadline for a request, kept even against a server that drips single bytes.

A read time-out counts anew with every byte that arrives. Here each read of the socket, be it for headers,
chunk sizes or content, gets at most what is left of the whole.
"""

from __future__ import annotations

import contextlib
import io
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final
from weakref import WeakSet

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

_ends_at: ContextVar[float | None] = ContextVar("quay_request_ends_at", default=None)


class DeadlinePassed(TimeoutError):
    """The request as a whole took too long, or was cut."""


class Cut:
    """Ends the requests of one client from another thread: a till that is closed waits for nobody."""

    def __init__(self) -> None:
        self.is_cut = False
        self._sockets: WeakSet[DeadlineSocket] = WeakSet()

    def watch(self, sock: DeadlineSocket) -> None:
        """This one is to be closed too."""
        self._sockets.add(sock)

    def now(self) -> None:
        """Every read under way ends, every further step is refused."""
        self.is_cut = True
        for sock in list(self._sockets):
            sock.hang_up()


_cut: ContextVar[Cut | None] = ContextVar("quay_request_cut", default=None)


@contextmanager
def deadline(seconds: float, cut: Cut | None = None) -> Iterator[None]:
    """Everything read or written inside, by this thread, ends within `seconds`, or when it is cut."""
    token, cut_token = _ends_at.set(time.monotonic() + seconds), _cut.set(cut)
    try:
        yield
    finally:
        _ends_at.reset(token)
        _cut.reset(cut_token)


def left(most: float | None) -> float | None:
    """Seconds for the next step: `most`, or what is left if that is less. Raises DeadlinePassed at 0."""
    cut = _cut.get()
    if cut is not None and cut.is_cut:
        raise DeadlinePassed
    ends_at = _ends_at.get()
    if ends_at is None:
        return most
    rest = ends_at - time.monotonic()
    if rest <= 0:
        raise DeadlinePassed
    return rest if most is None else min(most, rest)


class _RawReader(io.RawIOBase):
    """A socket's file that asks for the time left before every read."""

    def __init__(self, sock: DeadlineSocket, raw: io.RawIOBase) -> None:
        self._sock = sock
        self._raw = raw

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.shorten()
        count: int | None = self._raw.readinto(buffer)
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class DeadlineSocket:
    """A connected socket; everything but reading, writing and time-outs goes to the one inside."""

    def __init__(self, sock: Any) -> None:
        self._inner = sock
        self._step: float | None = sock.gettimeout()
        cut = _cut.get()
        if cut is not None:
            cut.watch(self)

    def hang_up(self) -> None:
        """From another thread: what is being read ends at once."""
        with contextlib.suppress(OSError):  # it may have gone by itself
            self._inner.shutdown(socket.SHUT_RDWR)

    def shorten(self) -> None:
        """Let the next operation take no longer than what is left."""
        self._inner.settimeout(left(self._step))

    def settimeout(self, seconds: float | None) -> None:
        self._step = seconds
        self._inner.settimeout(seconds)

    def sendall(self, content: Any, *flags: int) -> None:
        self.shorten()
        self._inner.sendall(content, *flags)

    def makefile(self, mode: str, *_: Any, **__: Any) -> io.BufferedReader:
        if mode != "rb":
            raise ValueError(mode)
        return io.BufferedReader(_RawReader(self, self._inner.makefile("rb", buffering=0)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class _Connection(HTTPConnection):
    def connect(self) -> None:
        self.timeout = left(self.timeout)
        super().connect()
        self.sock: Any = DeadlineSocket(self.sock)


class _SecureConnection(HTTPSConnection):
    def connect(self) -> None:
        self.timeout = left(self.timeout)
        super().connect()
        self.sock: Any = DeadlineSocket(self.sock)


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


POOLS: Final = {"http": _Pool, "https": _SecurePool}
"""For a urllib3 manager's `pool_classes_by_scheme`."""
