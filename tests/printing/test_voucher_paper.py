"""A counter voucher has a paper of its own."""

from __future__ import annotations

from printing import receipt, voucher_paper
from printing.facts import ReceiptFacts, StoreFacts
from tests.support.paper_bodies import envelope
from tests.support.paper_dump import dump


def test_it_says_what_it_is_worth_and_carries_its_code() -> None:
    payload = {"serial": "101", "campaign": 7, "value": 50_000, "reason": "Khách chờ lâu", "approvals": []}
    facts = ReceiptFacts(StoreFacts("Mộc"), "ab" * 32, 2, rules={"7": "Xin lỗi"}, issued={"101": "QX1ABC"})
    paper = dump(receipt.compose(envelope("voucher_issue", payload), facts))

    assert "# QR QX1ABC" in paper
    assert "Trị giá 50.000đ" in paper
    assert "Khách chờ lâu" not in paper, "the reason is the shop's own"


def test_what_a_sale_gave_has_a_paper_of_its_own_that_says_when_it_is_a_copy() -> None:
    given = [{"what": "voucher", "serial": "101", "campaign": 7, "value": 50_000}]
    body = envelope("sale", {"issued": given})
    facts = ReceiptFacts(StoreFacts("Mộc"), "ab" * 32, 2, rules={"7": "Cảm ơn"}, issued={"101": "QX1ABC"})
    paper = dump(voucher_paper.compose(body, facts, 2))

    assert "# QR QX1ABC" in paper
    assert "IN LẠI lần 1" in paper
