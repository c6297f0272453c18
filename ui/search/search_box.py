"""The field of the search screen: keeps its text on Enter, and has a × that empties it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent

from pos_app.text import _
from ui.widgets.cross import Cross
from ui.widgets.scan_box import ScanBox


class SearchBox(ScanBox):
    """Scans go to the cart; what is typed here searches. ↑ ↓ move the selection, Esc leaves at once."""

    moved = Signal(int)  # −1 up, +1 down
    confirmed = Signal()  # Enter
    cleared = Signal()  # the × was pressed

    def __init__(self) -> None:
        super().__init__(_("Tên, mã hàng, màu, size…"), icon="search")
        self.setAccessibleName(_("Tìm hàng"))
        self.setTextMargins(50, 0, 52, 0)
        self._cross = Cross(_("Xóa chữ đã gõ"), name="clearSearch")
        self._cross.setParent(self)
        self._cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._cross.clicked.connect(self._clear)
        self._cross.hide()
        self.textChanged.connect(lambda text: self._cross.setVisible(bool(text)))

    def _clear(self) -> None:
        self.clear()
        self.cleared.emit()

    def _enter(self) -> None:
        self.confirmed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._cross.move(self.width() - 5 - self._cross.width(), 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the screen goes back, whatever was typed
        else:
            super().keyPressEvent(event)
