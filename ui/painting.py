"""Strokes that the painted widgets share: boxes, key caps, runs of text, tiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from ui import icons, theme
from ui.tokens import RADIUS_KEY, contrast

KEY_CAP_HEIGHT = 22
LEAST_CONTRAST = 4.5


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text in one style inside a painted line; `ink` is a colour role, `icon` a name before it."""

    text: str
    ink: str = "ink2"
    weight: int = 400
    struck: bool = False
    icon: str = ""
    size: int = 0  # px when it differs from the line's


def box(
    painter: QPainter,
    area: QRect | QRectF,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
    width: float = 1,
) -> None:
    """A rounded box whose border lies inside `area`."""
    inset = width / 2 if border is not None else 0.0
    rect = QRectF(area).adjusted(inset, inset, -inset, -inset)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, width) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, radius - inset, radius - inset)


def text_width(text: str, size: int, weight: int = 400) -> float:
    """Advance of `text` in px."""
    return _measured(theme.hyphenated(text), size, weight, theme.active().scale)


@lru_cache(maxsize=8192)
def _measured(text: str, size: int, weight: int, scale: int) -> float:  # noqa: ARG001  part of the key
    return float(QFontMetricsF(theme.font(size, weight)).horizontalAdvance(text))


@lru_cache(maxsize=64)
def _baseline(size: int, scale: int) -> float:  # noqa: ARG001  part of the key
    """How far a line's baseline lies below its middle, in px."""
    metrics = QFontMetricsF(theme.font(size))
    return float(metrics.ascent() - metrics.descent()) / 2


def line_height(size: int, weight: int = 400) -> float:
    """Height of one line in px."""
    metrics = QFontMetricsF(theme.font(size, weight))
    return float(metrics.ascent() + metrics.descent())


def key_cap_width(text: str) -> int:
    """Width of a key cap."""
    return max(26, round(text_width(text, 13, 600)) + 14)


def key_cap(painter: QPainter, left: float, middle: float, text: str, on: QColor | None = None) -> None:
    """A key cap, its left edge and vertical middle given; `on`: text colour of a filled button."""
    area = QRectF(left, middle - KEY_CAP_HEIGHT / 2, key_cap_width(text), KEY_CAP_HEIGHT)
    if on is None:
        box(painter, area, RADIUS_KEY, theme.colour("sunken"), theme.colour("line"))
    else:
        box(painter, area, RADIUS_KEY, None, on)
    painter.setFont(theme.font(13, 600))
    painter.setPen(on if on is not None else theme.colour("ink2"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def spans_width(spans: Sequence[Span], size: int) -> float:
    """Advance of all spans in px, icons included."""
    return sum(_span_width(span, size) for span in spans)


def _span_width(span: Span, size: int) -> float:
    used = span.size or size
    return text_width(span.text, used, span.weight) + (used + 5 if span.icon else 0)


def spans(
    painter: QPainter, left: float, middle: float, parts: Sequence[Span], size: int, room: float
) -> bool:
    """Draw the spans around the vertical middle; False when something had to be elided."""
    with theme.room_for(lambda: spans_width(parts, size) <= room):
        return _spans(painter, left, middle, parts, size, room)


def _spans(
    painter: QPainter, left: float, middle: float, parts: Sequence[Span], size: int, room: float
) -> bool:
    right, whole = left + room, True
    baseline = middle + _baseline(size, theme.active().scale)
    for span in parts:
        used = span.size or size
        if span.icon:
            glyph = icons.pixmap(span.icon, span.ink, used)
            painter.drawPixmap(QPointF(left, middle - used / 2), glyph)
            left += used + 5
        face = theme.font(used, span.weight)
        if span.struck:
            face.setStrikeOut(True)
        words = theme.hyphenated(span.text)
        shown, width = words, text_width(span.text, used, span.weight)
        if width > right - left + 0.5:  # measured once: eliding costs as much as drawing
            measure = QFontMetricsF(face)
            shown = measure.elidedText(words, Qt.TextElideMode.ElideRight, max(0.0, right - left) + 0.5)
            width = measure.horizontalAdvance(shown)
        whole = whole and shown == words
        painter.setFont(face)
        painter.setPen(theme.colour(span.ink))
        painter.drawText(QPointF(left, baseline), shown)
        left += width
    return whole


def spans_right(painter: QPainter, right: float, middle: float, parts: Sequence[Span], size: int) -> None:
    """Draw the spans so that they end at `right`."""
    width = spans_width(parts, size)
    spans(painter, right - width, middle, parts, size, width + 1)


def tile(
    painter: QPainter, area: QRect | QRectF, fill: str, size_text: str, icon: str, faded: bool = False
) -> None:
    """A colour tile: the size stands in it, else the icon of the category; ink has the better contrast."""
    rect = QRectF(area)
    shade = theme.colour(fill) if fill else theme.colour("surface")
    painter.save()
    if faded:
        painter.setOpacity(0.55)
    box(painter, rect, 8, shade, theme.tile_border() if fill else theme.colour("line"))
    ink = QColor(_tile_ink(shade.name()))
    if size_text:
        points = 16 if rect.width() < 60 else 30
        face = theme.font(points, 700)
        while points > 11 and QFontMetricsF(face).horizontalAdvance(size_text) > rect.width() - 6:
            points -= 1
            face = theme.font(points, 700)
        painter.setFont(face)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, size_text)
    elif icon:
        side = 22 if rect.width() < 60 else 40
        glyph = icons.pixmap(icon if icons.exists(icon) else "package", ink, side)
        painter.drawPixmap(QPointF(rect.center().x() - side / 2, rect.center().y() - side / 2), glyph)
    painter.restore()


@lru_cache(maxsize=256)
def _tile_ink(fill: str) -> str:
    return tile_ink(QColor(fill)).name()


def tile_ink(fill: QColor) -> QColor:
    """White, or the fill's own hue very dark, whichever stands out more."""
    white = contrast("#FFFFFF", fill.name())
    for lightness in (0.16, 0.04):
        dark = QColor.fromHslF(max(0.0, fill.hslHueF()), min(fill.hslSaturationF(), 0.55), lightness)
        if contrast(dark.name(), fill.name()) >= max(white, LEAST_CONTRAST):
            return dark
    return QColor("#FFFFFF") if white >= LEAST_CONTRAST else QColor("#000000")
