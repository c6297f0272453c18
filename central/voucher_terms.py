"""What a voucher is worth, as tills are told that cannot read it from a signed code."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row

from sync.messages.checks import VoucherTerms


def terms_of(row: Row[Any]) -> VoucherTerms:
    """A row of `voucher`."""
    return VoucherTerms(
        serial=row.serial,
        key_id=row.key_id,
        campaign=row.campaign,
        kind=row.kind,
        value=row.value,
        min_basket=row.min_basket,
        valid_until=row.valid_until.isoformat(),
        store=row.store,
        max_uses=row.max_uses,
        is_bound=row.customer is not None,
        customer=row.customer,
    )
