"""Shown = feed ⊕ own effects that the feed does not contain: never dropped, never counted twice."""

from __future__ import annotations

from typing import Any

import pytest

from pos_app.domain.order import HandoverState
from pos_app.storage.customers import CustomerStore
from pos_app.storage.orders import OrderStore
from pos_app.storage.sales import SaleStore
from pos_app.storage.stock import StockStore
from pos_app.storage.vouchers import VoucherStore
from tests.support.till_files import (
    DAY,
    HOA,
    PHONE_KEY,
    TILL,
    MadeTill,
    campaign,
    customer,
    fill,
    line,
    phone_tag,
    return_of,
)


@pytest.fixture
def shop(till: MadeTill) -> MadeTill:
    fill(till)
    till.open_shift()
    return till


def balance(till: MadeTill) -> int:
    found = CustomerStore(till.files).by_id(HOA)
    assert found is not None
    return found.balance


def earn(till: MadeTill, points: int = 30) -> Any:
    entry = {"customer": HOA, "delta": points, "why": "earned" if points > 0 else "spent"}
    return till.sell(customer=HOA, points=[entry])


def test_an_own_effect_is_shown_at_once(shop: MadeTill) -> None:
    earn(shop)
    assert balance(shop) == 430


def test_an_effect_that_the_feed_contains_is_not_counted_twice(shop: MadeTill) -> None:
    recorded = earn(shop)
    shop.feed("customers", {HOA: customer(balance=430)})
    assert balance(shop) == 460  # the feed does not say yet that it contains it
    shop.marker("customers", through=recorded.seq)
    assert balance(shop) == 430


def test_a_parked_document_stays_shown(shop: MadeTill) -> None:
    first = earn(shop)
    second = earn(shop, 7)
    shop.marker("customers", through=second.seq, apart=(first.seq,))
    assert balance(shop) == 430


def test_a_document_of_a_forked_epoch_is_contained_by_its_id(shop: MadeTill) -> None:
    first = earn(shop)
    shop.marker("customers", through=0, ids=(first.doc_id,))
    assert balance(shop) == 400


def test_an_answer_to_the_upload_changes_nothing_that_is_shown(shop: MadeTill) -> None:
    earn(shop)
    with shop.files.till.writing() as connection:
        connection.exec_driver_sql(
            "INSERT INTO upload (doc_id, epoch, seq, status, codes, missing, at, is_done) "
            "SELECT doc_id, epoch, seq, 'applied', '[]', '[]', '', 1 FROM journal"
        )
    assert balance(shop) == 430


def test_spent_since_the_snapshot(shop: MadeTill) -> None:
    store = CustomerStore(shop.files)
    recorded = earn(shop, -50)
    card = store.by_id(HOA)
    assert card is not None
    assert (store.spent_since(card), store.snapshot_balance(HOA)) == (50, 400)
    shop.marker("customers", through=recorded.seq)
    assert store.spent_since(card) == 0


def test_points_of_a_merged_id_count_for_the_customer(shop: MadeTill) -> None:
    shop.feed("customers", {HOA: customer(aliases=["old-id"])})
    shop.sell(customer="old-id", points=[{"customer": "old-id", "delta": 5, "why": "earned"}])
    found = CustomerStore(shop.files).by_id("old-id")
    assert found is not None
    assert (found.id, found.balance) == (HOA, 405)


def test_customers_are_found_by_tag_and_card(shop: MadeTill) -> None:
    store = CustomerStore(shop.files)
    assert [one.id for one in store.by_tag(phone_tag("+84901234567"))] == [HOA]
    found = store.by_card(1234567890123456789)
    assert found is not None
    assert found.id == HOA


def test_a_customer_made_here_is_found_before_the_feed_knows(shop: MadeTill) -> None:
    store = CustomerStore(shop.files, lambda: PHONE_KEY)
    made = shop.record(
        "customer_create",
        {"customer": "new-id", "fields": ["name", "phone"]},
        private={"name": "Nguyễn Thị Hạnh", "phone": "+84907654321", "birthday": "1990-05-20"},
    )
    found = store.by_tag(phone_tag("+84907654321"))
    assert [(one.id, one.name, one.last3, one.birthday) for one in found] == [
        ("new-id", "Hạnh N.", "321", (5, 20))
    ]
    shop.journal.erase_private(made.doc_id)
    assert store.by_tag(phone_tag("+84907654321")) == []


def test_stock_falls_with_a_sale_until_the_feed_contains_it(shop: MadeTill) -> None:
    store = StockStore(shop.files)
    recorded = shop.sell()
    assert store.of("SP000001").here == 4000
    shop.feed("stock", {"SP000001": {"product": "SP000001", "quantity": 4000, "others": []}})
    shop.marker("stock", through=recorded.seq)
    assert store.of("SP000001").here == 4000


def test_stock_of_an_unknown_product_is_unknown(shop: MadeTill) -> None:
    shop.sell([line(3)])
    assert StockStore(shop.files).of("SP000003").here is None


def hand_over(till: MadeTill, quantities: dict[int, int], refused: dict[int, int] | None = None) -> Any:
    lines = [
        {"no": no, "order_line": no, "product": f"SP{no:06d}", "quantity": quantity, "amount": 500 * quantity,
         "vat_rate": 800, "vat": 0, "name": "Giày", "return_until": "2026-11-29"}
        for no, quantity in quantities.items()
    ]  # fmt: skip
    total = sum(one["amount"] for one in lines)
    body = {
        "business_date": DAY, "priced_at": "2026-11-14T09:00:00+07:00", "engine": "1", "order": 48207,
        "lines": lines, "checks": ["qr"], "collector": "self", "rounding": 0, "total": total, "points": [],
        "refused": [
            {"order_line": no, "quantity": quantity, "amount": 0, "reason": "not_wanted"}
            for no, quantity in (refused or {}).items()
        ],
        "tenders": [{"no": 1, "kind": "paid_online", "amount": total}], "refunds": [], "approvals": [],
    }  # fmt: skip
    return till.record("handover", body, shift=1)


def test_a_partly_handed_over_order_waits_for_the_rest(shop: MadeTill) -> None:
    store = OrderStore(shop.files)
    hand_over(shop, {1: 1000})
    order = store.by_text("mn-48207")
    assert order is not None
    assert ([one.left for one in order.lines], order.handover) == ([1000, 1000], HandoverState.PART)


def test_an_order_handed_over_here_waits_no_more(shop: MadeTill) -> None:
    store = OrderStore(shop.files)
    assert [one.order for one in store.waiting()] == [48207]
    recorded = hand_over(shop, {1: 2000}, refused={2: 1000})
    assert store.waiting() == []
    shop.marker("orders", through=recorded.seq)
    assert [one.order for one in store.waiting()] == [48207]  # a marker alone: the feed says otherwise


def test_a_reversed_hand_over_waits_again(shop: MadeTill) -> None:
    recorded = hand_over(shop, {1: 2000, 2: 1000})
    shop.record(
        "handover_reversal",
        {"business_date": DAY, "of": recorded.doc_id, "reason": "mistake", "lines": [
            {"order_line": 1, "product": "SP000001", "quantity": 2000},
            {"order_line": 2, "product": "SP000002", "quantity": 1000}],
         "refunds": [], "rounding": 0, "total": 0, "points": [], "approvals": []},
        shift=1,
    )  # fmt: skip
    order = OrderStore(shop.files).by_number(48207)
    assert order is not None
    assert ([one.left for one in order.lines], order.handover) == ([2000, 1000], HandoverState.NONE)


def test_a_deposit_taken_here_is_prepaid(shop: MadeTill) -> None:
    shop.feed("orders", {"48207": {**_due_order()}})
    payment = {
        "business_date": DAY, "order": 48207, "rounding": -200, "total": 700_200,
        "tenders": [{"no": 1, "kind": "cash", "amount": 700_000, "tendered": 700_000, "change": 0}],
    }  # fmt: skip
    recorded = shop.record("order_payment", payment, shift=1)
    order = OrderStore(shop.files).by_number(48207)
    assert order is not None
    assert (order.prepaid_total, order.amount_due) == (700_200, 799_800)
    assert order.prepaid[0].reference == recorded.doc_id


def _due_order() -> dict[str, Any]:
    from tests.support.till_files import order

    return order(payment="due", prepaid=[], amount_due=1_500_000)


def test_orders_are_found_by_code_serial_and_phone(shop: MadeTill) -> None:
    store = OrderStore(shop.files)
    by_serial = store.by_serial(58207)
    assert by_serial is not None
    assert by_serial.order == 48207
    assert [one.order for one in store.by_short_code("abcd-fgh0")] == [48207]
    assert [one.order for one in store.by_tag(phone_tag("+84901234567"))] == [48207]


def test_an_offline_sale_can_be_returned_at_once(shop: MadeTill) -> None:
    store = SaleStore(shop.files, shop.identity)
    sold = shop.sell([line(1), line(2)])
    shop.record("return", return_of(sold.doc_id, {1: 1000}), shift=1)
    found = store.by_receipt_no("nt02-000001")
    assert found is not None
    assert found.source == "own"
    assert [one.left for one in found.sale.lines] == [0, 1000]
    assert dict(found.sale.refunded) == {1: 500_000}


def feed_sale(sold: Any, till: str = TILL, **changes: Any) -> dict[str, Any]:
    body = {
        "doc_id": sold.doc_id, "till": till, "epoch": 1, "seq": sold.seq, "store": 12,
        "receipt_no": sold.receipt_no, "kind": "sale", "business_date": DAY, "hash10": sold.hash[:10].hex(),
        "channel": "store", "lines": [line(1), line(2)], "rounding": 0, "total": 1_000_000,
        "tenders": [{"no": 1, "kind": "cash", "amount": 1_000_000}], "tier_percent": 100,
        "web_credited": True, "points_earned": 0, "returns": {},
    }  # fmt: skip
    return body | changes


def test_a_return_is_shown_until_the_feed_contains_it(shop: MadeTill) -> None:
    store = SaleStore(shop.files, shop.identity)
    sold = shop.sell([line(1), line(2)])
    shop.feed("sales", {sold.doc_id: feed_sale(sold)})
    shop.marker("sales", through=sold.seq)
    back = shop.record("return", return_of(sold.doc_id, {1: 400}), shift=1)
    found = store.by_doc(sold.doc_id)
    assert found is not None
    assert (found.source, found.sale.line(1).left) == ("feed", 600)
    returned = {**line(1), "returned": {"quantity": 400, "amount": 200_000, "vat": 14_800}}
    returns = {"refunds": [{"kind": "cash", "original_tender": 1, "amount": -200_000}],
               "cash_share": 200_000, "cash": 200_000}  # fmt: skip
    shop.feed("sales", {sold.doc_id: feed_sale(sold, lines=[returned, line(2)], returns=returns)})
    shop.marker("sales", through=back.seq)
    found = store.by_doc(sold.doc_id)
    assert found is not None
    assert found.sale.line(1).left == 600
    assert dict(found.sale.refunded) == {1: 200_000}


def test_receipts_are_found_by_place_customer_and_order(shop: MadeTill) -> None:
    store = SaleStore(shop.files, shop.identity)
    sold = shop.sell(customer=HOA)
    handed = hand_over(shop, {1: 2000})
    by_place = store.by_fence(TILL, 1, sold.seq)
    assert by_place is not None
    assert by_place.fence == f"{TILL}/1/{sold.seq}#{sold.hash[:10].hex()}"
    assert [one.sale.doc_id for one in store.by_customer(HOA)] == [sold.doc_id]
    assert [one.sale.doc_id for one in store.by_tag(phone_tag("+84901234567"))] == [sold.doc_id]
    assert [one.sale.doc_id for one in store.by_order(48207)] == [handed.doc_id]


def test_a_voided_sale_has_nothing_left(shop: MadeTill) -> None:
    sold = shop.sell()
    void = {"business_date": DAY, "of": sold.doc_id, "reason": "mistake", "tenders": [], "points": [],
            "approvals": []}  # fmt: skip
    voided = shop.record("void", void, shift=1)
    found = SaleStore(shop.files, shop.identity).by_doc(sold.doc_id)
    assert found is not None
    assert (found.voided_by, found.sale.is_fully_returned) == (voided.doc_id, True)


def test_training_receipts_cannot_be_returned(shop: MadeTill) -> None:
    from tests.support.till_files import sale

    trained = shop.record("sale", sale([line(1)]), training=True)
    assert SaleStore(shop.files, shop.identity).by_doc(trained.doc_id) is None


def test_returns_on_a_code_are_summed(shop: MadeTill) -> None:
    from pos_app.domain.code_reading import decode_structure
    from pos_app.domain.signed_codes import ReceiptCode

    sold = shop.sell()
    code = decode_structure(str(sold.code_text)).code
    assert isinstance(code, ReceiptCode)
    store = SaleStore(shop.files, shop.identity)
    assert store.returned_on_code(code, shop.identity.till) == 0
    body = return_of("", {1: 400}, original={"code": sold.code_text, "source": "code"})
    shop.record("return", body, shift=1)
    assert store.returned_on_code(code, shop.identity.till) == 200_000
    found = store.by_doc(sold.doc_id)
    assert found is not None
    assert found.sale.line(1).left == 600


def test_a_voucher_used_here_is_known(shop: MadeTill) -> None:
    store = VoucherStore(shop.files)
    used = {
        "serial": "99",
        "key_id": 1,
        "campaign": 7,
        "kind": "amount",
        "amount": 100,
        "allowed_by": "policy",
    }
    assert store.used_here(99) is None
    sold = shop.sell(vouchers=[used])
    found = store.used_here(99)
    assert found is not None
    assert found.doc_id == sold.doc_id
    assert (store.uses_in_shift(), store.uses_in_day()) == (1, 1)


def test_campaigns_and_revocations_come_from_the_feed(shop: MadeTill) -> None:
    store = VoucherStore(shop.files)
    shop.feed("revocations", {"code/99": {"at": "2026-11-14T00:00:00+00:00", "reason": "stolen"}})
    shop.feed("campaigns", {"campaign/8": campaign(campaign=8)})
    assert store.is_revoked(99)
    assert not store.is_revoked(98)
    assert [one.no for one in store.campaigns()] == [7, 8]
