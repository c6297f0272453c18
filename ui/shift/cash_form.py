"""What is written when cash moves or the drawer opens without a sale: amount, reason, own words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from pos_app.text import _, money
from ui.messages import N_
from ui.shift.state import CashForm, ReasonState

LEAST_NOTE: Final = 4
MOST: Final = 999_999_999
OTHER: Final = "other"
_OTHER_LABEL: Final = N_("Lý do khác, ghi bên dưới")

REASONS: Final = {
    "cash_in": {
        "change": N_("Nhận tiền lẻ từ két"),
        "float": N_("Bổ sung tiền đầu ca"),
        OTHER: _OTHER_LABEL,
    },
    "cash_out": {
        "safe": N_("Nộp két"),
        "expense": N_("Chi vặt của cửa hàng"),
        "bank": N_("Nộp ngân hàng"),
        OTHER: _OTHER_LABEL,
    },
    "drawer": {
        "change": N_("Đổi tiền lẻ cho khách"),
        "check": N_("Kiểm tiền trong ngăn"),
        "mistake": N_("Lấy lại tiền để nhầm"),
        OTHER: _OTHER_LABEL,
    },
}


@dataclass(frozen=True, slots=True)
class Writing:
    """One form under way; `amount` in đồng."""

    name: str
    amount: int = 0
    reason: str = ""
    note: str = ""

    def pressed(self, key: str) -> Writing:
        """A key of the pad; too long a figure stays as it is."""
        text = str(self.amount)
        if key == "back":
            return replace(self, amount=int(text[:-1] or "0"))
        if not key.isascii() or not key.isdigit():
            return self
        amount = int(text + key)
        return replace(self, amount=amount) if amount <= MOST else self

    @property
    def reason_text(self) -> str:
        """What the document will say; "" while it is not enough."""
        label = REASONS[self.name].get(self.reason, "") if self.reason != OTHER else ""
        if not label and len(self.note) < LEAST_NOTE:
            return ""
        return " · ".join(part for part in (_(label), self.note) if part)

    @property
    def missing(self) -> str:
        """Why it cannot be done yet, "" = it can."""
        if self.name != "drawer" and self.amount <= 0:
            return _("Chưa gõ số tiền")
        return "" if self.reason_text else _("Cần chọn hoặc ghi lý do")

    def form(self, title: str, line: str, turn: int) -> CashForm:
        """To be shown."""
        reasons = tuple(ReasonState(name, _(label)) for name, label in REASONS[self.name].items())
        return CashForm(
            name=self.name,
            title=title,
            line=line,
            amount=money(self.amount),
            asks_amount=self.name != "drawer",
            reasons=reasons,
            chosen=self.reason,
            round=turn,
        )
