"""What a restored central asks tills for again, and what revoked tills have left."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

_ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "rewind",
        sa.Column("till", sa.String(36), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("from_seq", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("till", "epoch", name=op.f("pk_rewind")),
    )
    op.create_table(
        "salvaged_item",
        sa.Column("id", _ROW_ID, autoincrement=True, nullable=False),
        sa.Column("till", sa.String(36), nullable=False),
        sa.Column("carried_by", sa.String(60), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("item", sa.LargeBinary(), nullable=False),
        sa.Column("case", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_salvaged_item")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_salvaged_item_fingerprint")),
    )
    op.create_index(op.f("ix_salvaged_item_case"), "salvaged_item", ["case"])
