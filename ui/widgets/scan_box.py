"""The scan box: accent border and caret always, because scanning always works."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from pos_app.text import _
from ui import icons, painting, theme
from ui.tokens import RADIUS

CARET_INSET = 5  # cursorRect is wider than the caret it holds


class ScanBox(QLineEdit):
    """One box for every code, number and name. Emits `entered` with the trimmed text on Enter."""

    entered = Signal(str)
    pasted = Signal(object)  # QMimeData: an image or text that was pasted or dropped

    def __init__(
        self,
        placeholder: str = "",
        *,
        icon: str = "scan-barcode",
        name: str = "scanBox",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._words = icon, placeholder or _("Quét hoặc gõ mã, voucher, SĐT…")
        self.setObjectName(name)
        self.setAccessibleName(_("Ô quét"))
        self.setAccessibleDescription(self._words)
        self.setFrame(False)
        self.setFixedHeight(56)
        self.setFont(theme.font(17))
        self.setTextMargins(50, 0, 14, 0)
        self.setAcceptDrops(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.setStyleSheet("QLineEdit { background: transparent; border: none; }")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.returnPressed.connect(self._enter)

    def set_words(self, placeholder: str, icon: str = "") -> None:
        """What this screen expects; `icon` "" = the one it had."""
        self._words, self._icon = placeholder, icon or self._icon
        self.setAccessibleDescription(placeholder)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(392, 56)

    def clipped(self) -> bool:
        """Whether the placeholder does not fit."""
        with theme.room_for(self._has_room):
            return not self._has_room()

    def _has_room(self) -> bool:
        return painting.text_width(self._words, 17) <= self.width() - 58 - 8

    def _enter(self) -> None:
        text = self.text().strip()
        self.clear()
        if text:
            self.entered.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            mime = QGuiApplication.clipboard().mimeData()
            if mime is not None and (mime.hasImage() or mime.hasUrls()):
                self.pasted.emit(mime)
                return
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        self.pasted.emit(event.mimeData())
        event.acceptProposedAction()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painting.box(painter, self.rect(), RADIUS, theme.colour("surface"), theme.colour("accent"), 2)
        painter.drawPixmap(QPointF(16, 16), icons.pixmap(self._icon, "accent", 24))
        if not self.text():
            with theme.room_for(self._has_room):
                painter.setFont(theme.font(17))
            painter.setPen(theme.colour("ink3"))
            room = QRectF(58, 0, self.width() - 66, self.height())
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self._words)
        painter.end()
        super().paintEvent(event)
        caret = QPainter(self)  # over Qt's own thin one, and also without the focus: scanning always works
        left = self.cursorRect().left() + CARET_INSET
        caret.fillRect(QRectF(left, 15, 2, 26), theme.colour("accent"))
