"""What stands after a return until the next scan: what to give the customer."""

from __future__ import annotations

from pos_app.domain.cash import change_notes
from pos_app.services.return_draft import ReturnCompleted
from pos_app.text import _, money, money_d
from ui.returns.draft_view import given
from ui.returns.state import RefundColumn
from ui.widgets.done_state import DoneState


def notes_words(amount: int) -> str:
    """ "200k + 50k + 5k + 1k": the notes to hand out, largest first."""
    notes = change_notes(amount)
    return " + ".join(f"{note // 1000}k" if note >= 1000 else f"{note}đ" for note in notes)


def done_state(completed: ReturnCompleted) -> DoneState:
    """Cash with its notes, store credit, points."""
    plan = completed.plan
    facts = [(_("Biên nhận trả hàng"), completed.recorded.receipt_no or "")]
    if completed.credit:
        facts.append((_("Phiếu hoàn tiền"), money_d(completed.credit)))
    if plan.points_returned:
        facts.append((_("Trả lại điểm đã dùng"), f"+{money(plan.points_returned)}"))
    if plan.points_taken_back:
        facts.append((_("Thu hồi điểm đã tích"), money(-plan.points_taken_back)))
    if completed.cash:
        title = _("Đưa khách tiền mặt")
        line = _("Biên nhận đang in. Ngăn kéo đã mở.")
    elif completed.credit:
        title = _("Đưa khách phiếu hoàn tiền")
        line = _("Mã phiếu nằm trên biên nhận đang in. Khách dùng khi mua lần sau.")
    else:
        title, line = _("Đã nhận lại hàng"), _("Biên nhận đang in.")
    return DoneState(title, line, tuple(facts), completed.cash, notes_words(completed.cash))


def done_column(completed: ReturnCompleted) -> RefundColumn:
    """What was given back, and the next customer."""
    return RefundColumn(
        heading=_("Đã hoàn tiền"),
        sums=(
            (_("Tiền mặt"), money(completed.cash)),
            (_("Phiếu hoàn tiền"), money(completed.credit)),
        ),
        label=_("Đã trả lại khách"),
        amount=given(completed.plan),
        main=_("Khách tiếp theo"),
        second=_("In lại biên nhận"),
        second_key="Ctrl+P",
        second_icon="printer",
    )
