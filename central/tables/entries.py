"""The ledgers: entries that are added and never changed, whose sums are the balances (protocol §1.7)."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Table

from central.tables import ledgers, money

LEDGERS: Final[tuple[Table, ...]] = (
    money.cash_entry,
    ledgers.credit_entry,
    ledgers.issued_entry,
    ledgers.loss_entry,
    ledgers.order_entry,
    ledgers.points_entry,
    ledgers.refund_entry,
    ledgers.returned_entry,
    ledgers.stock_entry,
    money.tender_entry,
    ledgers.voucher_use,
)
