"""Paying: one object for the pay screen, whether it is a cart or the rest of an online order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.domain.cash import CashRounding, change_notes, quick_cash
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    CreditRefused,
    CustomerMissing,
    PointsTooMany,
    PolicyRefused,
    TenderNotOffered,
)
from pos_app.domain.points import POINT_WORTH, spendable, worth
from pos_app.domain.policy import points_allowed
from pos_app.domain.receipt_number import receipt_number
from pos_app.domain.sale import Buyer, points_json
from pos_app.domain.tender import Due, Settlement, Tender, TenderKind, settle, still_due
from pos_app.domain.verdict import Refused
from pos_app.services.credits import CreditTaken, Purse
from pos_app.services.session import Session
from pos_app.storage.journal import Recorded
from pos_app.storage.print_jobs import PrintOrder

OFFERED = (TenderKind.CASH, TenderKind.POINTS, TenderKind.STORE_CREDIT)
"""What this version takes at the counter; the other kinds are shown as not yet available."""


@dataclass(frozen=True, slots=True)
class Payable:
    """What is to be paid: đồng; `items` in thousandths; `prepaid` are tenders of earlier money.

    `record` commits the document with the settled tenders; nothing is printed before it returns.
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
    prepaid: tuple[Tender, ...] = ()
    web_credited: bool = True
    quoted: int | None = None
    number: str = ""


@dataclass(frozen=True, slots=True)
class PointsOffer:
    """`may_spend` whole points worth `worth` đồng; `balance` as shown; `reason` why not more (a code)."""

    balance: int
    may_spend: int
    worth: int
    reason: str | None = None


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
    """The committed act: what the thank-you shows until the next scan."""

    recorded: Recorded
    total: int
    change: int
    notes: tuple[int, ...]
    points_earned: int


class Payment:
    """Collects tenders until nothing is due. Nothing is committed before complete()."""

    def __init__(self, session: Session, purse: Purse, payable: Payable) -> None:
        self._session = session
        self._customers = purse.customers
        self._credits = purse.credits
        self.payable = payable
        self._tenders: list[Tender] = []

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
        card = self.payable.customer
        if card is None:
            raise CustomerMissing()
        known = self._customers.by_id(card.id) or card
        taken = sum(t.amount for t in self._tenders if t.kind is TenderKind.POINTS) // POINT_WORTH
        online = self._session.can_check_online
        verdict = points_allowed(self._session.policy, self._session.feed_age_s("customers"), online=online)
        if isinstance(verdict, Refused):
            return PointsOffer(known.balance - taken, 0, 0, verdict.reason)
        cap = self._session.policy.points_cap(online=online)
        snapshot = self._customers.snapshot_balance(card.id)
        may = spendable(snapshot, self.due + worth(taken), self._customers.spent_since(known), cap)
        may = max(min(may, known.balance) - taken, 0)
        left = known.balance - taken
        is_capped = may < min(left, self.due // POINT_WORTH)
        return PointsOffer(left, may, worth(may), "points_offline_cap" if is_capped else None)

    def add_points(self, points: int) -> None:
        """Raises CustomerMissing, PointsTooMany, PolicyRefused."""
        offer = self.points_offer()
        if offer.may_spend == 0 and offer.reason:
            raise PolicyRefused(reason=offer.reason, asked=points, most=0)
        if not 0 < points <= offer.may_spend:
            raise PointsTooMany(asked=points, most=offer.may_spend, balance=offer.balance)
        self._add(Tender(0, TenderKind.POINTS, worth(points)))

    # --- store credit --------------------------------------------------------------------------
    def add_credit(self, text: str) -> CreditTaken:
        """The paper of an own return, scanned or its number typed: pays what is due, the rest stays on it.

        Raises CodeRefused, CreditRefused (`reason`).
        """
        paper = self._credits.find(text)
        taken = {tender.reference for tender in self._credit_tenders}
        open_accounts = [(account, left) for account, left in paper.accounts if account not in taken]
        if not open_accounts:
            raise CreditRefused(reason="credit_taken", receipt_no=paper.receipt_no)
        if self.can_complete:
            raise CreditRefused(reason="credit_not_needed", receipt_no=paper.receipt_no, left=paper.left)
        before = self.due
        for account, left in open_accounts:
            amount = min(left, self.due)
            if amount:
                self._add(Tender(0, TenderKind.STORE_CREDIT, amount, reference=account))
        paid = before - self.due
        return CreditTaken(paper.receipt_no, paid, sum(left for _account, left in open_accounts) - paid)

    def credit_number(self, count: int) -> str:
        """The number of an own paper of which only the count was typed."""
        own = self._session.identity
        return receipt_number(own.store_code, own.till_number, own.epoch, count)

    def credit_of(self, tender: Tender) -> CreditTaken:
        """What a store credit tender of this payment leaves on its paper."""
        account = tender.reference or ""
        return CreditTaken(
            self._credits.paper_of(account), tender.amount, self._credits.left(account) - tender.amount
        )

    @property
    def _credit_tenders(self) -> list[Tender]:
        return [tender for tender in self._tenders if tender.kind is TenderKind.STORE_CREDIT]

    def _check_credit(self) -> None:
        for tender in self._credit_tenders:
            taken = self.credit_of(tender)
            if taken.left < 0:
                raise CreditRefused(reason="credit_used_up", receipt_no=taken.receipt_no)

    def offer(self, kind: TenderKind) -> None:
        """Raises TenderNotOffered for what this version does not take."""
        if kind not in OFFERED:
            raise TenderNotOffered(kind=kind.value)

    # --- the list ------------------------------------------------------------------------------
    def remove(self, no: int) -> None:
        """Give a tender back before anything was committed."""
        self._tenders = [tender for tender in self._tenders if tender.no != no]

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
        self._check_credit()
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
        )
