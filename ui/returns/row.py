"""One line of a receipt: 72 high; chosen 125, with condition, quantity and reason below."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos_app.text import _
from ui import painting, theme
from ui.painting import Span
from ui.returns.state import ReturnRow
from ui.widgets.button import Button, IconButton
from ui.widgets.choices import CheckBox, Choice, ReasonChoice, Segmented
from ui.widgets.text import CENTRE, Text

CLOSED, OPEN = 72, 125
TEXT_LEFT = 114
QUANTITY_RIGHT = 143  # from the right edge
EDGE = 16
CONTROLS_TOP = 68
Choices = tuple[tuple[str, str], ...]


class ReturnRowWidget(QWidget):
    """Its whole upper part toggles the line; what it says goes up with the line's key."""

    toggled = Signal(str)
    defect_pressed = Signal(str)
    stepped = Signal(str, int)
    condition_chosen = Signal(str, str)
    reason_chosen = Signal(str, str)

    def __init__(self, row: ReturnRow, conditions: Choices, reasons: Choices) -> None:
        super().__init__()
        self._row = row
        self.setObjectName(f"returnLine_{row.key}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.check = CheckBox("", name=f"returnCheck_{row.key}", spoken=row.spoken, checked=row.is_chosen)
        self.defect = Button(_("Hàng lỗi?"), name=f"returnDefect_{row.key}", height=44)
        self.condition = Segmented(
            [Choice(*one) for one in conditions],
            row.condition,
            name=f"returnCondition_{row.key}",
            spoken=_("Tình trạng"),
        )
        self.reason = ReasonChoice(
            [Choice(*one) for one in reasons],
            row.reason,
            name=f"returnReason_{row.key}",
            empty=_("Chọn lý do"),
        )
        self.less = IconButton("minus", _("Bớt một"), name=f"returnLess_{row.key}")
        self.more = IconButton("plus", _("Thêm một"), name=f"returnMore_{row.key}")
        self.count = Text("", 16, 600, align=CENTRE, name=f"returnCount_{row.key}")
        parts = (self.check, self.defect, self.condition, self.reason, self.less, self.count, self.more)
        for part in parts:
            part.setParent(self)
        self._connect(row.key)
        self.show_row(row)

    def _connect(self, key: str) -> None:
        self.check.clicked.connect(lambda: self.toggled.emit(key))
        self.defect.clicked.connect(lambda: self.defect_pressed.emit(key))
        self.condition.chosen.connect(lambda name: self.condition_chosen.emit(key, name))
        self.reason.chosen.connect(lambda name: self.reason_chosen.emit(key, name))
        self.less.clicked.connect(lambda: self.stepped.emit(key, -1))
        self.more.clicked.connect(lambda: self.stepped.emit(key, 1))

    def show_row(self, row: ReturnRow) -> None:
        """Another state of the same line."""
        self._row = row
        self.setFixedHeight(OPEN if row.is_chosen else CLOSED)
        self.setAccessibleName(row.spoken)
        self.check.setVisible(row.may_choose)
        self.check.setChecked(row.is_chosen)
        self.check.setAccessibleName(row.spoken)
        self.defect.setVisible(row.defect)
        self.condition.setVisible(row.is_chosen)
        self.reason.setVisible(row.is_chosen)
        for part in (self.less, self.count, self.more):
            part.setVisible(bool(row.count))
        self.condition.choose(row.condition)
        self.reason.choose(row.reason)
        self.less.setEnabled(row.may_less)
        self.more.setEnabled(row.may_more)
        self.count.setText(row.count)
        self._place()
        self.update()

    # --- place and paint -----------------------------------------------------------------------
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        width = self.width()
        self.check.setGeometry(16, 14, 46, 44)
        defect = self.defect.sizeHint().width()
        self.defect.setGeometry(width - 220 - defect, 14, defect, 44)
        top = CONTROLS_TOP
        condition = self.condition.sizeHint().width()
        self.condition.setGeometry(TEXT_LEFT, top, condition, 44)
        left = TEXT_LEFT + condition + 20
        self.less.move(left, top)
        self.count.setGeometry(left + 48, top, 44, 44)
        self.more.move(left + 96, top)
        reason = self.reason.sizeHint().width()
        self.reason.setGeometry(width - EDGE - reason, top, reason, 44)

    def sizeHint(self) -> QSize:
        return QSize(600, OPEN if self._row.is_chosen else CLOSED)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        is_left = event.button() == Qt.MouseButton.LeftButton
        if is_left and self._row.may_choose and event.position().y() < CLOSED:
            self.toggled.emit(self._row.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, row = QPainter(self), self._row
        self._paint_ground(painter)
        right = self.width()
        faded = not row.may_choose
        painting.tile(painter, QRectF(56, 14, 44, 44), row.face.fill, row.face.size, row.face.icon, faded)
        reserved = 232 if not row.defect else 220 + self.defect.width() + 16
        room = right - reserved - TEXT_LEFT
        ink = "ink3" if faded else "ink"
        second = [Span(part.text, part.ink, part.weight, icon=part.icon) for part in row.second]
        painting.spans(painter, TEXT_LEFT, 26, [Span(row.name, ink, 600)], 17, room)
        painting.spans(painter, TEXT_LEFT, 49, second, 15, room)
        quantity = (Span(row.quantity, "ink2"),)
        painting.spans_right(painter, right - QUANTITY_RIGHT, 36, quantity, 17)
        painting.spans_right(painter, right - EDGE, 36, (Span(row.amount, ink, 600),), 18)

    def _paint_ground(self, painter: QPainter) -> None:
        height, width = self.height(), self.width()
        if self._row.is_chosen:
            painter.fillRect(self.rect(), theme.colour("accent-soft"))
            painter.fillRect(0, 0, 4, height, theme.colour("accent"))
        line = "accent-line" if self._row.is_chosen else "line"
        painter.fillRect(0, height - 1, width, 1, theme.colour(line))
