"""What a second person reads before an order goes out: which order, which goods, and why they are asked."""

from __future__ import annotations

from pos_app.domain.money import PIECE
from pos_app.services.approvals import ApprovalNeed
from pos_app.services.pickup_draft import PickupDraft
from pos_app.text import _, money, quantity, time_of_day
from ui.approval.state import ApprovalLine, ApprovalRequest
from ui.approval.words import request
from ui.goods import Face
from ui.pickup import words
from ui.pickup.ways import PickupServices


def hand_over(draft: PickupDraft, need: ApprovalNeed, services: PickupServices) -> ApprovalRequest:
    """An order above the limit, or one whose data are old."""
    return _asked(draft, need, draft.draft_hash, services)


def identity(draft: PickupDraft, need: ApprovalNeed, services: PickupServices) -> ApprovalRequest:
    """An identity document in place of the customer's PIN."""
    fact = _("Khách không có mã PIN: đối chiếu giấy tờ với tên trên đơn.")
    if not draft.order.person.name:
        fact = _("Khách không có mã PIN. {line}").format(line=words.nameless())
    return _asked(draft, need, draft.identity_hash, services, fact)


def _asked(
    draft: PickupDraft, need: ApprovalNeed, bound_to: str, services: PickupServices, *facts: str
) -> ApprovalRequest:
    session, order = services.session, draft.order
    zone = session.policy.timezone
    due = draft.due_now
    return request(
        need,
        bound_to,
        session.require_person(),
        time_of_day(session.now, zone),
        amount=order.total,
        parts=((_("Còn phải thu"), money(due)),),
        lines=_lines(draft, services),
        facts=(
            *facts,
            _whose(order.number, order.person.name),
            *_sentence(words.placed_line(order, session.now, zone)),
        ),
    )


def _whose(number: str, name: str) -> str:
    if not name:
        return _("Đơn {number}, máy này chưa biết tên khách.").format(number=number)
    return _("Đơn {number} của {name}.").format(number=number, name=name)


def _sentence(line: str) -> tuple[str, ...]:
    return (f"{line[0].upper()}{line[1:]}.",) if line else ()


def _lines(draft: PickupDraft, services: PickupServices) -> tuple[ApprovalLine, ...]:
    lines = [line for line in draft.order.lines if line.left > 0]
    return tuple(
        ApprovalLine(
            Face(line.colour, line.size, services.icon_of(line.category) or "package"),
            line.name,
            line.variant if line.left == PIECE else f"{quantity(line.left)} {line.unit} · {line.variant}",
            money(line.part(line.gone, line.left)),
        )
        for line in lines
    )
