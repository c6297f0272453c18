"""A customer as a till may know them: a short name, three digits of the phone, tier and points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LOWEST_TIER = "member"


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Feed facts about one customer. `balance` is whole points, `birthday` is (month, day)."""

    id: str
    name: str
    tier: str = LOWEST_TIER
    balance: int = 0
    birthday: tuple[int, int] | None = None
    last3: str = ""
    flags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    staff: int | None = None

    def goes_by(self, customer_id: str) -> bool:
        """Whether the id is this customer's own or one merged into it."""
        return customer_id == self.id or customer_id in self.aliases

    def to_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "tier": self.tier,
            "balance": self.balance,
            "birthday": None if self.birthday is None else list(self.birthday),
            "last3": self.last3,
            "flags": list(self.flags),
            "aliases": list(self.aliases),
            "staff": self.staff,
        }

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> CustomerCard:
        """Reads a feed item or a draft; a customer without a tier has the lowest."""
        birthday = body.get("birthday")
        return cls(
            id=body["id"],
            name=body.get("name", ""),
            tier=body.get("tier") or LOWEST_TIER,
            balance=body.get("balance", 0),
            birthday=None if not birthday else (birthday[0], birthday[1]),
            last3=body.get("last3") or "",
            flags=tuple(body.get("flags") or ()),
            aliases=tuple(body.get("aliases") or ()),
            staff=body.get("staff"),
        )


def short_name(full: str) -> str:
    """Makes "Hoa N." of "Nguyễn Thị Hoa": the given name stands last, the family name first."""
    words = full.split()
    if len(words) < 2:
        return full.strip()
    return f"{words[-1]} {words[0][0].upper()}."
