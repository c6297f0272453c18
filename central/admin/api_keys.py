"""API keys: a long random secret that is shown once, kept as its hash, and opens what its scopes name."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Row, insert, select, update

from central.errors import BadKey, Forbidden, NotFound
from central.tables.admin import api_key

SCOPES = {
    "catalogue:read": "products and their prices",
    "catalogue:write": "enter products, add price versions",
    "stock:read": "stock levels",
    "stock:write": "count or move stock",
    "orders:read": "online orders and their state",
    "orders:write": "place, prepare and cancel online orders",
    "vouchers:read": "a voucher and its uses",
    "vouchers:issue": "issue vouchers, one or many",
    "vouchers:revoke": "take vouchers back",
    "customers:read": "find a customer by id or exact phone",
    "customers:write": "enter customers",
    "customers:erase": "erase a customer's personal data for good",
    "cases:read": "open and closed cases",
    "cases:close": "decide and close cases",
    "tills:read": "tills, their health and age",
    "tills:manage": "create, revoke and retire tills",
    "metrics:read": "figures for monitoring",
}

_PREFIX = "quay"
_TOKEN = re.compile(rf"{_PREFIX}_([0-9a-f]{{16}})_([0-9a-f]{{64}})")
_NOBODY = hashlib.sha256(b"").hexdigest()
_USE_IS_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """Who calls. `stores` None = every store."""

    id: str
    scopes: frozenset[str]
    stores: frozenset[int] | None = None

    def need(self, scope: str) -> None:
        """Forbidden when the key was not made for this."""
        if scope not in self.scopes:
            raise Forbidden("scope_missing", scope=scope)

    def may_see(self, store: int | None) -> bool:
        """Whether things of this store exist for the caller; None = of the whole chain."""
        return self.stores is None or (store is not None and store in self.stores)

    def need_store(self, store: int | None) -> None:
        """NotFound for another store's things: not even that they exist is told."""
        if not self.may_see(store):
            raise NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a new key is to be."""

    name: str
    scopes: Sequence[str]
    stores: Sequence[int] | None = None
    lifetime: timedelta | None = None


def create(connection: Connection, wish: Wish, now: datetime) -> str:
    """The text of a new key, the only time it is seen. ValueError for unknown scopes or none."""
    unknown = sorted(set(wish.scopes) - SCOPES.keys())
    if unknown or not wish.scopes:
        raise ValueError(f"scopes are some of {', '.join(SCOPES)}; not {', '.join(unknown) or 'none'}")
    key_id, secret = secrets.token_hex(8), secrets.token_hex(32)
    row = {
        "id": key_id,
        "name": wish.name[:80],
        "hash": _hash(secret),
        "scopes": sorted(set(wish.scopes)),
        "stores": None if wish.stores is None else sorted(set(wish.stores)),
        "created_at": now,
        "expires_at": None if wish.lifetime is None else now + wish.lifetime,
    }
    connection.execute(insert(api_key), row)
    return f"{_PREFIX}_{key_id}_{secret}"


def verify(connection: Connection, authorization: str | None, now: datetime) -> ApiKey:
    """The key of an `Authorization: Bearer …` header; its use is noted. BadKey, whatever the reason."""
    scheme, _, token = (authorization or "").partition(" ")
    found = _TOKEN.fullmatch(token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise BadKey
    row = connection.execute(select(api_key).where(api_key.c.id == found[1])).one_or_none()
    # an unknown key costs the same comparison as a wrong one
    right = hmac.compare_digest(_hash(found[2]), _NOBODY if row is None else row.hash)
    if row is None or not right or not _counts(row, now):
        raise BadKey
    if row.last_used_at is None or row.last_used_at <= now - _USE_IS_NOTED_EVERY:
        connection.execute(update(api_key).where(api_key.c.id == row.id).values(last_used_at=now))
    stores = None if row.stores is None else frozenset(row.stores)
    return ApiKey(row.id, frozenset(row.scopes), stores)


def _counts(row: Row[tuple[object, ...]], now: datetime) -> bool:
    return row.revoked_at is None and (row.expires_at is None or now < row.expires_at)


def _hash(secret: str) -> str:
    """256 random bits need no slow hash: nobody can try them all."""
    return hashlib.sha256(secret.encode()).hexdigest()


def revoke(connection: Connection, key_id: str, now: datetime) -> bool:
    """From now on the key opens nothing; False when there is no such key, or it was revoked before."""
    here = (api_key.c.id == key_id) & api_key.c.revoked_at.is_(None)
    return bool(connection.execute(update(api_key).where(here).values(revoked_at=now)).rowcount)


def listed(connection: Connection) -> Sequence[Row[tuple[object, ...]]]:
    """Every key ever made, oldest first; the hash stays inside."""
    columns = [column for column in api_key.c if column.name != "hash"]
    return connection.execute(select(*columns).order_by(api_key.c.created_at)).all()
