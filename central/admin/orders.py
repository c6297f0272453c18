"""Online orders for pick-up: placed with their lines and payments, prepared, and what became of them."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from central import publish
from central.admin.serials import draw_serials
from central.apply.late_orders import meet
from central.errors import Conflict, NotFound, Unprocessable
from central.feeds import FeedWriter
from central.keys import TenantKeys
from central.publishing.orders import body as feed_body
from central.tables.catalogue import category, product, product_price
from central.tables.customers import customer
from central.tables.orders import order, order_line, order_prepaid
from central.tables.tenant import store, tenant
from pos_app.domain.codes import PickupCode, day_of, encode
from pos_app.domain.ids import TenantId
from pos_app.domain.money import PIECE, line_gross
from pos_app.domain.short_codes import short_code
from pos_app.domain.signed_codes import IDENTITY_CHECK, PAID, PARTIAL_HANDOVER, PIN_SET

GOOD_FOR = timedelta(days=30)
"""A pickup code's last day is so long after the order, unless the shop says otherwise."""
_SHOWN = ("variant", "colour", "size", "unit", "shelf")


@dataclass(frozen=True, slots=True)
class NewLine:
    """Thousandths at đồng each; `amount` = what the line costs after discounts, in đồng."""

    product: str
    quantity: int
    unit_price: int
    amount: int


@dataclass(frozen=True, slots=True)
class Paid:
    """Đồng that came in through the web shop, with its reference there."""

    amount: int
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrder:
    """As the web shop took it. `order` and `number` are the shop's own, unique for ever."""

    order: int
    number: str
    store: int
    placed_at: datetime
    lines: Sequence[NewLine]
    paid: Sequence[Paid] = ()
    customer: str | None = None
    promised_by: datetime | None = None
    valid_until: date | None = None
    pin: str | None = field(default=None, repr=False)
    identity_check: bool = False
    partial: bool = True
    web_credited: bool = False

    @property
    def total(self) -> int:
        """Đồng after discounts."""
        return sum(line.amount for line in self.lines)

    @property
    def due(self) -> int:
        """Đồng still to pay at the counter."""
        return self.total - sum(one.amount for one in self.paid)

    @property
    def last_day(self) -> date:
        """Of the pickup code."""
        return self.valid_until or (self.placed_at + GOOD_FOR).date()


def place(connection: Connection, keys: TenantKeys, new: NewOrder, now: datetime) -> dict[str, Any]:
    """Enters an order and signs its pickup code. Conflict `order_exists`, Unprocessable with the place."""
    _check(connection, new)
    serial = draw_serials(connection, 1, now)[0]
    rows = [_line(connection, new, no, line) for no, line in enumerate(new.lines, start=1)]
    code = _code(connection, keys, new, serial)
    connection.execute(insert(order), _row(new, serial, code))
    connection.execute(insert(order_line), rows)
    if new.paid:
        first = _deposits(connection, new.order) + 1
        connection.execute(
            insert(order_prepaid), [_prepaid(new, one, no) for no, one in enumerate(new.paid, start=first)]
        )
    _publish(connection, meet(connection, new.order, now), now)
    return {
        "order": new.order,
        "number": new.number,
        "serial": str(serial),
        "short_code": short_code(serial),
        "code": code,
        "total": new.total,
        "amount_due": new.due,
        "valid_until": new.last_day.isoformat(),
    }


def _check(connection: Connection, new: NewOrder) -> None:
    same = (order.c.order == new.order) | (order.c.number == new.number)
    if connection.scalar(select(order.c.order).where(same).limit(1)) is not None:
        raise Conflict("order_exists")
    if connection.scalar(select(store.c.no).where(store.c.no == new.store)) is None:
        raise Unprocessable("unknown_store", where="body.store")
    if new.customer is not None:
        known = (customer.c.id == new.customer) & customer.c.erased_at.is_(None)
        if connection.scalar(select(customer.c.id).where(known)) is None:
            raise Unprocessable("unknown_customer", where="body.customer")
    if new.due < 0:
        raise Unprocessable("paid_too_much", where="body.paid")
    if new.last_day < new.placed_at.date():
        raise Unprocessable("over_already", where="body.valid_until")
    for no, line in enumerate(new.lines):
        if line.amount > line_gross(line.unit_price, line.quantity):
            raise Unprocessable("dearer_than_its_price", where=f"body.lines.{no}.amount")


def _row(new: NewOrder, serial: int, code: str) -> dict[str, Any]:
    gross = sum(line_gross(line.unit_price, line.quantity) for line in new.lines)
    return {
        "order": new.order,
        "number": new.number,
        "store": new.store,
        "placed_at": new.placed_at,
        "promised_by": new.promised_by,
        "customer": new.customer,
        "discount": gross - new.total,
        "serial": str(serial),
        "short_code": short_code(serial),
        "code": code,
        "pin": _verifier(new.pin),
        "identity_check": new.identity_check,
        "partial": new.partial,
        "web_credited": new.web_credited,
    }


def _verifier(pin: str | None) -> dict[str, str] | None:
    """{salt, hash} of the feed: the PIN itself is not kept."""
    if pin is None:
        return None
    salt = secrets.token_bytes(16)
    return {"salt": salt.hex(), "hash": hashlib.sha256(salt + pin.encode()).hexdigest()}


def _line(connection: Connection, new: NewOrder, no: int, line: NewLine) -> dict[str, Any]:
    where = f"body.lines.{no - 1}"
    row = connection.execute(
        select(product, category.c.vat, category.c.return_days)
        .join(category, category.c.id == product.c.category)
        .where(product.c.id == line.product)
    ).one_or_none()
    if row is None:
        raise Unprocessable("unknown_product", where=f"{where}.product")
    shown = {name: row.body[name] for name in _SHOWN if row.body.get(name)}
    return {
        "order": new.order,
        "no": no,
        "product": line.product,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "price_ver": _price_ver(connection, new, line),
        "amount": line.amount,
        "vat_rate": _vat_rate(row.vat, new.placed_at.date(), where),
        "return_days": 0 if row.body.get("no_return") else row.body.get("return_days", row.return_days),
        "body": {"name": row.name, "variant": "", "category": row.category, **shown},
    }


def _vat_rate(rates: Sequence[Mapping[str, Any]], day: date, where: str) -> int:
    """Basis points in force on the day of the order."""
    for rate in reversed(rates):
        if rate["from"] <= day.isoformat() <= rate.get("to", "9999"):
            return int(rate["rate"])
    raise Unprocessable("no_vat_rate", where=where)


def _price_ver(connection: Connection, new: NewOrder, line: NewLine) -> int:
    """The newest version of exactly this price that was in force; 0 = the web shop's own price."""
    columns = product_price.c
    query = select(columns.ver).where(
        columns.product == line.product,
        columns.store.in_((0, new.store)),
        columns.amount == line.unit_price,
        columns.valid_from <= new.placed_at,
        columns.valid_to.is_(None) | (columns.valid_to > new.placed_at),
    )
    return int(connection.scalar(query.order_by(columns.ver.desc()).limit(1)) or 0)


def _deposits(connection: Connection, number: int) -> int:
    """Money that a till took for the order before central knew it: it keeps its number."""
    newest = select(func.max(order_prepaid.c.no)).where(order_prepaid.c.order == number)
    return int(connection.scalar(newest) or 0)


def _prepaid(new: NewOrder, one: Paid, no: int) -> dict[str, Any]:
    row = {"order": new.order, "no": no, "kind": "paid_online", "via": None}
    return {**row, "amount": one.amount, "reference": one.reference}


def _code(connection: Connection, keys: TenantKeys, new: NewOrder, serial: int) -> str:
    """What the customer is sent (protocol §7, type 1)."""
    flags = (
        (PAID if new.due == 0 else 0)
        | (PARTIAL_HANDOVER if new.partial else 0)
        | (IDENTITY_CHECK if new.identity_check else 0)
        | (PIN_SET if new.pin is not None else 0)
    )
    key = keys.for_type(PickupCode.TYPE)
    code = PickupCode.of(
        key_id=key.kid,
        serial=serial,
        order_number=new.order,
        store=new.store,
        worth=new.total,
        valid_until_day=day_of(new.last_day),
        amount_due=new.due,
        items=sum(line.quantity // PIECE for line in new.lines),
        flags=flags,
    )
    return encode(code, key.sign, TenantId(connection.execute(select(tenant.c.id)).scalar_one()))


# --- afterwards -------------------------------------------------------------------------------
def order_row(connection: Connection, number: int) -> Row[Any]:
    """NotFound."""
    row = connection.execute(select(order).where(order.c.order == number)).one_or_none()
    if row is None:
        raise NotFound("unknown_order")
    return row


def state_of(connection: Connection, row: Row[Any]) -> dict[str, Any]:
    """As the tills see it, and what only central knows of it."""
    seen = feed_body(connection, row)
    handover = seen["handover"]
    open_request = row.cancel_requested_at is not None and row.cancelled_at is None
    if open_request and handover in ("none", "part"):
        handover = "cancel_requested"
    return {
        "order": row.order,
        "number": row.number,
        "store": row.store,
        "preparation": row.preparation,
        "payment": seen["payment"],
        "handover": handover,
        "total": seen["total"],
        "amount_due": seen["amount_due"],
        "refunded": row.refunded_at is not None,
        "lines": [
            {name: line[name] for name in ("no", "product", "quantity", "amount", "handed", "refused")}
            for line in seen["lines"]
        ],
    }


def prepare(connection: Connection, number: int, preparation: str, shelf: str | None, now: datetime) -> None:
    """How far the shop is with it, and where it lies. Conflict for one that is over."""
    row = order_row(connection, number)
    if row.cancelled_at is not None or row.expired_at is not None:
        raise Conflict("order_is_over")
    values = {"preparation": preparation} if shelf is None else {"preparation": preparation, "shelf": shelf}
    connection.execute(update(order).where(order.c.order == number).values(values))
    _publish(connection, publish.Touched(orders={number}), now)


def _publish(connection: Connection, what: publish.Touched, now: datetime) -> None:
    writer = FeedWriter(connection)
    publish.touched(writer, what, now)
    writer.flush()
