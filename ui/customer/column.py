"""The decision column of the customer screen: the card, and the one main button."""

from __future__ import annotations

from ui.customer.state import CustomerScreenState
from ui.sell.customer_panel import CustomerPanel
from ui.widgets.frames import DecisionColumn, hint_line, main_button


class CustomerColumn(DecisionColumn):
    """Whom Enter would put on the cart."""

    def __init__(self) -> None:
        super().__init__(name="customerColumn")
        self._card = CustomerPanel()
        self._card.unsetCursor()  # here it opens nothing
        self.main = main_button("", name="customerAccept", key="Enter")
        self._hint = hint_line("", name="customerHintLine")
        self.content.addWidget(self._card)
        self.content.addStretch(1)
        self.set_buttons(self.main, hint=self._hint)

    def show_state(self, state: CustomerScreenState) -> None:
        """Only what differs changes."""
        self._card.show_state(state.card)
        self.main.set_text(state.main)
        self.main.set_key(state.main_key)
        self.main.set_reason(state.main_reason)
        self._hint.setText(state.hint)
