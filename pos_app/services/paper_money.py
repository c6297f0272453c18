"""Store credit and gift cards of one payment: what a paper pays, by central's word or the own journal."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.domain.errors import (
    CodeRevoked,
    CreditRefused,
    NotEnoughLeft,
    PolicyRefused,
    PosError,
    UnknownAtCentral,
    UsedElsewhere,
)
from pos_app.domain.tender import Tender, TenderKind
from pos_app.services.claims import Claims
from pos_app.services.credits import Credits, CreditTaken
from pos_app.services.gift_cards import GiftCards
from pos_app.services.online_checks import CheckKind, Verdict

_FOREIGN = ("credit_other_till", "credit_unknown_here")


@dataclass(frozen=True, slots=True)
class Paper:
    """What is taken from a paper: the tender to be, and what is said about it."""

    kind: TenderKind
    reference: str
    taken: CreditTaken


def is_covered(tender: Tender, claims: Claims) -> bool:
    """Whether central has said yes to what this tender spends; money that nobody keeps a balance of has."""
    reference = tender.reference or ""
    match tender.kind:
        case TenderKind.POINTS:
            return claims.covers_any(CheckKind.POINTS)
        case TenderKind.STORED_VALUE:
            return claims.covers(CheckKind.VOUCHER, reference, tender.amount)
        case TenderKind.STORE_CREDIT:
            return claims.covers(CheckKind.CREDIT, reference, tender.amount)
    return True


class PaperMoney:
    """Asks central first; without it a till spends only what its own journal has put into an account."""

    def __init__(self, claims: Claims, store_credit: Credits, gift_cards: GiftCards) -> None:
        self._claims = claims
        self._credits = store_credit
        self._gift_cards = gift_cards
        self._left: dict[str, CreditTaken] = {}

    def take(self, text: str, due: int, taken: frozenset[str]) -> list[Paper]:
        """By what was scanned or typed. `due` in đồng; `taken`: references of tenders already taken.

        Raises AskCentral, CodeRefused, CreditRefused, UsedElsewhere, NotEnoughLeft, UnknownAtCentral,
        CodeRevoked, PolicyRefused, and the VoucherRefused family for a gift card.
        """
        serial = self._gift_cards.serial_of(text)
        if serial is not None:
            return [self._gift_card(serial, _needed(due), taken)]
        try:
            paper = self._credits.find(text)
        except CreditRefused as refused:
            if refused.fields["reason"] not in _FOREIGN:
                raise
            return [self._credit_elsewhere(text, _needed(due), taken, refused)]
        accounts = [(account, left) for account, left in paper.accounts if account not in taken]
        if not accounts:
            raise CreditRefused(reason="credit_taken", receipt_no=paper.receipt_no)
        return self._own(paper.receipt_no, accounts, _needed(due, paper.receipt_no, paper.left))

    def left_on(self, tender: Tender) -> CreditTaken:
        """What a tender of this payment leaves on its paper."""
        reference = tender.reference or ""
        said = self._left.get(reference)
        if said is not None:
            return said
        left = self._credits.left(reference) - tender.amount
        return CreditTaken(self._credits.paper_of(reference), tender.amount, left, tender.kind)

    def check(self, tender: Tender) -> None:
        """At the commit. Raises CreditRefused, PolicyRefused for what a claim covers no longer."""
        if is_covered(tender, self._claims):
            return
        if tender.kind is TenderKind.STORED_VALUE:
            raise PolicyRefused(reason="stored_value_offline", asked=tender.amount, most=0)
        account = tender.reference or ""
        if tender.kind is TenderKind.STORE_CREDIT and self._credits.left(account) < tender.amount:
            paper = self._credits.paper_of(account)
            raise CreditRefused(reason="credit_used_up" if paper else "credit_other_till", receipt_no=paper)

    def give_back(self, tender: Tender) -> None:
        """The tender was taken off: others may have it."""
        self._left.pop(tender.reference or "", None)
        kinds = {TenderKind.STORED_VALUE: CheckKind.VOUCHER, TenderKind.STORE_CREDIT: CheckKind.CREDIT}
        kind = kinds.get(tender.kind)
        if kind is not None:
            self._claims.drop(kind, tender.reference or "")

    # --- gift cards ----------------------------------------------------------------------------
    def _gift_card(self, serial: str, due: int, taken: frozenset[str]) -> Paper:
        verdict = self._most(CheckKind.VOUCHER, serial, due)
        if verdict is None:
            raise PolicyRefused(reason="stored_value_offline", asked=due, most=0)
        if verdict.key in taken:
            raise CreditRefused(reason="credit_taken")
        if verdict.terms is None or verdict.terms["kind"] != "stored":
            raise CreditRefused(reason="credit_not_paper")
        return self._said(TenderKind.STORED_VALUE, verdict, due, "")

    # --- store credit --------------------------------------------------------------------------
    def _own(self, receipt_no: str, accounts: list[tuple[str, int]], due: int) -> list[Paper]:
        """Central may know of what another till has spent; a return it has not seen yet is the journal's."""
        papers = []
        for account, left in accounts:
            amount = min(left, due)
            if amount <= 0:
                break
            verdict = self._most(CheckKind.CREDIT, account, amount, is_own=True)
            if verdict is None:
                said = CreditTaken(receipt_no, amount, left - amount)
                papers.append(Paper(TenderKind.STORE_CREDIT, account, said))
            else:
                papers.append(self._said(TenderKind.STORE_CREDIT, verdict, amount, receipt_no))
            due -= papers[-1].taken.amount
        return papers

    def _credit_elsewhere(self, text: str, due: int, taken: frozenset[str], refused: CreditRefused) -> Paper:
        verdict = self._most(CheckKind.CREDIT, text.strip(), due)
        if verdict is None:
            raise refused
        if verdict.key in taken:
            raise CreditRefused(reason="credit_taken")
        return self._said(TenderKind.STORE_CREDIT, verdict, due, text.strip() if len(text) < 20 else "")

    # --- asking --------------------------------------------------------------------------------
    def _said(self, kind: TenderKind, verdict: Verdict, due: int, receipt_no: str) -> Paper:
        amount = min(due, verdict.balance)
        said = CreditTaken(receipt_no, amount, verdict.balance - amount, kind)
        self._left[verdict.key] = said
        return Paper(kind, verdict.key, said)

    def _most(self, kind: CheckKind, key: str, due: int, *, is_own: bool = False) -> Verdict | None:
        """A yes to `due`, or to what is left if that is less; None when central is silent."""
        verdict = self._claims.verdict(kind, key, due)
        if verdict is not None and verdict.word == "insufficient" and verdict.balance:
            less = self._claims.verdict(kind, key, verdict.balance)
            verdict = verdict if less is None else less
        if verdict is None or verdict.is_ok:
            return verdict
        if is_own and verdict.word == "unknown":
            return None
        raise _refusal(kind, verdict, due)


def _needed(due: int, receipt_no: str = "", left: int | None = None) -> int:
    if due <= 0:
        raise CreditRefused(reason="credit_not_needed", receipt_no=receipt_no, left=left)
    return due


def _refusal(kind: CheckKind, verdict: Verdict, asked: int) -> PosError:
    reason = kind.value
    match verdict.word:
        case "unknown":
            return UnknownAtCentral(reason=reason)
        case "revoked" | "cancelled":
            if kind is CheckKind.CREDIT:
                return CreditRefused(reason="credit_revoked")
            return CodeRevoked(serial=verdict.key)
        case "insufficient":
            return NotEnoughLeft(reason=reason, asked=asked, left=verdict.balance)
    return UsedElsewhere(reason=reason, holder=verdict.holder)
