"""Fields to type into: 56 high, and when something is wrong the reason stands below in words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from ui import theme
from ui.widgets.text import RIGHT, Text


class Field(QWidget):
    """A one-line field; `edit` is the QLineEdit itself."""

    def __init__(
        self, placeholder: str = "", *, name: str, spoken: str, height: int = 56, secret: bool = False
    ) -> None:
        super().__init__()
        self.setObjectName(f"{name}Field")
        self.edit = QLineEdit()
        self.edit.setObjectName(name)
        self.edit.setAccessibleName(spoken)
        self.edit.setPlaceholderText(placeholder)
        self.edit.setProperty("field", True)
        self.edit.setFixedHeight(height)
        self.edit.setFont(theme.font(17))
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._reason = Text("", 14, 400, "stop", align=RIGHT, name=f"{name}Reason")
        self._reason.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.edit)
        column.addWidget(self._reason)
        self.setFocusProxy(self.edit)

    def show_reason(self, reason: str) -> None:
        """Red border and the reason in words; an empty one takes both away."""
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.edit.setProperty("wrong", bool(reason))
        self.edit.setAccessibleDescription(reason)
        self.edit.style().unpolish(self.edit)
        self.edit.style().polish(self.edit)

    def text(self) -> str:
        """What was typed, trimmed."""
        return self.edit.text().strip()


class Note(QPlainTextEdit):
    """A field of several lines for a short explanation; Tab moves on."""

    def __init__(self, placeholder: str = "", *, name: str, spoken: str, height: int = 72) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setPlaceholderText(placeholder)
        self.setProperty("field", True)
        self.setTabChangesFocus(True)
        self.setFixedHeight(height)
        self.setFont(theme.font(16))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
