"""The named examples of the pricing rules, and each step of the fixed order."""

from __future__ import annotations

import time
from datetime import date, timedelta
from itertools import permutations

import pytest

from pos_app.domain.cart import Cart, ManualDiscount, Uncoded
from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import (
    NoPriceInForce,
    VoucherBelowMinBasket,
    VoucherGiftMissing,
    VoucherNoEligibleGoods,
)
from pos_app.domain.price import GiftCondition, PricedCart, Step, price_cart
from pos_app.domain.product import Price
from pos_app.domain.product_set import ProductSet
from pos_app.domain.promotion import Component, Promotion
from tests.support.goods import NOON, ZONE, campaign, cart_of, product, promotion, voucher


def priced(cart: Cart, *promotions: Promotion, **fields: object) -> PricedCart:
    return price_cart(cart, promotions, NOON, ZONE, **fields)  # type: ignore[arg-type]


FOURTH_HALF = promotion("nth_item", n=4, percent_bp=5000)


def test_four_pairs_share_the_discount_of_the_fourth() -> None:
    result = priced(cart_of(*((product(n, 600_000), 1) for n in range(4))), FOURTH_HALF)
    assert [line.amount for line in result.lines] == [525_000] * 4


def test_a_line_of_four_pieces_is_four_units() -> None:
    assert priced(cart_of((product(1, 600_000), 4)), FOURTH_HALF).total == 2_100_000


@pytest.mark.parametrize(
    "order", [(800, 700, 600, 500, 400, 300, 200, 100), (100, 800, 200, 700, 300, 600, 400, 500)]
)
def test_eight_pairs_earn_the_same_in_any_order(order: tuple[int, ...]) -> None:
    result = priced(cart_of(*((product(price, price), 1) for price in order)), FOURTH_HALF)
    assert result.discount == 300


def test_scan_order_changes_no_line_either() -> None:
    goods = [(product(1, 100), 1), (product(2, 100), 1), (product(3, 101), 1)]
    rule = promotion("threshold", threshold=300, amount=100)
    shares = {
        tuple(sorted((line.product_id, line.amount) for line in priced(cart_of(*order), rule).lines))
        for order in permutations(goods)
    }
    assert len(shares) == 1


def test_a_cap_is_used_up_in_the_order_of_the_groups() -> None:
    rule = promotion("buy_n_get_m", n=1, m=1, max_amount=150_000)
    assert priced(cart_of((product(1, 100_000), 8)), rule).discount == 150_000


def test_nine_thousand_pieces_are_priced_at_once() -> None:
    rule = promotion("nth_item", n=2, percent_bp=3333)
    begun = time.perf_counter()
    result = priced(cart_of((product(1, 99_999), 9999), (product(2, 77_777), 9999)), rule)
    assert time.perf_counter() - begun < 0.2
    assert result.discount == 4999 * 33_330 + 25_923 * 4999 + 25_923


def test_a_bundle_takes_the_dearest_of_each_component_first() -> None:
    shoes, bags = ProductSet(categories=frozenset({"shoes"})), ProductSet(categories=frozenset({"bags"}))
    rule = promotion("bundle", price=500_000, components=(Component(shoes), Component(bags)))
    cart = cart_of(
        (product(1, 300_000), 1), (product(2, 400_000), 1), (product(3, 250_000, category="bags"), 1)
    )
    result = priced(cart, rule)
    assert result.discount == 150_000
    assert result.line(1).amount == 300_000


def test_a_bundle_dearer_than_its_parts_takes_nothing() -> None:
    everything = ProductSet()
    rule = promotion("bundle", price=500_000, components=(Component(everything, 2),))
    assert priced(cart_of((product(1, 200_000), 4)), rule).discount == 0


def test_an_exclusive_promotion_takes_units_not_lines() -> None:
    first = promotion("buy_n_get_m", 1, n=1, m=1, exclusive=True, priority=1)
    second = promotion("percent", 2, percent_bp=1000, priority=2)
    result = priced(cart_of((product(1, 100_000), 3)), second, first)
    assert result.total == 100_000 + 90_000


def test_priority_comes_before_the_id() -> None:
    result = priced(
        cart_of((product(1, 100_000), 1)),
        promotion("amount", 1, amount=50_000, priority=9),
        promotion("percent", 2, percent_bp=5000, priority=1),
    )
    assert [discount.rule for discount in result.lines[0].discounts] == ["KM2", "KM1"]
    assert result.total == 0


def test_the_tier_price_counts_only_when_lower() -> None:
    prices = (Price(1, 100_000), Price(2, 90_000, tier="gold"), Price(3, 120_000, tier="silver"))
    cart = cart_of((product(1, prices=prices), 1))
    cart.attach_customer(CustomerCard("c", "Hoa N.", "gold"))
    assert (priced(cart).total, priced(cart).lines[0].price_ver) == (90_000, 2)
    cart.attach_customer(CustomerCard("c", "Hoa N.", "silver"))
    assert priced(cart).total == 100_000


def test_a_planned_price_takes_over_at_its_instant() -> None:
    prices = (Price(1, 100_000), Price(2, 80_000, valid_from=NOON))
    goods = product(1, prices=prices)
    assert goods.price_at(NOON - timedelta(seconds=1)).amount == 100_000
    assert goods.price_at(NOON).amount == 80_000


def test_without_a_price_in_force_nothing_is_guessed() -> None:
    with pytest.raises(NoPriceInForce):
        priced(cart_of((product(1, prices=(Price(1, 1, valid_from=NOON + timedelta(days=1)),)), 1)))


def test_birthday_week_reaches_over_new_year() -> None:
    rule = promotion("percent", percent_bp=1000, birthday_days=7)
    cart = cart_of((product(1), 1))
    cart.attach_customer(CustomerCard("c", "Hoa N.", birthday=(1, 2)))
    new_year = NOON.replace(month=12, day=29)
    assert price_cart(cart, [rule], new_year, ZONE).discount == 10_000
    assert price_cart(cart, [rule], NOON, ZONE).discount == 0


def test_hours_and_weekdays_are_local() -> None:
    rule = promotion("percent", percent_bp=1000, weekdays=frozenset({6}), hours=((12 * 60, 13 * 60),))
    cart = cart_of((product(1), 1))
    assert price_cart(cart, [rule], NOON, ZONE).discount == 10_000
    assert price_cart(cart, [rule], NOON + timedelta(hours=1), ZONE).discount == 0


def test_manual_discounts_come_after_promotions_and_name_their_person() -> None:
    cart = cart_of((product(1), 1), (product(2), 1))
    cart.discount_line(1, ManualDiscount("damaged", by=12, percent_bp=1000))
    cart.discount_order(ManualDiscount("regular", by=13, amount=10_000))
    result = priced(cart, promotion("percent", percent_bp=5000))
    steps = [discount.step for discount in result.lines[0].discounts]
    assert steps == [Step.PROMOTION, Step.LINE, Step.ORDER]
    assert result.total == 45_000 + 50_000 - 10_000
    assert [discount.by for discount in result.lines[0].discounts] == [None, 12, 13]


def test_percent_vouchers_act_before_amounts_whatever_was_scanned_first() -> None:
    cart = cart_of((product(1, 400_000), 1))
    cart.add_voucher(voucher("amount", 100_000, 1))
    cart.add_voucher(voucher("percent", 1000, 2))
    result = priced(cart)
    assert [taken.amount for taken in result.vouchers] == [100_000, 40_000]
    assert result.total == 260_000


def test_an_amount_voucher_never_pays_more_than_the_rest() -> None:
    cart = cart_of((product(1, 30_000), 1))
    cart.add_voucher(voucher("amount", 50_000))
    assert (priced(cart).total, priced(cart).vouchers[0].rest) == (0, 20_000)


def test_a_voucher_below_its_minimum_says_what_is_missing() -> None:
    cart = cart_of((product(1, 300_000), 1))
    cart.add_voucher(voucher("amount", 50_000, min_basket=400_000))
    refused = priced(cart).vouchers[0].refused
    assert isinstance(refused, VoucherBelowMinBasket)
    assert refused.missing == 100_000


def test_a_voucher_takes_from_its_goods_alone() -> None:
    rules = campaign("percent", products=ProductSet(categories=frozenset({"bags"})), max_amount=15_000)
    cart = cart_of((product(1), 1), (product(2, category="bags"), 2))
    cart.add_voucher(voucher("percent", 2000, campaign=rules))
    assert [line.amount for line in priced(cart).lines] == [100_000, 185_000]
    other = cart_of((product(1), 1))
    other.add_voucher(voucher("percent", 2000, campaign=rules))
    assert isinstance(priced(other).vouchers[0].refused, VoucherNoEligibleGoods)


def test_a_gift_out_of_stock_is_replaced_or_the_voucher_not_used() -> None:
    rules = campaign("gift", gifts=((1, ("SP000008",)), (2, ("SP000009",))))
    cart = cart_of((product(1), 1))
    cart.add_voucher(voucher("gift", 1, campaign=rules))
    result = priced(cart, gifts={"SP000009": product(9, 45_000)})
    gift = result.lines[-1]
    assert (gift.amount, gift.gift_value, gift.gift_of, result.total) == (0, 45_000, "7", 100_000)
    assert isinstance(priced(cart).vouchers[0].refused, VoucherGiftMissing)


def test_a_threshold_brings_its_gift_once_and_only_above_it() -> None:
    rule = promotion("threshold", threshold=150_000, gifts=("SP000009",), exclusive=True, priority=1)
    later = promotion("percent", 2, percent_bp=1000, priority=2)
    stock = {"SP000009": product(9, 45_000)}
    result = priced(cart_of((product(1), 2)), rule, later, gifts=stock)
    assert [(line.gift_of, line.amount) for line in result.lines] == [(None, 200_000), ("KM1", 0)]
    assert result.line(2).gift_condition == GiftCondition(150_000, (1,))
    assert len(priced(cart_of((product(1), 1)), rule, gifts=stock).lines) == 1
    assert len(priced(cart_of((product(1), 2)), rule).lines) == 1


def test_goods_without_a_code_are_priced_as_typed() -> None:
    cart = Cart()
    cart.add_uncoded(Uncoded("Dây giày", 25_000, "laces", 1000), 2000)
    line = priced(cart).lines[0]
    assert (line.amount, line.vat, line.price_ver) == (50_000, 4_545, 0)


def test_the_label_of_a_weighed_product_wins() -> None:
    cart = Cart()
    cart.add(product(1, 189_000, weighed=True), 1, label_amount=63_400)
    line = priced(cart).lines[0]
    assert (line.gross, line.quantity) == (63_400, 335)


def test_each_line_carries_its_last_day() -> None:
    cart = cart_of((product(1, return_days=7), 1), (product(2, no_return_reason="clearance"), 1))
    assert [line.return_until for line in priced(cart).lines] == [date(2026, 11, 28), None]


def test_a_hundred_lines_with_twelve_promotions_are_fast() -> None:
    cart = cart_of(
        *((product(n, 1000 * (n * 37 % 900 + 1), category=f"c{n % 7}"), n % 3 + 1) for n in range(100))
    )
    kinds = (
        {"kind": "nth_item", "n": 4, "percent_bp": 5000},
        {"kind": "percent", "percent_bp": 1000},
        {"kind": "threshold", "threshold": 10_000, "amount": 5_000},
    )
    rules = []
    for n in range(12):
        fields = dict(kinds[n % 3])
        goods = ProductSet(categories=frozenset({f"c{n % 7}", f"c{(n + 1) % 7}"}))
        rules.append(promotion(str(fields.pop("kind")), n, products=goods, **fields))
    best = min(_seconds(cart, rules) for _ in range(20))
    assert best < 0.02


def _seconds(cart: Cart, rules: list[Promotion]) -> float:
    begun = time.perf_counter()
    price_cart(cart, rules, NOON, ZONE)
    return time.perf_counter() - begun
