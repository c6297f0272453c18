"""Parts of the pay screen: the two figures, ways to pay, quick cash, the typed amount."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _, money
from ui import icons, painting, theme
from ui.painting import Span
from ui.pay.state import FigureState, QuickState, TenderState
from ui.tokens import RADIUS
from ui.widgets.money import HeroMoney
from ui.widgets.text import RIGHT, Panel, Text

LOOKS = {"calm": ("figure", "ink3"), "change": ("ok-soft", "ok"), "short": ("need-soft", "need"),
         "worth": ("figure", "ink")}  # fmt: skip


class Figure(Panel):
    """One of the two large figures, 148 high: label, notes, amount in 76."""

    def __init__(self, label: str, *, name: str, amount_name: str) -> None:
        super().__init__("figure", name=name)
        self.setFixedHeight(148)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 20, 15)
        column.setSpacing(0)
        head = QHBoxLayout()
        self._label = Text(label, 16, 600, "ink2", name=f"{amount_name}Label")
        self._notes = Text("", 15, 600, "ok", align=RIGHT, name=f"{amount_name}Notes")
        head.addWidget(self._label)
        head.addStretch(1)
        head.addWidget(self._notes)
        column.addLayout(head)
        column.addStretch(1)
        self._amount = HeroMoney(76, name=amount_name, spoken=label)
        column.addWidget(self._amount)

    def show_amount(self, amount: int) -> None:
        self._amount.show_amount(amount)

    def show_figure(self, figure: FigureState) -> None:
        """Change is green, what is missing amber, all else calm."""
        panel, ink = LOOKS[figure.kind]
        self.set_panel(panel)
        self._label.setText(figure.label)
        self._notes.setText(figure.notes)
        self._amount.show_amount(figure.amount, ink)
        self.setAccessibleName(f"{figure.label} {money(figure.amount)}")


class _Choice(QAbstractButton):
    """A box that is chosen or not; presses on touch and Space, never on Enter."""

    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def nextCheckState(self) -> None:
        """Chosen by the state alone."""

    def _box(self, painter: QPainter) -> None:
        if not self.isEnabled():
            painting.box(painter, self.rect(), RADIUS, theme.colour("bg"), theme.colour("line"))
        elif self.isChecked():
            fill, ring = theme.colour("accent-soft"), theme.colour("accent")
            painting.box(painter, self.rect(), RADIUS, fill, ring, 2)
        else:
            fill = theme.colour("bg" if self.isDown() else "surface")
            painting.box(painter, self.rect(), RADIUS, fill, theme.colour("ctl"))
        if self.hasFocus():
            painting.box(painter, QRectF(self.rect()), RADIUS, None, theme.colour("accent"), 2)


class TenderButton(_Choice):
    """One way to pay, 52 high; the reason why not stands below its name."""

    def __init__(self, tender: TenderState) -> None:
        spoken = ". ".join(part for part in (tender.label, tender.hint, tender.reason) if part)
        super().__init__(f"tender_{tender.kind}", spoken)
        self._tender = tender
        self.setFixedHeight(52)
        self.setEnabled(not tender.reason)

    def show_tender(self, tender: TenderState, chosen: bool) -> None:
        self._tender = tender
        self.setEnabled(not tender.reason)
        self.setChecked(chosen)
        self.setAccessibleName(". ".join(p for p in (tender.label, tender.hint, tender.reason) if p))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 52)

    def clipped(self) -> bool:
        """Whether name, hint or reason do not fit."""
        tender = self._tender
        first = painting.text_width(tender.label, 15, 600) + painting.text_width(tender.hint, 14) + 8
        return max(first, painting.text_width(tender.reason, 14)) > self.width() - 66

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tender = QPainter(self), self._tender
        self._box(painter)
        ink = "accent-ink" if self.isChecked() else ("ink" if self.isEnabled() else "ink3")
        icon_ink = "accent-ink" if self.isChecked() else ("ink2" if self.isEnabled() else "ink3")
        painter.drawPixmap(QPointF(15, 14), icons.pixmap(tender.icon, icon_ink, 24))
        room = self.width() - 66
        middle = 26 if not tender.reason else 17
        painting.spans(painter, 51, middle, [Span(tender.label, ink, 600)], 15, room)
        if tender.reason:
            painting.spans(painter, 51, 36, [Span(tender.reason, "ink3")], 14, room)
        if tender.hint:
            painting.spans_right(painter, self.width() - 15, 26, [Span(tender.hint, "ink2")], 14)


class QuickButton(_Choice):
    """An amount that may be handed over; the exact one carries its word and its key."""

    def __init__(self, at: int) -> None:
        super().__init__(f"quick_{at}", "")
        self._quick = QuickState(0, "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMaximumHeight(76)

    def show_quick(self, quick: QuickState, chosen: bool) -> None:
        self._quick = quick
        if quick.is_exact:
            self.setObjectName("exactCashButton")
        self.setAccessibleName(f"{_('Đủ')} {quick.label}" if quick.is_exact else quick.label)
        self.setChecked(chosen)
        self.update()

    def amount(self) -> int:
        return self._quick.amount

    def sizeHint(self) -> QSize:
        return QSize(200, 76)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._box(painter)
        ink = "accent-ink" if self.isChecked() else "ink"
        spans = [Span(self._quick.label, ink, 600)]
        if self._quick.is_exact:
            spans.insert(0, Span(_("Đủ") + "  ", "ink2", 400, size=16))
        cap = painting.key_cap_width("F10") + 10 if self._quick.is_exact else 0
        width = painting.spans_width(spans, 22)
        left = (self.width() - width - cap) / 2
        middle = self.height() / 2
        painting.spans(painter, left, middle, spans, 22, width + 1)
        if cap:
            painting.key_cap(painter, round(left + width + 10), middle, "F10")


class Entry(QWidget):
    """The amount as typed, 64 high, with the caret that says: digits go here."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setObjectName("amountEntry")
        self.setFixedHeight(64)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # the pad stays where the fingers know it
        self.setSizePolicy(policy)

    def show_amount(self, amount: int, spoken: str) -> None:
        """0 shows nothing but the caret."""
        self._text = money(amount) if amount else ""
        self.setAccessibleName(f"{spoken} {self._text}".strip())
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS, theme.colour("surface"), theme.colour("accent"), 2)
        painting.spans_right(
            painter, self.width() - 28, self.height() / 2, [Span(self._text, "ink", 700)], 32
        )
        painter.fillRect(QRectF(self.width() - 18, 16, 2, 32), theme.colour("accent"))
