"""A printer on a serial port, real or made by a USB adapter."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Final

from pos_app.domain.errors import PrinterUnreachable
from printing.cable import Cable
from printing.port_trouble import PORT_ERRORS, reason_of

if TYPE_CHECKING:
    from serial import SerialBase

BAUD: Final = 19200
_BITS_A_BYTE: Final = 11  # start, 8, parity or second stop, stop: never fewer bytes than this says
_LOOK: Final = 0.02
FLOWS: Final = ("none", "rtscts", "xonxoff")


class SerialPlug:
    """`port` as the system names it: /dev/ttyUSB0, COM3. `flow`: none, rtscts or xonxoff.

    A serial line is silent both when the printer cannot answer and when it is switched off, so silence is
    trouble unless `must_answer` says that this printer never answers.
    """

    def __init__(self, port: str, baud: int = BAUD, flow: str = "none", *, must_answer: bool = True) -> None:
        self.name = port
        self.slowest = baud / _BITS_A_BYTE
        self.must_answer = must_answer
        self._baud = baud
        self._flow = flow

    def open(self) -> Cable:
        """Raises PrinterUnreachable."""
        import serial  # only a till with such a printer needs it

        try:
            port = serial.Serial(
                self.name,
                self._baud,
                rtscts=self._flow == "rtscts",
                xonxoff=self._flow == "xonxoff",
                exclusive=None if _is_windows(self.name) else True,
            )
        except PORT_ERRORS as error:
            raise PrinterUnreachable(device=self.name, reason=reason_of(error)) from error
        except ValueError as error:
            raise PrinterUnreachable(device=self.name, reason="bad_speed") from error
        return SerialCable(port)


class SerialCable:
    """An open serial port."""

    def __init__(self, port: SerialBase) -> None:
        self._port = port

    def __enter__(self) -> SerialCable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._drop_waiting()
        self._port.close()

    def _drop_waiting(self) -> None:
        """Else closing a stopped line would wait half a minute for it."""
        try:
            self._port.reset_output_buffer()
        except PORT_ERRORS:
            return  # the port is gone, and what waited in it

    def send(self, data: bytes, deadline: float) -> None:
        import serial

        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._port.write_timeout = left
        try:
            self._port.write(data)
        except serial.SerialTimeoutException as error:
            raise TimeoutError from error

    def read(self, patience: float) -> int | None:
        self._port.timeout = patience
        answer = self._port.read(1)
        return answer[0] if answer else None

    def forget_answers(self) -> None:
        try:
            self._port.reset_input_buffer()
        except PORT_ERRORS as error:
            raise OSError(*error.args) from error

    def finish(self, deadline: float) -> None:
        """Closing would drop what still waits in the machine, so the line runs empty first."""
        while self._port.out_waiting:
            if time.monotonic() > deadline:
                raise TimeoutError
            self.read(_LOOK)


def _is_windows(port: str) -> bool:
    return port.upper().startswith("COM")
