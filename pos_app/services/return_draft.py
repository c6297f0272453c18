"""A receipt at the counter while goods come back: what was chosen, what it refunds, and in which form."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from pos_app.domain.approval import Approval
from pos_app.domain.errors import ReasonMissing, ReturnRefused, ReturnTooMuch
from pos_app.domain.original import OriginalLine, OriginalSale
from pos_app.domain.policy import Policy, ReturnFacts, return_allowed
from pos_app.domain.refund import RefundPlan, ReturnChoice, plan_refund, refund_part
from pos_app.domain.tender import TenderKind
from pos_app.domain.verdict import Refused
from pos_app.services.approvals import ApprovalNeed, Approvals, Granted, draft_hash
from pos_app.services.claims import Claims
from pos_app.services.online_checks import CheckKind
from pos_app.services.restricted import Judge
from pos_app.services.return_lines import LineState as LineState
from pos_app.services.return_lines import ReturnLine as ReturnLine
from pos_app.services.return_lines import TenderShare as TenderShare
from pos_app.storage.journal import Recorded
from pos_app.storage.sales import FoundSale

CONDITIONS = ("resell", "damaged", "to_supplier")
REASONS = ("wrong_size", "changed_mind", "faulty", "wrong_goods", "gift", "other")
FAULTY = "faulty"

_NOT_AT_HAND = (TenderKind.PAID_ONLINE, TenderKind.TRANSFER, TenderKind.E_WALLET, TenderKind.CARD)
"""Ways of paying that this till cannot pay back by."""


class RefundMethod(StrEnum):
    """original = each tender in its own form, as far as this till can; the others turn all into one form."""

    ORIGINAL = "original"
    CASH = "cash"
    STORE_CREDIT = "store_credit"


@dataclass(frozen=True, slots=True)
class ReturnCompleted:
    """The committed return: đồng handed out in cash, đồng as store credit whose code is the receipt's."""

    recorded: Recorded
    plan: RefundPlan
    cash: int
    credit: int
    credit_code: str | None


@dataclass(frozen=True, slots=True)
class ReturnDesk:
    """What a draft works with: the shop's rules and who records. `cash_in_shift` in đồng, before this one;
    `earlier` that of the returns just before by the same customer or person; `judged` asks for a manager
    where this till is restricted."""

    policy: Policy
    approvals: Approvals
    today: date
    is_own_store: bool
    claims: Claims
    cash_in_shift: Callable[[], int]
    earlier: Callable[[str | None], tuple[int, ...]]
    record: Callable[[ReturnDraft, RefundPlan, tuple[Approval, ...]], Recorded]
    judged: Judge


@dataclass(frozen=True, slots=True)
class _Choice:
    quantity: int
    condition: str = "resell"
    reason: str = ""
    is_faulty: bool = False


class ReturnDraft:
    """One receipt in work. Nothing is written before complete(); leaving it costs nothing."""

    def __init__(self, found: FoundSale, desk: ReturnDesk) -> None:
        self.found = found
        self.method = RefundMethod.ORIGINAL
        self.claims = desk.claims
        self.paper_code: str | None = None
        """The text of the receipt's code, where the lines are those that were entered from its paper."""
        self._desk = desk
        self._chosen: dict[int, _Choice] = {}

    @property
    def original(self) -> OriginalSale:
        """The receipt as it stands, with everything that has come back."""
        return self.found.sale

    # --- lines ---------------------------------------------------------------------------------
    def lines(self) -> list[ReturnLine]:
        """Everything sold, in the order of the receipt."""
        return [self._row(line) for line in self.original.lines]

    def state_of(self, line: OriginalLine) -> LineState:
        """By the line's own last day: later policy does not change it (rules: Returns)."""
        if line.left <= 0 or line.is_settled:
            return LineState.NOTHING_LEFT
        if line.no_return or (line.return_until is None and line.gift_of is None):
            return LineState.NO_RETURN
        if line.return_until is not None and self._desk.today > line.return_until:
            return LineState.EXPIRED
        return LineState.LAST_DAY if line.return_until == self._desk.today else LineState.RETURNABLE

    def _row(self, line: OriginalLine) -> ReturnLine:
        choice = self._chosen.get(line.no, _Choice(0))
        part = choice.quantity or line.left
        return ReturnLine(
            no=line.no,
            name=line.name,
            variant=line.variant,
            colour=line.colour,
            size=line.size,
            unit=line.unit,
            product=line.product,
            sold=line.quantity,
            left=line.left,
            until=line.return_until,
            state=self.state_of(line),
            no_return=line.no_return,
            chosen=choice.quantity,
            condition=choice.condition,
            reason=choice.reason,
            is_faulty=choice.is_faulty,
            is_gift=line.gift_of is not None,
            amount=refund_part(line.amount, line.quantity, line.returned_quantity, part),
        )

    def choose(self, line_no: int, quantity: int) -> None:
        """Thousandths; 0 takes the line out. Raises ReturnRefused (why and last day), ReturnTooMuch."""
        line = self.original.line(line_no)
        if quantity <= 0:
            self._chosen.pop(line_no, None)
            return
        choice = self._chosen.get(line_no, _Choice(0))
        if not choice.is_faulty:
            self._refuse_late(line)
        if quantity > line.left:
            raise ReturnTooMuch(line=line_no, name=line.name, quantity=quantity, most=line.left)
        self._chosen[line_no] = replace(choice, quantity=quantity)

    def faulty(self, line_no: int) -> None:
        """Faulty goods override window and exclusion; all that is left is chosen. Raises ReturnTooMuch."""
        line = self.original.line(line_no)
        if line.left <= 0 or line.is_settled:
            raise ReturnTooMuch(line=line_no, name=line.name, quantity=line.left, most=0)
        self._chosen[line_no] = _Choice(line.left, "damaged", FAULTY, is_faulty=True)

    def condition(self, line_no: int, condition: str) -> None:
        """One of CONDITIONS; only `resell` goes back into stock. Raises ReasonMissing for any other."""
        if condition not in CONDITIONS:
            raise ReasonMissing(what="return_condition", line=line_no)
        self._change(line_no, condition=condition)

    def reason(self, line_no: int, reason: str) -> None:
        """One of REASONS."""
        if reason not in REASONS:
            raise ReasonMissing(what="return_reason", line=line_no)
        self._change(line_no, reason=reason)

    def _change(self, line_no: int, **changes: str) -> None:
        if line_no in self._chosen:
            self._chosen[line_no] = replace(self._chosen[line_no], **changes)  # type: ignore[arg-type]

    def _refuse_late(self, line: OriginalLine) -> None:
        state = self.state_of(line)
        if state in (LineState.EXPIRED, LineState.NO_RETURN):
            why = line.no_return if state is LineState.NO_RETURN and line.no_return else state.value
            raise ReturnRefused(line=line.no, name=line.name, reason=why, last_day=line.return_until)

    def choose_as(self, former: ReturnDraft) -> None:
        """Of the same receipt, opened again: what was chosen is chosen."""
        self._chosen = dict(former._chosen)
        self.method = former.method

    @property
    def is_empty(self) -> bool:
        return not self._chosen

    def chosen_of(self, line_no: int) -> int:
        """Thousandths of a line that come back."""
        return self._chosen.get(line_no, _Choice(0)).quantity

    # --- money ---------------------------------------------------------------------------------
    def plan(self) -> RefundPlan:
        """What goes back by which tender. Raises NothingToReturn, TransferUnconfirmed."""
        chosen = [
            ReturnChoice(no, choice.quantity, choice.condition, choice.reason)
            for no, choice in sorted(self._chosen.items())
        ]
        return plan_refund(self.original, chosen, self._desk.policy.cash_rounding, instead=self._forms())

    def _forms(self) -> Mapping[TenderKind, TenderKind]:
        """Own store's cash goes back as cash; what this till cannot or must not pay back, as store credit."""
        if self.method is RefundMethod.CASH:
            return dict.fromkeys(_NOT_AT_HAND, TenderKind.CASH)
        if self.method is RefundMethod.ORIGINAL and self._desk.is_own_store:
            return dict.fromkeys(_NOT_AT_HAND, TenderKind.STORE_CREDIT)
        return dict.fromkeys((*_NOT_AT_HAND, TenderKind.CASH), TenderKind.STORE_CREDIT)

    def shares(self) -> list[TenderShare]:
        """The original's tenders with what is left of each ("tối đa")."""
        refunded = self.original.refunded
        return [
            TenderShare(
                tender.no, tender.stands_as, tender.amount, tender.amount - refunded.get(tender.no, 0)
            )
            for tender in self.original.shares
        ]

    @property
    def needs_approval(self) -> ApprovalNeed | None:
        """None when this person may do it alone. Raises PolicyRefused above a hard limit."""
        approvals, plan = self._desk.approvals, self.plan()
        cash = plan.given_as(TenderKind.CASH)
        facts = ReturnFacts(
            online=self.is_checked,
            source=self.found.source,
            is_own_store=self._desk.is_own_store,
            amount=plan.amount,
            cash=cash,
            cash_in_shift=self._desk.cash_in_shift(),
            earlier=self._desk.earlier(self.original.customer) if cash else (),
        )
        approvals.require_right("return.with_receipt", plan.amount)
        verdict = return_allowed(self._desk.policy, facts)
        judged = self._desk.judged(verdict, cash, is_checked=self.is_checked)
        if cash or isinstance(judged, Refused):
            verdict = judged
        need = approvals.need("return.over_limit", verdict, cash)
        turned = -sum(
            refund.amount
            for refund in plan.refunds
            if refund.kind is TenderKind.CASH and refund.tender.stands_as is not TenderKind.CASH
        )
        if need is None and turned:
            need = approvals.check_right("return.card_as_cash", turned)
        return need

    @property
    def is_checked(self) -> bool:
        """Whether central's yes covers a commit at this moment."""
        return self.claims.covers(CheckKind.RETURN, self.key)

    @property
    def key(self) -> str:
        """What central is asked about: the document, or its place where only the code is known."""
        return self.original.doc_id or self.found.fence

    @property
    def draft_hash(self) -> str:
        """What an approval of this return is bound to."""
        lines = {
            str(no): [choice.quantity, choice.condition, choice.reason] for no, choice in self._chosen.items()
        }
        return draft_hash(
            {"kind": "return", "of": self.original.doc_id, "lines": lines, "method": self.method.value}
        )

    def complete(self, granted: Granted | None = None) -> ReturnCompleted:
        """Commit.

        Raises ReasonMissing (`line`), ApprovalRequired, ApprovalExpired, PolicyRefused, NothingToReturn.
        """
        for no, choice in self._chosen.items():
            if not choice.reason:
                raise ReasonMissing(what="return_reason", line=no)
        plan = self.plan()
        used = self._desk.approvals.settle(self.needs_approval, granted, self.draft_hash)
        recorded = self._desk.record(self, plan, used)
        credit = plan.given_as(TenderKind.STORE_CREDIT)
        return ReturnCompleted(
            recorded=recorded,
            plan=plan,
            cash=plan.given_as(TenderKind.CASH),
            credit=credit,
            credit_code=recorded.code_text if credit else None,
        )
