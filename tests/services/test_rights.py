from __future__ import annotations

from typing import Any

from tests.support.counter import AUDITOR, CASHIER, MANAGER, SENIOR, Counter


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
