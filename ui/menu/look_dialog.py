"""Language and colours of the screen; a press changes them at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.text import Language, _
from ui.messages import N_
from ui.theme import ThemeMode
from ui.widgets.button import Button
from ui.widgets.choices import Choice, Segmented
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.text import Text

LANGUAGES: Final[dict[Language, str]] = {"vi": "Tiếng Việt", "en": "English"}
"""Each in its own language, so that everybody finds theirs."""

THEMES: Final[dict[ThemeMode, str]] = {"light": N_("Sáng"), "dark": N_("Tối"), "system": N_("Theo máy")}


class LookDialog(DialogFrame):
    """Emits the new pair after it has closed."""

    chosen = Signal(str, str)

    def __init__(self, language: Language, mode: ThemeMode) -> None:
        super().__init__(_("Ngôn ngữ và màu"), name="look", icon="languages")
        languages = [Choice(name, words) for name, words in LANGUAGES.items()]
        themes = [Choice(name, _(words)) for name, words in THEMES.items()]
        self.languages = Segmented(languages, language, name="lookLanguage", spoken=_("Ngôn ngữ"))
        self.themes = Segmented(themes, mode, name="lookTheme", spoken=_("Màu màn hình"))
        for words, choice in ((_("Ngôn ngữ"), self.languages), (_("Màu màn hình"), self.themes)):
            self.body.addWidget(Text(words, 14, 600, "ink3", name=f"{choice.objectName()}Head"))
            self.body.addWidget(choice)
        line = _("Giỏ hàng và việc đang làm được giữ. Hóa đơn giấy vẫn in theo cài đặt của quầy.")
        self.body.addWidget(Text(line, 15, 400, "ink2", wrap=True, name="lookLine"))
        close = Button(_("Đóng"), name="lookClose", key="Esc", height=48)
        close.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.close_dialog)
        self.body.addWidget(close)
        self.languages.chosen.connect(lambda _name: self._take())
        self.themes.chosen.connect(lambda _name: self._take())

    def first_focus(self) -> QWidget | None:
        return self.languages

    def _take(self) -> None:
        self.close_dialog()
        self.chosen.emit(self.languages.current(), self.themes.current())


def open_look(
    window: QWidget, language: Language, mode: ThemeMode, chosen: Callable[[Language, ThemeMode], None]
) -> LookDialog:
    """Open it over the window; returns at once."""
    dialog = LookDialog(language, mode)
    dialog.chosen.connect(lambda name, theme: chosen(name, theme))
    dialog.open_over(window)
    return dialog
