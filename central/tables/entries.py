"""The ledgers: entries that are added and never changed, whose sums are the balances (protocol §1.7)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from central.tables.ledgers import (
    credit_entry,
    issued_entry,
    loss_entry,
    order_entry,
    points_entry,
    refund_entry,
    returned_entry,
    stock_entry,
    voucher_use,
)
from central.tables.money import cash_entry, tender_entry

LEDGERS: Final[tuple[Table, ...]] = (
    cash_entry,
    credit_entry,
    issued_entry,
    loss_entry,
    order_entry,
    points_entry,
    refund_entry,
    returned_entry,
    stock_entry,
    tender_entry,
    voucher_use,
)
