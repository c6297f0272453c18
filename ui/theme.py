"""The look in force: palette, fonts and style sheet of the running application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui import qss
from ui.tokens import SCRIM_ALPHA, TILE_BORDER, Mode, Palette

FONT_FILE: Final = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "Inter.ttf"
TIGHT_FROM_PX: Final = 38  # from here on figures are set a little closer

ThemeMode = Literal["light", "dark", "system"]
SCALES: Final = (100, 115, 130)
"""Type sizes in percent that a person may choose (look: Frame)."""


@dataclass(frozen=True, slots=True)
class Theme:
    """What is in force: mode, type scale in percent (100, 115, 130) and whether motion is reduced."""

    mode: Mode = "light"
    scale: int = 100
    reduced_motion: bool = False


# One look for the whole process, like QApplication's own font and palette: painters read it when they paint.
_active = Theme()
_palette = Palette("light")
_family = ""


def apply(
    app: QApplication, mode: ThemeMode = "light", *, scale: int = 100, reduced_motion: bool = False
) -> None:
    """Put font, palette and style sheet on the application; may be called again to switch."""
    global _active, _palette
    _active = Theme(resolved(mode), scale, reduced_motion)
    _palette = Palette(_active.mode)
    app.setStyle("Fusion")
    app.setFont(font(16))
    app.setPalette(_qt_palette())
    app.setStyleSheet(qss.build(_palette))
    for widget in app.allWidgets():
        widget.update()


def active() -> Theme:
    """The theme in force."""
    return _active


def is_dark() -> bool:
    """True by night."""
    return _active.mode == "dark"


def fade_ms(milliseconds: int) -> int:
    """The length of a fade: 0 when motion is reduced."""
    return 0 if _active.reduced_motion else milliseconds


def colour(role: str) -> QColor:
    """The colour of a role of look §2, or of a literal "#RRGGBB"."""
    return QColor(role if role.startswith("#") else _palette.hex(role))


def scrim() -> QColor:
    """What lies behind a dialog."""
    return QColor(*SCRIM_ALPHA[_active.mode])


def tile_border() -> QColor:
    """The edge of a colour tile, so that a white one keeps a shape."""
    return QColor(*TILE_BORDER[_active.mode])


def hyphenated(text: str) -> str:
    """As it is painted: Inter's tabular figures also widen the hyphen, but not the non-breaking one."""
    return text.replace("-", "\N{NON-BREAKING HYPHEN}")


def px(size: int) -> int:
    """A size of look §3 in pixels at the type scale in force."""
    return round(size * _active.scale / 100)


@contextmanager
def room_for(fits: Callable[[], bool]) -> Iterator[None]:
    """What is measured and painted inside has the largest type, down to 100 %, at which `fits` holds.

    The screens are laid out for 100 %: larger type fills the room there is and never cuts a word.
    """
    global _active
    kept = _active
    try:
        for scale in sorted((one for one in {*SCALES, kept.scale} if one <= kept.scale), reverse=True):
            _active = replace(kept, scale=scale)
            if scale == 100 or fits():
                break
        yield
    finally:
        _active = kept


def font(size: int, weight: int = 400) -> QFont:
    """Inter with tabular digits; size in px at 100 %, weight 400 to 700. A copy: change it as you like."""
    return QFont(_made(size, weight, _active.scale))


@lru_cache(maxsize=256)
def _made(size: int, weight: int, scale: int) -> QFont:
    made = QFont(_inter())
    made.setPixelSize(round(size * scale / 100))
    # The bundled file is variable: FreeType's font database offers only its regular weight to setWeight
    # and would smear it into a false bold, so the axis is set itself.
    made.setVariableAxis(QFont.Tag("wght"), weight)
    made.setFeature(QFont.Tag("tnum"), 1)
    made.setFeature(QFont.Tag("calt"), 0)
    if size >= TIGHT_FROM_PX:
        made.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
    return made


def _inter() -> str:
    global _family
    if not _family:
        number = QFontDatabase.addApplicationFont(str(FONT_FILE))
        families = QFontDatabase.applicationFontFamilies(number)
        _family = families[0] if families else QGuiApplication.font().family()
    return _family


def resolved(mode: ThemeMode) -> Mode:
    """Light or dark; "system" asks the desk."""
    if mode != "system":
        return mode
    scheme = QGuiApplication.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"


def _qt_palette() -> QPalette:
    made = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "surface"),
        (roles.Base, "surface"),
        (roles.AlternateBase, "surface"),
        (roles.Button, "surface"),
        (roles.ToolTipBase, "surface"),
        (roles.WindowText, "ink"),
        (roles.Text, "ink"),
        (roles.ButtonText, "ink"),
        (roles.ToolTipText, "ink"),
        (roles.PlaceholderText, "ink3"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "on-accent"),
        (roles.Link, "accent-ink"),
        (roles.Accent, "accent"),
    ):
        made.setColor(role, colour(name))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, colour("ink3"))
    return made
