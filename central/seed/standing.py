"""Which tier the spend of the last twelve months gives (rules: Points)."""

from __future__ import annotations

from typing import Final

YEAR: Final = 365
"""Days of spend that count, up to yesterday."""
FLOORS: Final = (("platinum", 30_000_000), ("gold", 10_000_000), ("silver", 5_000_000))
LOWEST: Final = "member"


def tier_of(spend: int) -> str:
    """The highest tier whose floor the spend (đồng) reaches. Silver's floor is this chain's own."""
    return next((tier for tier, floor in FLOORS if spend >= floor), LOWEST)
