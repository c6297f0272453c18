"""What one document should have done: its body, the accounts it adds to, what was said at its booking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from central.apply.others import payload_of

Body = Mapping[str, Any]
Key = tuple[Any, ...]
"""A ledger and the account in it."""


@dataclass(slots=True)
class Effects:
    """Sums per account."""

    sums: Counter[Key] = field(default_factory=Counter)

    def add(self, amount: int, *key: Any) -> None:
        """One more entry."""
        self.sums[key] += amount


@dataclass(frozen=True, slots=True)
class Proof:
    """`flags`: what its case names, asked for what no body can say: which code was revoked that day."""

    connection: Connection
    body: Body
    booked: Effects
    flags: Sequence[Body] = ()
    effects: Effects = field(default_factory=Effects)

    @property
    def payload(self) -> Body:
        return self.body["payload"]  # type: ignore[no-any-return]

    @property
    def doc_id(self) -> str:
        return str(self.body["doc_id"])

    def add(self, amount: int, *key: Any) -> None:
        self.effects.add(amount, *key)

    def cash(self, amount: int, shift: int | None = None) -> None:
        number = self.body.get("shift") if shift is None else shift
        self.add(amount, "cash", self.body["till"], number)

    def lose(self, reason: str, amount: int) -> None:
        """At the store and to the person of the document."""
        self.add(amount, "loss", reason, self.body["store"], self.body["staff"])

    def original(self) -> Body:
        """The payload of the document that this one takes back or corrects."""
        return payload_of(self.connection, self.payload["of"]) or {}

    def flagged(self, code: str) -> Iterator[Body]:
        """What was found odd when it was booked."""
        return (flag for flag in self.flags if flag["code"] == code)
