"""Hero figures: the amount, its small đ on the same baseline, shrinking rather than cut."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.text import money, money_d
from ui import theme

_STEPS = (76, 72, 60, 56, 48, 40, 32, 28)


class HeroMoney(QWidget):
    """An amount in đồng in a very large figure; 56 → 48 → 40 when it is too long for its box."""

    def __init__(
        self, size: int = 56, *, name: str, ink: str = "ink", left: bool = False, spoken: str = ""
    ) -> None:
        super().__init__()
        self._size, self._ink, self._left, self._spoken = size, ink, left, spoken
        self._amount = 0
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_amount(0)

    def show_amount(self, amount: int, ink: str | None = None) -> None:
        """Change at once, never count up; đồng."""
        self._amount, self._ink = amount, ink or self._ink
        self.setAccessibleName(f"{self._spoken} {money_d(amount)}".strip())
        self.updateGeometry()
        self.update()

    def amount(self) -> int:
        """The amount shown, in đồng."""
        return self._amount

    def text(self) -> str:
        """The amount as read."""
        return money_d(self._amount)

    def _width_at(self, size: int) -> float:
        figure = QFontMetricsF(theme.font(size, 700)).horizontalAdvance(money(self._amount))
        return float(figure + size * 0.03 + QFontMetricsF(self._unit_font(size)).horizontalAdvance("đ"))

    def _unit_font(self, size: int) -> QFont:
        face = theme.font(40, 600)
        face.setPixelSize(max(14, round(theme.px(size) * 0.52)))
        return face

    def _fitting(self) -> int:
        steps = [self._size, *(step for step in _STEPS if step < self._size)]
        return next((step for step in steps if self._width_at(step) <= self.width()), steps[-1])

    def clipped(self) -> bool:
        """Whether even the smallest figure does not fit."""
        with theme.room_for(self._has_room):
            return not self._has_room()

    def _has_room(self) -> bool:
        return self._width_at(self._fitting()) <= self.width()

    def sizeHint(self) -> QSize:
        return QSize(round(self._width_at(self._size)) + 2, round(theme.px(self._size) * 1.08))

    def minimumSizeHint(self) -> QSize:
        return QSize(120, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        with theme.room_for(self._has_room):
            self._paint_amount(painter, self._fitting())

    def _paint_amount(self, painter: QPainter, size: int) -> None:
        face, unit = theme.font(size, 700), self._unit_font(size)
        metrics = QFontMetricsF(face)
        baseline = self.height() / 2 + metrics.capHeight() / 2
        figure = money(self._amount)
        wide = self._width_at(size)
        left = 0.0 if self._left else self.width() - wide
        painter.setFont(face)
        painter.setPen(theme.colour(self._ink))
        painter.drawText(QPointF(left, baseline), figure)
        painter.setFont(unit)
        painter.setPen(theme.colour("ink2" if self._ink == "ink" else self._ink))
        unit_left = left + metrics.horizontalAdvance(figure) + size * 0.03
        painter.drawText(QPointF(unit_left, baseline), "đ")
