"""A printer on the USB bus, spoken to through libusb."""

from __future__ import annotations

import time
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final

from pos_app.domain.errors import PrinterUnreachable
from printing.cable import Cable
from printing.port_trouble import reason_of

if TYPE_CHECKING:
    from usb.backend import IBackend
    from usb.core import Device, Endpoint

_PRINTER_CLASS: Final = 7
_PIECE: Final = 4096
"""Bytes a transfer: one that is not taken in time is then no longer than this in doubt."""


@dataclass(frozen=True, slots=True)
class UsbAddress:
    """Which device: vendor and product, the serial number where two are alike; end points where told."""

    vendor: int
    product: int
    serial: str | None = None
    out_endpoint: int | None = None
    in_endpoint: int | None = None


class UsbPlug:
    """`backend` is libusb, or a bus that a test made."""

    slowest = 20_000.0
    must_answer = False

    def __init__(self, address: UsbAddress, backend: IBackend | None = None) -> None:
        self.name = f"usb {address.vendor:04x}:{address.product:04x}"
        self._address = address
        self._backend = backend

    def open(self) -> Cable:
        """Raises PrinterUnreachable: no_libusb, not_connected, no_permission, busy."""
        import usb.core  # only a till with such a printer needs it

        try:
            device = self._found()
            if device is None:
                raise PrinterUnreachable(device=self.name, reason="not_connected")
            return self._claimed(device)
        except usb.core.NoBackendError as error:
            raise PrinterUnreachable(device=self.name, reason="no_libusb") from error
        except ValueError as error:  # its serial number may not be read
            raise PrinterUnreachable(device=self.name, reason="no_permission") from error
        except usb.core.USBError as error:
            raise PrinterUnreachable(device=self.name, reason=reason_of(error)) from error

    def _found(self) -> Device | None:
        import usb.core

        wanted: dict[str, Any] = {"idVendor": self._address.vendor, "idProduct": self._address.product}
        if self._address.serial is not None:
            wanted["serial_number"] = self._address.serial
        return usb.core.find(backend=self._backend, **wanted)

    def _claimed(self, device: Device) -> UsbCable:
        import usb.core
        import usb.util

        try:
            configuration = device.get_active_configuration()
        except usb.core.USBError:
            device.set_configuration()  # nobody has chosen one yet
            configuration = device.get_active_configuration()
        interfaces = sorted(configuration, key=lambda one: one.bInterfaceClass != _PRINTER_CLASS)
        for interface in interfaces:
            out = _endpoint(interface, usb.util.ENDPOINT_OUT, self._address.out_endpoint)
            if out is None:
                continue
            _take_from_kernel(device, interface.bInterfaceNumber)
            usb.util.claim_interface(device, interface.bInterfaceNumber)
            answers = _endpoint(interface, usb.util.ENDPOINT_IN, self._address.in_endpoint)
            return UsbCable(device, out, answers)
        usb.util.dispose_resources(device)
        raise PrinterUnreachable(device=self.name, reason="no_printer")


def _endpoint(interface: Any, direction: int, wanted: int | None) -> Endpoint | None:
    """The first bulk end point of that direction, or the one that the address names."""
    import usb.util

    for one in interface:
        if usb.util.endpoint_direction(one.bEndpointAddress) != direction:
            continue
        is_bulk = usb.util.endpoint_type(one.bmAttributes) == usb.util.ENDPOINT_TYPE_BULK
        if one.bEndpointAddress == wanted or (wanted is None and is_bulk):
            return one
    return None


def _take_from_kernel(device: Device, interface: int) -> None:
    """Linux gives a printer to its own driver (usblp) first; Windows and macOS have no such call."""
    try:
        if device.is_kernel_driver_active(interface):
            device.detach_kernel_driver(interface)
    except NotImplementedError:
        return


class UsbCable:
    """A claimed interface of a USB device."""

    def __init__(self, device: Device, out: Endpoint, answers: Endpoint | None) -> None:
        self._device = device
        self._out = out
        self._answers = answers
        self._heard = bytearray()

    def __enter__(self) -> UsbCable:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        import usb.util

        usb.util.dispose_resources(self._device)

    def send(self, data: bytes, deadline: float) -> None:
        import usb.core

        rest = memoryview(data)
        while rest:
            left = deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            try:
                taken = self._out.write(bytes(rest[:_PIECE]), timeout=round(left * 1000) + 1)
            except usb.core.USBTimeoutError as error:
                raise TimeoutError from error
            rest = rest[taken:]

    def read(self, patience: float) -> int | None:
        import usb.core

        if not self._heard and self._answers is not None:
            size = self._answers.wMaxPacketSize
            try:
                self._heard += self._answers.read(size, timeout=round(patience * 1000) + 1).tobytes()
            except usb.core.USBTimeoutError:
                return None
        return self._heard.pop(0) if self._heard else None

    def forget_answers(self) -> None:
        self._heard.clear()
        while self.read(0) is not None:
            self._heard.clear()

    def finish(self, deadline: float) -> None:
        """A transfer has been taken when it returns."""
