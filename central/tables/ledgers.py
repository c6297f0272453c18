"""Immutable entries whose sums are the balances: goods, points, vouchers, credits, orders, losses."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, String, Table

from central.tables.base import Instant, dong, ledger, metadata, serial, uuid

# delta in thousandths. Opening stock has no document: doc_id "".
stock_entry = ledger(
    "stock_entry",
    Column("store", Integer, nullable=False),
    Column("product", String(40), nullable=False, index=True),
    dong("delta"),
    Column("reason", String(30), nullable=False),
    Column("at", Instant, nullable=False),
)

# The sum of stock_entry per store and product, kept in the same transaction: half a million rows are not
# added up for every sale.
stock_level = Table(
    "stock_level",
    metadata,
    Column("store", Integer, primary_key=True, autoincrement=False),
    Column("product", String(40), primary_key=True),
    dong("quantity"),
)

# why: earned | spent | refund (spent ones back) | return (earned ones back) | void | adjusted | opening
points_entry = ledger(
    "points_entry",
    uuid("customer", nullable=False, index=True),
    dong("delta"),
    Column("why", String(20), nullable=False),
    Column("at", Instant, nullable=False),
)

# uses: +1 for a use, −1 when the voucher became valid again
voucher_use = ledger(
    "voucher_use",
    serial("serial", nullable=False, index=True),
    Column("campaign", Integer, nullable=False),
    Column("uses", Integer, nullable=False),
    dong("amount"),
    Column("over", Boolean, nullable=False, server_default="0"),
    Column("store", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

# account = doc_id of the return that created it; amount: + created, − spent
credit_entry = ledger(
    "credit_entry",
    uuid("account", nullable=False, index=True),
    dong("amount"),
    Column("at", Instant, nullable=False),
)

# quantities in thousandths, per line of an order
order_entry = ledger(
    "order_entry",
    Column("order", BigInteger, nullable=False, index=True),
    Column("line", Integer, nullable=False),
    dong("handed"),
    dong("refused"),
)

# What returns took from the lines of a sale or hand-over: quantity, amount and vat positive; `kept` = what
# a gift that stayed with the customer was charged with.
returned_entry = ledger(
    "returned_entry",
    uuid("original", nullable=False, index=True),
    Column("line", Integer, nullable=False),
    dong("quantity"),
    dong("amount"),
    dong("vat"),
    dong("kept", server_default="0"),
)

# Money that returns gave back, positive; `share` is its part before cash rounding. `carried` stands in a row
# of its own (kind "carried"): what no tender could take.
refund_entry = ledger(
    "refund_entry",
    uuid("original", nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("original_tender", Integer),
    dong("amount"),
    dong("share"),
    dong("carried", server_default="0"),
)

# Vouchers and gift cards that a till handed out. what: voucher | gift_card
issued_entry = ledger(
    "issued_entry",
    serial("serial", nullable=False, index=True),
    Column("what", String(20), nullable=False),
    Column("campaign", Integer, nullable=False),
    dong("value"),
    uuid("customer"),
    Column("store", Integer, nullable=False),
    Column("at", Instant, nullable=False),
)

# Losses booked per store and reason: + lost, − got back. reason: voucher_loss | refund_loss |
# refund_difference | credit_loss | handover_loss | transfer_loss | payment_loss | points_loss
loss_entry = ledger(
    "loss_entry",
    Column("store", Integer, nullable=False),
    Column("reason", String(30), nullable=False),
    dong("amount"),
    uuid("case"),
    Column("staff", Integer),  # who stood at the till
    Column("at", Instant, nullable=False),
)
