"""Which payments have been held against the sales, and what customers have agreed to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("payment", sa.Column("epoch", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("payment", sa.Column("shift", sa.Integer(), nullable=True))
    op.add_column("payment", sa.Column("reference", sa.String(length=60), nullable=True))
    op.add_column("payment", sa.Column("settled", sa.Boolean(), nullable=False, server_default="0"))
    op.create_index("ix_payment_settled", "payment", ["settled"])
    op.add_column("bank_credit", sa.Column("case", sa.String(length=36), nullable=True))
    op.create_table(
        "consent",
        sa.Column("id", _ID, autoincrement=True, primary_key=True),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=False, index=True),
        sa.Column("purpose", sa.String(length=30), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
