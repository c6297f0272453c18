"""What the feeds bring becomes typed data."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import AmountRefused, LineUnknown, NoPriceInForce
from pos_app.domain.money import half_up, net
from pos_app.domain.original import OriginalSale
from pos_app.domain.points import tier_percent
from pos_app.domain.product import Category, Product
from pos_app.domain.promotion import Moment, Promotion, PromotionKind
from pos_app.domain.staff import Role, StaffMember
from pos_app.domain.units import group_discounts
from pos_app.domain.voucher import Campaign
from tests.support.goods import NOON, ZONE

SHOES = {
    "id": "shoes",
    "name": "Giày",
    "vat": [
        {"rate": 800, "from": "2025-07-01", "to": "2026-12-31"},
        {"rate": 1000, "from": "2027-01-01", "to": None},
    ],
    "return_days": 14,
    "uncoded": True,
}
PRODUCT = {
    "id": "SP000123",
    "sku": "SP000123",
    "name": "Giày búp bê",
    "category": "shoes",
    "unit": "đôi",
    "barcodes": ["8936000000017"],
    "prices": [{"ver": 4, "amount": 399_000, "from": "2026-01-01T00:00:00+07:00", "to": None}],
    "rank": 17,
}


def test_a_product_takes_vat_and_return_days_of_its_category() -> None:
    product = Product.from_json(PRODUCT, Category.from_json(SHOES))
    assert (product.vat_at(date(2026, 12, 31)), product.vat_at(date(2027, 1, 1))) == (800, 1000)
    assert (product.returnable_days, product.price_at(NOON).amount) == (14, 399_000)
    assert Product.from_json(product.to_json()) == product


def test_clearance_goods_do_not_come_back() -> None:
    product = Product.from_json({**PRODUCT, "no_return": "clearance"}, Category.from_json(SHOES))
    assert (product.returnable_days, Product.from_json(product.to_json())) == (0, product)


def test_a_day_without_a_rate_is_named() -> None:
    category = Category.from_json(SHOES)
    assert category.vat_at(date(2026, 1, 1)) == 800
    for thing in (category, Product.from_json(PRODUCT, category)):
        with pytest.raises(NoPriceInForce):
            thing.vat_at(date(2020, 1, 1))


def test_a_promotion_reads_its_times_and_conditions() -> None:
    rule = Promotion.from_json(
        {
            "id": "KM1",
            "ver": 3,
            "name": "Thứ bảy",
            "kind": "nth_item",
            "n": 2,
            "percent_bp": 5000,
            "from": "2026-11-01",
            "to": "2026-11-21",
            "weekdays": [6],
            "hours": [[22 * 60, 2 * 60]],
            "tiers": ["gold"],
            "channel": "pickup",
            "products": {"categories": ["shoes"]},
            "components": [{"products": {"ids": ["SP1"]}, "quantity": 2}],
        }
    )
    late = datetime(2026, 11, 21, 16, 30, tzinfo=UTC).astimezone(ZONE)
    assert rule.kind is PromotionKind.NTH_ITEM
    assert rule.applies(Moment(late, "gold", channel="pickup"))
    assert not rule.applies(Moment(late, "member", channel="pickup"))
    assert not rule.applies(Moment(late, "gold"))
    assert not rule.applies(Moment(late.replace(hour=21), "gold", channel="pickup"))
    assert not rule.applies(Moment(late.replace(day=20), "gold", channel="pickup"))
    assert not rule.applies(Moment(late.replace(day=22), "gold", channel="pickup"))
    assert not rule.applies(Moment(late.replace(month=10, day=31), "gold", channel="pickup"))


def test_a_birthday_on_29_february_is_kept_every_year() -> None:
    rule = Promotion("a", 1, "", PromotionKind.PERCENT, birthday_days=0)
    assert rule.applies(Moment(datetime(2027, 2, 28, tzinfo=ZONE), birthday=(2, 29)))
    assert not rule.applies(Moment(datetime(2027, 2, 28, tzinfo=ZONE)))


def test_a_campaign_reads_and_writes_itself() -> None:
    rules = Campaign.from_json(
        {
            "campaign": 9,
            "ver": 2,
            "name": "Quà",
            "kind": "gift",
            "categories": ["shoes"],
            "from": "2026-11-01",
            "to": "2026-11-30",
            "gifts": {"10": ["SP3"], "2": ["SP1", "SP2"]},
        }
    )
    assert rules.gift_choices(2) == ("SP1", "SP2", "SP3")
    assert rules.valid_to == datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert Campaign.from_json(rules.to_json()) == rules


def test_customers_and_staff_are_read() -> None:
    card = CustomerCard.from_json({"id": "c", "name": "Hoa N.", "birthday": [3, 8], "aliases": ["b"]})
    assert (card.tier, card.birthday, card.goes_by("b"), card.goes_by("x")) == ("member", (3, 8), True, False)
    assert (tier_percent("gold"), tier_percent(None)) == (150, 100)
    lan = StaffMember.from_json({"staff": 1, "name": "Lan", "role": "senior"})
    assert (lan.role, lan.active) == (Role.SENIOR, True)


def test_a_sale_of_the_feed_knows_what_came_back() -> None:
    line = {"no": 1, "product": "SP1", "name": "Giày", "quantity": 3000, "amount": 814_200, "vat_rate": 800}
    line |= {"vat": 60_311, "return_until": "2026-12-05"}
    line |= {"returned": {"quantity": 1000, "amount": 271_400, "vat": 20_104}}
    returns = {"refunds": [{"kind": "cash", "original_tender": 1, "amount": 272_000}], "cash_share": 271_400}
    sale = OriginalSale.from_json(
        {
            "doc_id": "d",
            "receipt_no": "NT02-000001",
            "lines": [line],
            "tenders": [{"no": 1, "kind": "cash", "amount": 814_000}],
            "rounding": -200,
            "total": 814_200,
            "customer": "c",
            "points_earned": 81,
            "returns": returns,
        }
    )
    assert (sale.refunded, sale.earns, sale.line(1).left) == ({1: 271_400}, True, 2000)
    with pytest.raises(LineUnknown):
        sale.line(2)


def test_extra_goods_of_a_hand_over_can_come_back() -> None:
    line = {"no": 1, "product": "SP1", "quantity": 1000, "amount": 1_000, "vat_rate": 0}
    sale = OriginalSale.from_json(
        {"doc_id": "d", "lines": [line], "sale": {"lines": [line | {"no": 2}]}, "total": 2_000}
    )
    assert [item.no for item in sale.lines] == [1, 2]


def test_impossible_arithmetic_is_refused() -> None:
    with pytest.raises(AmountRefused):
        half_up(1, 0)
    with pytest.raises(AmountRefused):
        group_discounts("nth_item", [1], 0, 0, 0, None)
    assert net(1_080, 800) == 1_000
