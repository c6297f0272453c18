"""What stands after a hand-over until the next scan."""

from __future__ import annotations

from pos_app.services.payment import Completed
from pos_app.services.pickup_draft import PickupDraft
from pos_app.text import _, money, money_d
from ui.pickup import words
from ui.pickup.order_view import person_state
from ui.pickup.state import ColumnState
from ui.widgets.done_state import DoneState


def done_state(draft: PickupDraft, completed: Completed) -> DoneState:
    """Which order, which paper, what remains."""
    facts = [(_("Biên nhận"), completed.recorded.receipt_no or "")]
    handed = sum(draft.ticked.values())
    facts.append((_("Đã giao"), words.items_words(handed)))
    refused = sum(choice.quantity for choice in draft.refused.values())
    if refused:
        facts.append((_("Khách không lấy"), words.items_words(refused)))
    if draft.missing:
        facts.append((_("Giao sau"), words.items_words(draft.missing)))
    if completed.change:
        facts.append((_("Trả lại khách"), money_d(completed.change)))
    if completed.points_earned:
        facts.append((_("Tích điểm"), f"+{money(completed.points_earned)}"))
    title = _("Đã giao đơn {number}").format(number=draft.order.number)
    line = _("Biên nhận đang in. Quét mã của khách tiếp theo.")
    return DoneState(title, line, tuple(facts))


def done_column(draft: PickupDraft, completed: Completed) -> ColumnState:
    """Who it was, what it was worth, and the next customer."""
    return ColumnState(
        person=person_state(draft),
        sums=((_("Hàng đã giao"), money(completed.total)), (_("Trả lại khách"), money(completed.change))),
        due_label=_("Còn phải thu"),
        due=0,
        main=_("Khách tiếp theo"),
        second=_("In lại biên nhận"),
        second_key="Ctrl+P",
    )
