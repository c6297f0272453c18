"""The story of the proof: a day at the counter with an outage in the middle, driven through the window."""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from central.main import main as central_command
from pos_app.bootstrap.program import TillProgram, open_till
from pos_app.domain.cash import DENOMINATIONS
from pos_app.domain.errors import PosError
from pos_app.domain.order import Order
from pos_app.scanning.decode import decode_image
from pos_app.settings import Settings
from pos_app.storage.marker import marker_of
from sync.messages import MARKED_FEEDS
from tests.support.demo_central import CentralTrouble, DemoCentral
from tests.support.demo_figures import Books, Compared, Watched, compare, of_till
from tests.support.pilot import Pilot, Stuck
from tests.support.socket_printer import SocketPrinter
from ui import app as application

STORE, TILL_NUMBER, CASHIER = "NT", 2, 1
MEMBER = "member-01"
PAID_ORDER = "MN-48207"


class StoryBroken(Exception):
    """A step did not lead where it must; the text says which and why."""


class Story:
    """`tell` plays it, `figures` and `steps` are what came of it, `end` ends every process."""

    def __init__(self, folder: Path, seed: int, *, small: bool) -> None:
        self.steps: list[dict[str, Any]] = []
        self.figures: list[Compared] = []
        self._begun = time.monotonic()
        self._folder = folder
        self._seed = seed
        self._small = small
        self._central = DemoCentral(folder / "central")
        self._printer = SocketPrinter()
        self._printer.__enter__()
        self._app: QApplication = application.make(sys.argv[:1], "light", reduced_motion=True)
        self._program: TillProgram | None = None
        self._papers = 0
        self._receipts: list[str] = []

    # --- the story -----------------------------------------------------------------------------
    def tell(self) -> None:
        """Raises StoryBroken."""
        chapters: tuple[tuple[str, Callable[[], None]], ...] = (
            ("central is seeded and serves on a free port", self._start_central),
            ("a till enrols with a one-time code and the feeds come", self._enrol),
            ("the cashier signs in by PIN and opens the shift with a float", self._open_shift),
            ("three products are sold online", self._sell_online),
            ("central is stopped and the till restarts cold", self._outage),
            ("a sale with voucher and points, codes decoded from pixels", self._sell_with_voucher),
            ("a paid order is handed over", self._hand_over_paid),
            ("an order with an amount due is paid and handed over", self._hand_over_due),
            ("a line of the first sale comes back for cash", self._return_for_cash),
            ("a line of an online order comes back as store credit", self._return_online),
            ("every receipt arrived at the printer and its code decodes back", self._check_papers),
            ("the shift is counted blind and closed", self._close_shift),
            ("central starts again and everything arrives once", self._sync),
            ("figures are compared from three sides, the chain verifies", self._compare),
        )
        for what, chapter in chapters:
            try:
                chapter()
            except (Stuck, PosError, CentralTrouble, AssertionError, LookupError, StopIteration) as error:
                if self._program is not None:
                    self._pilot.shot(self._folder / "stuck.png")
                raise StoryBroken(f"{what}: {error!r}") from error
            self.steps.append({"what": what, "at": round(time.monotonic() - self._begun, 2)})

    def end(self) -> None:
        """Everything that was started ends."""
        if self._program is not None:
            self._program.close()
            self._program = None
        self._central.stop()
        self._printer.__exit__(None, None, None)

    # --- chapters ------------------------------------------------------------------------------
    def _start_central(self) -> None:
        folder = self._central.folder
        folder.mkdir(parents=True)
        words = ["--data", str(folder), "seed", "--seed", str(self._seed)]
        if central_command([*words, "--small"] if self._small else words):
            raise CentralTrouble("seeding failed")
        self._central.write_codes(self._folder / "codes")
        self._central.start()
        pins = json.loads((folder / "demo-pins.json").read_text("utf-8"))
        self._pins = {row["staff"]: row["pin"] for row in pins}
        self._codes = json.loads((self._folder / "codes" / "index.json").read_text("utf-8"))

    def _enrol(self) -> None:
        self._open_program(self._central.enrolment_code(STORE, TILL_NUMBER))
        stores = self._till.stores
        self._pilot.until("the catalogue has come", lambda: stores.catalogue.count() > 0)
        self._pilot.until("customers and orders have come", lambda: bool(stores.feeds.age("customers")))
        self._pilot.until("the staff's faces are shown", lambda: self._pilot.sees(f"person_{CASHIER}"))

    def _open_shift(self) -> None:
        self._sign_in()
        self._on("shift_open")
        self._count({100_000: 5, 50_000: 10})
        self._pilot.key(Qt.Key.Key_F12)
        self._on("sell")
        assert self._till.services.session.shift is not None, "no shift is open"

    def _sell_online(self) -> None:
        goods = [hit.product for hit in self._till.services.search.search("giày búp bê da mềm")][:3]
        for product in goods:
            self._pilot.scan(product.barcodes[0])
        self._lines_are(3)
        self._pilot.key(Qt.Key.Key_F9)
        self._on("pay")
        self._pilot.type("2000000")
        self._pilot.key(Qt.Key.Key_Return)
        self._sold()
        outbox = self._till.stores.outbox
        self._pilot.until("the sale has reached central", lambda: outbox.counts().unsent == 0)

    def _outage(self) -> None:
        self._central.stop()
        self._till_closed()
        self._open_program(None)
        status = self._till.stores.status
        self._pilot.until("the till knows that it is offline", lambda: _link(status.get("link")) == "offline")
        self._sign_in()
        self._on("sell")

    def _sell_with_voucher(self) -> None:
        goods = [hit.product for hit in self._till.services.search.search("giày cao gót")][:3]
        for product in goods:
            self._pilot.scan(product.barcodes[0])
        self._lines_are(3)
        self._scan_picture(MEMBER)
        card = self._till.services.checkout.cart.customer
        assert card is not None, "the member card attached nobody"
        self._customer = card.id
        self._scan_picture("voucher-201-amount-50000-fresh-bound-1")
        vouchers = self._till.services.checkout.cart.vouchers
        assert len(vouchers) == 1, "the voucher was not taken"
        self._voucher = vouchers[0].serial
        self._pilot.key(Qt.Key.Key_F9)
        self._on("pay")
        self._pilot.press("tender_points")
        self._pilot.type("100")
        self._pilot.key(Qt.Key.Key_Return)
        self._pilot.key(Qt.Key.Key_F10)
        if self._name != "sell":
            self._pilot.key(Qt.Key.Key_Return)
        self._sold()
        kinds = {item["kind"] for item in self._last_payload()["tenders"]}
        assert kinds == {"points", "cash"}, f"paid by {kinds}"

    def _hand_over_paid(self) -> None:
        self._paid = self._hand_over(PAID_ORDER)

    def _hand_over_due(self) -> None:
        waiting = self._till.services.pickups.waiting()
        pictured = {one["file"].split("-")[2] + "-" + one["file"].split("-")[3] for one in self._pickups()}
        row = next(
            one for one in waiting if one.amount_due and one.preparation == "ready" and one.number in pictured
        )
        self._due = self._hand_over(row.number, cash=True)

    def _return_for_cash(self) -> None:
        self._pilot.scan(self._receipts[0])
        self._on("return")
        self._return_first_line()

    def _return_online(self) -> None:
        done = next(
            one
            for one in self._pickups()
            if "hand-over done" in one["meaning"] and self._is_returnable(one["text"])
        )
        self._pilot.key(Qt.Key.Key_F7)
        self._pilot.scan(self._read(done["file"]))
        self._on("return")
        self._return_first_line()
        kinds = {item["kind"] for item in self._last_payload()["refunds"]}
        assert kinds == {"store_credit"}, f"an online order was refunded by {kinds} offline"

    def _check_papers(self) -> None:
        self._pilot.until(
            f"{len(self._receipts)} papers are printed",
            lambda: self._till.stores.print_jobs.waiting_count() == 0,
        )
        papers = [paper for paper in self._printer.papers(len(self._receipts)) if paper.bands]
        read = {found.text for paper in papers for found in decode_image(paper.picture().convert("L"))}
        missing = [text for text in self._receipts if text not in read]
        assert not missing, f"{len(missing)} receipt codes do not decode back from the raster"
        assert sum(paper.drawer_pulses for paper in papers) >= 3, "the drawer did not open for cash"

    def _close_shift(self) -> None:
        shift = self._till.services.session.require_shift()
        expected = self._till.stores.shifts.expected_cash(shift.number)
        self._pilot.key(Qt.Key.Key_Escape)
        self._pilot.key(Qt.Key.Key_Escape)
        self._on("sell")
        self._pilot.key(Qt.Key.Key_F12)
        self._on("shift_menu")
        self._pilot.press("shiftCount")
        self._on("shift_close")
        self._count(_as_notes(expected))
        self._pilot.key(Qt.Key.Key_F12)
        self._pilot.until("the shift is closed", lambda: self._till.services.session.shift is None)

    def _sync(self) -> None:
        self._watched = self._touched()
        self._own = of_till(self._till.stores, self._till.services, self._watched)
        self._central.start()
        self._till.loops.wake_sync()
        counts = self._till.stores.outbox.counts
        self._pilot.until("everything has reached central", lambda: counts().unsent == 0, 40)
        counted = counts()
        complaints = counted.quarantined + counted.conflicts
        assert complaints == 0, f"central complains: {counted}"

    def _compare(self) -> None:
        services = self._till.services
        report = services.journal.verify()
        assert not report.faults, f"the chain is broken: {report.faults}"
        books = Books(self._central.database_url, services.journal.identity.till)
        try:
            store = int(services.journal.identity.store)
            self.figures = compare(
                self._own, books.of_central(self._watched, store), books.of_ledger(self._watched, store)
            )
        finally:
            books.close()
        self._pilot.until("the feeds contain every own document", self._feeds_contain_all)
        again = of_till(self._till.stores, services, self._watched)
        changed = {name: (self._own[name], again[name]) for name in again if again[name] != self._own[name]}
        assert not changed, f"shown figures moved when the feeds came: {changed}"

    def _feeds_contain_all(self) -> bool:
        """The markers of protocol §6: nothing of our own is laid over the feeds any more."""
        stores, head = self._till.stores, self._till.services.journal.head()
        newest = self._till.services.journal.find_fence(None, head.epoch, head.seq) or ""
        for feed in MARKED_FEEDS:
            with stores.files.of_feed(feed).reading() as connection:
                if not marker_of(connection, feed).contains(newest, head.epoch, head.seq):
                    return False
        return True

    # --- parts of chapters ---------------------------------------------------------------------
    def _open_program(self, code: str | None) -> None:
        settings = Settings(
            data_dir=self._folder / "till",
            central_url=self._central.url,
            printer=f"tcp://127.0.0.1:{self._printer.port}",
        )
        self._program = open_till(self._app, settings, enrol=code, allow_system_keys=False)
        self._program.start()
        counter = self._program.counter
        self._pilot = Pilot(self._app, counter.window)
        self._pilot.settle()

    def _till_closed(self) -> None:
        self._till.close()
        self._program = None

    @property
    def _till(self) -> TillProgram:
        assert self._program is not None
        return self._program

    @property
    def _name(self) -> str:
        screen = self._till.counter.window.current()
        return "" if screen is None else screen.name

    def _on(self, name: str) -> None:
        self._pilot.until(f"the screen {name} is on top (now {self._name})", lambda: self._name == name)

    def _sign_in(self) -> None:
        self._pilot.until("the faces are shown", lambda: self._pilot.sees(f"person_{CASHIER}"))
        self._pilot.press(f"person_{CASHIER}")
        self._pilot.type(self._pins[CASHIER])
        self._pilot.key(Qt.Key.Key_Return)
        session = self._till.services.session
        self._pilot.until("somebody is signed in", lambda: session.person is not None)

    def _count(self, notes: dict[int, int]) -> None:
        for note in DENOMINATIONS:
            if notes.get(note):
                self._pilot.press(f"count_{note}")
                self._pilot.type(str(notes[note]))

    def _lines_are(self, count: int) -> None:
        lines = self._till.services.checkout.cart.lines
        assert len(lines) == count, f"{len(lines)} lines instead of {count}"

    def _sold(self) -> None:
        self._on("sell")
        self._lines_are(0)
        self._keep_receipt()

    def _keep_receipt(self) -> None:
        """The code that the customer's paper must carry."""
        journal = self._till.services.journal
        stored = journal.stored(journal.latest_receipt() or "")
        assert stored is not None, "no receipt was recorded"
        text = journal.receipt_code(stored)
        assert text is not None, "the newest receipt has no code"
        assert text not in self._receipts, "no new receipt was recorded"
        self._receipts.append(text)

    def _read(self, file: str) -> str:
        from pos_app.scanning.decode import decode

        texts = [found.text for found in decode((self._folder / "codes" / file).read_bytes())]
        assert len(texts) == 1, f"{file} holds {len(texts)} codes"
        return texts[0]

    def _scan_picture(self, prefix: str) -> None:
        row = next(one for one in self._codes if one["file"].startswith(prefix))
        self._pilot.scan(self._read(row["file"]))

    def _hand_over(self, number: str, *, cash: bool = False) -> int:
        row = next(one for one in self._pickups() if f"-{number}-" in one["file"])
        self._pilot.scan(self._read(row["file"]))
        self._on("pickup")
        order = self._till.stores.orders.by_text(number)
        assert order is not None, f"{number} is not known here"
        self._tick(order)
        pin = re.search(r"PIN (\d{4})", row["meaning"])
        if pin is not None:
            self._pilot.type(pin.group(1))
            self._pilot.key(Qt.Key.Key_Return)
        if self._pilot.sees("proofButton"):
            self._pilot.press("proofButton")
        self._pilot.key(Qt.Key.Key_F9)
        if cash:
            self._on("pay")
            self._pilot.key(Qt.Key.Key_F10)
            if self._name == "pay":
                self._pilot.key(Qt.Key.Key_Return)
        self._on("pickup")
        self._keep_receipt()
        return int(order.order)

    def _pickups(self) -> list[dict[str, str]]:
        """The pictures of this store's pickup codes."""
        return [one for one in self._codes if one["file"].startswith(f"pickup-{STORE}-")]

    def _tick(self, order: Order) -> None:
        for line in order.lines:
            product = self._till.stores.catalogue.by_id(line.product)
            assert product is not None, f"{line.product} is not in the catalogue"
            for _ in range(line.left // 1000):
                self._pilot.scan(product.barcodes[0])

    def _is_returnable(self, text: str) -> bool:
        try:
            lines = self._till.services.refunds.open(text).lines()
        except PosError:
            return False
        return bool(lines) and lines[0].state in ("returnable", "last_day") and lines[0].amount > 0

    def _return_first_line(self) -> None:
        self._pilot.press("returnCheck_1")
        self._pilot.choose("returnReason_1", 0)
        self._pilot.key(Qt.Key.Key_F9)
        self._keep_receipt()

    def _last_payload(self) -> dict[str, Any]:
        journal = self._till.services.journal
        body = journal.body(journal.latest_receipt() or "")
        assert body is not None
        payload: dict[str, Any] = body["payload"]
        return payload

    def _touched(self) -> Watched:
        journal = self._till.services.journal
        products = {
            str(line["product"])
            for stored in journal.documents_since(1, 1)
            for line in stored.content["payload"].get("lines", ())
            if "product" in line
        }
        return Watched((self._customer,), tuple(sorted(products)), (self._paid, self._due), (self._voucher,))


def _link(row: dict[str, Any] | None) -> str:
    return str((row or {}).get("state", ""))


def _as_notes(amount: int) -> dict[int, int]:
    notes: dict[int, int] = {}
    for note in DENOMINATIONS:
        notes[note], amount = divmod(amount, note)
    return notes
