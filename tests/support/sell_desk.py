"""Builders: the sell and pay presenters over a made till, with a cashier signed in and a shift open."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pos_app.domain.codes import VoucherCode, day_of, encode
from pos_app.domain.customer import CustomerCard
from pos_app.domain.signing import signer
from pos_app.services.approvals import ApprovalNeed, Granted
from pos_app.services.blanks_at_hand import BlanksAtHand
from pos_app.services.checkout import CartStores, Checkout
from pos_app.services.claims import ClaimDesk
from pos_app.services.foreign_vouchers import ForeignVouchers
from pos_app.services.given_vouchers import GivenVouchers
from pos_app.services.held_carts import HeldCarts
from pos_app.services.online_checks import OnlineChecks
from pos_app.services.payment import Completed, Payment
from pos_app.services.scanned_vouchers import ScannedVouchers
from pos_app.services.scans import Scans, ScanStores, ScanTargets
from pos_app.services.selling import Selling
from pos_app.services.vouchers import Vouchers
from pos_app.storage.blanks import BlankStore
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import PHONE_KEY as PHONE_KEY_NAME
from pos_app.storage.keys import FileKeyStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.stock import StockStore
from pos_app.storage.vouchers import VoucherStore
from tests.support import till_files
from tests.support.counter import Counter, make_counter
from tests.support.till_files import HOA, ISSUING_SEED, PHONE_KEY, TENANT
from ui.pay.presenter import PayPresenter
from ui.pay.ways import PayWays
from ui.sell.presenter import SellPresenter
from ui.sell.state import SellState
from ui.sell.ways import SellServices, SellWays

SHOE, JEANS, SHIRT = "8930000000019", "8930000000026", "8930000000033"
"""500.000 đ each; the shirt has 10 % off by itself."""


@dataclass
class SellDesk:
    """The counter of the sell screen, with what it handed on."""

    counter: Counter
    services: SellServices
    presenter: SellPresenter
    customers: CustomerStore
    handed: dict[str, list[Any]] = field(default_factory=dict)
    granted: list[Any] = field(default_factory=list)

    @property
    def state(self) -> SellState:
        return self.presenter.state()

    def scan(self, *codes: str) -> SellState:
        for code in codes:
            self.presenter.scan(code)
        return self.state

    def paying(self) -> tuple[PayPresenter, list[Completed]]:
        """The pay screen's presenter on the cart of now."""
        done: list[Completed] = []
        pay = PayPresenter()
        pay.begin(self.services.selling.begin_payment(), PayWays(done.append, lambda: None))
        return pay, done


def voucher_code(serial: int = 500, **changes: Any) -> str:
    """50.000 đ off from 0 đ on, once, of campaign 7."""
    values: dict[str, Any] = {
        "key_id": 1, "serial": serial, "campaign": 7, "kind": 1, "value": 50_000, "min_basket": 0,
        "valid_until_day": day_of(date(2026, 12, 31)), "store": 0, "max_uses": 1,
    }  # fmt: skip
    return encode(VoucherCode(**(values | changes)), signer(ISSUING_SEED), TENANT)


def make_desk(folder: Path, checks: OnlineChecks | None = None) -> SellDesk:
    """A cashier at the till with an open shift and an empty cart."""
    counter = make_counter(folder, checks).open()
    till, session = counter.till, counter.session
    till.feed("catalogue", {"product/SP000001": till_files.product("SP000001", "Giày cao gót", 1)})
    files = till.files
    keys = FileKeyStore(folder)
    keys.set(PHONE_KEY_NAME, PHONE_KEY)
    catalogue, campaigns, keyring = CatalogueStore(files.catalogue), VoucherStore(files), KeyringStore(files)
    customers = CustomerStore(files, lambda: PHONE_KEY)
    vouchers, purse = Vouchers(session, campaigns, keyring, counter.purse.splits), counter.purse
    checkout = Checkout(
        session, CartStores(catalogue, StockStore(files), counter.drafts), ClaimDesk(session.clock, checks)
    )
    scanned = ScannedVouchers(
        session, checkout, vouchers, ForeignVouchers(session, vouchers, campaigns), counter.refusals
    )
    targets = ScanTargets(checkout, scanned, purse.credits, counter.refusals, counter.customers)
    handed: dict[str, list[Any]] = {}
    services = SellServices(
        session=session,
        checkout=checkout,
        scans=Scans(session, ScanStores(catalogue, customers, keyring, keys, OrderStore(files)), targets),
        selling=Selling(
            session,
            checkout,
            vouchers,
            purse,
            till.journal,
            counter.approvals,
            GivenVouchers(
                session, campaigns, BlanksAtHand(session, BlankStore(files), RevocationStore(files))
            ),
        ),
        held=HeldCarts(checkout, counter.drafts),
        customers=counter.customers,
        catalogue=catalogue,
        campaigns=campaigns,
        approvals=counter.approvals,
        waiting=lambda: 3,
        name_of=lambda staff: f"Số {staff}",
    )
    desk = SellDesk(counter, services, SellPresenter(services), customers, handed)
    desk.presenter = SellPresenter(services, _ways(desk))
    return desk


def _ways(desk: SellDesk) -> SellWays:
    def note(name: str, *given: Any) -> None:
        desk.handed.setdefault(name, []).append(given)

    def pay(payment: Payment) -> None:
        note("pay", payment)

    def customer(phone: str, cards: tuple[CustomerCard, ...]) -> None:
        note("customer", phone, cards)

    def ask(need: ApprovalNeed, draft: str, granted: Any) -> None:
        note("ask_approval", need, draft)
        desk.granted.append(granted)

    return SellWays(
        pay=pay,
        sold=lambda completed: note("sold", completed),
        search=lambda text: note("search", text),
        customer=customer,
        pickup=lambda target: note("pickup", target),
        goods_return=lambda target: note("return", target),
        badge=lambda staff: note("badge", staff),
        ask_approval=ask,
        more=lambda name: note("more", name),
    )


def allow(desk: SellDesk) -> Granted:
    """The manager enters the PIN in the approval dialog that was asked for."""
    need, draft = desk.handed["ask_approval"][-1]
    granted = desk.counter.allow(need, draft)
    desk.granted[-1](granted)
    return granted


def with_own_voucher(desk: SellDesk, code: str, serial: int) -> None:
    """Hoa has a voucher of her own in the feed."""
    own = {"serial": str(serial), "code": code, "campaign": 7, "value": 50_000, "kind": "amount", "until": ""}
    desk.counter.till.feed("customers", {HOA: till_files.customer(vouchers=[own])})
