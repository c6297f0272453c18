"""A printer behind a TCP port (9100)."""

from __future__ import annotations

import socket
import time
from types import TracebackType
from typing import Final

from pos_app.domain.errors import PrinterUnreachable
from printing.cable import Cable

CONNECT: Final = 3.0
_CLOSING: Final = 0.5


class NetworkPlug:
    """`timeout` in seconds for connecting."""

    slowest = 20_000.0
    must_answer = False

    def __init__(self, host: str, port: int = 9100, timeout: float = CONNECT) -> None:
        self.name = f"{host}:{port}"
        self._address = (host, port)
        self._timeout = timeout

    def open(self) -> Cable:
        """Raises PrinterUnreachable."""
        try:
            connection = socket.create_connection(self._address, timeout=self._timeout)
        except socket.gaierror as error:
            raise PrinterUnreachable(device=self.name, reason="unknown_host") from error
        except TimeoutError as error:
            raise PrinterUnreachable(device=self.name, reason="timeout") from error
        except OSError as error:
            raise PrinterUnreachable(device=self.name, reason="refused") from error
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        return NetworkCable(connection)


class NetworkCable:
    """An open TCP connection."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def __enter__(self) -> NetworkCable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def send(self, data: bytes, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._connection.settimeout(left)
        self._connection.sendall(data)

    def read(self, patience: float) -> int | None:
        self._connection.settimeout(patience)
        try:
            answer = self._connection.recv(1)
        except TimeoutError:
            return None
        if not answer:
            raise ConnectionResetError("the printer closed the line")
        return answer[0]

    def forget_answers(self) -> None:
        """A new connection has none."""

    def finish(self, deadline: float) -> None:  # noqa: ARG002
        """Waits a moment for the other end: a printer that died with bytes unread resets here."""
        self._connection.shutdown(socket.SHUT_WR)
        self._connection.settimeout(_CLOSING)
        try:
            while self._connection.recv(256):
                pass
        except TimeoutError:
            return  # most printers simply keep the line open
