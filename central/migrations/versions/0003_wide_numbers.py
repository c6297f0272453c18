"""Places in a journal go to 2^32 - 1: too much for PostgreSQL's integer."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_WIDER = {
    "cash_entry": ("seq",),
    "epoch": ("forked_at",),
    "receipt": ("seq",),
    "shift": ("first_seq", "last_seq"),
    "till_key": ("head_created", "head_seq"),
}


def upgrade() -> None:
    for table, columns in _WIDER.items():
        with op.batch_alter_table(table) as batch:
            for column in columns:
                batch.alter_column(column, existing_type=sa.Integer(), type_=sa.BigInteger())
