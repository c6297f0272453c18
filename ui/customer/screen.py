"""The customer screen: phone and pad, the cards found or the new one, details at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui import painting
from ui.customer.column import CustomerColumn
from ui.customer.new_card import NewCard
from ui.customer.state import CustomerScreenState, FoundState
from ui.painting import Span
from ui.screen import Screen
from ui.widgets.answer_box import AnswerBox
from ui.widgets.cart_rows import two_lines
from ui.widgets.frames import EmptyState, TitleBar
from ui.widgets.inputs import Field
from ui.widgets.pads import NumericPad
from ui.widgets.row_list import RowDelegate, RowList
from ui.widgets.text import Text

PAGES = ("hint", "found", "new")


class FoundDelegate(RowDelegate[FoundState]):
    """Name over masked phone and tier, points at the right; 72 high."""

    height = 72

    def paint_row(self, painter: QPainter, area: QRect, row: FoundState, selected: bool) -> None:
        middle = area.top() + self.height / 2
        points = (Span(row.points, "ink", 600),)
        painting.spans_right(painter, area.right() - 15, middle, points, 17)
        room = area.width() - 48 - painting.spans_width(points, 17)
        two_lines(painter, area.left() + 16, middle - 11, Span(row.name, "ink", 600), (Span(row.line),), room)


class CustomerScreen(Screen):
    """Shows a CustomerScreenState and tells what was typed and pressed."""

    name = "customer"

    phone_typed = Signal(str)
    digit_pressed = Signal(str)
    customer_chosen = Signal(str)
    name_typed = Signal(str)
    consent_toggled = Signal(str, bool)
    accepted = Signal()
    detached = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._bar = TitleBar(_("Khách hàng"), _("Giỏ hàng"))
        self._bar.row.setContentsMargins(16, 8, 16, 7)
        self._bar.back_pressed.connect(self.leave_asked)
        self._answers = AnswerBox()
        self._answers.hide()
        self._bar.row.addWidget(self._answers, 100)
        self._phone = Field(_("0901 234 567"), name="phoneInput", spoken=_("Số điện thoại"))
        self._phone.edit.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self._phone.edit.textEdited.connect(self.phone_typed)
        self._phone.edit.returnPressed.connect(self.accepted)
        self._pad = NumericPad(name="phonePad")
        self._pad.pressed.connect(self.digit_pressed)
        self._found = RowList(FoundDelegate(), name="foundCustomers", spoken=_("Khách có số này"))
        self._found.row_pressed.connect(self.customer_chosen)
        self._found.row_entered.connect(lambda _key: self.accepted.emit())
        self._new = NewCard()
        self._new.name_typed.connect(self.name_typed)
        self._new.consent_toggled.connect(self.consent_toggled)
        self._new.entered.connect(self.accepted)
        self._column = CustomerColumn()
        self._column.main.clicked.connect(self.accepted)
        self._column.detach.clicked.connect(self.detached)
        self._lay_out()

    def _lay_out(self) -> None:
        hint = EmptyState(
            "user-round",
            _("Khách là ai?"),
            _("Gõ số điện thoại, hoặc quét thẻ thành viên trên máy khách."),
            name="customerHint",
        )
        self._pages = QStackedWidget()
        self._pages.setObjectName("customerPages")
        for page in (hint, self._found, self._new):
            self._pages.addWidget(page)
        entry = QVBoxLayout()
        entry.setSpacing(8)
        entry.addWidget(Text(_("Số điện thoại"), 14, 600, "ink3", name="phoneLabel"))
        field = QWidget()
        field.setObjectName("phoneRoom")
        field.setFixedHeight(84)  # room for the reason, so that nothing moves
        room = QVBoxLayout(field)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self._phone)
        room.addStretch(1)
        entry.addWidget(field)
        entry.addWidget(self._pad)
        entry.addStretch(1)
        row = QHBoxLayout()
        row.setContentsMargins(16, 20, 16, 16)
        row.setSpacing(24)
        row.addLayout(entry, 310)
        row.addWidget(self._pages, 624)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addWidget(self._bar)
        left.addLayout(row, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self._column)

    # --- state ---------------------------------------------------------------------------------
    def show_state(self, state: CustomerScreenState) -> None:
        """Only what differs changes; a new page gets the focus."""
        if self._phone.edit.text() != state.phone:
            self._phone.edit.setText(state.phone)
        self._phone.show_reason(state.reason)
        self._answers.setVisible(state.answer is not None)
        if state.answer is not None:
            self._answers.show_answer(state.answer)
        self._found.show_rows(state.found, state.current)
        self._new.show_form(state)
        self._column.show_state(state)
        self._pages.setCurrentIndex(PAGES.index(state.page))
        if state.page == "new" and self._page != "new" and self.isVisible():
            self._new.take_focus()
        self._page = state.page

    # --- keys ----------------------------------------------------------------------------------
    def take_focus(self) -> None:
        if self._page == "new":
            self._new.take_focus()
        else:
            self._phone.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↑ ↓ choose among the found while the phone has the focus."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._found.keyPressEvent(event)
        else:
            super().keyPressEvent(event)

    def key(self, name: str) -> bool:
        if name == "Esc":
            self.leave_asked.emit()
        return name == "Esc"
