"""One till with its real window for the journeys of bad input: central in the process, files of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import insert

from central import publish
from central.seed.chain import Chain
from central.seed.issuer import Issuer
from central.seed.orders import Order
from central.seed.stores import BY_NO
from central.seed.vouchers import Voucher
from central.tables.catalogue import campaign
from pos_app.bootstrap.network import moved_to
from pos_app.bootstrap.program import TillProgram
from pos_app.bootstrap.stores import open_folder
from pos_app.domain.cart import Uncoded
from pos_app.settings import Settings
from pos_app.storage.documents import StoredDocument
from tests.support.central_server import CentralServer, seeded_chain
from tests.support.clocks import StillClock
from tests.support.pilot import Pilot, pause
from tests.support.whole_till import WholeTill
from ui.answers import Answer
from ui.dialogs import Notice
from ui.main_window import MainWindow
from ui.widgets.answer_box import AnswerBox

CASHIER, SENIOR, MANAGER, AUDITOR = 1, 4, 5, 6
THIRTY_PERCENT, THREE_HUNDRED = 301, 302
"""Campaigns of the journeys: 30 % off everything, and 300.000 đ off everything."""
FLOAT = {100_000: 5, 50_000: 10}
LETTER_MS = 80
"""A little longer than the scanner's filter holds a key back."""


@dataclass(frozen=True, slots=True)
class Shop:
    """A running central, and the folder of a till that was enrolled there and has every feed."""

    server: CentralServer
    folder: Path
    chain: Chain
    now: datetime

    @property
    def issuer(self) -> Issuer:
        return Issuer(self.server.central.keys, self.chain.tenant)

    def voucher(self, serial: int, **changes: Any) -> str:
        """A genuine code that nobody has used: 300.000 đ off, any shop."""
        values: dict[str, Any] = {
            "serial": serial, "campaign": THREE_HUNDRED, "kind": "amount", "value": 300_000, "min_basket": 0,
            "valid_until": date(2026, 12, 31), "store": 0, "customer": None,
            "issued_at": self.now, "state": "fresh",
        }  # fmt: skip
        return self.issuer.voucher(Voucher(**(values | changes)))

    def drawn(self, state: str, **wanted: Any) -> Voucher:
        """The first voucher of the seed in this state."""
        return next(
            one
            for one in self.chain.vouchers
            if one.state == state and all(getattr(one, name) == value for name, value in wanted.items())
        )

    def store_name(self, store: int) -> str:
        return str(BY_NO[store].row()["name"])

    def order(self, holds: Callable[[Order], bool]) -> Order:
        return next(one for one in self.chain.orders if holds(one))


@contextmanager
def open_shop(folder: Path) -> Iterator[Shop]:
    """Central and the enrolled folder; a shift is open, nobody is signed in."""
    (folder / "central").mkdir(parents=True)
    with CentralServer.seeded(folder / "central") as server:
        _more_campaigns(server)
        till = WholeTill.enrolled(folder / "till", server)
        till.enter(CASHIER)
        till.services.sign_in.sign_out()
        till.sync()
        now = till.clock.now()
        till.close()
        yield Shop(server, folder / "till", seeded_chain(), now)


def _more_campaigns(server: CentralServer) -> None:
    """Plain ones that any cart can use, so that limits are what is tested."""
    bodies = (
        {"campaign": THIRTY_PERCENT, "name": "Giảm 30% mọi hàng", "kind": "percent"},
        {"campaign": THREE_HUNDRED, "name": "Giảm 300.000đ mọi hàng", "kind": "amount"},
    )
    more = {"ver": 1, "stacking": True, "offline": "accept", "from": "2026-01-01", "to": "2027-01-01"}
    with server.central.database.writing() as connection:
        for body in bodies:
            row = {"no": body["campaign"], "ver": 1, "store": 0, "body": body | more}
            connection.execute(insert(campaign), row)
        publish.everything(connection, server.central.keys, server.clock())


class Hands(Pilot):
    """A pilot in a hurry: scans come whole, keys that no scanner sends take no time."""

    def __init__(self, app: QApplication, window: MainWindow) -> None:
        super().__init__(app, window)
        self._main = window

    def scan(self, text: str) -> None:
        """As the scanner's filter hands it on; its keys and their rhythm are proven in the demo's story."""
        self._main.route_scan(text)
        self.settle()

    def key(self, key: Qt.Key, text: str = "") -> None:
        self._key(key, text)
        if text:
            pause(LETTER_MS)
        self.settle()

    def key_return(self) -> None:
        self.key(Qt.Key.Key_Return)

    def key_escape(self) -> None:
        self.key(Qt.Key.Key_Escape)


class Till:
    """The window on a copy of the shop's folder. `clock` stands still until a test moves it."""

    def __init__(self, app: QApplication, shop: Shop, folder: Path, **settings: Any) -> None:
        self.shop = shop
        self.clock = StillClock(shop.now + timedelta(minutes=1))
        self.folder = folder
        self._app = app
        self._is_closed = False
        if not folder.exists():
            shutil.copytree(shop.folder, folder)
        given = {"data_dir": folder, "central_url": shop.server.url} | settings
        self.program = self._opened(Settings(**given))
        if folder != shop.folder:
            # a copied folder has no anchor beside it; what that means is proven in tests of its own
            self.program.stores.standing.clear()
        self.hands = Hands(app, self.program.counter.window)
        self.program.counter.window.show()
        self.program.counter.start()

    def _opened(self, settings: Settings) -> TillProgram:
        opened = open_folder(settings.data_dir, allow_system_keys=False)
        identity = opened.identities.load()
        assert identity is not None
        identity = moved_to(opened, identity, settings.central_url)
        return TillProgram(self._app, settings, opened, identity, self.clock)

    def close(self) -> None:
        """Once; a second time nothing happens."""
        if not self._is_closed:
            self._is_closed = True
            self.program.close()
            self.hands.settle()
            # a window that lies about would be styled anew with every change of colours
            self.program.counter.window.deleteLater()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    # --- who
    def sign_in(self, staff: int = CASHIER) -> None:
        """By PIN in the window."""
        self.hands.press(f"person_{staff}")
        self.hands.type(self.shop.chain.pins[staff])
        self.hands.key(Qt.Key.Key_Return)
        self.hands.until(f"{staff} is signed in", lambda: self.screen != "sign_in")

    def enter(self, staff: int = CASHIER) -> Till:
        """The same at once, for tests that are about something else."""
        services = self.program.services
        person = services.sign_in.sign_in(staff, self.shop.chain.pins[staff])
        assert person.no == staff
        self.program.counter.go.to_sell()
        self.hands.settle()
        return self

    # --- what
    def goods(self, words: str = "giày", count: int = 1) -> list[str]:
        """Barcodes of goods that are in the catalogue and cost something now."""
        hits = self.program.services.search.search(words)
        return [hit.product.barcodes[0] for hit in hits][:count]

    def fill(self, count: int = 1) -> int:
        """Scan goods; answers the total."""
        for code in self.goods(count=count):
            self.hands.scan(code)
        assert len(self.lines) == count
        return self.total

    @property
    def lines(self) -> tuple[Any, ...]:
        return tuple(self.program.services.checkout.cart.lines)

    @property
    def total(self) -> int:
        return self.program.services.checkout.priced().total

    @property
    def screen(self) -> str:
        current = self.program.counter.window.current()
        return "" if current is None else current.name

    @property
    def answer(self) -> Answer:
        """What the answer box of the screen on top says."""
        current = self.program.counter.window.current()
        assert current is not None
        box = current.findChild(AnswerBox)
        assert box is not None
        return box.answer()

    def sell_uncoded(self, price: int) -> None:
        """Goods of this price, without a code."""
        kind = next(one for one in self.program.stores.catalogue.categories() if one.uncoded)
        vat = kind.vat_at(self.clock.now().date())
        goods = Uncoded("Dây buộc", price, kind.id, vat, "", kind.return_days)
        self.program.services.checkout.add_uncoded(goods)
        self.program.counter.go.to_sell()

    def text_of(self, name: str) -> str:
        """The text of the visible label of this name."""
        label = self.hands.widget(name)
        assert isinstance(label, QLabel)
        return label.text()

    @property
    def notice_code(self) -> str:
        """The short code on the notice."""
        dialog = self.program.counter.window.dialog()
        assert isinstance(dialog, Notice)
        return dialog.note.text().removeprefix("mã ")

    @property
    def notice(self) -> str:
        """Title and text of the notice on top, "" without one."""
        dialog = self.program.counter.window.dialog()
        if not isinstance(dialog, Notice):
            return ""
        line = dialog.findChild(QLabel, "noticeLine")
        return " ".join((dialog.title.text(), dialog.note.text(), "" if line is None else line.text()))

    def documents(self, kind: str = "") -> list[StoredDocument]:
        """Of this kind, or all."""
        stored = list(self.program.services.journal.documents_since(1, 1))
        return [one for one in stored if not kind or one.content["kind"] == kind]

    def sales(self) -> list[dict[str, Any]]:
        return [one.content["payload"] for one in self.documents("sale")]

    def sells_on(self) -> None:
        """A whole sale goes through: the proof that the trouble has stopped nothing."""
        before = len(self.sales())
        self.hands.key(Qt.Key.Key_Escape)
        if not self.lines:
            self.hands.scan(self.goods()[0])
        self.hands.key(Qt.Key.Key_F10)
        assert len(self.sales()) == before + 1, self.answer
        assert self.lines == ()
        assert self.program.services.journal.verify().is_whole
