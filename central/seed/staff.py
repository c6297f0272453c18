"""The people behind the tills: names, roles, shops and demo PINs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from central.seed.dice import Dice
from central.seed.stores import BY_NO

Role = Literal["cashier", "senior", "manager", "auditor"]
EVERY_STORE: Final = 0
_TRIVIAL: Final = frozenset({"123456", "654321", "111111", "000000"})


@dataclass(frozen=True, slots=True)
class Person:
    """One of the staff; `store` 0 works in every shop, `tint` colours the face (0…5)."""

    no: int
    store: int
    name: str
    initials: str
    tint: int
    role: Role


PEOPLE: Final = (
    Person(1, 1, "Nguyễn Thị Lan", "LA", 0, "cashier"),
    Person(2, 1, "Võ Nhật Minh", "MI", 1, "cashier"),
    Person(3, 1, "Phạm Gia Hân", "HÂ", 2, "cashier"),
    Person(4, 1, "Đỗ Hoàng Phúc", "PH", 3, "senior"),
    Person(5, 1, "Trần Thu Thảo", "TT", 4, "manager"),
    Person(6, EVERY_STORE, "Lý Minh Khang", "KH", 5, "auditor"),
    Person(7, 2, "Bùi Ngọc Mai", "MA", 0, "cashier"),
    Person(8, 2, "Ngô Bảo Trâm", "BT", 4, "manager"),
    Person(9, 3, "Đặng Quốc Huy", "QH", 4, "manager"),
)


def demo_pins(seed: int) -> dict[int, str]:
    """Staff number → PIN of six digits, for the demo's own file only; every PIN once."""
    dice = Dice(seed, "pins")
    pins: dict[int, str] = {}
    for person in PEOPLE:
        pin = f"{dice.randrange(10**6):06d}"
        while pin in _TRIVIAL or pin in pins.values():
            pin = f"{dice.randrange(10**6):06d}"
        pins[person.no] = pin
    return pins


def demo_file(pins: dict[int, str]) -> list[dict[str, object]]:
    """What `demo-pins.json` holds, one row a person."""
    return [
        {
            "staff": person.no,
            "name": person.name,
            "role": person.role,
            "store": BY_NO[person.store].code if person.store else "*",
            "pin": pins[person.no],
        }
        for person in PEOPLE
    ]
