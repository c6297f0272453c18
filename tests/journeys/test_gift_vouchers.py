"""Vouchers that bring a gift or a percentage, from the seed's own codes to the paper and to central."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from central.seed.campaigns import BAGS, GIFT, KEY_RING, SOCKS
from central.tables.inbox import case, result
from pos_app.domain.errors import VoucherBelowMinBasket, VoucherGiftMissing
from pos_app.domain.product import Product
from pos_app.storage.journal import Recorded
from printing import receipt
from printing.facts import ReceiptFacts, StoreFacts
from tests.support.demo_figures import Books, Watched, compare, of_till
from tests.support.paper_dump import dump
from tests.support.whole_day import WholeDay


def gift_code(day: WholeDay, number: int = 1, place: int = 0) -> str:
    """A fresh code of the seed for this gift, bound to nobody else than the first customer."""
    hoa = day.chain.customers[0].id
    fresh = [
        one
        for one in day.chain.vouchers
        if (one.campaign, one.state, one.value) == (GIFT, "fresh", number) and one.customer in (None, hoa)
    ]
    return day.issuer.voucher(fresh[place])


def gifts(day: WholeDay, sku: str) -> list[Product]:
    found = [day.till.stores.catalogue.by_id(one.id) for one in day.chain.variants if one.style.sku == sku]
    return [one for one in found if one is not None]


def stock(day: WholeDay, product: Product) -> int:
    return day.till.stores.stock.of(product.id).here or 0


def sell_out(day: WholeDay, sku: str) -> None:
    """All that the shop has of this gift is sold."""
    for product in gifts(day, sku):
        if stock(day, product) > 0:
            day.services.checkout.add(product.id, stock(day, product))
    if not day.services.checkout.is_empty:
        day.pay()


def fill(day: WholeDay, least: int = 800_000) -> int:
    """Goods of the customer for at least so much; answers the total."""
    card = day.till.stores.customers.by_id(day.chain.customers[0].id)
    assert card is not None
    day.services.checkout.attach(card)
    product = next(day.goods())
    while day.services.checkout.priced().total < least:
        day.services.checkout.add(product.id)
    return day.services.checkout.priced().total


def take(day: WholeDay, code: str) -> None:
    day.approved(lambda given: day.services.scans.scan(code, given))


def payload(day: WholeDay, recorded: Recorded) -> dict[str, Any]:
    body = day.services.journal.body(recorded.doc_id)
    assert body is not None
    found: dict[str, Any] = body["payload"]
    return found


def paper(day: WholeDay, recorded: Recorded) -> str:
    body = day.services.journal.body(recorded.doc_id)
    assert body is not None
    facts = ReceiptFacts(StoreFacts(), recorded.hash.hex(), 1, code=recorded.code_text)
    return dump(receipt.compose(body, facts, 1))


def agree(day: WholeDay, products: tuple[str, ...], serial: int) -> None:
    """Central applied everything, and three sides say the same of stock, voucher and receipts."""
    day.till.sync()
    identity, watched = day.till.identity, Watched((), products, (), (serial,))
    own = of_till(day.till.stores, day.services, watched)
    books = Books(day.central.settings.database_url, identity.till)
    try:
        compared = compare(
            own, books.of_central(watched, identity.store), books.of_ledger(watched, identity.store)
        )
    finally:
        books.close()
    assert [one for one in compared if not one.ok] == []
    with day.central.central.database.reading() as connection:
        assert list(connection.execute(select(case.c.code, case.c.facts))) == []
        statuses = set(connection.scalars(select(result.c.status)))
    assert statuses == {"applied"}


def gift_line(day: WholeDay, sold: Recorded) -> dict[str, Any]:
    (line,) = [line for line in payload(day, sold)["lines"] if line.get("gift_of")]
    return dict(line)


def test_a_gift_costs_nothing_leaves_the_stock_and_stands_on_the_paper(day: WholeDay) -> None:
    total = fill(day)
    take(day, gift_code(day))
    assert day.services.checkout.priced().total == total
    (ring,) = [one for one in gifts(day, KEY_RING) if stock(day, one) > 0][:1]
    before = stock(day, ring)
    sold = day.pay()

    line, voucher = gift_line(day, sold), payload(day, sold)["vouchers"][0]
    assert (line["product"], line["amount"], line["vat"], line["gift_of"]) == (ring.id, 0, 0, str(GIFT))
    assert line["gift_value"] == ring.price_at(day.till.clock.now()).amount
    assert (voucher["kind"], voucher["amount"]) == ("gift", 0)
    assert stock(day, ring) == before - 1000
    text = paper(day, sold)
    assert "Quà tặng" in text
    assert ring.name.split()[0] in text
    agree(day, (ring.id,), int(voucher["serial"]))


def test_a_percent_voucher_takes_its_share_of_the_bags_alone(day: WholeDay) -> None:
    total = fill(day, 1)
    bags = [one for one in day.chain.variants if one.style.category.id == "tui-xach"]
    bag = day.till.stores.catalogue.by_id(bags[0].id)
    assert bag is not None
    day.services.checkout.add(bag.id)
    cost = day.services.checkout.priced().total - total
    code = next(
        one for one in day.chain.vouchers
        if (one.campaign, one.state) == (BAGS, "fresh")
        and one.customer in (None, day.chain.customers[0].id)
    )  # fmt: skip
    take(day, day.issuer.voucher(code))
    off = min((2 * cost * 1000 + 10_000) // 20_000, 100_000)
    assert day.services.checkout.priced().total == total + cost - off

    sold = day.pay()
    assert payload(day, sold)["vouchers"][0]["amount"] == off
    assert f"−{off:,}".replace(",", ".") in paper(day, sold)
    agree(day, (bag.id,), code.serial)


def test_when_the_gift_is_out_of_stock_another_of_the_campaign_is_given(day: WholeDay) -> None:
    sell_out(day, KEY_RING)
    fill(day)
    take(day, gift_code(day, number=1))
    sold = day.pay()

    line = gift_line(day, sold)
    assert line["product"] in [one.id for one in gifts(day, SOCKS)]
    agree(day, (line["product"],), int(payload(day, sold)["vouchers"][0]["serial"]))


def test_with_no_gift_left_the_voucher_is_refused_and_not_used(day: WholeDay) -> None:
    sell_out(day, KEY_RING)
    sell_out(day, SOCKS)
    fill(day)
    code = gift_code(day)
    with pytest.raises(VoucherGiftMissing):
        take(day, code)
    sold = day.pay()

    assert payload(day, sold)["vouchers"] == []
    assert not [line for line in payload(day, sold)["lines"] if line.get("gift_of")]


def test_a_gift_that_sells_out_between_scan_and_pay_is_said_and_the_sale_goes_on(day: WholeDay) -> None:
    fill(day)
    take(day, gift_code(day))
    held = day.services.held_carts.hold()
    sell_out(day, KEY_RING)
    sell_out(day, SOCKS)
    day.services.held_carts.recall(held)
    serial = day.services.checkout.cart.vouchers[0].serial
    with pytest.raises(VoucherGiftMissing):
        day.services.selling.begin_payment()
    day.services.checkout.remove_voucher(serial)

    assert payload(day, day.pay())["vouchers"] == []
    assert day.till.stores.vouchers.used_here(serial) is None


def test_below_the_minimum_the_gift_waits(day: WholeDay) -> None:
    fill(day, 1)
    with pytest.raises(VoucherBelowMinBasket):
        take(day, gift_code(day))


def test_a_gift_given_back_with_everything_refunds_what_was_paid(day: WholeDay) -> None:
    total = fill(day)
    take(day, gift_code(day))
    sold = day.pay()
    draft = day.services.refunds.open(sold.doc_id)
    for line in draft.original.lines:
        draft.choose(line.no, line.left)
        draft.reason(line.no, "changed_mind")

    assert draft.plan().amount == total


def test_a_gift_that_stays_with_the_customer_is_kept_from_the_refund(day: WholeDay) -> None:
    total = fill(day)
    take(day, gift_code(day))
    sold = day.pay()
    worth = gift_line(day, sold)["gift_value"]
    draft = day.services.refunds.open(sold.doc_id)
    for line in draft.original.lines:
        if line.gift_of is None:
            draft.choose(line.no, line.left)
            draft.reason(line.no, "changed_mind")

    assert draft.plan().amount == total - worth
