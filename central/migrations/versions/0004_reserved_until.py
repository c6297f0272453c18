"""Until when goods are laid aside for a reservation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("shop_order", sa.Column("reserved_until", sa.DateTime(timezone=True), nullable=True))
