"""Counter vouchers as goodwill: one of the blanks that central has signed for this till, with a reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import NoBlanksLeft, ReasonMissing
from pos_app.services.approvals import ApprovalNeed, Approvals, Granted, draft_hash
from pos_app.services.blanks_at_hand import BlanksAtHand
from pos_app.services.restricted import check_more_than_sales
from pos_app.services.session import Session
from pos_app.storage.blanks import Blank
from pos_app.storage.journal import Journal, Recorded
from pos_app.storage.print_jobs import PrintOrder
from pos_app.storage.vouchers import VoucherStore


@dataclass(frozen=True, slots=True)
class GoodwillStores:
    """Where blanks come from, and where it is written."""

    blanks: BlanksAtHand
    vouchers: VoucherStore
    journal: Journal


@dataclass(frozen=True, slots=True)
class GoodwillOffer:
    """Blanks of one campaign and value: `value` in đồng, `left` = how many this till still holds."""

    campaign: int
    name: str
    value: int
    left: int


class Goodwill:
    """One blank a document."""

    def __init__(self, session: Session, stores: GoodwillStores, approvals: Approvals) -> None:
        self._session = session
        self._stores = stores
        self._approvals = approvals

    def offers(self) -> list[GoodwillOffer]:
        """What may be handed out, the smallest value first. Raises NoBlanksLeft when there is nothing."""
        counts = Counter((blank.value, blank.campaign) for blank in self._stores.blanks.free())
        if not counts:
            raise NoBlanksLeft()
        return [
            GoodwillOffer(campaign, self._name(campaign), value, left)
            for (value, campaign), left in sorted(counts.items())
        ]

    def need(self, offer: GoodwillOffer) -> ApprovalNeed | None:
        """None for who may do it alone; above a person's own limit somebody else's approval."""
        return self._approvals.check_right("voucher.goodwill", offer.value)

    @staticmethod
    def draft_hash(offer: GoodwillOffer, reason: str) -> str:
        """What an approval is bound to."""
        return draft_hash(
            {
                "kind": DocumentKind.VOUCHER_ISSUE.value,
                "campaign": offer.campaign,
                "value": offer.value,
                "reason": reason.strip(),
            }
        )

    def issue(self, offer: GoodwillOffer, reason: str, granted: Granted | None = None) -> Recorded:
        """One of them is somebody's now, and printed. Its code travels in the private part: it is money.

        Raises NoOpenShift, ReasonMissing, NoBlanksLeft, ApprovalRequired, StaffNotAllowed.
        """
        self._session.require_shift()
        check_more_than_sales(self._session)
        words = reason.strip()
        if not words:
            raise ReasonMissing(what=DocumentKind.VOUCHER_ISSUE.value)
        used = self._approvals.settle(self.need(offer), granted, self.draft_hash(offer, words))
        blank = self._one_of(offer)
        payload = {
            "serial": blank.serial,
            "campaign": blank.campaign,
            "value": blank.value,
            "reason": words,
            "approvals": [approval.to_json() for approval in used],
        }
        draft = self._session.draft(
            DocumentKind.VOUCHER_ISSUE.value,
            payload,
            private={"code": blank.text},
            approver=used[0].by if used else None,
            print_jobs=(PrintOrder("receipt"),),
        )
        return self._stores.journal.record(draft)

    def _one_of(self, offer: GoodwillOffer) -> Blank:
        for blank in self._stores.blanks.free(offer.campaign):
            if blank.value == offer.value:
                return blank
        raise NoBlanksLeft()

    def _name(self, campaign: int) -> str:
        known = self._stores.vouchers.campaign(campaign)
        return "" if known is None else known.name
