"""The whole made-up chain as plain facts; the same seed and day always give the same."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from central.seed.baskets import BasketMaker
from central.seed.calendar import Calendar
from central.seed.campaigns import Campaign, make_campaigns
from central.seed.counter_vouchers import thanks_campaign
from central.seed.customers import Customer, make_customers
from central.seed.dice import Dice, Serials
from central.seed.gift_cards import gift_card_campaign, make_gift_cards
from central.seed.handovers import HandedOver, make_handovers
from central.seed.history import History, HistoryMaker
from central.seed.orders import Order, OrderMaker
from central.seed.prices import PriceVersion, current, make_prices
from central.seed.products import Variant, make_products
from central.seed.promotions import make_promotions
from central.seed.reservations import ReservationMaker
from central.seed.staff import PEOPLE, demo_pins
from central.seed.stock import make_stock
from central.seed.stores import STORES, TILLS_PER_STORE
from central.seed.vouchers import Voucher, VoucherMaker


@dataclass(frozen=True, slots=True)
class Scale:
    """How much of each noun. `vouchers` is per campaign; `history` counts receipts of the past two years."""

    products: int = 5_000
    customers: int = 2_000
    orders: int = 300
    vouchers: int = 125
    reservations: int = 36
    history: int = 30_000


SMALL = Scale(products=240, customers=60, orders=60, vouchers=12, reservations=18, history=600)
"""Enough of everything for a quick test."""


@dataclass(frozen=True, slots=True)
class Till:
    """One counter that waits to be enrolled."""

    id: str
    store: int
    number: int


@dataclass(frozen=True, slots=True)
class Chain:
    """Everything that is drawn. `pins`: staff number → demo PIN; `badges`: staff number → serial.

    `orders` are those of the web, then the reservations; `old_tills`: store → till of the history's receipts.
    """

    seed: int
    scale: Scale
    calendar: Calendar
    tenant: str
    office: str
    tills: tuple[Till, ...]
    variants: tuple[Variant, ...]
    prices: tuple[PriceVersion, ...]
    stock: dict[tuple[int, str], int]
    promotions: tuple[dict[str, Any], ...]
    campaigns: tuple[Campaign, ...]
    customers: tuple[Customer, ...]
    vouchers: tuple[Voucher, ...]
    gift_cards: tuple[Voucher, ...]
    orders: tuple[Order, ...]
    handovers: tuple[HandedOver, ...]
    history: History
    old_tills: dict[int, str]
    pins: dict[int, str]
    badges: dict[int, int]


def make_chain(seed: int, today: date, scale: Scale | None = None) -> Chain:
    """Draws the chain of `seed` as it stands on the morning of `today`."""
    scale = scale or Scale()
    calendar = Calendar(today)
    serials = Serials(Dice(seed, "serials"))
    ids = Dice(seed, "ids")
    tenant = ids.uuid4()
    variants = make_products(seed, scale.products)
    prices = make_prices(seed, variants, calendar)
    customers = make_customers(seed, scale.customers, calendar, serials)
    campaigns = make_campaigns(calendar, variants)
    vouchers = VoucherMaker(Dice(seed, "vouchers"), serials, calendar, customers)
    best_first = tuple(sorted(variants, key=lambda one: one.rank))
    baskets = BasketMaker(Dice(seed, "baskets"), best_first, current(prices, calendar.at(0, 12)))
    orders = OrderMaker(Dice(seed, "orders"), serials, calendar, customers, baskets).make(scale.orders)
    drawn_vouchers = vouchers.make(campaigns, scale.vouchers)
    badges = {person.no: serials.draw() for person in PEOPLE}
    to_try = replace(baskets, dice=Dice(seed, "reservations"))
    orders += ReservationMaker(to_try.dice, serials, calendar, customers, to_try).make(scale.reservations)
    cards = make_gift_cards(seed, customers, calendar, serials)
    history = HistoryMaker(seed, calendar, best_first, prices).make(
        customers, cards, make_handovers(seed, orders), scale.history
    )
    orders = _of_these(orders, history.customers)
    return Chain(
        seed=seed,
        scale=scale,
        calendar=calendar,
        tenant=tenant,
        office=_made_of(tenant, "office"),
        tills=tuple(
            Till(ids.uuid4(), store.no, number)
            for store in STORES
            for number in range(1, TILLS_PER_STORE + 1)
        ),
        variants=variants,
        prices=prices,
        stock=make_stock(seed, variants),
        promotions=make_promotions(calendar, variants),
        campaigns=(*campaigns, gift_card_campaign(calendar), thanks_campaign(calendar)),
        customers=history.customers,
        vouchers=drawn_vouchers,
        gift_cards=cards,
        orders=orders,
        handovers=make_handovers(seed, orders),
        history=history,
        old_tills={store.no: _made_of(tenant, f"old-till/{store.no}") for store in STORES},
        pins=demo_pins(seed),
        badges=badges,
    )


def _made_of(tenant: str, name: str) -> str:
    """The id of a till that was never enrolled here."""
    return str(uuid.uuid5(uuid.UUID(tenant), name))


def _of_these(orders: tuple[Order, ...], customers: tuple[Customer, ...]) -> tuple[Order, ...]:
    """The orders of customers as their purchases have made them."""
    by_id = {one.id: one for one in customers}
    return tuple(replace(order, customer=by_id[order.customer.id]) for order in orders)
