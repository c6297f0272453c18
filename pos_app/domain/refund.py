"""What goes back on a return: parts of a line, their VAT, and which tenders the money leaves by."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pos_app.domain.cash import CashRounding
from pos_app.domain.errors import NothingToReturn, ReturnTooMuch, TransferUnconfirmed
from pos_app.domain.money import half_up, vat_inside
from pos_app.domain.original import OriginalLine, OriginalSale
from pos_app.domain.points import POINT_WORTH, earning_base, points_of
from pos_app.domain.tender import Tender, TenderKind, in_refund_order

__all__ = [
    "KeptGift",
    "OriginalLine",
    "OriginalSale",
    "Refund",
    "RefundLine",
    "RefundPlan",
    "ReturnChoice",
    "lay_over",
    "plan_refund",
    "refund_part",
    "refund_vat",
]


def refund_part(line_amount: int, quantity: int, before: int, part: int) -> int:
    """Đồng for `part` thousandths of a line after `before` have come back: A(before+part) − A(before)."""
    return half_up(line_amount * (before + part), quantity) - half_up(line_amount * before, quantity)


def refund_vat(refunded_before: int, refund: int, rate_bp: int) -> int:
    """Tax inside one refund of a line: T(G + g) − T(G), so that the parts sum to the line's tax."""
    return vat_inside(refunded_before + refund, rate_bp) - vat_inside(refunded_before, rate_bp)


@dataclass(frozen=True, slots=True)
class ReturnChoice:
    """What the customer brings: `quantity` thousandths > 0; condition resell | damaged | to_supplier."""

    line: int
    quantity: int
    condition: str = "resell"
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RefundLine:
    """A returned line; money ≤ 0, quantity > 0."""

    no: int
    original: OriginalLine
    quantity: int
    amount: int
    vat_rate: int
    vat: int
    condition: str
    reason: str


@dataclass(frozen=True, slots=True)
class KeptGift:
    """The worth of a gift that stays with the customer, kept from the refund; money ≥ 0."""

    original: OriginalLine
    amount: int
    vat_rate: int
    vat: int


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back, ≤ 0: given as `kind`, charged to the tender it stands for.

    `share` is its part before cash rounding, ≤ 0.
    """

    kind: TenderKind
    amount: int
    tender: Tender
    share: int

    @property
    def original_tender(self) -> int:
        return self.tender.no


@dataclass(frozen=True, slots=True)
class RefundPlan:
    """One return, figured out: Σ refunds = total + rounding + carried (all ≤ 0 but `carried`).

    `carried` is the change of what no tender could take; points are positive numbers.
    """

    original: OriginalSale
    lines: tuple[RefundLine, ...]
    kept: tuple[KeptGift, ...]
    refunds: tuple[Refund, ...]
    total: int
    rounding: int
    carried: int
    points_returned: int
    points_taken_back: int
    waived: tuple[OriginalLine, ...] = field(default=())

    @property
    def amount(self) -> int:
        """Đồng that come back for the goods, ≥ 0, before rounding."""
        return -self.total

    def given_as(self, kind: TenderKind) -> int:
        """Đồng handed out in this form, ≥ 0."""
        return -sum(refund.amount for refund in self.refunds if refund.kind is kind)


def lay_over(
    amount: int, tenders: Iterable[Tender], refunded: Mapping[int, int]
) -> tuple[list[tuple[Tender, int]], int]:
    """Lays `amount` over tenders in the fixed order, each capped at what is not yet back.

    Tender amounts and `refunded` (by number) are shares before cash rounding; points take whole points.
    Answers the parts > 0 and what finds no tender.
    """
    parts: list[tuple[Tender, int]] = []
    for tender in in_refund_order(tenders):
        part = min(amount, tender.amount - refunded.get(tender.no, 0))
        if tender.stands_as is TenderKind.POINTS:
            part -= part % POINT_WORTH
        if part > 0:
            parts.append((tender, part))
            amount -= part
    return parts, amount


def plan_refund(
    original: OriginalSale,
    chosen: Sequence[ReturnChoice],
    rounding: CashRounding,
    *,
    instead: Mapping[TenderKind, TenderKind] | None = None,
    waive_gifts: bool = False,
) -> RefundPlan:
    """Figures a return of these lines (rules: Returns). `instead` gives money in another form.

    Raises NothingToReturn, ReturnTooMuch, TransferUnconfirmed. Windows and policy are checked elsewhere.
    """
    lines = _returned_lines(original, chosen)
    goods = -sum(line.amount for line in lines)
    broken = _broken_gifts(original, chosen)
    kept = () if waive_gifts else _kept_gifts(broken, goods)
    amount = goods - sum(gift.amount for gift in kept)
    parts, left = lay_over(amount + original.carried, original.shares, original.refunded)
    refunds = tuple(_refund(original, tender, part, rounding, instead or {}) for tender, part in parts)
    before = _points_left(original, ())
    return RefundPlan(
        original=original,
        lines=lines,
        kept=kept,
        refunds=refunds,
        total=-amount,
        rounding=sum(refund.amount - refund.share for refund in refunds),
        carried=left - original.carried,
        points_returned=_points_in(parts),
        points_taken_back=before - _points_left(original, parts),
        waived=tuple(broken) if waive_gifts else (),
    )


def _returned_lines(original: OriginalSale, chosen: Sequence[ReturnChoice]) -> tuple[RefundLine, ...]:
    if not chosen:
        raise NothingToReturn(receipt_no=original.receipt_no)
    done: list[RefundLine] = []
    came: dict[int, tuple[int, int]] = {}
    for place, choice in enumerate(chosen, start=1):
        line = original.line(choice.line)
        quantity, refunded = came.get(line.no, (line.returned_quantity, line.returned_amount))
        if not 0 < choice.quantity <= line.quantity - quantity:
            raise ReturnTooMuch(
                line=line.no, name=line.name, quantity=choice.quantity, most=line.quantity - quantity
            )
        amount = refund_part(line.amount, line.quantity, quantity, choice.quantity)
        vat = refund_vat(refunded, amount, line.vat_rate)
        came[line.no] = (quantity + choice.quantity, refunded + amount)
        done.append(
            RefundLine(
                place, line, choice.quantity, -amount, line.vat_rate, -vat, choice.condition, choice.reason
            )
        )
    return tuple(done)


def _broken_gifts(original: OriginalSale, chosen: Sequence[ReturnChoice]) -> list[OriginalLine]:
    """Gifts still with the customer whose condition what remains no longer meets."""
    coming: dict[int, int] = {}
    for choice in chosen:
        coming[choice.line] = coming.get(choice.line, 0) + choice.quantity
    left: dict[int, int] = {}
    for line in original.lines:
        back = line.returned_quantity + coming.get(line.no, 0)
        left[line.no] = line.amount - refund_part(line.amount, line.quantity, 0, back)
    return [
        gift
        for gift in original.lines
        if gift.gift_of is not None
        and not gift.is_settled
        and gift.returned_quantity + coming.get(gift.no, 0) < gift.quantity
        and not gift.may_stay(left)
    ]


def _kept_gifts(gifts: Iterable[OriginalLine], most: int) -> tuple[KeptGift, ...]:
    kept: list[KeptGift] = []
    for gift in gifts:
        amount = min(gift.gift_value, most)
        most -= amount
        if amount:
            kept.append(KeptGift(gift, amount, gift.vat_rate, vat_inside(amount, gift.vat_rate)))
    return tuple(kept)


def _refund(
    original: OriginalSale,
    tender: Tender,
    part: int,
    rounding: CashRounding,
    instead: Mapping[TenderKind, TenderKind],
) -> Refund:
    if tender.is_unconfirmed:
        raise TransferUnconfirmed(tender=tender.no, reference=tender.reference)
    kind = tender.stands_as
    given = part
    if kind is TenderKind.CASH:
        given = original.cash_refund(tender, part, rounding)
    return Refund(instead.get(kind, kind), -given, tender, -part)


def _points_in(parts: Iterable[tuple[Tender, int]]) -> int:
    return sum(part for tender, part in parts if tender.stands_as is TenderKind.POINTS) // POINT_WORTH


def _points_left(original: OriginalSale, parts: Iterable[tuple[Tender, int]]) -> int:
    """Points that the money which stays has earned."""
    if not original.earns:
        return 0
    amounts = [
        (tender.stands_as, tender.amount - original.refunded.get(tender.no, 0)) for tender in original.shares
    ]
    amounts += [(tender.stands_as, -part) for tender, part in parts]
    base = earning_base(amounts, web_credited=original.web_credited)
    return points_of(base, original.tier_percent)
