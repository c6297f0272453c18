"""Golden cases of money: line amounts, percents, spreads, VAT, refunds, points, words (rules: Money)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from pos_app.domain import money
from pos_app.domain.amount_words import amount_in_words
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


_SECTIONS: dict[str, Callable[[str, int, Json], Case]] = {
    "line_gross": _answer("gross", lambda case: money.line_gross(case["unit_price"], case["quantity"])),
    "percent": _answer(
        "discount", lambda case: money.percent(case["amount"], case["percent_bp"], case["max_amount"])
    ),
    "spread": _answer("shares", lambda case: list(money.spread(case["amount"], case["parts"]))),
    "spread_refused": _refused,
    "vat": _vat,
    "group_discounts": _groups,
    "amount_in_words": _answer("words", lambda case: amount_in_words(case["amount"])),
}
