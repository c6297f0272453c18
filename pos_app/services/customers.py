"""Customers at the counter: found by phone, shown with what is theirs, made new with their consent."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos_app.domain import phone
from pos_app.domain.customer import CustomerCard
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import (
    CustomerKnown,
    CustomerUnknownHere,
    PhoneRefused,
    PolicyRefused,
    ReasonMissing,
)
from pos_app.domain.ids import uuid7
from pos_app.domain.points import spendable, worth
from pos_app.domain.policy import new_customer_allowed, points_allowed
from pos_app.domain.promotion import near_birthday
from pos_app.domain.staff import NO_LIMIT
from pos_app.domain.verdict import Refused
from pos_app.domain.voucher import BIRTHDAY_DAYS
from pos_app.services.approvals import Approvals
from pos_app.services.lookups import Lookups
from pos_app.services.restricted import check_more_than_sales
from pos_app.services.session import Session
from pos_app.storage.customers import CustomerStore, OwnVoucher
from pos_app.storage.feeds import FeedStore
from pos_app.storage.journal import Journal
from pos_app.storage.orders import OrderStore
from pos_app.storage.sales import SaleStore

PURPOSES = ("loyalty", "marketing", "e_invoice")
"""What a customer may consent to; never pre-ticked."""


@dataclass(frozen=True, slots=True)
class CustomerStores:
    """What customers are looked up in."""

    customers: CustomerStore
    orders: OrderStore
    sales: SaleStore
    feeds: FeedStore
    journal: Journal


@dataclass(frozen=True, slots=True)
class PastReceipt:
    """One row of the history; `total` in đồng."""

    doc_id: str
    receipt_no: str
    day: date | None
    total: int
    channel: str
    is_returnable: bool


@dataclass(frozen=True, slots=True)
class CustomerView:
    """A card with everything about it that this till knows; `worth` in đồng, `as_of` = age of the feed."""

    card: CustomerCard
    worth: int
    is_birthday_near: bool
    vouchers: tuple[OwnVoucher, ...]
    waiting_orders: tuple[str, ...]
    receipts: tuple[PastReceipt, ...]
    as_of: datetime | None


class Customers:
    """Looks up and makes; attaching to a cart is the checkout's."""

    def __init__(
        self,
        session: Session,
        stores: CustomerStores,
        approvals: Approvals,
        phone_key: Callable[[], bytes | None],
        lookups: Lookups,
    ) -> None:
        self._session = session
        self._stores = stores
        self._approvals = approvals
        self._phone_key = phone_key
        self._lookups = lookups

    def by_phone(self, text: str) -> list[CustomerView]:
        """Those whose phone tag fits: none, one, or two when tags collide. Raises PhoneRefused."""
        return [self._view(card) for card in self._cards(phone.parse(text))]

    def at_central(self, key: str) -> list[CustomerView] | None:
        """By a whole phone number (E.164) or a member card's serial, where this till knows nobody.

        None = central cannot be asked, or was silent; an empty list = nobody there either. Who was found is
        known here from now on, with the points of central's answer as their snapshot. Raises AskCentral.
        """
        answer = self._lookups.find("customer", key)
        if answer is None:
            return None
        told = [_past(row) for row in answer["receipts"]]
        return [self._view(card, told) for card in self._stores.customers.tell(answer["customers"])]

    def view(self, customer: str) -> CustomerView:
        """Raises CustomerUnknownHere."""
        card = self._stores.customers.by_id(customer)
        if card is None:
            raise CustomerUnknownHere(phone="", serial=None)
        return self._view(card)

    def spendable(self, card: CustomerCard) -> int:
        """Whole points that may be spent at this till now, whatever the cart costs (protocol §11)."""
        online = self._session.can_check_online
        age = self._session.feed_age_s("customers")
        if isinstance(points_allowed(self._session.policy, age, online=online), Refused):
            return 0
        store = self._stores.customers
        cap = self._session.policy.points_cap(online=online)
        most = spendable(store.snapshot_balance(card.id), NO_LIMIT, store.spent_since(card), cap)
        return max(min(most, card.balance), 0)

    def create(self, name: str, phone_text: str, consents: Sequence[str] = ()) -> str:
        """A new customer with the lowest tier; name and phone travel in the private part alone.

        Raises ReasonMissing without a name, PhoneRefused (also fixed lines: no loyalty key), CustomerKnown,
        PolicyRefused (too many in this shift), StaffNotAllowed. Returns the id.
        """
        self._approvals.require_right("customer.create")
        check_more_than_sales(self._session)
        full = " ".join(name.split())
        if not full:
            raise ReasonMissing(what="customer_name")
        number = phone.parse(phone_text)
        if not phone.is_mobile(number):
            raise PhoneRefused(text=phone_text)
        known = self._cards(number)
        if known:
            raise CustomerKnown(name=known[0].name, customer=known[0].id)
        self._check_count()
        customer = uuid7(self._session.now)
        purposes = [purpose for purpose in PURPOSES if purpose in consents]
        self._stores.journal.record(
            self._session.draft(
                DocumentKind.CUSTOMER_CREATE.value,
                {"customer": customer, "fields": ["name", "phone"], "purposes": purposes},
                private={"name": full, "phone": number},
            )
        )
        return customer

    def _cards(self, number: str) -> list[CustomerCard]:
        key = self._phone_key()
        return [] if key is None else self._stores.customers.by_tag(phone.tag(number, key))

    def _check_count(self) -> None:
        shift = self._session.require_shift()
        bodies = self._stores.journal.documents_of_shift(None, shift.number)
        made = sum(1 for body in bodies if body["kind"] == DocumentKind.CUSTOMER_CREATE)
        verdict = new_customer_allowed(self._session.policy, made, online=self._session.can_check_online)
        if isinstance(verdict, Refused):
            raise PolicyRefused(reason=verdict.reason, asked=verdict.asked, most=verdict.most)

    def _view(self, card: CustomerCard, told: Sequence[PastReceipt] = ()) -> CustomerView:
        """`told` are receipts that central knows of; those that stand here too are told from here."""
        stores = self._stores
        today = self._session.now.astimezone(self._session.policy.timezone).date()
        receipts = tuple(
            PastReceipt(
                found.sale.doc_id,
                found.sale.receipt_no,
                found.sale.business_date,
                found.sale.total,
                str(found.body.get("channel") or "store"),
                found.voided_by is None and not found.sale.is_fully_returned,
            )
            for found in stores.sales.by_customer(card.id)
        )
        here = {receipt.receipt_no for receipt in receipts}
        more = tuple(receipt for receipt in told if receipt.receipt_no not in here)
        return CustomerView(
            card=card,
            worth=worth(max(card.balance, 0)),
            is_birthday_near=near_birthday(card.birthday, today, BIRTHDAY_DAYS),
            vouchers=tuple(stores.customers.vouchers(card.id)),
            waiting_orders=tuple(order.number for order in stores.orders.by_customer(card.id)),
            receipts=receipts + more,
            as_of=stores.feeds.age("customers"),
        )


def _past(row: Mapping[str, Any]) -> PastReceipt:
    """A receipt of central's answer; whether goods may come back on it is asked when it is opened."""
    day = date.fromisoformat(row["business_date"])
    return PastReceipt(row["doc_id"], row["receipt_no"], day, row["total"], "store", is_returnable=True)
