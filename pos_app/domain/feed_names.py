"""The feeds that central publishes (protocol §6)."""

from __future__ import annotations

FEEDS = (
    "campaigns",
    "catalogue",
    "customers",
    "keyset",
    "orders",
    "policy",
    "revocations",
    "sales",
    "staff",
    "stock",
    "tills",
)
