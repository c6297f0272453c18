"""What a document cannot be booked without: what it names, and what its kind needs (protocol §5)."""

from __future__ import annotations

from central.apply.booking import Booking
from central.apply.reading import Body
from pos_app.domain.ids import is_uuid7


def depends_on(booking: Booking) -> list[str]:
    """Documents by id or fence. Within a till `seq` is the order, but a gap may hide the one before."""
    needed = [*booking.envelope.depends_on, *_named(booking.envelope.kind, booking.payload)]
    return list(dict.fromkeys(needed))


def _named(kind: str, payload: Body) -> list[str]:
    if kind in ("shift_verify", "void"):
        name = payload.get("of")
    elif kind == "return":
        original = payload.get("original")
        name = original.get("doc_id") if isinstance(original, dict) else None
    else:
        return []
    return [name] if isinstance(name, str) and is_uuid7(name) else []
