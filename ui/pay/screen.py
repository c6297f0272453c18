"""The pay screen (look: 03): two figures, ways to pay, quick cash and pad; at the right what was taken."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.answers import Answer
from ui.pay.decision import PayColumn
from ui.pay.panels import CreditPanel, PointsPanel
from ui.pay.parts import Entry, Figure, QuickButton, TenderButton
from ui.pay.state import PayState
from ui.screen import Screen
from ui.widgets.answer_box import AnswerBox
from ui.widgets.frames import TitleBar
from ui.widgets.pads import NumericPad
from ui.widgets.small import KeyCap
from ui.widgets.text import Text

TENDER_WIDTH, QUICK_WIDTH, PAD_WIDTH = 290, 318, 310
MOST_QUICK = 6


class PayScreen(Screen):
    """Shows a PayState and tells what was pressed; decides nothing."""

    name = "pay"

    digit_pressed = Signal(str)
    amount_pressed = Signal(int)
    exact_pressed = Signal()
    tender_pressed = Signal(str)
    tender_moved = Signal(int)
    taken_back = Signal(int)
    receipt_toggled = Signal(bool)
    accepted = Signal()
    hold_asked = Signal()  # F6
    answer_pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._answer: Answer | None = None
        self._bar = TitleBar(_("Thanh toán"), _("Giỏ hàng"))
        self._bar.back_pressed.connect(self.leave_asked)
        self._answers = AnswerBox()
        self._answers.action_pressed.connect(self.answer_pressed)
        self._answers.hide()
        self._bar.row.setContentsMargins(16, 8, 16, 7)  # room for an answer, which is taller than the title
        self._bar.row.addWidget(self._answers, 100)
        self._due = Figure(_("Còn phải trả"), name="dueFigure", amount_name="stillDue")
        self._change = Figure(_("Tiền thừa trả khách"), name="changeFigure", amount_name="changeDue")
        self._tenders: list[TenderButton] = []
        self._quick = [QuickButton(at) for at in range(MOST_QUICK)]
        self._points = PointsPanel()
        self._points.most_pressed.connect(self.amount_pressed)
        self._credit = CreditPanel()
        self._credit.entered.connect(self.scan_entered)
        self._entry = Entry()
        self._pad = NumericPad(name="payPad")
        self._pad.pressed.connect(self._pressed)
        self._column = PayColumn()
        self._column.taken_back.connect(self.taken_back)
        self._column.receipt_toggled.connect(self.receipt_toggled)
        self._column.main.clicked.connect(self.accepted)
        self._lay_out()

    # --- layout --------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        figures = QHBoxLayout()
        figures.setContentsMargins(16, 16, 16, 0)
        figures.setSpacing(16)
        figures.addWidget(self._due, 1)
        figures.addWidget(self._change, 1)
        columns = QHBoxLayout()
        columns.setContentsMargins(16, 12, 16, 24)
        columns.setSpacing(20)
        columns.addWidget(self._tender_column(), TENDER_WIDTH)
        columns.addWidget(self._quick_column(), QUICK_WIDTH)
        columns.addWidget(self._pad_column(), PAD_WIDTH)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._bar)
        left.addLayout(figures)
        left.addLayout(columns)
        left.addStretch(1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self._column)

    def _tender_column(self) -> QWidget:
        box, self._tender_list = _column(_("Cách trả"), "tenderColumn", keys=("↑", "↓"))
        self._tender_list.setSpacing(8)
        return box

    def _quick_column(self) -> QWidget:
        box, inner = _column(_("Tiền nhanh"), "quickColumn")
        self._quick_head = box.findChild(Text, "quickColumnHead")
        self._middle = QStackedWidget()
        self._middle.setObjectName("quickPages")
        self._middle.setFixedHeight(412)
        page = QWidget()
        page.setObjectName("quickPage")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for button in self._quick:
            button.clicked.connect(lambda _checked=False, button=button: self._press_quick(button))
            column.addWidget(button)
        column.addStretch(0)
        self._middle.addWidget(page)
        self._middle.addWidget(self._points)
        self._middle.addWidget(self._credit)
        inner.addWidget(self._middle)
        return box

    def _pad_column(self) -> QWidget:
        box, inner = _column(_("Khách đưa"), "padColumn")
        self._entry_head = box.findChild(Text, "padColumnHead")
        inner.addWidget(self._entry)
        inner.addSpacing(8)
        inner.addWidget(self._pad)
        return box

    def _press_quick(self, button: QuickButton) -> None:
        self.amount_pressed.emit(button.amount())

    # --- state ---------------------------------------------------------------------------------
    def show_state(self, state: PayState) -> None:
        """Only what differs changes."""
        self._bar.title.setText(state.title)
        self._bar.back.set_text(state.back)
        self._show_answer(state)
        self._due.show_amount(state.due)
        self._change.show_figure(state.figure)
        self._show_tenders(state)
        self._show_quick(state)
        if state.points is not None:
            self._points.show_points(state.points)
        self._show_middle(state)
        if self._entry_head is not None:
            self._entry_head.setText(state.entry_label)
        self._entry.show_amount(state.typed, state.entry_label)
        # a paper's number stands in the panel's own box
        self._entry.setVisible(state.mode not in ("store_credit", "stored_value"))
        self._column.show_state(state)

    def _show_middle(self, state: PayState) -> None:
        heads = {
            "points": _("Điểm của khách"),
            "store_credit": _("Phiếu hoàn tiền"),
            "stored_value": _("Thẻ quà tặng"),
        }
        if self._quick_head is not None:
            self._quick_head.setText(heads.get(state.mode, _("Tiền nhanh")))
        page = {"points": 1, "store_credit": 2, "stored_value": 2}.get(state.mode, 0)
        if page == 2:
            self._credit.ask_for(state.mode)
        if page == self._middle.currentIndex():
            return
        self._middle.setCurrentIndex(page)
        self._credit.box.clear()
        (self._credit.box if page == 2 else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_answer(self, state: PayState) -> None:
        self._bar.note.setText(state.note)
        self._bar.note.setVisible(state.answer is None)
        self._answers.setVisible(state.answer is not None)
        if state.answer is not None and state.answer is not self._answer:
            self._answers.show_answer(state.answer)
        self._answer = state.answer

    def _show_tenders(self, state: PayState) -> None:
        if len(self._tenders) != len(state.tenders):
            for tender in state.tenders[len(self._tenders) :]:
                button = TenderButton(tender)
                button.clicked.connect(lambda _on=False, kind=tender.kind: self.tender_pressed.emit(kind))
                self._tenders.append(button)
                self._tender_list.addWidget(button)
        for button, tender in zip(self._tenders, state.tenders, strict=False):
            button.show_tender(tender, tender.kind == state.mode)

    def _show_quick(self, state: PayState) -> None:
        for at, button in enumerate(self._quick):
            button.setVisible(at < len(state.quick))
            if at < len(state.quick):
                button.show_quick(state.quick[at], state.quick[at].amount == state.typed)

    # --- keys ----------------------------------------------------------------------------------
    def key(self, name: str) -> bool:
        if name == "F10":
            self.exact_pressed.emit()
        elif name == "F6":
            self.hold_asked.emit()
        elif name == "Esc":
            self.leave_asked.emit()
        else:
            return False
        return True

    def _pressed(self, key: str) -> None:
        """A key of the pad, or a digit of the keyboard: an amount, or the number of a paper."""
        if self._middle.currentWidget() is self._credit:
            self._credit.press(key)
        else:
            self.digit_pressed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text(), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and len(text) == 1 and text.isascii() and text.isdigit():
            self._pressed(text)
        elif key == Qt.Key.Key_Backspace:
            self._pressed("back")
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.tender_moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        else:
            super().keyPressEvent(event)


def _column(head: str, name: str, keys: tuple[str, ...] = ()) -> tuple[QWidget, QVBoxLayout]:
    """A column with its head, 36 high, above it."""
    box = QWidget()
    box.setObjectName(name)
    outer = QVBoxLayout(box)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    top = QHBoxLayout()
    top.setContentsMargins(0, 4, 0, 8)
    top.setSpacing(10)
    top.addWidget(Text(head, 14, 600, "ink3", name=f"{name}Head"))
    top.addStretch(1)
    for key in keys:
        top.addWidget(KeyCap(key))
    head_box = QWidget()
    head_box.setObjectName(f"{name}Top")
    head_box.setFixedHeight(36)
    head_box.setLayout(top)
    outer.addWidget(head_box)
    inner = QVBoxLayout()
    inner.setSpacing(0)
    outer.addLayout(inner)
    outer.addStretch(1)
    return box, inner
