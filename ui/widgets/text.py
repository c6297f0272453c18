"""Plain labels: one size, one weight, one colour role."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from ui import icons, theme

LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


class Text(QLabel):
    """A label of look §3: size in px, weight, colour role; `wrap` lets it take several lines."""

    def __init__(
        self,
        text: str = "",
        size: int = 16,
        weight: int = 400,
        ink: str = "ink",
        *,
        align: Qt.AlignmentFlag = LEFT,
        wrap: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme.hyphenated(text), parent)
        self._size, self._weight = size, weight
        self.setObjectName(name or "text")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(align)
        self.setWordWrap(wrap)
        self.setProperty("ink", ink)
        self.setFont(theme.font(size, weight))

    def setText(self, text: str) -> None:
        super().setText(theme.hyphenated(text))
        self._fit()

    def text(self) -> str:
        """The words as they were given."""
        return super().text().replace("\N{NON-BREAKING HYPHEN}", "-")

    def set_ink(self, ink: str) -> None:
        """Another colour role."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            self.style().unpolish(self)
            self.style().polish(self)

    def set_weight(self, weight: int) -> None:
        """Another weight."""
        self._weight = weight
        self._fit()

    # --- larger type (100 %: as Qt has it)
    def _fit(self) -> None:
        with theme.room_for(self._has_room):
            face = theme.font(self._size, self._weight)
        if face != self.font():
            self.setFont(face)

    def _has_room(self) -> bool:
        needed = self._needed(self.width())
        return needed.width() <= self.width() and needed.height() <= self.height()

    def _needed(self, width: int) -> QSize:
        flags = int(self.alignment()) | (Qt.TextFlag.TextWordWrap if self.wordWrap() else 0)
        room = QRect(0, 0, width if self.wordWrap() else 100_000, 100_000)
        metrics = QFontMetrics(theme.font(self._size, self._weight))
        return metrics.boundingRect(room, flags, super().text()).size()

    def sizeHint(self) -> QSize:
        """What the type scale asks for, whatever the type has come to here."""
        usual = super().sizeHint()
        return usual if self.wordWrap() or theme.active().scale == 100 else self._needed(0)

    def minimumSizeHint(self) -> QSize:
        """What 100 % needs: the layout was made for it."""
        if self.wordWrap() or theme.active().scale == 100:
            return super().minimumSizeHint()
        with theme.room_for(lambda: False):
            return self._needed(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange:  # the type scale was switched
            self._fit()
        super().changeEvent(event)


class RichText(QWidget):
    """A sentence that wraps and whose facts, marked `<b>…</b>`, are set in weight 600 and ink."""

    def __init__(
        self, text: str = "", size: int = 15, ink: str = "ink2", *, strong: str = "ink", name: str = "text"
    ) -> None:
        super().__init__()
        self._text, self._size, self._ink, self._strong = text, size, ink, strong
        self.setObjectName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Replace the sentence."""
        self._text = text
        self.setAccessibleName(text.replace("<b>", "").replace("</b>", ""))
        self.updateGeometry()
        self.update()

    def _document(self, width: float) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setTextWidth(width)
        cursor = QTextCursor(document)
        for at, part in enumerate(self._text.replace("</b>", "<b>").split("<b>")):
            form = QTextCharFormat()
            form.setFont(theme.font(self._size, 600 if at % 2 else 400))
            form.setForeground(theme.colour(self._strong if at % 2 else self._ink))
            cursor.insertText(theme.hyphenated(part), form)
        return document

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return round(self._document(width).size().height() + 0.5)

    def sizeHint(self) -> QSize:
        width = min(360, round(self._document(-1).idealWidth()) + 2)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(80, round(theme.px(self._size) * 1.2))

    def clipped(self) -> bool:
        """Whether it needs more height than it has."""
        with theme.room_for(self._has_room):
            return not self._has_room()

    def _has_room(self) -> bool:
        return self.heightForWidth(self.width()) <= self.height() + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        with theme.room_for(self._has_room):
            self._document(self.width()).drawContents(QPainter(self))


class IconLabel(QWidget):
    """An icon that follows the theme; decoration only, so it is silent to screen readers unless named."""

    def __init__(self, icon: str, size: int = 20, ink: str = "ink2", *, name: str = "icon") -> None:
        super().__init__()
        self._icon, self._size, self._ink = icon, size, ink
        self.setObjectName(name)
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, icon: str, ink: str | None = None) -> None:
        """Another icon, and another colour role if given."""
        self._icon, self._ink = icon, ink or self._ink
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._icon:
            QPainter(self).drawPixmap(
                0, 0, icons.pixmap(self._icon, self._ink, self._size, self.devicePixelRatioF())
            )


class Panel(QFrame):
    """A plain area: bg, surface, sunken, column, card, figure, ok-soft, need-soft, need-note, line…"""

    def __init__(self, panel: str = "surface", *, name: str = "panel", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setProperty("panel", panel)

    def set_panel(self, panel: str) -> None:
        """Another kind of area."""
        if self.property("panel") != panel:
            self.setProperty("panel", panel)
            self.style().unpolish(self)
            self.style().polish(self)


def divider(*, vertical: bool = False) -> Panel:
    """A 1 px line."""
    made = Panel("line", name="divider")
    if vertical:
        made.setFixedWidth(1)
    else:
        made.setFixedHeight(1)
    return made
