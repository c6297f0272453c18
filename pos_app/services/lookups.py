"""What central's look-up has told a moment ago about things that are not in the feeds here (protocol §9)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from pos_app.domain.errors import AskCentral
from pos_app.services.online_checks import LookupBy, OnlineChecks, Question
from pos_app.storage.clock import Clock

FRESH_MS: Final = 5_000
"""How long an answer without a claim, or silence, stands before it is worth another 1.5 seconds."""


class Lookups:
    """One per till. An answer stands for five seconds: long enough to act on it, too short to grow old."""

    def __init__(self, checks: OnlineChecks, clock: Clock) -> None:
        self._checks = checks
        self._clock = clock
        self._told: dict[tuple[LookupBy, str], tuple[int, Mapping[str, Any] | None]] = {}

    def find(self, by: LookupBy, key: str) -> Mapping[str, Any] | None:
        """The answer of /v1/lookup; None where central cannot be asked, or was silent. Raises AskCentral."""
        now = self._clock.mono_ms()
        self._told = {name: told for name, told in self._told.items() if now - told[0] < FRESH_MS}
        if (by, key) in self._told:
            return self._told[by, key][1]
        if not self._checks.may_ask:
            return None

        def settle(answer: Mapping[str, Any] | None) -> None:
            self._told[by, key] = (self._clock.mono_ms(), answer)

        raise AskCentral(what=by, question=Question(lambda: self._checks.look_up(by, key), settle))
