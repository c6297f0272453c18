"""Counter vouchers that a sale earns: blanks that go out with it, on a paper of their own."""

from __future__ import annotations

from typing import Any

from pos_app.domain.canonical import parse_body
from pos_app.services.blanks_at_hand import BlanksAtHand
from pos_app.services.session import Session
from pos_app.storage.blanks import Blank
from pos_app.storage.journal import Recorded
from pos_app.storage.vouchers import VoucherStore

_WHAT = {"stored": "gift_card"}


class GivenVouchers:
    """One a campaign and sale, as the campaign says (domain.giving). Held none: the sale goes on without.

    A restricted till gives none: an old copy of its journal does not know which it has given (protocol §8).
    """

    def __init__(self, session: Session, vouchers: VoucherStore, blanks: BlanksAtHand) -> None:
        self._session = session
        self._vouchers = vouchers
        self._blanks = blanks

    def for_sale(self, total: int) -> list[Blank]:
        """What a sale of `total` đồng hands out now."""
        if self._session.standing.is_restricted:
            return []
        at = self._session.now
        earned = [
            campaign.no
            for campaign in self._vouchers.giving()
            if campaign.gives is not None and campaign.gives.is_earned(total, at)
        ]
        return [blank for no in earned for blank in self._blanks.free(no)[:1]]


def issued_json(blank: Blank, customer: str | None) -> dict[str, Any]:
    """An entry of `issued`. The code is money and travels in the private part alone."""
    body: dict[str, Any] = {
        "what": _WHAT.get(blank.kind, "voucher"),
        "serial": blank.serial,
        "campaign": blank.campaign,
        "value": blank.value,
    }
    return body if customer is None else body | {"customer": customer}


def codes_of(blanks: list[Blank]) -> dict[str, Any] | None:
    """The private part of a document that hands them out: code texts by serial."""
    return {"issued": {blank.serial: blank.text for blank in blanks}} if blanks else None


def value_given(recorded: Recorded) -> int:
    """Đồng of what a document just written has handed out."""
    if b'"issued"' not in recorded.body:
        return 0
    body: dict[str, Any] = parse_body(recorded.body)
    return sum(entry["value"] for entry in body["payload"].get("issued", ()))
