"""The current cart: its lines, discounts, customer and vouchers, what it costs, and that it survives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pos_app.domain.approval import Approval
from pos_app.domain.cart import Cart, CartLine, ManualDiscount, Uncoded
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    ApprovalRequired,
    CartEmpty,
    NothingToUndo,
    PosError,
    ProductUnknownHere,
)
from pos_app.domain.money import PIECE
from pos_app.domain.price import PricedCart, price_cart
from pos_app.domain.priced import PricedVoucher
from pos_app.domain.product import Product
from pos_app.domain.staff import may
from pos_app.domain.verdict import NeedsApproval
from pos_app.domain.voucher import VoucherUse
from pos_app.services.claims import ClaimDesk
from pos_app.services.discount_limits import approval_for
from pos_app.services.gifts_at_hand import gifts_at_hand
from pos_app.services.kept_draft import KeptDraft
from pos_app.services.online_checks import CheckKind
from pos_app.services.scan_outcome import ScanKind, ScanOutcome
from pos_app.services.session import Session
from pos_app.services.vouchers import APPROVED
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.drafts import DraftStore
from pos_app.storage.stock import StockStore


@dataclass(frozen=True, slots=True)
class CartStores:
    """What the cart looks things up in, and where it is kept."""

    catalogue: CatalogueStore
    stock: StockStore
    drafts: DraftStore
    is_recorded: Callable[[str], bool] = lambda _doc_id: False
    """Whether a document is in the journal already: its cart was sold."""


class Checkout:
    """One per till: the current cart and everything that may happen to it before it is paid."""

    def __init__(self, session: Session, stores: CartStores, claim_desk: ClaimDesk) -> None:
        self._session = session
        self._stores = stores
        self._claim_desk = claim_desk
        self.claims = claim_desk.open()
        self._undo: list[Callable[[], None]] = []
        self._priced: PricedCart | None = None
        self.cart = Cart()
        self.approvals: list[Approval] = []
        self._draft = KeptDraft(stores.drafts, stores.is_recorded)
        if (kept := self._draft.load()) is not None:
            self.take_draft(kept)

    # --- lines ---------------------------------------------------------------------------------
    def add(self, product_id: str, quantity: int = PIECE) -> ScanOutcome:
        """From the search panel; `quantity` in thousandths. Raises ProductUnknownHere."""
        product = self._stores.catalogue.by_id(product_id)
        if product is None:
            raise ProductUnknownHere(text=product_id)
        return self.add_product(product, quantity)

    def add_product(self, product: Product, quantity: int = PIECE) -> ScanOutcome:
        """`quantity` in thousandths. Raises NoPriceInForce before it is a line."""
        self._check_begin()
        product.price_at(self._session.now)
        return self._after(self.cart.add(product, quantity))

    def add_labelled(self, product: Product, amount: int) -> ScanOutcome:
        """One piece whose label says what it costs, in đồng."""
        self._check_begin()
        return self._after(self.cart.add(product, PIECE, label_amount=amount))

    def _check_begin(self) -> None:
        """Raises StaffNotAllowed (an auditor), and before the first line ShiftOutdated."""
        self._session.check_may_sell()
        if not self.cart.lines:
            self._session.check_new_cart()

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
            self._check_discount(discount, self.priced().line(no).amount, approval)
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

    def allow_discounts(self, approval: Approval) -> None:
        """Amounts off by hand that have grown over a limit since; the document names who allowed them."""
        self.cart.allow_discounts(approval.by)
        self.approvals.append(approval)
        self._priced = None

    def _check_discount(self, discount: ManualDiscount, cost: int, approval: Approval | None) -> None:
        missing = approval_for(self._session, discount, cost)
        if missing is None:
            return
        if approval is None:
            raise missing
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

    def add_voucher(
        self, use: VoucherUse, check: Callable[[PricedVoucher], None], approval: Approval | None
    ) -> PricedVoucher:
        """On the cart only if the price takes it and `check` lets it through; raises what they say."""
        self.cart.add_voucher(use)
        self._priced = None
        try:
            taken = next(item for item in self.priced().vouchers if item.use.serial == use.serial)
            if taken.refused is not None:
                raise taken.refused
            check(taken)
        except PosError:
            self._drop_voucher(use.serial)
            raise
        if approval is not None:
            self.approvals.append(approval)
        self._changed(lambda: self._drop_voucher(use.serial))
        return taken

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
        self.claims.drop(CheckKind.VOUCHER, str(serial))
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
            gifts=gifts_at_hand(self.cart, self._stores.catalogue, self._stores.stock),
        )

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
        self._draft.save(None if self.is_empty else self.draft_json())

    def draft_json(self) -> dict[str, Any]:
        approvals = [item.to_json() for item in self.approvals]
        return {"cart": self.cart.to_json(), "approvals": approvals, "doc_id": self.claims.doc_id}

    def take_draft(self, body: dict[str, Any]) -> None:
        """Go on with a kept cart: it is priced anew and undo does not reach behind it."""
        self.claims.end()
        self.cart = Cart.from_json(body["cart"])
        self.claims = self._claim_desk.open(body.get("doc_id"))
        self.approvals = [Approval(**item) for item in body.get("approvals", ())]
        self._undo.clear()
        self._priced = None

    def clear(self) -> None:
        """A new, empty cart; the draft is gone, and what was claimed for it is free again."""
        self.claims.end()
        self._begin_anew()
        self._draft.save(None)

    def sold(self) -> None:
        """The cart's document is on the disk: whatever happens now, a new cart begins."""
        self.claims.spent()
        self._begin_anew()
        self._draft.sold()

    def _begin_anew(self) -> None:
        self.claims = self._claim_desk.open()
        self.cart = Cart()
        self.approvals = []
        self._undo.clear()
        self._priced = None
