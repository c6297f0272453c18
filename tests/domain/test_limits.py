"""Several operations just under a limit count as one (protocol §11)."""

from __future__ import annotations

import pytest

from pos_app.domain.limits import as_one, together
from pos_app.domain.policy import Policy, ReturnFacts, return_allowed
from pos_app.domain.verdict import Allowed, NeedsManager, Refused, Verdict

SHARE = Policy().split_share_bp


@pytest.mark.parametrize(
    ("amount", "earlier", "whole"),
    [
        (190, (), 190),
        (190, (190,), 380),
        (160, (160, 159), 320),
        (159, (190,), 159),
        (10, (1_000_000,), 10),
        (300, (190, 50), 490),
    ],
)
def test_four_fifths_of_a_limit_are_just_under_it(amount: int, earlier: tuple[int, ...], whole: int) -> None:
    assert as_one(amount, earlier, 200, SHARE) == whole


def test_no_limit_counts_nothing_together() -> None:
    assert as_one(190, (190,), 0, SHARE) == 190


@pytest.mark.parametrize(
    ("amount", "earlier", "verdict"),
    [
        (190, (), Allowed()),
        (190, (190,), NeedsManager("x_split", 380, 200)),
        (190, (190,) * 5, Refused("x_split", 1_140, 1_000)),
        (300, (), NeedsManager("x", 300, 200)),
        (1_100, (190,), Refused("x", 1_100, 1_000)),
    ],
)
def test_the_reason_says_when_it_is_the_operations_before(
    amount: int, earlier: tuple[int, ...], verdict: Verdict
) -> None:
    assert together("x", amount, earlier, (200, 1_000), SHARE) == verdict


def test_where_nobody_may_alone_the_hard_limit_is_what_is_near() -> None:
    facts = ReturnFacts(
        online=False, source="feed", is_own_store=False, amount=450_000, cash=450_000, earlier=(450_000,)
    )
    assert return_allowed(Policy(), facts) == Refused("return_foreign_cash_split", 900_000, 500_000)


def test_small_returns_without_a_receipt_are_added_up() -> None:
    facts = ReturnFacts(online=False, source="none", is_own_store=True, amount=280_000, earlier=(250_000,))
    assert return_allowed(Policy(), facts) == Refused("return_no_receipt_value_split", 530_000, 300_000)
