"""What central may be asked before an act, and its word on it (protocol §9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, Literal

CHECK_S: Final = 1.5
"""What an online check during a sale may cost in all (protocol §5, time-outs)."""

LookupBy = Literal["receipt", "order", "customer"]


class CheckKind(StrEnum):
    """What is asked about."""

    VOUCHER = "voucher"
    POINTS = "points"
    CREDIT = "credit"
    HANDOVER = "handover"
    RETURN = "return"


@dataclass(frozen=True, slots=True)
class Verdict:
    """Central's word. `word`: ok, used, revoked, cancelled, insufficient or unknown.

    `key` is central's own name for the thing, `holder` the till that has it ("NT02"), `balance` what is left
    beside others. An ok claims until `covers_until_ms` on the monotonic clock (5 s early); 0 = no claim.
    """

    word: str
    key: str
    holder: str = ""
    balance: int = 0
    covers_until_ms: int = 0
    terms: Mapping[str, Any] | None = None

    @property
    def is_ok(self) -> bool:
        return self.word == "ok"
