from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import till_files
from tests.support.sell_desk import (
    JEANS,
    SHIRT,
    SHOE,
    SellDesk,
    allow,
    make_desk,
    voucher_code,
    with_own_voucher,
)
from ui.sell.state import SellState


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[SellDesk]:
    made = make_desk(tmp_path / "till")
    yield made
    made.counter.till.files.dispose()


# --- scanning ---------------------------------------------------------------------------------
def test_a_scan_adds_a_line_opens_it_and_says_so(desk: SellDesk) -> None:
    state = desk.scan(SHOE)

    assert [line.name for line in state.lines] == ["Giày cao gót"]
    assert state.current == state.lines[0].no
    assert (state.answer.kind, state.answer.title) == ("accepted", "Đã thêm")
    assert state.answer.line == "Giày cao gót · 500.000đ"
    assert (state.heading, state.total) == ("1 dòng · 1 món", 500_000)


def test_a_count_before_the_scan_adds_so_many_in_one_step(desk: SellDesk) -> None:
    state = desk.scan(f"3*{SHOE}")
    assert (state.lines[0].quantity, state.total) == ("3", 1_500_000)

    desk.presenter.undo()
    assert desk.state.is_empty


def test_a_count_alone_changes_the_open_line(desk: SellDesk) -> None:
    state = desk.scan(SHOE, JEANS, "4*")

    assert [line.quantity for line in state.lines] == ["1", "4"]


def test_a_quantity_that_is_none_is_answered_in_words(desk: SellDesk) -> None:
    state = desk.scan(SHOE, "0*")

    assert (state.answer.kind, state.lines[0].quantity) == ("needs", "1")


def test_an_unknown_barcode_offers_to_sell_without_a_code(desk: SellDesk) -> None:
    state = desk.scan("8939999999990")

    assert state.answer.kind == "unknown"
    assert state.answer.action is not None
    assert state.answer.action.name == "uncoded"
    assert "không hợp lệ" not in f"{state.answer.title} {state.answer.line}"


def test_goods_without_a_code_keep_the_barcode_that_was_scanned(desk: SellDesk) -> None:
    desk.scan("8939999999990")
    forms: list[object] = []
    desk.presenter.on_uncoded(forms.append)
    desk.presenter.act("uncoded")

    assert [getattr(form, "barcode", "") for form in forms] == ["8939999999990"]
    assert desk.presenter.uncoded.sell("Dây giày", "25k", "giay") == ""
    assert (desk.state.lines[0].name, desk.state.total) == ("Dây giày", 25_000)


def test_goods_without_a_code_above_the_limit_are_refused_in_words(desk: SellDesk) -> None:
    assert "500.000đ" in desk.presenter.uncoded.sell("Giày lạ", "900k", "giay")
    assert desk.state.is_empty


def test_words_that_are_no_code_open_the_search(desk: SellDesk) -> None:
    desk.scan("giay bup be")

    assert desk.handed["search"] == [("giay bup be",)]


def test_a_phone_nobody_has_offers_a_new_card(desk: SellDesk) -> None:
    state = desk.scan("0912345678")
    assert state.answer.kind == "unknown"

    desk.presenter.act("new_customer")
    assert desk.handed["customer"] == [("+84912345678", ())]


def test_the_draft_is_written_after_the_paint(desk: SellDesk) -> None:
    desk.scan(SHOE)
    assert desk.counter.drafts.load_current() is None

    desk.presenter.after_paint()
    assert desk.counter.drafts.load_current() is not None


# --- lines ------------------------------------------------------------------------------------
def test_arrows_open_the_line_above_and_stop_at_the_first(desk: SellDesk) -> None:
    state = desk.scan(SHOE, JEANS)
    first = state.lines[0].no
    for _press in range(3):
        desk.presenter.lines.move(-1)

    assert desk.state.current == first


def test_a_removed_line_leaves_its_neighbour_open_and_can_come_back(desk: SellDesk) -> None:
    state = desk.scan(SHOE, JEANS)
    desk.presenter.lines.select(state.lines[0].no)
    desk.presenter.lines.remove()
    assert [line.name for line in desk.state.lines] == ["Quần JEAN đen"]
    assert desk.state.current == desk.state.lines[0].no

    desk.presenter.act("undo")
    assert len(desk.state.lines) == 2


def test_removing_from_an_empty_cart_is_answered_not_raised(desk: SellDesk) -> None:
    desk.presenter.lines.remove()

    assert desk.state.answer.kind == "needs"


def test_undo_with_nothing_left_only_says_so(desk: SellDesk) -> None:
    desk.presenter.undo()

    assert desk.state.answer.kind == "quiet"


def test_the_open_line_names_its_promotion_and_what_it_takes_off(desk: SellDesk) -> None:
    line = desk.scan(SHIRT).lines[0]

    assert (line.badge, line.off, line.was) == ("Giảm 10 % · −10%", "−50.000", "")


def test_a_closed_line_shows_the_promotion_and_the_old_price(desk: SellDesk) -> None:
    line = desk.scan(SHIRT, SHOE).lines[0]

    assert (line.was, line.amount, line.badge) == ("500.000", "450.000", "")
    assert [part.text for part in line.second if part.ink == "accent-ink"] == ["Giảm 10 % −10%"]


def test_why_lists_every_discount_with_rule_and_version(desk: SellDesk) -> None:
    desk.scan(SHIRT)
    why = desk.presenter.lines.why()

    assert why is not None
    assert [(step.title, step.note, step.amount) for step in why.steps] == [
        ("Giảm 10 % −10%", "Quy tắc KM1, bản 1", "−50.000")
    ]
    assert (why.gross, why.amount) == ("500.000", "450.000")


def test_a_note_stands_on_its_line(desk: SellDesk) -> None:
    desk.scan(SHOE)
    desk.presenter.lines.set_note("Gói quà")

    assert "Gói quà" in [part.text for part in desk.state.lines[0].second]
    assert desk.presenter.lines.note() == "Gói quà"


# --- discounts --------------------------------------------------------------------------------
def test_a_small_discount_needs_nobody(desk: SellDesk) -> None:
    no = desk.scan(SHOE).current
    desk.presenter.discounts.give(no, "percent", "10", "display")

    assert desk.state.total == 450_000
    assert "ask_approval" not in desk.handed


def test_a_larger_discount_waits_for_a_second_person(desk: SellDesk) -> None:
    no = desk.scan(SHOE).current
    desk.presenter.discounts.give(no, "percent", "20", "damaged")
    assert (desk.state.total, desk.handed["ask_approval"][0][0].asked) == (500_000, 2_000)

    allow(desk)
    assert desk.state.total == 400_000
    assert [one.right for one in desk.services.checkout.approvals] == ["sale.discount.manual"]


def test_above_the_hard_limit_nobody_is_asked(desk: SellDesk) -> None:
    no = desk.scan(SHOE).current
    desk.presenter.discounts.give(no, "percent", "50", "damaged")

    assert desk.state.answer.kind in ("refused", "needs")
    assert "ask_approval" not in desk.handed


def test_a_discount_that_cannot_be_read_is_said_before_the_dialog_closes(desk: SellDesk) -> None:
    desk.scan(SHOE)

    assert desk.presenter.discounts.check("percent", "nhiều") != ""
    assert desk.presenter.discounts.check("percent", "12,5") == ""
    assert desk.presenter.discounts.check("amount", "50k") == ""


def test_the_whole_cart_may_be_discounted_by_an_amount(desk: SellDesk) -> None:
    desk.scan(SHOE, JEANS)
    desk.presenter.discounts.give(0, "amount", "50k", "goodwill")

    assert desk.state.total == 950_000


def test_there_is_nothing_to_discount_in_an_empty_cart(desk: SellDesk) -> None:
    assert desk.presenter.discounts.form() is None
    assert desk.state.answer.title == "Giỏ hàng đang trống"


# --- customer and vouchers --------------------------------------------------------------------
def test_a_phone_puts_the_customer_on_the_cart_with_what_helps_now(desk: SellDesk) -> None:
    customer = desk.scan("0901234567").customer

    assert customer is not None
    assert (customer.name, customer.tier, customer.points) == ("Hoa N.", "Vàng", "400")
    assert customer.birthday.startswith("Sinh nhật")
    assert customer.phone == "•••• ••• 567"


def test_offline_the_card_says_how_old_the_points_are_and_how_many_may_be_spent(desk: SellDesk) -> None:
    customer = desk.scan("0901234567").customer

    assert customer is not None
    assert customer.as_of.startswith("lúc ")
    assert "<b>200 điểm</b>" in customer.limit


def test_their_own_voucher_is_taken_by_one_press(desk: SellDesk) -> None:
    with_own_voucher(desk, voucher_code(), 500)
    state = desk.scan(SHOE, "0901234567")
    assert state.customer is not None
    assert [(offer.name, offer.value) for offer in state.customer.vouchers] == [("Chào bạn mới", "−50.000đ")]

    desk.presenter.take_voucher("500")
    state = desk.state
    assert (state.total, state.answer.title) == (450_000, "Đã nhận voucher")
    assert state.customer is not None
    assert state.customer.vouchers == ()


def test_a_voucher_can_be_taken_off_and_comes_back_with_undo(desk: SellDesk) -> None:
    desk.scan(SHOE, voucher_code())
    desk.presenter.drop_voucher(500)
    assert (desk.state.vouchers, desk.state.total) == ((), 500_000)

    desk.presenter.undo()
    assert desk.state.total == 450_000


def test_a_voucher_that_stands_alone_says_what_it_still_needs(desk: SellDesk) -> None:
    state = desk.scan(SHOE, voucher_code(min_basket=700_000))

    assert (state.answer.kind, state.answer.title) == ("needs", "Còn thiếu 200.000đ")


def test_a_voucher_over_the_limit_is_taken_once_the_manager_has_allowed_it(desk: SellDesk) -> None:
    state = desk.scan(SHOE, voucher_code(value=300_000))
    assert state.answer.action is not None
    assert state.answer.action.name == "approve"

    desk.presenter.act("approve")
    allow(desk)
    assert desk.state.total == 200_000


# --- held carts -------------------------------------------------------------------------------
def test_a_held_cart_leaves_an_empty_screen_and_can_be_opened_again(desk: SellDesk) -> None:
    desk.scan(SHOE)
    desk.presenter.held.hold()
    assert (desk.state.is_empty, desk.state.held) == (True, 1)

    (row,) = desk.presenter.held.rows()
    assert (row.total, row.line.split(" · ")[0]) == ("500.000", "1 dòng")
    assert desk.presenter.held.recall(row.id) == ""
    assert (desk.state.total, desk.state.held) == (500_000, 0)


def test_no_cart_is_opened_over_another(desk: SellDesk) -> None:
    desk.scan(SHOE)
    desk.presenter.held.hold()
    desk.scan(JEANS)

    assert "Giỏ hàng đang có món" in desk.presenter.held.recall(desk.presenter.held.rows()[0].id)


# --- store credit -----------------------------------------------------------------------------
def test_a_credit_paper_over_an_empty_cart_asks_for_goods_first(desk: SellDesk) -> None:
    tender = {"no": 1, "kind": "card", "amount": 389_000}
    sold = desk.counter.till.sell([till_files.line(1, 389_000)], tenders=[tender])
    draft = desk.counter.refunds.open(sold.doc_id)
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    answer = desk.scan(str(draft.complete().credit_code)).answer

    assert (answer.title, answer.action) == ("Phiếu hoàn tiền còn 389.000đ", None)
    assert answer.line == "Quét hàng trước, dùng khi thanh toán."


# --- paying -----------------------------------------------------------------------------------
def test_exact_cash_commits_and_thanks_until_the_next_scan(desk: SellDesk) -> None:
    desk.scan(SHOE)
    desk.presenter.paying.exact()
    state = desk.state
    assert state.thanks is not None
    assert (state.is_empty, state.thanks.change) == (True, 0)
    assert desk.counter.kinds()[-1] == "sale"
    assert len(desk.handed["sold"]) == 1

    assert desk.scan(JEANS).thanks is None


def test_nothing_is_paid_from_an_empty_cart(desk: SellDesk) -> None:
    desk.presenter.paying.pay()
    desk.presenter.paying.exact()

    assert "pay" not in desk.handed
    assert desk.state.answer.title == "Giỏ hàng đang trống"


def test_a_price_that_changed_is_said_before_exact_cash_is_taken(desk: SellDesk) -> None:
    desk.scan(SHIRT)
    assert desk.state.total == 450_000
    desk.counter.till.feed("catalogue", {"promotion/KM1": None})
    desk.presenter.paying.exact()
    assert (desk.state.answer.title, desk.state.total) == ("Giá vừa đổi", 500_000)

    desk.presenter.paying.exact()
    assert desk.counter.kinds()[-1] == "sale"


def test_the_state_counts_what_waits(desk: SellDesk) -> None:
    shown: list[SellState] = []
    desk.presenter.shown_by(shown.append)

    assert shown[-1].waiting == 3


def test_the_thank_you_names_the_notes_of_the_change(desk: SellDesk) -> None:
    desk.scan(SHOE)
    payment = desk.services.selling.begin_payment()
    desk.presenter.paying.thank(payment.complete(537_000))
    thanks = desk.state.thanks

    assert thanks is not None
    assert (thanks.change, thanks.notes) == (37_000, "20k + 10k + 5k + 2k")
