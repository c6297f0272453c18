"""Buttons of look §5: main, soft, plain, text, remove; key cap and counter behind the label."""

from __future__ import annotations

from typing import Final, Literal

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons, painting, theme
from ui.tokens import BAR_BUTTON, BUTTON, LEAST_TOUCH, MAIN_BUTTON, RADIUS, ROW_BUTTON
from ui.widgets.focus_ring import FocusRing

Role = Literal["main", "soft", "plain", "text", "remove"]
_INKS: Final = {
    "main": "on-accent",
    "soft": "accent-ink",
    "plain": "ink",
    "text": "accent-ink",
    "remove": "stop",
}
COUNTER: Final = 24


class Button(QAbstractButton):
    """A button that paints itself. Never presses on Enter: a scan ends in Enter (look §7)."""

    def __init__(
        self,
        text: str,
        role: Role = "plain",
        *,
        name: str,
        key: str = "",
        icon: str = "",
        height: int = BUTTON,
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role: Role = role
        self._key, self._icon, self._reason, self._counter = key, icon, "", 0
        self._spoken = spoken
        self._left = False
        self.setObjectName(name)
        self.setProperty("role", role)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    # --- what it shows
    def set_text(self, text: str) -> None:
        """Another label; `&` is no mnemonic here."""
        if text == self.label() and self.accessibleName():
            return
        self.setText(text.replace("&", "&&"))
        self._speak()

    def label(self) -> str:
        """The label as shown."""
        return self.text().replace("&&", "&")

    def set_reason(self, reason: str) -> None:
        """Disable and say why in the button; an empty reason enables it again."""
        if reason == self._reason and self.isEnabled() == (not reason):
            return
        self._reason = reason
        self.setEnabled(not reason)
        self._speak()
        self.update()

    def set_counter(self, count: int) -> None:
        """A round number behind the label; 0 hides it."""
        if count == self._counter:
            return
        self._counter = count
        self._speak()
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Another key cap."""
        self._key = key
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str) -> None:
        """Another icon before the label."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def set_role(self, role: Role) -> None:
        """Another weight among the buttons."""
        self._role = role
        self.setProperty("role", role)
        self.update()

    def align_left(self) -> Button:
        """Label at the left, as in a list of choices."""
        self._left = True
        return self

    def _speak(self) -> None:
        words = [self._spoken or self.label()]
        if self._counter:
            words.append(str(self._counter))
        if self._reason:
            words.append(self._reason)
        self.setAccessibleName(". ".join(word for word in words if word))
        self.updateGeometry()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        FocusRing.around(self)

    # --- measures
    def _sizes(self) -> tuple[int, int]:
        """Type size and weight of the label."""
        if self.height() >= MAIN_BUTTON:
            return 24, 600
        return (15 if self.height() in (ROW_BUTTON, BAR_BUTTON) else 16), 600

    def _gaps(self) -> tuple[int, int, int]:
        """Padding, gap after the icon, gap before the key cap."""
        if self._role == "text":
            return 9, 8, 10
        if not self.label():
            return 11, 0, 0
        if self.height() == BAR_BUTTON:
            return 12, 8, 7
        return (17, 8, 10) if self.height() >= BUTTON else (14, 8, 10)

    def _content_width(self, *, icon: bool = True, key: bool = True) -> float:
        size, weight = self._sizes()
        _padding, after_icon, before_key = self._gaps()
        width = painting.text_width(self.label(), size, weight) if self.label() else 0.0
        if self._icon and icon:
            width += 20 + after_icon
        if self._counter:
            width += COUNTER + 9
        if self._key and key:
            width += painting.key_cap_width(self._key) + before_key
        return width

    def _fitting(self) -> tuple[bool, bool]:
        """Whether icon and key cap find room: the words come first (larger type, longer languages)."""
        room = self.width() - 12
        if self._content_width() <= room or not self.label():
            return True, True
        return (False, True) if self._content_width(icon=False) <= room else (False, False)

    def sizeHint(self) -> QSize:
        width = self._content_width()
        if self._reason and self.height() >= MAIN_BUTTON:
            width = max(width, painting.text_width(self._reason, 15))
        return QSize(max(LEAST_TOUCH, round(width + 2 * self._gaps()[0] + 0.5)), self.height())

    def minimumSizeHint(self) -> QSize:
        with theme.room_for(lambda: False):
            least = self._content_width(icon=not self.label(), key=False) + 16
        return QSize(max(LEAST_TOUCH, round(least + 0.5)), self.height())

    def clipped(self) -> bool:
        """Whether the words need more room than there is."""
        with theme.room_for(self._has_room):
            return not self._has_room()

    def _has_room(self) -> bool:
        icon, key = self._fitting()
        reason = painting.text_width(self._reason, 15) if self.height() >= MAIN_BUTTON else 0
        return max(self._content_width(icon=icon, key=key), reason) <= self.width() - 8

    # --- paint
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_box(painter)
        with theme.room_for(self._has_room):
            self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        ink = theme.colour(_INKS[self._role] if self.isEnabled() else "ink3")
        area = self.rect()
        if self._reason and self.height() >= MAIN_BUTTON:
            painter.setFont(theme.font(15))
            painter.setPen(ink)
            below = QRect(8, area.height() // 2 + 4, area.width() - 16, 26)
            painter.drawText(
                below, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, self._reason
            )
            area = area.adjusted(0, 3, 0, -27)
        self._paint_content(painter, area, ink)

    def _paint_box(self, painter: QPainter) -> None:
        fill, border = self._fills()
        if fill is not None or border is not None:
            painting.box(painter, self.rect(), RADIUS, fill, border)

    def _fills(self) -> tuple[QColor | None, QColor | None]:
        if not self.isEnabled():
            return (None, None) if self._role == "text" else (theme.colour("bg"), theme.colour("line"))
        held = self.isDown()
        if self._role == "main":
            return theme.colour("accent-press" if held else "accent"), None
        if self._role == "soft":
            return theme.colour("accent-line" if held else "accent-soft"), theme.colour("accent-line")
        if self._role == "text":
            return (theme.colour("bg") if held else None), None
        return theme.colour("bg" if held else "surface"), theme.colour("ctl")

    def _paint_content(self, painter: QPainter, area: QRect, ink: QColor) -> None:
        size, weight = self._sizes()
        padding, after_icon, before_key = self._gaps()
        icon, key = self._fitting()
        middle = area.center().y() + 0.5
        spare = (area.width() - self._content_width(icon=icon, key=key)) / 2
        left = float(padding) if self._left else spare
        if self._icon and icon:
            glyph = icons.pixmap(self._icon, ink, 20, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(round(left), round(middle - 10)), glyph)
            left += 20 + after_icon
        if self.label():
            painter.setFont(theme.font(size, weight))
            painter.setPen(ink)
            width = painting.text_width(self.label(), size, weight)
            rect = QRectF(left, area.top(), width + 2, area.height())
            sides = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
            painter.drawText(rect, sides, theme.hyphenated(self.label()))
            left += width
        if self._counter:
            paint_counter(painter, left + 9, middle, self._counter)
            left += 9 + COUNTER
        if self._key and key:
            painting.key_cap(painter, round(left + before_key), middle, self._key, self._key_ink(ink))

    def _key_ink(self, ink: QColor) -> QColor | None:
        return ink if self._role == "main" and self.isEnabled() else None


def paint_counter(painter: QPainter, left: float, middle: float, count: int) -> None:
    """A round number."""
    area = QRectF(left, middle - COUNTER / 2, COUNTER, COUNTER)
    painting.box(painter, area, COUNTER / 2, theme.colour("accent-soft"))
    painter.setFont(theme.font(14, 700))
    painter.setPen(theme.colour("accent-ink"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(count) if count < 100 else "99+")


class IconButton(Button):
    """A button that is only an icon; `spoken` is what it does, in words."""

    def __init__(self, icon: str, spoken: str, role: Role = "plain", *, name: str, side: int = 44) -> None:
        super().__init__("", role, name=name, icon=icon, height=side, spoken=spoken)
        self.setFixedSize(side, side)
        self.setToolTip(spoken)
