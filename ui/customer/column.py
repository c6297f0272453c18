"""The decision column of the customer screen: the card, waiting orders, history, attach and detach."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.customer.state import CustomerScreenState, HistoryState
from ui.sell.customer_panel import CustomerPanel
from ui.widgets.frames import DecisionColumn, main_button, second_button
from ui.widgets.text import RIGHT, Text, divider


class CustomerColumn(DecisionColumn):
    """What Enter would put on the cart."""

    def __init__(self) -> None:
        super().__init__(name="customerColumn")
        self._card = CustomerPanel(offers=False)
        self._orders = Text("", 15, 600, "accent-ink", wrap=True, name="waitingOrders")
        self._history = HistoryList()
        self.main = main_button("", name="customerAccept", key="Enter")
        self.detach = second_button("", name="detachButton", icon="x")
        self.content.addWidget(self._card)
        self.content.addWidget(self._orders)
        self.content.addWidget(self._history)
        self.content.addStretch(1)
        self.content.addSpacing(4)
        self.set_buttons(self.main, self.detach)

    def show_state(self, state: CustomerScreenState) -> None:
        """Only what differs changes."""
        self._card.show_state(state.card)
        self._orders.setText(state.orders)
        self._orders.setVisible(bool(state.orders))
        self._history.show_history(state.history)
        self.main.set_text(state.main)
        self.main.set_reason(state.main_reason)
        self.detach.set_text(state.detach or _("Đơn này chưa có khách"))
        self.detach.setEnabled(bool(state.detach))


class HistoryList(QWidget):
    """The last receipts of all channels, 56 high each; rebuilt only when they differ."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("customerHistory")
        self._shown: tuple[HistoryState, ...] = ()
        self._parts: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 4, 0, 0)
        self._column.setSpacing(0)

    def show_history(self, history: tuple[HistoryState, ...]) -> None:
        """Newest first."""
        self.setVisible(bool(history))
        if history == self._shown:
            return
        self._shown = history
        for part in self._parts:
            self._column.removeWidget(part)
            part.deleteLater()
        head = Text(_("Mua gần đây"), 14, 600, "ink3", name="historyHead")
        self._parts = [head, *(_receipt(one, at) for at, one in enumerate(history))]
        for part in self._parts:
            self._column.addWidget(part)


def _receipt(receipt: HistoryState, at: int) -> QWidget:
    row = QWidget()
    row.setObjectName(f"history_{at}")
    row.setFixedHeight(58)
    outer = QVBoxLayout(row)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.setSpacing(0)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addStretch(1)
    words.addWidget(Text(receipt.receipt, 15, 600, "ink", name="historyReceipt"))
    words.addWidget(Text(receipt.line, 14, 400, "ink2", name="historyLine"))
    words.addStretch(1)
    box = QHBoxLayout()
    box.addLayout(words, 1)
    box.addWidget(Text(receipt.total, 16, 600, "ink", align=RIGHT, name="historyTotal"))
    outer.addLayout(box, 1)
    outer.addWidget(divider())
    return row
