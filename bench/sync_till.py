"""A till of the measurements: the real composition, enrolled, with a thread that syncs as in the program."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import requests

from bench.sync_central import BenchCentral
from pos_app.bootstrap.network import enrol_till, make_engine
from pos_app.bootstrap.services import make_services
from pos_app.bootstrap.stores import make_stores, open_folder
from pos_app.domain.product import Product
from pos_app.storage.clock import Boot, SystemClock
from sync.engine import Engine

CASHIER, STORE = 1, 1
LINES_A_SALE = 3
EXAMPLES = 200


class SyncTill:
    """Signed in, the shift open, every feed here."""

    def __init__(self, folder: Path, central: BenchCentral, number: int) -> None:
        folder.mkdir(parents=True)
        clock, self.opened = SystemClock(), open_folder(folder, allow_system_keys=False)
        code = central.codes([(STORE, number)])[0]
        identity = enrol_till(self.opened, code, central.central.url, clock)
        boot = Boot.new(clock)
        self.stores = make_stores(self.opened, identity, clock, boot)
        self.services = make_services(self.stores, identity, boot)
        self.engine: Engine = make_engine(self.stores, self.services.journal, boot)
        self._pins = central.pins

    def close(self) -> None:
        self.opened.close()

    @property
    def unsent(self) -> int:
        return self.stores.outbox.counts().unsent

    def enter(self) -> None:
        """The cashier begins."""
        self.services.sign_in.sign_in(CASHIER, self._pins[CASHIER])
        if self.services.session.shift is None:
            self.services.shifts.open({100_000: 20})

    def sync_until(self, done: Any, most_s: float = 600.0) -> float:
        """Turns of the engine until `done()`; seconds. It waits as long as the engine says."""
        begun = time.perf_counter()
        while not done():
            report = self.engine.run_once()
            if time.perf_counter() - begun > most_s:
                raise TimeoutError(f"not done after {most_s} s: {report}")
            if not report.is_online:
                time.sleep(min(report.next_in_s, 5.0))
        return time.perf_counter() - begun

    @contextmanager
    def listening(self) -> Iterator[list[requests.PreparedRequest]]:
        """Every request that goes out meanwhile, as it is on the line."""
        sent: list[requests.PreparedRequest] = []
        send = requests.Session.send

        def noted(session: requests.Session, request: requests.PreparedRequest, **more: Any) -> Any:
            sent.append(request)
            return send(session, request, **more)

        requests.Session.send = noted  # type: ignore[method-assign,assignment]
        try:
            yield sent
        finally:
            requests.Session.send = send  # type: ignore[method-assign]

    # --- selling ------------------------------------------------------------------------------
    def goods(self) -> Iterator[Product]:
        """All that can be sold by the piece, round and round."""
        known = [one for one in self.stores.catalogue.search("", 500) if not one.weighed]
        return cycle(known)

    def sell(self, goods: Iterator[Product]) -> float:
        """One sale for cash; seconds from Pay to committed."""
        checkout = self.services.checkout
        for product in islice(goods, LINES_A_SALE):
            checkout.add(product.id)
        begun = time.perf_counter()
        payment = self.services.selling.begin_payment()
        payment.complete(payment.cash_due)
        return time.perf_counter() - begun

    def examples(self, count: int = EXAMPLES) -> list[dict[str, Any]]:
        """Payloads of sales made here through the services, priced with every promotion of the chain."""
        begun, goods = self.services.journal.head(), self.goods()
        for _ in range(count):
            self.sell(goods)
        made = self.services.journal.documents_since(begun.epoch, begun.seq + 1)
        return [stored.content for stored in made if stored.content["kind"] == "sale"]

    def record(self, bodies: list[dict[str, Any]], count: int) -> None:
        """Commits so many more documents like these: numbers, chain and signature are their own."""
        for body in islice(cycle(bodies), count):
            self.services.journal.record(self.services.session.draft("sale", body["payload"]))


class Syncing:
    """`with Syncing(till):` the engine turns in a thread of its own, as in the program."""

    def __init__(self, till: SyncTill) -> None:
        self._till = till
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run)

    def __enter__(self) -> Syncing:
        self._thread.start()
        return self

    def _run(self) -> None:
        while not self._ending.is_set():
            report = self._till.engine.run_once()
            self._ending.wait(min(report.next_in_s, 1.0))

    def __exit__(self, *_error: object) -> None:
        self._ending.set()
        self._thread.join()
