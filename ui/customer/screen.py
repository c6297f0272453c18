"""The customer screen: phone and pad, what is known of the customer or the form, the card at the right."""

from __future__ import annotations

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui import painting
from ui.customer.column import CustomerColumn
from ui.customer.new_card import NewCard
from ui.customer.phone_pad import PhonePad
from ui.customer.sections import DoneNote, Sections
from ui.customer.state import CustomerScreenState, FoundState
from ui.painting import Span
from ui.screen import Screen
from ui.widgets.cart_rows import two_lines
from ui.widgets.frames import EmptyState, TitleBar
from ui.widgets.row_list import RowDelegate, RowList
from ui.widgets.small import Badge
from ui.widgets.text import Text

PAGES = ("hint", "found", "new", "asking")


class FoundDelegate(RowDelegate[FoundState]):
    """Name over masked phone and tier, points at the right; 72 high."""

    height = 72

    def paint_row(self, painter: QPainter, area: QRect, row: FoundState, selected: bool) -> None:
        middle = area.top() + (self.height - 1) / 2
        points = (Span(row.points, "ink", 600),)
        painting.spans_right(painter, area.right() - 15, middle, points, 17)
        room = area.width() - 48 - painting.spans_width(points, 17)
        two_lines(painter, area.left() + 16, middle - 11, Span(row.name, "ink", 600), (Span(row.line),), room)


class CustomerScreen(Screen):
    """Shows a CustomerScreenState and tells what was typed and pressed; decides nothing."""

    name = "customer"

    phone_typed = Signal(str)
    digit_pressed = Signal(str)
    customer_moved = Signal(int)  # −1 up, +1 down
    customer_chosen = Signal(str)
    entered_with = Signal(str, tuple)  # Enter, with the name and the consents of the form
    main_pressed = Signal(str, tuple)
    detach_pressed = Signal()
    act_pressed = Signal(str, str)  # the button of a row, and the row's key

    def __init__(self) -> None:
        super().__init__()
        self._page = ""
        self._bar = TitleBar(_("Khách hàng"), _("Giỏ hàng"))
        self._age = Badge("", "off", icon="history", name="customerAge")
        self._bar.add(self._age)
        self._entry = PhonePad()
        self.scan_box = self._entry.box  # not use_scan_box: a number typed here is no scan
        self._done = DoneNote()
        self._which = Text(_("Nhiều khách cùng số này"), 14, 600, "ink3", name="foundHead")
        self._found = RowList(FoundDelegate(), name="foundCustomers", spoken=_("Khách có số này"))
        self._sections = Sections()
        self._new = NewCard()
        self._column = CustomerColumn()
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        box = self._entry.box
        box.textEdited.connect(self.phone_typed)
        box.moved.connect(self.customer_moved)
        box.confirmed.connect(self._enter)
        box.deleted.connect(self.detach_pressed)
        self._entry.pad.pressed.connect(self.digit_pressed)
        self._bar.back_pressed.connect(self.leave_asked)
        self._found.row_pressed.connect(self.customer_chosen)
        self._found.row_entered.connect(lambda _key: self._enter())
        self._sections.acted.connect(self.act_pressed)
        self._new.entered.connect(self._enter)
        self._column.main.clicked.connect(
            lambda: self.main_pressed.emit(self._new.name(), self._new.consents())
        )

    def _enter(self) -> None:
        self.entered_with.emit(self._new.name(), self._new.consents())

    def _lay_out(self) -> None:
        hint = EmptyState(
            "user-round",
            _("Khách là ai?"),
            _("Gõ số điện thoại, hoặc quét thẻ thành viên trên máy khách."),
            name="customerHint",
        )
        self._pages = QStackedWidget()
        self._pages.setObjectName("customerPages")
        asking = EmptyState(
            "refresh-cw",
            _("Đang hỏi trung tâm…"),
            _("Máy này chưa có khách đó. Nhiều nhất một giây rưỡi."),
            name="customerAsking",
        )
        for page in (hint, self._known(), self._new, asking):
            self._pages.addWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(16, 20, 16, 16)
        row.setSpacing(24)
        row.addWidget(self._entry, 310)
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

    def _known(self) -> QWidget:
        known = QWidget()
        known.setObjectName("knownCustomer")
        column = QVBoxLayout(known)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._done)
        column.addWidget(self._which)
        column.addWidget(self._found)
        column.addWidget(self._sections, 1)
        return known

    # --- state ---------------------------------------------------------------------------------
    def show_state(self, state: CustomerScreenState) -> None:
        """Only what differs changes; a new page gets the focus."""
        self._entry.show_phone(state.phone)
        self._age.show_badge(state.age, "off", "history")
        self._age.setVisible(bool(state.age))
        self._done.show_words(state.done)
        self._found.show_rows(state.found, state.current)
        self._found.setFixedHeight(FoundDelegate.height * min(len(state.found), 4))
        for part in (self._which, self._found):
            part.setVisible(bool(state.found))
        self._sections.show_sections(state.sections)
        if state.new is not None:
            self._new.show_form(state.new)
        self._column.show_state(state)
        self._pages.setCurrentIndex(PAGES.index(state.page))
        if state.page != self._page:
            self._turn(state.page)

    def _turn(self, page: str) -> None:
        self._page = page
        self._new.start()
        if self.isVisible():
            self.take_focus()

    # --- keys ----------------------------------------------------------------------------------
    def take_focus(self) -> None:
        if self._page == "new":
            self._new.take_focus()
        else:
            super().take_focus()

    def key(self, name: str) -> bool:
        if name == "Esc":
            self.leave_asked.emit()
        elif name == "Del":
            self.detach_pressed.emit()
        return name in ("Esc", "Del")
