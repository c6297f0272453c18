"""Pre-signed codes for tills to hand out without a connection: made here, revoked with the till (§7)."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, func, insert, select, update

from central.feeds import FeedWriter
from central.keys import TenantKeys
from central.publishing.blanks import blanks
from central.publishing.people import policy_of
from central.publishing.trust import revocations
from central.tables.tenant import tenant
from central.tables.tills import till, till_key
from central.tables.vouchers import blank, revocation, voucher
from pos_app.domain.codes import VoucherCode, day_of, encode
from pos_app.domain.ids import TenantId
from pos_app.domain.short_codes import short_code
from pos_app.domain.signed_codes import AMOUNT_OFF, STORED_VALUE, date_of

_ZONE: Final = "Asia/Ho_Chi_Minh"
_KINDS: Final = {"amount": AMOUNT_OFF, "stored": STORED_VALUE}
_MOST_HELD: Final = 50
_MOST_WORTH: Final = 1_000_000
"""Whatever a policy says: so many blanks of a campaign, of so many đồng each, may a till hold."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a policy wants a till to hold: `blanks: {"<campaign>": {hold, value, kind, days}}`."""

    campaign: int
    hold: int
    value: int
    kind: str
    days: int


def refill(connection: Connection, keys: TenantKeys, now: datetime, only: str | None = None) -> int:
    """Signs what is missing for every enrolled till, or for one; the number of blanks made."""
    enrolled = select(till_key.c.till).distinct()
    wanted = select(till.c.id, till.c.store).where(till.c.id.in_(enrolled), till.c.revoked_at.is_(None))
    rows = list(connection.execute(wanted if only is None else wanted.where(till.c.id == only)))
    writer = FeedWriter(connection)
    made: list[str] = []
    for row in rows:
        policy = policy_of(connection, row.store, row.id)
        today = now.astimezone(ZoneInfo(str(policy.get("zone", _ZONE)))).date()
        for wish in _wishes(policy):
            for _ in range(wish.hold - _held(connection, row.id, wish.campaign)):
                made.append(
                    _sign(connection, keys, row.id, wish, (now, day_of(today + timedelta(wish.days))))
                )
    blanks(writer, made)
    writer.flush()
    return len(made)


def revoke_of(connection: Connection, writer: FeedWriter, till_id: str, now: datetime) -> int:
    """All that a lost till may still hand out counts no longer, anywhere; how many."""
    held = blank.c.till == till_id, blank.c.given_doc.is_(None), blank.c.revoked_at.is_(None)
    serials = list(connection.scalars(select(blank.c.serial).where(*held)))
    keys = [f"code/{serial}" for serial in serials]
    if not serials:
        return 0
    connection.execute(update(blank).where(*held).values(revoked_at=now))
    connection.execute(
        insert(revocation), [{"key": key, "at": now, "reason": "till_revoked"} for key in keys]
    )
    blanks(writer, serials)
    revocations(writer, keys)
    return len(serials)


def _wishes(policy: dict[str, Any]) -> Iterator[Wish]:
    """What stands in the policy, within our own caps; what is no campaign or no kind of ours is left out."""
    wanted = policy.get("blanks")
    for number, body in sorted(wanted.items()) if isinstance(wanted, dict) else ():
        if not number.isdigit() or not isinstance(body, dict) or body.get("kind", "amount") not in _KINDS:
            continue
        hold, value = min(int(body.get("hold", 0)), _MOST_HELD), min(int(body.get("value", 0)), _MOST_WORTH)
        if hold > 0 and value > 0:
            yield Wish(int(number), hold, value, body.get("kind", "amount"), int(body.get("days", 90)))


def _held(connection: Connection, till_id: str, campaign: int) -> int:
    here = blank.c.till == till_id, blank.c.campaign == campaign
    free = blank.c.given_doc.is_(None), blank.c.revoked_at.is_(None)
    return int(connection.scalar(select(func.count()).select_from(blank).where(*here, *free)) or 0)


def _sign(
    connection: Connection, keys: TenantKeys, till_id: str, wish: Wish, when: tuple[datetime, int]
) -> str:
    """One voucher of this store's, not bound to a customer; its serial."""
    now, last_day = when
    serial = _free_serial(connection)
    key = keys.for_type(VoucherCode.TYPE)
    code = VoucherCode(
        key_id=key.kid,
        serial=serial,
        campaign=wish.campaign,
        kind=_KINDS[wish.kind],
        value=wish.value,
        min_basket=0,
        valid_until_day=last_day,
        store=0,
        max_uses=1,
        customer_tag=None,
    )
    chain = TenantId(connection.execute(select(tenant.c.id)).scalar_one())
    row: dict[str, Any] = {
        "serial": str(serial),
        "code": encode(code, key.sign, chain),
        "short_code": short_code(serial),
    }
    row |= {"key_id": key.kid, "campaign": wish.campaign, "kind": wish.kind, "value": wish.value}
    row |= {"valid_until": date_of(last_day), "max_uses": 1, "issued_at": now}
    connection.execute(insert(voucher), row)
    connection.execute(
        insert(blank), {"serial": str(serial), "till": till_id, "campaign": wish.campaign, "made_at": now}
    )
    return str(serial)


def _free_serial(connection: Connection) -> int:
    """Never one whose short code is live (protocol §7)."""
    while True:
        serial = secrets.randbits(64)
        taken = select(voucher.c.serial).where(voucher.c.short_code == short_code(serial)).limit(1)
        if connection.scalar(taken) is None:
            return serial
