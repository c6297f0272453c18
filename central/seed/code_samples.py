"""Which codes of a made-up chain are worth trying at a till, and what each of them means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from central.seed.chain import Chain
from central.seed.issuer import Issuer
from central.seed.known_styles import KNOWN
from central.seed.load_people import BADGE_DAYS
from central.seed.orders import KNOWN_ORDER, Order
from central.seed.staff import PEOPLE
from central.seed.stores import BY_NO
from central.seed.vouchers import Voucher
from pos_app.domain.codes import day_of

SampleType = Literal["pickup", "voucher", "member", "badge", "product"]
_ORDERS_OF_A_STATE = 2
_MEMBERS = 8


@dataclass(frozen=True, slots=True)
class Sample:
    """One code: `name` of its file without ending, the text inside, and its meaning in a sentence."""

    type: SampleType
    name: str
    text: str
    meaning: str


def samples(chain: Chain, issuer: Issuer) -> tuple[Sample, ...]:
    """Some of every type and state, always the same for one chain."""
    return (
        *_pickups(chain, issuer),
        *_vouchers(chain, issuer),
        *_members(chain, issuer),
        *_badges(chain, issuer),
        *_products(chain),
    )


def _pickups(chain: Chain, issuer: Issuer) -> Iterator[Sample]:
    """Two of each state at each shop, the known one first, reservations and those that want a PIN apart."""
    seen: dict[tuple[object, ...], int] = {}
    for order in sorted(chain.orders, key=lambda one: one.order != KNOWN_ORDER):
        apart = (order.pin is not None, order.reserved_until is not None)
        state = (order.store, order.payment, order.preparation, order.handover, *apart)
        seen[state] = seen.get(state, 0) + 1
        if seen[state] <= _ORDERS_OF_A_STATE:
            yield Sample("pickup", _pickup_name(order), issuer.pickup(order), _pickup_meaning(order))


def _pickup_name(order: Order) -> str:
    state = order.preparation if order.handover == "none" else f"handover-{order.handover}"
    pin = f"-pin-{order.pin}" if order.pin else ""
    kept = "-reserved" if order.reserved_until else ""
    return f"pickup-{BY_NO[order.store].code}-{order.number}-{order.payment}-{state}{kept}{pin}"


def _pickup_meaning(order: Order) -> str:
    words = [
        f"Order {order.number} at {BY_NO[order.store].code}",
        f"payment {order.payment}",
        f"preparation {order.preparation}",
        f"hand-over {order.handover}",
        f"total {order.total}",
    ]
    if order.reserved_until is not None:
        words.append(f"reserved to be tried on until {order.reserved_until:%Y-%m-%d %H:%M}")
    if order.amount_due:
        words.append(f"due {order.amount_due} before hand-over")
    if order.pin:
        words.append(f"PIN {order.pin}")
    if order.identity_check:
        words.append("identity check")
    return ", ".join(words)


def _vouchers(chain: Chain, issuer: Issuer) -> Iterator[Sample]:
    """Three fresh ones of each campaign, then one of each other state, binding and shop."""
    names = {campaign.no: campaign.body["name"] for campaign in chain.campaigns}
    customers = {one.id: one.name for one in chain.customers}
    seen: dict[tuple[int, str, int, bool], int] = {}
    for voucher in chain.vouchers:
        kind = (voucher.campaign, voucher.state, voucher.store, voucher.customer is not None)
        seen[kind] = seen.get(kind, 0) + 1
        if seen[kind] <= (3 if voucher.state == "fresh" and not voucher.store else 1):
            holder = customers.get(voucher.customer or "")
            meaning = _voucher_meaning(voucher, names[voucher.campaign], holder)
            yield Sample("voucher", _voucher_name(voucher, seen[kind]), issuer.voucher(voucher), meaning)


def _voucher_name(voucher: Voucher, place: int) -> str:
    shop = f"-only-{BY_NO[voucher.store].code}" if voucher.store else ""
    bound = "-bound" if voucher.customer else ""
    what = f"{voucher.kind}-{voucher.value}"
    return f"voucher-{voucher.campaign}-{what}-{voucher.state}{shop}{bound}-{place}"


def _voucher_meaning(voucher: Voucher, campaign: str, holder: str | None) -> str:
    words = [f"Voucher of campaign {voucher.campaign} ({campaign})", f"{voucher.kind} {voucher.value}"]
    if voucher.min_basket:
        words.append(f"from {voucher.min_basket}")
    words += [f"until {voucher.valid_until.isoformat()}", voucher.state]
    if voucher.store:
        words.append(f"only at {BY_NO[voucher.store].code}")
    if holder is not None:
        words.append(f"bound to {holder}")
    return ", ".join(words)


def _members(chain: Chain, issuer: Issuer) -> Iterator[Sample]:
    holders = [one for one in chain.customers if one.card is not None]
    for place, one in enumerate(holders[:_MEMBERS], 1):
        meaning = f"Member card of {one.name}, {one.phone}, tier {one.tier}, {one.balance} points"
        yield Sample("member", f"member-{place:02d}-{one.tier}", issuer.member(one), meaning)


def _badges(chain: Chain, issuer: Issuer) -> Iterator[Sample]:
    until = day_of(chain.calendar.today + timedelta(days=BADGE_DAYS))
    for person in PEOPLE:
        shop = BY_NO[person.store].code if person.store else "all"
        text = issuer.badge(person.no, chain.badges[person.no], until)
        meaning = f"Badge of {person.name}, {person.role}, shop {shop}; the PIN stands in demo-pins.json"
        yield Sample("badge", f"badge-{person.no:02d}-{shop}-{person.role}", text, meaning)


def _products(chain: Chain) -> Iterator[Sample]:
    """The first variant of each known style, and what a pickup of MN-48207 needs scanned."""
    wanted: dict[str, None] = {}
    first = {one.style.sku: one.id for one in reversed(chain.variants)}
    wanted.update(dict.fromkeys(first[known.sku] for known in KNOWN))
    wanted.update(dict.fromkeys(_goods_of(chain.orders)))
    by_id = {one.id: one for one in chain.variants}
    for product_id in wanted:
        one = by_id[product_id]
        meaning = f"{one.name}, {one.words}, {one.style.price}"
        yield Sample("product", f"product-{one.style.sku}-{one.id}", one.barcodes[0], meaning)


def _goods_of(orders: Iterable[Order]) -> Iterator[str]:
    for order in orders:
        if order.order == KNOWN_ORDER:
            yield from (line.product.id for line in order.lines)
