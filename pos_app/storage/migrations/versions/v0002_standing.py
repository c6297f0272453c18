"""Restricted mode, the lower bound of time, and the nonces and keys of this till's earlier epochs."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_TABLES = (
    """CREATE TABLE standing (
        id INTEGER PRIMARY KEY CHECK (id = 1), reason TEXT NOT NULL, since TEXT NOT NULL) STRICT""",
    """CREATE TABLE trusted_time (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT""",
    """CREATE TABLE own_epoch (
        epoch INTEGER PRIMARY KEY, nonce TEXT NOT NULL, public_key TEXT NOT NULL) STRICT""",
    """INSERT INTO own_epoch (epoch, nonce, public_key)
        SELECT json_extract(body, '$.epoch'), json_extract(body, '$.nonce'),
            coalesce(json_extract(body, '$.public_key'), '')
        FROM identity""",
)


def upgrade() -> None:
    for statement in _TABLES:
        op.execute(statement)
