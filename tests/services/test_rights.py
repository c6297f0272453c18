from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pos_app.domain.errors import StaffNotAllowed
from tests.support.counter import AUDITOR, CASHIER, MANAGER, SENIOR, Counter, pickup_code


def changed(counter: Counter, rights: dict[str, Any]) -> None:
    """Another policy comes with the feed, in the middle of the day."""
    counter.till.feed("policy", {"policy": {"rights": rights}})


def test_a_new_limit_counts_without_a_restart(counter: Counter) -> None:
    counter.enter(CASHIER)
    assert counter.approvals.check_right("cash.in_out", 900_000) is not None

    changed(counter, {"cash.in_out": {"cashier": 1_000_000}})

    assert counter.approvals.check_right("cash.in_out", 900_000) is None


def test_a_right_taken_away_is_asked_of_a_second_person_at_once(counter: Counter) -> None:
    counter.enter(CASHIER)
    assert counter.approvals.check_right("receipt.reprint") is None

    changed(counter, {"receipt.reprint": {"cashier": None}})

    need = counter.approvals.check_right("receipt.reprint")
    assert need is not None
    assert [person.no for person in counter.approvals.approvers(need)] == [SENIOR, MANAGER]


def test_who_may_approve_follows_the_shops_rights(counter: Counter) -> None:
    counter.enter(CASHIER)
    changed(counter, {"cash.in_out": {"senior": 600_000}})

    need = counter.approvals.check_right("cash.in_out", 900_000)

    assert need is not None
    assert [person.no for person in counter.approvals.approvers(need)] == [MANAGER]


def test_a_role_that_may_not_sell_is_told_so_by_the_page(counter: Counter) -> None:
    counter.enter(CASHIER)
    assert counter.sign_in.may_sell

    changed(counter, {"sale": {"cashier": None}})

    assert not counter.sign_in.may_sell


def test_an_auditor_gets_only_what_the_shop_gives(counter: Counter) -> None:
    counter.enter(AUDITOR)
    changed(counter, {"drawer.open": {"auditor": 3}})

    assert counter.approvals.check_right("drawer.open", 1) is None


def test_what_a_role_may_not_do_is_not_done(counter: Counter) -> None:
    """These acts have no second person on their page: somebody who may signs in."""
    counter.open()
    sold = counter.till.sell()
    rights = ("receipt.reprint", "return.with_receipt", "customer.create", "pickup.hand_over", "shift.close")
    changed(counter, {right: {"cashier": None} for right in rights})
    draft = counter.refunds.open(sold.doc_id)
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    acts: tuple[Callable[[], object], ...] = (
        lambda: counter.reprints.of(sold.doc_id),
        draft.complete,
        lambda: counter.customers.create("Trần Thị Hoa", "0912345678", ["loyalty"]),
        lambda: counter.pickups.open(pickup_code()),
        lambda: counter.shifts.close({100_000: 10}),
    )
    for act in acts:
        with pytest.raises(StaffNotAllowed):
            act()
    counter.enter(SENIOR)
    counter.reprints.of(sold.doc_id)


def test_nobody_opens_a_shift_without_the_right(counter: Counter) -> None:
    counter.enter(CASHIER)
    changed(counter, {"shift.open": {"cashier": None}})
    with pytest.raises(StaffNotAllowed):
        counter.shifts.open({100_000: 5})
