"""Presenters of pick-up and return over the real services, and a note of where they led."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from pos_app.services.approvals import Granted
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.shifts import ShiftStore
from tests.support.counter import MANAGER, PINS, Counter
from ui.approval.state import ApprovalRequest
from ui.counter_ways import CounterWays
from ui.pickup.presenter import PickupPresenter
from ui.pickup.state import PickupState
from ui.pickup.ways import PickupServices, PickupWays
from ui.returns.presenter import ReturnPresenter
from ui.returns.state import ReturnState
from ui.returns.ways import ReturnServices, ReturnWays


@dataclass
class Led:
    """What left the screen, in order. `allows` = a manager says yes to requests, else they are refused."""

    counter: Counter
    allows: bool = True
    went: list[tuple[str, Any]] = field(default_factory=list)
    asked: list[ApprovalRequest] = field(default_factory=list)

    def to(self, name: str) -> Any:
        """A way that notes what it was given."""
        return lambda *given: self.went.append((name, given[0] if given else None))

    def ask(self, request: ApprovalRequest, granted: Any, refused: Any) -> None:
        self.asked.append(request)
        if not self.allows:
            refused()
            return
        approvals = self.counter.approvals
        given: Granted = approvals.approve(request.need, MANAGER, PINS[MANAGER], request.draft)
        granted(given)

    def ways(self) -> CounterWays:
        return CounterWays(
            self.to("sell"), self.ask, self.to("scan"), self.to("fetch"), self.to("reprint"), self.to("other")
        )

    @property
    def names(self) -> list[str]:
        return [name for name, _given in self.went]


@dataclass
class PickupDesk:
    """A pick-up presenter whose states are kept."""

    presenter: PickupPresenter
    led: Led
    state: PickupState = field(default_factory=PickupState)

    def keep(self, state: PickupState) -> None:
        self.state = state

    @property
    def said(self) -> str:
        return self.state.answer.title

    def marks(self) -> list[str]:
        assert self.state.order is not None
        return [row.mark for row in self.state.order.rows]


def pickup_desk(counter: Counter) -> PickupDesk:
    """With nobody told yet what to do."""
    led = Led(counter)
    ways = PickupWays(led.ways(), led.to("pay"), led.to("handed_over"))
    services = PickupServices(counter.session, counter.pickups, lambda _category: "footprints")
    desk = PickupDesk(PickupPresenter(services, ways), led)
    desk.presenter.shown_by(desk.keep)
    return desk


@dataclass
class ReturnDesk:
    """A return presenter whose states are kept."""

    presenter: ReturnPresenter
    led: Led
    state: ReturnState = field(default_factory=ReturnState)

    def keep(self, state: ReturnState) -> None:
        self.state = state

    @property
    def said(self) -> str:
        return self.state.answer.title


def return_desk(counter: Counter) -> ReturnDesk:
    """With nobody told yet what to do."""
    led, files = Led(counter), counter.till.files
    ways = ReturnWays(led.ways(), led.to("returned"))
    services = ReturnServices(
        counter.session,
        counter.refunds,
        CatalogueStore(files.catalogue),
        ShiftStore(files.till, counter.till.identity),
        lambda _customer: None,
        lambda number: f"Cửa hàng {number}",
        lambda _category: "footprints",
    )
    desk = ReturnDesk(ReturnPresenter(services, ways), led)
    desk.presenter.shown_by(desk.keep)
    return desk
