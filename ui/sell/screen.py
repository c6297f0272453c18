"""The sell screen (look: 01, 02): scan row, cart, function keys; at the right the decision column."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.answers import Answer
from ui.screen import Screen
from ui.sell.cart_table import CartHead, CartTable
from ui.sell.decision import SellColumn
from ui.sell.state import SellState
from ui.widgets.answer_box import AnswerBox
from ui.widgets.button import Button
from ui.widgets.choices import Choice
from ui.widgets.frames import EmptyState, FunctionKey, FunctionKeyBar
from ui.widgets.scan_box import ScanBox


class SellScreen(Screen):
    """Shows a SellState and tells what was pressed; decides nothing."""

    name = "sell"

    pay_pressed = Signal()
    exact_pressed = Signal()
    act_pressed = Signal(str)  # the action of an answer, a key of the bar, or an entry of ⋯
    line_pressed = Signal(int)
    line_moved = Signal(int)  # −1 up, +1 down
    quantity_stepped = Signal(int)
    quantity_pressed = Signal()
    discount_pressed = Signal()
    note_pressed = Signal()
    remove_pressed = Signal()
    why_pressed = Signal()
    hold_pressed = Signal(str)  # what was typed into the scan box: whose cart it is
    undo_pressed = Signal()
    customer_pressed = Signal()
    voucher_pressed = Signal(str)  # the serial of the customer's own voucher
    voucher_dropped = Signal(str)  # the serial of a voucher in the cart
    painted = Signal()  # the state was shown: time for what may wait

    def __init__(self, more: tuple[Choice, ...] = ()) -> None:
        """`more` are the entries of ⋯ beside the cart's own."""
        super().__init__()
        self._more = more
        self._state = SellState()
        self._answer: Answer | None = None
        self.use_scan_box(ScanBox(_("Quét hoặc gõ mã, voucher, SĐT…"))).installEventFilter(self)
        self._answers = AnswerBox()
        self._answers.action_pressed.connect(self.act_pressed)
        self._head = CartHead()
        self._cart = CartTable(self)
        self._empty = self._made_empty()
        self._pages = QStackedWidget()
        self._pages.setObjectName("cartPages")
        self._pages.addWidget(self._empty)
        self._pages.addWidget(self._cart)
        self._keys = self._made_keys()
        in_empty = self._empty.findChild(Button, "empty_held")
        self._held_buttons = [self._keys.button("held"), *([in_empty] if in_empty else [])]
        self._column = SellColumn()
        self._connect_column()
        self._lay_out()

    # --- parts ---------------------------------------------------------------------------------
    def _made_empty(self) -> EmptyState:
        line = _("Hàng, đơn online, voucher, thẻ khách hay hóa đơn cũ: cứ quét, máy tự hiểu.")
        actions = (
            FunctionKey("search", _("Tìm hàng"), "F2"),
            FunctionKey("held", _("Mở đơn treo"), "F6"),
        )
        empty = EmptyState("scan-barcode", _("Quét món đầu tiên"), line, actions, name="emptyCart")
        empty.pressed.connect(self._pressed)
        return empty

    def _made_keys(self) -> FunctionKeyBar:
        bar = FunctionKeyBar(
            (
                FunctionKey("search", _("Tìm hàng"), "F2", "search"),
                FunctionKey("customer", _("Khách"), "F4", "user-round"),
                FunctionKey("held", _("Treo đơn"), "F6", "pause"),
                FunctionKey("return", _("Trả hàng"), "F7", "undo-2"),
                FunctionKey("pickup", _("Nhận đơn"), "F8", "package-check"),
                FunctionKey("more", "", "", "ellipsis"),
            )
        )
        bar.pressed.connect(self._pressed)
        return bar

    def _connect_column(self) -> None:
        column = self._column
        column.pay.clicked.connect(self.pay_pressed)
        column.exact.clicked.connect(self.exact_pressed)
        column.voucher_pressed.connect(self.voucher_pressed)
        column.voucher_dropped.connect(self.voucher_dropped)
        column.customer_pressed.connect(self.customer_pressed)

    def _lay_out(self) -> None:
        scan_row = QHBoxLayout()
        scan_row.setContentsMargins(16, 16, 16, 0)
        scan_row.setSpacing(12)
        assert self.scan_box is not None
        self.scan_box.setFixedWidth(392)
        scan_row.addWidget(self.scan_box)
        scan_row.addWidget(self._answers, 1)
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(scan_row)
        left.addWidget(self._head)
        left.addWidget(self._pages, 1)
        left.addWidget(self._keys)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(left, 1)
        whole.addWidget(self._column)

    # --- state ---------------------------------------------------------------------------------
    def show_state(self, state: SellState) -> None:
        """Only what differs changes; `painted` follows on the next turn of the loop."""
        if state.answer is not self._answer:
            self._answer = state.answer
            self._answers.show_answer(state.answer)
        self._head.show_heading(state.heading if state.lines else "")
        self._cart.show_lines(state.lines, state.current)
        self._pages.setCurrentWidget(self._empty if state.is_empty else self._cart)
        for button in self._held_buttons:
            button.set_counter(state.held)
        self._keys.button("pickup").set_counter(state.waiting)
        self._column.show_state(state)
        self._state = state
        QTimer.singleShot(0, self.painted.emit)

    # --- keys ----------------------------------------------------------------------------------
    def key(self, name: str) -> bool:
        acts: dict[str, Callable[[], object]] = {
            "F2": lambda: self.act_pressed.emit("search"),
            "F3": lambda: self.act_pressed.emit("search"),
            "F4": self.customer_pressed.emit,
            "F5": self.discount_pressed.emit,
            "F6": self._hold,
            "F7": lambda: self.act_pressed.emit("return"),
            "F8": lambda: self.act_pressed.emit("pickup"),
            "F9": self.pay_pressed.emit,
            "F10": self.exact_pressed.emit,
            "Del": self.remove_pressed.emit,
            "*": self.quantity_pressed.emit,
            "Ctrl+Z": self.undo_pressed.emit,
        }
        act = acts.get(name)
        if act is not None:
            act()
        return act is not None

    def _hold(self) -> None:
        assert self.scan_box is not None
        self.hold_pressed.emit(self.scan_box.text().strip())

    def scanned(self, text: str) -> None:
        """A quantity that was typed before ("3*") belongs to the scan."""
        assert self.scan_box is not None
        typed = self.scan_box.text().strip()
        if typed.endswith("*"):
            self.scan_box.clear()
            text = typed + text
        self.scan_entered.emit(text)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that an empty scan box would swallow although they mean the cart."""
        if watched is self.scan_box and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self.scan_box.text() == "" and self._cart_key(event)
        return super().eventFilter(watched, event)

    def _cart_key(self, event: QKeyEvent) -> bool:
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        name = {Qt.Key.Key_Delete: "Del", Qt.Key.Key_Asterisk: "*"}.get(Qt.Key(event.key()), "")
        if control and event.key() == Qt.Key.Key_Z:
            name = "Ctrl+Z"
        if name:
            return self.key(name)
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.line_moved.emit(step)
        return bool(step)

    # --- buttons -------------------------------------------------------------------------------
    def _pressed(self, name: str) -> None:
        if name == "held":
            self._hold()
        elif name == "customer":
            self.customer_pressed.emit()
        elif name == "more":
            self._open_more()
        else:
            self.act_pressed.emit(name)

    def menu(self) -> QMenu:
        """What ⋯ opens: what concerns the whole cart, then what the program adds."""
        menu = QMenu(self)
        menu.setObjectName("moreMenu")
        own = (
            Choice("discount_order", _("Giảm giá cả đơn")),
            Choice("discard", _("Bỏ cả giỏ hàng")),
        )
        for choice in (*(() if self._state.is_empty else own), *self._more):
            action = menu.addAction(choice.label)
            action.triggered.connect(lambda _checked=False, name=choice.name: self.act_pressed.emit(name))
        return menu

    def _open_more(self) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        button: QWidget = self._keys.button("more")
        place = QPoint(button.width() - menu.sizeHint().width(), -menu.sizeHint().height() - 4)
        menu.popup(button.mapToGlobal(place))
