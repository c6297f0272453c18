"""The rows of *Needs attention*: what over why, since when, and one button."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from ui import painting, theme
from ui.attention.state import AttentionRow
from ui.painting import Span
from ui.widgets.button import Button
from ui.widgets.small import paint_disc

HEIGHT = 82
ACTION = 132


class AttentionRowWidget(QWidget):
    """82 high; the whole row chooses, its button acts."""

    pressed = Signal(str)
    acted = Signal(str)

    def __init__(self, row: AttentionRow) -> None:
        super().__init__()
        self._row, self._is_current = row, False
        self.setObjectName(f"attention_{row.key}")
        self.setFixedHeight(HEIGHT)
        self._button = Button(row.action, name=f"attentionAct_{row.key}", height=44)
        self._button.setMinimumWidth(ACTION)
        self._button.clicked.connect(lambda: self.acted.emit(self._row.key))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 16, 1)
        layout.addStretch(1)
        layout.addWidget(self._button)
        self.show_row(row, current=False)

    def show_row(self, row: AttentionRow, *, current: bool) -> None:
        """Other facts about the same thing."""
        self._row, self._is_current = row, current
        self._button.set_text(row.action)
        self.setAccessibleName(f"{row.title}. {row.line}. {row.since}")
        self.update()

    def clipped(self) -> bool:
        """Whether a line does not fit."""
        with theme.room_for(self._has_room):
            return not self._has_room()

    def _has_room(self) -> bool:
        widest = max(painting.text_width(self._row.title, 17, 600), painting.text_width(self._row.line, 15))
        return widest <= self._room()

    def _since_right(self) -> float:
        return float(self._button.geometry().left() - 14)

    def _room(self) -> float:
        return self._since_right() - painting.text_width(self._row.since, 15) - 16 - 70

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._row.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, row = QPainter(self), self._row
        if self._is_current:
            painter.fillRect(self.rect(), theme.colour("accent-soft"))
        painter.fillRect(QRect(0, HEIGHT - 1, self.width(), 1), theme.colour("line"))
        if self._is_current:
            painter.fillRect(QRect(0, 0, 4, HEIGHT), theme.colour("accent"))
        paint_disc(painter, QRectF(16, 21, 40, 40), row.icon, row.kind)
        with theme.room_for(self._has_room):
            self._paint_words(painter, row, self._room())

    def _paint_words(self, painter: QPainter, row: AttentionRow, room: float) -> None:
        painting.spans(painter, 70, 29, [Span(row.title, "ink", 600)], 17, room)
        painting.spans(painter, 70, 53, [Span(row.line)], 15, room)
        painting.spans_right(painter, self._since_right(), 40, [Span(row.since)], 15)


class AttentionRows(QScrollArea):
    """All rows below each other."""

    row_pressed = Signal(str)
    row_acted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("attentionRows")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._inside.setObjectName("attentionList")
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self._rows: dict[str, AttentionRowWidget] = {}
        self.setWidget(self._inside)
        self._inside.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)

    def show_rows(self, rows: tuple[AttentionRow, ...], current: str) -> None:
        """These rows; widgets of those that stay are kept."""
        keys = {row.key for row in rows}
        for key in [key for key in self._rows if key not in keys]:
            gone = self._rows.pop(key)
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        for at, row in enumerate(rows):
            widget = self._rows.get(row.key) or self._made(row)
            if self._column.indexOf(widget) != at:
                self._column.insertWidget(at, widget)
            widget.show_row(row, current=row.key == current)
        if current in self._rows:
            self.ensureWidgetVisible(self._rows[current], 0, 0)

    def _made(self, row: AttentionRow) -> AttentionRowWidget:
        made = AttentionRowWidget(row)
        made.pressed.connect(self.row_pressed)
        made.acted.connect(self.row_acted)
        self._rows[row.key] = made
        return made
