"""Kills a real `quay-central serve` while a till uploads (faults 38 and 43), or the till (25), often."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select

from central.database import Database
from central.proof import prove
from central.tables.inbox import document, result
from pos_app.bootstrap.network import enrol_till
from pos_app.bootstrap.stores import open_folder
from pos_app.storage.journal import Draft
from tests.support import central_databases, toxics
from tests.support.clocks import StillClock
from tests.support.demo_central import DemoCentral
from tests.support.fault_proxy import Exchange, Fault, FaultProxy
from tests.support.whole_till import WholeTill

ROOT = Path(__file__).resolve().parents[2]
UPLOAD = "/v1/documents"
LATEST_S = 0.15
"""A batch of this size is answered about so long after it came in."""


@dataclass
class Place:
    """Of whom a till need know only where it is."""

    url: str


class CentralKillLoop:
    """`prepare()`, then rounds; `finish()` looks at everything that came of it."""

    def __init__(self, folder: Path, proxy: FaultProxy, seed: int = 1) -> None:
        (folder / "central").mkdir(parents=True)
        self.proxy, self.dice, self.kills = proxy, random.Random(seed), 0
        self.central = DemoCentral(
            folder / "central", database=central_databases.url(folder / "central"), public_url=proxy.url
        )
        self.folder = folder / "till"
        self.place = Place(proxy.url)
        proxy.before(self.central.url)

    def prepare(self) -> None:
        """A seeded chain, and a till that has every feed and somebody at it."""
        self.central.seed(7, "--small")
        self.central.start()
        clock = StillClock(datetime.now(UTC))
        opened = open_folder(self.folder, allow_system_keys=False)
        enrol_till(opened, self.central.enrolment_code("NT", 1), self.place.url, clock)
        self.till = WholeTill.put_together(opened, self.place, clock)
        self.till.sync()
        self.till.enter(1)

    def round(self) -> None:
        """Documents are uploaded, central dies at any moment of it, and starts again."""
        for _ in range(self.dice.randint(1, 12)):
            self.sell()
        self.proxy.set(until_killed(self.central, self.dice.uniform(0, LATEST_S)), UPLOAD)
        self.till.engine.run_once()
        assert self.proxy.over.wait(20)
        self.kills += 1
        self.proxy.set(toxics.fine)
        self.central.start()
        if self.dice.random() < 0.5:  # otherwise more comes before anything is sent again
            self.till.engine.run_once()

    def round_of_the_till(self) -> None:
        """The till dies (kill -9) between central's answer and its own note of it."""
        self.sell()
        self.till.close()
        command = [sys.executable, "-m", "tests.support.unmarked_till", str(self.folder), self.place.url]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == "answered\n"
            child.kill()
        self.kills += 1
        self.till = WholeTill.started(self.folder, self.place, self.till.clock)
        assert self.till.stores.outbox.counts().unsent, "it had not noted the answer"
        self.till.enter(1)

    def sell(self) -> None:
        """A piece for cash, or only a word in the journal."""
        services = self.till.services
        if self.dice.random() < 0.3:
            services.journal.record(Draft("drawer_open", {"reason": "đổi tiền"}, staff=1))
            return
        product = self.dice.choice([hit.product for hit in services.search.search("giày")])
        services.checkout.add(product.id, 1000)
        payment = services.selling.begin_payment()
        payment.complete(payment.cash_due)

    def finish(self) -> None:
        """Raises AssertionError with what is wrong."""
        self.till.sync()
        self.till.sync()
        made = {one["doc_id"] for one in self.till.documents()}
        assert self.till.stores.outbox.counts().unsent == 0
        database = Database(self.central.database_url)
        try:
            with database.reading() as connection:
                stored = list(connection.execute(select(document.c.doc_id)).scalars())
                mine = select(result.c.status).where(result.c.doc_id.in_(stored))
                results = Counter(connection.execute(mine).scalars())
                report = prove(connection)
        finally:
            database.dispose()
        assert sorted(stored) == sorted(made)
        assert results == {"applied": len(made)}, results
        assert report.is_sound, report.differences
        assert self.till.services.journal.verify().is_whole

    def close(self) -> None:
        """Ends what was started."""
        self.till.close()
        self.central.stop()


def until_killed(central: DemoCentral, seconds: float) -> Fault:
    """The upload arrives; so long afterwards there is no central any more; an answer may have come before."""

    async def fault(asked: Exchange) -> None:
        answer = asyncio.ensure_future(asked.passed_on())
        await asyncio.wait([answer], timeout=seconds)
        central.kill()
        await asked.give(await answer)

    return fault
