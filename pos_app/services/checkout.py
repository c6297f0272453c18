"""The sell screen's work: a scan becomes a line, a voucher, a customer or a way on; the cart survives."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pos_app.domain import codes, phone
from pos_app.domain.approval import Approval
from pos_app.domain.cart import Cart, CartLine, ManualDiscount, Uncoded
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    ApprovalRequired,
    CartEmpty,
    CodeRefused,
    CustomerUnknownHere,
    ForeignCode,
    NothingFound,
    NothingToUndo,
    PolicyRefused,
    PosError,
    ProductUnknownHere,
)
from pos_app.domain.money import PIECE, WHOLE
from pos_app.domain.policy import discount_allowed
from pos_app.domain.price import PricedCart, price_cart
from pos_app.domain.product import Product
from pos_app.domain.staff import may
from pos_app.domain.verdict import Allowed, NeedsApproval, NeedsManager, Refused
from pos_app.domain.voucher import VoucherKind
from pos_app.services.credits import Credits
from pos_app.services.refusals import RefusalLog
from pos_app.services.scan_outcome import ScanKind, ScanOutcome
from pos_app.services.session import Session
from pos_app.services.vouchers import APPROVED, Vouchers
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.customers import CustomerStore
from pos_app.storage.drafts import DraftStore
from pos_app.storage.keyring import KeyringStore
from pos_app.storage.keys import KeyStore
from pos_app.storage.stock import StockStore

_LINK = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
"""An address in a QR that is no article's link: a poster, a menu, a wallet of another shop."""


@dataclass(frozen=True, slots=True)
class CounterStores:
    """What the checkout looks things up in."""

    catalogue: CatalogueStore
    customers: CustomerStore
    stock: StockStore
    keyring: KeyringStore
    keys: KeyStore
    drafts: DraftStore


class Checkout:
    """One per till: the current cart and everything that may happen to it before it is paid."""

    def __init__(
        self,
        session: Session,
        stores: CounterStores,
        vouchers: Vouchers,
        store_credit: Credits,
        refusals: RefusalLog,
    ) -> None:
        self._session = session
        self._stores = stores
        self._vouchers = vouchers
        self._store_credit = store_credit
        self._refusals = refusals
        self._patterns = codes.ScanPatterns()
        self._undo: list[Callable[[], None]] = []
        self._priced: PricedCart | None = None
        self.cart = Cart()
        self.approvals: list[Approval] = []
        self._load()

    # --- scanning ------------------------------------------------------------------------------
    def scan(self, text: str, approval: Approval | None = None) -> ScanOutcome:
        """Whatever was scanned or typed; `approval` lets a voucher over the limit through.

        Raises the PosError that says why it cannot be used.
        """
        try:
            code = codes.read(text, self._stores.keyring, self._session.identity.tenant, self._patterns)
        except CodeRefused as refused:
            serial = refused.fields.get("serial")
            self._refusals.note(
                str(refused.fields["reason"]), serial=serial if isinstance(serial, int) else None, text=text
            )
            raise
        match code:
            case codes.ProductCode():
                return self._scan_product(code.code)
            case codes.WeighedCode():
                return self._scan_weighed(code)
            case codes.VoucherCode():
                return self.scan_voucher(code, approval)
            case codes.MemberCode():
                return self._scan_member(code)
            case codes.PhoneTyped():
                return self._scan_phone(code.e164)
            case codes.PickupCode() | codes.ShortCodeTyped():
                return ScanOutcome(ScanKind.OPEN_PICKUP, target=text)
            case codes.OrderNumberTyped():
                if self._stores.catalogue.by_sku(code.text) is not None:
                    return self._scan_product(code.text)
                return ScanOutcome(ScanKind.OPEN_PICKUP, target=text)
            case codes.ReceiptCode() | codes.ReceiptNumberTyped():
                return self._scan_receipt(code, text)
            case codes.BadgeCode():
                return ScanOutcome(ScanKind.STAFF_BADGE, staff=code.staff)
            case codes.ForeignVietQR():
                raise ForeignCode()
            case codes.Unknown():
                if not code.text:
                    raise NothingFound(text=code.text)
                if _LINK.match(code.text):
                    raise ForeignCode()
                return ScanOutcome(ScanKind.SEARCH, target=code.text)

    def _scan_receipt(self, code: codes.Scanned, text: str) -> ScanOutcome:
        """Goods may come back on it; the paper of an own return is store credit."""
        paper = self._store_credit.shown(code, text)
        if paper is None:
            return ScanOutcome(ScanKind.OPEN_RETURN, target=text)
        return ScanOutcome(ScanKind.STORE_CREDIT, name=paper.receipt_no, amount=paper.left, target=text)

    def _scan_product(self, code: str) -> ScanOutcome:
        """A barcode, or the SKU of a style: one variant goes into the cart, several are shown to choose."""
        product = self._stores.catalogue.by_barcode(code) or self._stores.catalogue.by_sku(code)
        if product is None:
            raise ProductUnknownHere(text=code)
        if code not in product.barcodes and len(self._stores.catalogue.variants(product.style)) > 1:
            return ScanOutcome(ScanKind.SEARCH, target=code)
        return self._added(product)

    def _scan_weighed(self, code: codes.WeighedCode) -> ScanOutcome:
        catalogue = self._stores.catalogue
        product = catalogue.by_barcode(code.code) or catalogue.by_sku(code.item)
        if product is None:
            raise ProductUnknownHere(text=code.code)
        self._check_begin()
        if code.amount is not None:
            return self._after(self.cart.add(product, PIECE, label_amount=code.amount))
        return self._after(self.cart.add(product, code.quantity or PIECE))

    def _scan_member(self, code: codes.MemberCode) -> ScanOutcome:
        card = self._stores.customers.by_card(str(code.serial))
        if card is None:
            raise CustomerUnknownHere(serial=code.serial)
        return self.attach(card)

    def _scan_phone(self, e164: str) -> ScanOutcome:
        cards = self.find_by_phone(e164)
        if not cards:
            return ScanOutcome(ScanKind.CUSTOMER_UNKNOWN, phone=e164)
        if len(cards) > 1:
            return ScanOutcome(ScanKind.CUSTOMER_CHOICE, choices=tuple(cards), phone=e164)
        return self.attach(cards[0])

    def find_by_phone(self, e164: str) -> list[CustomerCard]:
        """Those whose phone tag fits; tags can collide, so there may be two."""
        key = self._stores.keys.get("phone-key")
        return [] if key is None else self._stores.customers.by_tag(phone.tag(e164, key))

    # --- lines ---------------------------------------------------------------------------------
    def add(self, product_id: str, quantity: int = PIECE) -> ScanOutcome:
        """From the search panel; `quantity` in thousandths. Raises ProductUnknownHere."""
        product = self._stores.catalogue.by_id(product_id)
        if product is None:
            raise ProductUnknownHere(text=product_id)
        return self._added(product, quantity)

    def _check_begin(self) -> None:
        """Raises StaffNotAllowed (an auditor), and before the first line ShiftOutdated."""
        self._session.check_may_sell()
        if not self.cart.lines:
            self._session.check_new_cart()

    def _added(self, product: Product, quantity: int = PIECE) -> ScanOutcome:
        self._check_begin()
        product.price_at(self._session.now)  # refused before it is a line
        return self._after(self.cart.add(product, quantity))

    def add_uncoded(self, goods: Uncoded) -> ScanOutcome:
        """Goods without a code. Raises ApprovalRequired without the right, UncodedTooDear above the limit."""
        self._check_begin()
        verdict = may(
            self._session.require_person(), "sale.uncoded", goods.price, self._session.policy.rights
        )
        if isinstance(verdict, NeedsApproval):
            raise ApprovalRequired(
                right="sale.uncoded", reason="uncoded", asked=goods.price, most=verdict.limit
            )
        return self._after(self.cart.add_uncoded(goods, most=self._session.policy.uncoded_most))

    def set_quantity(self, no: int, quantity: int) -> CartLine:
        """Thousandths. Raises QuantityRefused, StaffNotAllowed."""
        self._session.check_may_sell()
        line = self.cart.set_quantity(no, quantity)
        self._changed(self.cart.undo)
        return line

    def remove(self, no: int) -> CartLine:
        self._session.check_may_sell()
        line = self.cart.remove(no)
        self._changed(self.cart.undo)
        return line

    def note(self, no: int, text: str) -> None:
        self.cart.set_note(no, text)
        self._changed(self.cart.undo)

    def undo(self) -> None:
        """Takes back the last act on the cart: a line, a discount, a voucher, a customer."""
        if not self._undo:
            raise NothingToUndo()
        self._undo.pop()()
        self._priced = None

    @property
    def can_undo(self) -> bool:
        return bool(self._undo)

    def _after(self, line: CartLine) -> ScanOutcome:
        self._changed(self.cart.undo)
        if self.cart.begun_at is None:
            self.cart.begun_at = self._session.now
        priced = self.priced().line(line.no)
        return ScanOutcome(
            ScanKind.LINE_ADDED,
            line_no=line.no,
            name=line.name,
            amount=priced.amount,
            quantity=line.quantity,
        )

    def _changed(self, undo: Callable[[], None]) -> None:
        self._priced = None
        self._undo.append(undo)
        del self._undo[:-50]

    # --- discounts by hand ---------------------------------------------------------------------
    def discount_line(
        self, no: int, discount: ManualDiscount | None, approval: Approval | None = None
    ) -> None:
        """None takes it away. Raises ApprovalRequired, PolicyRefused."""
        if discount is not None:
            self._check_discount(discount, self._cost_before(no), approval)
        self.cart.discount_line(no, discount)
        self._changed(self.cart.undo)

    def discount_order(self, discount: ManualDiscount | None, approval: Approval | None = None) -> None:
        """Over the whole cart. Raises CartEmpty, ApprovalRequired, PolicyRefused."""
        if not self.cart.lines:
            raise CartEmpty()
        if discount is not None:
            self._check_discount(discount, self.priced().total, approval)
        self.cart.discount_order(discount)
        self._changed(self.cart.undo)

    def _cost_before(self, no: int) -> int:
        return self.priced().line(no).amount

    def _check_discount(self, discount: ManualDiscount, cost: int, approval: Approval | None) -> None:
        asked = discount.percent_bp or -(-(discount.amount or 0) * WHOLE // max(cost, 1))
        over = discount_allowed(self._session.policy, asked)
        if isinstance(over, Refused):
            raise PolicyRefused(reason=over.reason, asked=over.asked, most=over.most)
        alone = may(
            self._session.require_person(), "sale.discount.manual", asked, self._session.policy.rights
        )
        if isinstance(alone, Allowed) and not isinstance(over, NeedsManager):
            return
        if approval is None:
            most = alone.limit if isinstance(alone, NeedsApproval) else self._session.policy.discount_soft_bp
            raise ApprovalRequired(right="sale.discount.manual", reason="discount", asked=asked, most=most)
        self.approvals.append(approval)

    # --- customer and vouchers -----------------------------------------------------------------
    def attach(self, card: CustomerCard) -> ScanOutcome:
        before = self.cart.customer
        self.cart.attach_customer(card)
        self._changed(lambda: self._restore_customer(before))
        return ScanOutcome(ScanKind.CUSTOMER, name=card.name, customer=card)

    def detach(self) -> None:
        before = self.cart.customer
        self._restore_customer(None)
        self._changed(lambda: self._restore_customer(before))

    def _restore_customer(self, card: CustomerCard | None) -> None:
        if card is None:
            self.cart.detach_customer()
        else:
            self.cart.attach_customer(card)

    def scan_voucher(self, code: codes.VoucherCode, approval: Approval | None = None) -> ScanOutcome:
        """Checked in the order of protocol §7; refusals are journaled, throttled."""
        self._session.check_may_sell()
        try:
            return self._take_voucher(code, approval)
        except ApprovalRequired:
            raise
        except PosError as refused:
            self._refusals.note(str(refused.fields.get("reason", refused.code)), serial=code.serial)
            raise

    def _take_voucher(self, code: codes.VoucherCode, approval: Approval | None) -> ScanOutcome:
        use = self._vouchers.use_of(code, self.cart.customer)
        if approval is not None:
            use = use.allowed(APPROVED)
        self.cart.add_voucher(use)
        self._priced = None
        try:
            taken = next(item for item in self.priced().vouchers if item.use.serial == use.serial)
            if taken.refused is not None:
                raise taken.refused
            self._vouchers.check_limits(taken)
        except PosError:
            self._drop_voucher(use.serial)
            raise
        if approval is not None:
            self.approvals.append(approval)
        self._changed(lambda: self._drop_voucher(use.serial))
        return ScanOutcome(ScanKind.VOUCHER, name=use.campaign.name, amount=taken.amount, serial=use.serial)

    def allow_voucher(self, serial: int, approval: Approval) -> None:
        """A voucher that came over the limit after it was scanned; the document names who allowed it."""
        self.cart.allow_voucher(serial, APPROVED)
        self.approvals.append(approval)
        self._priced = None

    def remove_voucher(self, serial: int) -> None:
        kept = next((use for use in self.cart.vouchers if use.serial == serial), None)
        self._drop_voucher(serial)
        if kept is not None:
            self._changed(lambda: self.cart.add_voucher(kept))

    def _drop_voucher(self, serial: int) -> None:
        self.cart.remove_voucher(serial)
        self._priced = None

    # --- price ---------------------------------------------------------------------------------
    def priced(self) -> PricedCart:
        """The price as of now, kept until the cart changes; paying prices it anew."""
        if self._priced is None:
            self._priced = self.price_now()
        return self._priced

    def reprice(self) -> None:
        """Forget the price: promotions may have begun or ended since the cart was shown."""
        self._priced = None

    def price_now(self) -> PricedCart:
        return price_cart(
            self.cart,
            self._stores.catalogue.promotions(),
            self._session.now,
            self._session.policy.timezone,
            gifts=self._gifts_in_stock(),
        )

    def _gifts_in_stock(self) -> dict[str, Product]:
        wanted = [
            product
            for use in self.cart.vouchers
            if use.kind is VoucherKind.GIFT
            for product in use.campaign.gift_choices(use.value)
        ]
        for promotion in self._stores.catalogue.promotions():
            wanted.extend(promotion.gifts)
        found = {name: self._stores.catalogue.by_id(name) for name in wanted}
        return {
            name: product
            for name, product in found.items()
            if product is not None and (self._stores.stock.of(name).here or 0) > 0
        }

    # --- the draft -----------------------------------------------------------------------------
    @property
    def is_empty(self) -> bool:
        return self.cart.is_empty

    @property
    def draft_hash(self) -> str:
        """What an approval is bound to."""
        return self.cart.draft_hash

    def save_draft(self) -> None:
        """Called on the turn of the loop after a change was painted."""
        if self.is_empty:
            self._stores.drafts.clear_current()
        else:
            self._stores.drafts.save_current(self.draft_json())

    def draft_json(self) -> dict[str, Any]:
        return {"cart": self.cart.to_json(), "approvals": [item.to_json() for item in self.approvals]}

    def take_draft(self, body: dict[str, Any]) -> None:
        """Go on with a kept cart: it is priced anew and undo does not reach behind it."""
        self.cart = Cart.from_json(body["cart"])
        self.approvals = [Approval(**item) for item in body.get("approvals", ())]
        self._undo.clear()
        self._priced = None

    def clear(self) -> None:
        """A new, empty cart; the draft is gone."""
        self.cart = Cart()
        self.approvals = []
        self._undo.clear()
        self._priced = None
        self._stores.drafts.clear_current()

    def _load(self) -> None:
        kept = self._stores.drafts.load_current()
        if kept is not None:
            self.take_draft(kept)
