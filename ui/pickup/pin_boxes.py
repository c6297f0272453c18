"""The customer's PIN in four boxes: typed digits stand in them, a match turns them green as a whole."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.text import _, ngettext
from ui import painting, theme

DIGITS = 4
GAP = 8


class PinBoxes(QWidget):
    """Takes digits when it has the focus (Tab) or from a pad. Emits `completed` at the fourth."""

    completed = Signal(str)
    pressed = Signal()

    def __init__(self, *, name: str = "pinBoxes") -> None:
        super().__init__()
        self._typed, self._status = "", "needed"
        self.setObjectName(name)
        self.setFixedHeight(60)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._speak()

    def show_pin(self, status: str, digits: str) -> None:
        """needed, wrong, ok or blocked; `digits` are shown once they match, half a PIN is forgotten."""
        self._typed = digits
        self._status = status
        self._speak()
        self.update()

    def press(self, key: str) -> None:
        """A digit or "back"."""
        if self._status in ("ok", "blocked"):
            return
        if key == "back":
            self._typed = self._typed[:-1]
        elif len(key) == 1 and key.isascii() and key.isdigit():
            self._typed += key
        self._speak()
        self.update()
        if len(self._typed) == DIGITS:
            typed, self._typed = self._typed, ""
            self.update()
            self.completed.emit(typed)

    def _speak(self) -> None:
        if self._status == "ok":
            self.setAccessibleName(_("Mã PIN khách đọc: khớp"))
            return
        count = len(self._typed)
        words = ngettext("Mã PIN khách đọc: {n} trong 4 số", "Mã PIN khách đọc: {n} trong 4 số", count)
        self.setAccessibleName(words.format(n=count))

    def sizeHint(self) -> QSize:
        return QSize(308, 60)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._status in ("needed", "wrong"):
            self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Backspace:
            self.press("back")
        elif event.text().isascii() and event.text().isdigit():
            self.press(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        width = (self.width() - GAP * (DIGITS - 1)) / DIGITS
        fill, border, ink = {
            "ok": ("ok-soft", "ok-line", "ok"),
            "wrong": ("surface", "stop", "ink"),
            "blocked": ("bg", "line", "ink3"),
        }.get(self._status, ("surface", "edge", "ink"))
        thick = 1 if self._status == "blocked" or (fill == "surface" and border == "edge") else 2
        painter.setFont(theme.font(28, 700))
        for at in range(DIGITS):
            area = QRectF(at * (width + GAP), 0, width, self.height())
            is_next = self.hasFocus() and at == len(self._typed) and self._status in ("needed", "wrong")
            edge = theme.colour("accent" if is_next else border)
            painting.box(painter, area, 8, theme.colour(fill), edge, 2 if is_next else thick)
            if at < len(self._typed):
                painter.setPen(theme.colour(ink))
                painter.drawText(area, Qt.AlignmentFlag.AlignCenter, self._typed[at])
