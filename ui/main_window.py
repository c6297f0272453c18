"""The window: state strip, stack of screens, and the way of scans and keys to the screen on top."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from pos_app.text import _
from ui.screen import Screen
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.frames import DecisionColumn
from ui.widgets.state_strip import StateStrip
from ui.widgets.strip_state import StripState

LEAST: Final = QSize(1366, 768)
_CONTROL: Final = {Qt.Key.Key_L: "Ctrl+L", Qt.Key.Key_Z: "Ctrl+Z", Qt.Key.Key_P: "Ctrl+P"}
_PLAIN: Final = {Qt.Key.Key_Escape: "Esc", Qt.Key.Key_Delete: "Del", Qt.Key.Key_Asterisk: "*"}
_FUNCTION: Final = {getattr(Qt.Key, f"Key_F{number}"): f"F{number}" for number in range(1, 13)}


class MainWindow(QWidget):
    """Shows one screen at a time below the strip. Screens are handed in; none is created here."""

    lock_asked = Signal()
    key_unused = Signal(str)  # a key that the screen on top did not use
    screen_changed = Signal(str)
    close_asked = Signal()  # the window's × was pressed: the composition root decides

    def __init__(self, screens: Sequence[Screen] = ()) -> None:
        super().__init__()
        self.setObjectName("mainWindow")
        self.setWindowTitle(_("Quầy"))
        self.setAccessibleName(_("Quầy"))
        self.setMinimumSize(LEAST)
        self._may_close = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._fill(screens)

    def _fill(self, screens: Sequence[Screen]) -> None:
        self.strip = StateStrip()
        self.strip.lock_pressed.connect(self.lock_asked)
        self._stack = QStackedWidget()
        self._stack.setObjectName("screens")
        self._screens: dict[str, Screen] = {}
        self._column.addWidget(self.strip)
        self._column.addWidget(self._stack, 1)
        for screen in screens:
            self.add_screen(screen)

    # --- screens
    def add_screen(self, screen: Screen) -> None:
        """Put a screen on the stack; screens may be added late."""
        self._screens[screen.name] = screen
        self._stack.addWidget(screen)
        self._follow_width(screen)

    def show_screen(self, name: str) -> Screen:
        """Bring a screen to the top and focus its scan box. KeyError for an unknown name."""
        screen, before = self._screens[name], self.current()
        if before is not screen:
            if before is not None:
                before.left()
            self._stack.setCurrentWidget(screen)
            self.screen_changed.emit(name)
        self.strip.setVisible(screen.has_strip)
        screen.entered()
        return screen

    def renew(self, screens: Sequence[Screen]) -> None:
        """Other screens of the same names and another strip: after a change of language or colours."""
        before, old = self.current(), (self.strip, self._stack)
        if before is not None:
            before.left()
        for widget in old:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._fill(screens)
        if before is not None:
            self.show_screen(before.name)

    def current(self) -> Screen | None:
        """The screen on top."""
        widget = self._stack.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def page(self, name: str) -> Screen:
        """A screen by name. KeyError for an unknown one."""
        return self._screens[name]

    def show_strip(self, state: StripState) -> None:
        """Show the state of link, devices and person."""
        self.strip.show_state(state)

    # --- scans and keys
    def dialog(self) -> DialogFrame | None:
        """The dialog on top, if one is open."""
        here = Qt.FindChildOption.FindDirectChildrenOnly  # looking through all screens takes a millisecond
        open_ones = [one for one in self.findChildren(DialogFrame, options=here) if one.isVisible()]
        return open_ones[-1] if open_ones else None

    def route_scan(self, text: str) -> None:
        """Hand a scanned text to the open dialog if it wants scans, else to the screen on top."""
        dialog = self.dialog()
        if dialog is not None:
            hears = getattr(dialog, "scanned", None)
            if hears is not None:
                hears(text)
            return
        screen = self.current()
        if screen is not None:
            screen.scanned(text)
            self.give_focus_back()

    def route_key(self, name: str) -> bool:
        """Hand a key to the screen on top; Ctrl+L locks everywhere. True when it was used."""
        if name == "Ctrl+L":
            self.lock_asked.emit()
            return True
        if self.dialog() is not None:
            return False
        screen = self.current()
        if screen is not None and screen.key(name):
            self.give_focus_back()
            return True
        self.key_unused.emit(name)
        return False

    def give_focus_back(self) -> None:
        """After an act the scan box has the focus, unless a dialog or another field was opened by it."""
        screen = self.current()
        if screen is None or self.dialog() is not None or screen.scan_box is None:
            return
        if not isinstance(QApplication.focusWidget(), type(screen.scan_box)):
            screen.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        name = key_name(event)
        if name and self.route_key(name):
            event.accept()
            return
        super().keyPressEvent(event)

    # --- window
    def allow_close(self) -> None:
        """From now on the window may really close."""
        self._may_close = True

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        self.close_asked.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for screen in self._screens.values():
            self._follow_width(screen)

    def _follow_width(self, screen: Screen) -> None:
        for column in screen.findChildren(DecisionColumn):
            column.follow_width(self.width())


def key_name(event: QKeyEvent) -> str:
    """The name of a key that screens hear, or "" for all others."""
    key = Qt.Key(event.key()) if event.key() in Qt.Key._value2member_map_ else None
    if key is None:
        return ""
    held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if held == Qt.KeyboardModifier.ControlModifier:
        return _CONTROL.get(key, "")
    if key == Qt.Key.Key_Asterisk:
        return "*"
    if held != Qt.KeyboardModifier.NoModifier:
        return ""
    return _FUNCTION.get(key) or _PLAIN.get(key, "")
