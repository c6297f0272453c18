"""Online orders for pick-up: the order, its lines, what was paid before."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Integer, String, Table

from central.tables.base import Instant, metadata, serial, uuid

# Payment and hand-over states are derived (prepaid, ledger of hand-overs); preparation: new|picking|ready.
order = Table(
    "shop_order",
    metadata,
    Column("order", BigInteger, primary_key=True, autoincrement=False),  # u32
    Column("number", String(20), nullable=False, unique=True),  # "MN-48207"
    Column("store", Integer, nullable=False, index=True),
    Column("channel", String(10), nullable=False, server_default="web"),
    Column("placed_at", Instant, nullable=False),
    Column("promised_by", Instant),
    Column("preparation", String(10), nullable=False, server_default="new"),
    Column("shelf", String(20)),
    uuid("customer", index=True),
    Column("discount", BigInteger, nullable=False, server_default="0"),  # already inside the lines' amounts
    serial("serial", nullable=False, unique=True),
    Column("short_code", String(9), nullable=False, index=True),
    Column("code", String(200), nullable=False, server_default=""),  # the text of the pickup QR
    Column("pin", JSON),  # {salt, hash}
    Column("identity_check", Boolean, nullable=False, server_default="0"),
    Column("partial", Boolean, nullable=False, server_default="1"),
    Column("web_credited", Boolean, nullable=False, server_default="0"),
    Column("cancel_requested_at", Instant),  # ready at a silent store: what the store did is waited for
    Column("cancelled_at", Instant),
    Column("refunded_at", Instant),
    Column("expired_at", Instant),
    Column("reserved_until", Instant),  # a reservation: nothing paid, laid aside until closing time
)

# quantity in thousandths; amount in đồng, what the line costs after discounts.
# `body`: name, variant, colour, size, category, unit, shelf, gift_of
order_line = Table(
    "order_line",
    metadata,
    Column("order", BigInteger, primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("product", String(40), nullable=False, index=True),
    Column("quantity", BigInteger, nullable=False),
    Column("unit_price", BigInteger, nullable=False),
    Column("price_ver", Integer, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("vat_rate", Integer, nullable=False),
    Column("return_days", Integer, nullable=False),
    Column("body", JSON, nullable=False),
)

# kind: paid_online | deposit; via: the tender a deposit came in by; reference: its order_payment
order_prepaid = Table(
    "order_prepaid",
    metadata,
    Column("order", BigInteger, primary_key=True, autoincrement=False),
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(20), nullable=False),
    Column("via", String(20)),
    Column("amount", BigInteger, nullable=False),
    Column("reference", String(60), nullable=False),
)
