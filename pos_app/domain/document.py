"""A document: its envelope, its place in the chain, its signature and its private part (protocol §3)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from pos_app.domain.canonical import BODY_LIMIT, PRIVATE_LIMIT, canonical
from pos_app.domain.envelope import Envelope, compose_body
from pos_app.domain.errors import DocumentRefused
from pos_app.domain.ids import TillId, uuid_bytes
from pos_app.domain.signing import Sign, verifies

HASH_BYTES = 32
NONCE_BYTES = 32
SALT_BYTES = 32


class DocumentKind(StrEnum):
    """Every kind of document (protocol §3)."""

    EPOCH_START = "epoch_start"
    APP_START = "app_start"
    SIGN_IN = "sign_in"
    SIGN_OUT = "sign_out"
    LOCK = "lock"
    APPROVAL = "approval"
    SHIFT_OPEN = "shift_open"
    SHIFT_CLOSE = "shift_close"
    SHIFT_VERIFY = "shift_verify"
    SALE = "sale"
    RETURN = "return"
    EXCHANGE = "exchange"
    VOID = "void"
    HANDOVER = "handover"
    HANDOVER_REVERSAL = "handover_reversal"
    ORDER_CREATE = "order_create"
    ORDER_PAYMENT = "order_payment"
    ORDER_EVENT = "order_event"
    VOUCHER_ISSUE = "voucher_issue"
    VOUCHER_REFUSED = "voucher_refused"
    RESERVATION_RELEASE = "reservation_release"
    POINTS_ADJUST = "points_adjust"
    CUSTOMER_CREATE = "customer_create"
    CUSTOMER_UPDATE = "customer_update"
    CONSENT = "consent"
    CASH_IN = "cash_in"
    CASH_OUT = "cash_out"
    DRAWER_OPEN = "drawer_open"
    PRICE_OVERRIDE = "price_override"
    DISCOUNT_MANUAL = "discount_manual"
    LINE_REMOVED = "line_removed"
    TENDER_CORRECTION = "tender_correction"
    RECEIPT_REPRINT = "receipt_reprint"
    PAYMENT_INTENT = "payment_intent"
    PAYMENT_RESULT = "payment_result"
    PAYMENT_REFUND = "payment_refund"
    STOCK_ADJUST = "stock_adjust"
    STOCK_COUNT = "stock_count"
    LEASE_RETURN = "lease_return"
    CLOCK_ANOMALY = "clock_anomaly"
    TRAINING = "training"
    DB_CHECK = "db_check"
    EXPORT = "export"
    CASE_RESOLUTION = "case_resolution"
    RECOVERY = "recovery"


NUMBERED_KINDS = frozenset(
    {
        DocumentKind.SALE,
        DocumentKind.RETURN,
        DocumentKind.EXCHANGE,
        DocumentKind.VOID,
        DocumentKind.HANDOVER,
        DocumentKind.HANDOVER_REVERSAL,
        DocumentKind.ORDER_PAYMENT,
    }
)
"""The kinds that take the next receipt number (protocol §2)."""


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """Bytes that were signed once and are stored, sent and archived as they are (rule 9)."""

    body: bytes
    hash: bytes
    signature: bytes


@dataclass(frozen=True, slots=True)
class PrivatePart:
    """Personal data beside a body: erasable, tied to it by `private_hash` (protocol §3)."""

    salt: bytes
    data: bytes

    @property
    def hash(self) -> bytes:
        """What the body names as `private_hash`."""
        return private_hash(self.salt, self.data)

    @classmethod
    def of(cls, fields: Mapping[str, object], salt: bytes) -> PrivatePart:
        """Write the fields canonically. Raises DocumentRefused (`too_large` over 8 KiB)."""
        data = canonical(dict(fields))
        if len(data) > PRIVATE_LIMIT:
            raise DocumentRefused(reason="too_large", most=PRIVATE_LIMIT)
        return cls(salt, data)


def first_prev_hash(till: TillId, epoch: int, nonce: bytes) -> bytes:
    """The `prev_hash` of an epoch's first document, from the nonce that central gave with the epoch."""
    return hashlib.sha256(uuid_bytes(till) + epoch.to_bytes(4, "big") + nonce).digest()


def chain_hash(prev_hash: bytes, body: bytes) -> bytes:
    """The hash of a document: over its predecessor's hash and its own bytes."""
    return hashlib.sha256(b"quay-doc-1\0" + prev_hash + body).digest()


def private_hash(salt: bytes, data: bytes) -> bytes:
    """The hash that ties a private part to its body."""
    return hashlib.sha256(b"quay-priv-1\0" + salt + data).digest()


def sign_hash(sign: Sign, document_hash: bytes) -> bytes:
    """The till's signature of a document's hash."""
    return sign(b"quay-sig-1\0" + document_hash)


def verify_hash(public_key: bytes, document_hash: bytes, signature: bytes) -> bool:
    """Whether this key signed this hash."""
    return verifies(public_key, signature, b"quay-sig-1\0" + document_hash)


def make(envelope: Envelope, payload: Mapping[str, object], sign: Sign) -> SignedDocument:
    """Write, chain and sign a document. Raises DocumentRefused (also `too_large` over 256 KiB)."""
    body = canonical(compose_body(envelope, payload))
    if len(body) > BODY_LIMIT:
        raise DocumentRefused(reason="too_large", most=BODY_LIMIT)
    document_hash = chain_hash(bytes.fromhex(envelope.prev_hash), body)
    return SignedDocument(body, document_hash, sign_hash(sign, document_hash))
