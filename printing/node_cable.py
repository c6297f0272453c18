"""A printer at a device node of the system (/dev/usb/lp0): written without ever blocking for good."""

from __future__ import annotations

import os
import select
import time
from pathlib import Path
from types import TracebackType

from pos_app.domain.errors import PrinterUnreachable
from printing.cable import Cable
from printing.port_trouble import reason_of


class NodePlug:
    """`path` is a character device."""

    slowest = 20_000.0
    must_answer = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path

    def open(self) -> Cable:
        """Raises PrinterUnreachable."""
        flags = os.O_NONBLOCK | os.O_NOCTTY
        try:
            return NodeCable(os.open(self._path, os.O_RDWR | flags), readable=True)
        except OSError as error:
            if reason_of(error) != "no_permission":
                raise PrinterUnreachable(device=self.name, reason=reason_of(error)) from error
        try:  # some nodes may only be written
            return NodeCable(os.open(self._path, os.O_WRONLY | flags), readable=False)
        except OSError as error:
            raise PrinterUnreachable(device=self.name, reason=reason_of(error)) from error


class NodeCable:
    """An open device node."""

    def __init__(self, handle: int, *, readable: bool) -> None:
        self._handle = handle
        self._readable = readable

    def __enter__(self) -> NodeCable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._handle)

    def send(self, data: bytes, deadline: float) -> None:
        rest = memoryview(data)
        while rest:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([], [self._handle], [], left)[1]:
                raise TimeoutError
            try:
                rest = rest[os.write(self._handle, rest) :]
            except BlockingIOError:
                continue  # ready a moment ago, full now

    def read(self, patience: float) -> int | None:
        if not self._readable or not select.select([self._handle], [], [], patience)[0]:
            return None
        try:
            answer = os.read(self._handle, 1)
        except BlockingIOError:
            return None
        if answer:
            return answer[0]
        self._readable = False  # an end of file: this node has nothing to say
        return None

    def forget_answers(self) -> None:
        while self.read(0) is not None:
            pass

    def finish(self, deadline: float) -> None:
        """The kernel sends what it has taken, also after the node is closed."""
