"""Golden cases of money: line amounts, percents, spreads, VAT, refunds, points, words (rules: Money)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from pos_app.domain import money, points
from pos_app.domain.amount_words import amount_in_words
from pos_app.domain.cash import CashRounding, RoundingMode
from pos_app.domain.original import OriginalLine, OriginalSale
from pos_app.domain.refund import RefundPlan, ReturnChoice, plan_refund, refund_part, refund_vat
from pos_app.domain.tender import Tender, TenderKind
from pos_app.domain.units import group_discounts
from pos_app.vector_case import Case, refusal

Json = Mapping[str, Any]


def money_cases(data: Json) -> Iterator[Case]:
    """Every section that is a list of cases, by its name; one that nobody knows gives a case that fails."""
    for section, cases in data.items():
        if not isinstance(cases, list):
            continue
        reader = _SECTIONS.get(section)
        for at, case in enumerate(cases):
            if reader is None:
                yield Case(section, at, case, lambda: "a section of unknown form")
            else:
                yield reader(section, at, case)


def _answer(key: str, act: Callable[[Json], object]) -> Callable[[str, int, Json], Case]:
    """A section whose expected answer stands under one key of the case."""
    return lambda section, at, case: Case(section, at, case.get(key), partial(act, case))


def _answers(
    *keys: str,
) -> Callable[[Callable[[Json], tuple[object, ...]]], Callable[[str, int, Json], Case]]:
    """A section whose expected answers stand under several keys."""

    def made(act: Callable[[Json], tuple[object, ...]]) -> Callable[[str, int, Json], Case]:
        return lambda section, at, case: Case(
            section, at, tuple(case.get(key) for key in keys), partial(act, case)
        )

    return made


def _refused(section: str, at: int, case: Json) -> Case:
    act = partial(money.spread, case["amount"], case["parts"])
    return Case(section, at, "amount_refused", partial(refusal, act))


@_answers("net", "tax")
def _vat(case: Json) -> tuple[object, ...]:
    tax = money.vat_inside(case["gross"], case["rate_bp"])
    return case["gross"] - tax, tax


@_answers("group_discounts", "after")
def _groups(case: Json) -> tuple[object, ...]:
    discounts, after = group_discounts(
        case["kind"],
        case["units"],
        case["n"],
        case.get("m", 0),
        case.get("percent_bp", 0),
        case["max_amount"],
    )
    return list(discounts), list(after)


@_answers("kept", "rounding", "refunds")
def _cash(case: Json) -> tuple[object, ...]:
    rounding = CashRounding(case["step"], RoundingMode(case["mode"]))
    kept = rounding.kept(case["cash_share"])
    refunds, returned = [], 0
    for share in case["returned_shares"]:
        refunds.append(rounding.refund(returned, share, kept))
        returned += share
    return kept, rounding.rounding(case["cash_share"]), refunds


def _refunds(case: Json) -> list[int]:
    before, refunds = 0, []
    for part in case["returned"]:
        refunds.append(refund_part(case["line_amount"], case["quantity"], before, part))
        before += part
    return refunds


@_answers("line_vat", "vat")
def _refund_vats(case: Json) -> tuple[object, ...]:
    before, vats = 0, []
    for refund in case["refunds"]:
        vats.append(refund_vat(before, refund, case["rate_bp"]))
        before += refund
    return money.vat_inside(case["line_amount"], case["rate_bp"]), vats


@_answers("earned", "returns")
def _points(case: Json) -> tuple[object, ...]:
    amounts = {TenderKind(kind): amount for kind, amount in case["tenders"].items()}
    earned = points.earned(amounts, case["tier_percent"], web_credited=case["web_credited"])
    sale, returns = _paid_with(amounts, case), []
    for wanted in case["returns"]:
        # nothing is rounded here: the figures are those before cash rounding
        plan = plan_refund(sale, [ReturnChoice(1, wanted["amount"])], CashRounding(step=0))
        sale = _after(sale, plan)
        returns.append(
            {
                "amount": plan.amount,
                "refunds": {refund.tender.kind.value: -refund.share for refund in plan.refunds},
                "carried": sale.carried,
                "points_returned": plan.points_returned,
                "points_taken_back": plan.points_taken_back,
            }
        )
    return earned, returns


def _paid_with(amounts: Mapping[TenderKind, int], case: Json) -> OriginalSale:
    """A sale of one line with a thousandth for each đồng, so that any amount of it can come back."""
    total = sum(amounts.values())
    return OriginalSale(
        doc_id="",
        receipt_no="",
        lines=(OriginalLine(no=1, product=None, name="", quantity=total, amount=total, vat_rate=0),),
        tenders=tuple(Tender(no, kind, amount) for no, (kind, amount) in enumerate(amounts.items(), 1)),
        rounding=0,
        total=total,
        tier_percent=case["tier_percent"],
        web_credited=case["web_credited"],
        earns=True,
    )


def _after(sale: OriginalSale, plan: RefundPlan) -> OriginalSale:
    line = sale.lines[0]
    refunded = dict(sale.refunded)
    for refund in plan.refunds:
        refunded[refund.tender.no] = refunded.get(refund.tender.no, 0) - refund.share
    back = replace(
        line,
        returned_quantity=line.returned_quantity + plan.amount,
        returned_amount=line.returned_amount + plan.amount,
    )
    return replace(sale, lines=(back,), refunded=refunded, carried=sale.carried + plan.carried)


_SECTIONS: dict[str, Callable[[str, int, Json], Case]] = {
    "line_gross": _answer("gross", lambda case: money.line_gross(case["unit_price"], case["quantity"])),
    "percent": _answer(
        "discount", lambda case: money.percent(case["amount"], case["percent_bp"], case["max_amount"])
    ),
    "spread": _answer("shares", lambda case: list(money.spread(case["amount"], case["parts"]))),
    "spread_refused": _refused,
    "vat": _vat,
    "group_discounts": _groups,
    "cash_rounding": _cash,
    "refund_in_parts": _answer("refunds", _refunds),
    "refund_vat": _refund_vats,
    "points": _points,
    "amount_in_words": _answer("words", lambda case: amount_in_words(case["amount"])),
}
