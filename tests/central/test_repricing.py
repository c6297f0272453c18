"""Central prices documents again with the engine of the till; what no version explains is a case (§10 f)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select, update

from central import publish
from central.cases import list_cases
from central.feeds import FeedWriter
from central.keys import instant_text
from central.seed.campaigns import BAGS, GIFT
from central.tables.catalogue import campaign, product_price, promotion
from pos_app.domain.cart import Cart, ManualDiscount, Uncoded
from pos_app.domain.cash import CashRounding
from pos_app.domain.handover import HandoverFacts, handover_payload, plan_handover
from pos_app.domain.money import vat_inside
from pos_app.domain.order import Order
from pos_app.domain.price import ENGINE
from pos_app.domain.promotion import PICKUP, STORE
from pos_app.domain.tender import Tender, TenderKind, settle
from tests.support.central_server import CentralServer, seeded_chain
from tests.support.central_till import Item, Till
from tests.support.priced_sales import ZONE, Shop

SHOES, POLISH = "giay-bup-be", "cham-soc-giay"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CentralServer]:
    with CentralServer.seeded(tmp_path, port=False) as running:
        yield running


@pytest.fixture
def shop(server: CentralServer) -> Shop:
    return Shop(server, Till.enrol(server))


def _one(shop: Shop, item: Item) -> tuple[str, list[str], bool]:
    result = shop.till.results(item)[0]
    return result["status"], result["codes"], "case" in result


APPLIED = ("applied", [], False)
MISMATCH = ("applied_flagged", ["PRICE_MISMATCH"], True)
STALE = ("applied_flagged", ["STALE_PRICE"], False)


def _flagged(server: CentralServer) -> list[dict[str, Any]]:
    with server.central.database.reading() as connection:
        flags = list_cases(connection)[0]["facts"]["flags"]
    return [line for flag in flags for line in flag.get("lines", ())]


def _four_pairs(shop: Shop) -> Cart:
    """Every fourth pair of shoes is half price."""
    cart = Cart()
    for product, pieces in zip(shop.by_price(300_000, SHOES), (3, 1, 1), strict=False):
        cart.add(product, pieces * 1000)
    return cart


# --- what agrees --------------------------------------------------------------------------------
def _random_cart(shop: Shop, dice: random.Random) -> Cart:
    cart = Cart()
    goods = list(shop.goods.values())
    for product in dice.sample(goods, dice.randint(1, 7)):
        cart.add(product, dice.randint(1, 5) * 1000)
    if dice.random() < 0.3:
        cart.add_uncoded(Uncoded("Dây giày", dice.randint(1, 400) * 777, "phu-kien", 800))
    if dice.random() < 0.5:
        drawn = dice.choice(seeded_chain().customers)
        cart.attach_customer(shop.customer(drawn.id))
    for line in cart.lines:
        if dice.random() < 0.25:
            by = {"percent_bp": dice.randint(1, 3000)} if dice.random() < 0.5 else {"amount": 1234}
            cart.discount_line(line.no, ManualDiscount("damaged", 1, **by))
    if dice.random() < 0.25:
        cart.discount_order(ManualDiscount("regular", 1, percent_bp=dice.randint(1, 2000)))
    return cart


def _add_vouchers(shop: Shop, cart: Cart, dice: random.Random, used: set[int]) -> None:
    fresh = [one for one in seeded_chain().vouchers if one.state == "fresh" and one.serial not in used]
    for no in (GIFT, BAGS):
        drawn = next((one for one in fresh if one.campaign == no), None)
        if drawn is not None and dice.random() < 0.3:
            used.add(drawn.serial)
            cart.add_voucher(shop.voucher(drawn))


def test_till_and_central_agree_on_random_carts(shop: Shop) -> None:
    dice, used = random.Random(26), set[int]()
    items = []
    for _ in range(120):
        cart = _random_cart(shop, dice)
        _add_vouchers(shop, cart, dice, used)
        items.append(shop.sale(cart))
    results = shop.till.results(*items)
    assert [(one["status"], one["codes"]) for one in results] == [("applied", [])] * len(items)


def test_a_tier_price_is_right_for_its_tier(shop: Shop) -> None:
    gold = next(one for one in seeded_chain().customers if one.tier == "gold")
    cart = _tiered(shop)
    cart.attach_customer(shop.customer(gold.id))
    assert _one(shop, shop.sale(cart)) == APPLIED


def _tiered(shop: Shop) -> Cart:
    cart = Cart()
    cart.add(next(one for one in shop.goods.values() if any(price.tier for price in one.prices)))
    return cart


def _fetched(shop: Shop, channel: str) -> Item:
    """A paid order is handed over, and shoe polish is bought along."""
    waiting = [body for _ver, body in shop.till.pull("orders")[0].values() if body is not None]
    orders = [Order.from_json(body) for body in waiting if body["payment"] == "paid"]
    order = next(one for one in orders if one.handover == "none")
    cart = Cart(channel=channel)
    cart.add(next(one for one in shop.goods.values() if one.category == POLISH))
    now = shop.server.clock().astimezone(UTC)
    rest = {line.no: line.quantity for line in order.lines}
    plan = plan_handover(order, rest, extra=shop.price(cart, now))
    cash = Tender(len(plan.prepaid) + 1, TenderKind.CASH, tendered=plan.due)
    day = now.astimezone(ZONE).date()
    facts = HandoverFacts(day, day, instant_text(now), ENGINE, ["qr"])
    body = handover_payload(plan, settle(plan.total, [*plan.prepaid, cash], CashRounding()), facts)
    return shop.till.document(
        "handover", {**body, "receipt_no": shop.till.receipt_no()}, as_of=dict(shop.as_of), staff=1
    )


def test_goods_bought_along_have_the_offers_for_who_fetches_an_order(shop: Shop) -> None:
    assert _one(shop, _fetched(shop, PICKUP)) == APPLIED


def test_goods_bought_along_at_the_price_of_the_shelf_are_a_mismatch(shop: Shop) -> None:
    assert _one(shop, _fetched(shop, STORE)) == MISMATCH


# --- what does not ------------------------------------------------------------------------------
def _move(payload: dict[str, Any], amount: int) -> None:
    """A discount lies on the wrong line; every sum holds."""
    for line, off in zip(payload["lines"], (amount, -amount), strict=False):
        line["discounts"][0]["amount"] += off
        line["amount"] -= off
        line["vat"] = vat_inside(line["amount"], line["vat_rate"])


def test_a_discount_spread_wrongly_is_a_mismatch_that_names_its_lines(
    server: CentralServer, shop: Shop
) -> None:
    item = shop.sale(_four_pairs(shop), lambda payload: _move(payload, 1_000))
    assert _one(shop, item) == MISMATCH
    assert [line["no"] for line in _flagged(server)] == [1, 2]
    said, ours = _flagged(server)[0]["amount"]
    assert said == ours - 1_000


def _without_promotion(payload: dict[str, Any]) -> None:
    for line in payload["lines"]:
        line |= {"discounts": [], "amount": line["gross"]}
        line["vat"] = vat_inside(line["amount"], line["vat_rate"])
    payload["total"] = sum(line["amount"] for line in payload["lines"])
    payload["rounding"] = 0
    payload["tenders"] = [{"no": 1, "kind": "cash", "amount": payload["total"]}]


def test_a_promotion_that_was_left_out_is_a_mismatch(shop: Shop) -> None:
    assert _one(shop, shop.sale(_four_pairs(shop), _without_promotion)) == MISMATCH


def test_a_tier_price_without_the_tier_is_a_mismatch(server: CentralServer, shop: Shop) -> None:
    platinum = next(one for one in seeded_chain().customers if one.tier == "platinum")
    cart = _tiered(shop)
    cart.attach_customer(shop.customer(platinum.id))

    def forget_the_customer(payload: dict[str, Any]) -> None:
        del payload["customer"], payload["tier_percent"]
        payload["points"] = []

    assert _one(shop, shop.sale(cart, forget_the_customer)) == MISMATCH
    assert _flagged(server)[0]["no"] == 1


def test_a_vat_rate_that_is_not_in_force_is_a_mismatch(server: CentralServer, shop: Shop) -> None:
    def at_five_percent(payload: dict[str, Any]) -> None:
        line = payload["lines"][0]
        line |= {"vat_rate": 500, "vat": vat_inside(line["amount"], 500)}

    assert _one(shop, shop.sale(_four_pairs(shop), at_five_percent)) == MISMATCH
    assert _flagged(server)[0]["vat_rate"] == [500, 800]


def test_a_voucher_that_takes_more_than_it_is_worth_is_a_mismatch(shop: Shop) -> None:
    drawn = next(one for one in seeded_chain().vouchers if (one.campaign, one.state) == (BAGS, "fresh"))
    cart = Cart()
    cart.add(shop.by_price(400_000, "tui-xach")[0])
    cart.add_voucher(shop.voucher(drawn))

    def more(payload: dict[str, Any]) -> None:
        line = payload["lines"][0]
        taken = next(one for one in line["discounts"] if one["step"] == "voucher")
        taken["amount"] += 10_000
        payload["vouchers"][0]["amount"] += 10_000
        line["amount"] -= 10_000
        line["vat"] = vat_inside(line["amount"], line["vat_rate"])
        payload["total"] -= 10_000
        payload["tenders"][0] = {"no": 1, "kind": "cash", "amount": payload["tenders"][0]["amount"] - 10_000}

    assert _one(shop, shop.sale(cart, more)) == MISMATCH


def test_a_voucher_that_was_never_issued_is_a_mismatch(server: CentralServer, shop: Shop) -> None:
    drawn = next(one for one in seeded_chain().vouchers if (one.campaign, one.state) == (BAGS, "fresh"))
    cart = Cart()
    cart.add(shop.by_price(400_000, "tui-xach")[0])
    cart.add_voucher(shop.voucher(replace(drawn, serial=4711)))
    assert _one(shop, shop.sale(cart)) == MISMATCH
    assert _flagged(server) == [{"voucher": "4711"}]


def test_a_gift_that_no_rule_gives_is_a_mismatch(shop: Shop) -> None:
    drawn = next(one for one in seeded_chain().vouchers if (one.campaign, one.state) == (GIFT, "fresh"))
    cart = _four_pairs(shop)
    cart.add_voucher(shop.voucher(drawn))

    def as_if_there_were_no_voucher(payload: dict[str, Any]) -> None:
        payload["vouchers"] = []

    assert _one(shop, shop.sale(cart, as_if_there_were_no_voucher)) == MISMATCH


# --- engines ------------------------------------------------------------------------------------
def test_another_engine_is_a_note_without_a_case(shop: Shop) -> None:
    def by_an_older_engine(payload: dict[str, Any]) -> None:
        _move(payload, 1_000)
        payload["engine"] = f"{ENGINE}-older"

    item = shop.sale(_four_pairs(shop), by_an_older_engine)
    assert _one(shop, item) == ("applied_flagged", ["ENGINE_OLD"], False)


# --- what the till held -------------------------------------------------------------------------
def _new_price(server: CentralServer, product: str) -> None:
    """Cheaper from an hour ago on, published now."""
    begin = server.clock() - timedelta(hours=1)
    with server.central.database.writing() as connection:
        own = product_price.c.product == product
        newest = max(row.ver for row in connection.execute(select(product_price).where(own)))
        row = {"product": product, "store": 0, "ver": newest + 1, "amount": 9_000, "valid_from": begin}
        connection.execute(insert(product_price), row)
        writer = FeedWriter(connection)
        publish.products(writer, server.clock(), [product])
        writer.flush()


def test_a_price_changed_after_the_tills_feed_is_a_report(server: CentralServer, shop: Shop) -> None:
    cart = _four_pairs(shop)
    item = shop.sale(cart)
    _new_price(server, cart.lines[0].product_id or "")
    assert _one(shop, item) == STALE


def test_a_price_that_the_till_knew_to_be_old_is_a_mismatch(server: CentralServer, shop: Shop) -> None:
    cart = _four_pairs(shop)
    _new_price(server, cart.lines[0].product_id or "")
    before = cart.to_json()
    shop.pull()
    assert _one(shop, shop.sale(Cart.from_json(before))) == MISMATCH


def test_a_planned_change_needs_no_newer_feed(server: CentralServer, shop: Shop) -> None:
    now = server.clock()
    changing = next(one for one in shop.goods.values() if one.price_at(now).valid_to is not None)
    begins = changing.price_at(now).valid_to
    assert begins is not None
    cart = Cart()
    cart.add(changing)
    assert _one(shop, shop.sale(cart, at=begins - timedelta(minutes=1))) == APPLIED
    assert _one(shop, shop.sale(cart, at=begins)) == APPLIED

    def too_late(payload: dict[str, Any]) -> None:
        payload["priced_at"] = begins.isoformat()

    assert _one(shop, shop.sale(cart, too_late, at=begins - timedelta(minutes=1))) == MISMATCH


def _change_rule(server: CentralServer, **changes: Any) -> None:
    """A second version of the shoes' promotion, published now."""
    with server.central.database.writing() as connection:
        row = connection.execute(select(promotion).where(promotion.c.id == "DOI-4")).one()
        body = {**row.body, "ver": 2, **changes}
        connection.execute(insert(promotion), {**row._mapping, "ver": 2, "body": body})
        writer = FeedWriter(connection)
        publish.promotions(writer, server.clock())
        writer.flush()


def test_a_rule_changed_after_the_tills_feed_is_a_report(server: CentralServer, shop: Shop) -> None:
    item = shop.sale(_four_pairs(shop))
    _change_rule(server, percent_bp=3000)
    assert _one(shop, item) == STALE


def test_a_rule_that_the_till_knew_to_be_old_is_a_mismatch(server: CentralServer, shop: Shop) -> None:
    _change_rule(server, percent_bp=3000)
    old = list(shop.promotions)
    shop.pull()
    shop.promotions = old
    assert _one(shop, shop.sale(_four_pairs(shop))) == MISMATCH


def test_a_rule_that_began_after_the_tills_feed_is_a_report(server: CentralServer, shop: Shop) -> None:
    cart = Cart()
    cart.add(shop.by_price(300_000, "vay-dam")[0])
    item = shop.sale(cart)
    body = {
        "id": "MOI", "ver": 1, "name": "Giảm 5%", "kind": "percent", "percent_bp": 500, "priority": 1,
        "from": "2026-11-01", "to": "2026-11-30", "products": {"categories": ["vay-dam"]},
    }  # fmt: skip
    with server.central.database.writing() as connection:
        row = {"id": "MOI", "ver": 1, "store": 0, "valid_from": server.clock() - timedelta(days=21)}
        connection.execute(insert(promotion), {**row, "body": body})
        writer = FeedWriter(connection)
        publish.promotions(writer, server.clock())
        writer.flush()
    assert _one(shop, item) == STALE
    shop.pull()
    assert _one(shop, shop.sale(cart)) == APPLIED


def test_a_campaign_changed_after_the_tills_feed_is_a_report(server: CentralServer, shop: Shop) -> None:
    drawn = next(one for one in seeded_chain().vouchers if (one.campaign, one.state) == (BAGS, "fresh"))
    cart = Cart()
    cart.add(shop.by_price(400_000, "tui-xach")[0])
    cart.add_voucher(shop.voucher(drawn))
    item = shop.sale(cart)
    with server.central.database.writing() as connection:
        row = connection.execute(select(campaign).where(campaign.c.no == BAGS)).one()
        body = {**row.body, "ver": 2, "max_amount": 1_000}
        connection.execute(insert(campaign), {"no": BAGS, "ver": 2, "store": 0, "body": body})
        writer = FeedWriter(connection)
        publish.campaigns(writer)
        writer.flush()
    assert _one(shop, item) == STALE


# --- speed --------------------------------------------------------------------------------------
def test_the_catalogue_is_read_once_for_two_hundred_sales(server: CentralServer, shop: Shop) -> None:
    items = [shop.sale(_four_pairs(shop)) for _ in range(200)]
    asked: list[str] = []
    engine = server.central.database.engine
    watched = ("FROM product_price", "FROM promotion", "FROM category", "FROM staff")
    event.listen(engine, "before_cursor_execute", lambda *words: asked.append(words[2]))
    shop.till.upload(*items)
    for table in watched:
        assert sum(table in statement for statement in asked) == 1, table


def test_a_price_withdrawn_meanwhile_is_still_known(server: CentralServer, shop: Shop) -> None:
    cart = _four_pairs(shop)
    item = shop.sale(cart)
    with server.central.database.writing() as connection:
        gone = {"valid_to": server.clock() - timedelta(minutes=1)}
        product = cart.lines[0].product
        assert product is not None
        own = product_price.c.product == product.id
        ver = product_price.c.ver == product.price_at(server.clock()).ver
        connection.execute(update(product_price).where(own, ver).values(**gone))
        writer = FeedWriter(connection)
        publish.products(writer, server.clock(), [product.id])
        writer.flush()
    assert _one(shop, item) == STALE
