"""Lucide icons in any colour: SVG text with currentColor replaced, drawn once and kept."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui import theme

FOLDER: Final = Path(__file__).resolve().parent.parent / "resources" / "icons"


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return (FOLDER / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=1024)
def _drawn(name: str, hex_colour: str, size: int, ratio: float) -> QPixmap:
    side = max(1, round(size * ratio))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    svg = _source(name).replace("currentColor", hex_colour)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


def pixmap(name: str, colour: str | QColor = "ink", size: int = 20, ratio: float | None = None) -> QPixmap:
    """The icon `name`, `size` px a side; `colour` is a role of look §2, "#RRGGBB" or a QColor.

    Raises FileNotFoundError for an icon that resources/icons does not hold.
    """
    shade = colour if isinstance(colour, QColor) else theme.colour(colour)
    screen = QGuiApplication.primaryScreen()
    scale = ratio if ratio is not None else (screen.devicePixelRatio() if screen else 1.0)
    return _drawn(name, shade.name(), size, scale)


def icon(name: str, colour: str | QColor = "ink", size: int = 20) -> QIcon:
    """As `pixmap`, for those parts of Qt that want a QIcon."""
    return QIcon(pixmap(name, colour, size))


def exists(name: str) -> bool:
    """Whether resources/icons holds it (names may come from the catalogue)."""
    return name.replace("-", "").isalnum() and (FOLDER / f"{name}.svg").is_file()
