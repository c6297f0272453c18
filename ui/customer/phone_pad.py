"""The phone number: a field that scans reach too, what is missing below it, and the pad."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.text import _
from ui import painting, theme
from ui.customer.state import PhoneState
from ui.tokens import RADIUS
from ui.widgets.pads import NumericPad
from ui.widgets.scan_box import ScanBox
from ui.widgets.text import Text

REASON = 44
STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class PhoneBox(ScanBox):
    """Keeps the number on Enter. ↑ ↓ choose among customers, Del works while it is empty."""

    moved = Signal(int)
    confirmed = Signal()
    deleted = Signal()

    def __init__(self) -> None:
        super().__init__(_("Số điện thoại, thẻ"), icon="phone")
        self.setAccessibleName(_("Số điện thoại"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self._is_wrong = False

    def show_phone(self, phone: PhoneState) -> None:
        """The caret stays behind the digit it stood behind."""
        self._is_wrong = phone.ink == "stop"
        self.setAccessibleDescription(phone.reason)
        if phone.text != self.text():
            before = len(_signs(self.text()[: self.cursorPosition()]))
            at_end = self.cursorPosition() == len(self.text())
            self.setText(phone.text)
            if not at_end:
                ends = [at for at in range(len(phone.text) + 1) if len(_signs(phone.text[:at])) == before]
                self.setCursorPosition(ends[0] if ends else len(phone.text))
        self.update()

    def _enter(self) -> None:
        self.confirmed.emit()

    def event(self, event: QEvent) -> bool:
        """Del is a key of the screen while there is nothing to delete."""
        is_press = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if is_press and not self.text() and event.key() == Qt.Key.Key_Delete:  # type: ignore[attr-defined]
            self.deleted.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = STEPS.get(Qt.Key(event.key()), 0)
        if step:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the screen goes back, whatever was typed
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._is_wrong:
            painting.box(QPainter(self), self.rect(), RADIUS, None, theme.colour("stop"), 2)


def _signs(text: str) -> str:
    return "".join(letter for letter in text if not letter.isspace())


class PhonePad(QWidget):
    """Field, reason and pad; 310 wide at 1366."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("phoneEntry")
        self.box = PhoneBox()
        self.pad = NumericPad(name="phonePad")
        self._reason = Text("", 15, 400, "ink2", wrap=True, name="phoneReason")
        self._reason.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._reason.setFixedHeight(REASON)  # room for two lines, so that nothing moves
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(_("Số điện thoại"), 14, 600, "ink3", name="phoneLabel"))
        column.addSpacing(8)
        column.addWidget(self.box)
        column.addSpacing(8)
        column.addWidget(self._reason)
        column.addSpacing(4)
        column.addWidget(self.pad)
        column.addStretch(1)

    def show_phone(self, phone: PhoneState) -> None:
        """The number and what is wrong with it."""
        self.box.show_phone(phone)
        self._reason.setText(phone.reason)
        self._reason.set_ink(phone.ink)
