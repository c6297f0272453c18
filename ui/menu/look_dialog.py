"""Language, colours and type size of the screen; a press changes them at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, cast

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


SIZES: Final[dict[int, str]] = {100: N_("Thường"), 115: N_("Lớn"), 130: N_("Rất lớn")}
"""Type size in percent."""


@dataclass(frozen=True, slots=True)
class LookChoice:
    """What a person may choose about the screen; `size` in percent."""

    language: Language
    mode: ThemeMode
    size: int


class LookDialog(DialogFrame):
    """Emits the new LookChoice after it has closed."""

    chosen = Signal(object)

    def __init__(self, now: LookChoice) -> None:
        super().__init__(_("Ngôn ngữ, màu, cỡ chữ"), name="look", icon="languages")
        languages = [Choice(name, words) for name, words in LANGUAGES.items()]
        themes = [Choice(name, _(words)) for name, words in THEMES.items()]
        sizes = [Choice(str(size), _(words)) for size, words in SIZES.items()]
        self.languages = Segmented(languages, now.language, name="lookLanguage", spoken=_("Ngôn ngữ"))
        self.themes = Segmented(themes, now.mode, name="lookTheme", spoken=_("Màu màn hình"))
        self.sizes = Segmented(sizes, str(now.size), name="lookSize", spoken=_("Cỡ chữ"))
        chosen = (
            (_("Ngôn ngữ"), self.languages),
            (_("Màu màn hình"), self.themes),
            (_("Cỡ chữ"), self.sizes),
        )
        for words, choice in chosen:
            self.body.addWidget(Text(words, 14, 600, "ink3", name=f"{choice.objectName()}Head"))
            self.body.addWidget(choice)
            choice.chosen.connect(lambda _name: self._take())
        line = _("Giỏ hàng và việc đang làm được giữ. Hóa đơn giấy vẫn in theo cài đặt của quầy.")
        self.body.addWidget(Text(line, 15, 400, "ink2", wrap=True, name="lookLine"))
        close = Button(_("Đóng"), name="lookClose", key="Esc", height=48)
        close.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.close_dialog)
        self.body.addWidget(close)

    def first_focus(self) -> QWidget | None:
        return self.languages

    def _take(self) -> None:
        self.close_dialog()
        language, mode = cast(Language, self.languages.current()), cast(ThemeMode, self.themes.current())
        self.chosen.emit(LookChoice(language, mode, int(self.sizes.current())))


def open_look(window: QWidget, now: LookChoice, chosen: Callable[[LookChoice], None]) -> LookDialog:
    """Open it over the window; returns at once."""
    dialog = LookDialog(now)
    dialog.chosen.connect(chosen)
    dialog.open_over(window)
    return dialog
