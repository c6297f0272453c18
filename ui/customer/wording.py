"""What the main button of the customer screen says, and the words of the form for a new card."""

from __future__ import annotations

from dataclasses import dataclass

from pos_app.text import _
from ui.customer.state import Asked, ConsentState, NewCardState, Page
from ui.messages import N_

MEMBERSHIP = "loyalty"
"""The purpose without which there is no card."""
CONSENTS = (
    (
        MEMBERSHIP,
        N_("Lập thẻ thành viên (bắt buộc để tạo)"),
        N_("Giữ tên và số điện thoại để tích điểm, nhận voucher, đổi trả."),
    ),
    (
        "marketing",
        N_("Nhận tin khuyến mãi"),
        N_("Tin nhắn về ưu đãi mới. Khách ngừng nhận lúc nào cũng được."),
    ),
    ("e_invoice", N_("Dùng cho hóa đơn điện tử"), N_("Ghi tên và số này lên hóa đơn điện tử của khách.")),
)
"""Purpose, label and what it means; nothing is ticked before the customer was asked."""


@dataclass(frozen=True, slots=True)
class MainButton:
    """The one main button and the hint below it."""

    text: str
    key: str = "Enter"
    reason: str = ""
    hint: str = ""


def main_button(page: Page, *, has_choice: bool, is_attached: bool, attached: str | None) -> MainButton:
    """`attached` is who is on the cart now."""
    attach = _("Gắn vào đơn")
    if page == "new":
        return MainButton(_("Tạo khách mới"), hint=_("Hỏi khách rồi mới chọn các ô đồng ý"))
    if page == "asking":
        return MainButton(attach, reason=_("Đang hỏi trung tâm…"))
    if page == "hint":
        return MainButton(attach, reason=_("Gõ số điện thoại hoặc quét thẻ"))
    if not has_choice:
        return MainButton(attach, reason=_("Hỏi tên rồi chọn đúng khách"))
    if is_attached:
        return MainButton(_("Bỏ khỏi đơn"), "Del", hint=_("Khách này đang ở trong đơn"))
    hint = _("Thay cho {name} đang ở trong đơn").format(name=attached) if attached else ""
    return MainButton(attach, hint=hint or _("Giá và điểm tính theo khách này"))


def _unknown_note(asked: Asked, age: str) -> str:
    """Unknown here is not unknown everywhere: what central said, or how old the data here are (`age`)."""
    if asked == "told":
        return _("Trung tâm cũng chưa có số này.")
    if age:
        return _("{age}. Thẻ tạo nơi khác sau lúc đó chưa hiện ở đây.").format(age=age)
    return _("Chưa hỏi được trung tâm. Thẻ lập nơi khác có thể chưa hiện ở đây.")


def new_card(asked: Asked, age: str, name_reason: str, consent_reason: str) -> NewCardState:
    """The form, nothing of it filled in; `age` of the customers' data when it matters."""
    reasons = {MEMBERSHIP: consent_reason}
    consents = tuple(
        ConsentState(name, _(label), _(line), reasons.get(name, "")) for name, label, line in CONSENTS
    )
    return NewCardState(consents, _unknown_note(asked, age), asked != "told", name_reason)
