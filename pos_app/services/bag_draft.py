"""A pick-up whose order is not known here: the customer's signed code, and goods scanned from the bag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from pos_app.domain.codes import PickupCode
from pos_app.domain.errors import HandoverTooMuch, NothingToHandOver, WrongProduct
from pos_app.domain.money import PIECE, line_gross, spread
from pos_app.domain.order import HandoverState, Order, OrderLine, PaymentState, Prepaid, PreparationState
from pos_app.domain.policy import PickupFacts, pickup_allowed
from pos_app.domain.product import Price, Product
from pos_app.domain.signed_codes import IDENTITY_CHECK, PARTIAL_HANDOVER, PIN_SET
from pos_app.domain.tender import TenderKind
from pos_app.domain.verdict import Verdict
from pos_app.services.approvals import draft_hash
from pos_app.services.pickup_draft import PickupDesk, PickupDraft, TickOutcome
from pos_app.services.pickup_proof import PickupProof, PinTries

_ANY_NUMBER = 255


class BagDraft(PickupDraft):
    """Offline only, paid only, with a manager (protocol §11). Central matches the lines by their products.

    Each line costs what it costs here now; together never more than the order's worth in the code: what is
    above that was taken off online, and is spread over the lines. Not more pieces than the code counts.
    """

    def __init__(
        self,
        code: PickupCode,
        tries: PinTries,
        desk: PickupDesk,
        now: Callable[[], datetime],
        unknown_in_shift: Callable[[], int],
    ) -> None:
        order = _order_of(code)
        super().__init__(order, None, PickupProof(order, tries, by_qr=True, by_short_code=False), desk)
        self._code = code
        self._goods: list[Product] = []
        self._now = now
        self._unknown_in_shift = unknown_in_shift

    # --- goods -----------------------------------------------------------------------------------
    def scan(self, text: str) -> TickOutcome:
        """One piece of the bag. Raises WrongProduct (weighed goods), HandoverTooMuch, ProductUnknownHere."""
        product = self._desk.find(text)
        if product.weighed:
            raise WrongProduct(name=product.name, number=self.order.number)
        known = [one.id for one in self._goods]
        if product.id not in known:
            self._refuse_more(product.name)
            self._goods.append(product)
            known.append(product.id)
        return self.tick(known.index(product.id) + 1)

    def tick(self, line_no: int) -> TickOutcome:
        """One piece more of goods that were scanned. Raises HandoverTooMuch."""
        product = self._goods[line_no - 1]
        self._refuse_more(product.name, line_no)
        self._remember()
        self.ticked[line_no] = self.ticked.get(line_no, 0) + PIECE
        self._fill()
        ticked = self.ticked[line_no]
        return TickOutcome(line_no, product.name, ticked, ticked + self.missing, self.missing)

    def untick(self, line_no: int) -> None:
        """It was not in the bag after all."""
        super().untick(line_no)
        self._fill()

    def refuse(self, line_no: int, reason: str = "not_wanted") -> None:  # noqa: ARG002
        """Nothing can be refused of an order whose lines are unknown: untick it. Raises NothingToHandOver."""
        raise NothingToHandOver(order=self.order.order)

    def undo(self) -> None:
        super().undo()
        self._fill()

    @property
    def wanted(self) -> int:
        """Thousandths by the code; where it counts no further, what was scanned."""
        if self._code.items >= _ANY_NUMBER:
            return sum(self.ticked.values())
        return self._code.items * PIECE

    @property
    def missing(self) -> int:
        return self.wanted - sum(self.ticked.values())

    def _refuse_more(self, name: str, line_no: int = 0) -> None:
        if self._code.items < _ANY_NUMBER and self.missing <= 0:
            most = self.ticked.get(line_no, 0)
            raise HandoverTooMuch(line=line_no, name=name, quantity=most + PIECE, most=most)

    def _fill(self) -> None:
        """The order as far as it is known: what was scanned, at today's prices within the code's worth."""
        now = self._now()
        prices = {no: self._goods[no - 1].price_at(now) for no in sorted(self.ticked)}
        gross = [line_gross(price.amount, self.ticked[no]) for no, price in prices.items()]
        worth = min(sum(gross), self._code.value * 1000)
        lines = tuple(
            self._line(no, price, amount)
            for (no, price), amount in zip(prices.items(), spread(worth, gross), strict=True)
        )
        prepaid = (Prepaid(1, TenderKind.PAID_ONLINE, worth),) if worth else ()
        self.order = replace(self.order, lines=lines, prepaid=prepaid)

    def _line(self, no: int, price: Price, amount: int) -> OrderLine:
        product = self._goods[no - 1]
        return OrderLine(
            no=no,
            product=product.id,
            name=product.name,
            quantity=self.ticked[no],
            amount=amount,
            vat_rate=product.vat_at(self._desk.today),
            unit_price=price.amount,
            price_ver=price.ver,
            variant=product.variant,
            colour=product.colour,
            size=product.size,
            category=product.category,
            unit=product.unit,
            shelf=product.shelf,
            return_days=product.returnable_days,
        )

    # --- what is allowed -------------------------------------------------------------------------
    def verdict(self) -> Verdict:
        """By what the code says of the order, not by what was scanned."""
        facts = PickupFacts(
            online=self.is_checked,
            is_known=False,
            value=self._code.value * 1000,
            amount_due=self._code.amount_due,
            identity_seen=self.proof.is_person_known,
            unknown_in_shift=self._unknown_in_shift(),
            earlier=self._desk.earlier(None, known=False),
        )
        return pickup_allowed(self._desk.policy, facts)

    @property
    def draft_hash(self) -> str:
        goods = {line.product: line.quantity for line in self.order.lines}
        return draft_hash({"kind": "handover", "order": self.order.order, "goods": goods})


def _order_of(code: PickupCode) -> Order:
    """What the code alone tells. A PIN cannot be compared here: an identity document stands for it."""
    return Order(
        order=code.order_number,
        number=str(code.order_number),
        payment=PaymentState.PAID,
        preparation=PreparationState.READY,
        handover=HandoverState.NONE,
        lines=(),
        serial=code.serial,
        identity_check=bool(code.flags & (IDENTITY_CHECK | PIN_SET)),
        partial=bool(code.flags & PARTIAL_HANDOVER),
        is_known=False,
    )
