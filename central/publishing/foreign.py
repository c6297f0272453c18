"""Feed items of vouchers that are not signed: what tills may take of them without asking (protocol §7)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from sqlalchemy import select

from central.bulk import narrowed
from central.feeds import FeedWriter, scope_of
from central.publishing.catalogue import store_numbers
from central.tables.vouchers import voucher
from central.voucher_terms import terms_of
from pos_app.domain.foreign_codes import UNSIGNED

FEED: Final = "campaigns"


def foreign(writer: FeedWriter, today: date, serials: Iterable[str] | None = None) -> None:
    """`foreign/<serial>` in `campaigns`, for the stores where it is good; None = all. What is over leaves.

    The serial is made of the text (domain.foreign_codes), so the feed names no code. One that was used or
    taken back stays: `revocations` says so to every till, faster than a list could.
    """
    stores = store_numbers(writer.connection)
    mine = select(voucher).where(voucher.c.key_id == UNSIGNED)
    for row in writer.connection.execute(narrowed(mine, voucher.c.serial, serials)):
        body = terms_of(row).model_dump()
        for no in stores:
            scope, key = scope_of(FEED, no), f"foreign/{row.serial}"
            if row.valid_until >= today and row.store in (0, no):
                writer.put(FEED, scope, key, body)
            else:
                writer.delete(FEED, scope, key)
