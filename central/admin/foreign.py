"""Vouchers with codes of the shop's own, not signed: entered, and listed for the tills (protocol §7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from central.admin.vouchers import Terms, check_terms
from central.errors import Unprocessable
from central.feeds import FeedWriter
from central.publishing.foreign import foreign
from central.tables.tenant import tenant
from central.tables.vouchers import voucher
from pos_app.domain.foreign_codes import UNSIGNED, foreign_serial, foreign_text
from pos_app.domain.ids import TenantId


@dataclass(frozen=True, slots=True)
class Entered:
    """Serials in the order of the texts; `fresh` of them are new."""

    serials: list[str]
    fresh: int


def enter_foreign(connection: Connection, terms: Terms, texts: Sequence[str], now: datetime) -> Entered:
    """Each text is good once; one that is known keeps the terms it has. Needs the booking lock.

    Unprocessable: what a till could not read as such, what is used more than once, a gift card.
    """
    kind = check_terms(connection, terms, now)
    if kind == "stored" or terms.max_uses != 1:
        raise Unprocessable("once_only", where="body.max_uses")
    chain = TenantId(connection.execute(select(tenant.c.id)).scalar_one())
    codes: dict[str, str] = {}
    for place, text in enumerate(texts):
        code = foreign_text(text)
        if code is None:
            raise Unprocessable("no_code", where=f"body.codes.{place}")
        codes[str(foreign_serial(chain, code))] = code
    known = set(connection.scalars(select(voucher.c.serial).where(voucher.c.serial.in_(codes))))
    own = {"key_id": UNSIGNED, "kind": kind, "issued_at": now, "campaign": terms.campaign}
    own |= {"value": terms.value, "min_basket": terms.min_basket, "store": terms.store}
    own |= {"valid_until": terms.valid_until, "max_uses": 1, "short_code": "", "customer": None}
    rows = [{"serial": serial, "code": code, **own} for serial, code in codes.items() if serial not in known]
    if rows:
        connection.execute(insert(voucher), rows)
    writer = FeedWriter(connection)
    foreign(writer, now.date(), codes)
    writer.flush()
    return Entered(list(codes), len(rows))
