"""The office journal, how a case was closed, who stood at the till when something was lost."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tenant", sa.Column("office", sa.String(length=36), nullable=True))
    op.add_column("open_case", sa.Column("action", sa.String(length=30), nullable=True))
    op.add_column("open_case", sa.Column("closed_staff", sa.Integer(), nullable=True))
    op.add_column("open_case", sa.Column("fed", sa.Boolean(), server_default="0", nullable=False))
    op.create_index("ix_open_case_fed", "open_case", ["fed"])
    op.add_column("loss_entry", sa.Column("staff", sa.Integer(), nullable=True))
