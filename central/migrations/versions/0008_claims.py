"""Claims of online checks, and how often each till asked what."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "claim",
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", "doc_id", name="pk_claim"),
    )
    for column in ("doc_id", "till", "until"):
        op.create_index(f"ix_claim_{column}", "claim", [column])
    op.create_table(
        "check_count",
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("what", sa.String(length=20), nullable=False),
        sa.Column("verdict", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("till", "day", "what", "verdict", name="pk_check_count"),
    )
