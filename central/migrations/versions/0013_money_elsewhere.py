"""Vouchers handed out, blanks, bank credits and payments at terminals."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)
_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _ledgers()
    _blanks()
    _money()


def _ledgers() -> None:
    op.create_table(
        "issued_entry",
        sa.Column("id", _ID, autoincrement=True, primary_key=True),
        sa.Column("doc_id", sa.String(length=36), nullable=False, index=True),
        sa.Column("serial", sa.String(length=20), nullable=False, index=True),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=True),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
    )


def _blanks() -> None:
    op.create_table(
        "blank",
        sa.Column("serial", sa.String(length=20), primary_key=True),
        sa.Column("till", sa.String(length=36), nullable=False, index=True),
        sa.Column("campaign", sa.Integer(), nullable=False),
        sa.Column("made_at", _INSTANT, nullable=False),
        sa.Column("given_doc", sa.String(length=36), nullable=True),
        sa.Column("revoked_at", _INSTANT, nullable=True),
    )


def _money() -> None:
    op.create_table(
        "bank_credit",
        sa.Column("id", sa.String(length=80), primary_key=True),
        sa.Column("at", _INSTANT, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.String(length=300), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False, index=True),
        sa.Column("doc_id", sa.String(length=36), nullable=True, index=True),
    )
    op.create_table(
        "awaited_transfer",
        sa.Column("doc_id", sa.String(length=36), primary_key=True),
        sa.Column("reference", sa.String(length=60), primary_key=True),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("shift", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("since", _INSTANT, nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False, index=True),
    )
    op.create_table(
        "payment",
        sa.Column("intent", sa.String(length=36), primary_key=True),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("refunded", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("slip", sa.String(length=60), nullable=True),
        sa.Column("at", _INSTANT, nullable=False),
    )
