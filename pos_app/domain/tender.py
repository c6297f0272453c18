"""Tenders: what a sale is paid with, when it is settled, and the order in which money goes back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from pos_app.domain.cash import CashRounding
from pos_app.domain.errors import CashTooLittle, TenderMissing, TenderTooMuch


class TenderKind(StrEnum):
    """The kinds of protocol §3a."""

    CASH = "cash"
    TRANSFER = "transfer"
    CARD = "card"
    E_WALLET = "e_wallet"
    POINTS = "points"
    STORED_VALUE = "stored_value"
    STORE_CREDIT = "store_credit"
    PAID_ONLINE = "paid_online"
    DEPOSIT = "deposit"


REFUND_ORDER = (
    TenderKind.POINTS,
    TenderKind.STORED_VALUE,
    TenderKind.STORE_CREDIT,
    TenderKind.PAID_ONLINE,
    TenderKind.TRANSFER,
    TenderKind.E_WALLET,
    TenderKind.CARD,
    TenderKind.CASH,
)
"""rules: Returns. A deposit stands where the tender stands that it came in by."""


class TransferState(StrEnum):
    """shown → customer says paid → confirmed, or it never arrived (rules: Tenders)."""

    SHOWN = "shown"
    CLAIMED = "claimed"
    CONFIRMED = "confirmed"
    NEVER_ARRIVED = "never_arrived"


@dataclass(frozen=True, slots=True)
class Tender:
    """`amount` = tendered − change, in đồng. Before settling, cash states `tendered` only.

    `reference`: bank reference, slip, order payment; `via` = what a deposit came in by.
    """

    no: int
    kind: TenderKind
    amount: int = 0
    tendered: int | None = None
    change: int | None = None
    reference: str | None = None
    state: str | None = None
    via: TenderKind | None = None

    @property
    def stands_as(self) -> TenderKind:
        """The kind that points, refunds and order look at."""
        return self.via if self.kind is TenderKind.DEPOSIT and self.via is not None else self.kind

    @property
    def is_unconfirmed(self) -> bool:
        """A transfer that nobody has seen arrive."""
        return self.kind is TenderKind.TRANSFER and self.state not in (None, TransferState.CONFIRMED.value)

    def to_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {"no": self.no, "kind": self.kind.value, "amount": self.amount}
        for name in ("tendered", "change", "reference", "state"):
            if getattr(self, name) is not None:
                body[name] = getattr(self, name)
        if self.via is not None:
            body["via"] = self.via.value
        return body

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Tender:
        via = body.get("via")
        return cls(
            body["no"],
            TenderKind(body["kind"]),
            body["amount"],
            body.get("tendered"),
            body.get("change"),
            body.get("reference"),
            body.get("state"),
            None if via is None else TenderKind(via),
        )


@dataclass(frozen=True, slots=True)
class Due:
    """What is still open: `left` before rounding, and `cash` when cash closes it now."""

    left: int
    cash: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """A paid sale: Σ tenders = total + rounding; `cash_share` is the cash before rounding."""

    total: int
    tenders: tuple[Tender, ...]
    rounding: int
    change: int
    cash_share: int

    @property
    def cash_kept(self) -> int:
        return self.cash_share + self.rounding

    @property
    def credit_accounts(self) -> tuple[str, ...]:
        """The documents that gave the store credit spent here: what this one depends on (protocol §5)."""
        spent = (one.reference for one in self.tenders if one.kind is TenderKind.STORE_CREDIT)
        return tuple(dict.fromkeys(account for account in spent if account))


def still_due(total: int, tenders: Iterable[Tender], rounding: CashRounding) -> Due:
    """After the tenders taken so far; cash among them counts what was tendered."""
    taken = list(tenders)
    cash = sum(tender.tendered or 0 for tender in taken if tender.kind is TenderKind.CASH)
    share = total - sum(tender.amount for tender in taken if tender.kind is not TenderKind.CASH)
    return Due(max(share - cash, 0), max(rounding.kept(max(share, 0)) - cash, 0))


def settle(total: int, tenders: Sequence[Tender], rounding: CashRounding) -> Settlement:
    """Closes a sale of `total` đồng; change is given on cash only.

    Raises TenderTooMuch (other tenders above the total), CashTooLittle and TenderMissing.
    """
    others = sum(tender.amount for tender in tenders if tender.kind is not TenderKind.CASH)
    share = total - others
    if share < 0:
        raise TenderTooMuch(amount=others, most=total, excess=-share)
    cash = [tender for tender in tenders if tender.kind is TenderKind.CASH]
    if not cash:
        if share:
            raise TenderMissing(missing=share, total=total)
        return Settlement(total, tuple(tenders), 0, 0, 0)
    kept = rounding.kept(share)
    handed = sum(tender.tendered or 0 for tender in cash)
    if handed < kept:
        raise CashTooLittle(missing=kept - handed, due=kept, tendered=handed)
    return Settlement(total, _with_change(tenders, kept), kept - share, handed - kept, share)


def _with_change(tenders: Sequence[Tender], kept: int) -> tuple[Tender, ...]:
    done: list[Tender] = []
    for tender in tenders:
        if tender.kind is TenderKind.CASH:
            tendered = tender.tendered or 0
            amount = min(tendered, kept)
            kept -= amount
            tender = replace(tender, amount=amount, tendered=tendered, change=tendered - amount)
        done.append(tender)
    return tuple(done)


def in_refund_order(tenders: Iterable[Tender]) -> list[Tender]:
    """Points first, cash last; within a kind the earlier tender first."""
    return sorted(tenders, key=lambda tender: (REFUND_ORDER.index(tender.stands_as), tender.no))
