"""What was sold and taken: receipts with their lines and tenders, cash in the drawers, shifts."""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Integer, String, Table

from central.tables.base import Instant, dong, ledger, metadata, uuid

# One row per numbered document that books something. `body`: the unchanging part of the `sales` feed item,
# absent for what cannot be returned.
receipt = Table(
    "receipt",
    metadata,
    uuid("doc_id", primary_key=True),
    uuid("till", nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("store", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("receipt_no", String(30), nullable=False, index=True),
    Column("business_date", Date, nullable=False, index=True),
    Column("shift", Integer),
    Column("staff", Integer, nullable=False),
    uuid("customer", index=True),
    dong("order", nullable=True, index=True),
    dong("total"),
    dong("rounding"),
    Column("fork", Boolean, nullable=False, server_default="0"),
    Column("body", JSON),
)

# The sales ledger: lines of sales (+), returns (−), hand-overs (+). quantity in thousandths.
sale_line = Table(
    "sale_line",
    metadata,
    uuid("doc_id", primary_key=True),
    Column("part", String(10), primary_key=True),  # sale | return | handover | extra | kept
    Column("no", Integer, primary_key=True, autoincrement=False),
    Column("product", String(40), index=True),
    Column("category", String(40)),
    dong("quantity"),
    dong("gross"),
    dong("amount"),
    Column("vat_rate", Integer, nullable=False),
    dong("vat"),
    Column("salesperson", Integer),
)

# amount signed: taken +, given back −
tender_entry = ledger(
    "tender_entry",
    Column("kind", String(20), nullable=False),
    dong("amount"),
    Column("reference", String(60)),
    Column("state", String(20)),
)

# Money in a drawer: float, cash of receipts, cash in and out; amount signed
cash_entry = ledger(
    "cash_entry",
    uuid("till", nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("shift", Integer),
    Column("kind", String(20), nullable=False),
    dong("amount"),
    Column("reason", String(60)),
)

# state: open | awaiting_documents | accepted_gap | closed | to_verify | mismatch | verified. `verified_by`
# may stand before the state says so: a closing is recomputed first.
shift = Table(
    "shift",
    metadata,
    uuid("till", primary_key=True),
    Column("epoch", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("store", Integer, nullable=False),
    Column("state", String(20), nullable=False),
    Column("business_date", Date),
    uuid("open_doc"),
    uuid("close_doc", index=True),
    Column("z_no", Integer),
    Column("first_seq", BigInteger),
    Column("last_seq", BigInteger),
    dong("float", nullable=True),
    dong("counted", nullable=True),
    dong("expected", nullable=True),
    dong("difference", nullable=True),
    Column("recomputed", JSON),
    Column("closed_at", Instant),
    Column("closed_by", Integer),
    Column("to_verify", Boolean, nullable=False, server_default="0"),
    Column("verified_by", Integer),
    uuid("verify_doc"),
)
