"""The customer card: tier, points as money, birthday, their voucher with one press; offline age and limit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _
from ui.sell.state import CustomerState, VoucherOffer
from ui.widgets.button import Button
from ui.widgets.small import Badge
from ui.widgets.text import IconLabel, Panel, RichText, Text, divider

MOST_VOUCHERS = 2


class CustomerPanel(Panel):
    """What helps now. Rebuilt only when the customer's state differs; a press opens the customer screen."""

    voucher_pressed = Signal(str)
    opened = Signal()

    def __init__(self, *, offers: bool = True) -> None:
        """`offers`: whether their vouchers can be taken here."""
        super().__init__("card", name="customerCard")
        self._offers = offers
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._shown: CustomerState | None = None
        self._inside: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 16, 16, 16)
        self.hide()

    def show_state(self, state: CustomerState | None) -> None:
        """None hides the card."""
        if state == self._shown:
            return
        self._shown = state
        self.setVisible(state is not None)
        if self._inside is not None:
            self._column.removeWidget(self._inside)
            self._inside.deleteLater()
            self._inside = None
        if state is not None:
            self.setAccessibleName(f"{state.name}. {state.tier}. {state.points}")
            self._inside = self._made(state)
            self._column.addWidget(self._inside)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit()

    def _made(self, state: CustomerState) -> QWidget:
        inside = QWidget()
        inside.setObjectName("customerFacts")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_who(state))
        column.addSpacing(14)
        column.addLayout(_points(state))
        helps = self._helps(state)
        if helps:
            column.addSpacing(14)
            column.addWidget(divider())
            column.addSpacing(12)
            for part in helps:
                column.addLayout(part)
        return inside

    def _helps(self, state: CustomerState) -> list[QLayout]:
        parts: list[QLayout] = []
        if state.limit:
            parts.append(_fact("cloud-off", RichText(state.limit, name="pointsLimit"), "off"))
        if state.birthday:
            parts.append(_fact("cake", Text(state.birthday, 15, 400, "ink", name="birthday")))
        parts += [self._voucher(offer) for offer in state.vouchers[:MOST_VOUCHERS]]
        return parts

    def _voucher(self, offer: VoucherOffer) -> QLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(offer.name, 15, 400, "ink", wrap=True, name="offerName"))
        words.addWidget(Text(offer.value, 15, 600, "ink", name="offerValue"))
        row = QHBoxLayout()
        row.setContentsMargins(0, 10, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel("ticket", 20, "ink2"))
        row.addLayout(words, 1)
        if self._offers:
            use = Button(_("Áp dụng"), "soft", name=f"useVoucher_{offer.serial}", height=44)
            use.clicked.connect(lambda: self.voucher_pressed.emit(offer.serial))
            row.addWidget(use)
        return row


def _who(state: CustomerState) -> QLayout:
    names = QVBoxLayout()
    names.setSpacing(2)
    names.addWidget(Text(state.name, 18, 600, "ink", name="customerName"))
    names.addWidget(Text(state.phone, 15, 400, "ink2", name="customerPhone"))
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addLayout(names, 1)
    if state.tier:
        row.addWidget(Badge(state.tier, "quiet", dot=state.tier_dot, name="tierBadge"))
    return row


def _points(state: CustomerState) -> QLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Text(state.points, 22, 700, "ink", name="points"))
    row.addWidget(Text(_("điểm"), 15, 400, "ink2", name="pointsUnit"))
    row.addStretch(1)
    if state.as_of:
        row.addWidget(Badge(state.as_of, "off", icon="history", name="pointsAge"))
    elif state.worth:
        row.addWidget(Text(_("trả được"), 15, 400, "ink2", name="worthLabel"))
        row.addWidget(Text(state.worth, 15, 600, "ink", name="worth"))
    return row


def _fact(icon: str, words: QWidget, ink: str = "ink2") -> QLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(IconLabel(icon, 20, ink), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(words, 1)
    return row
