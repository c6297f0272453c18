"""A draft of a return becomes what the screen shows: rows, the refund per tender, what is still missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo

from pos_app.domain.errors import ApprovalRequired, NothingToReturn, PosError
from pos_app.domain.money import PIECE
from pos_app.domain.points import POINT_WORTH
from pos_app.domain.refund import RefundPlan
from pos_app.domain.tender import TenderKind
from pos_app.services.approvals import ApprovalNeed
from pos_app.services.paper_return import PaperDraft
from pos_app.services.return_draft import (
    LineState,
    RefundMethod,
    ReturnDraft,
    ReturnLine,
    TenderShare,
)
from pos_app.text import _, money, money_d, quantity
from ui import messages
from ui.goods import Face
from ui.returns import words
from ui.returns.state import NoteState, RefundColumn, ReturnRow, TenderRow
from ui.returns.ways import ReturnServices

_CLOSED = (LineState.EXPIRED, LineState.NO_RETURN, LineState.NOTHING_LEFT)


# --- the receipt --------------------------------------------------------------------------------
def receipt_title(draft: ReturnDraft) -> str:
    """ "Trả hàng · LVS02-004812"."""
    if draft.paper_code is not None:
        return _("Trả hàng theo hóa đơn giấy")
    return _("Trả hàng · {number}").format(number=draft.original.receipt_no)


def receipt_line(draft: ReturnDraft, services: ReturnServices, zone: tzinfo) -> str:
    """When, who, how much was paid."""
    sale = draft.original
    paid = _("đã trả {amount}").format(amount=money_d(sale.total + sale.rounding))
    parts = (words.sold_line(sold_at(draft), sale.business_date, zone), customer_name(draft, services), paid)
    return " · ".join(part for part in parts if part)


def sold_at(draft: ReturnDraft) -> datetime | None:
    """The instant of the sale."""
    wall = draft.found.body.get("wall")
    return None if not wall else datetime.fromisoformat(str(wall))


def customer_name(draft: ReturnDraft, services: ReturnServices) -> str:
    """Whose receipt it is, "" for nobody's."""
    known = draft.found.body.get("customer_name")
    card = services.customer_of(draft.original.customer) if draft.original.customer else None
    return str(known or (card.name if card is not None else ""))


def sold_where(draft: ReturnDraft, services: ReturnServices) -> str:
    """The name of the store it was sold in."""
    store = draft.found.body.get("store") or services.session.identity.store
    return services.store_name(int(store))


def row_of(draft: ReturnDraft, line: ReturnLine, services: ReturnServices) -> ReturnRow:
    """One line of the receipt."""
    chosen = line.chosen > 0
    closed = line.state in _CLOSED and not line.is_faulty
    category = draft.original.line(line.no).category
    icon = "gift" if line.is_gift else services.icon_of(category) or "package"
    return ReturnRow(
        key=str(line.no),
        face=Face(line.colour, line.size, icon),
        name=line.name,
        second=words.line_parts(line),
        quantity=f"{quantity(line.chosen)} / {quantity(line.left)}",
        amount=money(line.amount if line.left else 0),
        is_chosen=chosen,
        may_choose=not closed,
        defect=closed and line.state is not LineState.NOTHING_LEFT,
        count=quantity(line.chosen) if chosen and line.left > PIECE else "",
        may_less=line.chosen > PIECE,
        may_more=line.chosen < line.left,
        condition=line.condition,
        reason=line.reason,
    )


# --- the decision column ------------------------------------------------------------------------
def column_of(draft: ReturnDraft) -> RefundColumn:
    """How the money goes back, told before the press."""
    column = RefundColumn(
        heading=_("Hoàn theo cách khách đã trả")
        if draft.paper_code is None
        else _("Hoàn bằng phiếu hoàn tiền"),
        label=_("Trả lại khách"),
        main=_("Hoàn tiền"),
        main_reason=missing_words(draft),
        second=_("Bỏ qua"),
        method=draft.method.value,
    )
    try:
        plan = draft.plan()
    except NothingToReturn:
        tenders = tuple(_tender_row(share, None) for share in draft.shares() if share.left > 0)
        return _with(column, tenders=tenders, sums=((_("Món trả"), "0"),))
    except PosError as error:
        said = messages.words(error)
        return _with(column, notes=(NoteState("need", "circle-alert", said.title, said.line),))
    return _with(
        column,
        tenders=_tender_rows(draft, plan),
        points=_points(plan),
        notes=_notes(draft, plan),
        methods=_methods(draft),
        sums=_sums(draft, plan),
        amount=given(plan),
    )


def given(plan: RefundPlan) -> int:
    """đồng that go back in all forms."""
    return -sum(refund.amount for refund in plan.refunds)


def missing_words(draft: ReturnDraft) -> str:
    """What the main button still misses, in its own words; "" = nothing."""
    if draft.is_empty:
        return _("Chọn món khách trả")
    if any(line.chosen and not line.reason for line in draft.lines()):
        return _("Chọn lý do trả")
    if isinstance(draft, PaperDraft) and draft.without_amount:
        return _("Gõ số tiền trên hóa đơn")
    return _said(lambda: draft.needs_approval)


def _said(act: Callable[[], object]) -> str:
    try:
        act()
    except PosError as error:
        return messages.words(error).title
    return ""


def _with(column: RefundColumn, **changes: object) -> RefundColumn:
    return replace(column, **changes)  # type: ignore[arg-type]


def _tender_rows(draft: ReturnDraft, plan: RefundPlan) -> tuple[TenderRow, ...]:
    return tuple(_tender_row(share, plan) for share in draft.shares() if share.left > 0)


def _tender_row(share: TenderShare, plan: RefundPlan | None) -> TenderRow:
    refunds = [] if plan is None else [one for one in plan.refunds if one.tender.no == share.no]
    amount = -sum(refund.amount for refund in refunds)
    most = _("tối đa {amount}").format(amount=money(share.left))
    name, icon = words.KINDS[share.kind]
    if share.kind is TenderKind.POINTS:
        most = _("{n} điểm · {most}").format(n=money(amount // POINT_WORTH), most=most)
    kind = refunds[0].kind if refunds else share.kind
    if kind is not share.kind:
        name, icon = words.KINDS[kind]
        way = words.kind_words(share.kind).lower()
        most = _("thay {way} {amount}").format(way=way, amount=money(share.left))
    return TenderRow(icon, _(name), most, money(amount))


def _points(plan: RefundPlan) -> tuple[tuple[str, str], ...]:
    if not plan.points_taken_back:
        return ()
    return ((_("Thu hồi điểm đã tích"), money(-plan.points_taken_back)),)


def _notes(draft: ReturnDraft, plan: RefundPlan) -> tuple[NoteState, ...]:
    notes: list[NoteState] = []
    try:
        need = draft.needs_approval
    except PosError as error:
        said = messages.words(error)
        notes.append(NoteState("need", "ban", said.title, said.line))
    else:
        if need is not None:
            notes.append(_approval_note(need))
    credit = plan.given_as(TenderKind.STORE_CREDIT)
    if credit and not notes:
        line = _("{amount}, mã in trên biên nhận.").format(amount=money_d(credit))
        notes.append(NoteState("figure", "ticket", _("Phiếu hoàn tiền"), line))
    return tuple(notes)


def _approval_note(need: ApprovalNeed) -> NoteState:
    error = ApprovalRequired(right=need.right, reason=need.reason, asked=need.asked, most=need.most)
    said = messages.words(error)
    return NoteState("need", "user-round-check", said.title, said.line)


def _methods(draft: ReturnDraft) -> tuple[tuple[str, str], ...]:
    """Cash for what was not paid in cash is offered only where there is such money."""
    if draft.paper_code is not None:
        return ()
    kinds = {share.kind for share in draft.shares() if share.left > 0}
    forms = [RefundMethod.ORIGINAL.value, RefundMethod.STORE_CREDIT.value]
    if kinds - {TenderKind.CASH, TenderKind.POINTS}:
        forms.append(RefundMethod.CASH.value)
    return tuple((name, _(label)) for name, label in words.METHODS if name in forms)


def _sums(draft: ReturnDraft, plan: RefundPlan) -> tuple[tuple[str, str], ...]:
    count = sum(max(line.chosen, PIECE) // PIECE for line in draft.lines() if line.chosen)
    rows = [(_("Món trả"), str(count))]
    for gift in plan.kept:
        rows.append((_("Giữ lại giá quà tặng"), money(-gift.amount)))
    if plan.rounding:
        rows.append((_("Làm tròn tiền mặt"), money(-plan.rounding)))
    if plan.carried:
        rows.append((_("Để lần trả sau"), money(plan.carried)))
    return tuple(rows)
