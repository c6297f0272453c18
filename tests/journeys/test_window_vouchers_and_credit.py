"""In the window: a gift, a percentage, and a return whose paper pays the next sale."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from central.seed.campaigns import GIFT
from pos_app.domain.errors import PosError
from tests.support.journey import THIRTY_PERCENT, Shop, Till


def gift_code(shop: Shop) -> str:
    return shop.issuer.voucher(shop.drawn("fresh", campaign=GIFT, customer=None))


def fill_up_to(till: Till, least: int) -> int:
    """Goods for at least so much; answers the total."""
    code = till.goods()[0]
    while till.total < least:
        till.hands.scan(code)
    return till.total


def newest(till: Till, kind: str) -> dict[str, Any]:
    payload: dict[str, Any] = till.documents(kind)[-1].content["payload"]
    return payload


def test_a_gift_voucher_is_scanned_shown_and_sold(till: Till, shop: Shop) -> None:
    total = fill_up_to(till, 800_000)
    till.hands.scan(gift_code(shop))
    assert (till.answer.title, till.total) == ("Đã nhận voucher", total)

    till.hands.key(Qt.Key.Key_F10)
    gifts = [line for line in newest(till, "sale")["lines"] if line.get("gift_of")]
    assert [(line["amount"], line["gift_of"]) for line in gifts] == [(0, str(GIFT))]
    assert newest(till, "sale")["total"] == total


def test_a_percent_voucher_takes_its_share_off_what_is_due(till: Till, shop: Shop) -> None:
    total = till.fill()
    code = shop.voucher(9901, campaign=THIRTY_PERCENT, kind="percent", value=3000)
    till.hands.scan(code)
    off = (2 * total * 3000 + 10_000) // 20_000

    assert till.answer.title == "Đã nhận voucher"
    assert till.total == total - off
    till.hands.key(Qt.Key.Key_F10)
    assert newest(till, "sale")["vouchers"][0]["amount"] == off


def returned_online_order(till: Till, shop: Shop) -> str:
    """A line of an order that was handed over before comes back; answers the number of the paper."""
    for done in shop.chain.handovers:
        try:
            lines = till.program.services.refunds.open(done.doc_id).lines()
        except PosError:
            continue
        first = lines[0]
        if done.order.store == 1 and first.state in ("returnable", "last_day") and first.amount > 100_000:
            till.hands.key(Qt.Key.Key_F7)
            till.hands.scan(shop.issuer.pickup(done.order))
            break
    else:
        pytest.fail("the seed has nothing to return")
    assert till.screen == "return"
    till.hands.press("returnCheck_1")
    till.hands.choose("returnReason_1", 0)
    till.hands.key(Qt.Key.Key_F9)
    till.hands.key(Qt.Key.Key_Escape)
    till.hands.key(Qt.Key.Key_Escape)
    assert till.screen == "sell"
    return str(newest(till, "return")["receipt_no"])


def test_the_paper_of_a_return_pays_the_next_sale(till: Till, shop: Shop) -> None:
    number = returned_online_order(till, shop)
    refunded = -sum(one["amount"] for one in newest(till, "return")["refunds"])
    journal = till.program.services.journal
    stored = journal.stored(journal.latest_receipt() or "")
    assert stored is not None
    code = journal.receipt_code(stored)
    assert code is not None
    total = till.fill()
    till.hands.scan(code)
    assert till.answer.title.startswith("Phiếu hoàn tiền còn")

    till.hands.press("toastAction")
    assert till.screen == "pay"
    till.hands.key(Qt.Key.Key_F10)
    sold = newest(till, "sale")
    spent = sum(one["amount"] for one in sold["tenders"] if one["kind"] == "store_credit")
    assert spent == min(refunded, total)
    assert till.program.services.journal.verify().is_whole

    till.fill()
    till.hands.key(Qt.Key.Key_F9)
    till.hands.press("tender_store_credit")
    till.hands.scan(number)
    if spent == refunded:
        assert till.answer.title == "Phiếu hoàn tiền đã dùng hết"
    else:
        assert till.answer.title == "Đã nhận phiếu hoàn tiền"
