"""The focus ring: 2 px accent, 2 px off the button, drawn over the neighbours and never in the way."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui import painting, theme
from ui.tokens import RADIUS

OFF = 4  # the ring itself and its distance


class FocusRing(QWidget):
    """Lies around one widget while that has the focus, then goes for good."""

    def __init__(self, target: QWidget) -> None:
        super().__init__(target.parentWidget())
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._target = target
        target.installEventFilter(self)
        self._follow()
        self.show()
        self.raise_()

    @staticmethod
    def around(target: QWidget) -> None:
        """Put a ring around a widget that has just got the focus."""
        if target.parentWidget() is not None:
            FocusRing(target)

    def _follow(self) -> None:
        self.setGeometry(self._target.geometry().adjusted(-OFF, -OFF, OFF, OFF))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.Move, QEvent.Type.Resize):
            self._follow()
        elif kind in (QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.EnabledChange):
            watched.removeEventFilter(self)
            self.hide()
            self.deleteLater()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        painting.box(QPainter(self), self.rect(), RADIUS + OFF, None, theme.colour("accent"), 2)
