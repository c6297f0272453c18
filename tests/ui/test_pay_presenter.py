from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos_app.domain.errors import DiskFull
from pos_app.domain.tender import Settlement
from pos_app.services.payment import Payable, Payment
from pos_app.services.return_draft import ReturnCompleted
from pos_app.storage.journal import Recorded
from pos_app.storage.print_jobs import PrintOrder
from tests.support import till_files
from tests.support.sell_desk import JEANS, SHIRT, SHOE, SellDesk, make_desk
from ui.pay.presenter import PayPresenter
from ui.pay.ways import PayWays

NOWHERE = PayWays(lambda _done: None, lambda: None)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SellDesk]:
    made = make_desk(tmp_path / "till")
    yield made
    made.counter.till.files.dispose()


def typed(pay: PayPresenter, digits: str) -> None:
    for digit in digits:
        pay.press(digit)


def test_what_is_due_stands_first_and_nothing_can_be_done_yet(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    state = pay.state()

    assert (state.due, state.figure.kind, state.main) == (500_000, "calm", "Hoàn tất")
    assert state.main_reason == "Nhập tiền khách đưa, hoặc F10"


def test_cash_above_what_is_due_shows_the_change_and_its_notes(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    typed(pay, "539000")
    state = pay.state()

    assert (state.figure.kind, state.figure.amount) == ("change", 39_000)
    assert state.figure.notes == "20k + 10k + 5k + 2k + 2k"
    assert state.main_reason == ""


def test_too_little_cash_says_what_is_missing_in_the_button(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, done = desk.paying()
    typed(pay, "439")
    pay.press("000")
    state = pay.state()
    assert (state.figure.kind, state.figure.amount) == ("short", 61_000)
    assert state.main_reason == "Còn thiếu 61.000"

    pay.accept()
    assert done == []


def test_accepting_commits_the_sale_with_its_change(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, done = desk.paying()
    pay.type_amount(600_000)
    pay.accept()

    assert [one.change for one in done] == [100_000]
    assert desk.counter.jobs(done[0].recorded.doc_id) == [("receipt", True)]


def test_exact_cash_is_done_with_one_key(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, done = desk.paying()
    pay.exact()

    assert [one.change for one in done] == [0]


def test_without_paper_only_the_drawer_opens(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, done = desk.paying()
    pay.set_receipt(False)
    pay.exact()

    assert desk.counter.jobs(done[0].recorded.doc_id) == [("drawer", True)]


def test_quick_cash_has_no_amount_twice_and_begins_with_the_exact_one(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    quick = pay.state().quick

    assert len({one.amount for one in quick}) == len(quick)
    assert (quick[0].amount, quick[0].is_exact) == (500_000, True)


def test_other_ways_to_pay_say_that_they_are_not_here_yet(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    reasons = {way.kind: way.reason for way in pay.state().tenders}

    assert reasons["cash"] == ""
    assert reasons["card"] == "Chưa có ở bản này"
    assert reasons["points"] == "Cần thêm khách trước"
    assert reasons["store_credit"] == ""
    pay.choose("card")
    assert pay.state().mode == "cash"


def test_points_pay_a_part_and_can_be_given_back(desk: SellDesk) -> None:
    desk.scan(SHOE, "0901234567")
    pay, _done = desk.paying()
    pay.move(1)
    state = pay.state()
    assert state.points is not None
    assert (state.mode, state.points.most) == ("points", 200)
    pay.type_amount(state.points.most)
    pay.accept()
    state = pay.state()
    assert (state.mode, state.due) == ("cash", 400_000)
    assert [(one.title, one.line, one.amount) for one in state.taken] == [
        ("Đã trả bằng điểm", "200 điểm", "100.000")
    ]

    pay.give_back(state.taken[0].no)
    assert pay.state().due == 500_000


def test_more_points_than_may_be_spent_are_named_in_the_button(desk: SellDesk) -> None:
    desk.scan(SHOE, "0901234567")
    pay, _done = desk.paying()
    pay.choose("points")
    typed(pay, "300")

    assert pay.state().main_reason == "Dùng được tối đa 200 điểm"


def test_cash_typed_before_the_points_is_kept_as_a_part(desk: SellDesk) -> None:
    desk.scan(SHOE, "0901234567")
    pay, done = desk.paying()
    typed(pay, "450000")
    pay.choose("points")
    asked = pay.leave_question()
    assert asked is not None
    assert (asked.line, asked.accept) == ("Trả lại khách 450.000đ tiền mặt.", "Đã trả lại")
    pay.type_amount(100)
    pay.accept()
    assert (pay.state().due, pay.state().main_reason) == (0, "")
    asked = pay.leave_question()
    assert asked is not None
    assert asked.line == "Trả lại khách 450.000đ tiền mặt. 100 điểm: chưa trừ, vẫn là của khách."

    pay.accept()
    assert len(done) == 1


def test_rounding_is_a_line_of_its_own_for_cash_only(desk: SellDesk) -> None:
    desk.scan(SHOE, "0901234567")
    desk.presenter.discounts.give(desk.state.current, "amount", "300", "goodwill")
    pay, _done = desk.paying()
    assert (pay.state().due, pay.state().rounding) == (499_000, "−700")

    pay.choose("points")
    assert (pay.state().due, pay.state().rounding) == (499_700, "")


def test_a_price_that_changed_since_the_cart_was_shown_is_said_first(desk: SellDesk) -> None:
    desk.scan(SHIRT)
    assert desk.state.total == 450_000
    desk.counter.till.feed("catalogue", {"promotion/KM1": None})
    pay, _done = desk.paying()
    answer = pay.state().answer

    assert answer is not None
    assert (answer.title, "500.000đ" in answer.line) == ("Giá vừa đổi", True)


def test_a_full_disk_is_answered_and_nothing_is_lost(desk: SellDesk) -> None:
    def full(_settlement: Settlement, _jobs: tuple[PrintOrder, ...]) -> Recorded:
        raise DiskFull(file="till.db")

    done: list[object] = []
    payable = Payable("sale", None, None, 1000, 500_000, 0, 500_000, full, desk.services.checkout.claims)
    payment = Payment(desk.services.session, desk.counter.purse, payable)
    pay = PayPresenter()
    pay.begin(payment, PayWays(done.append, lambda: None))
    typed(pay, "500000")
    pay.accept()
    state = pay.state()

    assert state.answer is not None
    assert (state.answer.title, state.typed, done) == ("Ổ đĩa đầy, chưa ghi được", 500_000, [])


def test_a_hand_over_is_called_by_its_order(desk: SellDesk) -> None:
    desk.scan(SHOE, JEANS)
    payment = desk.services.selling.begin_payment()
    handover = Payable(
        "handover", None, None, 2000, 1_000_000, 0, 1_000_000, payment.payable.record,
        payment.payable.claims, number="MN-48207",
    )  # fmt: skip
    pay = PayPresenter()
    pay.begin(Payment(desk.services.session, desk.counter.purse, handover), PayWays(print, print))

    assert (pay.state().title, pay.state().back) == ("Thu tiền đơn MN-48207", "Đơn MN-48207")


def test_a_scan_while_paying_says_where_it_belongs(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    pay.scan(JEANS)
    answer = pay.state().answer

    assert answer is not None
    assert answer.title == "Đang thanh toán"


# --- store credit -----------------------------------------------------------------------------
def credit(desk: SellDesk, amount: int) -> ReturnCompleted:
    """A sale by card has come back: its paper is store credit."""
    tender = {"no": 1, "kind": "card", "amount": amount}
    sold = desk.counter.till.sell([till_files.line(1, amount)], tenders=[tender])
    draft = desk.counter.refunds.open(sold.doc_id)
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    return draft.complete()


def test_choosing_store_credit_asks_for_the_paper(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    pay.choose("store_credit")
    state = pay.state()

    assert (state.mode, state.entry_label) == ("store_credit", "Số phiếu")
    assert state.main_reason == "Quét phiếu, hoặc gõ số phiếu"


def test_a_scanned_paper_pays_and_says_what_is_left_on_it(desk: SellDesk) -> None:
    back = credit(desk, 800_000)
    desk.scan(SHOE)
    pay, done = desk.paying()
    pay.choose("store_credit")
    pay.scan(str(back.credit_code))
    state = pay.state()

    assert state.answer is not None
    assert (state.answer.title, state.answer.kind) == ("Đã nhận phiếu hoàn tiền", "accepted")
    assert "300.000đ" in state.answer.line
    number = back.recorded.receipt_no
    assert [(one.title, one.line, one.amount) for one in state.taken] == [
        (number, "phiếu còn 300.000đ", "500.000")
    ]
    assert (state.mode, state.due, state.main, state.main_reason) == ("cash", 0, "Hoàn tất", "")

    pay.accept()
    assert [one.change for one in done] == [0]


def test_the_paper_can_be_scanned_without_choosing_the_tender_first(desk: SellDesk) -> None:
    back = credit(desk, 389_000)
    desk.scan(SHOE)
    pay, _done = desk.paying()
    typed(pay, "200000")
    pay.scan(str(back.credit_code))
    state = pay.state()

    assert (state.due, state.typed, state.figure.amount) == (111_000, 200_000, 89_000)
    assert state.taken[0].line == "phiếu đã dùng hết"


def test_typing_only_the_digits_of_the_number_is_enough(desk: SellDesk) -> None:
    back = credit(desk, 500_000)
    desk.scan(SHOE)
    pay, _done = desk.paying()
    pay.choose("store_credit")
    pay.scan(str(back.recorded.receipt_no).split("-")[1].lstrip("0"))

    assert pay.state().due == 0


def test_a_refused_paper_says_why_and_the_question_stays(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    pay.choose("store_credit")
    pay.scan("LVS02-000041")
    state = pay.state()

    assert state.answer is not None
    assert state.answer.title == "Phiếu hoàn tiền của quầy khác"
    assert state.answer.line == "Chỉ dùng được ở quầy đã lập phiếu khi chưa hỏi được trung tâm."
    assert (state.mode, state.taken) == ("store_credit", ())


def test_goods_scanned_where_a_paper_is_asked_for_are_called_no_paper(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    pay.choose("store_credit")
    pay.scan(JEANS)
    answer = pay.state().answer

    assert answer is not None
    assert answer.title == "Giấy này không phải phiếu hoàn tiền"


def test_store_credit_taken_can_be_given_back(desk: SellDesk) -> None:
    back = credit(desk, 500_000)
    desk.scan(SHOE)
    pay, _done = desk.paying()
    pay.scan(str(back.credit_code))
    pay.give_back(pay.state().taken[0].no)

    assert (pay.state().due, pay.state().taken) == (500_000, ())


# --- holding ----------------------------------------------------------------------------------
def test_a_cart_with_points_taken_cannot_be_held(desk: SellDesk) -> None:
    desk.scan(SHOE, "0901234567")
    pay, _done = desk.paying()
    pay.choose("points")
    typed(pay, "100")
    pay.accept()
    pay.hold()
    answer = pay.state().answer

    assert answer is not None
    assert answer.title == "Đã nhận tiền, không treo được đơn"
    assert (desk.services.held.count, len(pay.state().taken)) == (0, 1)


def test_before_any_tender_holding_is_one_step_back(desk: SellDesk) -> None:
    desk.scan(SHOE)
    pay, _done = desk.paying()
    pay.hold()
    answer = pay.state().answer

    assert answer is not None
    assert (answer.kind, "F6" in answer.line) == ("needs", True)


def test_leaving_changes_nothing(desk: SellDesk) -> None:
    desk.scan(SHOE)
    backs: list[str] = []
    pay = PayPresenter()
    pay.begin(
        desk.services.selling.begin_payment(), PayWays(lambda _done: None, lambda: backs.append("back"))
    )
    typed(pay, "100000")
    pay.leave()

    assert (backs, desk.state.total) == (["back"], 500_000)
