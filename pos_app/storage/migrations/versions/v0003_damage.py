"""Pruning under a checkpoint, places that a salvage could not read, the outbox by place (protocol §3, §8)."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_STATEMENTS = (
    # everything up to `seq` was acknowledged and has been deleted; `hash` is what the next row names
    """CREATE TABLE journal_checkpoint (
        epoch INTEGER PRIMARY KEY, seq INTEGER NOT NULL, hash BLOB NOT NULL, at TEXT NOT NULL) STRICT""",
    """CREATE TRIGGER a_checkpoint_covers_what_was_acknowledged BEFORE INSERT ON journal_checkpoint
        WHEN EXISTS (SELECT 1 FROM journal AS j WHERE j.epoch = NEW.epoch AND j.seq <= NEW.seq AND NOT EXISTS
            (SELECT 1 FROM upload WHERE upload.doc_id = j.doc_id AND is_done))
        BEGIN SELECT RAISE(ABORT, 'a document before the checkpoint is not acknowledged'); END""",
    """CREATE TRIGGER a_checkpoint_stands_at_its_document BEFORE INSERT ON journal_checkpoint
        WHEN NOT EXISTS (SELECT 1 FROM journal AS j
            WHERE j.epoch = NEW.epoch AND j.seq = NEW.seq AND j.hash = NEW.hash)
        BEGIN SELECT RAISE(ABORT, 'a checkpoint carries the hash of its document'); END""",
    """CREATE TRIGGER a_checkpoint_is_only_replaced BEFORE UPDATE ON journal_checkpoint
        BEGIN SELECT RAISE(ABORT, 'a checkpoint is replaced, never changed'); END""",
    """DROP TRIGGER journal_is_never_deleted""",
    """CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
        WHEN NOT EXISTS (SELECT 1 FROM journal_checkpoint AS c
            WHERE c.epoch = OLD.epoch AND c.seq >= OLD.seq)
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    # what a damaged file did not give back: from `first` to `last`, both included
    """CREATE TABLE journal_lost (
        epoch INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, at TEXT NOT NULL,
        PRIMARY KEY (epoch, first)) STRICT""",
    """CREATE INDEX upload_by_place ON upload (epoch, seq)""",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(statement)
