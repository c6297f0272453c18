"""Customer rules of a campaign: first purchase only, so many uses for each customer (protocol §11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select

from central.claims import hold
from central.publishing.customers import ids_of, main_id
from central.tables.catalogue import campaign
from central.tables.claims import claim
from central.tables.ledgers import returned_entry, voucher_use
from central.tables.money import receipt
from central.tables.vouchers import voucher

_PURCHASES: Final = ("sale", "exchange", "handover")
_NO_END: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class CustomerRule:
    """Of the campaign of one voucher, for one customer under the id that they go by now."""

    campaign: int
    customer: str
    serial: str
    is_first_purchase: bool
    uses: int | None

    @property
    def name(self) -> str:
        """What two tills of the same customer and campaign wait for one another by."""
        return f"campaign/{self.campaign}/{self.customer}"

    @property
    def _claim(self) -> str:
        """Beside the claim on the voucher; `claims.release` gives both back."""
        return f"{self.name}/{self.serial}"

    def left(self, connection: Connection, doc_id: str, now: datetime) -> int:
        """Uses that this document may make, less what other documents and its own other codes hold."""
        ids = ids_of(connection, self.customer)
        here = claim.c.name.startswith(f"{self.name}/"), claim.c.until > now
        mine = (claim.c.name == self._claim) & (claim.c.doc_id == doc_id)
        held = select(func.sum(claim.c.quantity)).where(*here, ~mine)
        left = _NO_END
        if self.is_first_purchase:
            others = connection.scalar(held.where(claim.c.doc_id != doc_id)) or 0
            left = 0 if others or _has_bought(connection, ids) else left
        if self.uses is not None:
            left = min(left, self.uses - _used(connection, self.campaign, ids))
            left -= int(connection.scalar(held) or 0)
        return left

    def hold(self, connection: Connection, doc_id: str, quantity: int, by: str, now: datetime) -> None:
        """As long as the voucher itself is held."""
        hold(connection, self._claim, doc_id, quantity, by, now)


def rule_of(connection: Connection, serial: str, customer: str) -> CustomerRule | None:
    """By the newest version of the voucher's campaign; None when it asks nothing of the customer."""
    newest = (
        select(campaign.c.no, campaign.c.body)
        .join(voucher, voucher.c.campaign == campaign.c.no)
        .where(voucher.c.serial == serial)
        .order_by(campaign.c.ver.desc())
    )
    row = connection.execute(newest.limit(1)).one_or_none()
    if row is None:
        return None
    is_first, uses = bool(row.body.get("first_purchase")), row.body.get("uses_per_customer")
    if not is_first and uses is None:
        return None
    return CustomerRule(row.no, main_id(connection, customer), serial, is_first, uses)


def _has_bought(connection: Connection, ids: list[str]) -> bool:
    """A sale that was voided was none."""
    undone = receipt.alias("undone")
    voided = (
        select(returned_entry.c.original)
        .join(undone, undone.c.doc_id == returned_entry.c.doc_id)
        .where(undone.c.kind == "void", returned_entry.c.original == receipt.c.doc_id)
    )
    bought = select(receipt.c.doc_id).where(_theirs(ids), ~voided.exists())
    return connection.scalar(bought.limit(1)) is not None


def _used(connection: Connection, number: int, ids: list[str]) -> int:
    """Uses of the campaign's codes in their purchases, less those that counted again (protocol §10)."""
    theirs: Select[Any] = select(receipt.c.doc_id).where(_theirs(ids))
    undone = select(returned_entry.c.doc_id).where(returned_entry.c.original.in_(theirs))
    freed = (voucher_use.c.uses < 0) & voucher_use.c.doc_id.in_(undone)
    query = select(func.sum(voucher_use.c.uses)).where(
        voucher_use.c.campaign == number, or_(voucher_use.c.doc_id.in_(theirs), freed)
    )
    return int(connection.scalar(query) or 0)


def _theirs(ids: list[str]) -> ColumnElement[bool]:
    return receipt.c.customer.in_(ids) & receipt.c.kind.in_(_PURCHASES)
