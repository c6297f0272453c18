"""The form of a new card: name, and boxes that only the customer's word ticks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos_app.text import _
from ui.customer.state import ConsentState, NewCardState
from ui.widgets.choices import CheckBox
from ui.widgets.inputs import Field
from ui.widgets.text import Panel, Text


class NewCard(Panel):
    """Holds what was typed and ticked until the main button asks for it."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__("card", name="newCard")
        self._boxes: dict[str, CheckBox] = {}
        self._reasons: dict[str, Text] = {}
        self._name = Field(_("Họ và tên"), name="nameInput", spoken=_("Họ và tên"))
        self._name.edit.returnPressed.connect(self.entered)
        self._note = Text("", 15, 400, "off", wrap=True, name="newCardNote")
        self._consents = QVBoxLayout()
        self._consents.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Text(_("Số này chưa có thẻ ở máy này"), 18, 600, name="newCardTitle"))
        line = _("Tạo thẻ ngay: khách tích điểm từ đơn này.")
        column.addWidget(Text(line, 15, 400, "ink2", wrap=True, name="newCardLine"))
        column.addWidget(self._note)
        column.addSpacing(6)
        column.addWidget(self._name)
        column.addSpacing(10)
        column.addWidget(Text(_("Khách đồng ý"), 14, 600, "ink3", name="consentHead"))
        column.addLayout(self._consents)
        column.addStretch(1)

    def take_focus(self) -> None:
        """The name is typed first."""
        self._name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def name(self) -> str:
        """As typed."""
        return self._name.text()

    def consents(self) -> tuple[str, ...]:
        """The purposes that are ticked."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def start(self) -> None:
        """Nothing typed, nothing ticked: a form is for one customer."""
        self._name.edit.clear()
        for box in self._boxes.values():
            box.setChecked(False)

    def show_form(self, state: NewCardState) -> None:
        """Reasons and note; what was typed stays."""
        for consent in state.consents:
            if consent.name not in self._boxes:
                before: list[QWidget] = [self._name.edit, *self._boxes.values()]
                self._consents.addWidget(self._made(consent))
                QWidget.setTabOrder(before[-1], self._boxes[consent.name])
            self._reasons[consent.name].setText(consent.reason)
            self._reasons[consent.name].setVisible(bool(consent.reason))
        self._note.setText(state.note)
        self._note.set_ink("off" if state.is_note_old else "ink2")
        self._note.setVisible(bool(state.note))
        self._name.show_reason(state.name_reason)

    def _made(self, consent: ConsentState) -> QWidget:
        made = QWidget()
        made.setObjectName(f"purpose_{consent.name}")
        box = CheckBox(consent.label, name=f"consent_{consent.name}")
        box.setAccessibleDescription(consent.line)
        self._boxes[consent.name] = box
        line = Text(consent.line, 15, 400, "ink2", wrap=True, name=f"purposeLine_{consent.name}")
        reason = Text("", 14, 400, "stop", wrap=True, name=f"purposeReason_{consent.name}")
        self._reasons[consent.name] = reason
        for words in (line, reason):
            words.setContentsMargins(38, 0, 0, 0)
            words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 6)
        column.setSpacing(0)
        column.addWidget(box)
        column.addSpacing(-10)  # the box is a touch target, its words stand in the middle of it
        column.addWidget(line)
        column.addWidget(reason)
        return made
