from __future__ import annotations

from datetime import date

from pos_app.domain.codes import ReceiptCode, day_of, encode
from pos_app.domain.signing import signer
from tests.support import till_files
from tests.support.counter import OTHER_SEED, Counter, feed_sale, other_till
from tests.support.desks import ReturnDesk, return_desk
from ui.returns.state import ReturnRow

FIRST, THIRD = "8930000000019", "8930000000033"


def opened(counter: Counter, *lines: dict[str, object], **payload: object) -> ReturnDesk:
    sold = counter.till.sell(list(lines) or None, **payload)
    desk = return_desk(counter)
    desk.presenter.open(str(sold.receipt_no))
    return desk


def row(desk: ReturnDesk, at: int = 0) -> ReturnRow:
    return desk.state.rows[at]


def chosen(desk: ReturnDesk, reason: str = "wrong_size") -> ReturnDesk:
    desk.presenter.toggle("1")
    desk.presenter.set_reason("1", reason)
    return desk


# --- finding ----------------------------------------------------------------------------------
def test_f7_without_a_receipt_says_what_to_scan(counter: Counter) -> None:
    desk = return_desk(counter)
    desk.presenter.begin()

    assert desk.state.view == "entry"
    assert desk.state.column.main_reason == "Quét hóa đơn trước"


def test_a_scanned_receipt_is_called_genuine_and_says_where_it_was_sold(counter: Counter) -> None:
    sold = counter.till.sell()
    desk = return_desk(counter)
    desk.presenter.scan(str(sold.code_text))

    answer = desk.state.answer
    assert (answer.kind, answer.title) == ("accepted", "Hóa đơn thật")
    assert answer.line == "Bán tại Cửa hàng 12, trả được ở đây"
    assert desk.state.title == f"Trả hàng · {sold.receipt_no}"


def test_a_typed_number_is_not_called_genuine(counter: Counter) -> None:
    assert opened(counter).said.startswith("Đã tìm thấy hóa đơn")


def test_a_receipt_that_is_not_here_is_unknown_and_offers_to_fetch(counter: Counter) -> None:
    desk = return_desk(counter)
    desk.presenter.scan("NT02-009999")

    answer = desk.state.answer
    assert (answer.kind, answer.title) == ("unknown", "Chưa có hóa đơn này ở máy")
    assert answer.action is not None
    desk.presenter.act(answer.action.name)
    assert desk.led.names == ["fetch"]


def test_a_receipt_that_is_opened_again_has_what_was_chosen(counter: Counter) -> None:
    desk = chosen(opened(counter))
    number = desk.state.title.removeprefix("Trả hàng · ")
    desk.presenter.close()
    assert desk.state.view == "entry"
    desk.presenter.open(number)
    assert row(desk).is_chosen
    desk.presenter.press_main()
    assert desk.state.view == "done"


def test_the_same_receipt_scanned_twice_stays_open(counter: Counter) -> None:
    desk = chosen(opened(counter))
    desk.presenter.open(desk.state.title.removeprefix("Trả hàng · "))
    assert row(desk).is_chosen
    desk.presenter.press_main()
    assert desk.state.view == "done"


# --- lines ------------------------------------------------------------------------------------
def test_each_line_says_until_when_or_why_not(counter: Counter) -> None:
    desk = opened(
        counter,
        till_files.line(1),
        till_files.line(2, return_until="2026-11-14"),
        till_files.line(3, return_until="2026-11-10"),
        till_files.line(4, return_until=None, no_return="clearance"),
    )

    said = [(one.second[0].text, one.second[0].ink, one.may_choose, one.defect) for one in desk.state.rows]
    assert said == [
        ("Trả được đến 29/11", "ok", True, False),
        ("Hôm nay là ngày cuối", "need", True, False),
        ("Hết hạn trả ngày 10/11", "stop", False, True),
        ("Không trả được: hàng thanh lý", "stop", False, True),
    ]


def test_condition_and_reason_open_only_on_chosen_lines(counter: Counter) -> None:
    desk = opened(counter)
    assert (row(desk).is_chosen, row(desk).quantity) == (False, "0 / 1")
    desk.presenter.toggle("1")
    assert (row(desk).is_chosen, row(desk).quantity, row(desk).condition) == (True, "1 / 1", "resell")
    desk.presenter.toggle("1")
    assert not row(desk).is_chosen


def test_the_quantity_goes_up_and_down_within_what_is_left(counter: Counter) -> None:
    desk = opened(counter, till_files.line(1, amount=1_500_000, quantity=3000))
    desk.presenter.toggle("1")
    assert (row(desk).count, row(desk).may_more) == ("3", False)
    desk.presenter.step_quantity("1", -1)
    assert (row(desk).quantity, row(desk).amount) == ("2 / 3", "1.000.000")


def test_faulty_goods_are_the_way_on_for_lines_that_may_not_come_back(counter: Counter) -> None:
    desk = opened(counter, till_files.line(1, return_until="2026-11-10"))
    desk.presenter.press_defect("1")

    assert (row(desk).is_chosen, row(desk).condition, row(desk).reason) == (True, "damaged", "faulty")
    assert row(desk).second[0].text == "Hàng lỗi, nhận ngoài hạn"


def test_scanning_goods_of_the_receipt_chooses_them(counter: Counter) -> None:
    desk = opened(counter, till_files.line(1, amount=1_000_000, quantity=2000))
    desk.presenter.scan(FIRST)

    assert row(desk).quantity == "1 / 2"


def test_scanning_new_goods_says_that_an_exchange_is_not_built(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.scan(THIRD)

    assert desk.said == "Đổi hàng chưa có ở bản này"
    assert desk.state.answer.line == "Hoàn tiền món cũ trước, rồi bán món mới thành đơn riêng."


# --- money ------------------------------------------------------------------------------------
def test_the_refund_is_split_by_how_it_was_paid_with_caps(counter: Counter) -> None:
    tenders = [
        {"no": 1, "kind": "transfer", "amount": 300_000, "reference": "T", "state": "confirmed"},
        {"no": 2, "kind": "cash", "amount": 200_000, "tendered": 200_000, "change": 0},
    ]
    desk = chosen(opened(counter, tenders=tenders))

    rows = [(one.name, one.cap, one.amount) for one in desk.state.column.tenders]
    assert rows == [
        ("Phiếu hoàn tiền", "thay chuyển khoản 300.000", "300.000"),
        ("Tiền mặt", "tối đa 200.000", "200.000"),
    ]
    assert desk.state.column.amount == 500_000
    assert [note.title for note in desk.state.column.notes] == ["Phiếu hoàn tiền"]


def test_the_reason_is_missed_before_the_press(counter: Counter) -> None:
    desk = opened(counter)
    assert desk.state.column.main_reason == "Chọn món khách trả"
    desk.presenter.toggle("1")
    assert desk.state.column.main_reason == "Chọn lý do trả"
    desk.presenter.set_reason("1", "changed_mind")
    assert desk.state.column.main_reason == ""


def test_cash_within_the_limit_goes_back_at_once_with_its_notes(counter: Counter) -> None:
    desk = chosen(opened(counter))
    desk.presenter.press_main()

    assert counter.kinds()[-1] == "return"
    assert desk.led.names == ["returned"]
    done = desk.state.done
    assert done is not None
    assert (done.cash, done.notes, done.title) == (500_000, "500k", "Đưa khách tiền mặt")


def test_need_of_approval_is_told_before_the_press_and_asked_with_all_facts(counter: Counter) -> None:
    desk = chosen(opened(counter, till_files.line(1, amount=903_000)))
    assert [note.title for note in desk.state.column.notes] == ["Cần quản lý duyệt"]
    desk.presenter.press_main()

    request = desk.led.asked[0]
    assert (request.title, request.amount) == ("Quản lý duyệt hoàn tiền", 903_000)
    assert request.parts == (("Tiền mặt", "903.000"),)
    assert request.lines[0].second == "Bán lại được · không vừa size"
    assert request.facts[0] == "Vượt mức hoàn tiền mặt <b>500.000đ</b> của thu ngân."
    assert desk.state.view == "done"


def test_a_refusal_of_the_second_person_changes_nothing(counter: Counter) -> None:
    desk = chosen(opened(counter, till_files.line(1, amount=903_000)))
    desk.led.allows = False
    desk.presenter.press_main()

    assert (desk.said, desk.state.view) == ("Chưa được duyệt", "lines")
    assert counter.kinds()[-1] == "sale"


def test_the_second_person_reads_what_went_back_in_the_shift(counter: Counter) -> None:
    chosen(opened(counter)).presenter.press_main()
    desk = chosen(opened(counter, till_files.line(1, amount=903_000)))
    desk.presenter.press_main()

    assert desk.led.asked[0].facts[-1] == "Ca của Lan đã hoàn 1 lần, 500.000đ."


def test_store_credit_says_that_its_code_is_on_the_paper(counter: Counter) -> None:
    desk = chosen(opened(counter))
    desk.presenter.set_method("store_credit")
    assert desk.state.column.tenders[0].name == "Phiếu hoàn tiền"
    desk.presenter.press_main()

    done = desk.state.done
    assert done is not None
    assert (done.cash, done.title) == (0, "Đưa khách phiếu hoàn tiền")
    assert "Mã phiếu nằm trên biên nhận" in done.line


def test_cash_above_the_hard_limit_names_the_way_on(counter: Counter) -> None:
    desk = chosen(opened(counter, till_files.line(1, amount=2_500_000)))

    assert desk.state.column.main_reason == "Hoàn tiền mặt tối đa 2.000.000đ"
    assert desk.state.column.notes[0].line == "Phần còn lại dùng phiếu hoàn tiền."


def test_points_that_were_earned_are_taken_back(counter: Counter) -> None:
    counter.till.feed("tills", {"other": other_till()})
    counter.till.feed("sales", {till_files.TILL: feed_sale()})
    desk = return_desk(counter)
    desk.presenter.open("LVS02-004812")
    chosen(desk)

    assert [label for label, _value in desk.state.column.points] == ["Thu hồi điểm đã tích"]
    assert "Hoa N." in desk.state.line


# --- coming and going -------------------------------------------------------------------------
def test_esc_keeps_what_was_chosen(counter: Counter) -> None:
    desk = chosen(opened(counter))
    number = desk.state.title.removeprefix("Trả hàng · ")
    desk.presenter.close()
    assert desk.state.view == "entry"
    desk.presenter.open(number)
    assert row(desk).reason == "wrong_size"


def test_esc_on_the_entry_page_goes_back_to_selling(counter: Counter) -> None:
    desk = return_desk(counter)
    desk.presenter.begin()
    desk.presenter.close()

    assert desk.led.names == ["sell"]


def test_goods_scanned_after_a_return_go_to_the_sell_screen(counter: Counter) -> None:
    desk = chosen(opened(counter))
    desk.presenter.press_main()
    desk.presenter.scan(THIRD)

    assert desk.led.went[-1] == ("scan", THIRD)


def test_a_voucher_waits_while_goods_are_chosen(counter: Counter) -> None:
    desk = chosen(opened(counter))
    desk.presenter.scan("0901234567")

    assert (desk.said, desk.state.view) == ("Đang trả hàng", "lines")


def test_scanning_goods_past_their_last_day_offers_the_way_of_faulty_goods(counter: Counter) -> None:
    desk = opened(counter, till_files.line(1, return_until="2026-11-10"))
    desk.presenter.scan(FIRST)
    action = desk.state.answer.action
    assert action is not None
    assert action.label == "Hàng lỗi?"
    desk.presenter.act(action.name)
    assert row(desk).is_chosen


def test_an_action_of_another_screen_leads_there(counter: Counter) -> None:
    desk = opened(counter)
    desk.presenter.act("shift")

    assert desk.led.went == [("other", "shift")]


# --- lines from the paper -------------------------------------------------------------------------
def test_a_genuine_receipt_unknown_here_is_entered_from_its_paper(counter: Counter) -> None:
    counter.till.feed("tills", {"other": other_till()})
    body = ReceiptCode(
        store=13, till_number=2, epoch=1, seq=77, day=day_of(date(2026, 11, 10)), total=800_000, lines=2,
        hash10="ab" * 10,
    )  # fmt: skip
    desk = return_desk(counter)

    desk.presenter.scan(encode(body, signer(OTHER_SEED), till_files.TENANT))
    assert (desk.said, desk.state.title) == ("Hóa đơn thật, chưa có ở máy", "Trả hàng theo hóa đơn giấy")
    desk.presenter.scan(FIRST)
    assert desk.said == "Gõ số tiền trên hóa đơn"
    desk.presenter.scan("900000")
    assert desk.said == "Món này nhiều nhất 500.000đ"
    desk.presenter.scan("450000")
    assert desk.state.column.main_reason == "Chọn lý do trả"
    desk.presenter.set_reason("1", "wrong_size")
    assert (desk.state.column.main_reason, desk.state.column.amount) == ("", 450_000)
    assert desk.state.column.methods == ()

    desk.presenter.press_main()
    assert desk.said == "Đã nhận lại hàng"
