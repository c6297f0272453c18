"""One till of the simulation: the program's own parts on a real folder, a clock and a wire that can fail."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pos_app.bootstrap.services import Services
from pos_app.bootstrap.stores import Stores
from pos_app.domain.approval import Approval
from pos_app.domain.errors import ApprovalRequired
from pos_app.services.approvals import Granted
from pos_app.storage.identity import Identity
from pos_app.storage.journal import Recorded
from sync.engine import SyncReport
from tests.simulation.network import Wire
from tests.support.central_server import CentralServer
from tests.support.clocks import StillClock
from tests.support.whole_till import WholeTill

T = TypeVar("T")


@dataclass
class SimTill:
    """A name, a folder, and the program that runs on it until it is ended or dies."""

    name: str
    folder: Path
    clock: StillClock
    wire: Wire
    dice: random.Random
    central: Callable[[], CentralServer]
    promised: list[str] = field(default_factory=list)
    """Documents whose paper was released, in order."""
    whole: WholeTill = field(init=False)

    def start(self) -> None:
        """As the program starts, on whatever lies in the folder."""
        self.whole = WholeTill.started(self.folder, self.central(), self.clock)
        self.whole.client._session.mount("http://", self.wire)

    @property
    def identity(self) -> Identity:
        return self.whole.identity

    @property
    def stores(self) -> Stores:
        return self.whole.stores

    @property
    def services(self) -> Services:
        return self.whole.services

    def stop(self) -> None:
        self.whole.close()

    def crash(self) -> None:
        """The process is gone; what was not committed is gone with it."""
        self.stop()
        self.start()

    def enter(self) -> None:
        """Somebody stands at the till, and a shift is open."""
        services = self.services
        if services.session.person is None:
            cashier = self._somebody("cashier")
            services.sign_in.sign_in(cashier, self.whole.chain.pins[cashier])
        if services.session.shift is None:
            services.shifts.open({100_000: 20})
        services.checkout.clear()

    def sync(self) -> SyncReport:
        """One turn of the loop."""
        return self.whole.engine.run_once()

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
        return self.services.approvals.approve(need, manager, self.whole.chain.pins[manager], draft)

    def _somebody(self, role: str) -> int:
        return next(one.no for one in self.stores.staff.everyone() if one.role == role)
