"""Lists of painted rows: a list view whose model changes only what differs, with at most one open row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QRect, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui import theme
from ui.tokens import FADE_LINE_MS
from ui.widgets.painted_list import PaintedList
from ui.widgets.row_model import ROW, Index, Row, RowModel
from ui.widgets.row_pictures import RowPictures

R = TypeVar("R", bound=Row)


class RowDelegate(QStyledItemDelegate, Generic[R]):
    """Paints rows of one height. Subclasses override `paint_row`; the selection bar is drawn here."""

    height = 64
    line_above = False  # a line above each row instead of below it
    selectable = True
    pictures: RowPictures | None = None  # for lists whose rows move with every act

    def paint_row(self, painter: QPainter, area: QRect, row: R, selected: bool) -> None:
        """Draw one row inside `area`; the ground is already painted."""
        raise NotImplementedError

    def row_height(self, row: R, width: int) -> int:
        """Height of a closed row in px."""
        return self.height

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        view = self.parent()
        row = index.data(ROW)
        if not isinstance(view, PaintedList) or row is None:
            return
        area: QRect = option.rect
        selected = self.selectable and view.current_key() == row.key
        fresh, is_open = view.freshness(row.key), view.is_open(row.key)
        ratio = view.devicePixelRatioF()
        if self.pictures is not None and not (selected or fresh or is_open) and ratio == int(ratio):
            picture = self.pictures.of(
                row.key, row, area.size(), ratio, lambda on, whole: self._closed(on, whole, row)
            )
            painter.drawPixmap(area.topLeft(), picture)
            return
        painter.save()
        painter.setClipRect(area)
        self._ground(painter, area, selected, fresh)
        if not is_open:
            self.paint_row(painter, area, row, selected)
        painter.restore()

    def _closed(self, painter: QPainter, area: QRect, row: R) -> None:
        self._ground(painter, area, False, 0.0)
        self.paint_row(painter, area, row, False)

    def _ground(self, painter: QPainter, area: QRect, selected: bool, fresh: float) -> None:
        if selected:
            painter.fillRect(area, theme.colour("accent-soft"))
        elif fresh > 0:
            soft = theme.colour("accent-soft")
            soft.setAlphaF(fresh)
            painter.fillRect(area, soft)
        line = QRect(area.left(), area.top() if self.line_above else area.bottom(), area.width(), 1)
        painter.fillRect(line, theme.colour("accent-line" if selected else "line"))
        if selected:
            painter.fillRect(QRect(area.left(), area.top(), 4, area.height()), theme.colour("accent"))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        view = self.parent()
        row = view.row_at(index.row()) if isinstance(view, PaintedList) else None
        if not isinstance(view, PaintedList) or row is None:
            return QSize(0, self.height)
        width = view.row_width()
        return QSize(width, view.open_height(row.key) or self.row_height(row, width))


class RowList(PaintedList):
    """A list of painted rows. One row may be open: a real widget then stands in its place.

    `open_row` makes that widget from the row; it gets the row's whole area.
    """

    def __init__(
        self,
        delegate: RowDelegate[Any],
        *,
        name: str,
        spoken: str,
        open_row: Callable[[Any], QWidget] | None = None,
    ) -> None:
        self._rows = RowModel()
        super().__init__(self._rows, delegate, name=name, spoken=spoken)
        self._make_open, self._open_key = open_row, ""
        self._open_widget: QWidget | None = None
        self._fresh: dict[str, float] = {}
        self._motion = QVariantAnimation(self, startValue=1.0, endValue=0.0, duration=FADE_LINE_MS)
        self._motion.valueChanged.connect(self._fade)

    # --- state
    def show_rows(self, rows: Sequence[Row], current: str = "", open_key: str = "") -> None:
        """Make these the rows; `current` is the selected key, `open_key` the one that stands open."""
        old_current = self._current
        self._current = current
        fresh = self._rows.show_rows(rows)
        self._show_open(rows, open_key)
        self._start_fade([key for key in fresh if key != current])  # the selected one has a ground already
        if current != old_current or fresh:
            self.viewport().update()
        if current and current != old_current:
            self.scroll_to(current)

    def rows(self) -> tuple[Row, ...]:
        """The rows that stand."""
        return self._rows.rows()

    def is_open(self, key: str) -> bool:
        """Whether a widget stands in this row's place."""
        return bool(key) and key == self._open_key

    def open_height(self, key: str) -> int:
        """Height of the open row's widget; 0 when this row is closed."""
        if self._open_widget is None or not self.is_open(key):
            return 0
        return self._open_widget.sizeHint().height()

    def open_widget(self) -> QWidget | None:
        """The widget of the open row."""
        return self._open_widget

    def freshness(self, key: str) -> float:
        """How much of the fade of a new or changed row is left, 1 to 0."""
        return self._fresh.get(key, 0.0)

    # --- inside
    def _show_open(self, rows: Sequence[Row], key: str) -> None:
        row = next((one for one in rows if one.key == key), None)
        if self._make_open is None or (row is None and not self._open_key):
            return
        if row is not None and key == self._open_key and self._open_widget is not None:
            shower = getattr(self._open_widget, "show_row", None)
            if shower is not None:
                shower(row)
                self._relayout(key)
                return
        old, self._open_key, self._open_widget = self._open_key, "", None
        if old and (index := self._index(old)).isValid():
            self.setIndexWidget(index, None)  # type: ignore[arg-type]  # Qt: none takes it away
            self._relayout(old)
        if row is not None:
            self._open_key = key
            self._open_widget = self._make_open(row)
            self.setIndexWidget(self._index(key), self._open_widget)
            self._relayout(key)

    def _relayout(self, key: str) -> None:
        index = self._index(key)
        if index.isValid():
            self.itemDelegate().sizeHintChanged.emit(index)

    def _start_fade(self, keys: list[str]) -> None:
        length = theme.fade_ms(FADE_LINE_MS)
        if not length or not self.isVisible() or not keys:
            return
        self._fresh = dict.fromkeys(keys, 1.0)
        self._motion.stop()
        self._motion.setDuration(length)
        self._motion.start()

    def _fade(self, value: float) -> None:
        faded = list(self._fresh)
        self._fresh = dict.fromkeys(faded, float(value)) if value > 0 else {}
        for key in faded:
            self.viewport().update(self.visualRect(self._index(key)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()), 0)
        keys = [row.key for row in self._rows.rows()]
        if not step or not keys:
            event.ignore()
            return
        at = keys.index(self._current) + step if self._current in keys else 0
        self.row_pressed.emit(keys[max(0, min(len(keys) - 1, at))])
