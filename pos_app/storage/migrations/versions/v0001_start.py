"""The first till.db: journal, projections, print jobs, drafts, counters (protocol §3)."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_JOURNAL = (
    """CREATE TABLE identity (id INTEGER PRIMARY KEY CHECK (id = 1), body TEXT NOT NULL) STRICT""",
    """CREATE TABLE journal (
        epoch INTEGER NOT NULL, seq INTEGER NOT NULL, doc_id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        body BLOB NOT NULL, prev_hash BLOB NOT NULL, hash BLOB NOT NULL, signature BLOB NOT NULL,
        committed_at TEXT NOT NULL, PRIMARY KEY (epoch, seq)) STRICT""",
    """CREATE TRIGGER journal_is_never_changed BEFORE UPDATE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER journal_is_never_deleted BEFORE DELETE ON journal
        BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TABLE private (doc_id TEXT PRIMARY KEY, salt BLOB NOT NULL, bytes BLOB NOT NULL) STRICT""",
    """CREATE TABLE upload (
        doc_id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, status TEXT NOT NULL,
        codes TEXT NOT NULL, case_id TEXT, missing TEXT NOT NULL, at TEXT NOT NULL, incarnation TEXT,
        is_done INTEGER NOT NULL, is_seen INTEGER NOT NULL DEFAULT 0) STRICT""",
    """CREATE INDEX upload_by_status ON upload (status)""",
    """CREATE TABLE outbox_mark (
        epoch INTEGER PRIMARY KEY, done_through INTEGER NOT NULL) STRICT""",
    """CREATE TABLE counter (
        epoch INTEGER NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL,
        PRIMARY KEY (epoch, name)) STRICT""",
)

_SHIFTS = (
    """CREATE TABLE shift (
        epoch INTEGER NOT NULL, number INTEGER NOT NULL, state TEXT NOT NULL, doc_id TEXT NOT NULL UNIQUE,
        opened_at TEXT NOT NULL, opened_by INTEGER NOT NULL, business_date TEXT NOT NULL,
        float TEXT NOT NULL, first_seq INTEGER NOT NULL, closed_doc_id TEXT, closed_at TEXT,
        closed_by INTEGER, z_no INTEGER, last_seq INTEGER, to_verify INTEGER NOT NULL DEFAULT 0,
        verified_by INTEGER, PRIMARY KEY (epoch, number)) STRICT""",
    """CREATE UNIQUE INDEX one_open_shift ON shift (state) WHERE state = 'open'""",
    """CREATE TABLE shift_document (
        doc_id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        shift INTEGER NOT NULL) STRICT""",
    """CREATE INDEX documents_of_shift ON shift_document (epoch, shift, seq)""",
    """CREATE TABLE cash_entry (
        doc_id TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, shift INTEGER NOT NULL,
        why TEXT NOT NULL, amount INTEGER NOT NULL) STRICT""",
    """CREATE INDEX cash_entry_by_shift ON cash_entry (epoch, shift)""",
    """CREATE TABLE receipt (
        doc_id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        receipt_no TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        business_date TEXT NOT NULL, wall TEXT NOT NULL, total INTEGER NOT NULL,
        staff INTEGER NOT NULL, shift INTEGER, customer TEXT, order_no INTEGER, voided_by TEXT,
        training INTEGER NOT NULL) STRICT""",
    """CREATE INDEX receipt_by_order ON receipt (order_no) WHERE order_no IS NOT NULL""",
    """CREATE INDEX receipt_by_customer ON receipt (customer) WHERE customer IS NOT NULL""",
    """CREATE INDEX receipt_by_day ON receipt (business_date)""",
    """CREATE TABLE drawer_opening (
        doc_id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, shift INTEGER,
        staff INTEGER NOT NULL, wall TEXT NOT NULL, reason TEXT NOT NULL) STRICT""",
    """CREATE TABLE refused_code (
        doc_id TEXT PRIMARY KEY, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, serial TEXT, text_hash TEXT,
        reason TEXT NOT NULL, count INTEGER NOT NULL, wall TEXT NOT NULL) STRICT""",
)

_EFFECTS = (
    """CREATE TABLE stock_effect (
        doc_id TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
        product TEXT NOT NULL, delta INTEGER NOT NULL) STRICT""",
    """CREATE INDEX stock_effect_by_product ON stock_effect (product)""",
    """CREATE INDEX stock_effect_by_document ON stock_effect (doc_id)""",
    """CREATE TABLE points_effect (
        doc_id TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, customer TEXT NOT NULL,
        delta INTEGER NOT NULL, why TEXT NOT NULL, business_date TEXT NOT NULL) STRICT""",
    """CREATE INDEX points_effect_by_customer ON points_effect (customer)""",
    """CREATE TABLE voucher_use (
        doc_id TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, serial TEXT NOT NULL,
        campaign INTEGER NOT NULL, kind TEXT NOT NULL, amount INTEGER NOT NULL, allowed_by TEXT NOT NULL,
        connectivity TEXT NOT NULL, shift INTEGER, business_date TEXT NOT NULL, released_by TEXT) STRICT""",
    """CREATE INDEX voucher_use_by_serial ON voucher_use (serial)""",
    """CREATE INDEX voucher_use_by_document ON voucher_use (doc_id)""",
    """CREATE INDEX voucher_use_by_day ON voucher_use (business_date)""",
    """CREATE TABLE order_effect (
        doc_id TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, order_no INTEGER NOT NULL,
        effect TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
    """CREATE INDEX order_effect_by_order ON order_effect (order_no)""",
    """CREATE INDEX order_effect_by_document ON order_effect (doc_id)""",
    """CREATE TABLE return_effect (
        doc_id TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, original TEXT NOT NULL,
        effect TEXT NOT NULL, body TEXT NOT NULL) STRICT""",
    """CREATE INDEX return_effect_by_original ON return_effect (original)""",
    """CREATE INDEX return_effect_by_document ON return_effect (doc_id)""",
    """CREATE TABLE credit_entry (
        doc_id TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, account TEXT NOT NULL,
        amount INTEGER NOT NULL) STRICT""",
    """CREATE INDEX credit_entry_by_account ON credit_entry (account)""",
    """CREATE TABLE own_customer (
        customer TEXT PRIMARY KEY, doc_id TEXT NOT NULL, epoch INTEGER NOT NULL,
        seq INTEGER NOT NULL) STRICT""",
)

_WORK = (
    """CREATE TABLE print_job (
        id INTEGER PRIMARY KEY, doc_id TEXT NOT NULL, template TEXT NOT NULL, copy INTEGER NOT NULL,
        drawer INTEGER NOT NULL, drawer_sent INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL,
        attempts INTEGER NOT NULL DEFAULT 0, not_before TEXT, reason TEXT, created_at TEXT NOT NULL,
        body TEXT) STRICT""",
    """CREATE INDEX print_job_waiting ON print_job (state, id)""",
    """CREATE INDEX print_job_by_document ON print_job (doc_id)""",
    """CREATE TABLE draft (
        id INTEGER PRIMARY KEY AUTOINCREMENT, state TEXT NOT NULL, label TEXT NOT NULL, at TEXT NOT NULL,
        body TEXT NOT NULL) STRICT""",
    """CREATE UNIQUE INDEX one_current_draft ON draft (state) WHERE state = 'current'""",
    """CREATE TABLE status (name TEXT PRIMARY KEY, body TEXT NOT NULL) STRICT""",
    """CREATE TABLE staff_verifier (
        staff INTEGER PRIMARY KEY, salt BLOB NOT NULL, memory_kib INTEGER NOT NULL, passes INTEGER NOT NULL,
        lanes INTEGER NOT NULL, mac BLOB NOT NULL) STRICT""",
    """CREATE TABLE pin_tries (
        staff INTEGER PRIMARY KEY, wrong INTEGER NOT NULL, last_wrong TEXT NOT NULL) STRICT""",
    """CREATE TABLE feed_file (feed TEXT PRIMARY KEY, file TEXT NOT NULL) STRICT""",
)


def upgrade() -> None:
    for statement in _JOURNAL + _SHIFTS + _EFFECTS + _WORK:
        op.execute(statement)
