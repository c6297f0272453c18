"""Small dialogs of the pick-up screen: a line that stays here, another collector, the PIN by touch."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos_app.text import _
from ui import painting
from ui.pickup.column import ScrollingTop
from ui.pickup.pin_boxes import PinBoxes
from ui.pickup.state import Refusable
from ui.pickup.words import REFUSALS, RELATIONS
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ReasonChoice
from ui.widgets.dialog_frame import DialogFrame
from ui.widgets.inputs import Field
from ui.widgets.pads import PinPad
from ui.widgets.text import Text

LABEL_ROOM = 460
MOST_SHOWN = 5


class _Answered(DialogFrame):
    """Refuse at the left, accept with F9 at the right."""

    def __init__(self, title: str, accept: str, *, name: str) -> None:
        super().__init__(title, name=name)
        self.content = QVBoxLayout()
        self.content.setSpacing(8)
        self.body.addLayout(self.content)
        self.body.addSpacing(8)
        self.refuse = Button(_("Bỏ qua"), name=f"{name}Refuse", key="Esc", height=56)
        self.accept = Button(accept, "main", name=f"{name}Accept", key="F9", height=56)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.refuse, self.accept):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            row.addWidget(button)
        self.body.addLayout(row)
        self.refuse.clicked.connect(self.close_dialog)
        self.accept.clicked.connect(self._accept)

    def _accept(self) -> None:
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F9 and self.accept.isEnabled():
            self._accept()
            return
        super().keyPressEvent(event)


class RefuseDialog(_Answered):
    """Which line the customer leaves here, and why."""

    refused = Signal(int, str)

    def __init__(self, lines: Sequence[Refusable], current: int = 0) -> None:
        super().__init__(_("Khách không lấy món"), _("Không lấy món này"), name="refuseLine")
        self._line = 0
        self.content.addWidget(Text(_("Món nào"), 14, 600, "ink3", name="refuseWhich"))
        self._buttons: dict[int, Button] = {}
        scroll = ScrollingTop("refuseLines")
        scroll.column.setContentsMargins(4, 4, 4, 4)  # room for the focus ring
        scroll.column.setSpacing(8)
        for line in lines:
            label = _shortened(line.label)
            button = Button(label, name=f"refuse_{line.no}", height=48, spoken=line.label).align_left()
            button.clicked.connect(lambda _checked=False, no=line.no: self._choose(no))
            self._buttons[line.no] = button
            scroll.column.addWidget(button)
        scroll.setFixedHeight(min(len(lines), MOST_SHOWN) * 56)
        self.content.addWidget(scroll)
        self.content.addSpacing(8)
        self.content.addWidget(Text(_("Vì sao"), 14, 600, "ink3", name="refuseWhy"))
        reasons = [Choice(code, _(words)) for code, words in REFUSALS]
        self._reason = ReasonChoice(reasons, name="refuseReason", empty=_("Chọn lý do"), height=48)
        self._reason.chosen.connect(lambda _name: self._weigh())
        self.content.addWidget(self._reason)
        self._choose(current if current in self._buttons else (lines[0].no if len(lines) == 1 else 0))

    def choose_reason(self, code: str) -> None:
        """As if it had been chosen from the list."""
        self._reason.choose(code)
        self._weigh()

    def _choose(self, no: int) -> None:
        self._line = no
        for other, button in self._buttons.items():
            button.set_role("soft" if other == no else "plain")
        self._weigh()

    def _weigh(self) -> None:
        self.accept.setEnabled(bool(self._line and self._reason.current()))

    def _accept(self) -> None:
        line, reason = self._line, self._reason.current()
        self.close_dialog()
        self.refused.emit(line, reason)

    def first_focus(self) -> QWidget | None:
        return next(iter(self._buttons.values()), None)


class CollectorDialog(_Answered):
    """Who fetches the order instead of the customer; an empty name takes it back."""

    named = Signal(str, str)

    def __init__(self, name: str = "", relation: str = "") -> None:
        super().__init__(_("Người khác nhận thay"), _("Ghi tên người nhận"), name="collectorDialog")
        line = _("Tên và quan hệ chỉ lưu trong phần riêng của chứng từ.")
        self.content.addWidget(Text(line, 15, 400, "ink2", wrap=True, name="collectorLine"))
        self.field = Field(_("Họ tên người nhận"), name="collectorName", spoken=_("Họ tên người nhận"))
        self.field.edit.setText(name)
        self.field.edit.textChanged.connect(lambda _text: self._weigh())
        self.content.addWidget(self.field)
        relations = [Choice(code, _(words)) for code, words in RELATIONS]
        self._relation = ReasonChoice(
            relations, relation, name="collectorRelation", empty=_("Quan hệ với khách"), height=48
        )
        self._relation.chosen.connect(lambda _name: self._weigh())
        self.content.addWidget(self._relation)
        self._had = bool(name)
        self._weigh()

    def choose_relation(self, code: str) -> None:
        """As if it had been chosen from the list."""
        self._relation.choose(code)
        self._weigh()

    def _weigh(self) -> None:
        named = len(self.field.text()) >= 2 and bool(self._relation.current())
        takes_back = self._had and not self.field.text()
        self.accept.set_text(_("Khách tự nhận") if takes_back else _("Ghi tên người nhận"))
        self.accept.setEnabled(named or takes_back)

    def _accept(self) -> None:
        name, relation = self.field.text(), self._relation.current()
        self.close_dialog()
        self.named.emit(name, relation)

    def first_focus(self) -> QWidget | None:
        return self.field


class PinDialog(DialogFrame):
    """The customer's PIN on a panel without a keyboard; the fourth digit sends it."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__(_("Mã PIN khách đọc"), name="pinDialog")
        self.boxes = PinBoxes(name="pinDialogBoxes")
        pad = PinPad(height=60, name="pinDialogPad")
        pad.key("badge").setEnabled(False)
        self.body.addWidget(self.boxes)
        self.body.addWidget(pad)
        close = Button(_("Đóng"), name="pinDialogClose", key="Esc", height=56)
        close.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        close.clicked.connect(self.close_dialog)
        self.body.addWidget(close)
        pad.pressed.connect(self.boxes.press)
        self.boxes.completed.connect(self._completed)

    def _completed(self, pin: str) -> None:
        self.close_dialog()
        self.entered.emit(pin)

    def first_focus(self) -> QWidget | None:
        return self.boxes


def _shortened(label: str) -> str:
    """What fits into one button; the whole is spoken."""
    while painting.text_width(label, 16, 600) > LABEL_ROOM:
        label = label.rstrip("…")[:-1].rstrip() + "…"
    return label
