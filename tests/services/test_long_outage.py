"""Without central for a day a manager answers for more than sales, for a week there are sales alone (§11)."""

from __future__ import annotations

import pytest

from pos_app.domain.errors import ApprovalRequired, PolicyRefused
from pos_app.services.outage import Outage
from pos_app.services.payment import Payment
from pos_app.services.return_draft import RefundMethod, ReturnDraft
from tests.support.counter import MANAGER
from tests.support.sell_desk import SHOE, SellDesk, allow, voucher_code

HOUR = 3600
A_DAY, A_WEEK = 25 * HOUR, 8 * 24 * HOUR
HOA_S_PHONE = "0901234567"


def offline_for(desk: SellDesk, seconds: int, notes: int = 5) -> SellDesk:
    """The shift of the day is open: it is the data that are old. `notes` of 100.000 lie in the drawer."""
    counter = desk.counter
    counter.shifts.close({100_000: notes})
    counter.till.clock.pass_time(seconds)
    if counter.clock_watch.question() is not None:
        counter.clock_watch.confirm()
    counter.shifts.open({100_000: 5})
    return desk


def payment(desk: SellDesk) -> Payment:
    return desk.services.selling.begin_payment()


def test_a_voucher_within_its_limit_is_the_cashiers_for_a_day(desk: SellDesk) -> None:
    offline_for(desk, 23 * HOUR).scan(SHOE, voucher_code())
    assert desk.state.vouchers


def test_after_a_day_a_manager_answers_for_it(desk: SellDesk) -> None:
    offline_for(desk, A_DAY).scan(SHOE, voucher_code())
    assert not desk.state.vouchers
    assert "trung tâm" in desk.state.answer.line
    desk.presenter.act("approve")
    allow(desk)
    assert desk.state.vouchers
    payment(desk).complete(500_000)


def test_after_a_week_nobody_may(desk: SellDesk) -> None:
    offline_for(desk, A_WEEK).scan(SHOE, voucher_code())
    assert not desk.state.vouchers
    assert desk.state.answer.action is None
    payment(desk).complete(500_000)  # a sale always


def test_points_by_an_old_balance_need_a_manager(desk: SellDesk) -> None:
    offline_for(desk, 23 * HOUR).scan(SHOE, HOA_S_PHONE)
    payment(desk).add_points(10)
    desk.counter.till.clock.pass_time(2 * HOUR)
    paying = payment(desk)
    with pytest.raises(ApprovalRequired) as needed:
        paying.add_points(10)
    assert (needed.value.fields["right"], needed.value.fields["asked"]) == ("points.over_limit", A_DAY)


def test_points_taken_before_the_day_was_over_are_judged_again_at_the_commit(desk: SellDesk) -> None:
    offline_for(desk, 23 * HOUR).scan(SHOE, HOA_S_PHONE)
    paying = payment(desk)
    paying.add_points(10)
    desk.counter.till.clock.pass_time(2 * HOUR)
    with pytest.raises(ApprovalRequired):
        paying.complete(500_000)


def test_a_manager_at_the_till_answers_alone(desk: SellDesk) -> None:
    offline_for(desk, A_DAY).counter.enter(MANAGER)
    desk.scan(SHOE, HOA_S_PHONE)
    payment(desk).add_points(10)


def returning(desk: SellDesk, method: RefundMethod) -> ReturnDraft:
    sold = desk.counter.till.sell()
    draft = desk.counter.refunds.open(sold.doc_id)
    draft.method = method
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    return draft


def test_cash_back_needs_a_manager_after_a_day_and_store_credit_does_not(desk: SellDesk) -> None:
    offline_for(desk, A_DAY)
    need = returning(desk, RefundMethod.ORIGINAL).needs_approval
    assert need is not None
    assert need.reason == "offline_time"
    assert returning(desk, RefundMethod.STORE_CREDIT).needs_approval is None


def test_after_a_week_nothing_comes_back(desk: SellDesk) -> None:
    offline_for(desk, A_WEEK)
    for method in (RefundMethod.ORIGINAL, RefundMethod.STORE_CREDIT):
        with pytest.raises(PolicyRefused, match="offline_time"):
            returning(desk, method).complete()


def test_an_old_list_of_people_leaves_sales_to_cashiers(desk: SellDesk) -> None:
    till = desk.counter.till
    offline_for(desk, A_WEEK)
    for feed in till.vers:
        if feed != "staff":
            till.feed(feed, {})
    need = returning(desk, RefundMethod.ORIGINAL).needs_approval
    assert need is not None
    assert need.reason == "staff_age"


def test_the_strip_says_what_is_left_after_a_week(desk: SellDesk) -> None:
    assert "voucher" in offline_for(desk, A_DAY).counter.strip.works()
    assert offline_for(desk, A_WEEK).counter.strip.works() == ("sale",)


@pytest.mark.parametrize(
    ("seconds", "allowance", "reason"), [(A_DAY, "limited", "aged"), (A_WEEK, "none", "too_old")]
)
def test_the_page_ready_knows_how_long_it_has_been(
    desk: SellDesk, seconds: int, allowance: str, reason: str
) -> None:
    offline_for(desk, seconds)
    rules = {rule.name: rule for rule in Outage(desk.services.session, desk.services.campaigns).rules(3)}
    assert (rules["own_return"].allowance, rules["own_return"].reason) == (allowance, reason)
    assert rules["sale"].allowance == "free"


def test_a_paper_scanned_while_selling_is_taken_after_a_managers_answer(desk: SellDesk) -> None:
    done = returning(desk, RefundMethod.STORE_CREDIT).complete()
    assert done.credit_code is not None
    offline_for(desk, A_DAY, notes=10).scan(SHOE, done.credit_code)
    desk.presenter.act("pay_credit")
    assert "pay" not in desk.handed
    desk.presenter.act("approve")
    allow(desk)
    ((paying,),) = desk.handed["pay"]
    assert paying.can_complete
    recorded = paying.complete().recorded
    (approval,) = desk.counter.payload(recorded.doc_id)["approvals"]
    assert (approval["right"], approval["what"]) == ("credit.restricted", "offline_time")
