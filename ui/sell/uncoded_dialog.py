"""The dialog for goods without a code: name, price, category."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from pos_app.text import _
from ui.sell.dialogs import EntryDialog
from ui.sell.state import UncodedForm
from ui.widgets.choices import Choice, ReasonChoice
from ui.widgets.inputs import Field
from ui.widgets.text import Text


class UncodedDialog(EntryDialog):
    """Tells with `entered`; what was entered stands in `goods`, `price` and `category`."""

    def __init__(self, form: UncodedForm) -> None:
        super().__init__(_("Bán hàng chưa có mã"), _("Thêm vào giỏ"), name="uncodedDialog")
        self.note.setText(form.barcode)
        self._goods = Field(_("Tên hàng"), name="uncodedName", spoken=_("Tên hàng"))
        self._price = Field(_("Giá bán, ví dụ 120k"), name="uncodedPrice", spoken=_("Giá bán"))
        choices = [Choice(one, words) for one, words in form.categories]
        self._category = ReasonChoice(choices, name="uncodedKind", empty=_("Chọn nhóm hàng"), height=56)
        most = _("Mỗi món tối đa {most}. Thuế theo nhóm hàng.").format(most=form.most)
        for part in (self._goods, self._price, self._category):
            self.body.addWidget(part)
        self.body.addWidget(Text(most, 15, 400, "ink2", name="uncodedMost", wrap=True))
        self.add_buttons()
        self._price.edit.textChanged.connect(self._weigh)
        self._category.chosen.connect(self._weigh)
        self._weigh()

    def first_focus(self) -> QWidget | None:
        return self._goods.edit

    @property
    def goods(self) -> str:
        return self._goods.text()

    @property
    def price(self) -> str:
        return self._price.text()

    @property
    def category(self) -> str:
        return self._category.current()

    def show_reason(self, reason: str) -> None:
        """Why it is no line; the dialog stays open."""
        self._price.show_reason(reason)

    def _weigh(self) -> None:
        self.accept.setEnabled(bool(self.price and self.category))
