"""Bytes to a real socket and to files, and how printers fail."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from pos_app.domain.errors import PrinterBroken, PrinterUnreachable
from printing import receipt
from printing.devices import open_device
from printing.escpos_printer import BAND, FilePrinter, NetworkPrinter, NoPrinter
from printing.raster import NARROW, render
from tests.support import paper_bodies as bodies
from tests.support.raster_reader import read
from tests.support.socket_printer import SocketPrinter


@pytest.fixture(scope="module")
def image() -> Image.Image:
    return render(receipt.compose(bodies.usual_sale(), bodies.FACTS))


def network(printer: SocketPrinter) -> NetworkPrinter:
    return NetworkPrinter("127.0.0.1", printer.port)


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def test_dots_arrive_as_they_were_drawn(image: Image.Image) -> None:
    with SocketPrinter() as printer:
        network(printer).print(image)
        (paper,) = printer.papers(1)
    assert paper.picture().tobytes() == image.tobytes()
    assert (paper.cuts, paper.drawer_pulses) == (1, 0)
    assert max(band.height for band in paper.bands) <= BAND


def test_the_code_scans_from_what_the_printer_got(image: Image.Image) -> None:
    with SocketPrinter() as printer:
        network(printer).print(image)
        (paper,) = printer.papers(1)
    assert [found.text for found in zxingcpp.read_barcodes(paper.picture().convert("L"))] == [bodies.CODE]


def test_the_drawer_opens_before_the_first_dot_and_its_listener_is_told(image: Image.Image) -> None:
    told: list[str] = []
    with SocketPrinter() as printer:
        network(printer).print(image, drawer=True, before_drawer=lambda: told.append("now"))
        (stream,) = printer.streams(1)
    assert told == ["now"]
    assert stream.index(b"\x1bp") < stream.index(b"\x1dv0")
    assert read(stream).drawer_pulses == 1


def test_nobody_is_told_of_a_drawer_that_no_printer_could_open(image: Image.Image) -> None:
    told: list[str] = []
    with pytest.raises(PrinterUnreachable) as caught:
        NetworkPrinter("127.0.0.1", closed_port()).print(
            image, drawer=True, before_drawer=lambda: told.append("now")
        )
    assert (caught.value.fields["reason"], told) == ("refused", [])


def test_a_line_that_breaks_in_the_middle_leaves_a_doubt(image: Image.Image) -> None:
    with SocketPrinter() as printer:
        printer.breaks_after = 40_000
        with pytest.raises(PrinterBroken) as caught:
            network(printer).print(image)
    assert caught.value.fields["reason"] == "connection_lost"


def test_a_printer_without_paper_gets_nothing(image: Image.Image) -> None:
    with SocketPrinter() as printer:
        printer.has_paper = False
        with pytest.raises(PrinterUnreachable) as caught:
            network(printer).print(image, drawer=True)
        (stream,) = printer.streams(1)
    assert caught.value.fields["reason"] == "paper_out"
    assert read(stream).bands == []


def test_an_open_lid_is_named(image: Image.Image) -> None:
    with SocketPrinter() as printer:
        printer.lid_open = True
        with pytest.raises(PrinterUnreachable) as caught:
            network(printer).print(image)
    assert caught.value.fields["reason"] == "cover_open"


def test_paper_that_ends_in_the_middle_is_noticed_though_all_bytes_were_taken(image: Image.Image) -> None:
    with SocketPrinter() as printer:
        printer.paper_ends_after = 3
        with pytest.raises(PrinterBroken) as caught:
            network(printer).print(image)
    assert caught.value.fields["reason"] == "paper_out"


def test_a_silent_printer_is_trusted_and_not_waited_for_again(image: Image.Image) -> None:
    with SocketPrinter(answers=False) as printer:
        device = network(printer)
        device.print(image)
        device.print(image)
        first, second = printer.streams(2)
    assert first.startswith(b"\x10\x04\x04")
    assert second.startswith(b"\x1b@")


def test_a_printer_that_answers_confirms_the_paper(image: Image.Image) -> None:
    with SocketPrinter() as printer:
        device = network(printer)
        device.print(image)
        device.print(image)
    assert [paper.cuts for paper in printer.papers(2)] == [1, 1]


def test_file_gets_raw_bytes_one_paper_after_another(tmp_path: Path, image: Image.Image) -> None:
    device = FilePrinter(tmp_path / "out.bin", tmp_path / "png")
    device.print(image)
    device.print(image, cut=False, drawer=True)
    paper = read((tmp_path / "out.bin").read_bytes())
    assert (paper.cuts, paper.drawer_pulses) == (1, 1)
    assert sorted(path.name for path in (tmp_path / "png").iterdir()) == ["print-0001.png", "print-0002.png"]


def test_a_file_that_cannot_be_opened_is_unreachable(tmp_path: Path, image: Image.Image) -> None:
    with pytest.raises(PrinterUnreachable):
        FilePrinter(tmp_path / "no" / "out.bin").print(image)


def test_addresses_open_their_devices() -> None:
    network_printer = open_device("tcp://printer.local")
    assert isinstance(network_printer, NetworkPrinter)
    assert network_printer.name == "printer.local:9100"
    narrow = open_device("file:///srv/out.bin?png=/srv/png&width=384")
    assert isinstance(narrow, FilePrinter)
    assert narrow.width == NARROW
    assert isinstance(open_device("none"), NoPrinter)


@pytest.mark.parametrize("url", ["usb://1234", "tcp://", "out.bin", "tcp://host?width=500"])
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r"paper|address"):
        open_device(url)
