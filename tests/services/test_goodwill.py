"""Counter vouchers given as goodwill from the blanks that the till holds (protocol §7)."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.errors import ApprovalRequired, NoBlanksLeft, ReasonMissing
from pos_app.services.blanks_at_hand import BlanksAtHand
from pos_app.services.goodwill import Goodwill, GoodwillStores
from pos_app.storage.blanks import BlankStore
from pos_app.storage.revocations import RevocationStore
from pos_app.storage.vouchers import VoucherStore
from tests.support import till_files
from tests.support.counter import MANAGER, Counter


def blank(**changes: Any) -> dict[str, Any]:
    body = {"campaign": 7, "text": "QX1ABC", "short_code": "", "kind": "amount", "value": 50_000}
    return body | {"valid_until": "2026-12-31"} | changes


@pytest.fixture
def goodwill(counter: Counter) -> Goodwill:
    till, files = counter.till, counter.till.files
    till.feed("campaigns", {"7": till_files.campaign()})
    till.feed("blanks", {"101": blank(), "102": blank(), "103": blank(value=100_000)})
    at_hand = BlanksAtHand(counter.session, BlankStore(files), RevocationStore(files))
    stores = GoodwillStores(at_hand, VoucherStore(files), till.journal)
    counter.open(MANAGER)
    return Goodwill(counter.session, stores, counter.approvals)


def test_offers_are_counted_by_value(goodwill: Goodwill) -> None:
    assert [(offer.value, offer.left) for offer in goodwill.offers()] == [(50_000, 2), (100_000, 1)]


def test_a_blank_is_given_once(goodwill: Goodwill, counter: Counter) -> None:
    small = goodwill.offers()[0]
    given = [goodwill.issue(small, "Khách chờ lâu") for _ in range(2)]

    assert {counter.payload(one.doc_id)["serial"] for one in given} == {"101", "102"}
    assert [offer.value for offer in goodwill.offers()] == [100_000]
    with pytest.raises(NoBlanksLeft):
        goodwill.issue(small, "Khách chờ lâu")


def test_its_code_travels_in_the_private_part_and_is_printed(goodwill: Goodwill, counter: Counter) -> None:
    given = goodwill.issue(goodwill.offers()[0], "Khách chờ lâu")

    assert "QX1" not in str(counter.payload(given.doc_id))
    assert counter.till.journal.private_part(given.doc_id) == {"code": "QX1ABC"}
    assert counter.jobs(given.doc_id) == [("receipt", False)]


def test_it_needs_a_reason(goodwill: Goodwill) -> None:
    with pytest.raises(ReasonMissing):
        goodwill.issue(goodwill.offers()[0], "  ")


def test_a_cashier_needs_a_manager(goodwill: Goodwill, counter: Counter) -> None:
    counter.enter()
    offer = goodwill.offers()[0]
    with pytest.raises(ApprovalRequired):
        goodwill.issue(offer, "Khách chờ lâu")
    granted = counter.allow(goodwill.need(offer), goodwill.draft_hash(offer, "Khách chờ lâu"))
    given = goodwill.issue(offer, "Khách chờ lâu", granted)
    assert [one["by"] for one in counter.payload(given.doc_id)["approvals"]] == [MANAGER]


@pytest.mark.parametrize("changes", [{"valid_until": "2026-01-01"}, {}])
def test_what_has_ended_or_was_revoked_is_not_offered(
    goodwill: Goodwill, counter: Counter, changes: dict[str, str]
) -> None:
    counter.till.feed("blanks", {"103": blank(value=100_000, **changes)})
    if not changes:
        counter.till.feed("revocations", {"code/103": {"at": "2026-11-01T00:00:00+00:00", "reason": "lost"}})
    assert [offer.value for offer in goodwill.offers()] == [50_000]
