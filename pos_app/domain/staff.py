"""People: roles, what each may do alone and up to which amount, approvals, and lock-out after wrong PINs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from pos_app.domain.errors import SamePersonRefused
from pos_app.domain.verdict import ALLOWED, Allowed, NeedsApproval, Refused


class Role(StrEnum):
    """From the counter up; an auditor sees everything and sells nothing."""

    CASHIER = "cashier"
    SENIOR = "senior"
    MANAGER = "manager"
    AUDITOR = "auditor"


NO_LIMIT = 2**53 - 1

Rights = Mapping[str, Mapping[Role, int]]
"""Right → role → limit: đồng, basis points for discounts, times a shift for the drawer."""

_ANY = NO_LIMIT
RIGHTS: Rights = {
    "sale": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "sale.uncoded": {Role.CASHIER: 500_000, Role.SENIOR: 500_000, Role.MANAGER: 500_000},
    "sale.discount.manual": {Role.CASHIER: 1_000, Role.SENIOR: 1_000, Role.MANAGER: 3_000},
    "sale.remove_line": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "sale.void": {Role.SENIOR: 300_000, Role.MANAGER: _ANY},
    "tender.correct": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "pickup.hand_over": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "pickup.over_limit": {Role.MANAGER: _ANY},
    "voucher.over_limit": {Role.MANAGER: _ANY},
    "voucher.goodwill": {Role.MANAGER: _ANY},
    "points.over_limit": {Role.MANAGER: _ANY},
    "credit.restricted": {Role.MANAGER: _ANY},
    "return.with_receipt": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "return.over_limit": {Role.MANAGER: _ANY},
    "return.late": {Role.MANAGER: _ANY},
    "return.no_receipt": {Role.MANAGER: 300_000},
    "return.waive_gift": {Role.MANAGER: _ANY},
    "return.card_as_cash": {Role.MANAGER: _ANY},
    "customer.create": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "customer.phone": {Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "cash.in_out": {Role.CASHIER: 500_000, Role.SENIOR: 2_000_000, Role.MANAGER: _ANY},
    "drawer.open": {Role.CASHIER: 3, Role.SENIOR: 3, Role.MANAGER: 10},
    "receipt.reprint": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "shift.open": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "shift.close": {Role.CASHIER: _ANY, Role.SENIOR: _ANY, Role.MANAGER: _ANY},
    "shift.verify": {Role.SENIOR: 50_000, Role.MANAGER: _ANY},
    "report.view": {Role.SENIOR: _ANY, Role.MANAGER: _ANY, Role.AUDITOR: _ANY},
    "export": {Role.MANAGER: _ANY},
    "set_up": {Role.MANAGER: _ANY},
}
"""What applies until the shop's policy says otherwise."""


def rights_of(body: object) -> Rights:
    """RIGHTS with a shop's changes from `policy.rights`: {right: {role: limit}}, null takes it away.

    Roles that a change does not name keep their limit; rights that this version does not know are kept,
    for a newer part to ask for. Anything that is no limit (≥ 0) leaves the default: never more is allowed.
    """
    if not isinstance(body, Mapping):
        return RIGHTS
    changed = {str(right): row for right, row in body.items() if isinstance(row, Mapping)}
    known = {right: _changed(row, changed.get(right, {})) for right, row in RIGHTS.items()}
    return known | {right: _changed({}, row) for right, row in changed.items() if right not in RIGHTS}


def _changed(row: Mapping[Role, int], changes: Mapping[object, object]) -> Mapping[Role, int]:
    limits = dict(row)
    for role in Role:
        if role.value not in changes:
            continue
        limit = changes[role.value]
        if limit is None:
            limits.pop(role, None)
        elif type(limit) is int and limit >= 0:
            limits[role] = min(limit, NO_LIMIT)
    return limits


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One person of the `staff` feed; `tint` 0…5 is the colour of the initials."""

    no: int
    name: str
    role: Role
    initials: str = ""
    tint: int = 0
    active: bool = True

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> StaffMember:
        """Reads an item of the `staff` feed; the sealed verifier is storage's business."""
        return cls(
            no=body["staff"],
            name=body["name"],
            role=Role(body["role"]),
            initials=body.get("initials") or "",
            tint=body.get("tint", 0),
            active=bool(body.get("active", True)),
        )


def limit_of(person: StaffMember, right: str, rights: Rights = RIGHTS) -> int | None:
    """The person's own limit, None without the right (or when no longer employed)."""
    return rights.get(right, {}).get(person.role) if person.active else None


def may(
    person: StaffMember, right: str, amount: int = 0, rights: Rights = RIGHTS
) -> Allowed | NeedsApproval | Refused:
    """Alone, with an approval, or nobody at all (`amount` in the right's unit)."""
    limit = limit_of(person, right, rights)
    if limit is not None and amount <= limit:
        return ALLOWED
    most = max(rights.get(right, {}).values(), default=None)
    if most is None or amount > most:
        return Refused(right, amount, most)
    return NeedsApproval(right, limit)


def may_approve(
    approver: StaffMember, asker: StaffMember, right: str, amount: int = 0, rights: Rights = RIGHTS
) -> bool:
    """Whether this second person's own right covers it. Raises SamePersonRefused for the asker."""
    if approver.no == asker.no:
        raise SamePersonRefused(staff=asker.no, what=right)
    limit = limit_of(approver, right, rights)
    return limit is not None and amount <= limit


def check_second_person(first: int, second: int, what: str) -> None:
    """Raises SamePersonRefused."""
    if first == second:
        raise SamePersonRefused(staff=first, what=what)


WRONG_TRIES = 5
LONGEST_LOCK = 15


def locked_minutes(wrong_tries: int) -> int:
    """5 wrong in a row → 1 minute, then 2, 4, 8, 15 … for each further one (rules: People)."""
    if wrong_tries < WRONG_TRIES:
        return 0
    return min(1 << min(wrong_tries - WRONG_TRIES, 4), LONGEST_LOCK)


def locked_until(wrong_tries: int, last_wrong: datetime | None) -> datetime | None:
    """Until when a person is locked out at this till; None = may try."""
    minutes = locked_minutes(wrong_tries)
    return None if not minutes or last_wrong is None else last_wrong + timedelta(minutes=minutes)
