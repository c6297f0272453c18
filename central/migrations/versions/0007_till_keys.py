"""When a till's key was first used, and tills that a restored central knows by their certificate alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("till", sa.Column("presented_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("till_key", sa.Column("used_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE till_key SET used_at = valid_from")
