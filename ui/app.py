"""Makes the QApplication in Quầy's look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from ui import icons, theme
from ui.qt_words import QtWords
from ui.theme import ThemeMode

_SPEAKS = "speaksOurWords"


def make(
    arguments: Sequence[str], mode: ThemeMode = "light", *, scale: int = 100, reduced_motion: bool = False
) -> QApplication:
    """The application with font, palette and style sheet; the one that runs already if there is one."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        app = running
    else:
        rounding = Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
        QGuiApplication.setHighDpiScaleFactorRoundingPolicy(rounding)
        app = QApplication(list(arguments))
    app.setApplicationName("quay")
    app.setApplicationDisplayName("Quầy")
    app.setQuitOnLastWindowClosed(False)
    if not app.property(_SPEAKS):
        app.installTranslator(QtWords(app))
        app.setProperty(_SPEAKS, True)
    theme.apply(app, mode, scale=scale, reduced_motion=reduced_motion)
    app.setWindowIcon(icons.icon("store", "accent", 64))
    return app
