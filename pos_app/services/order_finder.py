"""From a scanned or typed text to the order it names, with every reason why it cannot be handed over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pos_app.domain import codes
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
)
from pos_app.domain.order import HandoverState, Order
from pos_app.domain.signed_codes import ANY_STORE
from pos_app.services.refusals import RefusalLog
from pos_app.services.session import Session
from pos_app.storage.feeds import FeedStore
from pos_app.storage.journal import Journal
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.sales import SaleStore


@dataclass(frozen=True, slots=True)
class OrderStores:
    """What orders are looked up in."""

    orders: OrderStore
    sales: SaleStore
    revocations: RevocationStore
    keyring: KeyringStore
    feeds: FeedStore
    journal: Journal


@dataclass(frozen=True, slots=True)
class FoundOrder:
    """An order that may be handed over, and how it was found."""

    order: Order
    by_qr: bool = False
    by_short_code: bool = False


class OrderFinder:
    """The checks of protocol §7 in their order; refused codes are journaled with their serial."""

    def __init__(self, session: Session, stores: OrderStores, refusals: RefusalLog) -> None:
        self._session = session
        self._stores = stores
        self._refusals = refusals

    def find(self, target: str | int | codes.PickupCode) -> FoundOrder:
        """By code, printed number, short code, or the number of a row of the list.

        Raises OrderUnknownHere, OrderOtherStore, OrderCancelled, OrderExpired, OrderAlreadyHandedOver,
        OrderAmbiguous, CodeRefused, CodeRevoked.
        """
        orders = self._stores.orders
        if isinstance(target, int):
            return self._open(FoundOrder(self._known(orders.by_number(target), str(target))))
        code = target if isinstance(target, codes.PickupCode) else self.read(target)
        match code:
            case codes.PickupCode():
                return self._noted(code)
            case codes.OrderNumberTyped():
                return self._open(FoundOrder(self._known(orders.by_text(code.text), code.text)))
            case codes.ShortCodeTyped():
                return self._by_short_code(code.text)
        raise OrderUnknownHere(number=str(target).strip(), as_of=self.as_of)

    def told(self, target: str | codes.PickupCode, order: Order) -> FoundOrder:
        """An order that central has told of: the same checks as for one of the feed."""
        code = target if isinstance(target, codes.PickupCode) else self.read(target)
        by_qr = isinstance(code, codes.PickupCode)
        if isinstance(code, codes.PickupCode) and order.serial != code.serial:
            raise CodeRevoked(serial=code.serial)
        return self._open(FoundOrder(self._stores.orders.told(order), by_qr=by_qr))

    @property
    def as_of(self) -> datetime | None:
        """When the orders were last known to be up to date."""
        return self._stores.feeds.age("orders")

    def read(self, text: str) -> codes.Scanned:
        """What a text is. Raises CodeRefused, after noting it."""
        tenant = self._session.identity.tenant
        try:
            return codes.read(text, self._stores.keyring, tenant, codes.ScanPatterns())
        except CodeRefused as refused:
            serial = refused.fields.get("serial")
            known = serial if isinstance(serial, int) else None
            self._refusals.note(str(refused.fields["reason"]), serial=known, text=text)
            raise

    def _noted(self, code: codes.PickupCode) -> FoundOrder:
        try:
            return self._by_code(code)
        except PosError as refused:
            self._refusals.note(str(refused.fields.get("reason", refused.code)), serial=code.serial)
            raise

    def _by_code(self, code: codes.PickupCode) -> FoundOrder:
        """Key, place and dates, revocations, own journal."""
        self._check_code(code)
        order = self._stores.orders.by_number(code.order_number)
        if order is None:
            if self._stores.sales.by_order(code.order_number):
                raise self._done(code.order_number, str(code.order_number))
            raise self._unknown(code)
        if order.serial is not None and order.serial != code.serial:
            # central drew a new code for the order: the old picture on the phone counts no more
            raise CodeRevoked(serial=code.serial)
        return self._open(FoundOrder(order, by_qr=True))

    def _check_code(self, code: codes.PickupCode) -> None:
        at = self._session.now
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

    def _unknown(self, code: codes.PickupCode) -> OrderUnknownHere:
        """Genuine, but newer than this till's orders: with what the code itself tells."""
        return OrderUnknownHere(
            number=str(code.order_number),
            value=code.value * 1000,
            amount_due=code.amount_due,
            items=code.items,
            valid_until=codes.date_of(code.valid_until_day),
            as_of=self.as_of,
        )

    def _by_short_code(self, text: str) -> FoundOrder:
        found = self._stores.orders.by_short_code(text)
        if len(found) > 1:
            raise OrderAmbiguous(text=text, count=len(found))
        order = self._known(found[0] if found else None, text)
        return self._open(FoundOrder(order, by_short_code=True))

    def _known(self, order: Order | None, number: str) -> Order:
        if order is None:
            raise OrderUnknownHere(number=number, as_of=self.as_of)
        return order

    def _open(self, found: FoundOrder) -> FoundOrder:
        order, state = found.order, found.order.handover
        if state is HandoverState.CANCELLED:
            raise OrderCancelled(number=order.number)
        if state in (HandoverState.EXPIRED, HandoverState.RETURNED):
            raise OrderExpired(number=order.number, last_day=None, reason=state.value)
        if state is HandoverState.DONE or order.is_done:
            raise self._done(order.order, order.number)
        return found

    def _done(self, order: int, number: str) -> OrderAlreadyHandedOver:
        """With receipt, time and person where this store knows them."""
        found = self._stores.sales.by_order(order)
        if not found:
            return OrderAlreadyHandedOver(number=number, receipt_no=None, at=None, by=None)
        last = found[-1]
        wall = last.body.get("wall")
        own: Mapping[str, Any] = self._stores.journal.body(last.sale.doc_id) or {}
        return OrderAlreadyHandedOver(
            number=number,
            receipt_no=last.sale.receipt_no,
            at=None if wall is None else datetime.fromisoformat(wall),
            by=own.get("staff"),
        )
