"""Facts of a return in words: until when a line may come back, why not, and how the money goes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Final

from pos_app.domain.tender import TenderKind
from pos_app.services.return_draft import LineState, ReturnLine
from pos_app.text import _, quantity, time_of_day, weekday_date
from ui.goods import Part
from ui.messages import N_

CONDITIONS: Final = (
    ("resell", N_("Bán lại được")),
    ("damaged", N_("Hư hỏng")),
    ("to_supplier", N_("Trả nhà cung cấp")),
)
REASONS: Final = (
    ("wrong_size", N_("Không vừa size")),
    ("changed_mind", N_("Khách đổi ý")),
    ("faulty", N_("Hàng lỗi")),
    ("wrong_goods", N_("Nhầm hàng")),
    ("gift", N_("Được tặng, không dùng")),
    ("other", N_("Lý do khác")),
)
NO_RETURN: Final[Mapping[str, str]] = {
    "clearance": N_("hàng thanh lý"),
    "hygiene": N_("hàng vệ sinh cá nhân"),
    "underwear": N_("đồ lót"),
    "opened": N_("hàng đã mở niêm phong"),
    "gift": N_("quà tặng"),
}
KINDS: Final[Mapping[TenderKind, tuple[str, str]]] = {
    TenderKind.CASH: (N_("Tiền mặt"), "banknote"),
    TenderKind.TRANSFER: (N_("Chuyển khoản"), "qr-code"),
    TenderKind.CARD: (N_("Thẻ ngân hàng"), "credit-card"),
    TenderKind.E_WALLET: (N_("Ví điện tử"), "wallet"),
    TenderKind.POINTS: (N_("Điểm"), "star"),
    TenderKind.STORED_VALUE: (N_("Thẻ quà tặng"), "gift"),
    TenderKind.STORE_CREDIT: (N_("Phiếu hoàn tiền"), "ticket"),
    TenderKind.PAID_ONLINE: (N_("Trả online"), "phone"),
    TenderKind.DEPOSIT: (N_("Đặt cọc"), "landmark"),
}
METHODS: Final = (
    ("original", N_("Hoàn như khách đã trả")),
    ("store_credit", N_("Tất cả bằng phiếu hoàn tiền")),
    ("cash", N_("Tất cả bằng tiền mặt")),
)


def translated(choices: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Codes with their words in the language in use."""
    return tuple((code, _(words)) for code, words in choices)


def condition_words(code: str) -> str:
    """The condition in words; an unknown code as it is."""
    return _(dict(CONDITIONS).get(code, code))


def reason_words(code: str) -> str:
    """The reason in words; an unknown code as it is."""
    return _(dict(REASONS).get(code, code))


def kind_words(kind: TenderKind) -> str:
    """How somebody paid."""
    return _(KINDS[kind][0])


def day_short(day: date) -> str:
    """ "14/12"."""
    return f"{day.day:02}/{day.month:02}"


def sold_line(when: datetime | None, day: date | None, zone: tzinfo) -> str:
    """ "Thứ Bảy 14/11 lúc 18:05"; the date alone where the hour is not known."""
    if when is not None:
        time = time_of_day(when, zone)
        return _("{day} lúc {time}").format(day=weekday_date(when, zone), time=time)
    return "" if day is None else weekday_date(day)


def line_parts(line: ReturnLine) -> tuple[Part, ...]:
    """Until when, or why not; then variant and what has come back."""
    rest = [line.variant] if line.variant and line.state is not LineState.LAST_DAY else []
    if 0 < line.left < line.sold:
        back, left = quantity(line.sold - line.left), quantity(line.left)
        rest.append(_("đã trả {back}, còn {left}").format(back=back, left=left))
    elif line.variant and line.state is LineState.LAST_DAY:
        rest.append(line.variant)
    first = _standing(line)
    return (first, *(Part(f" · {words}") for words in rest)) if first.text else _joined(rest)


def _joined(words: list[str]) -> tuple[Part, ...]:
    return (Part(" · ".join(words)),) if words else ()


def _standing(line: ReturnLine) -> Part:
    until = "" if line.until is None else day_short(line.until)
    if line.is_faulty:
        return Part(_("Hàng lỗi, nhận ngoài hạn"), "need")
    match line.state:
        case LineState.NOTHING_LEFT:
            return Part(_("Đã trả hết"), "ink3")
        case LineState.EXPIRED:
            return Part(_("Hết hạn trả ngày {day}").format(day=until), "stop")
        case LineState.NO_RETURN:
            why = _(NO_RETURN.get(line.no_return or "", N_("loại hàng không nhận trả")))
            return Part(_("Không trả được: {why}").format(why=why), "stop")
        case LineState.LAST_DAY:
            return Part(_("Hôm nay là ngày cuối"), "need")
    if line.is_gift and not until:
        return Part(_("Quà tặng"), "ink2")
    return Part(_("Trả được đến {day}").format(day=until), "ok")
