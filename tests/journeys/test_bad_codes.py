"""Codes that are damaged, foreign, expired, used, another shop's or revoked: words, and nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest

from pos_app.domain.codes import VoucherCode, day_of, encode
from pos_app.domain.signing import signer
from tests.support.journey import CASHIER, THIRTY_PERCENT, Shop, Till

STRANGER = bytes(range(32))
"""A key that central never had."""


def stays(till: Till, total: int) -> None:
    """The cart is what it was, nothing was sold, no voucher was used, and selling goes on."""
    assert till.screen == "sell"
    assert (len(till.lines), till.total) == (1, total)
    assert till.program.services.checkout.cart.vouchers == ()
    assert till.sales() == []
    assert "hợp lệ" not in f"{till.answer.title} {till.answer.line}"
    assert till.answer.line, "it says what to do next"
    till.sells_on()


def forged(shop: Shop, key_id: int) -> str:
    code = VoucherCode(
        key_id=key_id, serial=9, campaign=THIRTY_PERCENT, kind=2, value=1000, min_basket=0,
        valid_until_day=day_of(date(2026, 12, 31)), store=0, max_uses=1,
    )  # fmt: skip
    return encode(code, signer(STRANGER), shop.chain.tenant)


def test_a_damaged_voucher_is_refused_and_the_original_asked_for(till: Till, shop: Shop) -> None:
    total, code = till.fill(), shop.voucher(9001)
    till.hands.scan(code[:40] + ("4" if code[40] != "4" else "7") + code[41:])
    assert till.answer.kind in ("refused", "needs")
    assert "mở lại mã gốc" in till.answer.line
    stays(till, total)


def test_half_a_code_asks_for_another_scan(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(shop.voucher(9001)[:-7])
    assert (till.answer.kind, till.answer.title) == ("needs", "Mã đọc chưa đủ")
    stays(till, total)


def test_a_forged_code_is_not_from_central(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(forged(shop, shop.issuer.key_id(VoucherCode.TYPE)))
    assert (till.answer.kind, till.answer.title) == ("refused", "Mã không phải do trung tâm phát")
    stays(till, total)


def test_a_key_that_has_not_come_yet_is_unknown_and_can_be_fetched(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(forged(shop, 77))
    assert (till.answer.kind, till.answer.title) == ("unknown", "Chưa kiểm được mã này ở máy")
    till.hands.press("toastAction")
    stays(till, total)


def test_a_campaign_that_has_not_come_yet_is_unknown(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(shop.voucher(9002, campaign=999))
    assert (till.answer.kind, till.answer.title) == ("unknown", "Chưa có chương trình này ở máy")
    assert till.answer.action is not None
    assert till.answer.action.name == "retry"
    stays(till, total)


def test_an_expired_voucher_tells_its_last_day(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(shop.voucher(9003, valid_until=date(2026, 11, 1)))
    assert (till.answer.kind, till.answer.title) == ("refused", "Voucher hết hạn ngày 01/11/2026")
    stays(till, total)


def test_a_voucher_of_another_shop_says_so(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(shop.voucher(9004, store=2))
    assert (till.answer.kind, till.answer.title) == ("refused", "Voucher của cửa hàng khác")
    stays(till, total)


def test_a_revoked_voucher_was_withdrawn_by_central(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(shop.issuer.voucher(shop.drawn("revoked")))
    assert (till.answer.kind, till.answer.title) == ("refused", "Trung tâm đã thu hồi mã này")
    stays(till, total)


def test_a_used_voucher_tells_when_and_on_which_receipt(till: Till, shop: Shop) -> None:
    code = shop.voucher(9005, value=20_000)
    till.fill()
    till.hands.scan(code)
    assert till.answer.kind == "accepted"
    till.sells_on()
    sale = till.sales()[0]
    assert [one["serial"] for one in sale["vouchers"]] == ["9005"]
    till.fill()
    till.hands.scan(code)
    assert till.answer.kind == "refused"
    assert till.answer.title.startswith("Voucher đã dùng lúc")
    assert str(sale["receipt_no"]) in till.answer.line
    till.sells_on()
    assert "vouchers" not in till.sales()[1] or not till.sales()[1]["vouchers"]


def test_the_same_voucher_twice_counts_once(till: Till, shop: Shop) -> None:
    till.fill()
    code = shop.voucher(9006, value=20_000)
    till.hands.scan(code)
    till.hands.scan(code)
    assert (till.answer.kind, till.answer.title) == ("needs", "Voucher này đã có trong đơn")
    assert len(till.program.services.checkout.cart.vouchers) == 1


def test_a_voucher_of_a_customer_asks_who_it_is(till: Till, shop: Shop) -> None:
    total = till.fill()
    till.hands.scan(shop.issuer.voucher(shop.drawn("fresh", campaign=201)))
    assert (till.answer.kind, till.answer.title) == ("needs", "Cần biết khách là ai")
    assert till.answer.action is not None
    assert till.answer.action.name == "customer"
    stays(till, total)


@pytest.mark.parametrize("text", ["8930000099996", "SP-KHONG-CO"])
def test_an_unknown_barcode_is_unknown_here_and_can_be_sold_at_once(till: Till, text: str) -> None:
    total = till.fill()
    till.hands.scan(text)
    assert till.answer.kind == "unknown"
    assert till.answer.title == f"Chưa có ở máy này: {text}"
    assert till.answer.action is not None
    assert till.answer.action.name == "uncoded"
    stays(till, total)


@pytest.mark.parametrize(
    "text", ["https://example.com/menu", "00020101021138570010A00000072701270006970436011300110041234560"]
)
def test_a_code_that_is_for_no_till_is_foreign(till: Till, text: str) -> None:
    total = till.fill()
    till.hands.scan(text)
    assert (till.answer.kind, till.answer.title) == ("needs", "Mã này không phải của quầy")
    stays(till, total)


def test_an_unknown_order_is_unknown_here_and_the_cart_waits(till: Till) -> None:
    total = till.fill()
    till.hands.scan("MN-99999")
    assert till.screen == "pickup"
    assert (till.answer.kind, till.answer.title) == ("unknown", "Chưa có ở máy này: đơn MN-99999")
    assert (len(till.lines), till.total) == (1, total)
    till.sells_on()


def test_an_unknown_receipt_is_unknown_here_and_the_cart_waits(till: Till) -> None:
    total = till.fill()
    till.hands.scan("NT09-000123")
    assert till.screen == "return"
    assert (till.answer.kind, till.answer.title) == ("unknown", "Chưa có hóa đơn này ở máy")
    assert (len(till.lines), till.total) == (1, total)
    till.sells_on()


def test_an_order_of_another_shop_names_it(till: Till, shop: Shop) -> None:
    total = till.fill()
    elsewhere = shop.order(lambda one: one.store != 1 and one.handover == "none")
    till.hands.scan(shop.issuer.pickup(elsewhere))
    assert till.screen == "pickup"
    assert till.answer.kind in ("needs", "unknown")
    assert str(elsewhere.order) in till.answer.title
    assert shop.store_name(elsewhere.store) in till.answer.line
    assert till.documents("handover") == []
    assert (len(till.lines), till.total) == (1, total)
    till.sells_on()


def test_an_order_that_was_handed_over_is_not_handed_over_twice(till: Till, shop: Shop) -> None:
    done = shop.order(lambda one: one.store == 1 and one.handover == "done")
    till.hands.scan(shop.issuer.pickup(done))
    assert till.answer.kind == "refused"
    assert "đã giao hết" in till.answer.title
    assert till.documents("handover") == []
    till.sells_on()


@pytest.mark.parametrize("typed", ["0*", "-5*", "10000*", "99999*", "1,5*"])
def test_a_quantity_that_cannot_be_is_refused(till: Till, typed: str) -> None:
    total = till.fill()
    till.hands.scan(typed + till.goods()[0])
    assert (till.answer.kind, till.answer.title) == ("needs", "Số lượng không dùng được")
    assert till.lines[0].quantity == 1000
    stays(till, total)


@pytest.mark.parametrize("typed", ["0", "-3", "99999", "abc"])
def test_a_quantity_typed_in_the_dialog_is_checked_too(till: Till, typed: str) -> None:
    total = till.fill()
    till.hands.press("quantityButton")
    till.hands.type(typed)
    till.hands.key_return()
    if till.program.counter.window.dialog() is not None:
        till.hands.key_escape()
    assert (len(till.lines), till.total) == (1, total)
    till.sells_on()


def test_refused_codes_are_in_the_journal(till: Till, shop: Shop) -> None:
    till.hands.scan(shop.voucher(9003, valid_until=date(2026, 11, 1)))
    (noted,) = till.documents("voucher_refused")
    assert noted.content["payload"]["serial"] == "9003"
    assert noted.content["staff"] == CASHIER
