"""Builders of products, carts and promotions for tests of the business rules."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.domain.cart import Cart
from pos_app.domain.product import Price, Product, VatRate
from pos_app.domain.promotion import Promotion, PromotionKind
from pos_app.domain.voucher import Campaign, VoucherKind, VoucherUse

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
NOON = datetime(2026, 11, 21, 5, tzinfo=UTC)
"""A Saturday, 12:00 in Việt Nam."""


def product(number: int, price: int = 100_000, **fields: Any) -> Product:
    name = fields.pop("name", f"Giày {number}")
    rate = fields.pop("rate", 800)
    prices = fields.pop("prices", (Price(1, price),))
    return Product(
        id=f"SP{number:06d}",
        sku=f"SKU{number}",
        name=name,
        category=fields.pop("category", "shoes"),
        prices=prices,
        vat=(VatRate(rate),),
        **fields,
    )


def cart_of(*lines: tuple[Product, int]) -> Cart:
    """Pieces, not thousandths."""
    cart = Cart()
    for goods, pieces in lines:
        cart.add(goods, pieces * 1000)
    return cart


def promotion(kind: str, number: int = 1, **fields: Any) -> Promotion:
    return Promotion(f"KM{number}", 1, fields.pop("name", "Khuyến mãi"), PromotionKind(kind), **fields)


def campaign(kind: str = "amount", number: int = 7, **fields: Any) -> Campaign:
    return Campaign(number, 1, "Mừng khai trương", VoucherKind(kind), **fields)


def voucher(kind: str, value: int, serial: int = 1, **fields: Any) -> VoucherUse:
    rules = fields.pop("campaign", None) or campaign(kind)
    until = fields.pop("valid_until", date(2026, 12, 31))
    return VoucherUse(serial, 1, VoucherKind(kind), value, rules, valid_until=until, **fields)
