"""A till put together as the program does it: folder, stores, services and sync engine, without a window."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from central.seed.chain import Chain
from pos_app.bootstrap.network import ears_of, enrol_till, known_identity
from pos_app.bootstrap.services import Services, make_services
from pos_app.bootstrap.starting import check_start
from pos_app.bootstrap.stores import OpenFolder, Stores, make_stores, open_folder
from pos_app.domain.signing import signer
from pos_app.storage.clock import Boot
from pos_app.storage.identity import Identity
from pos_app.storage.keys import SIGNING_KEY
from sync.client import CentralClient, RequestKey, Timeouts
from sync.engine import Engine, SyncReport
from sync.server_clock import ServerClock
from sync.till_side import till_side
from tests.support.central_server import CentralServer, seeded_chain
from tests.support.clocks import StillClock

PATIENT = Timeouts(2.0, 10.0, 20.0)


class Address(Protocol):
    """A central, as far as its tills care."""

    url: str


@dataclass
class WholeTill:
    """Make one with `WholeTill.enrolled`; central is a `CentralServer.seeded` on a port."""

    opened: OpenFolder
    identity: Identity
    stores: Stores
    services: Services
    engine: Engine
    client: CentralClient
    clock: StillClock
    chain: Chain

    @classmethod
    def enrolled(cls, folder: Path, central: CentralServer, store: int = 1, number: int = 1) -> WholeTill:
        """A fresh folder, enrolled, with every feed pulled."""
        clock = StillClock(central.clock())
        opened = open_folder(folder, allow_system_keys=False)
        enrol_till(opened, central.new_code(store, number), central.url, clock)
        till = cls.put_together(opened, central, clock)
        till.sync()
        return till

    @classmethod
    def started(cls, folder: Path, central: Address, clock: StillClock, **line: Any) -> WholeTill:
        """A folder that is a till already, started as the program starts it."""
        till = cls.put_together(open_folder(folder, allow_system_keys=False), central, clock, **line)
        check_start(till.stores, till.services.journal)
        return till

    @classmethod
    def put_together(
        cls,
        opened: OpenFolder,
        central: Address,
        clock: StillClock,
        *,
        url: str | None = None,
        ca: Path | None = None,
    ) -> WholeTill:
        """`url`: central's address as this till knows it, when something stands between."""
        identity = known_identity(opened)
        assert identity is not None
        boot = Boot.new(clock)
        stores = make_stores(opened, identity, clock, boot)
        services = make_services(stores, identity, boot)
        seed = opened.keys.get(SIGNING_KEY)
        assert seed is not None
        key = RequestKey(f"{identity.till}.{identity.epoch}.{identity.key_no}", signer(seed))
        client = CentralClient(url or central.url, ServerClock(clock), key, ca=ca, timeouts=PATIENT)
        side = till_side(stores.files, identity, services.journal, stores.staff, opened.keys, stores.clock)
        side.hearing.ears = ears_of(stores, services.journal)
        engine = Engine(client, side, clock, boot, random=lambda: 0.5, app="test")
        return cls(opened, identity, stores, services, engine, client, clock, seeded_chain())

    def close(self) -> None:
        self.client.close()
        self.stores.anchor.close()
        self.opened.close()

    def sync(self) -> SyncReport:
        """Until nothing is left to send or to fetch."""
        self.clock.pass_time(1)
        report = self.engine.run_once()
        assert (report.is_online, report.reason, report.need) == (True, None, None)
        return report

    def enter(self, staff: int) -> WholeTill:
        """Somebody signs in, with the PIN of the seed; a shift is opened if there is none."""
        self.services.sign_in.sign_in(staff, self.chain.pins[staff])
        if self.services.session.shift is None:
            self.services.shifts.open({100_000: 20})
        return self

    def documents(self) -> list[dict[str, Any]]:
        """Every body of the journal, in order."""
        return [stored.content for stored in self.services.journal.documents_since(1, 1)]
