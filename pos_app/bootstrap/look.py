"""Language and colours of the screen: from the settings, or as somebody chose at this till."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast, get_args

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pos_app import text
from pos_app.settings import Language, Settings, Theme
from pos_app.storage.status import StatusStore
from ui import theme

ROW: Final = "look"


class Look:
    """A choice at the till holds until the settings say something else than when it was made."""

    def __init__(self, app: QApplication, status: StatusStore, settings: Settings) -> None:
        self.changed: Callable[[], None] = lambda: None
        self.language: Language = settings.language
        self.theme: Theme = settings.theme
        self.app = app
        self._status = status
        self._settings = settings
        self._read()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _read(self) -> None:
        kept = self._status.get(ROW) or {}
        language, mode = kept.get("language"), kept.get("theme")
        if language in get_args(Language) and kept.get("language_instead_of") == self._settings.language:
            self.language = cast(Language, language)
        if mode in get_args(Theme) and kept.get("theme_instead_of") == self._settings.theme:
            self.theme = cast(Theme, mode)

    def apply(self) -> None:
        """Put it on the application; does nothing where it holds already."""
        text.use_language(self.language)
        active = theme.active()
        if theme.resolved(self.theme) != active.mode:
            theme.apply(self.app, self.theme, scale=active.scale, reduced_motion=active.reduced_motion)

    def choose(self, language: Language, mode: Theme) -> None:
        """Keep a choice, apply it and tell the window."""
        if (language, mode) == (self.language, self.theme):
            return
        self.language, self.theme = language, mode
        self._status.set(
            ROW,
            {
                "language": language,
                "language_instead_of": self._settings.language,
                "theme": mode,
                "theme_instead_of": self._settings.theme,
            },
        )
        self.apply()
        self.changed()

    def _system_changed(self) -> None:
        """The desk's own colours went dark or light."""
        if self.theme == "system":
            self.apply()
            self.changed()
