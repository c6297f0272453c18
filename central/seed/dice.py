"""Repeatable chance: one stream of draws per noun, so that a change to one noun leaves the others alone."""

from __future__ import annotations

import hashlib
import random
import uuid
from collections.abc import Sequence
from typing import TypeVar

from pos_app.domain.short_codes import short_code

T = TypeVar("T")


class Dice(random.Random):
    """Draws for one noun of one seed. Not for secrets: everything it makes is demo data."""

    def __init__(self, seed: int, noun: str) -> None:
        super().__init__(hashlib.sha256(f"quay-seed\0{seed}\0{noun}".encode()).digest())

    def happens(self, percent: int) -> bool:
        """True in `percent` of a hundred cases."""
        return self.randrange(100) < percent

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of the (choice, weight) pairs."""
        point = self.random() * sum(weight for _, weight in choices)
        for one, weight in choices:
            point -= weight
            if point < 0:
                return one
        return choices[-1][0]

    def uuid4(self) -> str:
        return str(uuid.UUID(bytes=self.randbytes(16), version=4))

    def uuid7(self, unix_ms: int) -> str:
        """A UUIDv7 of that instant (protocol §2)."""
        raw = unix_ms.to_bytes(6, "big") + self.randbytes(10)
        number = int.from_bytes(raw, "big") & ~(0xF << 76) & ~(0x3 << 62) | (0x7 << 76) | (0x2 << 62)
        return str(uuid.UUID(int=number))


class Serials:
    """Random u64 serials; one is drawn again while its short code is live (protocol §7)."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._live: set[str] = set()

    def draw(self) -> int:
        while True:
            serial = self._dice.getrandbits(64)
            code = short_code(serial)
            if code not in self._live:
                self._live.add(code)
                return serial
