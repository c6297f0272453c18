"""With the real sell screen, offscreen: from `scanned` until the new line has been painted."""

from __future__ import annotations

import os
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from bench import sample
from bench.goals import Result, p50_and_p99
from bench.till import BenchTill
from ui import app as ui_app
from ui.main_window import MainWindow
from ui.sell.connect import connect
from ui.sell.presenter import SellPresenter
from ui.sell.screen import SellScreen
from ui.sell.ways import SellServices

SCAN_MS = 16.0
CART = 100
SCANS = 150


class _Paints(QObject):
    """Counts the paint events that reach the cart."""

    def __init__(self, cart: QWidget) -> None:
        super().__init__()
        self.count = 0
        cart.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def scan_to_painted(till: BenchTill, products: int) -> list[Result]:
    """A cart of 100 lines; each scan adds the 101st, which is then undone outside the clock."""
    app = ui_app.make(["bench"], reduced_motion=True)
    window, presenter, _dialogs = opened_window(till)
    codes = [sample.barcode(1 + number * 3 % products) for number in range(CART + SCANS)]
    for code in codes[:CART]:
        window.route_scan(code)
    _settle(app)
    cart = window.findChild(QWidget, "cartTable")
    assert cart is not None
    paints = _Paints(getattr(cart, "viewport", lambda: cart)())
    taken = []
    for code in codes[CART:]:
        before, begun = paints.count, time.perf_counter()
        window.route_scan(code)
        _paint(app)
        taken.append(time.perf_counter() - begun)
        assert paints.count > before, "the scan was painted"
        _settle(app)
        presenter.undo()
        _settle(app)
    window.allow_close()
    window.close()
    return p50_and_p99(f"scan to line painted, {CART} lines", taken, SCAN_MS)


def opened_window(till: BenchTill) -> tuple[MainWindow, SellPresenter, object]:
    """The sell screen in its window, shown. Keep all three as long as the window is needed."""
    services, stores = till.services, till.stores
    presenter = SellPresenter(
        SellServices(
            services.session, services.checkout, services.selling, services.held_carts, services.customers,
            stores.catalogue, stores.vouchers, services.approvals, lambda: 0, str,
        )
    )  # fmt: skip
    screen = SellScreen()
    dialogs = connect(screen, presenter)
    window = MainWindow((screen,))
    window.resize(1366, 768)
    window.show_screen(screen.name)
    window.show()
    return window, presenter, dialogs


def _paint(app: QApplication) -> None:
    """What the next turn of the loop does first: layouts, then paints. Drafts are written after it."""
    app.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    app.sendPostedEvents(None, QEvent.Type.UpdateRequest)


def _settle(app: QApplication) -> None:
    for _ in range(3):
        app.processEvents()
        # only a running loop deletes what was replaced; without this old rows would be painted again
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
