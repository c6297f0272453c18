"""What a scan on the sell screen leads to: a line, a voucher, a customer or a way on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from pos_app.domain import codes, phone
from pos_app.domain.approval import Approval
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    CodeRefused,
    CustomerUnknownHere,
    ForeignCode,
    NothingFound,
    ProductUnknownHere,
)
from pos_app.domain.money import PIECE
from pos_app.services.checkout import Checkout
from pos_app.services.credits import Credits
from pos_app.services.customers import Customers
from pos_app.services.refusals import RefusalLog
from pos_app.services.scan_outcome import ScanKind, ScanOutcome
from pos_app.services.scanned_vouchers import ScannedVouchers
from pos_app.services.session import Session
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import KeyStore
from pos_app.storage.orders import OrderStore

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
"""An address in a QR that is no article's link: a poster, a menu, a wallet of another shop."""


@dataclass(frozen=True, slots=True)
class ScanStores:
    """What a scanned code is looked up in."""

    catalogue: CatalogueStore
    customers: CustomerStore
    keyring: KeyringStore
    keys: KeyStore
    orders: OrderStore


@dataclass(frozen=True, slots=True)
class ScanTargets:
    """What a scan acts on: the cart and its vouchers, store credit, the journal of refusals; `customers` asks
    central about a member card that nobody has here."""

    checkout: Checkout
    vouchers: ScannedVouchers
    credits: Credits
    refusals: RefusalLog
    customers: Customers


class Scans:
    """One per till: understands every code and acts on the current cart."""

    def __init__(self, session: Session, stores: ScanStores, targets: ScanTargets) -> None:
        self._session = session
        self._stores = stores
        self._checkout = targets.checkout
        self._vouchers = targets.vouchers
        self._credits = targets.credits
        self._refusals = targets.refusals
        self._customers = targets.customers
        self._patterns = codes.ScanPatterns()

    def scan(self, text: str, approval: Approval | None = None) -> ScanOutcome:
        """Whatever was scanned or typed; `approval` lets a voucher over the limit through.

        Raises the PosError that says why it cannot be used.
        """
        match self._read(text):
            case codes.ProductCode() as code:
                return self._product(code.code, partial(self._vouchers.take_foreign, code.code, approval))
            case codes.WeighedCode() as code:
                return self._weighed(code)
            case codes.VoucherCode() as code:
                return self._vouchers.take(code, approval)
            case codes.MemberCode() as code:
                return self._member(code)
            case codes.PhoneTyped() as code:
                return self._phone(code.e164)
            case codes.PickupCode():
                return ScanOutcome(ScanKind.OPEN_PICKUP, target=text)
            case codes.ShortCodeTyped() as code:
                return self._short_code(code.text, text, approval)
            case codes.OrderNumberTyped() as code:
                return self._order_number(code, text, approval)
            case codes.ReceiptCode() | codes.ReceiptNumberTyped() as code:
                return self._receipt(code, text)
            case codes.BadgeCode() as code:
                return ScanOutcome(ScanKind.STAFF_BADGE, staff=code.staff)
            case codes.ForeignVietQR():
                raise ForeignCode()
            case codes.Unknown() as code:
                return self._words(code)

    def find_by_phone(self, e164: str) -> list[CustomerCard]:
        """Those whose phone tag fits; tags can collide, so there may be two."""
        key = self._stores.keys.get("phone-key")
        return [] if key is None else self._stores.customers.by_tag(phone.tag(e164, key))

    def _read(self, text: str) -> codes.Scanned:
        try:
            return codes.read(text, self._stores.keyring, self._session.identity.tenant, self._patterns)
        except CodeRefused as refused:
            serial = refused.fields.get("serial")
            self._refusals.note(
                str(refused.fields["reason"]), serial=serial if isinstance(serial, int) else None, text=text
            )
            raise

    def _product(self, code: str, otherwise: Callable[[], ScanOutcome | None] = lambda: None) -> ScanOutcome:
        """A barcode, or the SKU of a style: one variant goes into the cart, several are shown to choose."""
        product = self._stores.catalogue.by_barcode(code) or self._stores.catalogue.by_sku(code)
        if product is None:
            taken = otherwise()
            if taken is None:
                raise ProductUnknownHere(text=code)
            return taken
        if code not in product.barcodes and len(self._stores.catalogue.variants(product.style)) > 1:
            return ScanOutcome(ScanKind.SEARCH, target=code)
        return self._checkout.add_product(product)

    def _weighed(self, code: codes.WeighedCode) -> ScanOutcome:
        catalogue = self._stores.catalogue
        product = catalogue.by_barcode(code.code) or catalogue.by_sku(code.item)
        if product is None:
            raise ProductUnknownHere(text=code.code)
        if code.amount is not None:
            return self._checkout.add_labelled(product, code.amount)
        return self._checkout.add_product(product, code.quantity or PIECE)

    def _member(self, code: codes.MemberCode) -> ScanOutcome:
        key = self._stores.keyring.issuing_key(code.key_id)
        reason = None if key is None else key.refusal_at(self._session.now)
        if reason is not None:
            self._refusals.note(reason, serial=code.serial)
            raise CodeRefused(reason=reason, serial=code.serial)
        card = self._stores.customers.by_card(str(code.serial))
        if card is None:
            found = self._customers.at_central(str(code.serial))
            if not found:
                raise CustomerUnknownHere(serial=code.serial)
            card = found[0].card
        return self._checkout.attach(card)

    def _phone(self, e164: str) -> ScanOutcome:
        cards = self.find_by_phone(e164)
        if not cards:
            return ScanOutcome(ScanKind.CUSTOMER_UNKNOWN, phone=e164)
        if len(cards) > 1:
            return ScanOutcome(ScanKind.CUSTOMER_CHOICE, choices=tuple(cards), phone=e164)
        return self._checkout.attach(cards[0])

    def _order_number(
        self, code: codes.OrderNumberTyped, text: str, approval: Approval | None
    ) -> ScanOutcome:
        """A SKU or a shop's own voucher may look like an order's number; goods on the counter come first."""
        if self._stores.catalogue.by_sku(code.text) is not None:
            return self._product(code.text)
        taken = None
        if self._vouchers.is_foreign(code.text):
            taken = self._vouchers.take_foreign(code.text, approval)
        return taken or ScanOutcome(ScanKind.OPEN_PICKUP, target=text)

    def _short_code(self, code: str, text: str, approval: Approval | None) -> ScanOutcome:
        """Orders have them here, vouchers only at central (protocol §7)."""
        taken = None
        if not self._stores.orders.by_short_code(code):
            taken = self._vouchers.take_named(code, approval)
        return taken or ScanOutcome(ScanKind.OPEN_PICKUP, target=text)

    def _receipt(self, code: codes.Scanned, text: str) -> ScanOutcome:
        """Goods may come back on it; the paper of an own return is store credit."""
        paper = self._credits.shown(code, text)
        if paper is None:
            return ScanOutcome(ScanKind.OPEN_RETURN, target=text)
        return ScanOutcome(ScanKind.STORE_CREDIT, name=paper.receipt_no, amount=paper.left, target=text)

    def _words(self, code: codes.Unknown) -> ScanOutcome:
        if not code.text:
            raise NothingFound(text=code.text)
        if _LINK.match(code.text):
            raise ForeignCode()
        return ScanOutcome(ScanKind.SEARCH, target=code.text)
