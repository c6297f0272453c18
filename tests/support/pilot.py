"""Drives the real window as a person would: a scanner's bursts, keys, presses on named buttons."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from pos_app.scanning.decode import decode

PATIENCE_S = 20.0


class Stuck(AssertionError):
    """The window did not come to the state that the story needs; the text says which."""


class Pilot:
    """Everything goes through events of the window; nothing is called behind its back."""

    def __init__(self, app: QApplication, window: QWidget) -> None:
        self._app = app
        self._window = window

    # --- hands ---------------------------------------------------------------------------------
    def scan(self, text: str) -> None:
        """A keyboard-wedge scanner: all keys at once, then Enter.

        They carry the time at which they came, as the system's do: a machine that stands still in the middle
        of a burst splits none.
        """
        for letter in text:
            self._post(_key_of(letter), letter)
        self._post(Qt.Key.Key_Return, "\r")
        self.settle()

    def scan_picture(self, picture: Path) -> str:
        """Decode a picture from its pixels and scan what stands in it."""
        found = decode(picture.read_bytes())
        if not found:
            raise Stuck(f"no code in {picture.name}")
        self.scan(found[0].text)
        return found[0].text

    def key(self, key: Qt.Key, text: str = "") -> None:
        """One key, as typed by a person."""
        self._key(key, text)
        pause(120)  # longer than a scanner's gap: the wedge lets it through
        self.settle()

    def type(self, text: str) -> None:
        """Typed slowly into what has the focus."""
        for letter in text:
            self.key(_key_of(letter), letter)

    def press(self, name: str) -> None:
        """A press on the visible widget of this objectName."""
        widget = self.widget(name)
        if not widget.isEnabled():
            raise Stuck(f"{name} cannot be pressed: {widget.accessibleName()}")
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.settle()

    def choose(self, name: str, place: int = 0) -> None:
        """Open a drop-down and take the entry at this place."""
        self.press(name)
        menu = QApplication.activePopupWidget()
        if not isinstance(menu, QMenu):
            raise Stuck(f"{name} opened no list")
        entry = menu.actions()[place]
        QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(entry).center())
        self.settle()

    def _key(self, key: Qt.Key, text: str) -> None:
        self._post(key, text)
        self._app.processEvents()

    def _post(self, key: Qt.Key, text: str) -> None:
        target = QApplication.focusWidget() or self._window
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
            event.setTimestamp(time.monotonic_ns() // 1_000_000)
            QApplication.postEvent(target, event)

    # --- eyes ----------------------------------------------------------------------------------
    def widget(self, name: str) -> QWidget:
        """The visible widget of this name; the topmost when several screens have one."""
        found = [one for one in self._window.findChildren(QWidget, name) if one.isVisible()]
        if not found:
            raise Stuck(f"nothing called {name} is to be seen")
        return found[-1]

    def sees(self, name: str) -> bool:
        return any(one.isVisible() for one in self._window.findChildren(QWidget, name))

    def until(self, what: str, holds: Callable[[], bool], patience_s: float = PATIENCE_S) -> None:
        """Let events run until it holds. Raises Stuck."""
        end = time.monotonic() + patience_s
        while not holds():
            if time.monotonic() > end:
                raise Stuck(f"waited {patience_s:.0f} s for: {what}")
            pause(20)

    def settle(self) -> None:
        """Let everything that is queued happen."""
        for _ in range(3):
            self._app.processEvents()

    def shot(self, file: Path) -> None:
        """What the window shows now."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._window.grab().save(str(file), "PNG")


def pause(ms: int) -> None:
    """Run the event loop; unlike QTest.qWait it lets the other threads of Python run meanwhile."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def _key_of(letter: str) -> Qt.Key:
    upper = letter.upper()
    if upper.isascii() and upper.isalnum():
        return Qt.Key(ord(upper))
    return {"-": Qt.Key.Key_Minus, ".": Qt.Key.Key_Period, "*": Qt.Key.Key_Asterisk}.get(
        letter, Qt.Key.Key_unknown
    )
