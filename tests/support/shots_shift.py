"""The pages of the shift (picture 07) in their stages, on a real till folder."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from pos_app.storage.shifts import ShiftStore
from tests.support.counter import MANAGER, Counter, make_counter
from tests.support.shots_kit import SHOP
from tests.support.shots_sign_in import window_of
from ui.shift import close_screen, menu_screen, open_screen
from ui.shift.close_presenter import ShiftClosePresenter
from ui.shift.facts import ShiftFacts, ShiftWays, former_float
from ui.shift.menu_presenter import ShiftMenuPresenter, ShiftServices
from ui.shift.open_presenter import ShiftOpenPresenter
from ui.shift.verify import VerifyServices
from ui.shift.verify_dialog import open_verify
from ui.widgets.strip_state import StripState

COUNTED = {500_000: 6, 200_000: 11, 100_000: 14, 50_000: 9, 20_000: 23, 10_000: 17, 5_000: 12, 2_000: 3}
STRIP = StripState(clock="22:16", **SHOP)


def counter() -> tuple[Counter, Path]:
    """A till in a folder of its own."""
    folder = Path(tempfile.mkdtemp(prefix="quay-shots-"))
    return make_counter(folder), folder


def kept(window: QWidget, made: Counter, folder: Path) -> QWidget:
    """The window keeps its till; the folder goes with it."""

    def gone() -> None:
        made.till.files.dispose()
        shutil.rmtree(folder, ignore_errors=True)

    weakref.finalize(window, gone)
    return window


def facts(made: Counter, printer: str = "ready") -> ShiftFacts:
    store = ShiftStore(made.till.files.till, made.till.identity)
    names = {person.no: person.name for person in made.sign_in.people()}
    return ShiftFacts(
        printer=lambda: printer,
        unsent=lambda: made.outbox.counts().unsent,
        name_of=lambda no: names.get(no, ""),
        former_float=lambda: former_float(store),
    )


def _open(*, again: bool) -> QWidget:
    made, folder = counter()
    made.enter()
    if again:
        made.shifts.open({100_000: 6, 50_000: 4, 20_000: 10})
        made.shifts.close({100_000: 8, 50_000: 4}, "Thối nhầm")
    presenter = ShiftOpenPresenter(made.session, made.shifts, facts(made), ShiftWays())
    screen = open_screen.ShiftOpenScreen()
    open_screen.connect(screen, presenter)
    window = window_of(screen, STRIP)
    if again:
        presenter.take_former()
        presenter.choose(20_000)
    return kept(window, made, folder)


def _close(stage: str, counts: dict[int, int]) -> QWidget:
    made, folder = counter()
    made.enter()
    made.shifts.open({100_000: 10})
    made.drawer.cash_in(400_000, "Nhận tiền lẻ từ két")
    presenter = ShiftClosePresenter(
        made.session, made.shifts, facts(made, "trouble" if stage == "verified" else "ready"), ShiftWays()
    )
    screen = close_screen.ShiftCloseScreen()
    close_screen.connect(screen, presenter)
    window = window_of(screen, STRIP)
    for note, pieces in counts.items():
        presenter.choose(note)
        for digit in str(pieces):
            presenter.press(digit)
    if stage != "counting":
        presenter.go_on()
    if stage not in ("counting", "difference") and presenter.state().stage == "difference":
        presenter.choose_reason("change")
        presenter.go_on()
    if stage == "verified":
        doc_id = made.shifts.to_verify()[-1].closed_doc_id or ""
        made.shifts.verify(doc_id, MANAGER, "987654")
        presenter.verified(doc_id, "Trần Minh")
    if stage == "verify":
        _ask_second(window, made)
    return kept(window, made, folder)


def _ask_second(window: QWidget, made: Counter) -> None:
    services = VerifyServices(made.session, made.shifts, made.sign_in, made.till.journal.body)
    closing = made.shifts.to_verify()[0].closed_doc_id or ""
    dialog = open_verify(window, services, closing, _nothing)
    assert dialog is not None
    for digit in "123456":
        dialog.dots.press(digit)


def _menu(chosen: str) -> QWidget:
    made, folder = counter()
    made.enter()
    made.shifts.open({100_000: 10})
    made.till.sell()
    made.till.sell()
    made.drawer.open_drawer("Đổi tiền lẻ cho khách")
    services = ShiftServices(made.session, made.shifts, made.drawer, made.approvals)
    presenter = ShiftMenuPresenter(services, facts(made), ShiftWays())
    screen = menu_screen.ShiftMenuScreen()
    menu_screen.connect(screen, presenter)
    window = window_of(screen, STRIP)
    _act(presenter, chosen)
    return kept(window, made, folder)


def _act(presenter: ShiftMenuPresenter, chosen: str) -> None:
    presenter.choose(chosen.split("-")[0])
    if chosen.startswith("cash_out"):
        for key in ("6", "000", "000") if chosen.endswith("asked") else ("2", "5", "0", "000"):
            presenter.press(key)
        presenter.choose_reason("safe")
    if chosen.endswith(("done", "asked")):
        presenter.act()


def _nothing(_closing: str, _name: str) -> None:
    """Nobody waits for it."""


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    return [
        ("07-shift-close", lambda: _close("counting", COUNTED)),
        ("07-shift-close-empty", lambda: _close("counting", {})),
        ("07-shift-difference", lambda: _close("difference", {100_000: 13, 50_000: 1})),
        ("07-shift-difference-small", lambda: _close("difference", {100_000: 13, 50_000: 1, 20_000: 2})),
        ("07-shift-closed", lambda: _close("closed", {100_000: 13})),
        ("07-shift-closed-even", lambda: _close("closed", {100_000: 14})),
        ("07-shift-verified", lambda: _close("verified", {100_000: 13})),
        ("07-shift-verify", lambda: _close("verify", {100_000: 13})),
        ("07-shift-menu", lambda: _menu("report")),
        ("07-shift-menu-printed", lambda: _menu("report-done")),
        ("07-shift-cash-in", lambda: _menu("cash_in")),
        ("07-shift-cash-out", lambda: _menu("cash_out")),
        ("07-shift-cash-out-done", lambda: _menu("cash_out-done")),
        ("07-shift-cash-out-asked", lambda: _menu("cash_out-asked")),
        ("07-shift-drawer", lambda: _menu("drawer")),
        ("08-shift-open", lambda: _open(again=False)),
        ("08-shift-open-former", lambda: _open(again=True)),
    ]
