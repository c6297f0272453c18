"""Sales priced by the till's engine from what central's feeds say: what central then computes again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from pos_app.domain.cart import Cart
from pos_app.domain.cash import CashRounding
from pos_app.domain.customer import CustomerCard
from pos_app.domain.points import tier_percent
from pos_app.domain.price import PricedCart, price_cart
from pos_app.domain.product import Category, Product
from pos_app.domain.promotion import Promotion
from pos_app.domain.sale import Buyer, SaleFacts, sale_payload
from pos_app.domain.tender import Tender, TenderKind, settle
from pos_app.domain.voucher import Campaign, VoucherKind, VoucherUse
from tests.support.central_server import CentralServer
from tests.support.central_till import Item, Till

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


class Shop:
    """What a till holds: pulled once; `pull()` again to hold the newest."""

    def __init__(self, server: CentralServer, till: Till) -> None:
        self.server = server
        self.till = till
        self.goods: dict[str, Product] = {}
        self.promotions: list[Promotion] = []
        self.campaigns: dict[int, Campaign] = {}
        self.as_of: dict[str, int] = {}
        self.pull()

    def pull(self) -> None:
        """Every feed that prices come from."""
        items = self._feed("catalogue")
        kinds = {body["id"]: Category.from_json(body) for key, body in items.items() if "category/" in key}
        self.goods = {
            body["id"]: Product.from_json(body, kinds[body["category"]])
            for key, body in items.items()
            if key.startswith("product/")
        }
        self.promotions = [
            Promotion.from_json(body) for key, body in items.items() if key.startswith("promotion/")
        ]
        campaigns = self._feed("campaigns").values()
        self.campaigns = {body["campaign"]: Campaign.from_json(body) for body in campaigns}

    def _feed(self, name: str) -> Mapping[str, Any]:
        held, page = self.till.pull(name)
        self.as_of[name] = max((ver for ver, _ in held.values()), default=0)
        assert page["up_to_date"]
        return {key: body for key, (_, body) in held.items()}

    def customer(self, customer_id: str) -> CustomerCard:
        """As the feed knows them."""
        return CustomerCard.from_json(self.till.pull("customers")[0][customer_id][1])

    def voucher(self, drawn: Any) -> VoucherUse:
        """A code of the seed, as the till reads it."""
        return VoucherUse(
            serial=drawn.serial, key_id=2, kind=VoucherKind(drawn.kind), value=drawn.value,
            campaign=self.campaigns[drawn.campaign], min_basket=drawn.min_basket,
            valid_until=drawn.valid_until, store=drawn.store, allowed_by="policy",
        )  # fmt: skip

    def price(self, cart: Cart, at: datetime | None = None) -> PricedCart:
        """Every gift is in stock."""
        instant = (at or self.server.clock()).astimezone(UTC)
        return price_cart(cart, self.promotions, instant, ZONE, self.goods)

    def payload(self, cart: Cart, at: datetime | None = None) -> dict[str, Any]:
        """Paid in cash."""
        priced = self.price(cart, at)
        cash = Tender(1, TenderKind.CASH, tendered=priced.total)
        settlement = settle(priced.total, [cash] if priced.total else [], CashRounding())
        card = cart.customer
        buyer = None if card is None else Buyer(card.id, tier_percent(card.tier), earns=card.staff is None)
        body = sale_payload(priced, settlement, SaleFacts(date(2026, 11, 22), buyer))
        return {**body, "receipt_no": self.till.receipt_no()}

    def sale(self, cart: Cart, spoil: Callable[[dict[str, Any]], None] | None = None, **more: Any) -> Item:
        """The document; `spoil` changes the payload before it is signed."""
        payload = self.payload(cart, more.pop("at", None))
        if spoil is not None:
            spoil(payload)
        return self.till.document("sale", payload, as_of=more.pop("as_of", dict(self.as_of)), staff=1, **more)

    def by_price(self, least: int, category: str = "") -> list[Product]:
        """One variant of each style that costs at least so much and can come back, cheapest first."""
        now = self.server.clock()
        found: dict[str, Product] = {}
        for product in self.goods.values():
            if product.price_at(now).amount >= least and category in ("", product.category):
                found.setdefault(product.style, product)
        return sorted(found.values(), key=lambda one: (one.price_at(now).amount, one.id))
