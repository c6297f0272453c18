from __future__ import annotations

import pytest

from pos_app.domain.errors import (
    ApprovalExpired,
    ApprovalRequired,
    LockedOut,
    NotTheirsToApprove,
    PinWrong,
    SamePersonRefused,
)
from pos_app.services.approvals import ApprovalNeed, draft_hash
from tests.support.counter import CASHIER, MANAGER, PINS, SENIOR, Counter

DRAFT = draft_hash({"kind": "cash_out", "amount": 900_000})


def need(counter: Counter) -> ApprovalNeed:
    counter.enter(CASHIER)
    found = counter.approvals.check_right("cash.in_out", 900_000)
    assert found is not None
    return found


def test_what_is_within_the_own_limit_needs_nobody(counter: Counter) -> None:
    counter.enter(CASHIER)

    assert counter.approvals.check_right("cash.in_out", 500_000) is None


def test_the_need_names_the_limit_and_who_could_allow_it(counter: Counter) -> None:
    asked = need(counter)

    assert (asked.asked, asked.most, asked.asker) == (900_000, 500_000, CASHIER)
    assert [person.no for person in counter.approvals.approvers(asked)] == [SENIOR, MANAGER]


def test_an_approval_is_good_once(counter: Counter) -> None:
    granted = counter.allow(need(counter), DRAFT)

    assert counter.approvals.take(granted, DRAFT).by == MANAGER
    with pytest.raises(ApprovalExpired):
        counter.approvals.take(granted, DRAFT)


def test_an_approval_is_good_for_sixty_seconds(counter: Counter) -> None:
    granted = counter.allow(need(counter), DRAFT)
    counter.till.clock.pass_time(61)

    with pytest.raises(ApprovalExpired):
        counter.approvals.take(granted, DRAFT)


def test_an_approval_is_good_for_its_draft_alone(counter: Counter) -> None:
    granted = counter.allow(need(counter), DRAFT)

    with pytest.raises(ApprovalExpired):
        counter.approvals.take(granted, draft_hash({"kind": "cash_out", "amount": 999_000}))


def test_nobody_approves_what_they_ask_for(counter: Counter) -> None:
    with pytest.raises(SamePersonRefused):
        counter.approvals.approve(need(counter), CASHIER, PINS[CASHIER], DRAFT)


def test_a_second_person_without_the_right_cannot_approve(counter: Counter) -> None:
    counter.enter(SENIOR)
    asked = ApprovalNeed("return.over_limit", "return_cash", 900_000, 500_000, SENIOR)

    with pytest.raises(NotTheirsToApprove):
        counter.approvals.approve(asked, CASHIER, PINS[CASHIER], DRAFT)


def test_wrong_pins_in_approvals_lock_the_asking_person_out_too(counter: Counter) -> None:
    asked = need(counter)
    for _ in range(5):
        with pytest.raises((PinWrong, LockedOut)):
            counter.approvals.approve(asked, MANAGER, "000000", DRAFT)

    assert counter.pins.locked_until(CASHIER) is not None
    with pytest.raises(LockedOut):
        counter.approvals.approve(asked, MANAGER, PINS[MANAGER], DRAFT)


def test_an_approval_for_something_else_does_not_count(counter: Counter) -> None:
    granted = counter.allow(need(counter), DRAFT)
    other = ApprovalNeed("drawer.open", "drawer_count", 4, 3, CASHIER)

    with pytest.raises(ApprovalRequired):
        counter.approvals.settle(other, granted, DRAFT)
