"""What stands after a finished act until the next scan: a large tick, what was done, its facts."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.widgets.done_state import DoneState
from ui.widgets.frames import SumRow, SumRows
from ui.widgets.money import HeroMoney
from ui.widgets.small import paint_tick
from ui.widgets.text import CENTRE, Panel, Text


class BigTick(QWidget):
    """All is done, 72 px."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("bigTick")
        self.setFixedSize(72, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_tick(QPainter(self), QRectF(0, 0, 72, 72))


class DoneArea(QWidget):
    """`cash_spoken` = what the figure is called, for areas that can hand out money."""

    def __init__(self, *, name: str, cash_spoken: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self._title = Text("", 28, 700, align=CENTRE, name=f"{name}Title")
        self._label = Text("", 22, 700, "ink2", align=CENTRE, name=f"{name}Label")
        self._cash = HeroMoney(76, name=f"{name}Cash", ink="ok", spoken=cash_spoken)
        self._notes = Text("", 18, 600, "ok", align=CENTRE, name=f"{name}Notes")
        self._line = Text("", 16, 400, "ink2", align=CENTRE, wrap=True, name=f"{name}Line")
        self._facts = SumRows(name=f"{name}Facts")
        card = Panel("figure", name=f"{name}Card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(20, 14, 20, 14)
        inside.addWidget(self._facts)
        card.setFixedWidth(480)
        column = QVBoxLayout(self)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(BigTick(), 0, CENTRE)
        column.addSpacing(20)
        column.addWidget(self._title)
        column.addWidget(self._label)
        column.addWidget(self._cash, 0, CENTRE)
        column.addWidget(self._notes)
        column.addSpacing(8)
        column.addWidget(self._line)
        column.addSpacing(24)
        column.addWidget(card, 0, CENTRE)
        column.addStretch(2)

    def show_state(self, state: DoneState) -> None:
        """Show it."""
        gives = state.cash > 0
        for text in (self._title, self._label):
            text.setText(state.title)
        self._title.setVisible(not gives)
        for part in (self._label, self._cash, self._notes):
            part.setVisible(gives)
        self._cash.show_amount(state.cash)
        self._cash.setFixedWidth(self._cash.sizeHint().width())
        self._notes.setText(state.notes)
        self._line.setText(state.line)
        self._facts.show_rows([SumRow(label, value, ink="ink") for label, value in state.facts])
