"""Rows of online orders, and of what of them was handed over already."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, insert

from central.seed.baskets import OrderLine
from central.seed.chain import Chain
from central.seed.colours import HEX
from central.seed.handovers import HandedOver
from central.seed.issuer import Issuer
from central.seed.orders import Order
from central.tables.inbox import result
from central.tables.ledgers import order_entry, points_entry
from central.tables.money import receipt, sale_line, tender_entry
from central.tables.orders import order, order_line, order_prepaid
from pos_app.domain.short_codes import short_code


def load_orders(connection: Connection, chain: Chain, issuer: Issuer) -> None:
    """All orders with their lines and payments, then the hand-overs with everything that they book."""
    today = chain.calendar.today
    connection.execute(insert(order), [_order(one, issuer) for one in chain.orders])
    connection.execute(
        insert(order_line), [_line(one, line, today) for one in chain.orders for line in one.lines]
    )
    connection.execute(
        insert(order_prepaid),
        [
            {
                "order": one.order,
                "no": paid.no,
                "kind": paid.kind,
                "via": paid.via,
                "amount": paid.amount,
                "reference": paid.reference,
            }
            for one in chain.orders
            for paid in one.prepaid
        ],
    )
    for done in chain.handovers:
        _load_handover(connection, done, chain.office)


def _order(one: Order, issuer: Issuer) -> dict[str, Any]:
    return {
        "order": one.order,
        "number": one.number,
        "store": one.store,
        "placed_at": one.placed_at,
        "promised_by": one.promised_by,
        "preparation": one.preparation,
        "shelf": one.shelf,
        "customer": one.customer.id,
        "discount": one.discount,
        "serial": str(one.serial),
        "short_code": short_code(one.serial),
        "code": issuer.pickup(one),
        "pin": one.pin_verifier,
        "identity_check": one.identity_check,
        "web_credited": one.web_credited,
        "reserved_until": one.reserved_until,
        **_ended(one),
    }


def _ended(one: Order) -> dict[str, datetime | None]:
    """When it was cancelled, given back or ran out: a reservation at closing time."""
    over = one.reserved_until or one.promised_by + timedelta(hours=12)
    cancelled = over if one.handover == "cancelled" else None
    return {
        "cancelled_at": cancelled,
        "refunded_at": cancelled if one.prepaid else None,
        "expired_at": over if one.handover == "expired" else None,
    }


def _line(one: Order, line: OrderLine, today: date) -> dict[str, Any]:
    product = line.product
    body: dict[str, Any] = {
        "name": product.name,
        "variant": product.words,
        "category": product.style.category.id,
        "unit": product.style.unit,
        "shelf": product.style.shelf,
    }
    if product.colour:
        body["colour"] = HEX[product.colour]
    if product.size:
        body["size"] = product.size
    if line.gift_of is not None:
        body["gift_of"] = line.gift_of
    return {
        "order": one.order,
        "no": line.no,
        "product": product.id,
        "quantity": line.quantity,
        "unit_price": line.unit_price,
        "price_ver": line.price_ver,
        "amount": line.amount,
        "vat_rate": line.vat_rate(today),
        "return_days": line.return_days,
        "body": body,
    }


def _load_handover(connection: Connection, done: HandedOver, office: str) -> None:
    """What a till's hand-over would have booked: revenue, VAT, tenders and points arise here, once."""
    connection.execute(insert(receipt), _receipt(done, office))
    connection.execute(insert(sale_line), [_sale_line(done, place) for place in range(len(done.lines))])
    connection.execute(
        insert(tender_entry),
        [
            {"doc_id": done.doc_id, "kind": tender.kind.value, "amount": tender.amount,
             "reference": tender.reference}
            for tender in done.tenders
        ],
    )  # fmt: skip
    connection.execute(
        insert(order_entry),
        [
            {"doc_id": done.doc_id, "order": done.order.order, "line": line.no,
             "handed": line.handed, "refused": line.refused}
            for line in done.order.lines
            if line.handed or line.refused
        ],
    )  # fmt: skip
    if done.earned:
        connection.execute(insert(points_entry), _points(done))
    connection.execute(insert(result), _result(done))


def _receipt(done: HandedOver, office: str) -> dict[str, Any]:
    return {
        "doc_id": done.doc_id,
        "till": office,
        "epoch": 1,
        "seq": done.seq,
        "store": done.order.store,
        "kind": "handover",
        "receipt_no": done.receipt_no,
        "business_date": date.fromisoformat(done.business_date),
        "staff": done.staff,
        "customer": done.order.customer.id,
        "order": done.order.order,
        "total": done.total,
        "rounding": done.rounding,
        "body": done.body(office),
    }


def _sale_line(done: HandedOver, place: int) -> dict[str, Any]:
    handed = done.lines[place]
    return {
        "doc_id": done.doc_id,
        "part": "handover",
        "no": handed.line.no,
        "product": handed.line.product.id,
        "category": handed.line.product.style.category.id,
        "quantity": handed.line.handed,
        "gross": handed.line.gross,
        "amount": handed.line.amount,
        "vat_rate": handed.vat_rate,
        "vat": handed.vat,
    }


def _points(done: HandedOver) -> dict[str, Any]:
    return {
        "doc_id": done.doc_id,
        "customer": done.order.customer.id,
        "delta": done.earned,
        "why": "earned",
        "at": done.at,
    }


def _result(done: HandedOver) -> dict[str, Any]:
    """Booked, so that a return which depends on it finds what it waits for."""
    return {
        "doc_id": done.doc_id,
        "status": "applied",
        "first": "applied",
        "codes": [],
        "missing": [],
        "booked": True,
        "at": done.at,
    }
