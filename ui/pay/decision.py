"""The decision column of the pay screen: sums, tenders taken, rounding, receipt, points, Hoàn tất."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.pay.state import PayState, TakenState
from ui.widgets.choices import CheckBox
from ui.widgets.cross import Cross
from ui.widgets.frames import DecisionColumn, SumRow, SumRows, hint_line, main_button
from ui.widgets.text import RIGHT, IconLabel, Text, divider


class PayColumn(DecisionColumn):
    """What is owed, what was taken, and the one button."""

    taken_back = Signal(int)
    receipt_toggled = Signal(bool)

    def __init__(self) -> None:
        super().__init__(name="payColumn")
        self._sums = SumRows(name="paySums")
        self._taken = TakenList()
        self._taken.dropped.connect(self.taken_back)
        self._rounding = SumRows(name="roundingRow")
        self.receipt = CheckBox(_("In hóa đơn giấy"), name="printReceipt", checked=True)
        self.receipt.toggled.connect(self.receipt_toggled)
        self._earned = _Fact("sparkles", name="earned")
        self.main = main_button(_("Hoàn tất"), name="payCompleteButton", key="Enter")
        self._hint = hint_line("", name="drawerHint")
        self._build()

    def _build(self) -> None:
        content = self.content
        content.setSpacing(0)
        content.addWidget(self._sums)
        content.addSpacing(8)
        content.addWidget(divider())
        content.addWidget(self._taken)
        content.addSpacing(8)
        content.addWidget(self._rounding)
        content.addStretch(1)
        content.addWidget(self.receipt)
        content.addSpacing(10)
        content.addWidget(_invoice())
        content.addSpacing(8)
        content.addWidget(self._earned)
        content.addSpacing(14)
        self.set_buttons(self.main, hint=self._hint)

    def show_state(self, state: PayState) -> None:
        """Only what differs changes."""
        rows = [SumRow(label, value) for label, value in state.sums]
        self._sums.show_rows([*rows, SumRow(state.total_label, state.total, strong=True)])
        self._taken.show_taken(state.taken)
        rounding = [SumRow(_("Làm tròn tiền mặt"), state.rounding)] if state.rounding else []
        self._rounding.show_rows(rounding)
        if self.receipt.isChecked() != state.receipt:
            self.receipt.setChecked(state.receipt)
        self._earned.show_fact(state.earned_label, state.earned)
        self._earned.setVisible(bool(state.earned))
        self.main.set_text(state.main)
        self.main.set_reason(state.main_reason)
        self._hint.setText(state.hint)


def _invoice() -> QWidget:
    """Information only: which buyer the electronic invoice will name."""
    row = QWidget()
    row.setObjectName("invoiceLine")
    box = QHBoxLayout(row)
    box.setContentsMargins(1, 0, 0, 0)
    box.setSpacing(13)
    box.addWidget(IconLabel("file-text", 24, "ink2"))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(_("Hóa đơn điện tử"), 16, 400, "ink", name="invoiceTitle"))
    words.addWidget(Text(_("Bán cho người tiêu dùng"), 15, 400, "ink2", name="invoiceBuyer"))
    box.addLayout(words, 1)
    return row


class _Fact(QWidget):
    """Icon, words, and a fact at the right."""

    def __init__(self, icon: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Line")
        self.setFixedHeight(44)
        box = QHBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.setSpacing(13)
        box.addWidget(IconLabel(icon, 24, "ink2"))
        self._label = Text("", 16, 400, "ink", name=f"{name}Label")
        self._value = Text("", 16, 600, "ink", align=RIGHT, name=name)
        box.addWidget(self._label, 1)
        box.addWidget(self._value)

    def show_fact(self, label: str, value: str) -> None:
        self._label.setText(label)
        self._value.setText(value)


class TakenList(QWidget):
    """Tenders taken, 76 high each, with × to give them back."""

    dropped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("takenTenders")
        self._shown: tuple[TakenState, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_taken(self, taken: tuple[TakenState, ...]) -> None:
        """Rebuilt only when they differ."""
        if taken == self._shown:
            return
        self._shown = taken
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._made(tender, at) for at, tender in enumerate(taken)]
        for row in self._rows:
            self._column.addWidget(row)

    def _made(self, tender: TakenState, at: int) -> QWidget:
        row = QWidget()
        row.setObjectName(f"taken_{at}")
        row.setFixedHeight(77)
        outer = QVBoxLayout(row)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        box = QHBoxLayout()
        box.setSpacing(10)
        box.addWidget(IconLabel(tender.icon, 24, "ink2"))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(Text(tender.title, 16, 600, "ink", name="takenTitle"))
        if tender.line:
            words.addWidget(Text(tender.line, 15, 400, "ink2", name="takenLine"))
        words.addStretch(1)
        box.addLayout(words, 1)
        if tender.no:
            drop = Cross(_("Trả lại: {what}").format(what=tender.title), name=f"giveBack_{tender.no}")
            drop.clicked.connect(lambda: self.dropped.emit(tender.no))
            box.addWidget(drop)
        amount = Text(tender.amount, 16, 600, "ink", align=RIGHT, name="takenAmount")
        amount.setMinimumWidth(70)
        box.addWidget(amount)
        outer.addLayout(box, 1)
        outer.addWidget(divider())
        return row
