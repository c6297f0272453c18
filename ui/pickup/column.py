"""The decision column of the pick-up screen: who, PIN, proof, sums, what is due and the two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.text import _
from ui.pickup.pin_boxes import PinBoxes
from ui.pickup.state import ColumnState, PersonState, PinCard, ProofState
from ui.widgets.button import Button
from ui.widgets.frames import DecisionColumn, SumRow, SumRows, main_button, second_button
from ui.widgets.money import HeroMoney
from ui.widgets.small import Badge
from ui.widgets.text import RIGHT, IconLabel, Panel, RichText, Text, divider


class ScrollingTop(QScrollArea):
    """The upper part of a decision column: scrolls when more must be said than there is room for."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inside = QWidget()
        inside.setObjectName(f"{name}Inside")
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)


class PersonCard(Panel):
    """Name over masked phone, tier at the right, who fetches it instead below."""

    def __init__(self) -> None:
        super().__init__("card", name="customerCard")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(6)
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(3)
        self._name = Text("", 18, 600, name="customerName")
        self._phone = Text("", 15, 400, "ink2", name="customerPhone")
        words.addWidget(self._name)
        words.addWidget(self._phone)
        self._badge = Badge("", name="customerTier")
        row.addLayout(words, 1)
        row.addWidget(self._badge)
        column.addLayout(row)
        self._collector = RichText("", 15, name="collector")
        column.addWidget(self._collector)

    def show_person(self, person: PersonState | None) -> None:
        """Somebody else."""
        self.setVisible(person is not None)
        if person is None:
            return
        self._name.setText(person.name)
        self._phone.setText(person.phone)
        self._badge.setVisible(person.badge is not None)
        if person.badge is not None:
            self._badge.show_badge(person.badge.text, person.badge.kind, person.badge.icon, person.badge.dot)
        self._collector.setVisible(bool(person.collector))
        self._collector.show_text(person.collector)


class PinPanel(Panel):
    """Label, four boxes; at the right whether it matches, or the way on without the PIN."""

    def __init__(self) -> None:
        super().__init__("card", name="pinCard")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(13)
        row = QHBoxLayout()
        row.setSpacing(6)
        self._label = Text(_("Mã PIN khách đọc"), 16, 600, name="pinLabel")
        self._icon = IconLabel("circle-check", 20, "ok")
        self._words = Text("", 16, 600, "ok", align=RIGHT, name="pinWords")
        row.addWidget(self._label)
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        column.addLayout(row)
        self.boxes = PinBoxes()
        column.addWidget(self.boxes)
        self.forgot = Button(_("Khách quên PIN"), name="pinForgotten", height=44)
        column.addWidget(self.forgot)

    def show_pin(self, pin: PinCard | None) -> None:
        """Another state of it."""
        self.setVisible(pin is not None)
        if pin is None:
            return
        ink = "ok" if pin.status == "ok" else "stop"
        self._icon.setVisible(bool(pin.words))
        self._icon.show_icon("circle-check" if pin.status == "ok" else "circle-x", ink)
        self._words.setText(pin.words)
        self._words.set_ink(ink)
        self.forgot.setVisible(pin.may_forget)
        self.boxes.show_pin(pin.status, pin.digits)


class ProofPanel(Panel):
    """What a person must still look at or allow; told before the press."""

    pressed = Signal()

    def __init__(self) -> None:
        super().__init__("need-note", name="proofNote")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._icon = IconLabel("shield-alert", 22, "need")
        words = QVBoxLayout()
        words.setSpacing(1)
        self._title = Text("", 16, 600, "need", wrap=True, name="proofTitle")
        self._line = Text("", 15, 400, "ink", wrap=True, name="proofLine")
        words.addWidget(self._title)
        words.addWidget(self._line)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        column.addLayout(row)
        self._button = Button("", name="proofButton", height=44)
        self._button.clicked.connect(self.pressed)
        column.addWidget(self._button)

    def show_proof(self, proof: ProofState | None) -> None:
        """Another one, or none."""
        self.setVisible(proof is not None)
        if proof is None:
            return
        self._icon.show_icon(proof.icon)
        self._title.setText(proof.title)
        self._line.setText(proof.line)
        self._button.setVisible(bool(proof.action))
        self._button.set_text(proof.label)


class PickupColumn(DecisionColumn):
    """376 wide; the main button is `pickupHandOver`."""

    def __init__(self) -> None:
        super().__init__()
        self.person, self.pin, self.proof = PersonCard(), PinPanel(), ProofPanel()
        top = ScrollingTop("pickupTop")
        top.column.setSpacing(12)
        for panel in (self.person, self.pin, self.proof):
            top.column.addWidget(panel)
        top.column.addStretch(1)
        self.content.addWidget(top, 1)
        bottom = QVBoxLayout()
        bottom.setSpacing(0)
        self._sums = SumRows(name="pickupSums")
        bottom.addWidget(self._sums)
        bottom.addSpacing(11)
        bottom.addWidget(divider())
        bottom.addWidget(self._due_row())
        self.content.addLayout(bottom)
        self.main = main_button("", name="pickupHandOver", key="F9")
        self.second = second_button("", name="pickupPartial")
        self._keeper = QWidget()  # the main button stands where it stands, with and without a second one
        self._keeper.setObjectName("secondRoom")
        self._keeper.setFixedHeight(56)
        room = QVBoxLayout(self._keeper)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(self.second)
        self.set_buttons(self.main, self._keeper)

    def _due_row(self) -> QWidget:
        row = QWidget()
        row.setObjectName("dueRow")
        row.setFixedHeight(78)
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 3)
        self._due_label = Text("", 16, 600, "ink2", name="dueLabel")
        self._due = HeroMoney(48, name="pickupDue")
        box.addWidget(self._due_label)
        box.addWidget(self._due, 1)
        return row

    def show_state(self, state: ColumnState) -> None:
        """Show it."""
        self.person.show_person(state.person)
        self.pin.show_pin(state.pin)
        self.proof.show_proof(state.proof)
        self._sums.show_rows([SumRow(label, value) for label, value in state.sums])
        self._due_label.setText(state.due_label)
        self._due.show_amount(state.due)
        self.main.set_text(state.main)
        self.main.set_key(state.main_key if not state.main_reason else "")
        self.main.set_reason(state.main_reason)
        self.second.setVisible(bool(state.second))
        self.second.set_text(state.second)
        self.second.set_key(state.second_key)
