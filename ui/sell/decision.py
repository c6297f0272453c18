"""The decision column of the sell screen: who, vouchers, sums, what is due; after a sale the thank-you."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _
from ui.sell.customer_panel import CustomerPanel
from ui.sell.state import SellState, ThanksState, VoucherState
from ui.widgets.cross import Cross
from ui.widgets.frames import DecisionColumn, SumRow, SumRows, main_button, second_button
from ui.widgets.money import HeroMoney
from ui.widgets.text import RIGHT, IconLabel, Panel, Text, divider


class SellColumn(DecisionColumn):
    """Who, sums and the one main button."""

    voucher_pressed = Signal(str)
    voucher_dropped = Signal(str)
    customer_pressed = Signal()

    def __init__(self) -> None:
        super().__init__(name="sellColumn")
        self._customer = CustomerPanel()
        self._customer.voucher_pressed.connect(self.voucher_pressed)
        self._customer.opened.connect(self.customer_pressed)
        self._vouchers = VoucherList()
        self._vouchers.dropped.connect(self.voucher_dropped)
        self._thanks = ThanksPanel()
        self._sums = SumRows(name="sums")
        self._line = divider()
        self._label = Text(_("Khách cần trả"), 16, 600, "ink2", name="dueLabel")
        self._due = HeroMoney(56, name="totalDue", spoken=_("Khách cần trả"))
        self.pay = main_button(_("Thanh toán"), name="payButton", key="F9")
        self.exact = second_button("", name="exactCashButton", key="F10")
        self._fill()

    def _fill(self) -> None:
        content = self.content
        content.setSpacing(0)
        content.addWidget(self._customer)
        content.addSpacing(12)
        content.addWidget(self._vouchers)
        content.addStretch(1)
        content.addWidget(self._thanks)
        content.addWidget(self._sums)
        content.addSpacing(10)
        content.addWidget(self._line)
        content.addSpacing(12)
        content.addWidget(self._label)
        content.addSpacing(3)
        content.addWidget(self._due)
        content.addSpacing(14)
        self.set_buttons(self.pay, self.exact)

    def show_state(self, state: SellState) -> None:
        """Only what differs changes."""
        self._customer.show_state(state.customer)
        self._vouchers.show_vouchers(state.vouchers)
        self._thanks.show_thanks(state.thanks)
        thanks = state.thanks is not None
        for part in (self._sums, self._line, self._label, self._due):
            part.setVisible(not thanks)
        self._sums.show_rows([SumRow(label, value) for label, value in state.sums])
        self._due.show_amount(state.total)
        empty = _("Quét món đầu tiên") if state.is_empty else ""
        self.pay.set_reason(empty)
        words = _("Đủ tiền mặt {amount}").format(amount="" if state.is_empty else state.exact)
        self.exact.set_text(words.strip())
        self.exact.set_reason(empty)


class VoucherList(QWidget):
    """Vouchers in the cart, each with × to take it off."""

    dropped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("cartVouchers")
        self._shown: tuple[VoucherState, ...] = ()
        self._rows: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def show_vouchers(self, vouchers: tuple[VoucherState, ...]) -> None:
        """Rebuilt only when they differ."""
        if vouchers == self._shown:
            return
        self._shown = vouchers
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = [self._made(voucher) for voucher in vouchers]
        for row in self._rows:
            self._column.addWidget(row)

    def _made(self, voucher: VoucherState) -> QWidget:
        row = QWidget()
        row.setObjectName(f"voucher_{voucher.serial}")
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        ink = "need" if voucher.trouble else "accent-ink"
        box.addWidget(IconLabel("ticket", 20, ink))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(Text(voucher.name, 15, 600, "ink", wrap=True, name="voucherName"))
        if voucher.trouble:
            words.addWidget(Text(voucher.trouble, 14, 400, "need", wrap=True, name="voucherTrouble"))
        box.addLayout(words, 1)
        drop = Cross(_("Gỡ {name}").format(name=voucher.name), name=f"dropVoucher_{voucher.serial}")
        drop.clicked.connect(lambda: self.dropped.emit(str(voucher.serial)))
        box.addWidget(drop)
        amount = Text(voucher.amount, 16, 600, "ink", align=RIGHT, name="voucherAmount")
        amount.setMinimumWidth(76)
        box.addWidget(amount)
        return row


class ThanksPanel(Panel):
    """The change of the sale just made, with the notes to give; stays until the next scan."""

    def __init__(self) -> None:
        super().__init__("ok-soft", name="thanks")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(4)
        self._label = Text(_("Tiền thừa trả khách"), 16, 600, "ink2", name="thanksLabel")
        self._change = HeroMoney(56, name="changeDue", ink="ok", spoken=_("Tiền thừa trả khách"))
        self._notes = Text("", 15, 600, "ok", align=RIGHT, name="changeNotes", wrap=True)
        self._paid = Text("", 15, 400, "ink2", name="thanksReceipt", wrap=True)
        self._points = Text("", 15, 600, "ink", name="thanksPoints")
        for part in (self._label, self._change, self._notes, divider(), self._paid, self._points):
            column.addWidget(part)
        self.hide()

    def show_thanks(self, thanks: ThanksState | None) -> None:
        """None hides it."""
        self.setVisible(thanks is not None)
        if thanks is None:
            return
        self._change.show_amount(thanks.change)
        self._notes.setText(thanks.notes)
        self._notes.setVisible(bool(thanks.notes))
        self._paid.setText(f"{thanks.receipt} · {thanks.paid}")
        self._points.setText(thanks.points)
        self._points.setVisible(bool(thanks.points))
