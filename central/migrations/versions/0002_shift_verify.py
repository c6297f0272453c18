"""Who closed a shift, whether it is to be verified, and who has."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shift", sa.Column("closed_by", sa.Integer(), nullable=True))
    op.add_column("shift", sa.Column("to_verify", sa.Boolean(), server_default="0", nullable=False))
    op.add_column("shift", sa.Column("verified_by", sa.Integer(), nullable=True))
    op.add_column("shift", sa.Column("verify_doc", sa.String(length=36), nullable=True))
