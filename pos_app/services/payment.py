"""Paying: one object for the pay screen, whether it is a cart or the rest of an online order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.domain.approval import Approval
from pos_app.domain.cash import CashRounding, change_notes, quick_cash
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    TenderNotOffered,
)
from pos_app.domain.points import POINT_WORTH, worth
from pos_app.domain.receipt_number import receipt_number
from pos_app.domain.sale import Buyer, points_json
from pos_app.domain.tender import Due, Settlement, Tender, TenderKind, settle, still_due
from pos_app.services.approvals import draft_hash
from pos_app.services.claims import Claims
from pos_app.services.credits import CreditTaken, Purse
from pos_app.services.given_vouchers import value_given
from pos_app.services.paper_money import PaperMoney
from pos_app.services.points_spending import PointsOffer as PointsOffer
from pos_app.services.points_spending import PointsSpending
from pos_app.services.restricted import check_tenders
from pos_app.services.session import Session
from pos_app.storage.journal import Recorded
from pos_app.storage.print_jobs import PrintOrder

OFFERED = (TenderKind.CASH, TenderKind.POINTS, TenderKind.STORE_CREDIT, TenderKind.STORED_VALUE)
"""What this version takes at the counter; the other kinds are shown as not yet available."""


@dataclass(frozen=True, slots=True)
class Payable:
    """What is to be paid: đồng; `items` in thousandths; `prepaid` are tenders of earlier money.

    `record` commits the document with the settled tenders; nothing is printed before it returns. `claims` are
    the document's (protocol §9); `allow` puts an approval given while paying into it.
    `quoted` is the total the screen showed before Pay was pressed.
    """

    kind: str
    customer: CustomerCard | None
    buyer: Buyer | None
    items: int
    goods: int
    discount: int
    total: int
    record: Callable[[Settlement, tuple[PrintOrder, ...]], Recorded]
    claims: Claims
    prepaid: tuple[Tender, ...] = ()
    web_credited: bool = True
    quoted: int | None = None
    number: str = ""
    allow: Callable[[Approval], None] = lambda _approval: None


@dataclass(frozen=True, slots=True)
class CashPreview:
    """What handing over `tendered` đồng would mean now."""

    tendered: int
    due: int
    rounding: int
    change: int
    short: int
    notes: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Completed:
    """The committed act: what the thank-you shows until the next scan. `given` in đồng: counter vouchers
    handed out with it."""

    recorded: Recorded
    total: int
    change: int
    notes: tuple[int, ...]
    points_earned: int
    given: int = 0


class Payment:
    """Collects tenders until nothing is due. Nothing is committed before complete()."""

    def __init__(self, session: Session, purse: Purse, payable: Payable) -> None:
        self._session = session
        self._spending = PointsSpending(session, purse, payable.claims, payable.customer)
        self._papers = PaperMoney(payable.claims, purse.credits, purse.gift_cards)
        self.payable = payable
        self._tenders: list[Tender] = []
        self._allowed: set[str] = set()

    # --- what is due ---------------------------------------------------------------------------
    @property
    def tenders(self) -> tuple[Tender, ...]:
        """Taken at this counter, in order; earlier money is in `payable.prepaid`."""
        return tuple(self._tenders)

    @property
    def due(self) -> int:
        """Still open, before rounding."""
        return self._due().left

    @property
    def cash_due(self) -> int:
        """Still open if cash closes it."""
        return self._due().cash

    @property
    def rounding(self) -> int:
        """What rounding takes off when cash closes the sale now (≤ 0 in favour of the customer)."""
        return self.cash_due - self.due if self.due else 0

    @property
    def quick(self) -> tuple[int, ...]:
        return quick_cash(self.cash_due)

    @property
    def can_complete(self) -> bool:
        return self.due == 0 or self.cash_due == 0

    @property
    def points_earned(self) -> int:
        """What the customer would earn if cash closed it now."""
        settlement = self._settle(self._closing_cash())
        entries = points_json(
            self.payable.buyer,
            settlement.tenders,
            settlement.rounding,
            web_credited=self.payable.web_credited,
        )
        return sum(entry["delta"] for entry in entries if entry["why"] == "earned")

    def _due(self) -> Due:
        return still_due(self.payable.total, [*self.payable.prepaid, *self._tenders], self._rounding)

    @property
    def _rounding(self) -> CashRounding:
        return self._session.policy.cash_rounding

    # --- cash ----------------------------------------------------------------------------------
    def preview_cash(self, tendered: int) -> CashPreview:
        """For the two large figures: still due and change."""
        due = self.cash_due
        change = max(tendered - due, 0)
        return CashPreview(
            tendered, due, self.rounding, change, max(due - tendered, 0), tuple(change_notes(change))
        )

    def add_cash(self, tendered: int) -> None:
        """Cash on the counter; less than is due is a part, the rest is paid another way."""
        if tendered <= 0:
            raise TenderNotOffered(kind="cash", amount=tendered)
        self._add(Tender(0, TenderKind.CASH, tendered=tendered))

    # --- points --------------------------------------------------------------------------------
    def points_offer(self) -> PointsOffer:
        """How many points may be spent now. Raises CustomerMissing."""
        return self._spending.offer(self.due, self._points)

    def add_points(self, points: int) -> None:
        """Raises AskCentral, CustomerMissing, PointsTooMany, PolicyRefused, ApprovalRequired."""
        self._spending.check(points, self.due, self._points)
        self._take(Tender(0, TenderKind.POINTS, worth(points)))

    @property
    def _points(self) -> int:
        """Taken in this payment."""
        return sum(t.amount for t in self._tenders if t.kind is TenderKind.POINTS) // POINT_WORTH

    # --- store credit and gift cards -----------------------------------------------------------
    def add_credit(self, text: str) -> CreditTaken:
        """The paper of a return, or a gift card, scanned or typed: pays what is due, the rest stays on it.

        Raises what PaperMoney.take raises, AskCentral among it, and ApprovalRequired.
        """
        taken = frozenset(tender.reference for tender in self._tenders if tender.reference)
        papers = self._papers.take(text, 0 if self.can_complete else self.due, taken)
        self._take(*[Tender(0, one.kind, one.taken.amount, reference=one.reference) for one in papers])
        return CreditTaken(
            papers[0].taken.receipt_no,
            sum(paper.taken.amount for paper in papers),
            sum(paper.taken.left for paper in papers),
            papers[0].kind,
        )

    def credit_number(self, count: int) -> str:
        """The number of an own paper of which only the count was typed."""
        own = self._session.identity
        return receipt_number(own.store_code, own.till_number, own.epoch, count)

    def credit_of(self, tender: Tender) -> CreditTaken:
        """What a store credit or gift card tender of this payment leaves on its paper."""
        return self._papers.left_on(tender)

    def _check_claims(self) -> None:
        """What central has said yes to may have run out since: the policy judges it again (protocol §9)."""
        for tender in self._tenders:
            self._papers.check(tender)
        self._spending.check_taken(self.due, self._points)

    def offer(self, kind: TenderKind) -> None:
        """Raises TenderNotOffered for what this version does not take."""
        if kind not in OFFERED:
            raise TenderNotOffered(kind=kind.value)

    # --- the list ------------------------------------------------------------------------------
    def remove(self, no: int) -> None:
        """Give a tender back before anything was committed."""
        for tender in self._tenders:
            if tender.no == no:
                self._give_back(tender)
        self._tenders = [tender for tender in self._tenders if tender.no != no]

    def leave(self) -> None:
        """Nothing is paid: what was claimed for the tenders is free again."""
        for tender in self._tenders:
            self._give_back(tender)

    def _give_back(self, tender: Tender) -> None:
        if tender.kind is TenderKind.POINTS:
            self._spending.give_back()
        self._papers.give_back(tender)

    def allow(self, approval: Approval) -> None:
        """A second person has answered for what a restricted till takes (protocol §8)."""
        self._allowed.add(approval.right)
        self.payable.allow(approval)

    @property
    def draft_hash(self) -> str:
        """What an approval while paying is bound to."""
        return draft_hash(
            {"kind": "payment", "doc_id": self.payable.claims.doc_id, "total": self.payable.total}
        )

    def _take(self, *tenders: Tender) -> None:
        check_tenders(self._session, tenders, self.payable.claims, self._allowed)
        for tender in tenders:
            self._add(tender)

    def _add(self, tender: Tender) -> None:
        used = [taken.no for taken in (*self.payable.prepaid, *self._tenders)]
        self._tenders.append(replace(tender, no=max(used, default=0) + 1))

    def _closing_cash(self) -> list[Tender]:
        due = self.cash_due
        last = max((t.no for t in (*self.payable.prepaid, *self._tenders)), default=0)
        extra = [Tender(last + 1, TenderKind.CASH, tendered=due)] if self.due else []
        return [*self.payable.prepaid, *self._tenders, *extra]

    def _settle(self, tenders: list[Tender]) -> Settlement:
        return settle(self.payable.total, tenders, self._rounding)

    def _handed(self, tendered: int) -> list[Tender]:
        """With the cash of this moment; a rest that rounding waives is closed by cash of nothing."""
        tenders = [*self.payable.prepaid, *self._tenders]
        waived = self.due > 0 and self.cash_due == 0
        if tendered > 0 or (waived and not any(one.kind is TenderKind.CASH for one in self._tenders)):
            last = max((tender.no for tender in tenders), default=0)
            tenders.append(Tender(last + 1, TenderKind.CASH, tendered=tendered))
        return tenders

    # --- done ----------------------------------------------------------------------------------
    def complete(self, tendered: int = 0, *, receipt: bool = True) -> Completed:
        """Commit. `tendered` is cash typed but not yet added.

        Raises CashTooLittle, TenderMissing, CreditRefused (spent meanwhile), and DiskFull and the like:
        then nothing has happened.
        """
        self._check_claims()
        check_tenders(self._session, self._tenders, self.payable.claims, self._allowed)
        settlement = self._settle(self._handed(tendered))
        takes_cash = any(tender.tendered for tender in settlement.tenders)
        jobs = (PrintOrder("receipt", drawer=takes_cash),) if receipt else ()
        if takes_cash and not receipt:
            jobs = (PrintOrder("drawer", drawer=True),)
        recorded = self.payable.record(settlement, jobs)
        points = points_json(
            self.payable.buyer,
            settlement.tenders,
            settlement.rounding,
            web_credited=self.payable.web_credited,
        )
        return Completed(
            recorded,
            self.payable.total,
            settlement.change,
            tuple(change_notes(settlement.change)),
            sum(entry["delta"] for entry in points if entry["why"] == "earned"),
            value_given(recorded),
        )
