from __future__ import annotations

import pytest

from pos_app.domain.errors import AmountRefused, ApprovalRequired, NoOpenShift, PolicyRefused, ReasonMissing
from tests.support.counter import MANAGER, Counter


def test_cash_taken_out_opens_the_drawer_without_paper(counter: Counter) -> None:
    counter.open()
    recorded = counter.drawer.cash_out(200_000, "Mua nước")

    assert counter.payload(recorded.doc_id) == {"amount": 200_000, "reason": "Mua nước"}
    assert counter.jobs(recorded.doc_id) == [("drawer", True)]


def test_cash_in_and_out_change_what_the_drawer_should_hold(counter: Counter) -> None:
    counter.open()
    counter.drawer.cash_in(300_000, "Tiền lẻ")
    counter.drawer.cash_out(100_000, "Mua nước")

    assert counter.shifts.close({100_000: 7}).difference == 0


def test_an_amount_above_the_own_limit_needs_a_second_person(counter: Counter) -> None:
    counter.open()
    with pytest.raises(ApprovalRequired) as asked:
        counter.drawer.cash_out(900_000, "Nộp két")

    draft = counter.drawer.move_hash("cash_out", 900_000, "Nộp két")
    granted = counter.allow(counter.approvals.need_of(asked.value), draft)
    recorded = counter.drawer.cash_out(900_000, "Nộp két", granted)
    assert counter.body(recorded.doc_id)["approver"] == MANAGER
    assert counter.payload(recorded.doc_id)["approvals"][0]["right"] == "cash.in_out"


@pytest.mark.parametrize("amount", [0, -5])
def test_only_amounts_above_nothing_move(counter: Counter, amount: int) -> None:
    counter.open()

    with pytest.raises(AmountRefused):
        counter.drawer.cash_in(amount, "Tiền lẻ")


def test_a_reason_is_needed(counter: Counter) -> None:
    counter.open()

    with pytest.raises(ReasonMissing):
        counter.drawer.open_drawer("  ")


def test_without_a_shift_no_money_moves(counter: Counter) -> None:
    counter.enter()

    with pytest.raises(NoOpenShift):
        counter.drawer.cash_in(100_000, "Tiền lẻ")


def test_the_fourth_opening_of_a_shift_needs_a_manager(counter: Counter) -> None:
    counter.open()
    for _ in range(3):
        counter.drawer.open_drawer("Đổi tiền")
    with pytest.raises(ApprovalRequired):
        counter.drawer.open_drawer("Đổi tiền")

    granted = counter.allow(counter.drawer.opening_need(), counter.drawer.opening_hash("Đổi tiền"))
    assert counter.jobs(counter.drawer.open_drawer("Đổi tiền", granted).doc_id) == [("drawer", True)]


def test_the_eleventh_opening_of_a_shift_is_refused_to_everybody(counter: Counter) -> None:
    counter.open(MANAGER)
    for _ in range(10):
        counter.drawer.open_drawer("Đổi tiền")

    with pytest.raises(PolicyRefused):
        counter.drawer.open_drawer("Đổi tiền")
