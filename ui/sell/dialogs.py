"""The small dialogs of the sell screen: quantity, note, why; each tells what was entered and closes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _
from ui.sell.state import WhyState
from ui.widgets.button import Button
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.inputs import Field, Note
from ui.widgets.pads import NumericPad
from ui.widgets.text import RIGHT, Text, divider


def wide(button: Button) -> Button:
    """A button that takes its share of the row."""
    button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return button


class EntryDialog(DialogFrame):
    """Something to enter, refuse at the left, accept at the right; a reason below when it does not fit."""

    entered = Signal()

    def __init__(self, title: str, accept: str, *, name: str, key: str = "Enter") -> None:
        super().__init__(title, name=name)
        self._key = key
        self.refuse = wide(Button(_("Bỏ qua"), name=f"{name}Refuse", key="Esc", height=56))
        self.accept = wide(Button(accept, "main", name=f"{name}Accept", key=key, height=56))
        self.refuse.clicked.connect(self.close_dialog)
        self.accept.clicked.connect(self.entered)

    def add_buttons(self) -> None:
        """The last row of the body."""
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.refuse)
        row.addWidget(self.accept)
        self.body.addLayout(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter) if self._key == "Enter" else (Qt.Key.Key_F9,)
        if event.key() in keys and self.accept.isEnabled():
            self.entered.emit()
            return
        super().keyPressEvent(event)


class QuantityDialog(EntryDialog):
    """A count typed on the keyboard or the pad; `text` is what was typed."""

    def __init__(self, name: str, current: str) -> None:
        super().__init__(_("Số lượng"), _("Đặt số lượng"), name="quantityDialog")
        self.note.setText(name)
        self._field = Field(current, name="quantity", spoken=_("Số lượng"))
        self._field.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        pad = NumericPad(counts=True, height=60)
        pad.pressed.connect(self._press)
        self.body.addWidget(self._field)
        self.body.addWidget(pad)
        self.add_buttons()

    def first_focus(self) -> QWidget | None:
        return self._field.edit

    def text(self) -> str:
        return self._field.text()

    def _press(self, key: str) -> None:
        edit = self._field.edit
        if key == "back":
            edit.backspace()
        elif key == "down":
            self.entered.emit()
        else:
            edit.insert(key)


class NoteDialog(EntryDialog):
    """A short note on a line."""

    def __init__(self, name: str, current: str) -> None:
        super().__init__(_("Ghi chú"), _("Lưu ghi chú"), name="noteDialog", key="F9")
        self.note.setText(name)
        self._note = Note(_("Ví dụ: gói quà giúp khách"), name="lineNote", spoken=_("Ghi chú"), height=96)
        self._note.setPlainText(current)
        self.body.addWidget(self._note)
        self.add_buttons()

    def first_focus(self) -> QWidget | None:
        return self._note

    def text(self) -> str:
        return self._note.toPlainText()


class WhyDialog(DialogFrame):
    """Every step from the shelf price to the amount: rule, version, how much."""

    def __init__(self, why: WhyState) -> None:
        super().__init__(_("Vì sao giá này?"), name="whyDialog", note=why.name)
        self.body.setSpacing(0)
        self.body.addWidget(_step(_("Giá niêm yết"), why.gross_note, "", why.gross, 0))
        for at, step in enumerate(why.steps, 1):
            self.body.addWidget(divider())
            self.body.addWidget(_step(step.title, step.line, step.note, step.amount, at))
        self.body.addWidget(divider())
        total = QHBoxLayout()
        total.setContentsMargins(0, 14, 0, 20)
        total.addWidget(Text(_("Thành tiền"), 18, 600, name="whyTotalLabel"))
        total.addStretch(1)
        total.addWidget(Text(why.amount, 20, 600, align=RIGHT, name="whyTotal"))
        self.body.addLayout(total)
        close = wide(Button(_("Đóng"), name="whyClose", key="Esc", height=56))
        close.clicked.connect(self.close_dialog)
        self.body.addWidget(close)


def _step(title: str, line: str, note: str, amount: str, at: int) -> QWidget:
    row = QWidget()
    row.setObjectName(f"whyStep_{at}")
    row.setAccessibleName(f"{title}. {line}. {note}. {amount}")
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 12, 0, 12)
    words = QVBoxLayout()
    words.setSpacing(1)
    words.addWidget(Text(title, 16, 600, name="whyTitle", wrap=True))
    words.addWidget(Text(line, 15, 400, "ink2", name="whyRule", wrap=True))
    if note:
        words.addWidget(Text(note, 14, 400, "ink3", name="whyNote", wrap=True))
    box.addLayout(words, 1)
    box.addWidget(Text(amount, 18, 600, align=RIGHT, name="whyAmount"), 0, Qt.AlignmentFlag.AlignTop)
    return row
