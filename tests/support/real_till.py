"""A till as it is: files, keys, journal and sync engine in a folder, enrolled at a running central."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pos_app.domain.signing import signer
from pos_app.storage.clock import Boot
from pos_app.storage.files import TillFiles
from pos_app.storage.identity import Identity, IdentityStore
from pos_app.storage.journal import Draft, Journal, Recorded
from pos_app.storage.keys import SIGNING_KEY, FileKeyStore
from pos_app.storage.new_keys import promote
from pos_app.storage.staff import StaffStore
from pos_app.storage.status import StatusStore
from sync.client import CentralClient, RequestKey, Timeouts
from sync.engine import Engine, TillSide
from sync.enrol import Ticket, enrol
from sync.server_clock import ServerClock
from sync.till_side import till_side
from tests.support.clocks import StillClock

DATABASE_KEY = bytes(range(32))
PEPPER = bytes(32)
PATIENT = Timeouts(2.0, 20.0, 30.0)


@dataclass
class RealTill:
    """Open one with `opened` and close it with `close`."""

    files: TillFiles
    keys: FileKeyStore
    identity: Identity
    journal: Journal
    staff: StaffStore
    side: TillSide
    engine: Engine
    client: CentralClient
    clock: StillClock

    def note(self, count: int = 1, **more: Any) -> list[Recorded]:
        """Commit documents of the simplest kind."""
        draft = Draft("drawer_open", {"reason": "đổi tiền lẻ"}, staff=11, **more)
        return [self.journal.record(draft) for _ in range(count)]

    def put_in(self, amount: int) -> Recorded:
        """Money into the drawer, đồng: booked twice it would show."""
        draft = Draft("cash_in", {"amount": amount, "reason": "tiền lẻ"}, staff=11)
        return self.journal.record(draft)

    @property
    def unsent(self) -> int:
        return self.side.outbox.counts().unsent

    @property
    def link(self) -> dict[str, Any]:
        return StatusStore(self.files.drafts_database).get("link") or {}

    def at(self, url: str, timeouts: Timeouts = PATIENT) -> RealTill:
        """The same till with a new engine that talks to another address."""
        return put_together(self.files, self.keys, self.identity, url, self.clock, timeouts=timeouts)

    def close(self) -> None:
        self.client.close()
        self.files.dispose()


def opened(folder: Path, url: str, code: str, clock: StillClock, *, timeouts: Timeouts = PATIENT) -> RealTill:
    """Enrol at `url` with a one-time code and put everything together."""
    folder.mkdir(exist_ok=True)
    keys = FileKeyStore(folder)
    server_clock = ServerClock(clock)
    joining = CentralClient(url, server_clock, timeouts=timeouts)
    enrolled = enrol(joining, url, Ticket.read(code), keys, {"app": "test"})
    joining.close()
    files = TillFiles.open(folder, DATABASE_KEY)
    IdentityStore(files.till).save(enrolled.identity)
    promote(keys)
    return put_together(files, keys, enrolled.identity, url, clock, timeouts=timeouts)


def put_together(
    files: TillFiles,
    keys: FileKeyStore,
    identity: Identity,
    url: str,
    clock: StillClock,
    *,
    random: float = 0.5,
    timeouts: Timeouts = PATIENT,
) -> RealTill:
    """The same, of an enrolled till; `url` may be another server than the one it was enrolled at."""
    seed = keys.get(SIGNING_KEY)
    assert seed is not None
    boot = Boot("0197a0b4-0000-7000-8000-000000000001")
    journal = Journal(files.till, identity, signer(seed), clock, boot)
    staff = StaffStore(files, PEPPER)
    side = till_side(files, identity, journal, staff, keys, clock)
    key = RequestKey(f"{identity.till}.{identity.epoch}.{identity.key_no}", signer(seed))
    client = CentralClient(url, ServerClock(clock), key, timeouts=timeouts)
    engine = Engine(client, side, clock, boot, random=lambda: random, app="test")
    return RealTill(files, keys, identity, journal, staff, side, engine, client, clock)
