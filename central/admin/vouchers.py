"""Vouchers: issued one by one or by the hundred thousand, and taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select

from central import publish
from central.admin.idempotency import Once, keep, known_answer
from central.admin.serials import draw_serials
from central.database import Database
from central.errors import NotFound, Unprocessable
from central.feeds import FeedWriter
from central.keys import TenantKeys
from central.publishing.customers import uses_of
from central.tables.admin import voucher_batch
from central.tables.catalogue import campaign
from central.tables.customers import customer
from central.tables.tenant import store, tenant
from central.tables.vouchers import revocation, voucher
from pos_app.domain.codes import VoucherCode, customer_tag, day_of, encode
from pos_app.domain.ids import CustomerId, TenantId
from pos_app.domain.short_codes import short_code

KINDS: Final[Mapping[str, int]] = {"amount": 1, "percent": 2, "gift": 3, "stored": 4}
AT_ONCE: Final = 500
"""Vouchers made in one transaction: what is in memory at a time, and how long others wait."""
_FULL_PERCENT = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What vouchers are worth. `value`: đồng, basis points or the campaign's gift number, by its kind."""

    campaign: int
    value: int
    valid_until: date
    min_basket: int = 0
    store: int = 0
    max_uses: int = 1
    customer: str | None = None


@dataclass(frozen=True, slots=True)
class Issuing:
    """Terms that were checked, with what signs them."""

    terms: Terms
    kind: str
    tenant: TenantId
    keys: TenantKeys

    @classmethod
    def checked(cls, connection: Connection, keys: TenantKeys, terms: Terms, now: datetime) -> Issuing:
        """Unprocessable, with the place of what cannot be."""
        kind = check_terms(connection, terms, now)
        if (kind == "stored") != (terms.max_uses == 0):
            # a gift card is used until it is empty, and nothing else is
            raise Unprocessable("uses_do_not_fit_the_kind", where="body.max_uses")
        if terms.customer is not None:
            known = (customer.c.id == terms.customer) & customer.c.erased_at.is_(None)
            if connection.scalar(select(customer.c.id).where(known)) is None:
                raise Unprocessable("unknown_customer", where="body.customer")
        return cls(terms, kind, TenantId(connection.execute(select(tenant.c.id)).scalar_one()), keys)

    def make(self, connection: Connection, count: int, now: datetime) -> list[dict[str, Any]]:
        """So many vouchers, entered; needs the booking lock."""
        rows = [self._row(serial, now) for serial in draw_serials(connection, count, now)]
        connection.execute(insert(voucher), rows)
        return rows

    def _row(self, serial: int, now: datetime) -> dict[str, Any]:
        terms = self.terms
        return {
            "serial": str(serial),
            "code": self._text(serial),
            "short_code": short_code(serial),
            "key_id": self.keys.for_type(VoucherCode.TYPE).kid,
            "campaign": terms.campaign,
            "kind": self.kind,
            "value": terms.value,
            "min_basket": terms.min_basket,
            "valid_until": terms.valid_until,
            "store": terms.store,
            "max_uses": terms.max_uses,
            "customer": terms.customer,
            "issued_at": now,
        }

    def _text(self, serial: int) -> str:
        terms = self.terms
        owner = terms.customer
        code = VoucherCode(
            key_id=self.keys.for_type(VoucherCode.TYPE).kid,
            serial=serial,
            campaign=terms.campaign,
            kind=KINDS[self.kind],
            value=terms.value,
            min_basket=terms.min_basket,
            valid_until_day=day_of(terms.valid_until),
            store=terms.store,
            max_uses=terms.max_uses,
            customer_tag=None if owner is None else customer_tag(self.tenant, CustomerId(owner)),
        )
        return encode(code, self.keys.for_type(VoucherCode.TYPE).sign, self.tenant)


def check_terms(connection: Connection, terms: Terms, now: datetime) -> str:
    """The kind, which is the campaign's. Unprocessable, with the place of what cannot be."""
    kind = _kind_of(connection, terms)
    if terms.valid_until < now.date():
        raise Unprocessable("over_already", where="body.valid_until")
    if terms.store and connection.scalar(select(store.c.no).where(store.c.no == terms.store)) is None:
        raise Unprocessable("unknown_store", where="body.store")
    return kind


def _kind_of(connection: Connection, terms: Terms) -> str:
    newest = select(campaign).where(campaign.c.no == terms.campaign).order_by(campaign.c.ver.desc()).limit(1)
    row = connection.execute(newest).one_or_none()
    if row is None:
        raise Unprocessable("unknown_campaign", where="body.campaign")
    kind = str(row.body["kind"])
    if kind == "percent" and terms.value > _FULL_PERCENT:
        raise Unprocessable("more_than_everything", where="body.value")
    if kind == "gift" and str(terms.value) not in row.body.get("gifts", {}):
        raise Unprocessable("unknown_gift", where="body.value")
    return kind


def issue_one(connection: Connection, keys: TenantKeys, terms: Terms, now: datetime) -> dict[str, Any]:
    """One voucher; its customer sees it with the tills' next pull."""
    made = Issuing.checked(connection, keys, terms, now).make(connection, 1, now)[0]
    if terms.customer is not None:
        writer = FeedWriter(connection)
        publish.customers(writer, now, [terms.customer])
        writer.flush()
    return told(made)


def told(row: Mapping[str, Any]) -> dict[str, Any]:
    """A voucher as it is answered and as it stands in a file."""
    return {
        "serial": row["serial"],
        "code": row["code"],
        "short_code": row["short_code"],
        "campaign": row["campaign"],
        "kind": row["kind"],
        "value": row["value"],
        "valid_until": row["valid_until"].isoformat(),
    }


# --- many of them -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Batch:
    """So many vouchers under one idempotency key: asked for again, the same ones are answered again."""

    once: Once
    issuing: Issuing
    count: int


def begin_batch(connection: Connection, batch: Batch, now: datetime) -> bool:
    """Remembers what is asked for; whether it is new. Conflict when the key was used for something else."""
    if known_answer(connection, batch.once, now) is not None:
        return False
    keep(connection, batch.once, {"count": batch.count}, now)
    return True


def chunks_of(database: Database, batch: Batch, now: datetime) -> Iterator[list[dict[str, Any]]]:
    """The batch in its order, `AT_ONCE` at a time, each part committed before it is told.

    Whatever ends it half-way (a lost connection, a restart), the same request goes on behind what stands.
    """
    for first in range(0, batch.count, AT_ONCE):
        wanted = min(AT_ONCE, batch.count - first)
        with database.reading() as connection:
            rows = _standing(connection, batch.once, first)
        if not rows:
            with database.writing() as connection:
                # two requests at once: the second finds what the first has made
                rows = _standing(connection, batch.once, first) or _make(
                    connection, batch, (first, wanted), now
                )
        yield [told(row) for row in rows]


def _standing(connection: Connection, once: Once, first: int) -> list[Mapping[str, Any]]:
    here = (voucher_batch.c.api_key == once.key.id) & (voucher_batch.c.key == once.name)
    within = voucher_batch.c.place.between(first, first + AT_ONCE - 1)
    query = select(voucher).join(voucher_batch, voucher_batch.c.serial == voucher.c.serial)
    ordered = query.where(here, within).order_by(voucher_batch.c.place)
    return list(connection.execute(ordered).mappings())  # type: ignore[arg-type]


def _make(
    connection: Connection, batch: Batch, part: tuple[int, int], now: datetime
) -> list[Mapping[str, Any]]:
    first, count = part
    rows = batch.issuing.make(connection, count, now)
    once = batch.once
    places = [
        {"api_key": once.key.id, "key": once.name, "place": first + no, "serial": row["serial"]}
        for no, row in enumerate(rows)
    ]
    connection.execute(insert(voucher_batch), places)
    return list(rows)


# --- one of them ------------------------------------------------------------------------------
def voucher_of(connection: Connection, serial: str) -> tuple[Row[Any], int, bool]:
    """A voucher, how often it was used, and whether it was taken back. NotFound."""
    row = connection.execute(select(voucher).where(voucher.c.serial == serial)).one_or_none()
    if row is None:
        raise NotFound("unknown_voucher")
    gone = select(revocation.c.key).where(revocation.c.key == f"code/{serial}")
    return row, uses_of(connection, serial), connection.scalar(gone) is not None


def revoke_voucher(connection: Connection, serial: str, reason: str, now: datetime) -> bool:
    """Every till is told that it no longer counts; False when that had been so before. NotFound."""
    row, _uses, was_gone = voucher_of(connection, serial)
    if was_gone:
        return False
    key = f"code/{serial}"
    connection.execute(insert(revocation), {"key": key, "at": now, "reason": reason})
    writer = FeedWriter(connection)
    publish.revocations(writer, [key])
    if row.customer is not None:
        publish.customers(writer, now, [row.customer])
    writer.flush()
    return True
