"""The pick-up screen (look: 05): waiting orders, one order line by line, and what was handed over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout

from pos_app.text import _
from ui.pickup.areas import ListArea, OrderArea
from ui.pickup.column import PickupColumn
from ui.pickup.dialogs import CollectorDialog, PinDialog, RefuseDialog
from ui.pickup.presenter import PickupPresenter
from ui.pickup.state import OrderState, PickupState
from ui.screen import Screen
from ui.widgets.answer_box import AnswerBox
from ui.widgets.done_area import DoneArea
from ui.widgets.frames import FunctionKey, FunctionKeyBar
from ui.widgets.scan_box import ScanBox

VIEWS = ("list", "order", "done")


class PickupScreen(Screen):
    """Shows a PickupState and says what was done; decides nothing."""

    name = "pickup"

    typed = Signal(str)
    close_pressed = Signal()
    main_pressed = Signal()
    second_pressed = Signal()
    undo_pressed = Signal()
    action_pressed = Signal(str)
    row_chosen = Signal(str)
    row_entered = Signal(str)
    stepped = Signal(int)
    tab_chosen = Signal(str)
    line_refused = Signal(int, str)
    collector_named = Signal(str, str)
    pin_entered = Signal(str)
    pin_forgotten = Signal()
    proof_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.presenter: object = None
        self._order: OrderState | None = None
        self._column = PickupColumn()
        self._areas = QStackedWidget()
        self._areas.setObjectName("pickupAreas")
        self._list, self._lines, self._done = ListArea(), OrderArea(), DoneArea(name="pickupDone")
        for area in (self._list, self._lines, self._done):
            self._areas.addWidget(area)
        self._keys = FunctionKeyBar(
            [
                FunctionKey("close", _("Đóng"), "Esc", "arrow-left"),
                FunctionKey("refuse", _("Khách không lấy món"), "", "package-x"),
                FunctionKey("collector", _("Người khác nhận"), "", "users-round"),
                FunctionKey("more", _("Mua thêm"), "", "shopping-cart"),
            ]
        )
        self._keys.button("close").setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for name in ("refuse", "collector", "more"):
            button = self._keys.button(name)
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addLayout(self._scan_row())
        left.addWidget(self._areas, 1)
        left.addWidget(self._keys)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self._column)
        self._connect()

    def _scan_row(self) -> QHBoxLayout:
        box = self.use_scan_box(ScanBox(_("Quét mã nhận hoặc gõ số đơn…")))
        box.setFixedWidth(392)
        box.textEdited.connect(self.typed)
        self.toast = AnswerBox()
        self.toast.action_pressed.connect(self.action_pressed)
        row = QHBoxLayout()
        row.setContentsMargins(16, 16, 16, 16)
        row.setSpacing(12)
        row.addWidget(box)
        row.addWidget(self.toast, 1)
        return row

    def _connect(self) -> None:
        self._column.main.clicked.connect(self.main_pressed)
        self._column.second.clicked.connect(self.second_pressed)
        self._column.pin.boxes.completed.connect(self.pin_entered)
        self._column.pin.boxes.pressed.connect(self._open_pin)
        self._column.pin.forgot.clicked.connect(self.pin_forgotten)
        self._column.proof.pressed.connect(self.proof_pressed)
        self._keys.pressed.connect(self._key_pressed)
        self._list.tabs.chosen.connect(self.tab_chosen)
        self._list.rows.row_pressed.connect(self.row_chosen)
        self._list.rows.row_entered.connect(self.row_entered)
        self._lines.rows.row_pressed.connect(self.row_chosen)
        self._lines.rows.row_entered.connect(self.row_entered)
        self._lines.rows.ring_pressed.connect(self.row_entered)

    # --- state ---------------------------------------------------------------------------------
    def show_state(self, state: PickupState) -> None:
        self.set_placeholder(state.placeholder)
        self.toast.show_answer(state.answer)
        self._column.show_state(state.column)
        self._areas.setCurrentIndex(VIEWS.index(state.view))
        self._list.show_state(state.waiting)
        self._order = state.order
        self._lines.setEnabled(state.order is not None)
        for name in ("refuse", "collector", "more"):
            self._keys.button(name).setVisible(state.order is not None)
        if state.order is not None:
            self._lines.show_state(state.order)
            self._keys.button("refuse").set_reason(state.order.refuse_reason)
            self._keys.button("more").set_reason(state.order.more_reason)
            self._keys.button("more").setToolTip(state.order.more_reason)
        if state.done is not None:
            self._done.show_state(state.done)

    # --- dialogs -------------------------------------------------------------------------------
    def _key_pressed(self, name: str) -> None:
        {
            "close": self.close_pressed.emit,
            "refuse": self._open_refusal,
            "collector": self._open_collector,
        }[name]()

    def _open_refusal(self) -> None:
        if self._order is None:
            return
        current = int(self._order.current or 0)
        dialog = RefuseDialog(self._order.refusable, current)
        dialog.refused.connect(self.line_refused)
        dialog.open_over(self.window())

    def _open_collector(self) -> None:
        if self._order is None:
            return
        dialog = CollectorDialog(*self._order.collector)
        dialog.named.connect(self.collector_named)
        dialog.open_over(self.window())

    def _open_pin(self) -> None:
        dialog = PinDialog()
        dialog.entered.connect(self.pin_entered)
        dialog.open_over(self.window())

    # --- keys ----------------------------------------------------------------------------------
    def key(self, name: str) -> bool:
        signals = {
            "Esc": self.close_pressed,
            "F9": self.main_pressed,
            "Ctrl+Z": self.undo_pressed,
        }
        if name == "F9" and not self._column.main.isEnabled():
            return True
        if name in signals:
            signals[name].emit()
        return name in signals

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.stepped.emit(step)
            return
        super().keyPressEvent(event)


def connect(screen: PickupScreen, presenter: PickupPresenter) -> None:
    """Signals of the screen to what the presenter does; the presenter shows on it from now on."""
    desk = presenter.desk
    screen.presenter = presenter  # Qt holds bound methods weakly
    screen.scan_entered.connect(presenter.scan)
    screen.typed.connect(presenter.find)
    screen.close_pressed.connect(presenter.close)
    screen.main_pressed.connect(presenter.press_main)
    screen.second_pressed.connect(presenter.press_second)
    screen.undo_pressed.connect(desk.undo)
    screen.action_pressed.connect(presenter.act)
    screen.row_chosen.connect(presenter.choose_row)
    screen.row_entered.connect(presenter.enter_row)
    screen.stepped.connect(presenter.step)
    screen.tab_chosen.connect(presenter.choose_tab)
    screen.line_refused.connect(desk.refuse_line)
    screen.collector_named.connect(desk.name_collector)
    screen.pin_entered.connect(desk.enter_pin)
    screen.pin_forgotten.connect(desk.forget_pin)
    screen.proof_pressed.connect(desk.press_proof)
    presenter.shown_by(screen.show_state)
