"""A draft of a hand-over becomes what the screen shows: rows, sums, and what is still missing."""

from __future__ import annotations

from datetime import datetime, tzinfo

from pos_app.domain.errors import (
    HandoverIncomplete,
    IdentityNeeded,
    NothingToHandOver,
    PickupPinNeeded,
    PosError,
)
from pos_app.domain.order import OrderLine
from pos_app.services.pickup_draft import PickupDraft
from pos_app.services.pickup_proof import PinState
from pos_app.text import _, money, money_d, ngettext, phone_masked, quantity
from ui import messages
from ui.goods import Face
from ui.pickup import words
from ui.pickup.state import (
    BadgeState,
    ColumnState,
    LineRow,
    Mark,
    OrderState,
    PersonState,
    PinCard,
    ProofState,
    Refusable,
)
from ui.pickup.ways import PickupServices

GIFT_FILL = "#F3D9A4"


def order_state(
    draft: PickupDraft, services: PickupServices, now: datetime, zone: tzinfo, current: str
) -> OrderState:
    """The work area."""
    order = draft.order
    refusable = tuple(
        Refusable(line.no, f"{line.name} · {quantity(draft.open_of(line))} {line.unit}".strip())
        for line in order.lines
        if draft.open_of(line) > 0
    )
    wanted, missing = draft.wanted, draft.missing
    done = words.pieces(wanted) - words.pieces(missing)
    return OrderState(
        title=_("Đơn {number}").format(number=order.number),
        line=words.placed_line(order, now, zone),
        badges=(words.payment_badge(order), words.preparation_badge(order)),
        heading=_("{done} / {all} món đã quét").format(done=done, all=words.pieces(wanted)),
        rows=tuple(_row(draft, line, services) for line in order.lines),
        current=current,
        refusable=refusable,
        refuse_reason="" if refusable else _("Các món đều đã quét, bấm Hoàn tác nếu khách không lấy"),
        collector=draft.collector or ("", ""),
        more_reason=_("Chưa có ở bản này: giao xong rồi bán thành đơn mới"),
    )


def _row(draft: PickupDraft, line: OrderLine, services: PickupServices) -> LineRow:
    ticked, refused = draft.ticked.get(line.no, 0), draft.refused.get(line.no)
    second, ink = line.variant or (_("Quà tặng") if line.gift_of else ""), "ink2"
    if refused is not None:
        second, ink = _("Khách không lấy · {why}").format(why=words.refusal_words(refused.reason)), "stop"
    elif 0 < line.left < line.quantity:
        second = " · ".join(
            part for part in (second, _("đã giao {n}").format(n=quantity(line.handed))) if part
        )
    mark = _mark(draft, line)
    return LineRow(
        key=str(line.no),
        face=_face(line, services),
        name=line.name,
        second=second,
        shelf=line.shelf or draft.order.shelf,
        quantity=quantity(line.left or line.quantity),
        amount=money(line.part(line.gone, line.left) if line.left else line.amount),
        mark=mark,
        part=f"{quantity(ticked)}/{quantity(line.left)}" if mark == "part" else "",
        second_ink=ink,
    )


def _mark(draft: PickupDraft, line: OrderLine) -> Mark:
    if line.left <= 0:
        return "gone"
    if draft.open_of(line) <= 0:
        return "refused" if draft.refused.get(line.no) and not draft.ticked.get(line.no) else "ticked"
    return "part" if draft.ticked.get(line.no) else "open"


def _face(line: OrderLine, services: PickupServices) -> Face:
    if line.gift_of:
        return Face(GIFT_FILL, "", "gift")
    return Face(line.colour, line.size, services.icon_of(line.category) or "package")


# --- the decision column ------------------------------------------------------------------------
def column_state(draft: PickupDraft, tries_left: int | None = None) -> ColumnState:
    """Who, what proves it, what is due, and what the button still misses. `tries_left` of the PIN."""
    due, proof = draft.due_now, _proof(draft)
    reason = missing_words(draft)
    return ColumnState(
        person=person_state(draft),
        pin=_pin(draft, tries_left, may_forget=proof is None),
        proof=proof,
        sums=_sums(draft),
        due_label=_("Còn phải thu"),
        due=due,
        main=_("Thu {amount} và giao").format(amount=money(due)) if due else _("Giao hàng"),
        main_reason=reason,
        second=_partial(draft),
    )


def missing_words(draft: PickupDraft) -> str:
    """What the main button still misses, in its own words; "" = nothing."""
    try:
        draft.check()
        _need = draft.needs_approval
        if not draft.ticked and not draft.refused:
            raise NothingToHandOver(order=draft.order.order)
    except HandoverIncomplete:
        count = words.pieces(draft.missing)
        return ngettext("Quét thêm {n} món để giao", "Quét thêm {n} món để giao", count).format(n=count)
    except PickupPinNeeded:
        is_blocked = draft.pin_state is PinState.BLOCKED
        return _("Xem giấy tờ thay mã PIN") if is_blocked else _("Nhập mã PIN khách đọc")
    except IdentityNeeded:
        return _("Xem giấy tờ của khách trước")
    except PosError as error:
        return messages.words(error).title
    return ""


def _partial(draft: PickupDraft) -> str:
    """The way out with what is ticked so far; "" when there is none."""
    count = words.pieces(sum(draft.ticked.values()))
    if not count or not draft.missing or not draft.order.partial:
        return ""
    due = draft.plan(partial=True).due
    if due:
        return _("Thu {amount}, giao trước {n} món").format(amount=money(due), n=count)
    return ngettext("Giao trước {n} món", "Giao trước {n} món", count).format(n=count)


def person_state(draft: PickupDraft) -> PersonState:
    """Who ordered, and who fetches it instead."""
    person = draft.order.person
    card = draft.card
    tier = words.TIERS.get(card.tier) if card is not None else None
    badge = None if tier is None else BadgeState(_(tier[0]), "quiet", dot=tier[1])
    last3 = person.last3 or (card.last3 if card is not None else "")
    collector = ""
    if draft.collector is not None:
        name, relation = draft.collector
        collector = _("{name} nhận thay · {who}").format(name=name, who=words.relation_words(relation))
    name = person.name or (card.name if card is not None else "")
    phone = phone_masked(last3) if last3 else _("Chưa có số điện thoại")
    return PersonState(name or _("Khách đặt online"), phone, badge, collector)


def _pin(draft: PickupDraft, tries_left: int | None, *, may_forget: bool) -> PinCard | None:
    if draft.proof.is_pin_settled and draft.pin_state is not PinState.OK:
        return None
    match draft.pin_state:
        case PinState.NONE:
            return None
        case PinState.OK:
            return PinCard("ok", _("Khớp"))
        case PinState.BLOCKED:
            return PinCard("blocked", _("Hết lượt thử"))
        case PinState.WRONG:
            left = _("Chưa khớp")
            if tries_left is not None:
                left = _("Sai, còn {n} lần").format(n=tries_left)
            return PinCard("wrong", left, may_forget=may_forget)
    return PinCard("needed", may_forget=may_forget)


def _proof(draft: PickupDraft) -> ProofState | None:
    name = draft.order.person.name
    try:
        if draft.pin_state is PinState.BLOCKED and not draft.proof.is_pin_settled:
            line = _("Quản lý đối chiếu giấy tờ với tên trên đơn.") if name else words.nameless()
            return ProofState(_("Xem giấy tờ thay mã PIN"), line, "shield-alert", "identity", _("Nhờ duyệt"))
        if draft.needs_identity:
            line = _("So tên giấy tờ với tên trên đơn.") if name else words.nameless()
            return ProofState(
                _("Xem giấy tờ của khách"), line, "shield-alert", "identity", _("Đã xem, đúng người")
            )
        need = draft.needs_approval
    except PosError as error:
        said = messages.words(error)
        return ProofState(said.title, said.line, "ban")
    if need is None:
        return None
    line = _("Đơn trên {most}.").format(most=money_d(need.most or 0))
    if need.reason == "pickup_feed_age":
        line = _("Dữ liệu đơn ở máy đã cũ.")
    if need.reason == "pickup_unknown":
        line = _("Đơn chưa có ở máy này, chỉ có mã của khách.")
    return ProofState(_("Cần quản lý duyệt"), line, "user-round-check")


def _sums(draft: PickupDraft) -> tuple[tuple[str, str], ...]:
    order = draft.order
    if draft.refused or any(line.gone for line in order.lines):
        return _part_sums(draft)
    goods = sum(line.unit_price * line.quantity // 1000 for line in order.lines)
    goods = max(goods, order.total)
    rows = [(_("Tiền hàng"), money(goods))]
    if goods > order.total:
        less = _("Voucher online") if order.is_known else _("Giảm giá")
        rows.append((less, money(order.total - goods)))
    rows += [(words.prepaid_label(item.kind), money(item.amount)) for item in order.prepaid]
    return tuple(rows)


def _part_sums(draft: PickupDraft) -> tuple[tuple[str, str], ...]:
    plan = draft.plan()
    rows = [(_("Hàng giao lần này"), money(plan.total))]
    rows += [(words.prepaid_label(tender.kind), money(tender.amount)) for tender in plan.prepaid]
    back = -sum(refund.amount for refund in plan.refunds)
    if back:
        rows.append((_("Hoàn bằng phiếu hoàn tiền"), money(back)))
    return tuple(rows)
