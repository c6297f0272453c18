"""`customer_create`, `customer_update`: names and phones come from the private part alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Row, insert, select, update

from central.apply.booking import Booking
from central.apply.reading import text, texts
from central.consents import declare
from central.publishing.customers import ids_of
from central.tables.customers import customer, customer_alias
from pos_app.domain.errors import PhoneRefused
from pos_app.domain.phone import parse, tag
from pos_app.domain.text_folding import fold

_PURPOSE_LENGTH: Final = 30


def create(booking: Booking) -> None:
    """Enters a customer and what they have agreed to."""
    agree(booking)
    enter(booking)


def enter(booking: Booking) -> None:
    """Who it is; one phone at two stores becomes one customer when the names are compatible."""
    own_id = text(booking.payload, "customer")
    if booking.private is None:
        # erased, or still on its way: the document is booked, the row is filled when the part comes
        return
    if _is_known(booking, own_id):
        _change(booking, own_id)
        return
    facts = _facts(booking, booking.private)
    row = {"id": own_id, "name": "", "tier": "member", "flags": [], "created_at": booking.now, **facts}
    booking.connection.execute(insert(customer), row)
    booking.touched.customers.add(own_id)
    if facts.get("phone"):
        _meet_others(booking, own_id, facts)


def change(booking: Booking) -> None:
    """Changes what the private part names; that of an erased customer is gone before it is read here."""
    agree(booking)
    _change(booking, text(booking.payload, "customer"))


def agree(booking: Booking) -> None:
    """`consent` too: the purposes that are set are those the customer agrees to, and no others."""
    if "purposes" in booking.payload:
        own_id = text(booking.payload, "customer")
        ids = dict.fromkeys([own_id, *ids_of(booking.connection, own_id)])
        purposes = [name[:_PURPOSE_LENGTH] for name in texts(booking.payload, "purposes")]
        declare(booking.connection, list(ids), purposes, booking.doc_id, booking.now)


def _change(booking: Booking, own_id: str) -> None:
    facts = {} if booking.private is None else _facts(booking, booking.private)
    if facts:
        booking.connection.execute(update(customer).where(customer.c.id == own_id).values(**facts))
        booking.touched.customers.add(own_id)
    if facts.get("phone") and not _is_merged(booking, own_id):
        _meet_others(booking, own_id, facts)


def _is_merged(booking: Booking, own_id: str) -> bool:
    """Under another id already, or the one that others go by: a phone decides nothing again."""
    known = (customer_alias.c.alias == own_id) | (customer_alias.c.customer == own_id)
    return booking.connection.scalar(select(customer_alias.c.alias).where(known).limit(1)) is not None


def _is_known(booking: Booking, own_id: str) -> bool:
    known = select(customer.c.id).where(customer.c.id == own_id)
    return booking.connection.scalar(known) is not None


def _facts(booking: Booking, private: Mapping[str, Any]) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    if isinstance(private.get("name"), str):
        facts["name"] = private["name"][:200]
    if isinstance(private.get("phone"), str):
        try:
            facts["phone"] = parse(private["phone"])
            facts["tag"] = tag(facts["phone"], booking.keys.phone_key)
        except PhoneRefused:
            booking.flag("PHONE_UNREADABLE", customer=text(booking.payload, "customer"))
    month_day = _birthday(private.get("birthday"))
    if month_day is not None:
        facts["birthday_month"], facts["birthday_day"] = month_day
    return facts


def _birthday(value: object) -> tuple[int, int] | None:
    """[month, day], "MM-DD" or "YYYY-MM-DD"."""
    if isinstance(value, str):
        value = value.split("-")[-2:]
    if not isinstance(value, list) or len(value) != 2:
        return None
    try:
        month, day = int(value[0]), int(value[1])
    except (TypeError, ValueError):
        return None
    return (month, day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _meet_others(booking: Booking, own_id: str, facts: Mapping[str, Any]) -> None:
    merged = select(customer_alias.c.alias)
    others = booking.connection.execute(
        select(customer)
        .where(
            customer.c.phone == facts["phone"],
            customer.c.id != own_id,
            customer.c.erased_at.is_(None),
            customer.c.id.not_in(merged),
        )
        .order_by(customer.c.created_at, customer.c.id)
    )
    other = others.first()
    if other is None:
        return
    if _compatible(other, str(facts.get("name", ""))):
        row = {"alias": own_id, "customer": other.id, "at": booking.now}
        booking.connection.execute(insert(customer_alias), row)
        booking.touched.customers.add(other.id)
        booking.flag("CUSTOMER_MERGED", needs_person=False, customer=own_id, into=other.id)
    else:
        booking.flag("CUSTOMER_DUPLICATE", customer=own_id, other=other.id)


def _compatible(other: Row[Any], name: str) -> bool:
    """All words of the shorter name stand in the longer one."""
    one, two = set(fold(other.name).split()), set(fold(name).split())
    return bool(one and two) and (one <= two or two <= one)
