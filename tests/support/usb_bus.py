"""A USB bus with one printer on it, below pyusb: real descriptors, transfers and error numbers."""

from __future__ import annotations

import errno
from array import array
from collections.abc import Iterator
from types import SimpleNamespace

from usb.backend import IBackend
from usb.core import USBError, USBTimeoutError

from tests.support.printer_mind import PrinterMind

VENDOR, PRODUCT = 0x04B8, 0x0E15
OUT, IN = 0x01, 0x82
_LANGUAGES = bytes((4, 3, 0x09, 0x04))


class UsbBus(IBackend):
    """`refuses`: an error number of opening it; `breaks_after` bytes the cable is pulled out."""

    def __init__(
        self, mind: PrinterMind | None = None, *, serial: str = "A1", printer_class: int = 7
    ) -> None:
        super().__init__()
        self.mind = mind or PrinterMind()
        self.is_plugged = True
        self.refuses: int | None = None
        self.breaks_after: int | None = None
        self.stalls = False
        self.kernel_has_it = True
        self.claimed: list[int] = []
        self.opened = 0
        self._serial = serial
        self._class = printer_class
        self._answers = bytearray()

    # --- descriptors
    def enumerate_devices(self) -> Iterator[str]:
        return iter(["printer"] if self.is_plugged else [])

    def get_device_descriptor(self, dev: object) -> SimpleNamespace:
        return SimpleNamespace(
            bLength=18, bDescriptorType=1, bcdUSB=0x0200, bDeviceClass=0, bDeviceSubClass=0,
            bDeviceProtocol=0, bMaxPacketSize0=64, idVendor=VENDOR, idProduct=PRODUCT, bcdDevice=0x0100,
            iManufacturer=0, iProduct=0, iSerialNumber=3, bNumConfigurations=1, address=5, bus=1,
            port_number=1, port_numbers=(1,), speed=3,
        )  # fmt: skip

    def get_configuration_descriptor(self, dev: object, config: int) -> SimpleNamespace:
        if config:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=2, wTotalLength=32, bNumInterfaces=1, bConfigurationValue=1,
            iConfiguration=0, bmAttributes=0xC0, bMaxPower=1, extra_descriptors=[],
        )  # fmt: skip

    def get_interface_descriptor(self, dev: object, intf: int, alt: int, config: int) -> SimpleNamespace:
        if intf or alt:
            raise IndexError
        return SimpleNamespace(
            bLength=9, bDescriptorType=4, bInterfaceNumber=0, bAlternateSetting=0, bNumEndpoints=2,
            bInterfaceClass=self._class, bInterfaceSubClass=1, bInterfaceProtocol=2, iInterface=0,
            extra_descriptors=[],
        )  # fmt: skip

    def get_endpoint_descriptor(
        self, dev: object, ep: int, intf: int, alt: int, config: int
    ) -> SimpleNamespace:
        kind = 2 if self._class == 7 else 3  # bulk; a keyboard has interrupts
        return SimpleNamespace(
            bLength=7, bDescriptorType=5, bEndpointAddress=(OUT, IN)[ep], bmAttributes=kind,
            wMaxPacketSize=64, bInterval=0, bRefresh=0, bSynchAddress=0, extra_descriptors=[],
        )  # fmt: skip

    # --- opening
    def open_device(self, dev: object) -> object:
        if self.refuses is not None:
            raise USBError("refused", None, self.refuses)
        self.opened += 1
        return dev

    def close_device(self, dev_handle: object) -> None:
        self.opened -= 1

    def get_configuration(self, dev_handle: object) -> int:
        return 1

    def set_configuration(self, dev_handle: object, config_value: int) -> None:
        """It has only one."""

    def claim_interface(self, dev_handle: object, intf: int) -> None:
        if self.kernel_has_it:
            raise USBError("Resource busy", None, errno.EBUSY)
        self.claimed.append(intf)

    def release_interface(self, dev_handle: object, intf: int) -> None:
        self.claimed.remove(intf)

    def is_kernel_driver_active(self, dev_handle: object, intf: int) -> bool:
        return self.kernel_has_it

    def detach_kernel_driver(self, dev_handle: object, intf: int) -> None:
        self.kernel_has_it = False

    # --- transfers
    def ctrl_transfer(
        self, dev_handle: object, bmRequestType: int, bRequest: int, wValue: int, wIndex: int,  # noqa: N803
        data: array[int], timeout: int,
    ) -> int:  # fmt: skip
        """Only strings are asked for: the languages, then the serial number."""
        text = self._serial.encode("utf-16-le")
        answer = _LANGUAGES if wValue & 0xFF == 0 else bytes((2 + len(text), 3)) + text
        data[: len(answer)] = array("B", answer)
        return len(answer)

    def bulk_write(self, dev_handle: object, ep: int, intf: int, data: array[int], timeout: int) -> int:
        assert ep == OUT
        assert intf in self.claimed
        if self.stalls:
            raise USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        if self.breaks_after is not None and len(self.mind.kept) >= self.breaks_after:
            self.is_plugged = False
            raise USBError("No such device", None, errno.ENODEV)
        taken = bytes(data[:1024])  # less than asked for, as a device may
        self._answers += self.mind.take(taken)
        return len(taken)

    def bulk_read(self, dev_handle: object, ep: int, intf: int, buff: array[int], timeout: int) -> int:
        assert ep == IN
        if not self._answers:
            raise USBTimeoutError("Operation timed out", None, errno.ETIMEDOUT)
        taken = bytes(self._answers[: len(buff)])
        del self._answers[: len(taken)]
        buff[: len(taken)] = array("B", taken)
        return len(taken)
