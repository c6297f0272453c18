"""The quiet × that takes something off: a voucher, a tender, a typed text."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent

from ui import icons, painting, theme
from ui.tokens import RADIUS
from ui.widgets.button import IconButton


class Cross(IconButton):
    """× in ink2 without a box; the touch target is 44 px."""

    def __init__(self, spoken: str, *, name: str) -> None:
        super().__init__("x", spoken, "text", name=name)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.isDown():
            painting.box(painter, self.rect(), RADIUS, theme.colour("bg"))
        place = QPointF(self.width() / 2 - 10, self.height() / 2 - 10)
        painter.drawPixmap(place, icons.pixmap("x", "ink2" if self.isEnabled() else "ink3", 20))
        if self.hasFocus():
            painting.box(painter, QRectF(self.rect()), RADIUS, None, theme.colour("accent"), 2)
