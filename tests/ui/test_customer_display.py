"""What the customer sees follows the cashier, a turn of the loop later, and names nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.customer_display.cart_area import CartArea, two_rows
from ui.customer_display.place import DisplayPlace, later
from ui.customer_display.presenter import DisplayFacts, DisplayPresenter
from ui.customer_display.screen import SIZE, CustomerDisplay
from ui.customer_display.state import DisplayFigure, DisplayLine, DisplayQr, DisplayState, DisplaySum, Mode
from ui.goods import Face
from ui.pay.state import FigureState, PayState, TakenState
from ui.pickup.state import LineRow, OrderState, PickupState
from ui.sell.state import CustomerState, LineState, SellState, ThanksState

HOA = CustomerState(
    name="Trần Thị Hoa",
    phone="•••• ••• 567",
    tier="Vàng",
    tier_dot="tier-gold",
    points="1.240",
)


def line(no: int, name: str = "Giày cao gót", was: str = "") -> LineState:
    return LineState(no, Face("#8A5A3B", "37"), name, (), "1", "495.000", "495.000", was)


CART = SellState(
    lines=(line(1), line(2, "Túi", "399.000")),
    current=2,
    heading="2 dòng · 2 món",
    customer=HOA,
    sums=(("Tổng tiền hàng", "1.069.000"), ("Giảm giá", "−79.800"), ("Tích điểm", "+98")),
    total=990_000,
    earns=98,
)
PAYING = PayState(
    title="Thanh toán",
    note="Trần Thị Hoa · 2 món",
    due=890_000,
    sums=CART.sums[:2],
    taken=(
        TakenState(1, "star", "Đã trả bằng điểm", "200 điểm", "100.000"),
        TakenState(2, "receipt", "Đã trả bằng phiếu hoàn tiền", "NT02-000077", "50.000"),
    ),
    earned_label="Trần Thị Hoa được tích",
    earns=88,
)
THANKS = ThanksState("Hóa đơn NT02-000012", "990.000đ", 10_000, "10k", "+98 điểm cho khách", 98)


@dataclass
class Counter:
    """The cashier's side: states in, states of the display out, one per turn of the loop."""

    is_online: bool = True
    waiting: list[Callable[[], None]] = field(default_factory=list)
    seen: list[DisplayState] = field(default_factory=list)

    def __post_init__(self) -> None:
        facts = DisplayFacts(lambda: ("Mộc Lan", "Giày & Túi · Nguyễn Trãi"), lambda: self.is_online)
        self.display = DisplayPresenter(facts, self.waiting.append)
        self.display.shown_by(self.seen.append)
        self.turn()

    def turn(self) -> None:
        """The loop goes round."""
        waiting, self.waiting[:] = list(self.waiting), []
        for work in waiting:
            work()

    @property
    def state(self) -> DisplayState:
        self.turn()
        return self.seen[-1]


@pytest.fixture
def counter() -> Counter:
    return Counter()


def test_nothing_in_the_cart_shows_the_shop(counter: Counter) -> None:
    assert (counter.state.mode, counter.state.shop) == ("idle", "Mộc Lan")
    assert counter.state.place == "Giày & Túi · Nguyễn Trãi"


def test_the_lines_stand_in_the_cashiers_order(counter: Counter) -> None:
    counter.display.sell_shown(CART)
    assert counter.state.mode == "cart"
    assert counter.state.lines == (
        DisplayLine("1", Face("#8A5A3B", "37"), "Giày cao gót", "1", "495.000"),
        DisplayLine("2", Face("#8A5A3B", "37"), "Túi", "1", "495.000", "399.000"),
    )
    assert counter.state.figures == (DisplayFigure("Tổng cộng", 990_000, "2 dòng · 2 món"),)
    assert counter.state.sums == (
        DisplaySum("Tổng tiền hàng", "1.069.000"),
        DisplaySum("Được giảm", "−79.800", "ok"),
    )


def test_a_scan_waits_for_nothing_here(counter: Counter) -> None:
    before = len(counter.seen)
    for _scan in range(50):
        counter.display.sell_shown(CART)
    assert len(counter.seen) == before
    assert len(counter.waiting) == 1
    counter.turn()
    assert len(counter.seen) == before + 1


def test_no_display_no_work(counter: Counter) -> None:
    counter.display.shown_by(None)
    counter.display.sell_shown(CART)
    assert counter.waiting == []


def test_the_owner_of_the_points_is_masked(counter: Counter) -> None:
    counter.display.sell_shown(CART)
    owner = counter.state.owner
    assert owner is not None
    assert (owner.phone, owner.tier, owner.earning) == ("•••• ••• 567", "Vàng", "Được tích 98 điểm")


@pytest.mark.parametrize("screen", ["sell", "pay"])
def test_no_name_of_a_customer_is_ever_shown(counter: Counter, screen: str) -> None:
    counter.display.sell_shown(CART)
    counter.display.pay_shown(PAYING)
    counter.display.screen_shown(screen)
    assert "Hoa" not in repr(counter.state)
    counter.display.sell_shown(SellState(thanks=THANKS))
    assert "Hoa" not in repr(counter.state)


def test_paying_shows_what_is_still_due(counter: Counter) -> None:
    counter.display.sell_shown(CART)
    counter.display.screen_shown("pay")
    counter.display.pay_shown(PAYING)
    assert counter.state.mode == "pay"
    assert counter.state.figures == (DisplayFigure("Còn phải trả", 890_000),)
    assert [one.label for one in counter.state.sums[2:]] == [
        "Đã trả bằng điểm · 200 điểm",
        "Đã trả bằng phiếu hoàn tiền",
    ]


def test_change_and_what_is_short_have_their_own_figure(counter: Counter) -> None:
    counter.display.screen_shown("pay")
    change = FigureState("change", "Tiền thừa trả khách", 110_000, "100k + 10k")
    counter.display.pay_shown(replace(PAYING, figure=change))
    assert counter.state.figures[1] == DisplayFigure("Tiền thừa", 110_000, "100k + 10k", "ok")
    counter.display.pay_shown(replace(PAYING, figure=FigureState("short", "Còn thiếu", 90_000)))
    assert counter.state.figures[1] == DisplayFigure("Còn thiếu", 90_000, "", "need")


def test_the_rest_of_an_order_is_not_paid_under_anothers_cart(counter: Counter) -> None:
    counter.display.sell_shown(CART)
    row = LineRow("1", Face(), "Sandal", "Nâu · size 36", "B2", "1", "425.000")
    counter.display.pickup_shown(PickupState("order", order=OrderState("MN-48207", "", (), "", (row,))))
    counter.display.screen_shown("pay")
    counter.display.pay_shown(replace(PAYING, is_sale=False))
    assert [one.name for one in counter.state.lines] == ["Sandal"]
    assert counter.state.owner is None


def test_an_order_shows_its_goods_while_they_are_handed_over(counter: Counter) -> None:
    row = LineRow("1", Face(), "Sandal", "Nâu · size 36", "B2", "1", "425.000")
    counter.display.pickup_shown(PickupState("order", order=OrderState("MN-48207", "Hoa", (), "", (row,))))
    counter.display.screen_shown("pickup")
    assert (counter.state.title, len(counter.state.lines)) == ("Hàng quý khách đặt", 1)
    assert "Hoa" not in repr(counter.state)
    counter.display.pickup_shown(PickupState("done"))
    assert (counter.state.mode, counter.state.title_line) == ("thanks", "Đã giao hàng")


def test_a_code_to_pay_with_goes_when_paying_ends(counter: Counter) -> None:
    code = DisplayQr("000201", 990_000, "ML02 7K4Q9XTA", "Đang chờ ngân hàng")
    counter.display.screen_shown("pay")
    counter.display.qr_shown(code)
    assert counter.state.qr == code
    counter.display.screen_shown("sell")
    counter.display.screen_shown("pay")
    assert counter.state.qr is None


def test_thanks_name_the_change_and_the_points(counter: Counter) -> None:
    counter.display.sell_shown(SellState(thanks=THANKS))
    state = counter.state
    assert (state.mode, state.title) == ("thanks", "Cảm ơn quý khách")
    assert state.figures == (DisplayFigure("Tiền thừa", 10_000, "10k", "ok"),)
    assert state.points == "Quý khách được tích 98 điểm"
    assert state.note == ""


def test_points_earned_offline_say_when_they_will_show(counter: Counter) -> None:
    counter.is_online = False
    counter.display.sell_shown(SellState(thanks=THANKS))
    assert counter.state.note == "Điểm đã ghi, sẽ hiện khi có mạng"
    counter.display.sell_shown(SellState(thanks=replace(THANKS, points="", earned=0)))
    assert counter.state.note == ""


# --- the window -------------------------------------------------------------------------------
def test_a_long_name_takes_two_rows_and_no_more(qapp: QApplication) -> None:
    name = "Giày búp bê da mềm nơ đính đá, đế cao su chống trượt"
    rows = two_rows(name, 360)
    assert " ".join(rows) == name
    assert len(rows) == 2
    assert len(two_rows(name * 3, 360)) == 2
    assert two_rows("Túi", 360) == ("Túi",)


def test_older_lines_are_counted_when_room_ends(qtbot: QtBot) -> None:
    area = CartArea()
    qtbot.addWidget(area)
    area.resize(564, 410)
    lines = tuple(DisplayLine(str(no), Face(), f"Món {no}", "1", "1.000") for no in range(40))
    area.show_lines(lines[:7])
    assert area.earlier() == 0
    area.show_lines(lines)
    assert area.earlier() == 34


def test_it_opens_where_there_is_one_screen_only_when_asked(qtbot: QtBot, qapp: QApplication) -> None:
    till = QWidget()
    qtbot.addWidget(till)
    till.show()
    presenter = DisplayPresenter(DisplayFacts(lambda: ("Mộc Lan", ""), lambda: True), later)
    for wanted, opens in ((None, False), (False, False), (True, True)):
        place = DisplayPlace(qapp, till, presenter, wanted)
        place.start()
        assert (place.window is not None) is opens
        assert bool(place.size_words()) is opens
        place.stop()
        assert place.window is None


def test_it_shows_the_newest_state_once_the_loop_has_turned(qtbot: QtBot, qapp: QApplication) -> None:
    till = QWidget()
    qtbot.addWidget(till)
    presenter = DisplayPresenter(DisplayFacts(lambda: ("Mộc Lan", ""), lambda: True), later)
    place = DisplayPlace(qapp, till, presenter, True)
    place.start()
    window = place.window
    assert window is not None
    presenter.sell_shown(CART)
    area = window.findChild(CartArea)
    assert area is not None
    assert not area.accessibleName()
    qtbot.waitUntil(lambda: bool(area.accessibleName()))
    assert area.accessibleName() == "Giày cao gót, 1, 495.000. Túi, 1, 495.000"
    place.stop()


@pytest.mark.parametrize("mode", ["idle", "cart", "pay", "thanks"])
def test_every_mode_has_room_on_the_small_panel(qtbot: QtBot, mode: Mode) -> None:
    window = CustomerDisplay()
    qtbot.addWidget(window)
    figures = (DisplayFigure("Còn phải trả", 1_661_000), DisplayFigure("Tiền thừa", 339_000, "200k", "ok"))
    window.show_state(DisplayState(mode=mode, title="Cảm ơn", figures=figures, note="Chờ"))
    least = window.minimumSizeHint()
    window.allow_close()
    assert least.width() <= SIZE.width()
    assert least.height() <= SIZE.height()


def test_the_customers_window_takes_no_focus_and_stays(qtbot: QtBot) -> None:
    window = CustomerDisplay()
    qtbot.addWidget(window)
    window.resize(SIZE)
    window.show()
    assert not window.close()
    assert window.isVisible()
    window.allow_close()
    assert window.close()
