"""The parts do what the look says."""

from __future__ import annotations

import sys
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.shots import settle
from ui import icons, painting, theme
from ui.answers import Answer, AnswerAction
from ui.widgets.answer_box import AnswerBox
from ui.widgets.button import Button
from ui.widgets.choices import Choice, FilterTabs, ReasonChoice, Segmented
from ui.widgets.frames import (
    DecisionColumn,
    SumRow,
    SumRows,
    even_widths,
    hint_line,
    main_button,
    second_button,
)
from ui.widgets.money import HeroMoney
from ui.widgets.pads import NumericPad, PinDots, PinPad
from ui.widgets.qr_view import QrView
from ui.widgets.state_strip import StateStrip
from ui.widgets.strip_state import StripState
from ui.widgets.text import RichText, Text

FULL = {
    "shop": "Mộc Lan Nguyễn Trãi",
    "till": "Quầy 2",
    "person": "Lan",
    "initials": "LA",
    "shift": "Ca 3",
    "clock": "14:32",
}


# --- state strip
def strip(qtbot: QtBot, width: int, state: StripState) -> StateStrip:
    made = StateStrip()
    qtbot.addWidget(made)
    made.resize(width, 48)
    made.show_state(state)
    made.show()
    settle()
    return made


def shown(made: StateStrip) -> str:
    names = [part.accessibleName() for part in made.findChildren(QWidget) if part.isVisible()]
    return " | ".join(name for name in names if name)


def test_strip_online_says_connected_and_no_ages(qtbot: QtBot) -> None:
    words = shown(strip(qtbot, 1366, StripState(ages=(("Giá", "06:10"),), **FULL)))
    assert "Đã kết nối" in words
    assert "06:10" not in words


def test_strip_offline_says_since_when_what_works_and_the_ages(qtbot: QtBot) -> None:
    state = StripState(
        link="offline", since="13:47", works=("bán", "trả hàng"), ages=(("Giá", "06:10"),), waiting=14, **FULL
    )
    words = shown(strip(qtbot, 1366, state))
    for part in ("Mất kết nối từ 13:47", "Bán, trả hàng vẫn chạy", "Giá 06:10", "14 chứng từ chờ gửi"):
        assert part in words


def test_strip_drops_printer_words_first_then_the_shop(qtbot: QtBot) -> None:
    wide = shown(strip(qtbot, 1366, StripState(**FULL)))
    assert "Mộc Lan" in wide
    narrow = strip(qtbot, 760, StripState(**FULL))
    printer = next(part for part in narrow.findChildren(QWidget) if part.objectName() == "stripPrinter")
    assert printer.width() < 60
    assert "Mộc Lan" not in shown(narrow)
    assert "Quầy 2" in shown(narrow)


def test_strip_offline_drops_what_works_last(qtbot: QtBot) -> None:
    state = StripState(
        link="offline",
        since="13:47",
        works=("bán", "trả hàng", "giao đơn"),
        ages=(("Giá", "06:10"), ("Đơn", "13:45")),
        waiting=14,
        **FULL,
    )
    assert "vẫn chạy" not in shown(strip(qtbot, 860, state))


def test_strip_grows_back_when_there_is_room_again(qtbot: QtBot) -> None:
    made = strip(qtbot, 760, StripState(**FULL))
    made.resize(1366, 48)
    settle()
    assert "Mộc Lan" in shown(made)
    assert "Máy in sẵn sàng" in shown(made)


@pytest.mark.parametrize(
    "state",
    [
        StripState(**FULL),
        StripState(link="sending", done=9, total=14, since="15:02", **FULL),
        StripState(link="offline", since="13:47", **FULL),
        StripState(training=True, **FULL),
        StripState(printer="sick", printer_reason="Máy in hết giấy", attention=6, **FULL),
        StripState(language="Tiếng Việt", clock="14:50", shop="Mộc Lan", till="Quầy 2"),
    ],
)
def test_strip_is_one_height_in_every_state(qtbot: QtBot, state: StripState) -> None:
    made = strip(qtbot, 1366, state)
    assert made.height() == 48
    assert not made.clipped()


def test_strip_says_when_the_scanner_is_lost(qtbot: QtBot) -> None:
    sick = StripState(scanner="Máy quét mất kết nối", **FULL)
    assert "Máy quét mất kết nối" in shown(strip(qtbot, 1366, sick))
    assert "Máy quét" not in shown(strip(qtbot, 1366, StripState(**FULL)))


@pytest.mark.parametrize("link", ["online", "offline", "sending"])
def test_strip_keeps_an_icon_of_the_lost_scanner_where_there_is_no_room(qtbot: QtBot, link: Any) -> None:
    many = FULL | {"printer": "sick", "printer_reason": "Máy in hết giấy", "printer_waiting": 12}
    state = StripState(
        link=link, since="13:47", scanner="Máy chưa cho Quầy dùng máy quét", attention=6, **many
    )
    made = strip(qtbot, 1366, state)
    assert "Máy chưa cho Quầy dùng máy quét" in shown(made)
    assert not made.clipped()


def test_a_press_on_the_strip_asks_for_details(qtbot: QtBot) -> None:
    made = strip(qtbot, 1366, StripState(**FULL))
    with qtbot.waitSignal(made.details_pressed, timeout=1000):
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)


# --- money
def test_a_hero_figure_shrinks_instead_of_being_cut(qtbot: QtBot) -> None:
    hero = HeroMoney(name="totalDue")
    qtbot.addWidget(hero)
    hero.resize(344, 60)
    for amount in (0, 1_761_200, 123_456_000, 999_999_999_000, -45_000_000):
        hero.show_amount(amount)
        assert not hero.clipped()
    assert hero.text() == "−45.000.000đ"


def test_digits_have_one_width_in_every_weight(qapp: QApplication) -> None:
    for weight in (400, 500, 600, 700):
        assert painting.text_width("1.111.000", 20, weight) == painting.text_width("8.888.000", 20, weight)


def test_the_hyphen_of_an_order_number_is_narrow_and_reads_as_given(qtbot: QtBot) -> None:
    label = Text("MN-48207")
    qtbot.addWidget(label)
    assert label.text() == "MN-48207"
    digit = painting.text_width("0", 16)
    assert painting.text_width("-", 16) < digit * 0.8


def test_weights_differ(qapp: QApplication) -> None:
    assert painting.text_width("Thanh toán", 16, 400) < painting.text_width("Thanh toán", 16, 700)


# --- buttons
def test_a_disabled_main_button_says_why(qtbot: QtBot) -> None:
    button = main_button("Giao hàng", name="pickupHandOver")
    qtbot.addWidget(button)
    button.set_reason("Quét thêm 2 món để giao")
    assert not button.isEnabled()
    assert "Quét thêm 2 món để giao" in button.accessibleName()
    button.set_reason("")
    assert button.isEnabled()


def test_a_button_is_pressed_by_space(qtbot: QtBot) -> None:
    button = Button("Ghi chú", name="note")
    qtbot.addWidget(button)
    with qtbot.waitSignal(button.clicked, timeout=1000):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_a_focused_button_has_its_ring_and_loses_it(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    column = QVBoxLayout(page)
    first, second = Button("Một", name="one"), Button("Hai", name="two")
    column.addWidget(first)
    column.addWidget(second)
    page.show()
    first.setFocus()
    settle()
    rings = [ring for ring in page.findChildren(QWidget, "focusRing") if ring.isVisible()]
    assert [ring.geometry() for ring in rings] == [first.geometry().adjusted(-4, -4, 4, 4)]
    second.setFocus()
    settle()
    rings = [ring for ring in page.findChildren(QWidget, "focusRing") if ring.isVisible()]
    assert [ring.geometry() for ring in rings] == [second.geometry().adjusted(-4, -4, 4, 4)]


def test_the_main_button_stands_where_the_look_says(qtbot: QtBot) -> None:
    for second, top in ((True, 612), (False, 644)):
        column = DecisionColumn()
        qtbot.addWidget(column)
        main = main_button("Thanh toán", name="payButton", key="F9")
        if second:
            column.set_buttons(main, second_button("Đủ tiền mặt", name="exactCashButton", key="F10"))
        else:
            column.set_buttons(main, hint=hint_line("Ngăn kéo tự mở khi hoàn tất"))
        column.resize(376, 720)
        column.show()
        settle()
        spot = main.mapTo(column, main.rect().topLeft())
        assert (spot.x(), spot.y() + 48) == (17, top)
        assert (main.width(), main.height()) == (343, 76)


@pytest.mark.parametrize(
    ("needs", "room", "widths"),
    [
        ([100, 100, 100], 330, [110, 110, 110]),
        ([141, 119, 185, 140, 190], 862, [162, 162, 185, 162, 190]),
        ([300, 100], 300, [225, 75]),
        ([], 300, []),
    ],
)
def test_function_keys_are_equal_unless_words_need_more(
    needs: list[int], room: int, widths: list[int]
) -> None:
    assert even_widths(needs, room) == widths


# --- answers
def test_an_accepted_answer_fades_and_a_refusal_stays(qtbot: QtBot) -> None:
    box = AnswerBox()
    qtbot.addWidget(box)
    box.show_answer(Answer("accepted", "Đã thêm", "Tất cổ thấp"))
    assert box.stays_ms() > 0
    box.show_answer(Answer("refused", "Voucher đã dùng", "Mời khách chọn voucher khác."))
    assert box.stays_ms() < 0


def test_the_action_of_an_answer_is_told_by_name(qtbot: QtBot) -> None:
    box = AnswerBox()
    qtbot.addWidget(box)
    box.show_answer(Answer("accepted", "Đã thêm", "", AnswerAction("undo", "Hoàn tác", "Ctrl+Z")))
    button = box.findChild(Button, "toastAction")
    with qtbot.waitSignal(box.action_pressed, timeout=1000) as seen:
        button.click()
    assert seen.args == ["undo"]


# --- pads
def test_pad_keys_act_on_press_down(qtbot: QtBot) -> None:
    pad = NumericPad()
    qtbot.addWidget(pad)
    with qtbot.waitSignal(pad.pressed, timeout=1000) as seen:
        qtbot.mousePress(pad.key("000"), Qt.MouseButton.LeftButton)
    assert seen.args == ["000"]


def test_pin_dots_never_say_the_digits(qtbot: QtBot) -> None:
    dots = PinDots()
    qtbot.addWidget(dots)
    for digit in "483":
        dots.press(digit)
    assert dots.accessibleName() == "Mã PIN: 3 trong 6 số"
    dots.press("back")
    assert dots.text() == "48"


def test_the_last_digit_completes_a_pin(qtbot: QtBot) -> None:
    dots, pad = PinDots(), PinPad()
    qtbot.addWidget(dots)
    qtbot.addWidget(pad)
    pad.pressed.connect(dots.press)
    with qtbot.waitSignal(dots.completed, timeout=1000) as seen:
        for digit in "480215":
            qtbot.mousePress(pad.key(digit), Qt.MouseButton.LeftButton)
    assert seen.args == ["480215"]


# --- choices
def test_arrows_move_the_chosen_segment(qtbot: QtBot) -> None:
    segments = Segmented(
        [Choice("resell", "Bán lại được"), Choice("broken", "Hư hỏng")],
        "resell",
        name="condition",
        spoken="Tình trạng",
    )
    qtbot.addWidget(segments)
    with qtbot.waitSignal(segments.chosen, timeout=1000) as seen:
        qtbot.keyClick(segments, Qt.Key.Key_Right)
    assert seen.args == ["broken"]
    assert segments.accessibleName() == "Tình trạng: Hư hỏng"


def test_a_reason_is_chosen_from_its_list(qtbot: QtBot) -> None:
    reason = ReasonChoice(
        [Choice("size", "Không vừa size"), Choice("fault", "Hàng lỗi")], name="reason", empty="Chọn lý do"
    )
    qtbot.addWidget(reason)
    with qtbot.waitSignal(reason.chosen, timeout=1000) as seen:
        reason.menu().actions()[1].trigger()
    assert seen.args == ["fault"]
    assert reason.label() == "Hàng lỗi"


def test_filter_tabs_keep_their_widgets_when_nothing_differs(qtbot: QtBot) -> None:
    choices = [Choice("all", "Tất cả", 6), Choice("cases", "Trường hợp", 1)]
    tabs = FilterTabs(choices, "all")
    qtbot.addWidget(tabs)
    before = tabs.findChild(QWidget, "tab_cases")
    tabs.show_choices(choices, "cases")
    assert tabs.findChild(QWidget, "tab_cases") is before


# --- the rest
def test_sums_change_their_figures_in_place(qtbot: QtBot) -> None:
    sums = SumRows([SumRow("Tổng tiền hàng", "1.841.000"), SumRow("Giảm giá", "−79.800")])
    qtbot.addWidget(sums)
    before = sums.findChild(QWidget, "sumValue_1")
    sums.show_rows([SumRow("Tổng tiền hàng", "1.900.000"), SumRow("Giảm giá", "−80.000")])
    assert sums.findChild(QWidget, "sumValue_1") is before
    assert sums.accessibleName() == "Tổng tiền hàng 1.900.000. Giảm giá −80.000"


def test_a_rich_sentence_speaks_without_its_marks(qtbot: QtBot) -> None:
    text = RichText("Dùng được tối đa <b>159 điểm</b> khi mất kết nối.")
    qtbot.addWidget(text)
    assert text.accessibleName() == "Dùng được tối đa 159 điểm khi mất kết nối."
    assert text.heightForWidth(160) > text.heightForWidth(600)


def test_a_qr_code_keeps_four_modules_of_quiet(qtbot: QtBot) -> None:
    qr = QrView("00020101021238", module=9)
    qtbot.addWidget(qr)
    qr.resize(qr.sizeHint())
    image = qr.grab().toImage()
    assert qr.sizeHint().width() == 9 * qr.modules()
    assert image.pixelColor(4 * 9 - 1, 4 * 9 + 4) == QColor("white")
    assert image.pixelColor(4 * 9 + 1, 4 * 9 + 1) == QColor("black")


def test_tile_ink_is_readable_on_any_fill(qapp: QApplication) -> None:
    from ui.tokens import contrast

    for fill in (
        "#1C1C20",
        "#8A5A3B",
        "#FFFFFF",
        "#F0C2C6",
        "#A8ACB5",
        "#7B1F2B",
        "#22314F",
        "#C8961A",
        "#808080",
    ):
        assert contrast(painting.tile_ink(QColor(fill)).name(), fill) >= 4.5, fill


def test_an_icon_follows_its_colour(qapp: QApplication) -> None:
    image = icons.pixmap("minus", "stop", 24, 1.0).toImage()
    assert image.pixelColor(12, 12) == theme.colour("stop")


def test_a_missing_icon_is_told(qapp: QApplication) -> None:
    assert not icons.exists("no-such-icon")
    assert not icons.exists("../secret")


def test_painting_does_not_wear_out_none_true_and_false(qapp: QApplication) -> None:
    """PySide6 6.12 on Python 3.11 gives away references that it does not own (docs/decisions/0003)."""
    picture, widget = QPixmap(20, 20), QWidget()
    before = [sys.getrefcount(constant) for constant in (None, True, False)]
    for _ in range(500):
        painter = QPainter(picture)
        painter.setPen(QColor("red"))
        QFont().setPixelSize(12)
        widget.isVisible()
        painter.end()
    after = [sys.getrefcount(constant) for constant in (None, True, False)]
    assert all(now > then - 100 for then, now in zip(before, after, strict=True))
