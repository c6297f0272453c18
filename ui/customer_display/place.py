"""Where the customer display stands: full on the second screen, or a window of its own when asked for."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QWidget

from ui.customer_display.presenter import DisplayPresenter
from ui.customer_display.screen import SIZE, CustomerDisplay

LATER_MS = 0
"""A timer of 0 ms runs after paints that are due: the cashier's line is on the screen first."""


def later(work: Callable[[], None]) -> None:
    """On the next turn of the loop."""
    QTimer.singleShot(LATER_MS, work)


class DisplayPlace(QObject):
    """`wanted`: None = when there is a second screen, True = always, False = never."""

    def __init__(
        self, app: QApplication, beside: QWidget, presenter: DisplayPresenter, wanted: bool | None
    ) -> None:
        super().__init__()
        self.setObjectName("displayPlace")
        self._app = app
        self._beside = beside
        self._presenter = presenter
        self._wanted = wanted
        self.window: CustomerDisplay | None = None

    def start(self) -> None:
        """Open it now, and follow screens that come and go."""
        self._app.screenAdded.connect(self._follow)
        self._app.screenRemoved.connect(self._follow)
        self.follow()

    def stop(self) -> None:
        """For good."""
        self._app.screenAdded.disconnect(self._follow)
        self._app.screenRemoved.disconnect(self._follow)
        self._close()

    def renew(self) -> None:
        """The same window in another language."""
        self._close()
        self.follow()

    def _follow(self, _screen: QScreen) -> None:
        later(self.follow)  # Qt moves the windows of a screen that has gone after this signal

    def follow(self) -> None:
        """Open, move or close it, as the screens are now."""
        screen = self.second_screen()
        if self._wanted is False or (screen is None and not self._wanted):
            self._close()
            return
        if self.window is None:
            self.window = CustomerDisplay()
            self._presenter.shown_by(self.window.show_state)
        if screen is None:
            self.window.resize(SIZE)
            self.window.show()
        else:
            self.window.setScreen(screen)
            self.window.setGeometry(screen.geometry())
            self.window.showFullScreen()
        if self._beside.isVisible():
            self._beside.activateWindow()  # some desktops give a new window the keys whatever it says

    def second_screen(self) -> QScreen | None:
        """One that the cashier's window is not on."""
        own = self._beside.screen()
        others = [screen for screen in QGuiApplication.screens() if screen is not own]
        return others[0] if others else None

    def size_words(self) -> str:
        """ "1024 × 600", "" while there is no display."""
        if self.window is None:
            return ""
        return f"{self.window.width()} × {self.window.height()}"

    def _close(self) -> None:
        window, self.window = self.window, None
        self._presenter.shown_by(None)
        if window is not None:
            window.allow_close()
            window.close()
            window.deleteLater()
