"""Printers on serial ports, device nodes, USB and a CUPS queue, and how each of them fails."""

from __future__ import annotations

import errno
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from pos_app.domain.errors import PrinterBroken, PrinterUnreachable
from printing.devices import open_device
from printing.escpos_printer import CablePrinter, Device
from printing.node_cable import NodePlug
from printing.serial_cable import SerialPlug
from printing.spooler import SpoolerPrinter
from printing.usb_cable import UsbAddress, UsbPlug
from tests.support.fake_cups import FakeCups
from tests.support.printer_mind import PrinterMind
from tests.support.pty_printer import PtyPrinter
from tests.support.raster_reader import read
from tests.support.usb_bus import PRODUCT, VENDOR, UsbBus

ADDRESS = UsbAddress(VENDOR, PRODUCT)
FAST = 921_600


@pytest.fixture(scope="module")
def image() -> Image.Image:
    """A short paper with a pattern on it, of several bands."""
    picture = Image.new("1", (576, 700), 1)
    for y in range(0, 700, 9):
        picture.paste(0, (y % 300, y, y % 300 + 200, y + 4))
    return picture


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[PtyPrinter]:
    with PtyPrinter(tmp_path) as pty_printer:
        yield pty_printer


def serial(printer: PtyPrinter, *, grace: float = 10.0, must_answer: bool = True) -> CablePrinter:
    return CablePrinter(SerialPlug(str(printer.port), FAST, must_answer=must_answer), grace=grace)


def usb(bus: UsbBus, address: UsbAddress = ADDRESS) -> CablePrinter:
    return CablePrinter(UsbPlug(address, bus))


def unreachable(device: Device, image: Image.Image) -> str:
    with pytest.raises(PrinterUnreachable) as caught:
        device.print(image)
    return str(caught.value.fields["reason"])


def broken(device: Device, image: Image.Image) -> str:
    with pytest.raises(PrinterBroken) as caught:
        device.print(image)
    return str(caught.value.fields["reason"])


# --- serial -----------------------------------------------------------------------------------
def test_dots_arrive_over_a_serial_port_as_they_were_drawn(printer: PtyPrinter, image: Image.Image) -> None:
    told: list[str] = []
    serial(printer).print(image, drawer=True, before_drawer=lambda: told.append("now"))
    paper = printer.papers_cut(1)
    assert paper.picture().tobytes() == image.tobytes()
    assert (paper.cuts, paper.drawer_pulses, told) == (1, 1, ["now"])


def test_an_address_opens_a_serial_printer(printer: PtyPrinter, image: Image.Image) -> None:
    open_device(f"serial://{printer.port}?baud=115200").print(image)
    assert printer.papers_cut(1).cuts == 1


def test_a_slow_printer_is_waited_for(printer: PtyPrinter, image: Image.Image) -> None:
    printer.bytes_a_tick = 128
    serial(printer).print(image)
    assert printer.mind.cuts == 1


def test_a_serial_printer_without_paper_gets_nothing(printer: PtyPrinter, image: Image.Image) -> None:
    printer.mind.has_paper = False
    assert unreachable(serial(printer), image) == "paper_out"
    assert read(printer.mind.kept).bands == []


def test_paper_that_ends_in_the_middle_leaves_a_doubt(printer: PtyPrinter, image: Image.Image) -> None:
    printer.mind.paper_ends_after = 2
    assert broken(serial(printer), image) == "paper_out"


def test_a_serial_cable_pulled_out_in_the_middle_leaves_a_doubt(
    printer: PtyPrinter, image: Image.Image
) -> None:
    printer.unplugs_after = 20_000
    assert broken(serial(printer), image) == "connection_lost"


def test_a_serial_printer_prints_again_when_it_is_plugged_in_again(
    printer: PtyPrinter, image: Image.Image
) -> None:
    device = serial(printer)
    device.print(image)
    printer.unplug()
    assert unreachable(device, image) == "not_connected"
    printer.plug()
    device.print(image)
    assert printer.papers_cut(2).cuts == 2


def test_a_printer_that_takes_nothing_more_leaves_a_doubt(tmp_path: Path, image: Image.Image) -> None:
    with PtyPrinter(tmp_path) as printer:
        printer.bytes_a_tick = 0
        assert broken(serial(printer, grace=0.2, must_answer=False), image) == "timeout"


def test_silence_on_a_serial_line_is_a_printer_that_is_off(tmp_path: Path, image: Image.Image) -> None:
    with PtyPrinter(tmp_path, PrinterMind(answers=False)) as printer:
        assert unreachable(serial(printer), image) == "timeout"
        assert read(printer.mind.kept).bands == []


def test_a_serial_printer_that_never_answers_can_be_named_as_such(tmp_path: Path, image: Image.Image) -> None:
    with PtyPrinter(tmp_path, PrinterMind(answers=False)) as printer:
        open_device(f"serial://{printer.port}?baud={FAST}&status=no").print(image)
        assert printer.papers_cut(1).cuts == 1


def test_a_printer_that_once_answered_is_off_when_it_falls_silent(
    printer: PtyPrinter, image: Image.Image
) -> None:
    device = CablePrinter(NodePlug(printer.port))
    device.print(image)
    printer.mind.answers = False
    assert unreachable(device, image) == "timeout"


def test_a_port_at_another_speed_is_told_apart_from_a_silent_one(
    printer: PtyPrinter, image: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.support.printer_mind.WELL", b"\xfc")  # what another speed makes of the answer
    assert unreachable(serial(printer), image) == "unclear_answer"


def test_a_port_that_is_not_there_is_not_connected(tmp_path: Path, image: Image.Image) -> None:
    assert unreachable(open_device(f"serial://{tmp_path}/ttyUSB9"), image) == "not_connected"


def test_two_programs_do_not_print_into_one_port(printer: PtyPrinter, image: Image.Image) -> None:
    with SerialPlug(str(printer.port), FAST).open():
        assert unreachable(serial(printer), image) == "busy"


# --- device nodes -----------------------------------------------------------------------------
def test_a_device_node_is_asked_and_written(printer: PtyPrinter, image: Image.Image) -> None:
    printer.mind.paper_ends_after = 2
    device = CablePrinter(NodePlug(printer.port))
    assert broken(device, image) == "paper_out"
    assert unreachable(device, image) == "paper_out"


def test_a_node_that_takes_nothing_does_not_hold_the_program(tmp_path: Path, image: Image.Image) -> None:
    with PtyPrinter(tmp_path) as printer:
        printer.bytes_a_tick = 0
        assert broken(CablePrinter(NodePlug(printer.port), grace=-8), image) == "timeout"


def test_a_file_address_of_a_device_opens_it_as_a_node(printer: PtyPrinter, image: Image.Image) -> None:
    device = open_device(f"file://{printer.port}")
    assert isinstance(device, CablePrinter)
    device.print(image)
    assert printer.papers_cut(1).cuts == 1
    assert unreachable(open_device("file:///dev/usb/lp99"), image) == "not_connected"


# --- USB --------------------------------------------------------------------------------------
def test_dots_arrive_over_usb_as_they_were_drawn(image: Image.Image) -> None:
    bus = UsbBus()
    usb(bus).print(image, drawer=True)
    paper = read(bus.mind.kept)
    assert paper.picture().tobytes() == image.tobytes()
    assert (paper.cuts, paper.drawer_pulses) == (1, 1)


def test_the_usb_printer_is_given_back_after_each_paper(image: Image.Image) -> None:
    bus = UsbBus()
    device = usb(bus)
    device.print(image)
    device.print(image)
    assert (bus.claimed, bus.opened, bus.mind.cuts) == ([], 0, 2)


def test_a_usb_printer_that_is_not_plugged_in(image: Image.Image) -> None:
    bus = UsbBus()
    bus.is_plugged = False
    assert unreachable(usb(bus), image) == "not_connected"


@pytest.mark.parametrize(
    ("number", "reason"),
    [(errno.EACCES, "no_permission"), (errno.EBUSY, "busy"), (errno.EIO, "not_connected")],
)
def test_a_usb_printer_that_may_not_be_opened_says_why(number: int, reason: str, image: Image.Image) -> None:
    bus = UsbBus()
    bus.refuses = number
    assert unreachable(usb(bus), image) == reason


def test_a_usb_device_that_is_no_printer(image: Image.Image) -> None:
    assert unreachable(usb(UsbBus(printer_class=3)), image) == "no_printer"


def test_one_of_two_like_printers_is_found_by_its_serial_number(image: Image.Image) -> None:
    right, wrong = UsbAddress(VENDOR, PRODUCT, "K2"), UsbAddress(VENDOR, PRODUCT, "K3")
    bus = UsbBus(serial="K2")
    usb(bus, right).print(image)
    assert bus.mind.cuts == 1
    assert unreachable(usb(bus, wrong), image) == "not_connected"


def test_a_usb_cable_pulled_out_in_the_middle_leaves_a_doubt(image: Image.Image) -> None:
    bus = UsbBus()
    bus.breaks_after = 20_000
    assert broken(usb(bus), image) == "connection_lost"


def test_usb_paper_that_ends_in_the_middle_is_noticed(image: Image.Image) -> None:
    bus = UsbBus()
    bus.mind.paper_ends_after = 2
    assert broken(usb(bus), image) == "paper_out"


def test_a_silent_usb_printer_is_trusted(image: Image.Image) -> None:
    bus = UsbBus(PrinterMind(answers=False))
    usb(bus).print(image)
    assert bus.mind.cuts == 1


def test_a_usb_printer_that_takes_nothing_was_never_reached(image: Image.Image) -> None:
    bus = UsbBus()
    bus.stalls = True
    assert unreachable(usb(bus), image) == "timeout"


# --- CUPS -------------------------------------------------------------------------------------
@pytest.fixture
def cups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FakeCups:
    made = FakeCups(tmp_path, sys.executable)
    monkeypatch.setenv("PATH", made.path)
    return made


def queue(patience: float = 30.0) -> SpoolerPrinter:
    return SpoolerPrinter("counter", pause=lambda _seconds: None, patience=patience)


def test_a_queue_gets_the_raw_bytes(cups: FakeCups, image: Image.Image) -> None:
    open_device("cups://counter").print(image)
    (paper,) = cups.papers()
    assert read(paper).picture().tobytes() == image.tobytes()
    assert "lp -d counter -o raw -t quay" in cups.said()[1]


def test_a_queue_that_does_not_exist(cups: FakeCups, image: Image.Image) -> None:
    assert unreachable(open_device("cups://kitchen"), image) == "no_queue"
    assert cups.papers() == []


def test_a_stopped_queue_gets_nothing(cups: FakeCups, image: Image.Image) -> None:
    cups.set("disabled")
    assert unreachable(queue(), image) == "queue_stopped"
    assert cups.papers() == []


def test_a_queue_that_refuses_opens_no_drawer(cups: FakeCups, image: Image.Image) -> None:
    cups.set("refuses")
    told: list[str] = []
    with pytest.raises(PrinterUnreachable):
        queue().print(image, drawer=True, before_drawer=lambda: told.append("now"))
    assert told == []


def test_a_paper_stuck_in_the_queue_is_taken_back_and_left_to_a_person(
    cups: FakeCups, image: Image.Image
) -> None:
    cups.set("stuck")
    assert broken(queue(patience=-2.5), image) == "timeout"
    assert cups.waiting() == 0
    assert cups.said()[-1] == "cancel counter-1"


def test_a_machine_without_cups(tmp_path: Path, image: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert unreachable(queue(), image) == "no_spooler"


@pytest.mark.parametrize(
    "url",
    [
        "usb://04b8",
        "serial://",
        "serial:///dev/ttyS0?flow=maybe",
        "serial:///dev/ttyS0?baud=fast",
        "cups://-d",
    ],
)
def test_wrong_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"address|invalid literal"):
        open_device(url)
