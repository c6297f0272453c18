"""The decision column of the return screen: how the money goes back, told before the press."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.pickup.column import ScrollingTop
from ui.returns.state import NoteState, RefundColumn, TenderRow
from ui.widgets.choices import Choice, ReasonChoice
from ui.widgets.frames import DecisionColumn, SumRow, SumRows, main_button, second_button
from ui.widgets.money import HeroMoney
from ui.widgets.text import RIGHT, IconLabel, Panel, Text, divider

ROOMY = 2
"""Up to so many ways of paying stand in rows of 70, more of them closer."""


class TenderCard(Panel):
    """One row a tender: icon, name over its cap, amount; rows are made anew when their number changes."""

    def __init__(self) -> None:
        super().__init__("card", name="refundCard")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 0, 16, 0)
        self._column.setSpacing(0)
        self._rows: list[tuple[IconLabel, Text, Text, Text]] = []
        self._parts: list[QWidget] = []

    def show_rows(self, rows: tuple[TenderRow, ...]) -> None:
        """Other ways."""
        self.setVisible(bool(rows))
        if len(rows) != len(self._rows):
            self._rebuild(len(rows))
        for row, (icon, name, cap, amount) in zip(rows, self._rows, strict=True):
            icon.show_icon(row.icon)
            name.setText(row.name)
            cap.setText(row.cap)
            amount.setText(row.amount)

    def _rebuild(self, count: int) -> None:
        for part in self._parts:
            self._column.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._rows, self._parts = [], []
        for at in range(count):
            if at:
                self._parts.append(divider())
                self._column.addWidget(self._parts[-1])
            self._column.addWidget(self._made(at, 69 if count <= ROOMY else 54))

    def _made(self, at: int, height: int) -> QWidget:
        row = QWidget()
        row.setObjectName(f"refundRow_{at}")
        row.setFixedHeight(height)
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        icon = IconLabel("banknote", 22, "ink2")
        words = QVBoxLayout()
        words.setSpacing(0)
        name = Text("", 16, 600, name=f"refundName_{at}")
        cap = Text("", 14, 400, "ink2", name=f"refundCap_{at}")
        amount = Text("", 18, 600, align=RIGHT, name=f"refundAmount_{at}")
        words.addStretch(1)
        words.addWidget(name)
        words.addWidget(cap)
        words.addStretch(1)
        box.addWidget(icon)
        box.addLayout(words, 1)
        box.addWidget(amount)
        self._rows.append((icon, name, cap, amount))
        self._parts.append(row)
        return row


class NotePanel(Panel):
    """A title over a line, told before the press."""

    def __init__(self, at: int) -> None:
        super().__init__("need-note", name=f"refundNote_{at}")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self._icon = IconLabel("user-round-check", 22, "need")
        words = QVBoxLayout()
        words.setSpacing(1)
        self._title = Text("", 16, 600, "need", wrap=True, name=f"refundNoteTitle_{at}")
        self._line = Text("", 15, 400, "ink", wrap=True, name=f"refundNoteLine_{at}")
        words.addWidget(self._title)
        words.addWidget(self._line)
        row.addWidget(self._icon)
        row.addLayout(words, 1)

    def show_note(self, note: NoteState | None) -> None:
        """Another one, or none."""
        self.setVisible(note is not None)
        if note is None:
            return
        ink = {"need": "need", "figure": "ink"}[note.kind]
        self.set_panel({"need": "need-note", "figure": "figure"}[note.kind])
        self._icon.show_icon(note.icon, ink)
        self._title.setText(note.title)
        self._title.set_ink(ink)
        self._line.setText(note.line)


class PointsRow(QWidget):
    """Points that are taken back or returned."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("refundPoints")
        self.setFixedHeight(34)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 17, 0)
        row.setSpacing(12)
        self._label = Text("", 16, 400, "ink2", name="refundPointsLabel")
        self._value = Text("", 16, 600, align=RIGHT, name="refundPointsValue")
        row.addWidget(IconLabel("star", 22, "ink2"))
        row.addWidget(self._label, 1)
        row.addWidget(self._value)

    def show_points(self, points: tuple[tuple[str, str], ...]) -> None:
        """None or one line."""
        self.setVisible(bool(points))
        for label, value in points:
            self._label.setText(label)
            self._value.setText(value)


class ReturnColumn(DecisionColumn):
    """376 wide; the main button is `refundConfirm`."""

    method_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.content.setSpacing(0)
        self._heading = Text("", 14, 600, "ink2", name="refundHeading")
        self._heading.setFixedHeight(19)
        self._tenders, self._points = TenderCard(), PointsRow()
        self._notes = [NotePanel(at) for at in range(2)]
        self._method = ReasonChoice([], name="refundMethod", empty=_("Cách hoàn"))
        self._method.chosen.connect(self.method_chosen)
        top = ScrollingTop("refundTop")
        top.column.addWidget(self._heading)
        top.column.addSpacing(8)
        top.column.addWidget(self._tenders)
        group = QVBoxLayout()
        group.setContentsMargins(0, 12, 0, 0)
        group.setSpacing(10)
        group.addWidget(self._points)
        for note in self._notes:
            group.addWidget(note)
        group.addWidget(self._method)
        top.column.addLayout(group)
        top.column.addStretch(1)
        self.content.addWidget(top, 1)
        self.content.addLayout(self._bottom())
        self.main = main_button("", name="refundConfirm", key="F9")
        self.second = second_button("", name="refundSkip", key="Esc", icon="arrow-left")
        self.set_buttons(self.main, self.second)

    def _bottom(self) -> QVBoxLayout:
        bottom = QVBoxLayout()
        bottom.setSpacing(0)
        self._sums = SumRows(name="refundSums")
        self._label = Text("", 16, 600, "ink2", name="refundLabel")
        self._amount = HeroMoney(56, name="refundAmount")
        self._amount.setFixedHeight(76)
        bottom.addWidget(self._sums)
        bottom.addSpacing(11)
        bottom.addWidget(divider())
        bottom.addSpacing(12)
        bottom.addWidget(self._label)
        bottom.addSpacing(-6)
        bottom.addWidget(self._amount)
        bottom.addSpacing(6)
        return bottom

    def show_state(self, state: RefundColumn) -> None:
        """Show it."""
        self._heading.setText(state.heading)
        self._tenders.show_rows(state.tenders)
        self._points.show_points(state.points)
        notes = (*state.notes, None, None)
        for panel, note in zip(self._notes, notes, strict=False):
            panel.show_note(note)
        self._method.setVisible(len(state.methods) > 1)
        self._method.show_choices([Choice(*one) for one in state.methods], state.method)
        self._sums.show_rows([SumRow(label, value) for label, value in state.sums])
        self._label.setText(state.label)
        self._amount.show_amount(state.amount)
        self.main.set_text(state.main)
        self.main.set_key("" if state.main_reason else state.main_key)
        self.main.set_reason(state.main_reason)
        self.second.set_text(state.second)
        self.second.set_key(state.second_key)
        self.second.set_icon(state.second_icon)
