"""The discount dialog: percent or amount, on the line or the whole cart, with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos_app.text import _, money
from ui.sell.dialogs import EntryDialog
from ui.sell.state import DiscountForm
from ui.widgets.button import Button
from ui.widgets.choices import Choice, ReasonChoice, Segmented
from ui.widgets.inputs import Field
from ui.widgets.text import Text

QUICK = ("5", "10", "15", "20", "30")


class DiscountDialog(EntryDialog):
    """Tells with `entered`; what was entered stands in `line_no`, `share`, `text` and `reason`."""

    def __init__(self, form: DiscountForm) -> None:
        super().__init__(_("Giảm giá"), _("Giảm giá"), name="discountDialog", key="Enter")
        self._form = form
        self._scope = Segmented(
            _scopes(form), _scopes(form)[0].name, name="discountScope", spoken=_("Giảm cho")
        )
        kinds = (Choice("percent", _("Phần trăm")), Choice("amount", _("Số tiền")))
        self._share = Segmented(kinds, "percent", name="discountShare", spoken=_("Cách giảm"))
        self._field = Field(_("Giảm bao nhiêu %"), name="discountText", spoken=_("Giảm bao nhiêu"))
        reasons = [Choice(code, words) for code, words in form.reasons]
        self._reason = ReasonChoice(reasons, name="discountReason", empty=_("Chọn lý do"), height=56)
        self._cost = Text("", 15, 400, "ink2", name="discountCost")
        self._build()
        self._scope.chosen.connect(self._show_cost)
        self._share.chosen.connect(self._show_share)
        self._reason.chosen.connect(self._weigh)
        self._field.edit.textChanged.connect(self._weigh)
        self._show_cost()
        self._weigh()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self._scope)
        top.addStretch(1)
        top.addWidget(self._share)
        self.body.addLayout(top)
        self.body.addWidget(self._cost)
        self.body.addWidget(self._field)
        self._quick = QWidget()
        self._quick.setObjectName("discountQuick")
        row = QHBoxLayout(self._quick)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for share in QUICK:
            button = Button(f"{share}%", name=f"quick_{share}", height=48)
            button.clicked.connect(lambda _checked=False, share=share: self._field.edit.setText(share))
            row.addWidget(button)
        self.body.addWidget(self._quick)
        self.body.addWidget(self._reason)
        self.body.addWidget(Text(self._form.alone, 15, 400, "ink2", name="discountAlone", wrap=True))
        self.add_buttons()

    def first_focus(self) -> QWidget | None:
        return self._field.edit

    # --- what was entered ----------------------------------------------------------------------
    @property
    def line_no(self) -> int:
        """0 = the whole cart."""
        return self._form.no if self._scope.current() == "line" else 0

    @property
    def share(self) -> str:
        return self._share.current()

    @property
    def text(self) -> str:
        return self._field.text()

    @property
    def reason(self) -> str:
        return self._reason.current()

    def show_reason(self, reason: str) -> None:
        """Why it was not given; the dialog stays open."""
        self._field.show_reason(reason)

    # --- what it shows -------------------------------------------------------------------------
    def _show_cost(self) -> None:
        cost = self._form.cost if self.line_no else self._form.cart_cost
        words = self._form.name if self.line_no else _("Cả đơn")
        self._cost.setText(f"{words} · {money(cost)}")

    def _show_share(self) -> None:
        is_percent = self.share == "percent"
        self._quick.setVisible(is_percent)
        words = _("Giảm bao nhiêu %") if is_percent else _("Giảm bao nhiêu đồng, ví dụ 50k")
        self._field.edit.setPlaceholderText(words)
        self._field.show_reason("")

    def _weigh(self) -> None:
        self.accept.setEnabled(bool(self.text and self.reason))


def _scopes(form: DiscountForm) -> tuple[Choice, ...]:
    whole = Choice("cart", _("Cả đơn"))
    return (Choice("line", _("Dòng này")), whole) if form.no else (whole,)
