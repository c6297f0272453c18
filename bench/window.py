"""With the program's own window, offscreen: from `scanned` until the new line has been painted."""

from __future__ import annotations

import os
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from bench.goals import Result, p50_and_p99
from bench.people import PIN, STAFF
from pos_app.bootstrap.program import TillProgram, open_till
from pos_app.settings import Settings
from ui import app as ui_app

SCAN_MS = 16.0
CART = 100
SCANS = 100


class _Paints(QObject):
    """Counts the paint events that reach the cart."""

    def __init__(self, cart: QWidget) -> None:
        super().__init__()
        self.count = 0
        cart.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return False


def opened_program(folder: Path) -> tuple[QApplication, TillProgram]:
    """The whole till with its loops and its window shown, as a start does it."""
    app = ui_app.make(["bench"])
    program = open_till(app, Settings(data_dir=folder))
    program.start()
    return app, program


def begin_work(program: TillProgram) -> None:
    """Somebody signs in, a shift is open, an empty cart is on the screen."""
    services = program.services
    services.sign_in.sign_in(STAFF, PIN)
    if services.session.shift is None:
        services.shifts.open({100_000: 20})
    services.checkout.clear()
    program.counter.go.to_sell()


def scan_to_painted(folder: Path, codes: list[str]) -> list[Result]:
    """A cart of 100 lines; each scan adds the 101st, which is then undone outside the clock."""
    app, program = opened_program(folder)
    begin_work(program)
    window = program.counter.window
    sell = window.page("sell")
    for code in codes[:CART]:
        window.route_scan(code)
        _settle(app)
    cart = sell.findChild(QWidget, "cartTable")
    assert cart is not None
    paints = _Paints(getattr(cart, "viewport", lambda: cart)())
    taken, worked = [], []
    for code in codes[CART : CART + SCANS]:
        before, begun, began_work = paints.count, time.perf_counter(), time.thread_time()
        window.route_scan(code)
        _paint(app)
        taken.append(time.perf_counter() - begun)
        worked.append(time.thread_time() - began_work)
        assert paints.count > before, "the scan was painted"
        _settle(app)
        sell.key("Ctrl+Z")
        _settle(app)
    program.services.checkout.clear()
    program.close()
    name = f"scan to line painted, {CART} lines"
    # what a busy machine changes least: to compare two versions with
    return [*p50_and_p99(name, taken, SCAN_MS), Result(f"{name}, least work", min(worked) * 1000, "ms")]


def _paint(app: QApplication) -> None:
    """What the next turn of the loop does first: layouts, then paints. Drafts are written after it."""
    app.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    app.sendPostedEvents(None, QEvent.Type.UpdateRequest)


def _settle(app: QApplication) -> None:
    for _ in range(3):
        app.processEvents()
        # only a running loop deletes what was replaced; without this old rows would be painted again
        app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
