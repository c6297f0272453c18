"""An order at the counter before it is handed over: what is ticked, who is here, what is still missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pos_app.domain.approval import Approval
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    HandoverIncomplete,
    HandoverTooMuch,
    IdentityNeeded,
    NothingToHandOver,
    NothingToUndo,
    PickupPinNeeded,
    WrongProduct,
)
from pos_app.domain.handover import HandoverPlan, RefusedChoice, plan_handover
from pos_app.domain.money import PIECE
from pos_app.domain.order import Order, OrderLine
from pos_app.domain.policy import PickupFacts, Policy, pickup_allowed
from pos_app.domain.product import Product
from pos_app.domain.tender import TenderKind
from pos_app.domain.verdict import NeedsProof, Verdict
from pos_app.services.approvals import ApprovalNeed, Approvals, Granted, draft_hash
from pos_app.services.claims import Claims
from pos_app.services.online_checks import CheckKind
from pos_app.services.payment import Payment
from pos_app.services.pickup_proof import PickupProof, PinState
from pos_app.services.restricted import Judge
from pos_app.services.tick_outcome import TickOutcome as TickOutcome

OVER_LIMIT = "pickup.over_limit"

REFUSED_AS: Mapping[TenderKind, TenderKind] = {
    kind: TenderKind.STORE_CREDIT
    for kind in TenderKind
    if kind not in (TenderKind.POINTS, TenderKind.STORED_VALUE)
}
"""What was paid for refused items comes back as store credit: central cannot be asked (rules: Pickup)."""


class Earlier(Protocol):
    """Of one session."""

    def __call__(self, customer: str | None, *, known: bool) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class PickupDesk:
    """What a draft works with: the shop's rules, its goods, and who records.

    `feed_age` of the orders in seconds, `as_of` the instant they were last known to be up to date.
    `earlier`: đồng of the hand-overs just before, by the same customer or person.
    """

    policy: Policy
    approvals: Approvals
    find: Callable[[str], Product]
    product: Callable[[str], Product | None]
    pay: Callable[[PickupDraft, HandoverPlan, tuple[Approval, ...]], Payment]
    today: date
    feed_age: int
    claims: Claims
    as_of: datetime | None
    judged: Judge
    earlier: Earlier


class PickupDraft:
    """One order in work. Nothing is written before the Payment completes; leaving it costs nothing."""

    def __init__(self, order: Order, card: CustomerCard | None, proof: PickupProof, desk: PickupDesk) -> None:
        self.order = order
        self.card = card
        self.proof = proof
        self.ticked: dict[int, int] = {}
        self.refused: dict[int, RefusedChoice] = {}
        self.collector: tuple[str, str] | None = None
        self.claims = desk.claims
        self._desk = desk
        self._approvals: list[Approval] = []
        self._answered: tuple[Approval, ...] = ()
        self._before: list[tuple[dict[int, int], dict[int, RefusedChoice]]] = []

    @property
    def is_checked(self) -> bool:
        """Whether central's yes covers a commit at this moment."""
        return self.claims.covers(CheckKind.HANDOVER, str(self.order.order))

    def check_still_allowed(self) -> None:
        """At the commit: where a claim has ended since, the policy decides again.

        Raises ApprovalRequired, PolicyRefused.
        """
        if not self._answered:
            self._desk.approvals.settle(self.needs_approval, None, self.draft_hash)

    @property
    def as_of(self) -> datetime | None:
        """How old what is shown is."""
        return self._desk.as_of

    # --- ticking -------------------------------------------------------------------------------
    def scan(self, text: str) -> TickOutcome:
        """One piece of an ordered line. Raises WrongProduct, HandoverTooMuch, ProductUnknownHere."""
        product = self._desk.find(text)
        lines = [line for line in self.order.lines if line.product == product.id]
        if not lines:
            raise WrongProduct(name=product.name, number=self.order.number)
        open_lines = [line for line in lines if self.open_of(line) > 0]
        return self.tick((open_lines or lines)[0].no)

    def tick(self, line_no: int) -> TickOutcome:
        """One piece more, by hand; of weighed goods all of it. Raises HandoverTooMuch, LineUnknown."""
        line = self.order.line(line_no)
        open_ = self.open_of(line)
        if open_ <= 0:
            done = self.ticked.get(line_no, 0)
            raise HandoverTooMuch(line=line_no, name=line.name, quantity=done + PIECE, most=done)
        self._remember()
        more = PIECE if line.left % PIECE == 0 else open_
        self.ticked[line_no] = self.ticked.get(line_no, 0) + more
        return self._outcome(line)

    def untick(self, line_no: int) -> None:
        """The line stays here after all."""
        if self.ticked.get(line_no):
            self._remember()
            del self.ticked[line_no]

    def refuse(self, line_no: int, reason: str = "not_wanted") -> None:
        """The customer does not want what is not ticked of this line. Raises NothingToHandOver."""
        line = self.order.line(line_no)
        quantity = line.left - self.ticked.get(line_no, 0)
        if quantity <= 0:
            raise NothingToHandOver(order=self.order.order)
        self._remember()
        self.refused[line_no] = RefusedChoice(quantity, reason)

    def accept(self, line_no: int) -> None:
        """Takes a refusal back."""
        if line_no in self.refused:
            self._remember()
            del self.refused[line_no]

    def undo(self) -> None:
        """Takes the last tick or refusal back. Raises NothingToUndo."""
        if not self._before:
            raise NothingToUndo()
        self.ticked, self.refused = self._before.pop()

    @property
    def can_undo(self) -> bool:
        return bool(self._before)

    def open_of(self, line: OrderLine) -> int:
        """Thousandths neither ticked nor refused nor gone."""
        refused = self.refused.get(line.no)
        return line.left - self.ticked.get(line.no, 0) - (0 if refused is None else refused.quantity)

    @property
    def wanted(self) -> int:
        """Thousandths that are to leave now."""
        return sum(line.left for line in self.order.lines)

    @property
    def missing(self) -> int:
        """Thousandths neither ticked nor refused."""
        return sum(self.open_of(line) for line in self.order.lines)

    def _remember(self) -> None:
        self._before.append((dict(self.ticked), dict(self.refused)))

    def _outcome(self, line: OrderLine) -> TickOutcome:
        ticked = self.ticked.get(line.no, 0)
        return TickOutcome(line.no, line.name, ticked, line.left, self.missing)

    # --- who is here ---------------------------------------------------------------------------
    @property
    def pin_state(self) -> PinState:
        return self.proof.pin_state

    def enter_pin(self, pin: str) -> None:
        """What the customer says. Raises PickupPinWrong (`tries_left`)."""
        self.proof.enter_pin(pin)

    def confirm_identity(self, granted: Granted | None = None, *, instead_of_pin: bool = False) -> None:
        """An identity document was seen. In place of the PIN only with a manager: ApprovalRequired."""
        replaces = instead_of_pin or self.pin_state is PinState.BLOCKED
        if replaces:
            need = self._desk.approvals.check_right(OVER_LIMIT)
            self._approvals += self._desk.approvals.settle(need, granted, self.identity_hash)
        self.proof.saw_identity(instead_of_pin=replaces)

    @property
    def identity_hash(self) -> str:
        """What an approval of an identity in place of the PIN is bound to."""
        return draft_hash({"kind": "handover_identity", "order": self.order.order})

    @property
    def needs_identity(self) -> bool:
        """The order asks for it, it is above the limit without a PIN, or nothing else proves the person."""
        if self.proof.identity_seen:
            return False
        if self.order.identity_check or isinstance(self.verdict(), NeedsProof):
            return True
        return not self.proof.is_enough and self.pin_state is PinState.NONE

    def set_collector(self, name: str, relation: str) -> None:
        """Somebody else fetches it: both go into the private part. An empty name takes it back."""
        self.collector = (name.strip(), relation.strip()) if name.strip() else None

    # --- money and the way out -----------------------------------------------------------------
    def plan(self, *, partial: bool = False) -> HandoverPlan:
        """Figures of what is ticked, or of everything that is not refused. Raises NothingToHandOver."""
        quantities = self.ticked if partial else self._everything()
        return plan_handover(
            self.order, quantities, self.refused, vat_rates=self._rates(), instead=REFUSED_AS
        )

    @property
    def due_now(self) -> int:
        """đồng still to be collected when everything not refused goes out."""
        if not any(self._everything().values()):
            return 0
        return self.plan().due

    def _everything(self) -> dict[int, int]:
        return {line.no: self.ticked.get(line.no, 0) + self.open_of(line) for line in self.order.lines}

    def _rates(self) -> dict[int, int]:
        """VAT in force on the day of the hand-over; the order's where the goods are not known here."""
        found = {line.no: self._desk.product(line.product) for line in self.order.lines}
        return {no: product.vat_at(self._desk.today) for no, product in found.items() if product is not None}

    def verdict(self) -> Verdict:
        """The offline policy on this order, as things stand."""
        facts = PickupFacts(
            online=self.is_checked,
            is_known=True,
            value=self.order.total,
            amount_due=self.order.amount_due,
            feed_age=self._desk.feed_age,
            identity_seen=self.proof.is_person_known,
            earlier=self._desk.earlier(self.order.person.id, known=True),
        )
        return pickup_allowed(self._desk.policy, facts)

    @property
    def needs_approval(self) -> ApprovalNeed | None:
        """Raises PolicyRefused above a hard limit."""
        verdict = self.verdict()
        if isinstance(verdict, NeedsProof):
            return None
        judged = self._desk.judged(verdict, self.order.total, is_checked=self.is_checked)
        return self._desk.approvals.need(OVER_LIMIT, judged, self.order.total)

    @property
    def draft_hash(self) -> str:
        """What an approval of this hand-over is bound to."""
        return draft_hash(
            {
                "kind": "handover",
                "order": self.order.order,
                "ticked": {str(no): quantity for no, quantity in self.ticked.items()},
                "refused": {str(no): choice.quantity for no, choice in self.refused.items()},
            }
        )

    def check(self, *, partial: bool = False) -> None:
        """Raises what is missing first: goods, PIN, identity."""
        if partial and (not self.order.partial or not self.ticked):
            raise HandoverIncomplete(missing=self.missing, may_be_partial=self.order.partial)
        if not partial and self.missing:
            raise HandoverIncomplete(missing=self.missing, may_be_partial=self.order.partial)
        if not self.proof.is_pin_settled:
            raise PickupPinNeeded(number=self.order.number)
        if self.needs_identity:
            verdict = self.verdict()
            proof = verdict if isinstance(verdict, NeedsProof) else None
            raise IdentityNeeded(
                number=self.order.number,
                asked=None if proof is None else proof.asked,
                most=None if proof is None else proof.most,
            )

    def begin_payment(self, granted: Granted | None = None, *, partial: bool = False) -> Payment:
        """To collect what is due, or to hand over at once when nothing is: `payment.complete()`.

        Raises HandoverIncomplete, PickupPinNeeded, IdentityNeeded, ApprovalRequired, PolicyRefused.
        """
        self.check(partial=partial)
        used = self._answered = self._desk.approvals.settle(self.needs_approval, granted, self.draft_hash)
        plan = self.plan(partial=partial)
        return self._desk.pay(self, plan, (*self._approvals, *used))
