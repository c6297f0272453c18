"""The count by notes (look: 07): eleven rows whose whole width is the touch target, and the pad beside."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos_app.text import _, money, money_d, ngettext
from ui import painting, theme
from ui.painting import Span
from ui.shift.state import CountRow, CountState
from ui.tokens import NOTE_BARS, RADIUS
from ui.widgets.button import Button
from ui.widgets.pads import NumericPad
from ui.widgets.small import KeyCap
from ui.widgets.text import Text, divider

HEAD: Final = 41
ROW: Final = 48
NOTE_RIGHT: Final = 140
BOX: Final = (256, 104)  # left and width of the field
TABLE_WIDTH: Final = 660


class NoteRow(QWidget):
    """One denomination: bar in the colour of the note, its worth, pieces, amount."""

    pressed = Signal(int)

    def __init__(self, note: int) -> None:
        super().__init__()
        self._row = CountRow(note, 0, is_counted=False, is_current=False)
        self._has_caret = False
        self.setObjectName(f"count_{note}")
        self.setFixedHeight(ROW)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._speak()

    def show_row(self, row: CountRow, *, caret: bool) -> None:
        """Other pieces, or another row is being counted."""
        if (row, caret) == (self._row, self._has_caret):
            return
        self._row, self._has_caret = row, caret
        self._speak()
        self.update()

    def _speak(self) -> None:
        pieces = ngettext("{n} tờ", "{n} tờ", self._row.pieces).format(n=money(self._row.pieces))
        self.setAccessibleName(f"{money(self._row.note)}: {pieces}, {money_d(self._row.amount)}")

    def clipped(self) -> bool:
        """Whether the amount does not fit beside the field."""
        return painting.text_width(money(self._row.amount), 18, 600) > self.width() - sum(BOX) - 24

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit(self._row.note)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, row = QPainter(self), self._row
        if row.is_current:
            painter.fillRect(self.rect(), theme.colour("accent-soft"))
        painter.fillRect(QRect(0, ROW - 1, self.width(), 1), theme.colour("line"))
        bar = theme.colour(NOTE_BARS[row.note])
        painting.box(painter, QRectF(24, 10, 6, 28), 3, bar)
        middle = 23.5
        painting.spans_right(painter, NOTE_RIGHT, middle, [Span(money(row.note), "ink", 600)], 18)
        field = QRectF(BOX[0], 4, BOX[1], 40)
        edge, width = ("accent", 2) if row.is_current else ("edge", 1)
        painting.box(painter, field, RADIUS, theme.colour("surface"), theme.colour(edge), width)
        ink, weight = ("ink", 600) if row.is_counted else ("ink3", 400)
        right = field.right() - (19 if row.is_current else 13)
        painting.spans_right(painter, right, middle, [Span(money(row.pieces), ink, weight)], 18)
        if row.is_current and self._has_caret:
            painter.fillRect(QRectF(right + 4, 13, 2, 22), theme.colour("accent"))
        ink, weight = ("ink", 600) if row.amount else ("ink3", 400)
        painting.spans_right(painter, self.width() - 16, middle, [Span(money(row.amount), ink, weight)], 18)


class _Head(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("countHead")
        self.setFixedHeight(HEAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        places = (
            (NOTE_RIGHT, _("Mệnh giá")),
            (sum(BOX) - 12, _("Số tờ")),
            (self.width() - 16, _("Thành tiền")),
        )
        for right, words in places:
            painting.spans_right(painter, right, 20, [Span(words, "ink3", 600)], 14)
        painter.fillRect(QRect(0, HEAD - 1, self.width(), 1), theme.colour("line"))


class CountTable(QWidget):
    """Takes digits, Backspace, Enter and the arrows from the keyboard."""

    chosen = Signal(int)
    moved = Signal(int)
    pressed = Signal(str)  # a digit, "back", "down"

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("countTable")
        self.setAccessibleName(_("Đếm tiền theo mệnh giá"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(_Head())
        self._rows: dict[int, NoteRow] = {}
        self._state = CountState()
        for note in NOTE_BARS:
            row = NoteRow(note)
            row.pressed.connect(self._row_pressed)
            self._rows[note] = row
            self._column.addWidget(row)
        self._column.addStretch(1)

    def row(self, note: int) -> NoteRow:
        """The row of a denomination."""
        return self._rows[note]

    def show_count(self, state: CountState) -> None:
        """Change the rows that differ."""
        self._state = state
        for row in state.rows:
            self._rows[row.note].show_row(row, caret=self.hasFocus())

    def _row_pressed(self, note: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.chosen.emit(note)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.show_count(self._state)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.show_count(self._state)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
        if event.key() in moves:
            self.moved.emit(moves[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Backspace:
            self.pressed.emit("back")
        elif event.text().isascii() and event.text().isdigit():
            self.pressed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(TABLE_WIDTH - 1, HEAD + ROW * len(NOTE_BARS))


class CountArea(QWidget):
    """Table at the left, pad at the right, one quiet button at its foot, and room for a refusal in words."""

    chosen = Signal(int)
    moved = Signal(int)
    pressed = Signal(str)
    cleared = Signal()
    quick_pressed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("countArea")
        self.table = CountTable()
        self._pad = NumericPad(counts=True, name="countPad")
        self._label = Text("", 14, 600, "ink3", name="countLabel")
        self._message = Text("", 15, 400, "stop", wrap=True, name="countMessage")
        self._message.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.quick = Button("", name="formerFloat", icon="history", height=48)
        self.again = Button(_("Đếm lại từ đầu"), name="countAgain", icon="rotate-ccw", height=48)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.table, 1)
        row.addWidget(divider(vertical=True))
        row.addWidget(self._side())
        self.table.chosen.connect(self.chosen)
        self.table.moved.connect(self.moved)
        self.table.pressed.connect(self.pressed)
        self._pad.pressed.connect(self.pressed)
        self.again.clicked.connect(self.cleared)
        self.quick.clicked.connect(self.quick_pressed)

    def _side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("countSide")
        side.setFixedWidth(330)
        column = QVBoxLayout(side)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        column.addWidget(self._label)
        column.addSpacing(14)
        column.addWidget(self._pad)
        column.addSpacing(12)
        enter = QHBoxLayout()
        enter.setSpacing(4)
        enter.addWidget(KeyCap("Enter"))
        enter.addWidget(Text(_("xuống dòng kế"), 15, 400, "ink2", name="countEnterHint"), 1)
        column.addLayout(enter)
        column.addSpacing(12)
        column.addWidget(self._message, 1)
        column.addWidget(self.quick)
        column.addSpacing(8)
        column.addWidget(self.again)
        return side

    def show_count(self, state: CountState, message: str = "", quick: str = "") -> None:
        """`quick` labels the button that fills in what is known, "" hides it."""
        self.table.show_count(state)
        self._label.setText(state.label)
        self._message.setText(message)
        self.quick.setVisible(bool(quick))
        self.quick.set_text(quick)

    def take_focus(self) -> None:
        """Digits go to the table."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
