"""Operations just under a limit within half an hour count as one, whoever comes back (protocol §11)."""

from __future__ import annotations

import time

import pytest

from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import ApprovalRequired, PolicyRefused
from pos_app.services.points_spending import PointsSpending
from pos_app.services.splits import Splits
from pos_app.storage.recent import RecentActs
from tests.support import till_files
from tests.support.counter import SENIOR, Counter, counter_of, pickup_code
from tests.support.sell_desk import SHOE, SellDesk, voucher_code
from tests.support.till_files import HOA

HALF_HOUR_S = 30 * 60


def sell(desk: SellDesk, *scanned: str) -> str:
    """A sale with what was scanned, in cash."""
    for text in scanned:
        desk.services.scans.scan(text)
    payment = desk.services.selling.begin_payment()
    return payment.complete(payment.cash_due).recorded.doc_id


def voucher(serial: int, value: int = 190_000) -> str:
    return voucher_code(serial, value=value)


# --- vouchers ---------------------------------------------------------------------------------
def test_a_second_voucher_just_under_the_limit_needs_a_manager(desk: SellDesk) -> None:
    sell(desk, SHOE, voucher(500))

    desk.services.scans.scan(SHOE)
    with pytest.raises(ApprovalRequired) as needed:
        desk.services.scans.scan(voucher(501))
    fields = needed.value.fields
    assert (fields["reason"], fields["asked"], fields["most"]) == ("voucher_value_split", 380_000, 200_000)


def test_two_in_one_cart_are_two_operations(desk: SellDesk) -> None:
    desk.services.scans.scan(SHOE)
    desk.services.scans.scan(voucher(500))

    with pytest.raises(ApprovalRequired) as needed:
        desk.services.scans.scan(voucher(501))
    assert needed.value.fields["asked"] == 380_000


def test_small_vouchers_are_never_added_up(desk: SellDesk) -> None:
    for serial in range(500, 505):
        sell(desk, SHOE, voucher(serial, value=150_000))


def test_half_an_hour_later_nothing_is_left_of_it(desk: SellDesk) -> None:
    sell(desk, SHOE, voucher(500))
    desk.counter.till.clock.pass_time(HALF_HOUR_S + 1)
    sell(desk, SHOE, voucher(501))


def test_another_person_with_another_customer_begins_anew(desk: SellDesk) -> None:
    sell(desk, SHOE, voucher(500))
    desk.counter.enter(SENIOR)
    sell(desk, SHOE, voucher(501))


def test_a_clock_that_is_set_back_hides_nothing(desk: SellDesk) -> None:
    sell(desk, SHOE, voucher(500))
    clock = desk.counter.till.clock
    clock.set_wall(clock.now().replace(hour=clock.now().hour - 2))

    desk.services.scans.scan(SHOE)
    with pytest.raises(ApprovalRequired):
        desk.services.scans.scan(voucher(501))


def test_the_policy_may_let_every_one_stand_for_itself(desk: SellDesk) -> None:
    till = desk.counter.till
    till.feed("policy", {"policy": {"day_end": 240, "split_within": 0}, "store/12": till_files.store_info()})
    sell(desk, SHOE, voucher(500))
    till.clock.pass_time(1)
    sell(desk, SHOE, voucher(501))


# --- cash back --------------------------------------------------------------------------------
def bring_back(counter: Counter, amount: int) -> None:
    sold = counter.till.sell([till_files.line(1, amount)])
    draft = counter.refunds.open(sold.doc_id)
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    draft.complete()


def test_cash_that_goes_back_in_parts_needs_a_manager(counter: Counter) -> None:
    counter.open(SENIOR)
    bring_back(counter, 450_000)
    with pytest.raises(ApprovalRequired) as needed:
        bring_back(counter, 450_000)
    assert (needed.value.fields["reason"], needed.value.fields["asked"]) == ("return_cash_split", 900_000)


def test_a_restart_forgets_nothing(counter: Counter) -> None:
    counter.open(SENIOR)
    bring_back(counter, 450_000)
    again = counter_of(counter.till)
    again.enter(SENIOR)
    with pytest.raises(ApprovalRequired):
        bring_back(again, 450_000)


# --- hand-overs -------------------------------------------------------------------------------
def test_unknown_orders_just_under_their_limit_are_refused_together(counter: Counter) -> None:
    counter.open()
    draft = counter.pickups.open(pickup_code(48_999, worth=1_900_000, items=4))
    for _ in range(4):
        draft.scan("8930000000019")
    draft.begin_payment(counter.allow(draft.needs_approval, draft.draft_hash)).complete()

    with pytest.raises(PolicyRefused) as refused:
        counter.pickups.open(pickup_code(48_998, worth=1_900_000, items=4))
    assert refused.value.fields["reason"] == "pickup_unknown_value_split"


# --- points -----------------------------------------------------------------------------------
def test_points_that_the_snapshot_contains_already_still_count(desk: SellDesk) -> None:
    till = desk.counter.till
    card = desk.customers.by_id(HOA)
    assert card is not None
    _spend_through_the_snapshot(desk, card)

    purse, session = desk.counter.purse, desk.counter.session
    claims = desk.services.checkout.claims
    known = desk.customers.by_id(HOA)
    offer = PointsSpending(session, purse, claims, known).offer(500_000, 0)
    assert (offer.may_spend, offer.reason) == (0, "points_split")
    till.clock.pass_time(HALF_HOUR_S + 1)
    assert PointsSpending(session, purse, claims, known).offer(500_000, 0).may_spend > 0


def _spend_through_the_snapshot(desk: SellDesk, card: CustomerCard) -> None:
    """All that the cap allows, and central has booked it."""
    till = desk.counter.till
    desk.services.checkout.attach(card)
    desk.services.scans.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    spent = payment.points_offer().may_spend
    payment.add_points(spent)
    done = payment.complete(payment.cash_due).recorded
    marker = {"1": {"through": done.seq, "except": [], "ids": []}}
    left = till_files.customer(balance=card.balance - spent)
    till.feed("customers", {HOA: left, f"~till/{till.identity.till}": marker})


# --- cost -------------------------------------------------------------------------------------
def test_a_long_journal_costs_nothing(counter: Counter) -> None:
    counter.open()
    for _ in range(300):
        counter.till.sell()
        counter.till.clock.pass_time(60)
    recent = RecentActs(counter.till.files.till, counter.till.clock)
    splits = Splits(counter.session, recent)

    costs = []
    for _ in range(20):
        began = time.process_time()
        splits.vouchers(None)
        costs.append(time.process_time() - began)
    assert sorted(costs)[10] < 0.004  # 2 ms on a quiet machine
