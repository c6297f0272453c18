"""Dialogs: a scrim over the whole window and a frame of 940 × 640 or 560 wide; never a loop of their own."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui import painting, theme
from ui.tokens import RADIUS_DIALOG, TITLE_BAR
from ui.widgets.text import RIGHT, IconLabel, Text, divider

WIDE = (940, 640)
NARROW_WIDTH = 560


class DialogFrame(QWidget):
    """A modal sheet inside the window. Add to `left` and `right` (wide) or `body` (narrow), then `open_over`.

    Esc closes and loses nothing. The wide one: what happens at the left, what you do at the right.
    """

    closed = Signal()

    def __init__(self, title: str, *, name: str, icon: str = "", note: str = "", wide: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._wide = wide
        self._before: QWidget | None = None
        self.frame = _Sheet(self)
        self.title = Text(title, 22, 700, name=f"{name}Title")
        self.note = Text(note, 15, 400, "ink2", align=RIGHT, name=f"{name}Note")
        outer = QVBoxLayout(self.frame)
        outer.setContentsMargins(1, 1, 1, 1)
        outer.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(23, 0, 24, 0)
        head.setSpacing(14)
        if icon:
            head.addWidget(IconLabel(icon, 24, "accent"))
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.note)
        header = QWidget()
        header.setObjectName(f"{name}Header")
        header.setFixedHeight(TITLE_BAR - 1)
        header.setLayout(head)
        outer.addWidget(header)
        self.under_header = QVBoxLayout()  # the approval bar goes here
        self.under_header.setContentsMargins(0, 0, 0, 0)
        outer.addLayout(self.under_header)
        outer.addWidget(divider())
        self._lay_out_body(outer)

    def _lay_out_body(self, outer: QVBoxLayout) -> None:
        self.body = QVBoxLayout()
        self.left, self.right = QVBoxLayout(), QVBoxLayout()
        if not self._wide:
            self.body.setContentsMargins(24, 20, 24, 20)
            self.body.setSpacing(12)
            outer.addLayout(self.body, 1)
            self.frame.setFixedWidth(NARROW_WIDTH)
            return
        columns = QHBoxLayout()
        columns.setSpacing(0)
        self.left.setContentsMargins(24, 20, 24, 20)
        self.right.setContentsMargins(24, 20, 24, 20)
        right = QWidget()
        right.setObjectName(f"{self.objectName()}Right")
        right.setFixedWidth(360)
        right.setLayout(self.right)
        columns.addLayout(self.left, 1)
        columns.addWidget(divider(vertical=True))
        columns.addWidget(right)
        outer.addLayout(columns, 1)
        self.frame.setFixedSize(*WIDE)

    # --- opening and closing
    def open_over(self, window: QWidget) -> None:
        """Lay the scrim over `window` and take the focus; returns at once."""
        self._before = window.focusWidget()
        self.setParent(window)
        window.installEventFilter(self)
        self._fill()
        self.show()
        self.raise_()
        first = self.first_focus()
        (first or self).setFocus(Qt.FocusReason.OtherFocusReason)

    def first_focus(self) -> QWidget | None:
        """What has the focus first; subclasses may name a field."""
        return None

    def close_dialog(self) -> None:
        """Take the scrim away, give the focus back, then tell."""
        window = self.parentWidget()
        if window is None:
            return
        window.removeEventFilter(self)
        self.hide()
        self.setParent(None)
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and watched is self.parentWidget():
            self._fill()
        return False

    def _fill(self) -> None:
        window = self.parentWidget()
        if window is None:
            return
        self.setGeometry(window.rect())
        if not self._wide:
            width = self.frame.width()
            height = max(self.frame.sizeHint().height(), self.frame.heightForWidth(width))
            self.frame.setFixedHeight(min(height, window.height() - 32))
        place = QRect(0, 0, self.frame.width(), self.frame.height())
        place.moveCenter(self.rect().center())
        self.frame.move(place.topLeft())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_dialog()
            return
        event.accept()  # nothing below the scrim hears keys

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside the dialog."""
        inside = [one for one in self.frame.findChildren(QWidget) if _takes_tab(one)]
        if not inside:
            return True
        now = self.window().focusWidget()
        at = inside.index(now) if now in inside else (-1 if forward else 0)
        inside[(at + (1 if forward else -1)) % len(inside)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), theme.scrim())


class _Sheet(QFrame):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("sheet")

    def paintEvent(self, event: QPaintEvent) -> None:
        painting.box(
            QPainter(self), self.rect(), RADIUS_DIALOG, theme.colour("surface"), theme.colour("line")
        )


def _takes_tab(widget: QWidget) -> bool:
    policy = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(policy) and widget.isVisible() and widget.isEnabled()
