"""The page that closes a shift in words: its steps, both figures, and what a closed shift still needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pos_app.domain.errors import DifferenceNeedsReason
from pos_app.services.session import Session
from pos_app.services.shifts import CloseOutcome, CountSheet
from pos_app.text import _, money, money_d, ngettext, time_of_day
from ui.approval.words import given_name
from ui.messages import N_
from ui.shift.counting import NoteCount
from ui.shift.facts import ShiftFacts
from ui.shift.state import (
    ClosedState,
    DifferenceState,
    FactState,
    Figure,
    ReasonState,
    ShiftCloseState,
    StepState,
)

OTHER: Final = "other"
REASONS: Final = {
    "change": N_("Thối nhầm tiền cho khách"),
    "float": N_("Tiền đầu ca đếm sai"),
    "unrecorded": N_("Thu chi quên ghi"),
    "bad_note": N_("Tiền rách hoặc tiền giả"),
    "rounding": N_("Thiếu tiền lẻ để thối"),
    OTHER: N_("Lý do khác, ghi bên dưới"),
}


@dataclass(frozen=True, slots=True)
class Closing:
    """Where the closing stands."""

    sheet: CountSheet | None
    count: NoteCount
    difference: DifferenceNeedsReason | None
    outcome: CloseOutcome | None
    reason: str
    has_reason: bool
    message: str
    verified_by: str


def reason_label(name: str) -> str:
    """What stands in the document; "" for none and for the one that needs own words."""
    return _(REASONS[name]) if name in REASONS and name != OTHER else ""


def made(closing: Closing, session: Session, facts: ShiftFacts) -> ShiftCloseState:
    """The whole page."""
    if closing.outcome is not None:
        return _closed(closing, closing.outcome, session, facts)
    if closing.sheet is None:
        return _nothing(closing)
    if closing.difference is not None:
        return _difference(closing, closing.sheet, closing.difference, session, facts)
    return _counting(closing, closing.sheet, session, facts)


def _nothing(closing: Closing) -> ShiftCloseState:
    return ShiftCloseState(
        title=_("Kết ca"),
        count=closing.count.state(),
        message=closing.message,
        main_text=_("Chốt số đếm"),
        main_reason=_("Chưa mở ca"),
    )


# --- counting ---------------------------------------------------------------------------------
def _counting(closing: Closing, sheet: CountSheet, session: Session, facts: ShiftFacts) -> ShiftCloseState:
    reason = ""
    if sheet.open_cart:
        reason = _("Giỏ đang bán dở: bán xong hoặc treo lại")
    elif not closing.count.is_begun:
        reason = _("Chưa đếm tờ nào")
    return ShiftCloseState(
        stage="counting",
        title=_("Kết ca {number} · đếm tiền").format(number=sheet.number),
        badge=_("Số theo hệ thống hiện sau khi chốt"),
        steps=_steps(1, sheet, session, closing),
        figures=(*_head(sheet, session, facts), Figure(_("Số tờ đã đếm"), money(closing.count.pieces))),
        total_label=_("Tiền đếm được"),
        total=closing.count.total,
        count=closing.count.state(),
        message=closing.message,
        main_text=_("Chốt số đếm"),
        main_reason=reason,
        hint=_("Chốt rồi không sửa được, chỉ ghi thêm lý do"),
    )


def _head(sheet: CountSheet, session: Session, facts: ShiftFacts) -> tuple[Figure, ...]:
    opened = time_of_day(sheet.opened_at, session.policy.timezone)
    opener = given_name(facts.name_of(sheet.opened_by))
    return (
        Figure(_("Thu ngân"), _("{name} · từ {time}").format(name=opener, time=opened)),
        Figure(_("Tiền đầu ca"), money(sheet.float_amount)),
    )


def _steps(now: int, sheet: CountSheet, session: Session, closing: Closing) -> tuple[StepState, ...]:
    held = ngettext("{n} đơn treo", "{n} đơn treo", sheet.held_carts).format(n=sheet.held_carts)
    tidy = _("{held}, giỏ đang bán dở") if sheet.open_cart else _("{held}, không có giỏ dở")
    limit = money_d(session.policy.shift_verify_above)
    texts = (
        (_("Dọn việc còn dở"), tidy.format(held=held)),
        (_("Đếm tiền"), _("Không thấy số hệ thống") if now < 2 else _("Đã chốt số đếm")),
        (_("So và giải thích chênh lệch"), _("Trên {limit} cần quản lý").format(limit=limit)),
        (_("Đóng ca, in báo cáo Z"), _("Gửi trung tâm khi có mạng")),
        (_("Người thứ hai xác nhận"), closing.verified_by or _("Ngay hoặc sáng mai")),
    )
    states = ["done" if at < now else "now" if at == now else "later" for at in range(len(texts))]
    if sheet.open_cart and now == 1:
        states[0] = "wait"
    return tuple(
        StepState(title, line, state)  # type: ignore[arg-type]  # one of the four words above
        for (title, line), state in zip(texts, states, strict=True)
    )


# --- difference -------------------------------------------------------------------------------
def _difference(
    closing: Closing,
    sheet: CountSheet,
    error: DifferenceNeedsReason,
    session: Session,
    facts: ShiftFacts,
) -> ShiftCloseState:
    difference = int(str(error.fields["difference"]))
    limit = money_d(session.policy.shift_verify_above)
    notice = ""
    if error.fields["to_verify"]:
        notice = _("Lệch trên {limit}: ca vẫn đóng, ở trạng thái cần quản lý xác nhận.").format(limit=limit)
    return ShiftCloseState(
        stage="difference",
        title=_("Kết ca {number} · so và giải thích").format(number=sheet.number),
        badge=_("Số đếm đã chốt"),
        steps=_steps(2, sheet, session, closing),
        figures=(*_head(sheet, session, facts), Figure(_("Số tờ đã đếm"), money(closing.count.pieces))),
        total_label=_("Tiền đếm được"),
        total=closing.count.total,
        count=closing.count.state(),
        message=closing.message,
        difference=DifferenceState(
            counted=int(str(error.fields["counted"])),
            expected=int(str(error.fields["expected"])),
            difference=difference,
            verdict=verdict(difference),
            line=_("Số đếm giữ nguyên. Ghi vì sao lệch, rồi đóng ca."),
            ink="need",
            reasons=tuple(ReasonState(name, _(label)) for name, label in REASONS.items()),
            chosen=closing.reason,
            notice=notice,
        ),
        main_text=_("Đóng ca {number}").format(number=sheet.number),
        main_reason="" if closing.has_reason else _("Cần lý do chênh lệch"),
        hint=_("In báo cáo Z ngay sau khi đóng"),
    )


def verdict(difference: int) -> str:
    """ "Thiếu 40.000đ", "Thừa 5.000đ", "Khớp, không lệch"; đồng."""
    if difference == 0:
        return _("Khớp, không lệch")
    words = _("Thiếu {amount}") if difference < 0 else _("Thừa {amount}")
    return words.format(amount=money_d(abs(difference)))


# --- closed -----------------------------------------------------------------------------------
def _closed(closing: Closing, outcome: CloseOutcome, session: Session, facts: ShiftFacts) -> ShiftCloseState:
    sheet = closing.sheet
    number = 0 if sheet is None else sheet.number
    steps = () if sheet is None else _steps(5 if closing.verified_by else 4, sheet, session, closing)
    return ShiftCloseState(
        stage="closed",
        title=_("Ca {number} đã đóng").format(number=number),
        steps=steps,
        figures=(
            Figure(_("Theo hệ thống"), money(outcome.expected)),
            Figure(_("Chênh lệch"), money(outcome.difference), ink="need" if outcome.difference else ""),
        ),
        total_label=_("Tiền đếm được"),
        total=outcome.counted,
        closed=ClosedState(
            title=_("Đã đóng ca {number} · Z số {z}").format(number=number, z=outcome.z_no),
            line=verdict(outcome.difference),
            figures=(),
            facts=tuple(_facts(closing, outcome, facts)),
            closing=outcome.recorded.doc_id,
            is_verified=bool(closing.verified_by),
        ),
        main_text=_("Mở ca mới"),
        may_verify=not closing.verified_by,
    )


def _facts(closing: Closing, outcome: CloseOutcome, facts: ShiftFacts) -> list[FactState]:
    return [_paper(facts.printer()), _sent(facts.unsent()), _second(closing.verified_by, outcome)]


def _paper(printer: str) -> FactState:
    if printer == "ready":
        return FactState("printer", "ok", _("Báo cáo Z đang in"), _("Xé giấy, ký tên, kẹp cùng tiền."))
    if printer == "none":
        return FactState(
            "printer", "quiet", _("Máy này chưa có máy in"), _("Báo cáo Z giữ trong máy, in sau.")
        )
    line = _("Máy in chưa sẵn sàng; in ngay khi máy in chạy lại.")
    return FactState("printer", "need", _("Báo cáo Z chờ in"), line)


def _sent(unsent: int) -> FactState:
    if not unsent:
        return FactState("check", "ok", _("Đã gửi hết về trung tâm"), _("Không còn chứng từ nào chờ."))
    words = ngettext("{n} chứng từ chờ gửi", "{n} chứng từ chờ gửi", unsent).format(n=unsent)
    return FactState(
        "refresh-cw", "off", words, _("Tự gửi về trung tâm khi có mạng. Tắt máy cũng không mất.")
    )


def _second(verified_by: str, outcome: CloseOutcome) -> FactState:
    if verified_by:
        words = _("{name} đã xác nhận").format(name=verified_by)
        return FactState("user-round-check", "ok", words, _("Ca này đã xong."))
    if outcome.to_verify:
        line = _("{verdict}. Không chặn việc mở ca mới.").format(verdict=verdict(outcome.difference))
        return FactState("shield-alert", "need", _("Cần quản lý xác nhận"), line)
    line = _("Ngay bây giờ hoặc sáng mai, trước khi mở ca.")
    return FactState("user-round-check", "quiet", _("Chờ người thứ hai xác nhận"), line)
