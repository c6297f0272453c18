"""The two things beside the list of the shift's page: a form for cash, and the X report."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.shift.figures import sum_rows
from ui.shift.state import CashForm, ReportPart
from ui.widgets.choices import Choice, ReasonChoice
from ui.widgets.frames import SumRows
from ui.widgets.inputs import Note
from ui.widgets.pads import NumericPad
from ui.widgets.text import RIGHT, Panel, Text


class CashFormView(QWidget):
    """Amount with its pad at the right, reason and words at the left."""

    pressed = Signal(str)
    reason_chosen = Signal(str)
    note_written = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cashForm")
        self._round = -1
        self._title = Text("", 22, 700, name="cashTitle")
        self._line = Text("", 15, 400, "ink2", wrap=True, name="cashLine")
        self.reason = ReasonChoice([], name="cashReason", empty=_("Chọn lý do"), height=56)
        self.note = Note(_("Viết ngắn lý do…"), name="cashNote", spoken=_("Lý do"), height=96)
        self._pad = NumericPad(height=72)
        self._amount = _AmountBox()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addSpacing(4)
        words.addWidget(self._line)
        words.addSpacing(20)
        words.addWidget(Text(_("Lý do"), 14, 600, "ink3", name="cashReasonLabel"))
        words.addSpacing(8)
        words.addWidget(self.reason)
        words.addSpacing(12)
        words.addWidget(self.note)
        words.addStretch(1)
        self._money = QWidget()
        self._money.setObjectName("cashMoney")
        self._money.setFixedWidth(298)
        money = QVBoxLayout(self._money)
        money.setContentsMargins(0, 0, 0, 0)
        money.setSpacing(8)
        money.addWidget(self._amount)
        money.addSpacing(4)
        money.addWidget(self._pad)
        money.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addWidget(self._money)
        self._pad.pressed.connect(self.pressed)
        self.reason.chosen.connect(self.reason_chosen)
        self.note.textChanged.connect(lambda: self.note_written.emit(self.note.toPlainText()))

    def show_form(self, form: CashForm) -> None:
        """Another form starts with empty words."""
        self._title.setText(form.title)
        self._line.setText(form.line)
        self._money.setVisible(form.asks_amount)
        self._amount.show_amount(form.amount)
        self.reason.show_choices([Choice(one.name, one.label) for one in form.reasons], form.chosen)
        if form.round != self._round:
            self._round = form.round
            if self.note.toPlainText():
                self.note.clear()


class _AmountBox(Panel):
    """What was typed, in a large figure."""

    def __init__(self) -> None:
        super().__init__("figure", name="cashAmountBox")
        self.setFixedHeight(92)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 8, 16, 8)
        column.setSpacing(0)
        column.addWidget(Text(_("Số tiền (đồng)"), 14, 600, "ink3", name="cashAmountLabel"))
        self._figure = Text("0", 38, 700, align=RIGHT, name="cashAmount")
        column.addWidget(self._figure, 1)

    def show_amount(self, text: str) -> None:
        self._figure.setText(text)
        self._figure.set_ink("ink" if text != "0" else "ink3")


class ReportView(QWidget):
    """Groups of figures in two columns of cards."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("xReport")
        self._cards = [_ReportCard(at) for at in range(3)]
        left, right = QVBoxLayout(), QVBoxLayout()
        for column, cards in ((left, self._cards[:1]), (right, self._cards[1:])):
            column.setSpacing(16)
            for card in cards:
                column.addWidget(card)
            column.addStretch(1)
        self._empty = Text("", 16, 400, "ink2", wrap=True, name="xEmpty")
        left.insertWidget(0, self._empty)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 1)
        row.addLayout(right, 1)

    def show_parts(self, parts: Sequence[ReportPart], note: str) -> None:
        """None at all while they are added up (`note` says so), or when no shift is open."""
        self._empty.setVisible(not parts)
        self._empty.setText((note or _("Mở ca để bắt đầu bán.")) if not parts else "")
        for at, card in enumerate(self._cards):
            card.setVisible(at < len(parts))
            if at < len(parts):
                card.show_part(parts[at])


class _ReportCard(Panel):
    def __init__(self, at: int) -> None:
        super().__init__("card", name=f"xCard_{at}")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(8)
        self._title = Text("", 18, 600, name=f"xTitle_{at}")
        self._rows = SumRows(name=f"xRows_{at}")
        column.addWidget(self._title)
        column.addWidget(self._rows)

    def show_part(self, part: ReportPart) -> None:
        self._title.setText(part.title)
        self._rows.show_rows(sum_rows(part.figures))
