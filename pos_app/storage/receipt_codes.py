"""The receipt code of an own document: made from its body, the same each time (protocol §7, type 4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from pos_app.domain.code_reading import encode
from pos_app.domain.document import NUMBERED_KINDS, DocumentKind
from pos_app.domain.signed_codes import ReceiptCode
from pos_app.domain.signing import Sign
from pos_app.storage.documents import BookedDocument
from pos_app.storage.identity import Identity


def code_text(document: BookedDocument, document_hash: bytes, identity: Identity, sign: Sign) -> str | None:
    """The text to print.

    None for kinds without a receipt number; for training, which must prove nothing; and for an earlier
    epoch, whose key is gone.
    """
    if document.kind not in NUMBERED_KINDS or document.training or document.epoch != identity.epoch:
        return None
    payload = document.payload
    code = ReceiptCode.of(
        store=identity.store,
        till_number=identity.till_number,
        epoch=document.epoch,
        seq=document.seq,
        business_date=date.fromisoformat(payload["business_date"]),
        total=goods_total(document.kind, payload),
        lines=line_count(document.kind, payload),
        document_hash=document_hash,
    )
    return encode(code, sign, identity.tenant)


def goods_total(kind: str, payload: Mapping[str, Any]) -> int:
    """đồng: what the goods cost after discounts, with rounding; of an exchange the new goods.

    0 for a return, a void or a reversal.
    """
    if kind in (DocumentKind.SALE, DocumentKind.HANDOVER, DocumentKind.ORDER_PAYMENT):
        return int(payload["total"]) + int(payload.get("rounding", 0))
    if kind == DocumentKind.EXCHANGE:
        return int(payload["sale"]["total"])
    return 0


def line_count(kind: str, payload: Mapping[str, Any]) -> int:
    """Lines of goods on the paper; of an exchange those of the new goods."""
    if kind == DocumentKind.EXCHANGE:
        return len(payload["sale"]["lines"])
    extra = payload.get("sale") or {}
    return len(payload.get("lines", ())) + len(extra.get("lines", ()))
