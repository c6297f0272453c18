"""Feed items of staff and policy; verifiers and the phone key are sealed to the till that may read them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, select

from central.feeds import FeedWriter, scope_of
from central.tables.people import staff
from central.tables.tenant import policy, store
from central.tables.tills import till, till_key
from pos_app.domain.canonical import canonical
from pos_app.domain.ids import TillId
from pos_app.domain.sealing import Purpose, seal


def sealed_for(content: bytes, key: Row[Any], purpose: Purpose) -> str:
    """A box in hex for the till of this key row."""
    return seal(content, bytes.fromhex(key.seal_key), purpose, TillId(key.till)).hex()


def newest_keys(connection: Connection, tills: Iterable[str] | None = None) -> dict[str, Row[Any]]:
    """Per till the key row that things are sealed to now; tills that never enrolled are absent."""
    query = select(till_key).order_by(till_key.c.till, till_key.c.epoch, till_key.c.key_no)
    if tills is not None:
        query = query.where(till_key.c.till.in_(list(tills)))
    return {row.till: row for row in connection.execute(query)}


def people(writer: FeedWriter, tills: Iterable[str] | None = None) -> None:
    """`<staff no>` for each till on its own; None = all tills. Sealing anew makes every item new."""
    keys = newest_keys(writer.connection, tills)
    everyone = list(writer.connection.execute(select(staff)))
    for row in _tills(writer.connection, tills):
        for person in everyone:
            scope = scope_of("staff", row.store)
            key = keys.get(row.id)
            gone = person.removed_at is not None or person.store not in (0, row.store)
            if gone or key is None or row.revoked_at is not None:
                writer.delete("staff", scope, str(person.no), only=row.id)
            else:
                writer.put("staff", scope, str(person.no), _person(person, key), only=row.id)


def _person(row: Row[Any], key: Row[Any]) -> dict[str, Any]:
    verifier = canonical(
        {"salt": row.salt, "m": row.memory, "t": row.time, "p": row.lanes, "verifier": row.verifier}
    )
    return {
        "staff": row.no,
        "name": row.name,
        "initials": row.initials,
        "tint": row.tint,
        "role": row.role,
        "active": row.active,
        "sealed": sealed_for(verifier, key, "pin"),
    }


def policies(writer: FeedWriter, tills: Iterable[str] | None = None) -> None:
    """`policy`, layered tenant → store → till, for each till on its own."""
    for row in _tills(writer.connection, tills):
        body = policy_of(writer.connection, row.store, row.id)
        writer.put("policy", scope_of("policy", row.store), "policy", body, only=row.id)


def phone_keys(writer: FeedWriter, phone_key: bytes, tills: Iterable[str] | None = None) -> None:
    """`phone_key`, sealed to each till."""
    for key in newest_keys(writer.connection, tills).values():
        number = writer.connection.scalar(select(till.c.store).where(till.c.id == key.till))
        if number is not None:
            box = {"sealed": sealed_for(phone_key, key, "phone-key")}
            writer.put("policy", scope_of("policy", number), "phone_key", box, only=key.till)


def policy_of(connection: Connection, store_no: int, till_id: str) -> dict[str, Any]:
    """The policy as it holds at one till."""
    layers = {(row.level, row.owner): row.body for row in connection.execute(select(policy))}
    merged: dict[str, Any] = {}
    for layer in (("tenant", ""), ("store", str(store_no)), ("till", till_id)):
        merged = _merged(merged, layers.get(layer, {}))
    return merged


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for name, value in over.items():
        inner = merged.get(name)
        both = isinstance(inner, Mapping) and isinstance(value, Mapping)
        merged[name] = _merged(inner, value) if both else value  # type: ignore[arg-type]
    return merged


def stores(writer: FeedWriter) -> None:
    """`store/<no>` of every store, for every store: receipts of the others are read here too."""
    rows = list(writer.connection.execute(select(store).order_by(store.c.no)))
    for row in rows:
        body = {
            "store": row.no,
            "code": row.code,
            "name": row.name,
            "chain": row.chain,
            "tagline": row.tagline,
            "address": row.address,
            "phone": row.phone,
            "tax_code": row.tax_code,
        }
        if row.hotline is not None:
            body["hotline"] = row.hotline
        for reader in rows:
            writer.put("policy", scope_of("policy", reader.no), f"store/{row.no}", body)


def _tills(connection: Connection, tills: Iterable[str] | None) -> list[Row[Any]]:
    query = select(till.c.id, till.c.store, till.c.revoked_at)
    return list(connection.execute(query if tills is None else query.where(till.c.id.in_(list(tills)))))
