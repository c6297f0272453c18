"""Codes and keys that a feed of revocations has taken out, at a till that cannot ask (protocol §7)."""

from __future__ import annotations

import pytest

from pos_app.domain.codes import encode
from pos_app.domain.errors import CodeRefused, CustomerUnknownHere
from pos_app.domain.signed_codes import MemberCode
from pos_app.domain.signing import signer
from tests.support.sell_desk import SHOE, SellDesk, voucher_code
from tests.support.till_files import ISSUING_SEED, TENANT

LONG_AGO = {"at": "2026-11-13T00:00:00+00:00", "reason": "lost"}
CARD = 1234567890123456789


def card() -> str:
    return encode(MemberCode(key_id=1, serial=CARD, version=1), signer(ISSUING_SEED), TENANT)


def test_a_member_card_finds_its_customer(desk: SellDesk) -> None:
    assert desk.services.scans.scan(card()).name == "Hoa N."


def test_a_lost_card_finds_nobody(desk: SellDesk) -> None:
    desk.counter.till.feed("revocations", {f"code/{CARD}": LONG_AGO})
    with pytest.raises(CustomerUnknownHere):
        desk.services.scans.scan(card())


@pytest.mark.parametrize("code", [card(), voucher_code()], ids=["card", "voucher"])
def test_nothing_counts_that_a_revoked_key_has_signed(desk: SellDesk, code: str) -> None:
    """Before the next keyset says so too."""
    desk.scan(SHOE)
    desk.counter.till.feed("revocations", {"key/1": LONG_AGO})
    with pytest.raises(CodeRefused, match="key_revoked"):
        desk.services.scans.scan(code)
    assert "voucher_refused" in desk.counter.kinds()
