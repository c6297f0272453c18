"""Builders: the services of a till over real files, with somebody signed in and a shift open on request."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pos_app.domain.codes import BadgeCode, PickupCode, day_of, encode
from pos_app.domain.signing import public_key_of, signer
from pos_app.services.approvals import ApprovalNeed, Approvals, Granted
from pos_app.services.attention import Attention, AttentionStores
from pos_app.services.cash_drawer import CashDrawer
from pos_app.services.catalogue import Search
from pos_app.services.claims import ClaimDesk
from pos_app.services.clock_watch import ClockWatch
from pos_app.services.credits import Credits, CreditStores, Purse
from pos_app.services.customers import Customers, CustomerStores
from pos_app.services.frozen_count import FrozenCount
from pos_app.services.gift_cards import GiftCards
from pos_app.services.online_checks import OnlineChecks
from pos_app.services.order_finder import OrderFinder, OrderStores
from pos_app.services.pickups import Pickups, PickupStores
from pos_app.services.pins import Pins
from pos_app.services.refunds import Refunds, ReturnStores
from pos_app.services.refusals import RefusalLog
from pos_app.services.reprints import Reprints
from pos_app.services.session import Session
from pos_app.services.shifts import Shifts, ShiftStores
from pos_app.services.sign_in import SignIn
from pos_app.services.splits import Splits
from pos_app.services.strip import Strip, StripStores
from pos_app.storage.attention import AttentionStore
from pos_app.storage.blanks import BlankStore
from pos_app.storage.cases import CaseStore
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.credits import CreditStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.drafts import DraftStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.lost_places import LostStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.outbox import Outbox
from pos_app.storage.policy import PolicyStore
from pos_app.storage.print_jobs import PrintJobStore
from pos_app.storage.recent import RecentActs
from pos_app.storage.reserve import Reserve
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.sales import SaleStore
from pos_app.storage.shifts import ShiftStore
from pos_app.storage.staff import StaffStore
from pos_app.storage.standing import StandingStore
from pos_app.storage.status import StatusStore
from pos_app.storage.stock import StockStore
from pos_app.storage.suspects import SuspectStore
from tests.support import till_files
from tests.support.till_files import ISSUING_SEED, PEPPER, PHONE_KEY, SEAL_KEY, TENANT, MadeTill

CASHIER, SENIOR, MANAGER, AUDITOR = 7, 8, 9, 10
PINS = {CASHIER: "123456", SENIOR: "222222", MANAGER: "987654", AUDITOR: "333333"}
PICKUP_PIN = "4802"


@dataclass
class Counter:
    """Everything that a presenter would call, over one made till."""

    till: MadeTill
    session: Session
    staff: StaffStore
    pins: Pins
    sign_in: SignIn
    approvals: Approvals
    shifts: Shifts
    drawer: CashDrawer
    pickups: Pickups
    refunds: Refunds
    customers: Customers
    search: Search
    reprints: Reprints
    attention: Attention
    strip: Strip
    drafts: DraftStore
    print_jobs: PrintJobStore
    status: StatusStore
    standing: StandingStore
    clock_watch: ClockWatch
    outbox: Outbox
    purse: Purse
    refusals: RefusalLog

    def enter(self, staff: int = CASHIER) -> None:
        """Sign somebody in."""
        self.sign_in.sign_in(staff, PINS[staff])

    def open(self, staff: int = CASHIER) -> Counter:
        """Somebody at the till and a shift with a float of 500.000 đ."""
        self.enter(staff)
        self.shifts.open({100_000: 5})
        return self

    def allow(self, need: ApprovalNeed | None, draft: str, by: int = MANAGER) -> Granted:
        """The manager enters the PIN."""
        assert need is not None
        return self.approvals.approve(need, by, PINS[by], draft)

    def kinds(self) -> list[str]:
        """The kinds of all documents so far, in order."""
        return [stored.kind for stored in self.till.journal.documents_since(1, 1)]

    def body(self, doc_id: str) -> dict[str, Any]:
        """What a document says."""
        found = self.till.journal.body(doc_id)
        assert found is not None
        return found

    def payload(self, doc_id: str) -> dict[str, Any]:
        payload: dict[str, Any] = self.body(doc_id)["payload"]
        return payload

    def jobs(self, doc_id: str) -> list[tuple[str, bool]]:
        """Template and drawer of the print jobs of a document."""
        with self.till.files.till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT template, drawer FROM print_job WHERE doc_id = ? ORDER BY id", (doc_id,)
            ).fetchall()
        return [(template, bool(drawer)) for template, drawer in rows]


def make_counter(folder: Path, checks: OnlineChecks | None = None) -> Counter:
    """A small shop with four people; nobody is signed in yet."""
    till = till_files.make_till(folder)
    till_files.fill(till)
    till.feed("staff", {str(no): _person(no) for no in (SENIOR, AUDITOR)})
    return counter_of(till, checks)


def _person(no: int) -> dict[str, Any]:
    name, role = {SENIOR: ("Phạm Gia Hân", "senior"), AUDITOR: ("Lý Minh Khang", "auditor")}[no]
    return till_files.staff_member(no, name, role=role, pin=PINS[no])


def counter_of(till: MadeTill, checks: OnlineChecks | None = None) -> Counter:
    """The services over a till, as bootstrap puts them together."""
    files, own, clock, journal = till.files, till.identity, till.trusted, till.journal
    staff = StaffStore(files, PEPPER)
    staff.remember_verifiers(SEAL_KEY, own.till)
    shifts, policy = ShiftStore(files.till, own), PolicyStore(files)
    catalogue, stock = CatalogueStore(files.catalogue), StockStore(files)
    customers, orders = CustomerStore(files, lambda: PHONE_KEY), OrderStore(files)
    sales, keyring, revocations = SaleStore(files, own), KeyringStore(files), RevocationStore(files)
    status, drafts = StatusStore(files.drafts_database), DraftStore(files.drafts_database, clock)
    outbox, print_jobs = Outbox(files.till, own, clock), PrintJobStore(files.till)

    standing, recent = StandingStore(files.till), RecentActs(files.till, till.clock)
    frozen = FrozenCount(StatusStore(files.till))
    session = Session(
        own, shifts, policy.policy, clock, lambda: "offline", lambda: {}, till.feeds.age,
        standing=standing.read, is_counted=lambda shift: frozen.of(shift) is not None,
    )  # fmt: skip
    watch = ClockWatch(session, till.trusted, journal)
    refusals, pins = RefusalLog(session, journal), Pins(session, staff)
    store_credit = Credits(
        session, CreditStores(CreditStore(files.till), keyring, revocations, journal), refusals
    )
    purse = Purse(
        customers,
        store_credit,
        GiftCards(session, keyring, revocations, refusals),
        Splits(session, recent),
    )
    claim_desk = ClaimDesk(clock, checks)
    approvals = Approvals(session, pins)
    finder = OrderFinder(
        session, OrderStores(orders, sales, revocations, keyring, till.feeds, journal), refusals
    )
    attention_stores = AttentionStores(
        AttentionStore(files.till),
        outbox,
        print_jobs,
        shifts,
        journal,
        CaseStore(files),
        SuspectStore(files.till, till.clock),
        LostStore(files.till, status),
        files.till.trust,
    )
    attention = Attention(session, attention_stores, watch)
    return Counter(
        till=till,
        session=session,
        staff=staff,
        pins=pins,
        sign_in=SignIn(session, pins, journal, keyring, revocations),
        purse=purse,
        refusals=refusals,
        approvals=approvals,
        shifts=Shifts(
            session,
            ShiftStores(shifts, journal, drafts, outbox, print_jobs, frozen, Reserve(till.files.folder)),
            approvals,
            pins,
            refusals,
            watch,
        ),
        drawer=CashDrawer(session, approvals, shifts, journal),
        pickups=Pickups(
            session,
            PickupStores(orders, catalogue, customers, journal, status, recent),
            finder,
            approvals,
            purse,
            claim_desk,
        ),
        refunds=Refunds(
            session,
            ReturnStores(sales, orders, revocations, keyring, till.feeds, shifts, journal, recent),
            approvals,
            refusals,
            claim_desk,
        ),
        customers=Customers(
            session,
            CustomerStores(customers, orders, sales, till.feeds, journal),
            approvals,
            lambda: PHONE_KEY,
            claim_desk.lookups,
        ),
        search=Search(session, catalogue, stock),
        reprints=Reprints(session, approvals, journal, print_jobs, BlankStore(files)),
        attention=attention,
        strip=Strip(session, StripStores(status, outbox, till.feeds, print_jobs, policy), attention, watch),
        clock_watch=watch,
        drafts=drafts,
        print_jobs=print_jobs,
        status=status,
        standing=standing,
        outbox=outbox,
    )


# --- codes ------------------------------------------------------------------------------------
def pickup_code(order: int = 48207, seed: bytes = ISSUING_SEED, **changes: Any) -> str:
    """The QR of an order as central signs it."""
    values: dict[str, Any] = {
        "key_id": 1, "serial": 10_000 + order, "order_number": order, "store": 12, "worth": 1_500_000,
        "valid_until_day": day_of(date(2026, 11, 30)), "amount_due": 0, "items": 3, "flags": 1,
    }  # fmt: skip
    return encode(PickupCode.of(**(values | changes)), signer(seed), TENANT)


def badge_code(staff: int = MANAGER, until: date = date(2026, 12, 31), serial: int = 77) -> str:
    """A staff badge."""
    code = BadgeCode(key_id=1, serial=serial, staff=staff, valid_until_day=day_of(until))
    return encode(code, signer(ISSUING_SEED), TENANT)


def pin_of(pin: str = PICKUP_PIN) -> dict[str, str]:
    """The `pin` of an order item."""
    salt = "5a" * 16
    return {"salt": salt, "hash": hashlib.sha256(bytes.fromhex(salt) + pin.encode()).hexdigest()}


# --- receipts of the feed ---------------------------------------------------------------------
FEED_SALE = "01a1f3d4-f500-7116-a393-0000000000aa"
OTHER_SEED = b"o" * 32


def other_till() -> dict[str, Any]:
    """A till of another store whose receipts this one can verify."""
    return {
        "till": till_files.OTHER_TILL, "store": 13, "store_code": "LVS", "till_number": 2, "epoch": 1,
        "key_no": 1, "public_key": public_key_of(OTHER_SEED).hex(), "nonce": "cd" * 32,
        "from": "2026-01-01T00:00:00+00:00",
    }  # fmt: skip


def feed_sale(**changes: Any) -> dict[str, Any]:
    """A sale of 500.000 + 300.000 đ in another store, paid by transfer and cash."""
    body = {
        "doc_id": FEED_SALE, "till": till_files.OTHER_TILL, "epoch": 1, "seq": 41, "store": 13,
        "receipt_no": "LVS02-004812", "kind": "sale", "business_date": "2026-11-10",
        "wall": "2026-11-10T18:05:00+07:00", "hash10": "ab" * 10, "channel": "store",
        "customer": till_files.HOA, "customer_name": "Hoa N.",
        "lines": [_feed_line(1, 500_000), _feed_line(2, 300_000)],
        "tenders": [
            {"no": 1, "kind": "transfer", "amount": 600_000, "reference": "T1", "state": "confirmed"},
            {"no": 2, "kind": "cash", "amount": 200_000},
        ],
        "rounding": 0, "total": 800_000, "tier_percent": 150, "web_credited": True, "points_earned": 120,
        "returns": {},
    }  # fmt: skip
    return body | changes


def _feed_line(no: int, amount: int) -> dict[str, Any]:
    return {
        "no": no, "product": f"SP{no:06d}", "name": "Giày", "variant": "Be", "category": "giay",
        "quantity": 1000, "unit": "đôi", "amount": amount, "vat_rate": 800, "vat": 0,
        "return_until": "2026-11-25", "returned": {"quantity": 0, "amount": 0, "vat": 0},
    }  # fmt: skip
