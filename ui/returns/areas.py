"""The two work areas of the return screen before money goes back: how to begin, the lines of a receipt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos_app.text import _
from ui.pickup.areas import ColumnHeads, Head
from ui.returns.row import EDGE, QUANTITY_RIGHT, TEXT_LEFT, ReturnRowWidget
from ui.returns.state import ReturnState
from ui.widgets.small import IconDisc
from ui.widgets.text import CENTRE, IconLabel, Panel, Text, divider


class EntryArea(QWidget):
    """F7 without a receipt: what to scan or type, with examples."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("returnEntry")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 0, 16, 0)
        column.setSpacing(0)
        column.addStretch(2)
        column.addWidget(IconLabel("receipt-text", 56, "ink3"), 0, CENTRE)
        column.addSpacing(16)
        column.addWidget(Text(_("Hàng nào khách trả?"), 22, 700, align=CENTRE, name="entryTitle"))
        column.addSpacing(8)
        line = _("Quét một trong các mã này, hoặc gõ số rồi bấm Enter.")
        column.addWidget(Text(line, 16, 400, "ink2", align=CENTRE, name="entryLine"))
        column.addSpacing(28)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addStretch(1)
        examples = (
            ("qr-code", _("Mã QR cuối phiếu"), _("trên PHIẾU TÍNH TIỀN của khách")),
            ("receipt", "NT02-001873", _("số hóa đơn ở đầu phiếu")),
            ("package", "MN-48207", _("số đơn online của khách")),
        )
        for at, (icon, title, words) in enumerate(examples):
            row.addWidget(_example(icon, title, words, at))
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(3)


def _example(icon: str, title: str, words: str, at: int) -> QWidget:
    card = Panel("figure", name=f"entryExample_{at}")
    card.setFixedWidth(270)
    column = QVBoxLayout(card)
    column.setContentsMargins(16, 18, 16, 18)
    column.setSpacing(4)
    column.addWidget(IconDisc(icon, "accent", 40, name=f"entryDisc_{at}"), 0, CENTRE)
    column.addSpacing(8)
    column.addWidget(Text(title, 17, 600, align=CENTRE, name=f"entryExampleTitle_{at}"))
    column.addWidget(Text(words, 15, 400, "ink2", align=CENTRE, wrap=True, name=f"entryExampleLine_{at}"))
    return card


class LinesArea(QWidget):
    """The receipt: title, column heads, rows that open when they are chosen."""

    toggled = Signal(str)
    defect_pressed = Signal(str)
    stepped = Signal(str, int)
    condition_chosen = Signal(str, str)
    reason_chosen = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("returnLinesArea")
        self._head = Head("return")
        columns = ColumnHeads("return")
        columns.setFixedHeight(34)
        columns.add(_("Chọn món khách trả"), "left", TEXT_LEFT, "headChoose")
        columns.add(_("SL"), "right", QUANTITY_RIGHT, "headReturnQuantity")
        columns.add(_("Hoàn lại"), "right", EDGE, "headRefund")
        self._inside = QWidget()
        self._inside.setObjectName("returnLines")
        self._rows_box = QVBoxLayout(self._inside)
        self._rows_box.setContentsMargins(0, 0, 0, 0)
        self._rows_box.setSpacing(0)
        self._rows_box.addStretch(1)
        scroll = QScrollArea()
        scroll.setObjectName("returnScroll")
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._inside)
        self._scroll = scroll
        self._rows: dict[str, ReturnRowWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._head, columns, divider()):
            column.addWidget(widget)
        column.addWidget(scroll, 1)

    def show_state(self, state: ReturnState) -> None:
        """Rows that stay keep their widgets."""
        self._head.show_words(state.title, state.line)
        if [row.key for row in state.rows] != list(self._rows) or state.title != self._shown_title():
            self._rebuild(state)
        for row in state.rows:
            before = self._rows[row.key]
            was_open = before.height()
            before.show_row(row)
            if before.height() > was_open and self.isVisible():
                self._scroll.ensureWidgetVisible(before, 0, 8)

    def _shown_title(self) -> str:
        return str(self._inside.property("receipt") or "")

    def _rebuild(self, state: ReturnState) -> None:
        for old in self._rows.values():
            self._rows_box.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._inside.setProperty("receipt", state.title)
        self._rows = {}
        for at, row in enumerate(state.rows):
            made = ReturnRowWidget(row, state.conditions, state.reasons)
            made.toggled.connect(self.toggled)
            made.defect_pressed.connect(self.defect_pressed)
            made.stepped.connect(self.stepped)
            made.condition_chosen.connect(self.condition_chosen)
            made.reason_chosen.connect(self.reason_chosen)
            self._rows[row.key] = made
            self._rows_box.insertWidget(at, made)
