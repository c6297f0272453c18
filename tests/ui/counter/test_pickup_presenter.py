from __future__ import annotations

from typing import Any

from pos_app.services.payment import Payment
from tests.support import till_files
from tests.support.counter import PICKUP_PIN, Counter, pickup_code, pin_of
from tests.support.desks import PickupDesk, pickup_desk

FIRST, SECOND, STRANGER = "8930000000019", "8930000000026", "8930000000033"


def order(counter: Counter, **changes: Any) -> None:
    counter.till.feed("orders", {"48207": till_files.order(**changes)})


def opened(counter: Counter, **changes: Any) -> PickupDesk:
    if changes:
        order(counter, **changes)
    desk = pickup_desk(counter)
    desk.presenter.open(pickup_code())
    return desk


def scan_all(desk: PickupDesk) -> PickupDesk:
    for barcode in (FIRST, FIRST, SECOND):
        desk.presenter.scan(barcode)
    return desk


# --- the list ---------------------------------------------------------------------------------
def test_the_list_shows_what_waits_by_promise(counter: Counter) -> None:
    counter.till.feed("orders", {"48300": till_files.order(48300, promised_by="2026-11-14T08:00:00+07:00")})
    desk = pickup_desk(counter)
    desk.presenter.open_list()

    assert [row.number for row in desk.state.waiting.rows] == ["MN-48300", "MN-48207"]
    assert desk.state.waiting.tabs == (
        ("all", "Tất cả", 2),
        ("late", "Quá hẹn", 1),
        ("due", "Còn thu tiền", 0),
    )


def test_goods_kept_to_be_tried_on_say_until_when(counter: Counter) -> None:
    kept = till_files.order(48300, reserved_until="2026-11-14T22:00:00+07:00")
    counter.till.feed("orders", {"48300": kept})
    desk = pickup_desk(counter)
    desk.presenter.open_list()
    desk.presenter.scan("8300")
    assert desk.state.order is not None
    assert desk.state.order.line.endswith("giữ để thử đến 22:00 hôm nay")

    counter.till.clock.pass_time(24 * 3600)
    desk.presenter.refresh()
    assert desk.state.order.line.endswith("hết giữ hàng từ 22:00 hôm qua")


def test_typing_leaves_the_orders_that_fit(counter: Counter) -> None:
    counter.till.feed("orders", {"48300": till_files.order(48300)})
    desk = pickup_desk(counter)
    desk.presenter.open_list()
    desk.presenter.find("483")

    assert [row.number for row in desk.state.waiting.rows] == ["MN-48300"]


def test_digits_that_fit_one_order_open_it(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open_list()
    desk.presenter.scan("8207")

    assert desk.state.view == "order"
    assert desk.state.order is not None
    assert desk.state.order.title == "Đơn MN-48207"


def test_goods_scanned_beside_the_list_go_to_the_sell_screen(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open_list()
    desk.presenter.scan(FIRST)

    assert desk.led.went == [("scan", FIRST)]


def test_an_empty_list_says_what_will_stand_there(counter: Counter) -> None:
    counter.till.feed("orders", {"48207": None})
    desk = pickup_desk(counter)
    desk.presenter.open_list()

    assert desk.state.waiting.empty[0] == "Chưa có đơn chờ nhận"
    assert desk.state.column.main_reason


def test_f9_opens_the_chosen_order(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open_list()
    desk.presenter.press_main()

    assert desk.state.view == "order"


# --- what cannot be opened --------------------------------------------------------------------
def test_an_order_that_is_not_here_is_unknown_and_offers_to_fetch(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open("MN-48999")

    answer = desk.state.answer
    assert (answer.kind, answer.title) == ("unknown", "Chưa có ở máy này: đơn MN-48999")
    assert answer.action is not None
    desk.presenter.act(answer.action.name)
    assert desk.led.names == ["fetch"]


def test_orders_that_are_over_say_how_and_leave_the_list_standing(counter: Counter) -> None:
    for state, words in (("cancelled", "đã hủy"), ("expired", "quá hạn"), ("done", "đã giao hết")):
        order(counter, handover=state)
        desk = pickup_desk(counter)
        desk.presenter.open(pickup_code())
        assert words in desk.said
        assert desk.state.view == "list"


def test_another_stores_order_is_no_error_of_the_customer(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open(pickup_code(store=13))

    assert desk.state.answer.kind == "needs"


# --- ticking ----------------------------------------------------------------------------------
def test_a_scan_goes_from_dashed_to_half_to_ticked(counter: Counter) -> None:
    desk = opened(counter)
    assert desk.marks() == ["open", "open"]
    desk.presenter.scan(FIRST)
    assert desk.marks() == ["part", "open"]
    assert desk.state.order is not None
    assert desk.state.order.rows[0].part == "1/2"
    assert desk.state.order.heading == "1 / 3 món đã quét"
    desk.presenter.scan(FIRST)
    assert desk.marks() == ["ticked", "open"]


def test_the_button_says_how_many_are_missing(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.scan(FIRST)

    assert desk.state.column.main_reason == "Quét thêm 2 món để giao"
    assert desk.state.column.second == "Giao trước 1 món"


def test_goods_of_no_line_are_refused_in_words(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.scan(STRANGER)

    assert desk.said == "Món này không có trong đơn"


def test_goods_unknown_here_are_never_called_wrong(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.scan("8930000000095")

    assert desk.state.answer.kind == "unknown"


def test_ctrl_z_unticks(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.scan(SECOND)
    desk.presenter.desk.undo()
    assert desk.marks() == ["open", "open"]
    desk.presenter.desk.undo()
    assert desk.state.answer.kind == "quiet"


def test_the_ring_ticks_and_unticks_by_hand(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.enter_row("2")
    assert desk.marks() == ["open", "ticked"]
    desk.presenter.enter_row("2")
    assert desk.marks() == ["open", "open"]


def test_closing_keeps_the_ticks_of_the_order(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.scan(FIRST)
    desk.presenter.close()
    assert desk.state.view == "list"
    desk.presenter.open(pickup_code())
    assert desk.marks() == ["part", "open"]


def test_a_second_press_of_esc_goes_back_to_selling(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.close()
    desk.presenter.close()

    assert desk.led.names == ["sell"]


def test_another_orders_code_opens_that_order(counter: Counter) -> None:
    counter.till.feed("orders", {"48300": till_files.order(48300)})
    desk = opened(counter)
    desk.presenter.scan("MN-48300")

    assert desk.state.order is not None
    assert desk.state.order.title == "Đơn MN-48300"


# --- lines left here, another collector -------------------------------------------------------
def test_a_refused_line_is_struck_and_no_longer_missing(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.desk.refuse_line(2, "wrong_size")
    assert desk.marks() == ["open", "refused"]
    desk.presenter.scan(FIRST)
    desk.presenter.scan(FIRST)
    assert desk.state.column.main_reason == ""
    assert ("Hoàn bằng phiếu hoàn tiền", "500.000") in desk.state.column.sums


def test_a_refused_line_is_wanted_again_by_its_ring(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.desk.refuse_line(2, "faulty")
    desk.presenter.enter_row("2")

    assert desk.marks() == ["open", "open"]


def test_the_collector_stands_on_the_card_and_in_the_private_part(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.desk.name_collector("Nguyễn Văn Bình", "family")
    assert desk.state.column.person is not None
    assert desk.state.column.person.collector == "Nguyễn Văn Bình nhận thay · Người nhà"
    scan_all(desk).presenter.press_main()
    completed = desk.led.went[-1][1]
    assert counter.payload(completed.recorded.doc_id)["collector"] == "other"


# --- PIN and identity -------------------------------------------------------------------------
def test_four_digits_are_the_pin_and_turn_the_card_green(counter: Counter) -> None:
    desk = opened(counter, pin=pin_of())
    assert desk.state.column.pin is not None
    assert desk.state.column.pin.status == "needed"
    desk.presenter.scan(PICKUP_PIN)
    pin = desk.state.column.pin
    assert (pin.status, pin.digits) == ("ok", PICKUP_PIN)


def test_a_wrong_pin_says_how_many_tries_are_left(counter: Counter) -> None:
    desk = opened(counter, pin=pin_of())
    desk.presenter.scan("0000")

    pin = desk.state.column.pin
    assert pin is not None
    assert (pin.status, pin.words, pin.digits) == ("wrong", "Sai, còn 4 lần", "")


def test_the_button_asks_for_the_pin_once_all_is_scanned(counter: Counter) -> None:
    desk = scan_all(opened(counter, pin=pin_of()))

    assert desk.state.column.main_reason == "Nhập mã PIN khách đọc"
    assert desk.state.placeholder == "Gõ mã PIN khách đọc…"


def test_a_forgotten_pin_takes_a_manager_who_sees_an_identity(counter: Counter) -> None:
    desk = scan_all(opened(counter, pin=pin_of()))
    desk.presenter.desk.forget_pin()

    assert [request.need.right for request in desk.led.asked] == ["pickup.over_limit"]
    assert (desk.state.column.pin, desk.state.column.main_reason) == (None, "")
    desk.presenter.press_main()
    assert desk.led.names == ["handed_over"]


def test_after_five_wrong_pins_a_manager_looks_at_an_identity(counter: Counter) -> None:
    desk = opened(counter, pin=pin_of())
    for _try in range(5):
        desk.presenter.scan("0000")

    column = desk.state.column
    assert column.pin is not None
    assert column.pin.status == "blocked"
    assert column.proof is not None
    desk.presenter.desk.press_proof()
    assert desk.state.column.proof is None


def test_an_order_that_asks_for_an_identity_says_so_before_the_press(counter: Counter) -> None:
    desk = scan_all(opened(counter, identity_check=True))
    assert desk.state.column.proof is not None
    assert desk.state.column.main_reason == "Xem giấy tờ của khách trước"
    desk.presenter.desk.press_proof()
    assert (desk.state.column.proof, desk.state.column.main_reason) == (None, "")


def test_an_order_without_a_name_compares_no_paper_with_one(counter: Counter) -> None:
    named = scan_all(opened(counter, identity_check=True)).state.column.proof
    nameless = scan_all(opened(counter, identity_check=True, customer={})).state.column.proof
    assert named is not None
    assert nameless is not None
    assert "tên trên đơn" in named.line
    assert nameless.line.startswith("Máy này chưa biết tên khách của đơn.")


def test_an_order_above_the_limit_asks_a_second_person_what_it_is_about(counter: Counter) -> None:
    lines = [till_files.order_line(1, 2000) | {"amount": 11_000_000}, till_files.order_line(2, 1000)]
    paid = [{"no": 1, "kind": "paid_online", "amount": 11_500_000, "reference": "V"}]
    desk = scan_all(opened(counter, lines=lines, prepaid=paid, pin=pin_of()))
    desk.presenter.scan(PICKUP_PIN)
    assert desk.state.column.proof is not None
    desk.presenter.press_main()

    request = desk.led.asked[0]
    assert (request.title, request.amount) == ("Quản lý duyệt giao hàng", 11_500_000)
    assert request.facts[0] == "Đơn trên <b>10.000.000đ</b>."
    assert desk.state.view == "done"


def test_without_the_managers_yes_nothing_happens(counter: Counter) -> None:
    desk = scan_all(opened(counter, pin=pin_of()))
    desk.led.allows = False
    desk.presenter.desk.forget_pin()

    assert desk.said == "Chưa được duyệt"
    assert desk.state.column.main_reason == "Nhập mã PIN khách đọc"


# --- the way out ------------------------------------------------------------------------------
def test_a_paid_order_is_handed_over_at_once(counter: Counter) -> None:
    desk = scan_all(opened(counter))
    assert desk.state.column.main == "Giao hàng"
    desk.presenter.press_main()

    assert desk.state.view == "done"
    assert desk.said == "Đã giao đơn MN-48207"
    assert counter.kinds()[-1] == "handover"
    assert desk.led.names == ["handed_over"]


def test_what_is_still_due_opens_pay_with_exactly_that(counter: Counter) -> None:
    paid = [{"no": 1, "kind": "deposit", "via": "cash", "amount": 1_180_000, "reference": "D"}]
    desk = scan_all(opened(counter, payment="part", prepaid=paid, amount_due=320_000))
    assert desk.state.column.main == "Thu 320.000 và giao"
    assert ("Đã đặt cọc", "1.180.000") in desk.state.column.sums
    desk.presenter.press_main()

    name, payment = desk.led.went[-1]
    assert name == "pay"
    assert isinstance(payment, Payment)
    assert payment.due == 320_000
    desk.presenter.paid(payment.complete(400_000))
    assert desk.state.view == "done"
    assert desk.state.done is not None
    assert ("Trả lại khách", "80.000đ") in desk.state.done.facts


def test_a_part_goes_out_before_the_rest(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.scan(FIRST)
    desk.presenter.press_second()

    assert desk.state.view == "done"
    assert desk.state.answer.line == "Còn 2 món giao sau."
    assert counter.pickups.open("MN-48207").order.lines[0].handed == 1000


def test_a_press_too_early_says_what_is_missing(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.press_main()

    assert desk.said == "Còn thiếu 3 món"


def test_the_next_scan_after_a_hand_over_opens_the_next_order(counter: Counter) -> None:
    counter.till.feed("orders", {"48300": till_files.order(48300)})
    desk = scan_all(opened(counter))
    desk.presenter.press_main()
    desk.presenter.scan("MN-48300")

    assert desk.state.view == "order"


def test_other_codes_wait_until_the_order_is_done(counter: Counter) -> None:
    from tests.support.counter import badge_code

    desk = opened(counter)
    desk.presenter.scan(badge_code())

    assert desk.state.answer.kind == "needs"
    assert desk.state.view == "order"


# --- an order that is not known here ---------------------------------------------------------------
def test_an_unknown_order_goes_out_from_the_bag_once_a_manager_allows_it(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open(pickup_code(48999))
    assert desk.said == "Chưa có ở máy này: đơn 48999"
    scan_all(desk)
    assert desk.marks() == ["ticked", "ticked"]
    assert desk.state.column.proof is not None
    assert desk.state.column.proof.line == "Đơn chưa có ở máy này, chỉ có mã của khách."

    desk.presenter.press_main()

    assert [one.need.reason for one in desk.led.asked] == ["pickup_unknown"]
    assert desk.said == "Đã giao đơn 48999"


def test_an_unknown_order_above_the_limit_says_why_it_waits(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open(pickup_code(48999, worth=2_500_000))
    assert (desk.said, desk.presenter.view) == ("Đơn lạ vượt 2.000.000đ", "list")


def test_a_ring_takes_goods_out_of_the_bag_again(counter: Counter) -> None:
    desk = pickup_desk(counter)
    desk.presenter.open(pickup_code(48999))
    scan_all(desk)
    desk.presenter.enter_row("2")
    assert desk.marks() == ["ticked"]
