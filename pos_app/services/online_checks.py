"""The port to central before an act: what services ask, and who answers (protocol §9)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from pos_app.domain.online_check import CheckKind, LookupBy, Verdict

__all__ = ["CheckKind", "LookupBy", "NobodyToAsk", "OnlineChecks", "Question", "Verdict"]


@dataclass(frozen=True, slots=True)
class Question:
    """`ask` takes up to 1.5 s and runs on any thread; `settle` takes what it answered, None = nothing, on the
    thread of the services."""

    ask: Callable[[], Any]
    settle: Callable[[Any], None]


class OnlineChecks(Protocol):
    """Every call may take 1.5 s and is made beside the screen; `may_ask` costs nothing."""

    @property
    def may_ask(self) -> bool:
        """Whether an answer can be hoped for; False = the offline policy decides at once."""

    def check(
        self, kind: CheckKind, key: str, quantity: int, doc_id: str, customer: str | None = None
    ) -> Verdict | None:
        """None = no answer in time. An ok of a quantity above 0 is a claim for the document.

        `customer`: for a voucher whose campaign has customer rules; `insufficient` = they leave nothing.
        """

    def release(self, key: str, doc_id: str) -> None:
        """The code has left the cart. A release that is lost ends by itself after ten minutes."""

    def look_up(self, by: LookupBy, key: str) -> Mapping[str, Any] | None:
        """What the feeds here do not hold: the answer of /v1/lookup; None = no answer in time."""


class NobodyToAsk:
    """A till without central: policy alone."""

    may_ask = False

    def check(
        self,
        kind: CheckKind,  # noqa: ARG002
        key: str,  # noqa: ARG002
        quantity: int,  # noqa: ARG002
        doc_id: str,  # noqa: ARG002
        customer: str | None = None,  # noqa: ARG002
    ) -> Verdict | None:
        return None

    def release(self, key: str, doc_id: str) -> None:
        """There is nothing to give back."""

    def look_up(self, by: LookupBy, key: str) -> Mapping[str, Any] | None:  # noqa: ARG002
        return None
