"""What stands around the lines: the shop's head, sums, very large figures, the QR."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _
from ui.customer_display.state import DisplayFigure, DisplayOwner, DisplayQr, DisplayState, DisplaySum
from ui.widgets.money import HeroMoney
from ui.widgets.qr_view import QrView
from ui.widgets.small import Badge
from ui.widgets.text import CENTRE, RIGHT, IconLabel, Panel, RichText, Text

SUM = 26
FIGURE = 60


class Head(QWidget):
    """The shop at the left, whose points at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("displayHead")
        self.setFixedHeight(62)
        self._shop = Text("", 26, 700, name="displayShop")
        self._place = Text("", 15, 400, "ink2", name="displayPlace")
        self._tier = Badge("", "quiet", name="displayTier")
        self._phone = Text("", 17, 600, align=RIGHT, name="displayPhone")
        self._earning = Text("", 15, 400, "ink2", align=RIGHT, name="displayEarning")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        left, right, owner = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._shop)
        left.addWidget(self._place)
        left.addStretch(1)
        owner.setSpacing(8)
        owner.addStretch(1)
        owner.addWidget(self._tier)
        owner.addWidget(self._phone)
        right.setSpacing(3)
        right.addLayout(owner)
        right.addWidget(self._earning)
        right.addStretch(1)
        row.addLayout(left)
        row.addStretch(1)
        row.addLayout(right)

    def show_head(self, shop: str, place: str, owner: DisplayOwner | None) -> None:
        """Without an owner the right side is empty."""
        self._shop.setText(shop)
        self._place.setText(place)
        self._phone.setText(owner.phone if owner is not None else "")
        self._earning.setText(owner.earning if owner is not None else "")
        self._tier.setVisible(owner is not None and bool(owner.tier))
        if owner is not None and owner.tier:
            self._tier.show_badge(owner.tier, "quiet", dot=owner.tier_dot)


class Sums(QWidget):
    """Rows 26 high."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("displaySums")
        self._rows: list[tuple[QWidget, Text, Text]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 8, 0, 0)
        self._column.setSpacing(0)

    def show_sums(self, sums: Sequence[DisplaySum]) -> None:
        """Rows that stay keep their widgets."""
        while len(self._rows) < len(sums):
            self._add(len(self._rows))
        for at, (row, label, value) in enumerate(self._rows):
            row.setVisible(at < len(sums))
            if at < len(sums):
                label.setText(sums[at].label)
                value.setText(sums[at].value)
                value.set_ink(sums[at].ink)
        self.setAccessibleName(". ".join(f"{one.label} {one.value}" for one in sums))

    def _add(self, at: int) -> None:
        row = QWidget()
        row.setObjectName(f"displaySum_{at}")
        row.setFixedHeight(SUM)
        box = QHBoxLayout(row)
        box.setContentsMargins(0, 0, 0, 0)
        label = Text("", 16, 400, "ink2", name=f"displaySumLabel_{at}")
        value = Text("", 17, 600, align=RIGHT, name=f"displaySumValue_{at}")
        box.addWidget(label)
        box.addStretch(1)
        box.addWidget(value)
        self._column.addWidget(row)
        self._rows.append((row, label, value))


class Figure(QWidget):
    """What it is, the amount, and one line below."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._label = Text("", 18, 600, "ink2", align=CENTRE, name=f"{name}Label")
        self._amount = CentredMoney(FIGURE, f"{name}Amount")
        self._line = Text("", 16, 400, "ink2", align=CENTRE, name=f"{name}Line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._label, self._amount, self._line):
            column.addWidget(part)

    def show_figure(self, figure: DisplayFigure) -> None:
        """Amounts change at once."""
        self._label.setText(figure.label)
        self._label.set_ink(figure.ink if figure.ink != "ink" else "ink2")
        self._amount.show_amount(figure.amount, figure.ink)
        self._line.setText(figure.line)
        self._line.setVisible(bool(figure.line))


class CentredMoney(QWidget):
    """A hero figure in the middle of its room."""

    def __init__(self, size: int, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}Room")
        self._money = HeroMoney(size, name=name)
        self._money.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self._money)
        row.addStretch(1)

    def show_amount(self, amount: int, ink: str) -> None:
        """In đồng."""
        self._money.show_amount(amount, ink)


class QrPanel(QWidget):
    """The code, its amount and reference; black on white in both themes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("displayQr")
        heading = Text(_("Quét mã để chuyển khoản"), 18, 600, "ink2", align=CENTRE, name="displayQrHeading")
        self._code = QrView(module=7, name="displayQrCode", spoken=_("Mã chuyển khoản"))
        card = Panel("qr", name="displayQrCard")
        card.setFixedSize(QSize(325, 325))
        inside = QVBoxLayout(card)
        inside.setContentsMargins(5, 5, 5, 5)
        inside.addWidget(self._code)
        self._amount = CentredMoney(FIGURE, "displayQrAmount")
        self._reference = RichText("", 15, name="displayQrReference")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(heading)
        column.addSpacing(16)
        column.addWidget(card, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(15)
        column.addWidget(self._amount)
        column.addSpacing(4)
        column.addWidget(self._reference, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def show_code(self, code: DisplayQr) -> None:
        """Another code."""
        self._code.show_text(code.text)
        self._amount.show_amount(code.amount, "ink")
        words = _("Nội dung <b>{reference}</b>")
        self._reference.show_text(words.format(reference=code.reference))


class Status(QWidget):
    """The line at the very bottom: an icon and words in the middle."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(28)
        self._icon = IconLabel("hourglass", 22, "need")
        self._words = Text("", 17, 600, "need", name=f"{name}Words")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addStretch(1)
        row.addWidget(self._icon)
        row.addWidget(self._words)
        row.addStretch(1)

    def show_status(self, icon: str, words: str, ink: str) -> None:
        """Nothing without words."""
        self._icon.setVisible(bool(words))
        self._icon.show_icon(icon, ink)
        self._words.setText(words)
        self._words.set_ink(ink)


def status_of(state: DisplayState) -> tuple[str, str, str]:
    """Icon, words and ink of the bottom line."""
    if state.qr is not None:
        return state.qr.icon, state.qr.status, state.qr.ink
    return "cloud-off", state.note, "off"
