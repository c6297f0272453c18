"""Facts of online orders in words: when it was placed and promised, what was paid, why a line stays."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo
from typing import Final

from pos_app.domain.money import PIECE
from pos_app.domain.order import Order, PaymentState, PreparationState
from pos_app.domain.tender import TenderKind
from pos_app.text import _, money_d, ngettext, quantity, time_of_day
from ui.messages import N_
from ui.pickup.state import BadgeState

REFUSALS: Final = (
    ("not_wanted", N_("Đổi ý, không lấy nữa")),
    ("wrong_size", N_("Không vừa size")),
    ("faulty", N_("Hàng lỗi")),
    ("wrong_goods", N_("Không giống trên web")),
    ("other", N_("Lý do khác")),
)
"""Codes of why a line is left here, with their msgids."""

RELATIONS: Final = (
    ("family", N_("Người nhà")),
    ("friend", N_("Bạn bè")),
    ("courier", N_("Người giao hàng")),
    ("other", N_("Người khác")),
)

TIERS: Final[Mapping[str, tuple[str, str]]] = {
    "silver": (N_("Bạc"), "tier-silver"),
    "gold": (N_("Vàng"), "tier-gold"),
    "platinum": (N_("Bạch kim"), "tier-platinum"),
}


def pieces(thousandths: int) -> int:
    """How many things to take in the hand: a weighed part counts as one."""
    return -(-thousandths // PIECE)


def items_words(thousandths: int) -> str:
    """ "5 món"."""
    count = pieces(thousandths)
    return ngettext("{n} món", "{n} món", count).format(n=count)


def refusal_words(code: str) -> str:
    """The reason in words; an unknown code as it is."""
    return _(dict(REFUSALS).get(code, code))


def relation_words(code: str) -> str:
    """The relation in words; an unknown code as it is."""
    return _(dict(RELATIONS).get(code, code))


def day_words(when: datetime, now: datetime, zone: tzinfo) -> str:
    """ "hôm nay", "ngày mai", "hôm qua" or "20/11"."""
    day, today = when.astimezone(zone).date(), now.astimezone(zone).date()
    named = {0: _("hôm nay"), 1: _("ngày mai"), -1: _("hôm qua")}
    return named.get((day - today).days, f"{day.day:02}/{day.month:02}")


def placed_line(order: Order, now: datetime, zone: tzinfo) -> str:
    """ "Đặt trên website 20/11 lúc 21:14 · hẹn lấy trước 18:00 hôm nay", or kept until when."""
    parts: list[str] = []
    if not order.is_known:
        parts.append(_("Đơn chưa có ở máy này: quét từng món trong túi"))
    if order.placed_at is not None:
        local = order.placed_at.astimezone(zone)
        day, time = f"{local.day:02}/{local.month:02}", time_of_day(order.placed_at, zone)
        parts.append(_("Đặt trên website {day} lúc {time}").format(day=day, time=time))
    if order.reserved_until is not None:
        parts.append(_kept(order.reserved_until, now, zone))
    elif order.promised_by is not None:
        parts.append(_promise(order.promised_by, now, zone))
    return " · ".join(parts)


def _promise(promised: datetime, now: datetime, zone: tzinfo) -> str:
    time, day = time_of_day(promised, zone), day_words(promised, now, zone)
    if promised < now:
        return _("đã quá hẹn {time} {day}").format(time=time, day=day)
    return _("hẹn lấy trước {time} {day}").format(time=time, day=day)


def _kept(until: datetime, now: datetime, zone: tzinfo) -> str:
    time, day = time_of_day(until, zone), day_words(until, now, zone)
    template = _("hết giữ hàng từ {time} {day}") if until <= now else _("giữ để thử đến {time} {day}")
    return template.format(time=time, day=day)


def promise_words(promised: datetime | None, now: datetime, zone: tzinfo) -> str:
    """ "Trước 18:00 hôm nay" for the list."""
    if promised is None:
        return _("Chưa hẹn giờ")
    time, day = time_of_day(promised, zone), day_words(promised, now, zone)
    template = _("Quá hẹn {time} {day}") if promised < now else _("Trước {time} {day}")
    return template.format(time=time, day=day)


def payment_badge(order: Order) -> BadgeState:
    """Paid, a deposit, or nothing yet."""
    if order.payment is PaymentState.PAID:
        return BadgeState(_("Đã trả đủ"), "ok", "circle-check")
    if order.prepaid:
        return BadgeState(_("Đã đặt cọc"), "need", "wallet")
    return BadgeState(_("Chưa trả tiền"), "need", "wallet")


def due_badge(amount_due: int) -> BadgeState:
    """The same for a row of the list."""
    if amount_due:
        return BadgeState(_("Còn thu {amount}").format(amount=money_d(amount_due)), "need")
    return BadgeState(_("Đã trả đủ"), "ok")


def preparation_words(preparation: str) -> str:
    """How far the goods are."""
    return {
        PreparationState.READY.value: _("Soạn xong"),
        PreparationState.PICKING.value: _("Đang soạn"),
        PreparationState.NEW.value: _("Chưa soạn"),
    }.get(preparation, preparation)


def preparation_badge(order: Order) -> BadgeState:
    """Prepared, or still in the shelves; of an order that is not here nobody knows."""
    if not order.is_known:
        return BadgeState(_("Chỉ có mã"), "quiet", "qr-code")
    is_ready = order.preparation is PreparationState.READY
    return BadgeState(
        preparation_words(order.preparation.value), "quiet", "package" if is_ready else "hourglass"
    )


def prepaid_label(kind: TenderKind) -> str:
    """What was paid before, as a line of the sums."""
    return _("Đã đặt cọc") if kind is TenderKind.DEPOSIT else _("Đã trả online")


def short_name(name: str, most: int = 24) -> str:
    """The first words of a name, so that what follows it in the answer box can be read."""
    if len(name) <= most:
        return name
    return f"{name[: most + 1].rsplit(' ', 1)[0]}…"


def left_words(thousandths: int, unit: str) -> str:
    """ "còn 1 đôi nữa" or "đủ"."""
    if thousandths <= 0:
        return _("đủ")
    return _("còn {n} {unit} nữa").format(n=quantity(thousandths), unit=unit or _("món"))


def nameless() -> str:
    """An order whose customer is not named here: there is nothing to compare a paper with."""
    return _("Máy này chưa biết tên khách của đơn. Hỏi số đơn và số điện thoại đã đặt.")
