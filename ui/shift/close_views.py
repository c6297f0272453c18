"""What stands at the left once the count is fixed: both figures with the reason, then the closed shift."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.shift.state import ClosedState, DifferenceState, FactState
from ui.widgets.choices import Choice, ReasonChoice
from ui.widgets.inputs import Note
from ui.widgets.money import HeroMoney
from ui.widgets.small import BadgeKind, paint_disc
from ui.widgets.text import IconLabel, Panel, Text


class FigureCard(Panel):
    """One of the two figures."""

    def __init__(self, label: str, *, name: str) -> None:
        super().__init__("card", name=f"{name}Card")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(4)
        column.addWidget(Text(label, 15, 600, "ink2", name=f"{name}Label"))
        self.amount = HeroMoney(40, name=name, spoken=label)
        column.addWidget(self.amount)


class DifferenceView(QWidget):
    """Counted and expected side by side, the difference below, and why."""

    reason_chosen = Signal(str)
    note_written = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("differenceView")
        self._counted = FigureCard(_("Tiền đếm được"), name="countedAmount")
        self._expected = FigureCard(_("Theo hệ thống"), name="expectedAmount")
        self._verdict_panel = Panel("need-soft", name="differencePanel")
        self._notice = Text("", 15, 400, "need", wrap=True, name="differenceNotice")
        self.reason = ReasonChoice([], name="differenceReason", empty=_("Chọn lý do"), height=56)
        self.reason.align_left()
        self.note = Note(
            _("Viết ngắn chuyện đã xảy ra…"), name="differenceNote", spoken=_("Giải thích chênh lệch")
        )
        self._message = Text("", 15, 400, "stop", wrap=True, name="differenceMessage")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        cards = QHBoxLayout()
        cards.setSpacing(12)
        cards.addWidget(self._counted, 1)
        cards.addWidget(self._expected, 1)
        column.addLayout(cards)
        column.addSpacing(12)
        column.addWidget(self._made_verdict())
        column.addSpacing(24)
        column.addWidget(Text(_("Vì sao lệch"), 18, 600, name="reasonLabel"))
        column.addSpacing(10)
        column.addWidget(self.reason)
        column.addSpacing(12)
        column.addWidget(self.note)
        column.addSpacing(12)
        column.addWidget(self._message)
        column.addStretch(1)
        self.reason.chosen.connect(self.reason_chosen)
        self.note.textChanged.connect(lambda: self.note_written.emit(self.note.toPlainText()))

    def _made_verdict(self) -> Panel:
        panel = self._verdict_panel
        row = QHBoxLayout(panel)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(16)
        row.addWidget(IconLabel("triangle-alert", 24, "need"))
        words = QVBoxLayout()
        words.setSpacing(4)
        self._verdict = Text("", 22, 700, "need", name="differenceVerdict")
        self._line = Text("", 15, 400, "ink", name="differenceLine")
        words.addWidget(self._verdict)
        words.addWidget(self._line)
        words.addWidget(self._notice)
        row.addLayout(words, 1)
        return panel

    def show_difference(self, state: DifferenceState, message: str) -> None:
        """Both figures and what was written so far."""
        self._counted.amount.show_amount(state.counted)
        self._expected.amount.show_amount(state.expected)
        self._verdict.setText(state.verdict)
        self._line.setText(state.line)
        self._notice.setText(state.notice)
        self._notice.setVisible(bool(state.notice))
        self._message.setText(message)
        self.reason.show_choices([Choice(one.name, one.label) for one in state.reasons], state.chosen)

    def take_focus(self) -> None:
        """The list of reasons first; Tab goes on to the words."""
        if not self.note.hasFocus():
            self.reason.setFocus(Qt.FocusReason.OtherFocusReason)


class _Disc(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon = "check"
        self._kind: BadgeKind = "quiet"
        self.setObjectName(name)
        self.setFixedSize(40, 40)

    def show_icon(self, icon: str, kind: BadgeKind) -> None:
        self._icon, self._kind = icon, kind
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_disc(QPainter(self), QRectF(0, 0, 40, 40), self._icon, self._kind)


class FactRow(QWidget):
    """Icon, bold fact, one line below it; 72 high."""

    def __init__(self, at: int) -> None:
        super().__init__()
        self.setObjectName(f"fact_{at}")
        self.setFixedHeight(72)
        self._disc = _Disc(f"factIcon_{at}")
        self._title = Text("", 17, 600, name=f"factTitle_{at}")
        self._line = Text("", 15, 400, "ink2", name=f"factLine_{at}")
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(16)
        row.addWidget(self._disc)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self._title)
        words.addWidget(self._line)
        words.addStretch(1)
        row.addLayout(words, 1)

    def show_fact(self, fact: FactState) -> None:
        """Another fact."""
        self._disc.show_icon(fact.icon, fact.kind)
        self._title.setText(fact.title)
        self._line.setText(fact.line)
        self._title.set_ink("need" if fact.kind == "need" else "ink")


class ClosedView(QWidget):
    """The verdict in one sentence, and what still happens with this shift."""

    FACTS = 3

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("closedView")
        panel = Panel("ok-soft", name="closedPanel")
        row = QHBoxLayout(panel)
        row.setContentsMargins(24, 18, 24, 18)
        row.setSpacing(20)
        row.addWidget(IconLabel("circle-check", 40, "ok"))
        words = QVBoxLayout()
        words.setSpacing(2)
        self._title = Text("", 28, 700, name="closedTitle")
        self._line = Text("", 16, 400, "ink", name="closedLine")
        words.addWidget(self._title)
        words.addWidget(self._line)
        row.addLayout(words, 1)
        card = Panel("card", name="closedFacts")
        rows = QVBoxLayout(card)
        rows.setContentsMargins(0, 8, 0, 8)
        rows.setSpacing(0)
        self._facts = [FactRow(at) for at in range(self.FACTS)]
        for fact in self._facts:
            rows.addWidget(fact)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(panel)
        column.addWidget(card)
        column.addStretch(1)

    def show_closed(self, state: ClosedState) -> None:
        """What became of it."""
        self._title.setText(state.title)
        self._line.setText(state.line)
        for row, fact in zip(self._facts, state.facts, strict=True):
            row.show_fact(fact)
