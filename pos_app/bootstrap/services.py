"""One object per thing that a person does at the counter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pos_app.bootstrap.stores import Stores
from pos_app.domain.envelope import Connectivity
from pos_app.domain.signing import signer
from pos_app.services.approvals import Approvals
from pos_app.services.attention import Attention
from pos_app.services.cash_drawer import CashDrawer
from pos_app.services.catalogue import Search
from pos_app.services.checkout import Checkout, CounterStores
from pos_app.services.customers import Customers
from pos_app.services.held_carts import HeldCarts
from pos_app.services.pickups import Pickups, PickupStores
from pos_app.services.pins import Pins
from pos_app.services.refunds import Refunds
from pos_app.services.refusals import RefusalLog
from pos_app.services.reprints import Reprints
from pos_app.services.selling import Selling
from pos_app.services.session import Session
from pos_app.services.shifts import Shifts, ShiftStores
from pos_app.services.sign_in import SignIn
from pos_app.services.strip import Strip
from pos_app.services.vouchers import Vouchers
from pos_app.storage.clock import Boot, Clock
from pos_app.storage.identity import Identity
from pos_app.storage.journal import Journal
from pos_app.storage.keys import SIGNING_KEY
from pos_app.storage.status import StatusStore
from sync.messages import FEEDS


@dataclass(frozen=True, slots=True)
class Services:
    """What presenters are given."""

    session: Session
    journal: Journal
    sign_in: SignIn
    approvals: Approvals
    shifts: Shifts
    cash_drawer: CashDrawer
    checkout: Checkout
    selling: Selling
    held_carts: HeldCarts
    vouchers: Vouchers
    pickups: Pickups
    refunds: Refunds
    customers: Customers
    search: Search
    reprints: Reprints
    attention: Attention
    strip: Strip
    refusals: RefusalLog


def make_journal(stores: Stores, identity: Identity, clock: Clock, boot: Boot) -> Journal:
    """The journal of this till, signing with its own key."""
    seed = stores.keys.get(SIGNING_KEY)
    assert seed is not None, "an enrolled till has a signing key"
    return Journal(stores.files.till, identity, signer(seed), clock, boot)


def connectivity_of(status: StatusStore) -> Connectivity:
    """What the sync loop has told last; nothing told yet counts as offline."""
    link: dict[str, Any] = status.get("link") or {}
    return "online" if link.get("state") in ("online", "sending") else "offline"


def make_session(stores: Stores, journal: Journal, clock: Clock) -> Session:
    return Session(
        journal.identity,
        stores.shifts,
        stores.policy.policy,
        clock,
        lambda: connectivity_of(stores.status),
        lambda: {feed: version for feed, version in stores.feeds.as_of(*FEEDS).items() if version},
        stores.feeds.age,
        journal.newest_wall,
    )
