"""Documents that are held back, how far the feed of later outcomes was taken over, former keys."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_STATEMENTS = (
    """CREATE TABLE suspect (
        doc_id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, since TEXT NOT NULL,
        tried_at TEXT NOT NULL) STRICT""",
    """CREATE TABLE results_taken (
        id INTEGER PRIMARY KEY CHECK (id = 1), handle TEXT NOT NULL, ver INTEGER NOT NULL) STRICT""",
    """CREATE TABLE former_key (
        epoch INTEGER NOT NULL, public_key TEXT NOT NULL, PRIMARY KEY (epoch, public_key)) STRICT""",
    # the strip asks every second, and of a hundred thousand answers a handful is not plain
    """CREATE INDEX upload_not_plain ON upload (status) WHERE status NOT IN ('applied', 'duplicate')""",
    """DROP INDEX upload_by_status""",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
