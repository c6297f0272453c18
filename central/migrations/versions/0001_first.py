"""The first release: all tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "campaign",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ver", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), server_default="0", nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("no", "ver", name=op.f("pk_campaign")),
    )
    op.create_table(
        "cash_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("shift", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=60), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cash_entry")),
    )
    op.create_index(op.f("ix_cash_entry_doc_id"), "cash_entry", ["doc_id"], unique=False)
    op.create_table(
        "category",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("icon", sa.String(length=40), server_default="", nullable=False),
        sa.Column("vat", sa.JSON(), nullable=False),
        sa.Column("return_days", sa.Integer(), nullable=False),
        sa.Column("uncoded", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_category")),
    )
    op.create_table(
        "code_key",
        sa.Column("kid", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("types", sa.JSON(), nullable=False),
        sa.Column("issue_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issue_to", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verify_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("kid", name=op.f("pk_code_key")),
    )
    op.create_table(
        "credit_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("account", sa.String(length=36), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_entry")),
    )
    op.create_index(op.f("ix_credit_entry_account"), "credit_entry", ["account"], unique=False)
    op.create_index(op.f("ix_credit_entry_doc_id"), "credit_entry", ["doc_id"], unique=False)
    op.create_table(
        "customer",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("phone", sa.String(length=20), nullable=True),
        sa.Column("tag", sa.String(length=16), nullable=True),
        sa.Column("birthday_month", sa.Integer(), nullable=True),
        sa.Column("birthday_day", sa.Integer(), nullable=True),
        sa.Column("tier", sa.String(length=20), server_default="member", nullable=False),
        sa.Column("staff", sa.Integer(), nullable=True),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_index(op.f("ix_customer_phone"), "customer", ["phone"], unique=False)
    op.create_index(op.f("ix_customer_tag"), "customer", ["tag"], unique=False)
    op.create_table(
        "customer_alias",
        sa.Column("alias", sa.String(length=36), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("alias", name=op.f("pk_customer_alias")),
    )
    op.create_index(op.f("ix_customer_alias_customer"), "customer_alias", ["customer"], unique=False)
    op.create_table(
        "customer_card",
        sa.Column("serial", sa.String(length=20), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=200), server_default="", nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_customer_card")),
    )
    op.create_index(op.f("ix_customer_card_customer"), "customer_card", ["customer"], unique=False)
    op.create_table(
        "document",
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("prev_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("signature", sa.LargeBinary(length=64), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("carried_by", sa.String(length=60), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("doc_id", name=op.f("pk_document")),
    )
    op.create_index("ix_document_fence", "document", ["till", "epoch", "seq"], unique=False)
    op.create_index("ix_document_hash", "document", ["hash"], unique=False)
    op.create_index("ix_document_prev_hash", "document", ["prev_hash"], unique=False)
    op.create_table(
        "enrol_code",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=True),
        sa.Column("seal_key", sa.String(length=64), nullable=True),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed", sa.Boolean(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_enrol_code")),
    )
    op.create_index(op.f("ix_enrol_code_till"), "enrol_code", ["till"], unique=False)
    op.create_table(
        "epoch",
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("forked_at", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("till", "epoch", name=op.f("pk_epoch")),
    )
    op.create_table(
        "feed_counter",
        sa.Column("feed", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("handle", sa.String(length=32), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("live", sa.BigInteger(), nullable=False),
        sa.Column("checksum", sa.String(length=20), nullable=False),
        sa.PrimaryKeyConstraint("feed", "scope", name=op.f("pk_feed_counter")),
    )
    op.create_table(
        "feed_item",
        sa.Column("feed", sa.String(length=20), nullable=False),
        sa.Column("scope", sa.String(length=20), nullable=False),
        sa.Column("only", sa.String(length=36), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("ver", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("feed", "scope", "only", "key", name=op.f("pk_feed_item")),
    )
    op.create_index("ix_feed_item_ver", "feed_item", ["feed", "scope", "ver"], unique=False)
    op.create_table(
        "feed_marker",
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("through", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("till", "epoch", name=op.f("pk_feed_marker")),
    )
    op.create_table(
        "keybox",
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("box", sa.String(length=400), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("till", name=op.f("pk_keybox")),
    )
    op.create_table(
        "keyset",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_keyset")),
    )
    op.create_table(
        "loss_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_entry")),
    )
    op.create_index(op.f("ix_loss_entry_doc_id"), "loss_entry", ["doc_id"], unique=False)
    op.create_table(
        "nonce",
        sa.Column("keyid", sa.String(length=60), nullable=False),
        sa.Column("nonce", sa.String(length=80), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("keyid", "nonce", name=op.f("pk_nonce")),
    )
    op.create_index(op.f("ix_nonce_at"), "nonce", ["at"], unique=False)
    op.create_table(
        "open_case",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("store", sa.Integer(), nullable=True),
        sa.Column("till", sa.String(length=36), nullable=True),
        sa.Column("doc_id", sa.String(length=100), nullable=True),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_by", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_open_case")),
    )
    op.create_index(op.f("ix_open_case_code"), "open_case", ["code"], unique=False)
    op.create_index(op.f("ix_open_case_doc_id"), "open_case", ["doc_id"], unique=False)
    op.create_table(
        "order_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("order", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("handed", sa.BigInteger(), nullable=False),
        sa.Column("refused", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_entry")),
    )
    op.create_index(op.f("ix_order_entry_doc_id"), "order_entry", ["doc_id"], unique=False)
    op.create_index(op.f("ix_order_entry_order"), "order_entry", ["order"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("order", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price", sa.BigInteger(), nullable=False),
        sa.Column("price_ver", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("vat_rate", sa.Integer(), nullable=False),
        sa.Column("return_days", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("order", "no", name=op.f("pk_order_line")),
    )
    op.create_index(op.f("ix_order_line_product"), "order_line", ["product"], unique=False)
    op.create_table(
        "order_prepaid",
        sa.Column("order", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("via", sa.String(length=20), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("order", "no", name=op.f("pk_order_prepaid")),
    )
    op.create_table(
        "points_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=False),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entry")),
    )
    op.create_index(op.f("ix_points_entry_customer"), "points_entry", ["customer"], unique=False)
    op.create_index(op.f("ix_points_entry_doc_id"), "points_entry", ["doc_id"], unique=False)
    op.create_table(
        "policy",
        sa.Column("level", sa.String(length=10), nullable=False),
        sa.Column("owner", sa.String(length=36), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("level", "owner", name=op.f("pk_policy")),
    )
    op.create_table(
        "private_part",
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=32), nullable=True),
        sa.Column("bytes", sa.LargeBinary(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("doc_id", name=op.f("pk_private_part")),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("sku", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("rank", sa.Integer(), server_default="0", nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
    )
    op.create_index(op.f("ix_product_category"), "product", ["category"], unique=False)
    op.create_index(op.f("ix_product_sku"), "product", ["sku"], unique=False)
    op.create_table(
        "product_price",
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("store", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("ver", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tier", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("product", "store", "ver", name=op.f("pk_product_price")),
    )
    op.create_table(
        "promotion",
        sa.Column("id", sa.String(length=40), nullable=False),
        sa.Column("ver", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), server_default="0", nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", "ver", name=op.f("pk_promotion")),
    )
    op.create_table(
        "receipt",
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("receipt_no", sa.String(length=30), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=False),
        sa.Column("shift", sa.Integer(), nullable=True),
        sa.Column("staff", sa.Integer(), nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=True),
        sa.Column("order", sa.BigInteger(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("rounding", sa.BigInteger(), nullable=False),
        sa.Column("fork", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("doc_id", name=op.f("pk_receipt")),
    )
    op.create_index(op.f("ix_receipt_business_date"), "receipt", ["business_date"], unique=False)
    op.create_index(op.f("ix_receipt_customer"), "receipt", ["customer"], unique=False)
    op.create_index(op.f("ix_receipt_order"), "receipt", ["order"], unique=False)
    op.create_index(op.f("ix_receipt_receipt_no"), "receipt", ["receipt_no"], unique=False)
    op.create_table(
        "refund_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("original", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("original_tender", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.BigInteger(), nullable=False),
        sa.Column("carried", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund_entry")),
    )
    op.create_index(op.f("ix_refund_entry_doc_id"), "refund_entry", ["doc_id"], unique=False)
    op.create_index(op.f("ix_refund_entry_original"), "refund_entry", ["original"], unique=False)
    op.create_table(
        "rejected",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=100), nullable=False),
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("item", sa.LargeBinary(), nullable=False),
        sa.Column("carried_by", sa.String(length=60), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rejected")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_rejected_fingerprint")),
    )
    op.create_index(op.f("ix_rejected_doc_id"), "rejected", ["doc_id"], unique=False)
    op.create_table(
        "result",
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("first", sa.String(length=20), nullable=False),
        sa.Column("codes", sa.JSON(), nullable=False),
        sa.Column("case", sa.String(length=36), nullable=True),
        sa.Column("missing", sa.JSON(), nullable=False),
        sa.Column("booked", sa.Boolean(), nullable=False),
        sa.Column("fork", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("note", sa.String(length=300), server_default="", nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("doc_id", name=op.f("pk_result")),
    )
    op.create_table(
        "returned_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("original", sa.String(length=36), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("kept", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returned_entry")),
    )
    op.create_index(op.f("ix_returned_entry_doc_id"), "returned_entry", ["doc_id"], unique=False)
    op.create_index(op.f("ix_returned_entry_original"), "returned_entry", ["original"], unique=False)
    op.create_table(
        "revocation",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_revocation")),
    )
    op.create_table(
        "sale_line",
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("part", sa.String(length=10), nullable=False),
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=40), nullable=True),
        sa.Column("category", sa.String(length=40), nullable=True),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("gross", sa.BigInteger(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("vat_rate", sa.Integer(), nullable=False),
        sa.Column("vat", sa.BigInteger(), nullable=False),
        sa.Column("salesperson", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("doc_id", "part", "no", name=op.f("pk_sale_line")),
    )
    op.create_index(op.f("ix_sale_line_product"), "sale_line", ["product"], unique=False)
    op.create_table(
        "shift",
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("business_date", sa.Date(), nullable=True),
        sa.Column("open_doc", sa.String(length=36), nullable=True),
        sa.Column("close_doc", sa.String(length=36), nullable=True),
        sa.Column("z_no", sa.Integer(), nullable=True),
        sa.Column("first_seq", sa.Integer(), nullable=True),
        sa.Column("last_seq", sa.Integer(), nullable=True),
        sa.Column("float", sa.BigInteger(), nullable=True),
        sa.Column("counted", sa.BigInteger(), nullable=True),
        sa.Column("expected", sa.BigInteger(), nullable=True),
        sa.Column("difference", sa.BigInteger(), nullable=True),
        sa.Column("recomputed", sa.JSON(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("till", "epoch", "number", name=op.f("pk_shift")),
    )
    op.create_index(op.f("ix_shift_close_doc"), "shift", ["close_doc"], unique=False)
    op.create_table(
        "shop_order",
        sa.Column("order", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=10), server_default="web", nullable=False),
        sa.Column("placed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_by", sa.DateTime(timezone=True), nullable=True),
        sa.Column("preparation", sa.String(length=10), server_default="new", nullable=False),
        sa.Column("shelf", sa.String(length=20), nullable=True),
        sa.Column("customer", sa.String(length=36), nullable=True),
        sa.Column("discount", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("serial", sa.String(length=20), nullable=False),
        sa.Column("short_code", sa.String(length=9), nullable=False),
        sa.Column("code", sa.String(length=200), server_default="", nullable=False),
        sa.Column("pin", sa.JSON(), nullable=True),
        sa.Column("identity_check", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("partial", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("web_credited", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refunded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("expired_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("order", name=op.f("pk_shop_order")),
        sa.UniqueConstraint("number", name=op.f("uq_shop_order_number")),
        sa.UniqueConstraint("serial", name=op.f("uq_shop_order_serial")),
    )
    op.create_index(op.f("ix_shop_order_customer"), "shop_order", ["customer"], unique=False)
    op.create_index(op.f("ix_shop_order_short_code"), "shop_order", ["short_code"], unique=False)
    op.create_index(op.f("ix_shop_order_store"), "shop_order", ["store"], unique=False)
    op.create_table(
        "staff",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("store", sa.Integer(), server_default="0", nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("initials", sa.String(length=4), nullable=False),
        sa.Column("tint", sa.Integer(), server_default="0", nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("active", sa.Boolean(), server_default="1", nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("memory", sa.Integer(), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("lanes", sa.Integer(), nullable=False),
        sa.Column("verifier", sa.String(length=64), nullable=False),
        sa.Column("badge", sa.String(length=200), nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_staff")),
    )
    op.create_table(
        "stock_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("delta", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=30), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_entry")),
    )
    op.create_index(op.f("ix_stock_entry_doc_id"), "stock_entry", ["doc_id"], unique=False)
    op.create_index(op.f("ix_stock_entry_product"), "stock_entry", ["product"], unique=False)
    op.create_table(
        "stock_level",
        sa.Column("store", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=40), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("store", "product", name=op.f("pk_stock_level")),
    )
    op.create_table(
        "store",
        sa.Column("no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(length=5), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("chain", sa.String(length=120), server_default="", nullable=False),
        sa.Column("tagline", sa.String(length=200), server_default="", nullable=False),
        sa.Column("address", sa.String(length=300), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=30), server_default="", nullable=False),
        sa.Column("tax_code", sa.String(length=20), server_default="", nullable=False),
        sa.Column("hotline", sa.String(length=30), nullable=True),
        sa.PrimaryKeyConstraint("no", name=op.f("pk_store")),
        sa.UniqueConstraint("code", name=op.f("uq_store_code")),
    )
    op.create_table(
        "tenant",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("incarnation", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
    )
    op.create_table(
        "tender_entry",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(length=60), nullable=True),
        sa.Column("state", sa.String(length=20), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tender_entry")),
    )
    op.create_index(op.f("ix_tender_entry_doc_id"), "tender_entry", ["doc_id"], unique=False)
    op.create_table(
        "till",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), server_default="", nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_entry", sa.JSON(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("health", sa.JSON(), nullable=True),
        sa.Column("app", sa.String(length=80), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till")),
        sa.UniqueConstraint("store", "number", name=op.f("uq_till_store")),
    )
    op.create_index(op.f("ix_till_store"), "till", ["store"], unique=False)
    op.create_table(
        "till_key",
        sa.Column("till", sa.String(length=36), nullable=False),
        sa.Column("epoch", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("key_no", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("public_key", sa.String(length=64), nullable=False),
        sa.Column("seal_key", sa.String(length=64), nullable=False),
        sa.Column("certificate", sa.JSON(), nullable=False),
        sa.Column("valid_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("valid_to", sa.DateTime(timezone=True), nullable=True),
        sa.Column("head_created", sa.Integer(), nullable=True),
        sa.Column("head_epoch", sa.Integer(), nullable=True),
        sa.Column("head_seq", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("till", "epoch", "key_no", name=op.f("pk_till_key")),
    )
    op.create_table(
        "voucher",
        sa.Column("serial", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=200), nullable=False),
        sa.Column("short_code", sa.String(length=9), server_default="", nullable=False),
        sa.Column("key_id", sa.Integer(), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("min_basket", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("store", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_uses", sa.Integer(), server_default="1", nullable=False),
        sa.Column("customer", sa.String(length=36), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("serial", name=op.f("pk_voucher")),
    )
    op.create_index(op.f("ix_voucher_campaign"), "voucher", ["campaign"], unique=False)
    op.create_index(op.f("ix_voucher_customer"), "voucher", ["customer"], unique=False)
    op.create_index(op.f("ix_voucher_short_code"), "voucher", ["short_code"], unique=False)
    op.create_table(
        "voucher_use",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=True, nullable=False
        ),
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("serial", sa.String(length=20), nullable=False),
        sa.Column("campaign", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("over", sa.Boolean(), server_default="0", nullable=False),
        sa.Column("store", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_voucher_use")),
    )
    op.create_index(op.f("ix_voucher_use_doc_id"), "voucher_use", ["doc_id"], unique=False)
    op.create_index(op.f("ix_voucher_use_serial"), "voucher_use", ["serial"], unique=False)
    op.create_table(
        "waiting",
        sa.Column("doc_id", sa.String(length=36), nullable=False),
        sa.Column("missing", sa.String(length=100), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("doc_id", "missing", name=op.f("pk_waiting")),
    )
    op.create_index("ix_waiting_missing", "waiting", ["missing"], unique=False)
