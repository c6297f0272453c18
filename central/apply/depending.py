"""What a document cannot be booked without: what it names, and what its kind needs (protocol §5)."""

from __future__ import annotations

from central.apply.booking import Booking
from central.papers import fence_coded
from pos_app.domain.ids import is_uuid7

_FIELDS = {
    "handover_reversal": "of",
    "payment_refund": "intent",
    "payment_result": "intent",
    "shift_verify": "of",
    "tender_correction": "of",
    "void": "of",
}
"""Where a kind names the document that it is about."""


def depends_on(booking: Booking) -> list[str]:
    """Documents by id or fence. Within a till `seq` is the order, but a gap may hide the one before."""
    needed = [*booking.envelope.depends_on, _named(booking)]
    return list(dict.fromkeys(name for name in needed if name is not None))


def _named(booking: Booking) -> str | None:
    kind, payload = booking.envelope.kind, booking.payload
    name = payload.get(_FIELDS[kind]) if kind in _FIELDS else None
    if kind in ("return", "exchange"):
        half = payload if kind == "return" else payload.get("return")
        original = half.get("original") if isinstance(half, dict) else None
        if isinstance(original, dict):
            name = original.get("doc_id")
            if name is None and isinstance(original.get("code"), str):
                return fence_coded(booking.connection, original["code"])
    return name if isinstance(name, str) and is_uuid7(name) else None
