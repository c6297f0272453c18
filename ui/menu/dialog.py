"""The menu of the strip as a sheet: who is here, then one line for each thing; ↑ ↓ and Enter work."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _
from ui import painting
from ui.dialogs import Question, ask
from ui.menu.presenter import MenuPresenter
from ui.menu.state import MenuEntry, MenuQuestion, MenuState
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.small import InitialsDisc, KeyCap
from ui.widgets.text import Text, divider


class MenuLine(Button):
    """A line: icon and words at the left, key or the reason at the right."""

    def __init__(self, entry: MenuEntry) -> None:
        super().__init__(entry.label, name=f"menu_{entry.name}", key=entry.key, icon=entry.icon, height=48)
        self.align_left()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_counter(entry.counter)
        self.set_reason(entry.reason)
        self.setToolTip(entry.reason)


class MenuDialog(DialogFrame):
    """Emits the name of the line pressed after it has closed."""

    pressed = Signal(str)

    def __init__(self, state: MenuState) -> None:
        super().__init__(_("Quầy này"), name="menu", note=state.shift)
        self.body.setSpacing(8)
        if state.person:
            self.body.addLayout(_who(state))
            self.body.addWidget(divider())
        else:
            words = _("Đăng nhập trước để dùng những việc đang mờ.")
            self.body.addWidget(Text(words, 15, 400, "ink2", wrap=True, name="menuNobody"))
        self._lines: list[MenuLine] = []
        place: QHBoxLayout | None = None
        for entry in state.entries:
            line = MenuLine(entry)
            line.clicked.connect(lambda _checked=False, name=entry.name: self._take(name))
            self._lines.append(line)
            if place is None or not entry.half:
                place = QHBoxLayout()
                place.setSpacing(8)
                self.body.addLayout(place)
            place.addWidget(line)
            if not entry.half or place.count() == 2:
                place = None
        close = Button(_("Đóng"), name="menuClose", key="Esc", height=48)
        close.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.close_dialog)
        self.body.addWidget(close)

    def first_focus(self) -> QWidget | None:
        return next((line for line in self._lines if line.isEnabled()), None)

    def _take(self, name: str) -> None:
        self.close_dialog()
        self.pressed.emit(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focused = next((line for line in self._lines if line.hasFocus() and line.isEnabled()), None)
            if focused is not None:
                focused.click()
        else:
            super().keyPressEvent(event)


def _who(state: MenuState) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 4)
    row.setSpacing(14)
    row.addWidget(InitialsDisc(state.initials, state.tint, 44, spoken=state.person, name="menuInitials"))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(Text(state.person, 18, 600, name="menuPerson"))
    words.addWidget(Text(state.role, 15, 400, "ink2", name="menuRole"))
    row.addLayout(words, 1)
    return row


def open_menu(window: QWidget, presenter: MenuPresenter) -> MenuDialog:
    """Open it over the window; returns at once."""
    dialog = MenuDialog(presenter.state())
    # a lambda: the signal holds a method's owner only weakly
    dialog.pressed.connect(lambda name: presenter.press(name))
    dialog.open_over(window)
    return dialog


def ask_first(window: QWidget, question: MenuQuestion, accepted: Callable[[], None]) -> Question:
    """The question before it; returns at once."""
    made = Question(
        question.title, question.line, question.accept, refuse=question.refuse, name="menuQuestion"
    )
    return ask(window, made, accepted)


class HelpDialog(DialogFrame):
    """All keys, as they stand on the buttons."""

    def __init__(self, keys: tuple[tuple[str, str], ...]) -> None:
        super().__init__(_("Phím tắt"), name="help", icon="keyboard", wide=True)
        half = (len(keys) + 1) // 2
        for column, part in ((self.left, keys[:half]), (self.right, keys[half:])):
            column.setSpacing(0)
            for at, (key, words) in enumerate(part):
                column.addWidget(KeyLine(key, words, f"{column is self.right}_{at}"))
            column.addStretch(1)
        close = Button(_("Đóng"), name="helpClose", key="Esc", height=56)
        close.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.close_dialog)
        self.right.addWidget(close)


class KeyLine(QWidget):
    """A key cap and what it does; 44 high."""

    def __init__(self, key: str, words: str, name: str) -> None:
        super().__init__()
        self.setObjectName(f"keyLine_{name}")
        self.setFixedHeight(44)
        self._key = key
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        cap = QWidget()
        cap.setObjectName(f"keyPlace_{name}")
        cap.setFixedWidth(76)
        inner = QHBoxLayout(cap)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.addWidget(KeyCap(key))
        inner.addStretch(1)
        row.addWidget(cap)
        row.addWidget(Text(words, 16, name=f"keyWords_{name}"), 1)

    def clipped(self) -> bool:
        """Whether the cap is wider than its place."""
        return painting.key_cap_width(self._key) > 76


def open_help(window: QWidget, keys: tuple[tuple[str, str], ...]) -> HelpDialog:
    """F1; returns at once."""
    dialog = HelpDialog(keys)
    dialog.open_over(window)
    return dialog
