"""The form of a new card: name, and boxes that only the customer's word ticks."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout

from pos_app.text import _
from ui.customer.state import ConsentState, CustomerScreenState
from ui.widgets.choices import CheckBox
from ui.widgets.inputs import Field
from ui.widgets.text import Panel, Text


class NewCard(Panel):
    """Tells what was typed and ticked; the main button of the screen makes the card."""

    name_typed = Signal(str)
    consent_toggled = Signal(str, bool)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("card", name="newCard")
        self._shown: tuple[str, ...] = ()
        self._boxes: list[CheckBox] = []
        self._name = Field(_("Họ và tên"), name="nameInput", spoken=_("Họ và tên"))
        self._name.edit.textEdited.connect(self.name_typed)
        self._name.edit.returnPressed.connect(self.entered)
        self._consents = QVBoxLayout()
        self._consents.setSpacing(4)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(Text(_("Số này chưa có thẻ ở máy"), 18, 600, name="newCardTitle"))
        line = _("Tạo thẻ ngay: khách tích điểm từ đơn này. Có mạng thì thẻ dùng được ở mọi cửa hàng.")
        column.addWidget(Text(line, 15, 400, "ink2", wrap=True, name="newCardLine"))
        column.addSpacing(8)
        column.addWidget(self._name)
        column.addSpacing(8)
        column.addWidget(
            Text(_("Khách đồng ý (hỏi khách rồi mới chọn)"), 14, 600, "ink3", name="consentHead")
        )
        column.addLayout(self._consents)
        column.addStretch(1)

    def take_focus(self) -> None:
        """The name is typed first."""
        self._name.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_form(self, state: CustomerScreenState) -> None:
        """Only what differs changes."""
        if self._name.edit.text() != state.name:
            self._name.edit.setText(state.name)
        self._name.show_reason(state.name_reason)
        if tuple(one.name for one in state.consents) != self._shown:
            self._make_boxes(state.consents)
        for box, consent in zip(self._boxes, state.consents, strict=False):
            box.blockSignals(True)
            box.setChecked(consent.is_given)
            box.blockSignals(False)

    def _make_boxes(self, consents: tuple[ConsentState, ...]) -> None:
        self._shown = tuple(one.name for one in consents)
        for consent in consents:
            box = CheckBox(consent.label, name=f"consent_{consent.name}")
            box.toggled.connect(lambda on, name=consent.name: self.consent_toggled.emit(name, on))
            self._boxes.append(box)
            self._consents.addWidget(box)
