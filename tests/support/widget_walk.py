"""What a reader would complain about in a window: nameless, clipped, too small or too pale widgets."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from ui import painting, theme
from ui.painting import Span
from ui.tokens import LEAST_TOUCH, contrast
from ui.widgets.frames import DecisionColumn

INTERNAL = ("qt_", "focusRing")


def complaints(window: QWidget) -> list[str]:
    """One line each; [] is the aim."""
    found: list[str] = []
    for widget in [window, *window.findChildren(QWidget)]:
        if not widget.isVisible() or _is_internal(widget):
            continue
        found += [f"{_path(widget)}: {what}" for what in _of(widget)]
    return found


def elided(window: QWidget) -> list[str]:
    """Words that lists and strips paint by hand and had to shorten, as the window is painted once."""
    found: list[str] = []
    paint = painting.spans

    def watched(
        painter: QPainter, left: float, middle: float, parts: Sequence[Span], size: int, room: float
    ) -> bool:
        whole = paint(painter, left, middle, parts, size, room)
        if not whole:
            found.append("elided: " + "".join(part.text for part in parts))
        return whole

    painting.spans = watched
    try:
        window.grab()
    finally:
        painting.spans = paint
    return found


def _of(widget: QWidget) -> list[str]:
    if isinstance(widget, QScrollArea):
        return _overflow(widget)
    found: list[str] = []
    if not widget.objectName() and not isinstance(widget, QScrollBar) and type(widget) is not QWidget:
        found.append("no objectName")
    if _speaks(widget) and not (widget.accessibleName() or _own_words(widget)):
        found.append("no accessible name")
    if isinstance(widget, QAbstractButton) and min(widget.width(), widget.height()) < LEAST_TOUCH:
        found.append(f"touch target {widget.width()} × {widget.height()}")
    clipped = getattr(widget, "clipped", None)
    if clipped is not None and clipped():
        found.append(f"clipped: {widget.accessibleName()!r}")
    if isinstance(widget, QLabel):
        found += _label(widget)
    return found


def _overflow(area: QScrollArea) -> list[str]:
    """What is wider than its column would be cut at the right: no screen scrolls sideways."""
    inside, room = area.widget(), area.viewport()
    found = []
    if inside is not None and inside.width() > room.width():
        found.append(f"clipped: {inside.width()} px wide in {room.width()}")
    if inside is not None and inside.height() > room.height() and _is_column(area):
        found.append(f"clipped: {inside.height()} px high in {room.height()}")
    return found


def _is_column(area: QScrollArea) -> bool:
    """The decision column shows everything at once at the normal type size; lists may scroll."""
    if theme.active().scale > 100:
        return False
    parent = area.parentWidget()
    while parent is not None and not isinstance(parent, DecisionColumn):
        parent = parent.parentWidget()
    return parent is not None


def _label(label: QLabel) -> list[str]:
    if not label.text() or label.textFormat() == Qt.TextFormat.RichText:
        return []
    found: list[str] = []
    if label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + 2:
            found.append(
                f"clipped: {label.text()!r} needs {label.heightForWidth(label.width())} px of height"
            )
    elif QFontMetrics(label.font()).horizontalAdvance(theme.hyphenated(label.text())) > label.width() + 1:
        found.append(f"clipped: {label.text()!r}")
    ink = label.palette().color(QPalette.ColorRole.WindowText).name()
    ground = _ground(label)
    if ground and contrast(ink, ground) < 4.5:
        found.append(f"contrast {contrast(ink, ground):.1f} of {ink} on {ground}: {label.text()!r}")
    return found


def _ground(widget: QWidget) -> str:
    """The fill of the nearest panel under a label; "" when it is painted by hand."""
    from ui.tokens import ROLES

    parent = widget.parentWidget()
    while parent is not None:
        kind = parent.property("panel")
        if kind:
            role = {"card": "surface", "figure": "sunken"}.get(kind, str(kind).replace("-note", "-soft"))
            return theme.colour(role).name() if role in ROLES else ""
        parent = parent.parentWidget()
    return ""


def _speaks(widget: QWidget) -> bool:
    kinds = (QAbstractButton, QLineEdit, QPlainTextEdit, QAbstractItemView)
    return (
        isinstance(widget, kinds) or widget.focusPolicy() & Qt.FocusPolicy.TabFocus != Qt.FocusPolicy.NoFocus
    )


def _own_words(widget: QWidget) -> str:
    if isinstance(widget, (QLabel, QAbstractButton)):
        return widget.text()
    return "scrolls" if type(widget) is QAbstractScrollArea or isinstance(widget, QScrollBar) else ""


def _is_internal(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    inside_scroll_area = isinstance(parent, QAbstractScrollArea) and widget is parent.viewport()
    name = widget.objectName()
    if inside_scroll_area or name.startswith(INTERNAL):
        return True
    if isinstance(widget, QScrollBar) or isinstance(parent, QScrollBar):
        return True
    return type(widget) is QWidget and not name


def _path(widget: QWidget) -> str:
    parts = []
    node: QWidget | None = widget
    while node is not None:
        parts.append(node.objectName() or type(node).__name__)
        node = node.parentWidget()
    return "/".join(reversed(parts[:4]))
