"""The small marks: key caps, badges, counters, discs with initials or icons, colour tiles."""

from __future__ import annotations

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons, painting, theme
from ui.widgets.button import COUNTER, paint_counter

BadgeKind = Literal["ok", "need", "stop", "off", "accent", "quiet"]


class _Mark(QWidget):
    def __init__(self, name: str, spoken: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class KeyCap(_Mark):
    """The name of a key as it stands on the keyboard."""

    def __init__(self, key: str, *, name: str = "keyCap") -> None:
        super().__init__(name, key)
        self._key = key

    def sizeHint(self) -> QSize:
        return QSize(painting.key_cap_width(self._key), painting.KEY_CAP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painting.key_cap(QPainter(self), 0, self.height() / 2, self._key)


class Badge(_Mark):
    """Soft fill, icon or dot, words. `dot` is a colour role or "#RRGGBB"; `large` is the 36 px one of 05."""

    def __init__(
        self,
        text: str,
        kind: BadgeKind = "quiet",
        *,
        icon: str = "",
        dot: str = "",
        large: bool = False,
        name: str = "badge",
    ) -> None:
        super().__init__(name, text)
        self._text, self._kind, self._icon, self._dot, self._large = text, kind, icon, dot, large

    def show_badge(self, text: str, kind: BadgeKind, icon: str = "", dot: str = "") -> None:
        """Another text, kind and mark."""
        self._text, self._kind, self._icon, self._dot = text, kind, icon, dot
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def _measures(self) -> tuple[int, int, int, int]:
        """Height, padding, icon, type size."""
        return (36, 12, 20, 16) if self._large else (26, 9, 18, 14)

    def _mark_width(self) -> int:
        icon = self._measures()[2]
        return icon + 5 if self._icon else (16 if self._dot else 0)

    def sizeHint(self) -> QSize:
        height, padding, _, size = self._measures()
        width = painting.text_width(self._text, size, 600) + self._mark_width() + 2 * padding + 1
        return QSize(round(width + 0.5), max(height, theme.px(height)))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        _, padding, icon, size = self._measures()
        fill = "bg" if self._kind == "quiet" else f"{self._kind}-soft"
        ink = {"quiet": "ink2", "accent": "accent-ink"}.get(self._kind, self._kind)
        painting.box(painter, self.rect(), 8 if self._large else 6, theme.colour(fill))
        middle = self.height() / 2
        if self._icon:
            painter.drawPixmap(QPointF(padding, middle - icon / 2), icons.pixmap(self._icon, ink, icon))
        elif self._dot:
            painting.box(painter, QRectF(padding + 1, middle - 4.5, 9, 9), 4.5, theme.colour(self._dot))
        painter.setFont(theme.font(size, 600))
        painter.setPen(theme.colour(ink))
        rect = QRectF(padding + self._mark_width(), 0, self.width(), self.height())
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter, theme.hyphenated(self._text))


class Counter(_Mark):
    """A round number, 24 px."""

    def __init__(self, count: int, *, name: str = "counter") -> None:
        super().__init__(name, str(count))
        self._count = count

    def show_count(self, count: int) -> None:
        """Another number."""
        self._count = count
        self.setAccessibleName(str(count))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(COUNTER, COUNTER)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_counter(QPainter(self), 0, self.height() / 2, self._count)


class InitialsDisc(_Mark):
    """A person's initials on a quiet tint (0 to 5)."""

    def __init__(
        self, initials: str, tint: int = 0, side: int = 28, *, spoken: str = "", name: str = "initials"
    ) -> None:
        super().__init__(name, spoken or initials)
        self._initials, self._tint, self._side, self._plum = initials, tint, side, False

    def show_person(self, initials: str, tint: int, spoken: str = "") -> None:
        """Another person."""
        self._initials, self._tint = initials, tint
        self.setAccessibleName(spoken or initials)
        self.update()

    def on_plum(self, plum: bool) -> None:
        """Colours for the offline strip."""
        self._plum = plum
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tint = self._tint % 6
        fill = theme.colour("off-div" if self._plum else f"tint-{tint}")
        painting.box(painter, QRectF(0, 0, self._side, self._side), self._side / 2, fill)
        size = 13 if self._side <= 36 else round(self._side * 0.37)
        painter.setFont(theme.font(size, 700 if self._side > 36 else 600))
        painter.setPen(theme.colour("on-off" if self._plum else f"tint-{tint}-ink"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)


class IconDisc(_Mark):
    """An icon on a soft disc: ok, need, stop, accent, off or quiet."""

    def __init__(
        self, icon: str, kind: BadgeKind = "quiet", side: int = 40, *, spoken: str = "", name: str = "disc"
    ) -> None:
        super().__init__(name, spoken)
        self._icon, self._kind, self._side = icon, kind, side

    def show_icon(self, icon: str, kind: BadgeKind, spoken: str = "") -> None:
        """Another icon and kind."""
        self._icon, self._kind = icon, kind
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_disc(QPainter(self), QRectF(0, 0, self._side, self._side), self._icon, self._kind)


def paint_tick(painter: QPainter, area: QRectF) -> None:
    """A filled disc with a tick: this is done."""
    painting.box(painter, area, area.width() / 2, theme.colour("ok"))
    side = round(area.width() * 0.58)
    tick = icons.pixmap("check", "on-ok", side)
    painter.drawPixmap(QPointF(area.center().x() - side / 2, area.center().y() - side / 2), tick)


def paint_disc(painter: QPainter, area: QRectF, icon: str, kind: BadgeKind) -> None:
    """An icon on a soft disc, for delegates too."""
    quiet = kind == "quiet"
    painting.box(painter, area, area.width() / 2, theme.colour("bg" if quiet else f"{kind}-soft"), None)
    ink = {"quiet": "ink2", "accent": "accent-ink"}.get(kind, kind)
    side = 22 if area.width() >= 40 else 18
    middle = area.center()
    painter.drawPixmap(QPointF(middle.x() - side / 2, middle.y() - side / 2), icons.pixmap(icon, ink, side))


class Tile(_Mark):
    """A colour tile: fill "#RRGGBB" or "", the size in it, else the category's icon."""

    def __init__(
        self,
        fill: str = "",
        size_text: str = "",
        icon: str = "package",
        side: int = 44,
        *,
        name: str = "tile",
    ) -> None:
        super().__init__(name, size_text)
        self._fill, self._size_text, self._icon, self._side, self._chosen = fill, size_text, icon, side, False

    def show_tile(self, fill: str, size_text: str, icon: str = "package") -> None:
        """Another product."""
        self._fill, self._size_text, self._icon = fill, size_text, icon
        self.setAccessibleName(size_text)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, event: QPaintEvent) -> None:
        area = QRectF(0, 0, self._side, self._side)
        painting.tile(QPainter(self), area, self._fill, self._size_text, self._icon)
