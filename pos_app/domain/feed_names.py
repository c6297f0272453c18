"""The feeds that central publishes (protocol §6)."""

from __future__ import annotations

FEEDS = (
    "blanks",
    "campaigns",
    "cases",
    "catalogue",
    "customers",
    "keyset",
    "orders",
    "policy",
    "results",
    "revocations",
    "sales",
    "staff",
    "stock",
    "tills",
    "transfers",
)
AFTERWARDS = ("cases", "results", "transfers")
"""What became of documents: nothing is decided by these before an act, a till works without them."""

LATER = (*AFTERWARDS, "blanks")
"""A till is set up without these; a feed that a later version brings must not send it back to that page."""
