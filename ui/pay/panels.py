"""What stands between the ways to pay and the pad when it is not quick cash: points, or a credit's paper."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout

from pos_app.text import _
from ui.pay.state import Mode, PointsState
from ui.widgets.button import Button
from ui.widgets.scan_box import ScanBox
from ui.widgets.text import Panel, RichText, Text


class PointsPanel(Panel):
    """How many points there are, how many may be spent now, and one press for all of them."""

    most_pressed = Signal(int)

    def __init__(self) -> None:
        super().__init__("figure", name="pointsPanel")
        self._most = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(8)
        self._balance = Text("", 38, 700, "ink", name="pointsBalance")
        self._offer = RichText("", 16, name="pointsOffer")
        self._reason = Text("", 15, 400, "ink2", wrap=True, name="pointsReason")
        self._all = Button("", "soft", name="allPointsButton", icon="star", height=56)
        self._all.clicked.connect(lambda: self.most_pressed.emit(self._most))
        column.addWidget(self._balance)
        column.addWidget(Text(_("điểm khách đang có"), 15, 400, "ink2", name="pointsBalanceLabel"))
        column.addSpacing(8)
        column.addWidget(self._offer)
        column.addWidget(self._reason)
        column.addStretch(1)
        column.addWidget(self._all)

    def show_points(self, points: PointsState) -> None:
        """What is offered now."""
        self._most = points.most
        self._balance.setText(points.balance)
        self._offer.show_text(points.offer)
        self._reason.setText(points.reason)
        self._reason.setVisible(bool(points.reason))
        self._all.set_text(points.most_label)
        self._all.setEnabled(points.most > 0)


class CreditPanel(Panel):
    """Asks for the paper of a store credit: scanned, or its number typed."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__("figure", name="creditPanel")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        self._title = Text("", 20, 700, "ink", wrap=True, name="creditTitle")
        column.addWidget(self._title)
        self.box = PaperBox(_("Quét, hoặc gõ số phiếu"), icon="receipt", name="creditBox")
        self.box.entered.connect(self.entered)
        column.addWidget(self.box)
        self._words = Text("", 15, 400, "ink2", wrap=True, name="creditWords")
        column.addWidget(self._words)
        column.addStretch(1)
        self._use = Button("", "soft", name="useCreditButton", icon="receipt", height=56)
        self._use.clicked.connect(self.box.returnPressed)
        column.addWidget(self._use)
        self.ask_for("store_credit")

    def ask_for(self, mode: Mode) -> None:
        """The paper of a return, or a gift card."""
        if mode == "stored_value":
            self._title.setText(_("Quét mã trên thẻ quà tặng"))
            self._words.setText(_("Cần có mạng. Dùng chưa hết thì phần còn lại vẫn ở trên thẻ."))
            self.box.set_words(_("Quét, hoặc gõ mã thẻ"), "gift")
            self.box.setAccessibleName(_("Mã thẻ"))
            self._use.set_text(_("Dùng thẻ này"))
            self._use.set_icon("gift")
        else:
            self._title.setText(_("Quét mã trên phiếu trả hàng"))
            self._words.setText(_("Phiếu của quầy khác cần có mạng. Phần chưa dùng vẫn ở trên phiếu."))
            self.box.set_words(_("Quét, hoặc gõ số phiếu"), "receipt")
            self.box.setAccessibleName(_("Số phiếu hoàn tiền"))
            self._use.set_text(_("Dùng phiếu này"))
            self._use.set_icon("receipt")

    def press(self, key: str) -> None:
        """A key of the pad: "0" to "9", "000", "back"."""
        if key == "back":
            self.box.backspace()
        else:
            self.box.insert(key)


class PaperBox(ScanBox):
    """Its Enter means the paper alone: it must never complete the sale as well."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
