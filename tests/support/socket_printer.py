"""A printer on a real TCP port: keeps the bytes, answers or stays silent, runs out of paper, dies."""

from __future__ import annotations

import socket
import struct
import threading
from types import TracebackType

from tests.support.raster_reader import CommandReader, Paper, read

_WELL, _NO_PAPER, _OFFLINE_WELL, _LID_OPEN, _DONE = b"\x12", b"\x72", b"\x12", b"\x16", b"\x00"


class SocketPrinter:
    """One connection at a time. `breaks_after` bytes the line is reset; `paper_ends_after` bands."""

    def __init__(self, *, answers: bool = True) -> None:
        self.answers = answers
        self.has_paper = True
        self.lid_open = False
        self.breaks_after: int | None = None
        self.paper_ends_after: int | None = None
        self._streams: list[bytes] = []
        self._changed = threading.Condition()
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._server.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> SocketPrinter:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(5)

    def streams(self, count: int) -> list[bytes]:
        """The bytes of that many connections, once they have ended."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self._streams) >= count, timeout=10)
            return list(self._streams)

    def papers(self, count: int) -> list[Paper]:
        return [read(stream) for stream in self.streams(count)]

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            with connection:
                self._take(connection)

    def _take(self, connection: socket.socket) -> None:
        reader, kept, bands = CommandReader(), b"", 0
        while True:
            try:
                more = connection.recv(4096)
            except ConnectionResetError:
                break
            if not more:
                break
            kept += more
            if self.breaks_after is not None and len(kept) >= self.breaks_after:
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                break
            for command in reader.feed(more):
                bands += command.name == "band"
                if self.paper_ends_after is not None and bands >= self.paper_ends_after:
                    self.has_paper = False
                self._answer(connection, command.name, command.data)
        with self._changed:
            self._streams.append(kept)
            self._changed.notify_all()

    def _answer(self, connection: socket.socket, name: str, data: bytes) -> None:
        if not self.answers:
            return
        if name == "ask" and data == b"\x04":
            connection.sendall(_WELL if self.has_paper else _NO_PAPER)
        elif name == "ask":
            connection.sendall(_LID_OPEN if self.lid_open else _OFFLINE_WELL)
        elif name == "ask_when_done" and self.has_paper:
            connection.sendall(_DONE)  # without paper a printer stops here and says nothing
