"""Which gifts of vouchers and promotions lie in this store."""

from __future__ import annotations

from pos_app.domain.cart import Cart
from pos_app.domain.product import Product
from pos_app.domain.voucher import VoucherKind
from pos_app.storage.catalogue import CatalogueStore
from pos_app.storage.stock import StockStore


def gifts_at_hand(cart: Cart, catalogue: CatalogueStore, stock: StockStore) -> dict[str, Product]:
    """By product id: those the cart may bring, as far as there is one here."""
    wanted = [
        product
        for use in cart.vouchers
        if use.kind is VoucherKind.GIFT
        for product in use.campaign.gift_choices(use.value)
    ]
    for promotion in catalogue.promotions():
        wanted.extend(promotion.gifts)
    found = {name: catalogue.by_id(name) for name in wanted}
    return {
        name: product
        for name, product in found.items()
        if product is not None and (stock.of(name).here or 0) > 0
    }
