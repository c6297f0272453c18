"""Language, colours and type size of the screen: from the settings, or as somebody chose at this till."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, get_args

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from pos_app import text
from pos_app.settings import Language, Settings, TextSize, Theme
from pos_app.storage.status import StatusStore
from ui import theme
from ui.menu.look_dialog import LookChoice

ROW: Final = "look"


class Look:
    """A choice at the till holds until the settings say something else than when it was made."""

    def __init__(self, app: QApplication, status: StatusStore, settings: Settings) -> None:
        self.changed: Callable[[], None] = lambda: None
        self.app = app
        self._status = status
        self._set = {"language": settings.language, "theme": settings.theme, "text_size": settings.text_size}
        self.now = self._read()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def _read(self) -> LookChoice:
        kept = self._status.get(ROW) or {}

        def chosen(name: str, allowed: tuple[Any, ...]) -> Any:
            holds = kept.get(name) in allowed and kept.get(f"{name}_instead_of") == self._set[name]
            return kept[name] if holds else self._set[name]

        return LookChoice(
            chosen("language", get_args(Language)),
            chosen("theme", get_args(Theme)),
            chosen("text_size", get_args(TextSize)),
        )

    def apply(self) -> None:
        """Put it on the application; does nothing where it holds already."""
        text.use_language(self.now.language)
        active = theme.active()
        if (theme.resolved(self.now.mode), self.now.size) != (active.mode, active.scale):
            theme.apply(self.app, self.now.mode, scale=self.now.size, reduced_motion=active.reduced_motion)

    def choose(self, chosen: LookChoice) -> None:
        """Keep a choice, apply it and tell the window."""
        if chosen == self.now:
            return
        self.now = chosen
        kept = {"language": chosen.language, "theme": chosen.mode, "text_size": chosen.size}
        self._status.set(ROW, kept | {f"{name}_instead_of": value for name, value in self._set.items()})
        self.apply()
        self.changed()

    def _system_changed(self) -> None:
        """The desk's own colours went dark or light."""
        if self.now.mode == "system":
            self.apply()
            self.changed()
