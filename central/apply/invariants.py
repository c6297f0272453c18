"""What a document proves about itself: what cannot be booked is quarantined, wrong arithmetic is flagged."""

from __future__ import annotations

from central.apply.booking import Booking
from central.apply.reading import BrokenPayload
from pos_app.domain.invariants import check_payload

# Without these the ledgers would not add up; all the rest is booked as it happened, with a case.
_UNBOOKABLE = frozenset(
    {
        "line_numbers",
        "malformed",
        "quantity",
        "refunds_sum",
        "sign",
        "tender_amount",
        "tenders_sum",
        "total",
        "unknown_value",
        "voucher_twice",
    }
)


def check(booking: Booking) -> None:
    """Raises BrokenPayload, or flags PRICE_MISMATCH (protocol §10 f)."""
    violations = check_payload(booking.envelope.kind, booking.payload)
    for violation in violations:
        if violation.code in _UNBOOKABLE:
            raise BrokenPayload(f"{violation.code}:{violation.path}")
    if violations:
        broken = [
            {
                "rule": found.code,
                "path": found.path,
                "expected": str(found.expected),
                "found": str(found.found),
            }
            for found in violations[:20]
        ]
        booking.flag("PRICE_MISMATCH", broken=broken)
