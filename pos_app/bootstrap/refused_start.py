"""A start that is refused: one plain sentence in a small window, and the same for the terminal."""

from __future__ import annotations

import os
import platform
import sys
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from pos_app.domain.errors import DatabaseUnreadable, KeysLost, NoSpareEpoch, Offline, PosError
from pos_app.storage.files import TILL_FILE
from pos_app.text import _
from ui import app as application
from ui import messages
from ui.widgets.button import Button, Role
from ui.widgets.text import Text

WIDTH: Final = 560
_ENTERS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BLIND: Final = frozenset({"offscreen", "minimal", "minimalegl", "vnc"})


def words_of(error: PosError) -> tuple[str, str]:
    """Title and what to do next; never answered with "selling goes on", because it did not begin."""
    if isinstance(error, Offline):
        return _("Chưa hỏi được trung tâm"), _("Kiểm mạng rồi mở lại Quầy với cùng mã ghi danh.")
    words = messages.words(error)
    if way_out(error) == _("Cứu dữ liệu"):
        return words.title, _(
            "Cứu dữ liệu sẽ giữ mọi chứng từ còn đọc được, rồi mở Quầy. Tệp hỏng được cất riêng."
        )
    return words.title, words.line


def sentence(error: PosError) -> str:
    """One line for a terminal."""
    return " ".join(f"{part.rstrip('.')}." for part in words_of(error) if part)


def way_out(error: PosError) -> str:
    """What the button beside *close* says; "" = nothing can be done from here."""
    if isinstance(error, DatabaseUnreadable) and error.fields["file"] == TILL_FILE:
        return _("Cứu dữ liệu")
    return _("Ghi danh lại") if isinstance(error, KeysLost | NoSpareEpoch) else ""


class RefusedStart(QWidget):
    """The window: what is wrong, what to do; `is_accepted` once the way out was pressed."""

    def __init__(self, error: PosError) -> None:
        super().__init__()
        self.is_accepted = False
        title, line = words_of(error)
        self.setObjectName("refusedStart")
        self.setWindowTitle(_("Quầy"))
        self.setAccessibleName(title)
        self.setFixedWidth(WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 28, 32, 28)
        column.setSpacing(14)
        self._labels = (
            Text(title, 22, 700, wrap=True, name="refusedTitle"),
            Text(line, 16, 400, "ink2", wrap=True, name="refusedLine"),
        )
        for label in self._labels:
            column.addWidget(label)
        column.addSpacing(8)
        words = way_out(error)
        self.way_out_button = Button(words, "main", name="refusedWayOut", key="F9", height=56)
        self.way_out_button.clicked.connect(self._accept)
        column.addWidget(self.way_out_button)
        self.way_out_button.setVisible(bool(words))
        role: Role = "plain" if words else "main"
        self.close_button = Button(_("Đóng"), role, name="refusedClose", key="Esc", height=56)
        self.close_button.clicked.connect(self.close)
        column.addWidget(self.close_button)

    def _accept(self) -> None:
        self.is_accepted = True
        self.close()

    def labels(self) -> tuple[Text, ...]:
        """Title and line."""
        return self._labels

    def keyPressEvent(self, event: QKeyEvent) -> None:
        may_accept = not self.way_out_button.isHidden()
        if event.key() == Qt.Key.Key_F9 and may_accept:
            self._accept()
        elif event.key() == Qt.Key.Key_Escape or (event.key() in _ENTERS and not may_accept):
            self.close()
        else:
            super().keyPressEvent(event)


def has_screen() -> bool:
    """Whether anybody could see a window."""
    if os.environ.get("QT_QPA_PLATFORM", "").split(":")[0] in _BLIND:
        return False
    if os.name == "nt" or platform.system() == "Darwin":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def show(error: PosError) -> bool:
    """Show it until it is closed; True when the way out was pressed."""
    app: QApplication = application.make(sys.argv[:1], "system")
    window = RefusedStart(error)
    app.setQuitOnLastWindowClosed(True)
    window.show()
    app.exec()
    return window.is_accepted
