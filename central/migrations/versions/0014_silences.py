"""When tills were not heard."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "silence",
        sa.Column("till", sa.String(length=36), primary_key=True),
        sa.Column("since", _INSTANT, primary_key=True),
        sa.Column("until", _INSTANT, nullable=False, index=True),
    )
