"""The pieces of the state strip: runs of text with an icon or dot, and its icon buttons."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos_app.text import _
from ui import icons, painting, theme
from ui.painting import Span
from ui.tokens import STRIP

GAP = 14


class StripPart(QWidget):
    """A run of text with an icon or a dot before it and a divider at its left or right."""

    def __init__(
        self, name: str, *, divider_left: bool = False, divider_right: bool = False, after: int = GAP
    ) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setFixedHeight(STRIP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._after = after
        self._divider = "left" if divider_left else "right" if divider_right else ""
        self._spans: tuple[Span, ...] = ()
        self._icon = self._ink = self._dot = ""
        self._line = "line"
        self._size = 15

    def show_part(
        self, spans: tuple[Span, ...], *, icon: str = "", ink: str = "ink2", dot: str = "", line: str = "line"
    ) -> None:
        """Replace what it says; an empty tuple hides it."""
        self._spans, self._icon, self._ink, self._dot, self._line = spans, icon, ink, dot, line
        self.setAccessibleName("".join(span.text for span in spans))
        self.setVisible(bool(spans) or bool(icon))
        self.updateGeometry()
        self.update()

    def _mark(self) -> int:
        gap = 7 if self._spans else 0
        return 18 + gap if self._icon else (11 + gap if self._dot else 0)

    def sizeHint(self) -> QSize:
        width = painting.spans_width(self._spans, self._size) + self._mark()
        extra = {"left": 2 * GAP + 1, "right": GAP + 1}.get(self._divider, self._after)
        return QSize(round(width + 0.5) + extra, STRIP)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        left, middle = (GAP + 1.0 if self._divider == "left" else 0.0), STRIP / 2 - 0.5
        if self._divider:
            at = 0 if self._divider == "left" else self.width() - 1
            painter.fillRect(QRectF(at, 12, 1, 24), theme.colour(self._line))
        if self._icon:
            painter.drawPixmap(QPointF(left, middle - 9), icons.pixmap(self._icon, self._ink, 18))
        elif self._dot:
            painting.box(painter, QRectF(left, middle - 5, 10, 10), 5, theme.colour(self._dot))
        left += self._mark()
        painting.spans(painter, left, middle, self._spans, self._size, self.width())


class StripLanguage(QAbstractButton):
    """The language in its own words, on the sign-in page: by a press, or by Tab and the space bar."""

    def __init__(self) -> None:
        super().__init__()
        self._ink = self._words_ink = "ink2"
        self._line = "line"
        self.setObjectName("stripLanguage")
        self.setFixedHeight(STRIP)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_language(self, words: str, *, icon_ink: str, ink: str, line: str) -> None:
        """ "Tiếng Việt"; "" hides it."""
        self._ink, self._words_ink, self._line = icon_ink, ink, line
        self.setText(words)
        self.setAccessibleName(f"{_('Ngôn ngữ, màu, cỡ chữ')}: {words}")
        self.setVisible(bool(words))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(round(painting.text_width(self.text(), 15, 600) + 0.5) + 18 + 7 + 2 * GAP + 1, STRIP)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, middle = QPainter(self), STRIP / 2 - 0.5
        painter.fillRect(QRectF(self.width() - 1, 12, 1, 24), theme.colour(self._line))
        painter.drawPixmap(QPointF(GAP, middle - 9), icons.pixmap("languages", self._ink, 18))
        words = Span(self.text(), self._words_ink, 600)
        painting.spans(painter, GAP + 25, middle, (words,), 15, self.width() - GAP - 25)
        if self.hasFocus():
            area = QRectF(2, 2, self.width() - 6, self.height() - 5)
            painting.box(painter, area, 8, None, theme.colour("accent"), 2)


class StripButton(QAbstractButton):
    """Lock, settings, power: an icon alone, named."""

    def __init__(self, icon: str, spoken: str, *, name: str) -> None:
        super().__init__()
        self._icon, self._ink = icon, "ink2"
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setFixedSize(44, STRIP)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_ink(self, ink: str) -> None:
        """Another colour role."""
        self._ink = ink
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(QPointF(12, STRIP / 2 - 10.5), icons.pixmap(self._icon, self._ink, 20))
        if self.hasFocus():
            area = QRectF(2, 2, self.width() - 4, self.height() - 5)
            painting.box(painter, area, 8, None, theme.colour("accent"), 2)
