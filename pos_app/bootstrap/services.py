"""One object per thing that a person does at the counter."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_app.bootstrap.stores import Stores
from pos_app.domain.document import DocumentKind
from pos_app.domain.envelope import Connectivity
from pos_app.domain.errors import TroubleOutside
from pos_app.domain.feed_names import AFTERWARDS, FEEDS
from pos_app.domain.signing import signer
from pos_app.services.approvals import Approvals
from pos_app.services.attention import Attention, AttentionStores
from pos_app.services.blanks_at_hand import BlanksAtHand
from pos_app.services.cash_drawer import CashDrawer
from pos_app.services.catalogue import Search
from pos_app.services.checkout import CartStores, Checkout
from pos_app.services.claims import Aside, ClaimDesk, at_once
from pos_app.services.clock_watch import ClockWatch
from pos_app.services.credits import Credits, CreditStores, Purse
from pos_app.services.customers import Customers, CustomerStores
from pos_app.services.exporting import Exporting
from pos_app.services.foreign_vouchers import ForeignVouchers
from pos_app.services.frozen_count import FrozenCount
from pos_app.services.gift_cards import GiftCards
from pos_app.services.given_vouchers import GivenVouchers
from pos_app.services.goodwill import Goodwill, GoodwillStores
from pos_app.services.held_carts import HeldCarts
from pos_app.services.online_checks import OnlineChecks
from pos_app.services.order_finder import OrderFinder, OrderStores
from pos_app.services.pickups import Pickups, PickupStores
from pos_app.services.pins import Pins
from pos_app.services.readiness import ReadinessStores, ReadyCheck
from pos_app.services.refunds import Refunds, ReturnStores
from pos_app.services.refusals import RefusalLog
from pos_app.services.reprints import Reprints
from pos_app.services.scanned_vouchers import ScannedVouchers
from pos_app.services.scans import Scans, ScanStores, ScanTargets
from pos_app.services.selling import Selling
from pos_app.services.session import Session
from pos_app.services.shifts import Shifts, ShiftStores
from pos_app.services.sign_in import SignIn
from pos_app.services.splits import Splits
from pos_app.services.strip import Strip, StripStores
from pos_app.services.unsettled import Unsettled
from pos_app.services.vouchers import Vouchers
from pos_app.storage.cases import CaseStore
from pos_app.storage.clock import Boot
from pos_app.storage.document_states import DocumentStates
from pos_app.storage.identity import Identity
from pos_app.storage.journal import Head, Journal
from pos_app.storage.keys import PHONE_KEY, SIGNING_KEY
from pos_app.storage.lost_places import LostStore
from pos_app.storage.recent import RecentActs
from pos_app.storage.reserve import Reserve
from pos_app.storage.status import StatusStore
from pos_app.storage.suspects import SuspectStore

_DECIDING = tuple(feed for feed in FEEDS if feed not in AFTERWARDS)
"""Whose versions a document names in `as_of`."""


log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Services:
    """What presenters are given."""

    session: Session
    journal: Journal
    sign_in: SignIn
    pins: Pins
    approvals: Approvals
    shifts: Shifts
    cash_drawer: CashDrawer
    checkout: Checkout
    scans: Scans
    selling: Selling
    held_carts: HeldCarts
    vouchers: Vouchers
    pickups: Pickups
    refunds: Refunds
    customers: Customers
    search: Search
    reprints: Reprints
    exporting: Exporting
    goodwill: Goodwill
    attention: Attention
    unsettled: Unsettled
    strip: Strip
    clock_watch: ClockWatch
    readiness: ReadyCheck
    refusals: RefusalLog


def make_journal(stores: Stores, identity: Identity, boot: Boot) -> Journal:
    """The journal of this till, signing with its own key; anchor and trusted time follow its documents."""
    seed = stores.keys.get(SIGNING_KEY)
    assert seed is not None, "an enrolled till has a signing key"

    def committed(head: Head, wall: datetime, kind: str) -> None:
        stores.anchor.advance(head.epoch, head.seq, head.hash)
        if kind in (DocumentKind.SHIFT_OPEN, DocumentKind.SHIFT_CLOSE):
            stores.anchor.keep_head()
        try:
            stores.clock.committed(wall)
        except TroubleOutside as trouble:  # the sale stands; the bound is written with the next one
            log.warning("the trusted time cannot be kept: %s", trouble)

    return Journal(stores.files.till, identity, signer(seed), stores.clock.pc, boot, committed=committed)


def connectivity_of(status: StatusStore) -> Connectivity:
    """What the sync loop has told last; nothing told yet counts as offline."""
    link: dict[str, Any] = status.get("link") or {}
    return "online" if link.get("state") in ("online", "sending") else "offline"


def make_session(stores: Stores, journal: Journal, may_ask: Callable[[], bool] = lambda: False) -> Session:
    return Session(
        journal.identity,
        stores.shifts,
        stores.policy.policy,
        stores.clock,
        lambda: connectivity_of(stores.status),
        lambda: {feed: version for feed, version in stores.feeds.as_of(*_DECIDING).items() if version},
        stores.feeds.age,
        may_ask,
        standing=stores.standing.read,
        is_counted=lambda shift: _frozen_count(stores).of(shift) is not None,
    )


def make_services(
    stores: Stores, identity: Identity, boot: Boot, checks: OnlineChecks | None = None, aside: Aside = at_once
) -> Services:
    """Everything that a person does, on these stores; without `checks` the offline policy judges alone."""
    journal = make_journal(stores, identity, boot)
    session = make_session(stores, journal, lambda: checks is not None and checks.may_ask)
    claim_desk = ClaimDesk(stores.clock, checks, aside)
    pins = Pins(session, stores.staff)
    approvals = Approvals(session, pins)
    refusals = RefusalLog(session, journal)
    splits = Splits(session, recent_acts(stores))
    vouchers = Vouchers(session, stores.vouchers, stores.keyring, splits)
    store_credit = Credits(session, _credit_stores(stores, journal), refusals)
    gift_cards = GiftCards(session, stores.keyring, stores.revocations, refusals)
    purse = Purse(stores.customers, store_credit, gift_cards, splits)
    checkout = Checkout(session, _cart_stores(stores, journal), claim_desk)
    at_hand = BlanksAtHand(session, stores.blanks, stores.revocations)
    given = GivenVouchers(session, stores.vouchers, at_hand)
    foreign = ForeignVouchers(session, vouchers, stores.vouchers)
    scanned = ScannedVouchers(session, checkout, vouchers, foreign, refusals)
    clock_watch = ClockWatch(session, stores.clock, journal)
    attention = Attention(session, _attention_stores(stores, journal), clock_watch)
    customers = Customers(
        session,
        _customer_stores(stores, journal),
        approvals,
        lambda: stores.keys.get(PHONE_KEY),
        claim_desk.lookups,
    )
    return Services(
        session=session,
        journal=journal,
        sign_in=SignIn(session, pins, journal, stores.keyring, stores.revocations),
        pins=pins,
        approvals=approvals,
        shifts=Shifts(session, _shift_stores(stores, journal), approvals, pins, refusals, clock_watch),
        cash_drawer=CashDrawer(session, approvals, stores.shifts, journal),
        checkout=checkout,
        scans=Scans(
            session, _scan_stores(stores), ScanTargets(checkout, scanned, store_credit, refusals, customers)
        ),
        selling=Selling(session, checkout, vouchers, purse, journal, approvals, given),
        held_carts=HeldCarts(checkout, stores.drafts),
        vouchers=vouchers,
        pickups=Pickups(
            session,
            _pickup_stores(stores, journal),
            OrderFinder(session, _order_stores(stores, journal), refusals),
            approvals,
            purse,
            claim_desk,
        ),
        refunds=Refunds(session, _return_stores(stores, journal), approvals, refusals, claim_desk),
        customers=customers,
        search=Search(session, stores.catalogue, stores.stock),
        exporting=Exporting(session, approvals, stores.outbox, journal),
        goodwill=Goodwill(session, GoodwillStores(at_hand, stores.vouchers, journal), approvals),
        reprints=Reprints(session, approvals, journal, stores.print_jobs, stores.blanks),
        attention=attention,
        unsettled=Unsettled(DocumentStates(stores.files.till), CaseStore(stores.files)),
        strip=Strip(session, _strip_stores(stores), attention, clock_watch),
        clock_watch=clock_watch,
        readiness=ReadyCheck(session, _readiness_stores(stores), boot),
        refusals=refusals,
    )


def _scan_stores(stores: Stores) -> ScanStores:
    return ScanStores(stores.catalogue, stores.customers, stores.keyring, stores.keys, stores.orders)


def _cart_stores(stores: Stores, journal: Journal) -> CartStores:
    return CartStores(
        stores.catalogue, stores.stock, stores.drafts, lambda doc_id: journal.stored(doc_id) is not None
    )


def _credit_stores(stores: Stores, journal: Journal) -> CreditStores:
    return CreditStores(stores.credits, stores.keyring, stores.revocations, journal)


def _attention_stores(stores: Stores, journal: Journal) -> AttentionStores:
    return AttentionStores(
        stores.attention,
        stores.outbox,
        stores.print_jobs,
        stores.shifts,
        journal,
        CaseStore(stores.files),
        SuspectStore(stores.files.till, stores.clock),
        LostStore(stores.files.till, stores.status),
        stores.files.till.trust,
    )


def _frozen_count(stores: Stores) -> FrozenCount:
    return FrozenCount(StatusStore(stores.files.till))


def _shift_stores(stores: Stores, journal: Journal) -> ShiftStores:
    frozen, reserve = _frozen_count(stores), Reserve(stores.files.folder)
    return ShiftStores(
        stores.shifts, journal, stores.drafts, stores.outbox, stores.print_jobs, frozen, reserve
    )


def _order_stores(stores: Stores, journal: Journal) -> OrderStores:
    return OrderStores(stores.orders, stores.sales, stores.revocations, stores.keyring, stores.feeds, journal)


def _pickup_stores(stores: Stores, journal: Journal) -> PickupStores:
    lasting = StatusStore(stores.files.till)  # a power cut gives no new tries at a PIN
    return PickupStores(
        stores.orders, stores.catalogue, stores.customers, journal, lasting, recent_acts(stores)
    )


def _return_stores(stores: Stores, journal: Journal) -> ReturnStores:
    return ReturnStores(
        sales=stores.sales,
        orders=stores.orders,
        revocations=stores.revocations,
        keyring=stores.keyring,
        feeds=stores.feeds,
        shifts=stores.shifts,
        journal=journal,
        recent=recent_acts(stores),
    )


def recent_acts(stores: Stores) -> RecentActs:
    """By the clock that the journal writes by."""
    return RecentActs(stores.files.till, stores.clock.pc)


def _customer_stores(stores: Stores, journal: Journal) -> CustomerStores:
    return CustomerStores(stores.customers, stores.orders, stores.sales, stores.feeds, journal)


def _readiness_stores(stores: Stores) -> ReadinessStores:
    return ReadinessStores(
        catalogue=stores.catalogue,
        orders=stores.orders,
        vouchers=stores.vouchers,
        customers=stores.customers,
        keyring=stores.keyring,
        staff=stores.staff,
        feeds=stores.feeds,
        outbox=stores.outbox,
        print_jobs=stores.print_jobs,
        status=stores.status,
        keys=stores.keys,
        folder=stores.files.folder,
        pc=stores.clock.pc,
    )


def _strip_stores(stores: Stores) -> StripStores:
    return StripStores(stores.status, stores.outbox, stores.feeds, stores.print_jobs, stores.policy)
