from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos_app.services.return_draft import ReturnCompleted
from tests.support import till_files
from tests.support.sell_desk import JEANS, SHIRT, SHOE, SellDesk, make_desk
from tests.support.shots import closed, settle
from ui.main_window import MainWindow
from ui.pay.connect import connect as connect_pay
from ui.pay.presenter import PayPresenter
from ui.pay.screen import PayScreen
from ui.pay.ways import PayWays
from ui.sell.connect import connect
from ui.sell.screen import SellScreen
from ui.widgets.money import HeroMoney


class Counter:
    """The real window with sell and pay screen over a real till."""

    def __init__(self, desk: SellDesk) -> None:
        self.desk = desk
        self.sell, self.pay = SellScreen(), PayScreen()
        self.paying = PayPresenter()
        self.window = MainWindow((self.sell, self.pay))
        self.dialogs = connect(self.sell, desk.presenter)
        connect_pay(self.pay, self.paying)
        self.window.resize(1366, 768)
        self.window.show_screen("sell")
        self.window.show()
        self.window.activateWindow()
        settle()

    def scan(self, *codes: str) -> None:
        for code in codes:
            self.window.route_scan(code)
        settle()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.window.focusWidget() or self.window, key, modifier)
        settle()

    def type(self, text: str) -> None:
        QTest.keyClicks(self.window.focusWidget() or self.window, text)
        settle()

    def part(self, name: str) -> QWidget:
        found = [one for one in self.window.findChildren(QWidget, name) if one.isVisible()]
        assert found, f"nothing called {name} is to be seen"
        return found[-1]

    def sees(self, name: str) -> bool:
        return any(one.isVisible() for one in self.window.findChildren(QWidget, name))

    def to_pay(self) -> None:
        """What the composition root does with F9."""
        (payment,) = self.desk.handed["pay"][-1]
        ways = PayWays(self._paid, lambda: self.window.show_screen("sell") and None)
        self.paying.begin(payment, ways)
        self.window.show_screen("pay")
        settle()

    def _paid(self, completed: object) -> None:
        self.desk.presenter.paying.thank(completed)  # type: ignore[arg-type]
        self.window.show_screen("sell")


@pytest.fixture
def counter(tmp_path: Path, qapp: object) -> Iterator[Counter]:
    desk = make_desk(tmp_path / "till")
    made = Counter(desk)
    yield made
    closed(made.window)
    desk.counter.till.files.dispose()


def test_a_scan_paints_the_line_and_what_is_due_and_then_keeps_the_draft(counter: Counter) -> None:
    counter.scan(SHOE)
    due = counter.part("totalDue")

    assert isinstance(due, HeroMoney)
    assert due.text() == "500.000đ"
    assert counter.part("openLine").accessibleName().startswith("Giày cao gót")
    assert counter.desk.counter.drafts.load_current() is not None


def test_a_typed_count_belongs_to_the_scan_that_follows(counter: Counter) -> None:
    counter.type("3*")
    counter.scan(SHOE)

    assert counter.desk.state.lines[0].quantity == "3"
    assert counter.sell.scan_box is not None
    assert counter.sell.scan_box.text() == ""


def test_a_star_alone_asks_for_the_quantity_of_the_open_line(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.key(Qt.Key.Key_Asterisk)
    counter.type("5")
    counter.key(Qt.Key.Key_Return)

    assert counter.desk.state.lines[0].quantity == "5"
    assert counter.window.dialog() is None


def test_arrows_del_and_undo_work_from_the_empty_scan_box(counter: Counter) -> None:
    counter.scan(SHOE, JEANS)
    counter.key(Qt.Key.Key_Up)
    counter.key(Qt.Key.Key_Delete)
    assert [line.name for line in counter.desk.state.lines] == ["Quần JEAN đen"]

    counter.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(counter.desk.state.lines) == 2


def test_a_key_in_a_half_typed_code_stays_with_the_code(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.type("89")
    counter.key(Qt.Key.Key_Delete)

    assert len(counter.desk.state.lines) == 1


def test_only_one_line_is_open_and_it_lies_over_its_row(counter: Counter) -> None:
    counter.scan(SHIRT, SHOE)
    table = counter.sell.findChild(QWidget, "cartTable")
    lower = counter.part("openLine").geometry()
    counter.key(Qt.Key.Key_Up)
    upper = counter.part("openLine").geometry()

    assert table is not None
    assert (upper.top(), lower.top()) == (0, 64)
    assert upper.height() > lower.height()  # the shirt has a promotion to name


def test_why_opens_over_the_window_and_esc_closes_it(counter: Counter) -> None:
    counter.scan(SHIRT)
    QTest.mouseClick(counter.part("whyButton"), Qt.MouseButton.LeftButton)
    settle()
    assert counter.sees("whyDialog")

    counter.key(Qt.Key.Key_Escape)
    assert counter.window.dialog() is None


def test_a_discount_is_given_by_keyboard_and_touch(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.key(Qt.Key.Key_F5)
    counter.type("10")
    reason = counter.part("discountReason")
    reason._take("display")  # type: ignore[attr-defined]  # the menu is a popup of the platform
    counter.key(Qt.Key.Key_Return)

    assert counter.desk.state.total == 450_000


def test_f6_holds_and_on_an_empty_screen_opens_the_list(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.key(Qt.Key.Key_F6)
    assert counter.sees("emptyCart")

    counter.key(Qt.Key.Key_F6)
    assert counter.sees("heldDialog")
    counter.key(Qt.Key.Key_Return)
    assert counter.desk.state.total == 500_000


def test_a_name_typed_before_f6_is_the_label_and_the_list_shows_the_age(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.type("chi Hanh")
    counter.key(Qt.Key.Key_F6)
    assert counter.sell.scan_box is not None
    assert counter.sell.scan_box.text() == ""

    counter.desk.counter.till.clock.pass_time(25 * 60)
    counter.key(Qt.Key.Key_F6)
    (row,) = counter.desk.presenter.held.rows()
    assert counter.sees("heldDialog")
    assert (row.title, row.line.split(" · ")[-1], row.total) == ("chi Hanh", "25 phút", "500.000")


def test_a_recalled_cart_is_priced_anew_and_says_so(counter: Counter) -> None:
    counter.scan(SHIRT)
    assert counter.desk.state.total == 450_000
    counter.key(Qt.Key.Key_F6)
    counter.desk.counter.till.feed("catalogue", {"promotion/KM1": None})
    counter.key(Qt.Key.Key_F6)
    counter.key(Qt.Key.Key_Return)

    assert counter.desk.state.total == 500_000
    assert counter.desk.state.answer.line == "Giá được tính lại theo hôm nay."


def test_f6_while_points_are_taken_holds_nothing_and_says_the_way_on(counter: Counter) -> None:
    counter.scan(SHOE, "0901234567")
    counter.key(Qt.Key.Key_F9)
    counter.to_pay()
    counter.key(Qt.Key.Key_Down)
    counter.type("100")
    counter.key(Qt.Key.Key_Return)
    counter.key(Qt.Key.Key_F6)

    answer = counter.paying.state().answer
    assert answer is not None
    assert answer.title == "Đã nhận tiền, không treo được đơn"
    assert counter.window.current() is counter.pay
    assert counter.desk.services.held.count == 0


# --- store credit -----------------------------------------------------------------------------
def credit(counter: Counter, amount: int) -> ReturnCompleted:
    """A sale by card has come back: its paper is store credit."""
    made = counter.desk.counter
    sold = made.till.sell([till_files.line(1, amount)], tenders=[{"no": 1, "kind": "card", "amount": amount}])
    draft = made.refunds.open(sold.doc_id)
    draft.choose(1, 1000)
    draft.reason(1, "wrong_size")
    return draft.complete()


def to_store_credit(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.key(Qt.Key.Key_F9)
    counter.to_pay()
    QTest.mouseClick(counter.part("tender_store_credit"), Qt.MouseButton.LeftButton)
    settle()


def test_the_paper_is_scanned_where_the_pay_screen_asks_for_it(counter: Counter) -> None:
    back = credit(counter, 800_000)
    to_store_credit(counter)
    assert counter.sees("creditPanel")

    counter.scan(str(back.credit_code))
    assert not counter.sees("creditPanel")
    assert counter.sees("taken_0")
    counter.key(Qt.Key.Key_Return)
    assert counter.desk.counter.kinds()[-1] == "sale"


def test_enter_after_a_typed_number_takes_the_paper_and_completes_nothing(counter: Counter) -> None:
    back = credit(counter, 500_000)
    to_store_credit(counter)
    counter.type(str(back.recorded.receipt_no))
    counter.key(Qt.Key.Key_Return)

    assert counter.paying.state().due == 0
    assert counter.desk.counter.kinds()[-1] == "return"
    counter.key(Qt.Key.Key_Return)
    assert counter.desk.counter.kinds()[-1] == "sale"


def test_the_number_can_be_typed_on_the_pad_alone(counter: Counter) -> None:
    back = credit(counter, 389_000)
    to_store_credit(counter)
    for digit in str(back.recorded.receipt_no).split("-")[1].lstrip("0"):
        QTest.mouseClick(counter.part(f"pad_{digit}"), Qt.MouseButton.LeftButton)
    QTest.mouseClick(counter.part("useCreditButton"), Qt.MouseButton.LeftButton)
    settle()
    assert counter.paying.state().due == 111_000

    counter.type("120000")  # digits are an amount again
    assert counter.paying.state().figure.amount == 9_000


def test_a_paper_given_back_makes_the_whole_due_again(counter: Counter) -> None:
    back = credit(counter, 389_000)
    to_store_credit(counter)
    counter.scan(str(back.credit_code))
    QTest.mouseClick(counter.part("giveBack_1"), Qt.MouseButton.LeftButton)
    settle()

    assert counter.paying.state().due == 500_000


def test_arrows_reach_store_credit_and_esc_leaves_paying(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.key(Qt.Key.Key_F9)
    counter.to_pay()
    counter.key(Qt.Key.Key_Down)
    assert counter.sees("creditPanel")
    counter.key(Qt.Key.Key_Up)
    assert not counter.sees("creditPanel")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Escape)
    assert counter.window.current() is counter.sell


def test_a_paper_scanned_while_selling_leads_to_paying_with_it(counter: Counter) -> None:
    back = credit(counter, 389_000)
    counter.scan(SHOE, str(back.credit_code))
    answer = counter.desk.state.answer
    assert (answer.title, answer.line) == ("Phiếu hoàn tiền còn 389.000đ", "Dùng khi thanh toán.")
    QTest.mouseClick(counter.part("toastAction"), Qt.MouseButton.LeftButton)
    counter.to_pay()

    assert counter.paying.state().due == 111_000


def test_a_whole_sale_by_keyboard_shows_the_change_until_the_next_scan(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.key(Qt.Key.Key_F9)
    counter.to_pay()
    counter.type("537000")
    change = counter.part("changeDue")
    assert isinstance(change, HeroMoney)
    assert change.amount() == 37_000

    counter.key(Qt.Key.Key_Return)
    change = counter.part("changeDue")
    assert isinstance(change, HeroMoney)
    assert (change.amount(), counter.sees("emptyCart")) == (37_000, True)

    counter.scan(JEANS)
    assert not counter.sees("changeDue")


def test_f10_sells_for_exact_cash_without_another_screen(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.key(Qt.Key.Key_F10)

    assert counter.desk.counter.kinds()[-1] == "sale"
    assert counter.sees("thanks")


def test_cash_already_on_the_counter_is_given_back_by_name_before_paying_is_left(counter: Counter) -> None:
    counter.scan(SHOE, "0901234567")
    counter.key(Qt.Key.Key_F9)
    counter.to_pay()
    counter.type("300000")
    counter.key(Qt.Key.Key_Down)
    counter.key(Qt.Key.Key_Escape)

    assert counter.sees("question")
    counter.key(Qt.Key.Key_F9)
    assert counter.window.current() is counter.sell


def test_throwing_the_cart_away_is_asked_first(counter: Counter) -> None:
    counter.scan(SHOE)
    counter.dialogs.act("discard")
    settle()
    assert counter.desk.state.total == 500_000

    counter.key(Qt.Key.Key_F9)
    assert counter.desk.state.is_empty
