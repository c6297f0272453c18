"""Devices by cable at a real window: a scanner on a serial port, a printer that breaks in mid-receipt."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication

from pos_app.services.attention import AttentionItem, AttentionKind
from tests.support.journey import Till
from tests.support.pty_printer import PtyPrinter
from tests.support.pty_scanner import PtyScanner

Open = Callable[..., Till]


def plugged_in(till: Till, state: str = "ready") -> None:
    """Waits until the status row of the scanner says so."""
    status = till.program.stores.status
    till.hands.until(f"scanner {state}", lambda: (status.get("scanner") or {}).get("state") == state)


def papers(till: Till) -> list[AttentionItem]:
    """Those that a person is asked about."""
    return [item for item in till.program.services.attention.items() if item.job is not None]


def test_a_serial_scan_lands_in_the_cart_past_the_input_method(open_window: Open, tmp_path: Path) -> None:
    with PtyScanner(tmp_path) as device:
        till = open_window(scanner=device.address).enter()
        scanner = till.program.scanner
        assert scanner is not None
        scanner.start()
        plugged_in(till)
        focused = QApplication.focusWidget()
        QApplication.sendEvent(focused, QInputMethodEvent("giâ", []))  # Unikey in the middle of a word
        device.send(till.goods()[0])
        till.hands.until("the scan is in the cart", lambda: len(till.lines) == 1)
        till.close()
    assert till.lines


def test_a_scanner_pulled_out_is_said_on_the_strip_and_typing_goes_on(
    open_window: Open, tmp_path: Path
) -> None:
    with PtyScanner(tmp_path) as device:
        till = open_window(scanner=device.address).enter()
        scanner = till.program.scanner
        assert scanner is not None
        scanner.start()
        plugged_in(till)
        device.unplug()
        plugged_in(till, "trouble")
        assert "Máy quét mất kết nối" in till.program.counter.window.strip.accessibleName()
        till.sells_on()
        device.plug()
        plugged_in(till)
        assert "Máy quét" not in till.program.counter.window.strip.accessibleName()


@pytest.mark.parametrize("answer", ["again", "it came out"])
def test_paper_out_in_mid_receipt_leaves_the_sale_and_asks_a_person(
    open_window: Open, tmp_path: Path, answer: str
) -> None:
    with PtyPrinter(tmp_path) as printer:
        till = open_window(printer=f"serial://{printer.port}?baud=921600").enter()
        attention = till.program.services.attention
        printer.mind.paper_ends_after = 2
        till.program.loops.start()
        till.sells_on()
        till.program.loops.wake_printing()
        till.hands.until("a person is asked", lambda: len(papers(till)) == 1)
        (item,) = papers(till)
        assert (item.kind, item.reason) == (AttentionKind.PRINT_DOUBT, "paper_out")

        printer.mind.paper_ends_after, printer.mind.has_paper = None, True
        cuts = printer.mind.cuts
        till.sells_on()
        till.program.loops.wake_printing()
        till.hands.until("the next receipt is out", lambda: printer.mind.cuts == cuts + 1)
        assert papers(till) == [item], "the first one is not printed again by itself"

        if answer == "again":
            attention.act(item)
            till.program.loops.wake_printing()
            till.hands.until("the copy is out", lambda: printer.mind.cuts == cuts + 2)
        else:
            attention.dismiss(item)
        till.hands.until("nothing waits", lambda: papers(till) == [])
        till.close()
    assert printer.mind.cuts == cuts + (2 if answer == "again" else 1)
