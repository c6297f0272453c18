"""Hand-over of online orders: found by QR, number or short code, checked, paid if due, recorded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NoReturn

from pos_app.domain import codes
from pos_app.domain.approval import Approval
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import (
    CodeRefused,
    CodeRevoked,
    OrderAlreadyHandedOver,
    OrderAmbiguous,
    OrderCancelled,
    OrderExpired,
    OrderOtherStore,
    OrderUnknownHere,
    PosError,
    ProductUnknownHere,
)
from pos_app.domain.handover import HandoverFacts, HandoverPlan, handover_payload
from pos_app.domain.money import line_gross
from pos_app.domain.order import HandoverState, Order
from pos_app.domain.price import ENGINE
from pos_app.domain.product import Product
from pos_app.domain.signed_codes import ANY_STORE
from pos_app.domain.tender import Settlement
from pos_app.services.approvals import Approvals
from pos_app.services.payment import Payable, Payment
from pos_app.services.pickup_draft import PickupDesk, PickupDraft, PickupFactsHere
from pos_app.services.refusals import RefusalLog
from pos_app.services.selling import buyer_of
from pos_app.services.session import Session
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.feeds import FeedStore
from pos_app.storage.journal import Journal, Recorded
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.print_jobs import PrintOrder
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.sales import SaleStore
from pos_app.storage.status import StatusStore


@dataclass(frozen=True, slots=True)
class PickupStores:
    """What orders and goods are looked up in, and where it is written."""

    orders: OrderStore
    sales: SaleStore
    catalogue: CatalogueStore
    customers: CustomerStore
    revocations: RevocationStore
    keyring: KeyringStore
    feeds: FeedStore
    journal: Journal
    status: StatusStore


@dataclass(frozen=True, slots=True)
class WaitingOrder:
    """One row of the list by promise time; `items` and `left` in thousandths, `amount_due` in đồng."""

    order: int
    number: str
    name: str
    last3: str
    items: int
    left: int
    amount_due: int
    promised_by: datetime | None
    is_late: bool
    preparation: str
    shelf: str


class PinTriesInStatus:
    """Wrong order PINs, kept in `status` so that a restart gives no new tries."""

    NAME = "pickup_pin"

    def __init__(self, status: StatusStore) -> None:
        self._status = status

    def count(self, order: int) -> int:
        return int((self._status.get(self.NAME) or {}).get(str(order), 0))

    def wrong(self, order: int) -> None:
        kept = dict(self._status.get(self.NAME) or {})
        kept[str(order)] = self.count(order) + 1
        self._status.set(self.NAME, kept)


class Pickups:
    """Opens orders as drafts; what a draft pays is recorded as one `handover`."""

    def __init__(
        self, session: Session, stores: PickupStores, approvals: Approvals, refusals: RefusalLog
    ) -> None:
        self._session = session
        self._stores = stores
        self._approvals = approvals
        self._refusals = refusals
        self._tries = PinTriesInStatus(stores.status)

    # --- finding -------------------------------------------------------------------------------
    def waiting(self, limit: int = 200) -> list[WaitingOrder]:
        """Not wholly handed over, the earliest promise first."""
        return [self._row(order) for order in self._stores.orders.waiting(limit)]

    def _row(self, order: Order) -> WaitingOrder:
        promised = order.promised_by
        return WaitingOrder(
            order=order.order,
            number=order.number,
            name=order.person.name,
            last3=order.person.last3,
            items=sum(line.quantity for line in order.lines),
            left=sum(line.left for line in order.lines),
            amount_due=order.amount_due,
            promised_by=promised,
            is_late=promised is not None and promised < self._session.now,
            preparation=order.preparation.value,
            shelf=order.shelf,
        )

    def open(self, target: str | int | codes.PickupCode) -> PickupDraft:
        """By the text of a scan, an order number, a short code, or a row of the list.

        Raises OrderUnknownHere, OrderOtherStore, OrderCancelled, OrderExpired, OrderAlreadyHandedOver,
        OrderAmbiguous, CodeRefused, CodeRevoked.
        """
        self._session.require_person()
        self._session.require_shift()
        if isinstance(target, int):
            return self._draft(self._known(self._stores.orders.by_number(target), str(target)))
        code = target if isinstance(target, codes.PickupCode) else self._read(target)
        match code:
            case codes.PickupCode():
                return self._noted(code)
            case codes.OrderNumberTyped():
                return self._draft(self._known(self._stores.orders.by_text(code.text), code.text))
            case codes.ShortCodeTyped():
                return self._by_short_code(code.text)
        raise OrderUnknownHere(number=str(target).strip(), as_of=self._as_of())

    def _read(self, text: str) -> codes.Scanned:
        try:
            return codes.read(text, self._stores.keyring, self._session.identity.tenant, codes.ScanPatterns())
        except CodeRefused as refused:
            serial = refused.fields.get("serial")
            known = serial if isinstance(serial, int) else None
            self._refusals.note(str(refused.fields["reason"]), serial=known, text=text)
            raise

    def _noted(self, code: codes.PickupCode) -> PickupDraft:
        """Refused codes go into the journal with their serial (protocol §7)."""
        try:
            return self._by_code(code)
        except PosError as refused:
            self._refusals.note(str(refused.fields.get("reason", refused.code)), serial=code.serial)
            raise

    def _by_code(self, code: codes.PickupCode) -> PickupDraft:
        """In the order of protocol §7: key, place and dates, revocations, own journal."""
        self._check_code(code)
        order = self._stores.orders.by_number(code.order_number)
        if order is None:
            self._unknown(code)
        if order.serial is not None and order.serial != code.serial:
            raise CodeRevoked(serial=code.serial)
        return self._draft(order, by_qr=True)

    def _check_code(self, code: codes.PickupCode) -> None:
        at = self._session.trusted_now
        key = self._stores.keyring.issuing_key(code.key_id)
        reason = None if key is None else key.refusal_at(at)
        if reason is not None:
            raise CodeRefused(reason=reason, serial=code.serial)
        if code.store not in (ANY_STORE, self._session.identity.store):
            raise OrderOtherStore(number=str(code.order_number), store=code.store)
        last_day = codes.date_of(code.valid_until_day)
        if at.astimezone(self._session.policy.timezone).date() > last_day:
            raise OrderExpired(number=str(code.order_number), last_day=last_day, reason="expired")
        if self._stores.revocations.code(code.serial) is not None:
            raise CodeRevoked(serial=code.serial)

    def _unknown(self, code: codes.PickupCode) -> NoReturn:
        """Genuine, but newer than this till's orders: say so, with what the code itself tells."""
        raise OrderUnknownHere(
            number=str(code.order_number),
            value=code.value * 1000,
            amount_due=code.amount_due,
            items=code.items,
            valid_until=codes.date_of(code.valid_until_day),
            as_of=self._as_of(),
        )

    def _by_short_code(self, text: str) -> PickupDraft:
        found = self._stores.orders.by_short_code(text)
        if len(found) > 1:
            raise OrderAmbiguous(text=text, count=len(found))
        return self._draft(self._known(found[0] if found else None, text), by_short_code=True)

    def _known(self, order: Order | None, number: str) -> Order:
        if order is None:
            raise OrderUnknownHere(number=number, as_of=self._as_of())
        return order

    def _as_of(self) -> datetime | None:
        return self._stores.feeds.age("orders")

    # --- the draft -----------------------------------------------------------------------------
    def _draft(self, order: Order, *, by_qr: bool = False, by_short_code: bool = False) -> PickupDraft:
        self._check_open(order)
        age, online = self._session.feed_age_s("orders"), self._session.can_check_online
        here = PickupFactsHere(by_qr, by_short_code, age, online, self._as_of())
        return PickupDraft(order, here, self._desk())

    def _check_open(self, order: Order) -> None:
        state = order.handover
        if state is HandoverState.CANCELLED:
            raise OrderCancelled(number=order.number)
        if state in (HandoverState.EXPIRED, HandoverState.RETURNED):
            raise OrderExpired(number=order.number, last_day=None, reason=state.value)
        if state is HandoverState.DONE or order.is_done:
            raise self._done(order)

    def _done(self, order: Order) -> OrderAlreadyHandedOver:
        found = self._stores.sales.by_order(order.order)
        if not found:
            return OrderAlreadyHandedOver(number=order.number, receipt_no=None, at=None, by=None)
        last = found[-1]
        wall = last.body.get("wall")
        own: Mapping[str, Any] = self._stores.journal.body(last.sale.doc_id) or {}
        return OrderAlreadyHandedOver(
            number=order.number,
            receipt_no=last.sale.receipt_no,
            at=None if wall is None else datetime.fromisoformat(wall),
            by=own.get("staff"),
        )

    def _desk(self) -> PickupDesk:
        now = self._session.now
        return PickupDesk(
            policy=self._session.policy,
            approvals=self._approvals,
            tries=self._tries,
            find=self._find,
            product=self._stores.catalogue.by_id,
            pay=self._payment,
            today=now.astimezone(self._session.policy.timezone).date(),
        )

    def _find(self, text: str) -> Product:
        """The goods of a scan. Raises ProductUnknownHere."""
        catalogue = self._stores.catalogue
        code = self._read(text)
        names = [text.strip()]
        if isinstance(code, codes.ProductCode):
            names.insert(0, code.code)
        elif isinstance(code, codes.WeighedCode):
            names = [code.code, code.item]
        for name in names:
            product = catalogue.by_barcode(name) or catalogue.by_sku(name)
            if product is not None:
                return product
        raise ProductUnknownHere(text=text.strip())

    # --- paying and recording ------------------------------------------------------------------
    def _payment(self, draft: PickupDraft, plan: HandoverPlan, approvals: tuple[Approval, ...]) -> Payment:
        order = plan.order
        card = None if order.person.id is None else self._stores.customers.by_id(order.person.id)
        goods = sum(line_gross(line.line.unit_price, line.quantity) for line in plan.lines)
        payable = Payable(
            kind=DocumentKind.HANDOVER.value,
            customer=card,
            buyer=buyer_of(card),
            items=sum(line.quantity for line in plan.lines),
            goods=max(goods, plan.total),
            discount=max(goods - plan.total, 0),
            total=plan.total,
            record=lambda settlement, jobs: self._record(draft, plan, settlement, (approvals, jobs)),
            prepaid=plan.prepaid,
            web_credited=order.web_credited,
            number=order.number,
        )
        return Payment(self._session, self._stores.customers, payable)

    def _record(
        self,
        draft: PickupDraft,
        plan: HandoverPlan,
        settlement: Settlement,
        rest: tuple[tuple[Approval, ...], tuple[PrintOrder, ...]],
    ) -> Recorded:
        approvals, jobs = rest
        now, order = self._session.now, plan.order
        card = None if order.person.id is None else self._stores.customers.by_id(order.person.id)
        facts = HandoverFacts(
            business_date=self._session.require_shift().business_date,
            day=now.astimezone(self._session.policy.timezone).date(),
            priced_at=now.isoformat(),
            engine=ENGINE,
            checks=draft.checks,
            collector="self" if draft.collector is None else "other",
            serial=order.serial if draft.here.by_qr else None,
            buyer=buyer_of(card),
            approvals=approvals,
        )
        private = None
        if draft.collector is not None:
            name, relation = draft.collector
            private = {"collector": {"name": name, "relation": relation}}
        return self._stores.journal.record(
            self._session.draft(
                DocumentKind.HANDOVER.value,
                handover_payload(plan, settlement, facts),
                private=private,
                approver=approvals[-1].by if approvals else None,
                print_jobs=jobs,
            )
        )
