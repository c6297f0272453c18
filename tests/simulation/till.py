"""One till of the simulation: the program's own parts on a real folder, a clock and a wire that can fail."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from central.seed.chain import Chain
from pos_app.bootstrap.services import Services, make_services
from pos_app.bootstrap.stores import OpenFolder, Stores, make_stores, open_folder
from pos_app.domain.approval import Approval
from pos_app.domain.errors import ApprovalRequired
from pos_app.domain.signing import signer
from pos_app.services.approvals import Granted
from pos_app.storage.clock import Boot
from pos_app.storage.identity import Identity
from pos_app.storage.journal import Recorded
from pos_app.storage.keys import SIGNING_KEY
from sync.client import CentralClient, RequestKey, Timeouts
from sync.engine import Engine, SyncReport
from sync.server_clock import ServerClock
from sync.till_side import till_side
from tests.simulation.network import Wire
from tests.support.clocks import StillClock

CENTRAL = "http://127.0.0.1"
"""Where a central without a port says that it stands: what requests are signed for."""
T = TypeVar("T")


@dataclass
class SimTill:
    """A name, a folder, and the program that runs on it until it is ended or dies."""

    name: str
    folder: Path
    clock: StillClock
    wire: Wire
    chain: Chain
    dice: random.Random
    promised: list[str] = field(default_factory=list)
    """Documents whose paper was released, in order."""
    receipts: list[str] = field(default_factory=list)
    opened: OpenFolder = field(init=False)
    identity: Identity = field(init=False)
    stores: Stores = field(init=False)
    services: Services = field(init=False)
    engine: Engine = field(init=False)

    def start(self) -> None:
        """As the program starts, on whatever lies in the folder."""
        self.opened = open_folder(self.folder, allow_system_keys=False)
        identity = self.opened.identities.load()
        seed = self.opened.keys.get(SIGNING_KEY)
        assert identity is not None
        assert seed is not None
        self.identity = identity
        self.stores = make_stores(self.opened, identity, self.clock)
        boot = Boot.new(self.clock)
        self.services = make_services(self.stores, identity, self.clock, boot)
        self.engine = self._engine(
            boot, RequestKey(f"{identity.till}.{identity.epoch}.{identity.key_no}", signer(seed))
        )

    def _engine(self, boot: Boot, key: RequestKey) -> Engine:
        client = CentralClient(CENTRAL, ServerClock(self.clock), key, timeouts=Timeouts(1, 1, 60))
        client._session.mount("http://", self.wire)
        side = till_side(
            self.stores.files,
            self.identity,
            self.services.journal,
            self.stores.staff,
            self.opened.keys,
            self.clock,
        )
        return Engine(client, side, self.clock, boot, random=self.dice.random, app="simulation")

    def stop(self) -> None:
        self.opened.close()

    def crash(self) -> None:
        """The process is gone; what was not committed is gone with it."""
        self.stop()
        self.start()

    def enter(self) -> None:
        """Somebody stands at the till, and a shift is open."""
        services = self.services
        if services.session.person is None:
            cashier = self._somebody("cashier")
            services.sign_in.sign_in(cashier, self.chain.pins[cashier])
        if services.session.shift is None:
            services.shifts.open({100_000: 20})
        services.checkout.clear()

    def sync(self) -> SyncReport:
        """One turn of the loop."""
        return self.engine.run_once()

    @property
    def unsent(self) -> int:
        return self.stores.outbox.counts().unsent

    def documents(self) -> set[str]:
        """Every document of the journal."""
        return {stored.doc_id for stored in self.services.journal.documents_since(1, 1)}

    def keep(self, recorded: Recorded) -> None:
        """The commit has returned: the paper is out."""
        self.promised.append(recorded.doc_id)

    # --- a second person ------------------------------------------------------------------------
    def approved(self, act: Callable[[Approval | None], T]) -> T:
        """Alone, or else with the manager's PIN."""
        try:
            return act(None)
        except ApprovalRequired as asked:
            draft = self.services.checkout.draft_hash
            return act(self.services.approvals.take(self._granted(asked, draft), draft))

    def granted(self, act: Callable[[Granted | None], T], draft: Callable[[], str]) -> T:
        """The same for what settles its approvals itself."""
        try:
            return act(None)
        except ApprovalRequired as asked:
            return act(self._granted(asked, draft()))

    def _granted(self, asked: ApprovalRequired, draft: str) -> Granted:
        need = self.services.approvals.need_of(asked)
        manager = self._somebody("manager")
        return self.services.approvals.approve(need, manager, self.chain.pins[manager], draft)

    def _somebody(self, role: str) -> int:
        return next(one.no for one in self.stores.staff.everyone() if one.role == role)
