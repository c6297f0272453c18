"""`order_create`, `order_event`, `reservation_release`: what happens to an order before it is handed over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from sqlalchemy import Row, insert, select, update

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.late_orders import meet
from central.apply.people import check_staff, customer_of
from central.apply.reading import Body, BrokenPayload, instant, items, text, whole
from central.tables.orders import order, order_line
from pos_app.domain.short_codes import short_code

_LINE: Final = ("name", "variant", "colour", "size", "category", "unit", "shelf", "gift_of")


def created(booking: Booking) -> None:
    """An order or a reservation made at a counter; a number that is taken keeps its first order."""
    check(booking)
    check_staff(booking)
    payload = booking.payload
    number = whole(payload, "order")
    if _order(booking, number) is not None:
        booking.flag("ORDER_EXISTS", order=number)
        return
    # central draws no serial twice: 64 bits of the document's hash are as random as any
    serial = int.from_bytes(booking.hash[:8], "big")
    booking.connection.execute(
        insert(order),
        {
            "order": number,
            "number": text(payload, "number", f"{number}"),
            "store": booking.store,
            "channel": "counter",
            "placed_at": booking.now,
            "customer": customer_of(payload),
            "serial": str(serial),
            "short_code": short_code(serial),
            "reserved_until": instant(payload, "reserved_until") if "reserved_until" in payload else None,
        },
    )
    rows = [_line(number, line) for line in items(payload, "lines")]
    if rows:
        booking.connection.execute(insert(order_line), rows)
    booking.touched.update(meet(booking.connection, number, booking.now))


def _line(number: int, line: Body) -> dict[str, Any]:
    amount, quantity = whole(line, "amount"), whole(line, "quantity")
    return {
        "order": number,
        "no": whole(line, "no"),
        "product": text(line, "product"),
        "quantity": quantity,
        "unit_price": whole(line, "unit_price", amount * 1000 // quantity),
        "price_ver": whole(line, "price_ver", 0),
        "amount": amount,
        "vat_rate": whole(line, "vat_rate"),
        "return_days": whole(line, "return_days", 0),
        "body": {name: line[name] for name in _LINE if name in line},
    }


def happened(booking: Booking) -> None:
    """Picking, ready on a shelf, refused, unclaimed, back on the shelves."""
    check(booking)
    check_staff(booking)
    known = _known(booking)
    _EVENTS[text(booking.payload, "event")](booking, known)
    booking.touched.orders.add(known.order)


def _prepared(booking: Booking, known: Row[Any]) -> None:
    values: dict[str, Any] = {"preparation": text(booking.payload, "event")}
    if "shelf" in booking.payload:
        values["shelf"] = text(booking.payload, "shelf")[:20]
    _set(booking, known, values)


def _refused(booking: Booking, known: Row[Any]) -> None:
    for line in items(booking.payload, "lines"):
        booking.move_order(known.order, whole(line, "order_line"), 0, whole(line, "quantity"))


def _unclaimed(booking: Booking, known: Row[Any]) -> None:
    """The goods still stand there; the order can no longer be fetched."""
    _set(booking, known, {"expired_at": known.expired_at or booking.now})


def _back_to_stock(booking: Booking, known: Row[Any]) -> None:
    """They never left the stock: it is the hand-over that takes them out."""
    _unclaimed(booking, known)
    _refused(booking, known)


def released(booking: Booking) -> None:
    """`reservation_release`: laid aside no longer. Central shows what is overdue, only this ends it (§10)."""
    check(booking)
    known = _known(booking)
    _refused(booking, known)
    booking.touched.orders.add(known.order)


def _known(booking: Booking) -> Row[Any]:
    found = _order(booking, whole(booking.payload, "order"))
    if found is None:
        raise BrokenPayload("unknown_order:order")
    return found


def _order(booking: Booking, number: int) -> Row[Any] | None:
    return booking.connection.execute(select(order).where(order.c.order == number)).one_or_none()


def _set(booking: Booking, known: Row[Any], values: Mapping[str, Any]) -> None:
    booking.connection.execute(update(order).where(order.c.order == known.order).values(**values))


_EVENTS: Final[Mapping[str, Callable[[Booking, Row[Any]], None]]] = {
    "picking": _prepared,
    "ready": _prepared,
    "refused": _refused,
    "unclaimed": _unclaimed,
    "returned_to_stock": _back_to_stock,
}
