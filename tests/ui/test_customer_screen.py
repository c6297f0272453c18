from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from pos_app.domain.codes import MemberCode, encode
from pos_app.domain.signing import signer
from pos_app.storage.keyring import KeyringStore
from tests.support import till_files
from tests.support.answering_central import AnsweringCentral
from tests.support.counter import FEED_SALE, feed_sale
from tests.support.on_the_spot import Later
from tests.support.sell_desk import SHOE, SellDesk, make_desk
from tests.support.till_files import HOA, ISSUING_SEED, TENANT
from ui.asking_central import on_the_spot
from ui.customer import phone_entry
from ui.customer.connect import connect
from ui.customer.presenter import CustomerPresenter
from ui.customer.screen import CustomerScreen
from ui.customer.state import CustomerScreenState
from ui.customer.ways import CustomerServices, CustomerWays
from ui.main_window import MainWindow
from ui.running import Run
from ui.widgets.button import Button
from ui.widgets.choices import CheckBox

KNOWN, NEW = "0901234567", "0912345678"
OTHER = "01a1f3d4-f500-7116-a393-000000000002"
MEMBER = ("loyalty",)


class CustomerDesk:
    """The presenter over a real till and its cart, with what it handed on."""

    def __init__(self, sell: SellDesk, ask_central: Run = on_the_spot) -> None:
        self.sell = sell
        self.handed: list[tuple[Any, ...]] = []
        ways = CustomerWays(
            attach=lambda card: self.handed.append(("attach", card.name)),
            detach=lambda: self.handed.append(("detach",)),
            back=lambda: self.handed.append(("back",)),
            pickup=lambda order: self.handed.append(("pickup", order)),
            goods_return=lambda receipt: self.handed.append(("return", receipt)),
            scan=lambda text: self.handed.append(("scan", text)),
            ask_central=ask_central,
        )
        keyring = KeyringStore(sell.counter.till.files)
        self.presenter = CustomerPresenter(CustomerServices(sell.services, keyring, sell.customers), ways)

    @property
    def state(self) -> CustomerScreenState:
        return self.presenter.state()

    @property
    def attached(self) -> str:
        card = self.sell.services.checkout.cart.customer
        return "" if card is None else card.id

    def typed(self, text: str) -> CustomerScreenState:
        self.presenter.typed(text)
        return self.state


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CustomerDesk]:
    made = CustomerDesk(make_desk(tmp_path / "till"))
    yield made
    made.sell.counter.till.files.dispose()


def two_share_a_phone(desk: CustomerDesk) -> None:
    other = till_files.customer(id=OTHER, name="Bình L.", cards=[], tier=None, birthday=None)
    desk.sell.counter.till.feed("customers", {OTHER: other})


def member_code(serial: int = 1234567890123456789) -> str:
    return encode(MemberCode(key_id=1, serial=serial, version=1), signer(ISSUING_SEED), TENANT)


# --- the number while it is typed -------------------------------------------------------------
@pytest.mark.parametrize(
    ("digits", "shown", "reason"),
    [
        ("", "", ""),
        ("0901", "0901", "Thiếu 6 số"),
        ("0901234", "0901 234", "Thiếu 3 số"),
        ("0901234567", "0901 234 567", ""),
        ("09012345678", "0901 234 5678", "Thừa 1 số"),
        ("0281234", "028 1234", "Thiếu 4 số"),
        ("01234567890", "0123 456 7890", ""),
        ("0012345678", "0012 345 678", "Chưa phải số điện thoại, kiểm lại từng số"),
        ("91", "91", "Số điện thoại bắt đầu bằng 0"),
    ],
)
def test_a_number_is_grouped_and_says_what_is_missing(digits: str, shown: str, reason: str) -> None:
    assert (phone_entry.grouped(digits), phone_entry.reason(digits)) == (shown, reason)


def test_signs_between_the_digits_do_not_matter(desk: CustomerDesk) -> None:
    assert desk.typed("0901.234-567").phone.text == "0901 234 567"


def test_what_is_missing_is_quiet_until_enter(desk: CustomerDesk) -> None:
    assert desk.typed("0901 234").phone.ink == "ink2"

    desk.presenter.enter()
    assert (desk.state.phone.reason, desk.state.phone.ink) == ("Thiếu 3 số", "stop")


def test_the_pad_types_and_takes_back(desk: CustomerDesk) -> None:
    for key in ("0", "9", "000", "back"):
        desk.presenter.press(key)

    assert desk.state.phone.text == "0900"


# --- found ------------------------------------------------------------------------------------
def test_a_whole_number_shows_the_card_and_what_is_theirs(desk: CustomerDesk) -> None:
    own = {
        "serial": "9",
        "code": "QX1X",
        "campaign": 7,
        "value": 50_000,
        "kind": "amount",
        "until": "2026-12-03",
    }
    till = desk.sell.counter.till
    till.feed("customers", {HOA: till_files.customer(vouchers=[own])})
    till.feed("sales", {FEED_SALE: feed_sale()})
    state = desk.typed(KNOWN)

    assert state.card is not None
    assert (state.card.name, state.card.tier, state.card.phone) == ("Hoa N.", "Vàng", "•••• ••• 567")
    assert (state.card.points, state.card.birthday) == ("400", "Sinh nhật thứ Sáu 20/11")
    rows = {
        section.name: [(row.title, row.figure, row.act) for row in section.rows] for section in state.sections
    }
    assert rows == {
        "orders": [("MN-48207", "", "pickup")],
        "vouchers": [("Chào bạn mới", "−50.000đ", "")],
        "receipts": [("LVS02-004812", "800.000", "return")],
    }
    assert state.sections[1].rows[0].line == "Dùng đến 03/12/2026"


def test_a_customer_without_receipts_is_told_as_such(desk: CustomerDesk) -> None:
    receipts = desk.typed(KNOWN).sections[-1]

    assert (receipts.rows, receipts.empty) == ((), "Chưa có hóa đơn nào ở máy này.")


def test_enter_attaches_and_hands_back(desk: CustomerDesk) -> None:
    desk.typed(KNOWN)
    desk.presenter.enter()

    assert (desk.attached, desk.handed) == (HOA, [("attach", "Hoa N.")])


def test_two_with_one_phone_are_a_choice_of_the_cashier(desk: CustomerDesk) -> None:
    two_share_a_phone(desk)
    state = desk.typed(KNOWN)
    assert [(one.name, one.points) for one in state.found] == [
        ("Hoa N.", "400 điểm"),
        ("Bình L.", "400 điểm"),
    ]
    assert (state.card, state.main_reason) == (None, "Hỏi tên rồi chọn đúng khách")

    desk.presenter.enter()
    assert desk.attached == ""

    desk.presenter.move(1)
    desk.presenter.move(1)
    desk.presenter.enter()
    assert desk.attached == OTHER


def test_rows_lead_to_pickup_and_return(desk: CustomerDesk) -> None:
    desk.presenter.act("pickup", "MN-48207")
    desk.presenter.act("return", "NT02-000001")

    assert desk.handed == [("pickup", "MN-48207"), ("return", "NT02-000001")]


def test_offline_the_age_of_the_data_is_told(desk: CustomerDesk) -> None:
    assert desk.typed(KNOWN).age == "Dữ liệu khách lúc 09:00"

    till = desk.sell.counter.till
    till.trusted.heard(till.clock.now())  # else three days ahead would wait for a person
    till.clock.pass_time(3 * 86_400)
    assert desk.state.age == "Dữ liệu khách cũ 3 ngày"


# --- on the cart ------------------------------------------------------------------------------
def test_f4_shows_who_is_on_the_cart_and_enter_keeps_them(desk: CustomerDesk) -> None:
    desk.sell.scan(KNOWN)
    desk.presenter.open()
    assert (desk.state.main, desk.state.main_key) == ("Bỏ khỏi đơn", "Del")

    desk.presenter.enter()
    assert (desk.attached, desk.handed) == (HOA, [("back",)])


def test_the_main_button_takes_who_is_attached_off_the_cart(desk: CustomerDesk) -> None:
    desk.sell.scan(SHOE, KNOWN)
    desk.presenter.open()
    desk.presenter.press_main()

    assert (desk.attached, desk.handed) == ("", [("detach",)])
    kept = desk.sell.counter.drafts.load_current()
    assert kept is not None
    assert kept["cart"].get("customer") is None


def test_another_customer_says_whom_they_replace(desk: CustomerDesk) -> None:
    two_share_a_phone(desk)
    desk.sell.services.checkout.attach(desk.sell.services.customers.view(HOA).card)
    desk.typed(KNOWN)
    desk.presenter.choose(OTHER)

    assert (desk.state.main, desk.state.hint) == ("Gắn vào đơn", "Thay cho Hoa N. đang ở trong đơn")


def test_cards_to_choose_from_are_shown_when_the_scan_found_two(desk: CustomerDesk) -> None:
    two_share_a_phone(desk)
    views = desk.sell.services.customers.by_phone(KNOWN)
    desk.presenter.open("+84901234567", tuple(view.card for view in views))

    assert (len(desk.state.found), desk.state.phone.text) == (2, "0901 234 567")


# --- scans ------------------------------------------------------------------------------------
def test_a_member_card_selects_its_customer(desk: CustomerDesk) -> None:
    desk.presenter.scan(member_code())

    assert desk.state.card is not None
    assert (desk.state.card.name, desk.attached) == ("Hoa N.", "")


def test_a_card_that_is_unknown_here_is_told_without_calling_it_invalid(desk: CustomerDesk) -> None:
    desk.presenter.scan(member_code(7))

    assert desk.state.page == "hint"
    assert desk.state.phone.reason
    assert "không hợp lệ" not in desk.state.phone.reason


def test_goods_and_broken_codes_are_for_the_cart(desk: CustomerDesk) -> None:
    broken = member_code()[:-1] + "A"
    for text in (SHOE, broken):
        desk.presenter.scan(text)

    assert desk.handed == [("scan", SHOE), ("scan", broken)]


# --- a new card -------------------------------------------------------------------------------
def test_an_unknown_mobile_opens_a_form_with_nothing_ticked(desk: CustomerDesk) -> None:
    state = desk.typed(NEW)

    assert (state.page, state.main) == ("new", "Tạo khách mới")
    assert state.new is not None
    assert [consent.name for consent in state.new.consents] == ["loyalty", "marketing", "e_invoice"]
    assert state.new.note.startswith("Dữ liệu khách lúc 09:00")


def test_a_fixed_line_makes_no_card(desk: CustomerDesk) -> None:
    state = desk.typed("02838221234")

    assert state.page == "hint"
    assert "di động" in state.phone.reason


def test_name_and_membership_are_asked_for_in_words(desk: CustomerDesk) -> None:
    desk.typed(NEW)
    desk.presenter.enter("  ", ("marketing",))

    new = desk.state.new
    assert new is not None
    assert new.name_reason == "Thiếu tên khách"
    assert "đồng ý" in new.consents[0].reason
    assert "customer_create" not in desk.sell.counter.kinds()


def test_a_new_card_is_recorded_with_the_consents_and_can_be_attached(desk: CustomerDesk) -> None:
    desk.typed(NEW)
    desk.presenter.enter("Trần Thị Bình", (*MEMBER, "marketing"))
    assert desk.state.card is not None
    assert (desk.state.card.name, desk.state.card.phone) == ("Bình T.", "•••• ••• 678")
    assert desk.state.done

    *_before, last = desk.sell.counter.till.journal.documents_since(1, 1)
    assert (last.kind, last.content["payload"]["purposes"]) == ("customer_create", ["loyalty", "marketing"])

    desk.presenter.enter()
    assert desk.handed == [("attach", "Bình T.")]


def test_too_many_new_cards_are_refused_below_the_name(desk: CustomerDesk) -> None:
    till = desk.sell.counter.till
    till.feed("policy", {"policy": {"day_end": 240, "new_customers_per_shift": 0}})
    desk.typed(NEW)
    desk.presenter.enter("Trần Thị Bình", MEMBER)

    assert desk.state.new is not None
    assert desk.state.new.name_reason


def test_the_phone_that_sell_did_not_know_opens_the_form(desk: CustomerDesk) -> None:
    desk.presenter.open("+84912345678")

    assert (desk.state.page, desk.state.phone.text) == ("new", "0912 345 678")


# --- the screen -------------------------------------------------------------------------------
@pytest.fixture
def window(qtbot: QtBot, desk: CustomerDesk) -> Iterator[MainWindow]:
    screen = CustomerScreen()
    connect(screen, desk.presenter)
    made = MainWindow([screen])
    made.resize(1366, 768)
    made.show_screen("customer")
    made.show()
    QTest.qWaitForWindowExposed(made)
    yield made
    made.allow_close()
    made.close()
    made.deleteLater()


def box_of(window: MainWindow) -> QLineEdit:
    box = window.page("customer").scan_box
    assert box is not None
    return box


def test_keys_type_a_known_phone_and_attach(window: MainWindow, desk: CustomerDesk) -> None:
    QTest.keyClicks(box_of(window), KNOWN)
    assert box_of(window).text() == "0901 234 567"

    QTest.keyClick(box_of(window), Qt.Key.Key_Return)
    assert desk.attached == HOA


def test_the_caret_stays_where_a_digit_is_mended(window: MainWindow, desk: CustomerDesk) -> None:
    box = box_of(window)
    QTest.keyClicks(box, "091234567")
    box.setCursorPosition(1)
    QTest.keyClicks(box, "90")

    assert (box.text(), box.cursorPosition()) == ("0909 123 4567", 3)


def test_a_new_customer_by_keyboard_alone(window: MainWindow, desk: CustomerDesk) -> None:
    QTest.keyClicks(box_of(window), NEW)
    name = window.findChild(QLineEdit, "nameInput")
    loyalty = window.findChild(CheckBox, "consent_loyalty")
    assert name is not None
    assert loyalty is not None
    assert name.hasFocus()
    QTest.keyClicks(name, "Tran Binh")
    QTest.keyClick(name, Qt.Key.Key_Tab)
    assert loyalty.hasFocus()
    QTest.keyClick(loyalty, Qt.Key.Key_Space)
    QTest.keyClick(name, Qt.Key.Key_Return)

    assert "customer_create" in desk.sell.counter.kinds()


def test_the_form_forgets_the_customer_before(window: MainWindow, desk: CustomerDesk) -> None:
    desk.presenter.typed(NEW)
    loyalty = window.findChild(CheckBox, "consent_loyalty")
    assert loyalty is not None
    loyalty.setChecked(True)
    desk.presenter.typed("")
    desk.presenter.typed("0912345679")

    assert not loyalty.isChecked()


def test_del_takes_the_customer_off_and_esc_leaves(window: MainWindow, desk: CustomerDesk) -> None:
    desk.sell.scan(KNOWN)
    desk.presenter.open()
    QTest.keyClick(box_of(window), Qt.Key.Key_Delete)
    QTest.keyClick(box_of(window), Qt.Key.Key_Escape)

    assert (desk.attached, desk.handed) == ("", [("detach",), ("back",)])


def test_a_press_on_a_waiting_order_opens_the_pickup(window: MainWindow, desk: CustomerDesk) -> None:
    desk.presenter.typed(KNOWN)
    button = window.findChild(Button, "pickup_MN-48207")
    assert button is not None
    button.click()

    assert desk.handed == [("pickup", "MN-48207")]


# --- who is not known here, with a connection --------------------------------------------------
LAN, LANS_PHONE, LANS_CARD = "01a1f3d4-f500-7116-a393-0000000000aa", "+84988777666", 77


@pytest.fixture
def central() -> AnsweringCentral:
    item = till_files.customer(name="Lan P.", balance=120, cards=[str(LANS_CARD)])
    answer = {"customers": [{**item, "id": LAN, "aliases": []}]}
    return AnsweringCentral({LANS_PHONE: answer, str(LANS_CARD): answer})


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def asking(tmp_path: Path, central: AnsweringCentral, later: Later) -> Iterator[CustomerDesk]:
    made = CustomerDesk(make_desk(tmp_path / "asking", central), later)
    yield made
    made.sell.counter.till.files.dispose()


def test_an_unknown_number_is_asked_about_and_found(asking: CustomerDesk, later: Later) -> None:
    state = asking.typed("0988777666")
    assert (state.page, state.main_reason) == ("asking", "Đang hỏi trung tâm…")

    later.finish()
    assert asking.state.page == "found"
    assert asking.state.card is not None
    assert (asking.state.card.name, asking.state.card.points) == ("Lan P.", "120")
    assert asking.state.done == "Trung tâm vừa cho biết: khách có thẻ lập ở nơi khác."


def test_who_was_found_at_central_is_attached_like_anybody(asking: CustomerDesk, later: Later) -> None:
    asking.typed("0988777666")
    later.finish()
    asking.presenter.enter()
    assert asking.attached == LAN
    asking.presenter.open()
    assert asking.state.card is not None


def test_a_member_card_of_elsewhere_is_asked_about(asking: CustomerDesk, later: Later) -> None:
    asking.presenter.scan(member_code(LANS_CARD))
    later.finish()
    assert asking.state.card is not None
    assert asking.state.card.name == "Lan P."


def test_who_is_nobody_at_central_either_gets_a_new_card(asking: CustomerDesk, later: Later) -> None:
    asking.typed(NEW)
    later.finish()
    assert asking.state.page == "new"
    assert asking.state.new is not None
    assert asking.state.new.note == "Trung tâm cũng chưa có số này."


def test_silence_of_central_is_told_in_calm(
    asking: CustomerDesk, later: Later, central: AnsweringCentral
) -> None:
    central.is_silent = True
    asking.typed(NEW)
    later.finish()
    assert asking.state.new is not None
    assert "lúc" in asking.state.new.note
    assert asking.state.phone.ink == "ink2"


def test_an_answer_for_another_number_changes_nothing(asking: CustomerDesk, later: Later) -> None:
    asking.typed("0988777666")
    asking.typed("0901")
    later.finish()
    assert (asking.state.page, asking.state.phone.text) == ("hint", "0901")


def test_enter_while_central_is_asked_waits(asking: CustomerDesk, later: Later) -> None:
    asking.typed("0988777666")
    asking.presenter.enter()
    assert asking.state.page == "asking"
    assert asking.handed == []


def test_a_member_card_scanned_into_the_cart_is_asked_about_too(
    asking: CustomerDesk, central: AnsweringCentral
) -> None:
    asking.sell.scan(member_code(LANS_CARD))
    assert central.asked == [("customer", str(LANS_CARD))]
    assert asking.attached == LAN
