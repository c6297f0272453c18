"""What a second person reads before money goes back."""

from __future__ import annotations

from pos_app.domain.refund import RefundPlan
from pos_app.services.approvals import ApprovalNeed
from pos_app.services.return_draft import ReturnDraft
from pos_app.text import _, money, money_d, ngettext, time_of_day
from ui.approval.state import ApprovalLine, ApprovalRequest
from ui.approval.words import given_name, request
from ui.goods import Face
from ui.returns import words
from ui.returns.draft_view import given, sold_at, sold_where
from ui.returns.ways import ReturnServices


def refund(draft: ReturnDraft, need: ApprovalNeed, services: ReturnServices) -> ApprovalRequest:
    """Amount, ways, lines, the receipt, and what this person gave back in the shift."""
    session, plan = services.session, draft.plan()
    zone = session.policy.timezone
    return request(
        need,
        draft.draft_hash,
        session.require_person(),
        time_of_day(session.now, zone),
        amount=given(plan),
        parts=_parts(plan),
        lines=_lines(draft, services),
        facts=(_receipt(draft, services), *_before(services)),
    )


def _parts(plan: RefundPlan) -> tuple[tuple[str, str], ...]:
    kinds = list(dict.fromkeys(one.kind for one in plan.refunds))
    return tuple(
        (words.kind_words(kind), money(plan.given_as(kind))) for kind in kinds if plan.given_as(kind)
    )


def _lines(draft: ReturnDraft, services: ReturnServices) -> tuple[ApprovalLine, ...]:
    return tuple(
        ApprovalLine(
            Face(
                line.colour, line.size, services.icon_of(draft.original.line(line.no).category) or "package"
            ),
            line.name,
            f"{words.condition_words(line.condition)} · {words.reason_words(line.reason).lower()}",
            money(line.amount),
        )
        for line in draft.lines()
        if line.chosen
    )


def _receipt(draft: ReturnDraft, services: ReturnServices) -> str:
    zone = services.session.policy.timezone
    when, day = sold_at(draft), draft.original.business_date
    sold = when.astimezone(zone).date() if when is not None else day
    template = _("Hóa đơn {number}, bán {day} tại {store}.")
    return template.format(
        number=draft.original.receipt_no,
        day="…" if sold is None else words.day_short(sold),
        store=sold_where(draft, services),
    )


def _before(services: ReturnServices) -> tuple[str, ...]:
    times, amount = services.cash_returns_in_shift()
    if not times:
        return (_("Ca này chưa hoàn tiền mặt lần nào."),)
    name = given_name(services.session.require_person().name)
    template = ngettext(
        "Ca của {name} đã hoàn {n} lần, {amount}.", "Ca của {name} đã hoàn {n} lần, {amount}.", times
    )
    return (template.format(name=name, n=times, amount=money_d(amount)),)
