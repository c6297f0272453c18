"""The twelve automatic promotions: every kind once, and a usual basket meets few of them."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from central.seed.calendar import ZONE
from pos_app.domain.cart import Cart
from pos_app.domain.customer import CustomerCard
from pos_app.domain.price import PricedCart, price_cart
from pos_app.domain.product import Category, Product
from pos_app.domain.promotion import Promotion, PromotionKind
from tests.support import central_world
from tests.support.central_server import CentralServer
from tests.support.seed_feeds import feed_bodies

NOW = central_world.NOW
TODAY = NOW.date()
TUESDAY_AFTERNOON = datetime(2026, 11, 24, 15, 0, tzinfo=ZONE)


class Shop:
    """Goods and rules as a till of the first store reads them."""

    def __init__(self, folder: Path) -> None:
        with (
            CentralServer.seeded(folder, port=False) as server,
            server.central.database.reading() as connection,
        ):
            items = feed_bodies(connection, "catalogue", "store/1")
        kinds = {body["id"]: Category.from_json(body) for key, body in items.items() if "category/" in key}
        self.goods = {
            body["id"]: Product.from_json(body, kinds[body["category"]])
            for key, body in items.items()
            if key.startswith("product/")
        }
        self.rules = [
            Promotion.from_json(body) for key, body in items.items() if key.startswith("promotion/")
        ]

    def price(self, *goods: Product, at: datetime = NOW, **more: Any) -> PricedCart:
        cart = Cart(channel=more.pop("channel", "store"))
        for product in goods:
            cart.add(product)
        if more:
            cart.attach_customer(CustomerCard("c", "Hoa L.", **more))
        return price_cart(cart, self.rules, at, ZONE, self.goods)

    def of(self, category: str, least: int = 0) -> list[Product]:
        """Dear ones first, one of each style, that keep their price."""
        found = {
            one.style: one
            for one in self.goods.values()
            if one.category == category and one.price_at(NOW).amount >= least
        }
        return sorted(found.values(), key=lambda one: -one.price_at(NOW).amount)

    def sku(self, sku: str) -> Product:
        return next(one for one in self.goods.values() if one.sku == sku)


def rules_of(priced: PricedCart) -> set[str]:
    """Those that took something off, and those that gave something."""
    met = {discount.rule for line in priced.lines for discount in line.discounts}
    return met | {line.gift_of for line in priced.lines if line.gift_of}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    return Shop(tmp_path_factory.mktemp("promotions"))


def test_every_kind_and_condition_is_there(shop: Shop) -> None:
    rules = shop.rules
    assert len(rules) == len({rule.id for rule in rules}) == 12
    assert {rule.kind for rule in rules} == set(PromotionKind)
    thresholds = [rule for rule in rules if rule.kind is PromotionKind.THRESHOLD]
    assert sum(bool(rule.amount) for rule in thresholds) == 1
    assert sum(bool(rule.percent_bp) for rule in thresholds) == 1
    assert sum(bool(rule.gifts) for rule in thresholds) == 1
    assert [rule.birthday_days for rule in rules if rule.birthday_days is not None] == [7]
    assert any(rule.tiers for rule in rules)
    assert any(rule.weekdays and rule.hours for rule in rules)
    assert any(rule.channel for rule in rules)
    assert any(rule.exclusive for rule in rules)
    assert any(rule.max_amount for rule in rules)


def test_every_promotion_explains_itself(shop: Shop) -> None:
    assert all(rule.name and rule.explanation and not rule.products.is_everything for rule in shop.rules
               if rule.kind is not PromotionKind.BUNDLE)  # fmt: skip


def test_a_usual_basket_meets_few_promotions(shop: Shop) -> None:
    dice = random.Random(1)
    goods = list(shop.goods.values())
    met = Counter(len(rules_of(shop.price(*dice.sample(goods, dice.randint(1, 3))))) for _ in range(300))
    assert max(met) <= 3
    assert met[0] + met[1] > 250


def test_a_set_of_polish_and_socks_has_one_price(shop: Shop) -> None:
    priced = shop.price(shop.sku("CSG-9101"), shop.sku("PKN-9001"))
    assert priced.total == 89_000
    assert rules_of(priced) == {"BO-CHAM-GIAY"}


def test_goods_of_the_set_are_not_counted_again(shop: Shop) -> None:
    socks = shop.sku("PKN-9001")
    priced = shop.price(shop.sku("CSG-9101"), socks, socks, socks, socks)
    assert rules_of(priced) == {"BO-CHAM-GIAY"}
    assert rules_of(shop.price(*[socks] * 4)) == {"TAT-3-1"}


def test_dear_bags_bring_a_key_ring(shop: Shop) -> None:
    bags = shop.of("tui-xach", 500_000)[:3]
    priced = shop.price(*bags)
    assert "TUI-QUA" in rules_of(priced)
    assert priced.lines[-1].name == "Móc khóa gấu bông"
    assert priced.lines[-1].amount == 0


def test_clothes_for_a_million_cost_eighty_thousand_less(shop: Shop) -> None:
    dresses = shop.of("vay-dam")[:2]
    priced = shop.price(*dresses, *dresses)
    assert priced.gross > 1_000_000
    assert priced.discount == 80_000
    assert rules_of(priced) == {"TU-DO-1TR"}


def test_cosmetics_threshold_is_capped(shop: Shop) -> None:
    priced = shop.price(*shop.of("my-pham"), *shop.of("my-pham"))
    assert priced.discount == 80_000


def test_a_birthday_counts_a_week_before_and_after(shop: Shop) -> None:
    heels = shop.of("giay-cao-got")[0]
    for days, is_near in ((7, True), (-7, True), (8, False)):
        day = TODAY + timedelta(days=days)
        met = rules_of(shop.price(heels, birthday=(day.month, day.day)))
        assert ("SINH-NHAT" in met) == is_near


def test_a_privilege_is_for_its_tiers_only(shop: Shop) -> None:
    shirt = next(one for one in shop.of("ao-quan") if not one.name.startswith(("Áo khoác", "Áo len")))
    met = {tier: rules_of(shop.price(shirt, tier=tier)) for tier in ("member", "silver", "gold", "platinum")}
    assert met == {"member": set(), "silver": set(), "gold": {"HANG-VANG"}, "platinum": {"HANG-VANG"}}


def test_a_golden_hour_is_on_two_afternoons(shop: Shop) -> None:
    ring = shop.sku("PKN-9010")
    for hours, is_golden in ((0, True), (2, False), (-2, False), (24, False), (48, True)):
        met = rules_of(shop.price(ring, at=TUESDAY_AFTERNOON + timedelta(hours=hours)))
        assert ("GIO-VANG" in met) == is_golden


def test_who_fetches_an_order_has_an_offer_of_their_own(shop: Shop) -> None:
    polish = shop.sku("CSG-9101")
    assert rules_of(shop.price(polish)) == set()
    assert rules_of(shop.price(polish, channel="pickup")) == {"NHAN-HANG"}


def test_rules_without_goods_of_theirs_hold_for_nothing(shop: Shop) -> None:
    for rule in shop.rules:
        for part in (rule.products, *(one.products for one in rule.components)):
            assert not part.is_everything or rule.kind is PromotionKind.BUNDLE
