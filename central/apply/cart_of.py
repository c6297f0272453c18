"""The cart of a document, built again from its lines and central's tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from central.apply.booking import Booking
from central.apply.prices import Versions, knew, price_of
from central.apply.reading import Body, items, text, whole
from central.apply.shelves import Goods
from central.publishing.customers import main_id
from central.tables.customers import customer
from central.tables.vouchers import voucher
from pos_app.domain.cart import Cart
from pos_app.domain.document import DocumentKind
from pos_app.domain.errors import PosError
from pos_app.domain.money import PIECE, line_gross
from pos_app.domain.points import tier_percent
from pos_app.domain.product import Price, Product
from pos_app.domain.promotion import PICKUP, STORE

_TIER_OF = {150: "gold", 200: "platinum"}


class CannotRebuild(Exception):  # a fact about a document, not an error of ours
    """What the document names is not known here. `facts` for the case."""

    def __init__(self, **facts: Any) -> None:
        super().__init__(str(facts))
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """`gifts` are the products that the document gave away: they were in stock at the till."""

    cart: Cart
    gifts: Mapping[str, Product]


def rebuild(booking: Booking, part: Body, at: datetime, found: Versions) -> Rebuilt:
    """The cart with each line at the version in force, or at the stale one that the till held.

    Adds to `found` prices that are not the ones in force. Raises CannotRebuild.
    """
    lines = list(items(part, "lines"))
    person = _customer_row(booking)
    tier = _tier(booking, lines, person)
    bought = [line for line in lines if line.get("gift_of") is None]
    body: dict[str, Any] = {
        "channel": PICKUP if booking.envelope.kind == DocumentKind.HANDOVER else STORE,
        "lines": [_line(booking, line, (at, tier), found) for line in bought],
        "discount": _by_hand(bought, "order"),
        "customer": _customer(booking, tier, person),
        "vouchers": [_voucher(booking, use, lines, found) for use in items(part, "vouchers")],
    }
    gifts = {
        text(line, "product"): _product(_goods(booking, line), line)
        for line in lines
        if line.get("gift_of") is not None
    }
    return Rebuilt(Cart.from_json(body), gifts)


# --- lines --------------------------------------------------------------------------------------
def _line(
    booking: Booking, line: Body, moment: tuple[datetime, str | None], found: Versions
) -> dict[str, Any]:
    body: dict[str, Any] = {
        "no": line["no"],
        "quantity": whole(line, "quantity"),
        "salesperson": line.get("salesperson"),
        "discount": _by_hand([line], "line"),
    }
    price, gross = whole(line, "unit_price"), whole(line, "gross")
    if line.get("product") is None:
        goods = {"name": line.get("name") or "", "category": line.get("category") or ""}
        return body | {"uncoded": {**goods, "price": price, "vat_rate": whole(line, "vat_rate")}}
    if gross != line_gross(price, whole(line, "quantity")):
        # the price stood on the label: one piece at what it said
        body |= {"quantity": PIECE, "label_amount": gross}
    goods_known = _goods(booking, line)
    return body | {"product": _product_at(booking, goods_known, line, (moment, found))}


def _goods(booking: Booking, line: Body) -> Goods:
    """Its price was found before, so the goods are known."""
    return booking.catalogue.goods(booking.store, [text(line, "product")])[text(line, "product")]


def _product_at(
    booking: Booking, goods: Goods, line: Body, how: tuple[tuple[datetime, str | None], Versions]
) -> Product:
    (at, tier), found = how
    said = whole(line, "price_ver"), whole(line, "unit_price")
    try:
        price = _sold(goods, line).price_at(at, tier)
        ours = (price.ver, price.amount)
    except PosError:
        ours = (0, 0)
    if ours == said:
        return _sold(goods, line)
    facts = {"no": line["no"], "product": line["product"], "price_ver": list(said), "in_force": list(ours)}
    if knew(booking, "catalogue", goods.told):
        found.unknown.append(facts)
    elif facts["product"] not in [one.get("product") for one in found.stale]:
        found.stale.append(facts)
    return _product(goods, line)


def _sold(goods: Goods, line: Body) -> Product:
    if goods.product is None:
        raise CannotRebuild(product=line["product"], unreadable=True)
    return goods.product


def _product(goods: Goods, line: Body) -> Product:
    """With the one price that the document names."""
    return replace(_sold(goods, line), prices=(Price(whole(line, "price_ver"), price_of(line)),))


def _by_hand(lines: list[Body], step: str) -> dict[str, Any] | None:
    """A discount by a person, as the amount it came to: percent or not, it is spread alike."""
    own = [one for line in lines for one in items(line, "discounts") if one.get("step") == step]
    amount = sum(whole(one, "amount") for one in own)
    if not amount:
        return None
    by = own[0].get("by")
    return {"reason": str(own[0].get("rule") or ""), "by": by, "percent_bp": None, "amount": amount}


# --- customer -----------------------------------------------------------------------------------
def _tier(booking: Booking, lines: list[Body], person: Row[Any] | None) -> str | None:
    """As the document says it: by a line's price tier, else by the percent that points were earned at."""
    if booking.payload.get("customer") is None:
        return None
    for line in lines:
        if line.get("price_tier") is not None:
            return text(line, "price_tier")
    percent = whole(booking.payload, "tier_percent", 100)
    if person is not None and tier_percent(person.tier) == percent:
        return str(person.tier)
    return _TIER_OF.get(percent, "member")


def _customer(booking: Booking, tier: str | None, person: Row[Any] | None) -> dict[str, Any] | None:
    if tier is None:
        return None
    birthday = None
    if person is not None and person.birthday_month is not None:
        birthday = [person.birthday_month, person.birthday_day]
    return {"id": text(booking.payload, "customer"), "tier": tier, "birthday": birthday}


def _customer_row(booking: Booking) -> Row[Any] | None:
    if booking.payload.get("customer") is None:
        return None
    own = text(booking.payload, "customer")
    query = select(customer).where(customer.c.id == main_id(booking.connection, own))
    return booking.connection.execute(query).one_or_none()


# --- vouchers -----------------------------------------------------------------------------------
def _voucher(booking: Booking, use: Body, lines: list[Body], found: Versions) -> dict[str, Any]:
    """The code as central issued it, under the version of the campaign that the document names."""
    serial = text(use, "serial")
    row = booking.connection.execute(select(voucher).where(voucher.c.serial == serial)).one_or_none()
    if row is None:
        raise CannotRebuild(voucher=serial)
    return {
        "serial": row.serial,
        "key_id": row.key_id,
        "kind": row.kind,
        "value": row.value,
        "campaign": _campaign(booking, row, _named_version(lines, serial), found),
        "min_basket": row.min_basket,
        "store": row.store,
        "max_uses": row.max_uses,
    }


def _named_version(lines: list[Body], serial: str) -> int | None:
    for line in lines:
        for discount in items(line, "discounts"):
            if discount.get("serial") == serial:
                return whole(discount, "ver")
    return None


def _campaign(booking: Booking, row: Row[Any], named: int | None, found: Versions) -> Body:
    versions, told = booking.catalogue.campaign(booking.store, row.campaign)
    newest = max(versions, default=None)
    ver = newest if named is None else named
    if ver is None or ver not in versions:
        raise CannotRebuild(campaign=row.campaign, ver=ver)
    if ver != newest:
        facts = {"campaign": row.campaign, "ver": ver, "newest": newest}
        (found.unknown if knew(booking, "campaigns", told) else found.stale).append(facts)
    return versions[ver]
