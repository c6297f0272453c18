"""Rows of people: staff with verifiers of their PINs, customers with cards and points, their vouchers."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any, Final

from argon2.low_level import Type, hash_secret_raw
from sqlalchemy import Connection, insert

from central.seed.chain import Chain
from central.seed.customers import Customer
from central.seed.issuer import Issuer
from central.seed.staff import PEOPLE, Person
from central.seed.vouchers import Voucher
from central.tables.customers import customer, customer_card
from central.tables.ledgers import points_entry, voucher_use
from central.tables.people import staff
from central.tables.vouchers import revocation, voucher
from pos_app.domain import phone
from pos_app.domain.codes import day_of
from pos_app.domain.short_codes import short_code

MEMORY_KIB: Final = 19 * 1024
PASSES: Final = 2
LANES: Final = 1
BADGE_DAYS: Final = 365


def load_people(connection: Connection, chain: Chain, issuer: Issuer) -> None:
    """Staff, customers and vouchers. No PIN reaches the database, only what proves one (protocol §4.8)."""
    connection.execute(insert(staff), [_person(person, chain, issuer) for person in PEOPLE])
    phone_key = issuer.keys.phone_key
    connection.execute(insert(customer), [_customer(one, phone_key) for one in chain.customers])
    connection.execute(
        insert(customer_card),
        [
            {"serial": str(one.card), "customer": one.id, "code": issuer.member(one), "version": 1}
            for one in chain.customers
            if one.card is not None
        ],
    )
    connection.execute(insert(points_entry), [_opening(one) for one in chain.customers if one.opening])
    connection.execute(
        insert(voucher), [_voucher(one, issuer) for one in (*chain.vouchers, *chain.gift_cards)]
    )
    used = [_use(one) for one in chain.vouchers if one.used_at is not None]
    if used:
        connection.execute(insert(voucher_use), used)
    gone = [_revocation(one, chain) for one in chain.vouchers if one.state == "revoked"]
    if gone:
        connection.execute(insert(revocation), gone)


def verifier(pin: str, salt: bytes) -> bytes:
    """t of protocol §4.8: Argon2id, 19 MiB, two passes, one lane, 32 bytes."""
    return hash_secret_raw(pin.encode(), salt, PASSES, MEMORY_KIB, LANES, 32, Type.ID)


def _person(person: Person, chain: Chain, issuer: Issuer) -> dict[str, Any]:
    salt = hashlib.sha256(f"pin-salt\0{chain.tenant}\0{person.no}".encode()).digest()[:16]
    until = day_of(chain.calendar.today + timedelta(days=BADGE_DAYS))
    return {
        "no": person.no,
        "store": person.store,
        "name": person.name,
        "initials": person.initials,
        "tint": person.tint,
        "role": person.role,
        "active": True,
        "salt": salt.hex(),
        "memory": MEMORY_KIB,
        "time": PASSES,
        "lanes": LANES,
        "verifier": verifier(chain.pins[person.no], salt).hex(),
        "badge": issuer.badge(person.no, chain.badges[person.no], until),
    }


def _customer(one: Customer, phone_key: bytes) -> dict[str, Any]:
    month, day = one.birthday or (None, None)
    return {
        "id": one.id,
        "name": one.name,
        "phone": one.phone,
        "tag": phone.tag(one.phone, phone_key),
        "birthday_month": month,
        "birthday_day": day,
        "tier": one.tier,
        "staff": one.staff,
        "flags": [],
        "created_at": one.created_at,
    }


def _opening(one: Customer) -> dict[str, Any]:
    return {
        "doc_id": "",
        "customer": one.id,
        "delta": one.opening,
        "why": "opening",
        "at": one.created_at,
    }


def _voucher(one: Voucher, issuer: Issuer) -> dict[str, Any]:
    return {
        "serial": str(one.serial),
        "code": issuer.voucher(one),
        "short_code": short_code(one.serial),
        "key_id": issuer.key_id(2),
        "campaign": one.campaign,
        "kind": one.kind,
        "value": one.value,
        "min_basket": one.min_basket,
        "valid_until": one.valid_until,
        "store": one.store,
        "max_uses": one.max_uses,
        "customer": one.customer,
        "issued_at": one.issued_at,
    }


def _use(one: Voucher) -> dict[str, Any]:
    """A use on the web has no document of a till."""
    return {
        "doc_id": "",
        "serial": str(one.serial),
        "campaign": one.campaign,
        "uses": 1,
        "amount": one.used_for,
        "store": one.store,
        "at": one.used_at,
    }


def _revocation(one: Voucher, chain: Chain) -> dict[str, Any]:
    return {"key": f"code/{one.serial}", "at": chain.calendar.at(-2, 9), "reason": "withdrawn"}
