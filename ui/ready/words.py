"""Checks and outage rules in the words of the counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from pos_app.services.outage import OutageRule
from pos_app.services.readiness import DataCheck, DeviceCheck, Readiness
from pos_app.storage.standing import NEED_ENROLMENT
from pos_app.text import _, date_short, money, money_d, ngettext, time_of_day
from ui.messages import N_
from ui.ready.state import CheckLine, Kind, RuleLine
from ui.words_devices import printer_words, scanner_words

TITLES = {
    "catalogue": N_("Hàng và giá"),
    "orders": N_("Đơn chờ nhận"),
    "campaigns": N_("Voucher"),
    "customers": N_("Khách hàng và điểm"),
    "keyset": N_("Khóa kiểm tra mã"),
    "staff": N_("Nhân viên và quyền"),
    "unsent": N_("Chứng từ chờ gửi"),
    "printer": N_("Máy in"),
    "drawer": N_("Ngăn kéo tiền"),
    "scanner": N_("Máy quét"),
    "display": N_("Màn hình khách"),
    "clock": N_("Đồng hồ"),
    "disk": N_("Ổ đĩa"),
    "backup": N_("Sao lưu"),
    "standing": N_("Sổ của máy"),
    "keybox": N_("Khóa dự phòng"),
    "sale": N_("Bán hàng, tích điểm"),
    "pickup": N_("Giao đơn có trong máy"),
    "transfer": N_("VietQR"),
    "own_return": N_("Trả hàng của cửa hàng này"),
    "voucher": N_("Voucher"),
    "points": N_("Trả bằng điểm"),
    "foreign_return": N_("Trả hàng của cửa hàng khác"),
    "gift_card": N_("Thẻ quà tặng"),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when the page is read."""

    now: datetime
    zone: tzinfo

    def clock(self, at: datetime | None) -> str:
        """ "06:10" today, "20/11" before; "–" for never."""
        if at is None:
            return "–"
        local = at.astimezone(self.zone)
        if local.date() == self.now.astimezone(self.zone).date():
            return time_of_day(at, self.zone)
        return date_short(at, self.zone)[:5]


def data_line(check: DataCheck, moment: Moment) -> CheckLine:
    """A row of the left card."""
    title = _(TITLES[check.name])
    if check.name == "unsent":
        since = _("Chờ từ {time}").format(time=moment.clock(check.at)) if check.count else _("Đã gửi hết")
        return CheckLine(check.name, title, since, money(check.count), check.state)
    if check.at is None:
        return CheckLine(check.name, title, _("Chưa tải về lần nào"), "–", check.state)
    words = _amount_of(check, moment)
    if check.state == "need":
        words = _("{words} · đã cũ").format(words=words)
    elif check.state == "stop":
        words = _("Hết hạn, chưa kiểm được mã")
    return CheckLine(check.name, title, words, moment.clock(check.at), check.state)


def _amount_of(check: DataCheck, moment: Moment) -> str:
    count = check.count
    if check.name == "catalogue":
        return ngettext("{n} mã hàng", "{n} mã hàng", count).format(n=money(count))
    if check.name == "orders":
        words = ngettext("{n} đơn", "{n} đơn", count).format(n=money(count))
        today = ngettext("{n} đơn hẹn hôm nay", "{n} đơn hẹn hôm nay", check.today)
        return f"{words}, {today.format(n=money(check.today))}" if check.today else words
    if check.name == "campaigns":
        return ngettext("{n} chiến dịch", "{n} chiến dịch", count).format(n=money(count))
    if check.name == "customers":
        return ngettext("{n} thẻ", "{n} thẻ", count).format(n=money(count))
    if check.name == "staff":
        return ngettext("{n} người", "{n} người", count).format(n=money(count))
    if check.until is None:
        return _("Đủ để kiểm mọi mã")
    return _("Dùng được đến {day}").format(day=_day(check.until, moment))


def _day(at: datetime, moment: Moment) -> str:
    """The year stands only when it is another one."""
    words = date_short(at, moment.zone)
    return words[:5] if at.astimezone(moment.zone).year == moment.now.astimezone(moment.zone).year else words


def device_line(check: DeviceCheck, moment: Moment) -> CheckLine:
    """A row of the card in the middle."""
    makes = {
        "printer": _printer,
        "drawer": _drawer,
        "clock": _clock,
        "disk": _disk,
        "backup": _backup,
        "keybox": _keybox,
        "standing": _standing,
    }
    line, value = makes[check.name](check, moment)
    return CheckLine(check.name, _(TITLES[check.name]), line, value, check.state)


def _printer(check: DeviceCheck, moment: Moment) -> tuple[str, str]:
    if check.reason == "none":
        return _("Bán vẫn được, hóa đơn không ra giấy"), _("Chưa nối")
    waits = ngettext("{n} giấy chờ in", "{n} giấy chờ in", check.amount).format(n=check.amount)
    if check.reason:
        line = printer_words(check.reason)
        return (f"{line} · {waits}" if check.amount else line), _("Có sự cố")
    if check.amount:
        return waits, _("Sẵn sàng")
    if check.at is None:
        return _("Chưa in lần nào"), _("Sẵn sàng")
    return _("In gần nhất {time}").format(time=moment.clock(check.at)), _("Sẵn sàng")


def _drawer(check: DeviceCheck, moment: Moment) -> tuple[str, str]:
    if check.reason:
        return _("Mở qua máy in, nay mở bằng chìa"), _("Không tự mở")
    if check.at is None:
        return _("Mở qua máy in"), _("Sẵn sàng")
    return _("Mở gần nhất {time}").format(time=moment.clock(check.at)), _("Sẵn sàng")


def _clock(check: DeviceCheck, moment: Moment) -> tuple[str, str]:  # noqa: ARG001  one shape for all
    if check.reason:
        return _("Chưa so được với trung tâm"), _("Chưa rõ")
    seconds = abs(check.amount) / 1000
    if check.state == "ok":
        figure = f"{seconds:.1f}".replace(".", ",")
        return _("Lệch {n} giây").format(n=figure), _("Đúng giờ")
    minutes = max(round(seconds / 60), 1)
    words = _("Nhanh {n} phút") if check.amount > 0 else _("Chậm {n} phút")
    return _("Chỉnh lại giờ của máy này"), words.format(n=money(minutes))


def _standing(check: DeviceCheck, moment: Moment) -> tuple[str, str]:  # noqa: ARG001  one shape for all
    line = _("Ghi danh lại máy này") if check.reason in NEED_ENROLMENT else _("Chờ trung tâm xác nhận")
    return line, _("Hạn chế")


def _disk(check: DeviceCheck, moment: Moment) -> tuple[str, str]:  # noqa: ARG001  one shape for all
    left = check.amount >> 30
    value = _("Còn {n} GB").format(n=money(left)) if left else _("Còn {n} MB").format(n=check.amount >> 20)
    if check.reason == "full":
        return _("Sắp đầy, xóa bớt tệp khác"), value
    if check.reason == "key_file":
        return _("Mã hóa, nhưng khóa nằm trong tệp"), value
    return _("Mã hóa, khóa do hệ điều hành giữ"), value


_BACKUPS = {
    "never": N_("Chưa có bản nào"),
    "none": N_("Chưa có bản ở ổ khác"),
    "same_disk": N_("Bản thứ hai nằm cùng ổ đĩa"),
    "not_carried": N_("Không chép được sang ổ khác"),
    "old": N_("Đã cũ"),
}


def _backup(check: DeviceCheck, moment: Moment) -> tuple[str, str]:
    if not check.reason:
        return _("Có cả ở ổ khác, đã kiểm"), moment.clock(check.at)
    words = _(_BACKUPS.get(check.reason, N_("Sao lưu không thành")))
    return words, moment.clock(check.at)


def _keybox(check: DeviceCheck, moment: Moment) -> tuple[str, str]:
    if check.reason:
        return _("Chờ có mạng để gửi trung tâm"), _("Chưa gửi")
    return _("Trung tâm giữ hộ, máy hỏng vẫn mở được"), moment.clock(check.at)


def scanner_line(trouble: str, at: datetime | None, moment: Moment) -> CheckLine:
    """Whether a scanner was heard since the program started; `trouble` of the one on a port comes first."""
    title = _(TITLES["scanner"])
    if trouble:
        return CheckLine("scanner", title, scanner_words(trouble), _("Có sự cố"), "need")
    if at is None:
        return CheckLine("scanner", title, _("Quét thử một món hay thẻ"), _("Chưa quét"), "quiet")
    line = _("Quét gần nhất {time}").format(time=moment.clock(at))
    return CheckLine("scanner", title, line, _("Sẵn sàng"))


def display_line(size: str) -> CheckLine:
    """The second screen: its size, "" without one."""
    title = _(TITLES["display"])
    if not size:
        return CheckLine("display", title, _("Khách xem chung màn hình này"), _("Không có"), "quiet")
    return CheckLine("display", title, size, _("Sẵn sàng"))


# --- outage -----------------------------------------------------------------------------------
KINDS: dict[str, Kind] = {"free": "ok", "limited": "need", "none": "stop"}
WHY = {
    "no_data": N_("Chưa tải dữ liệu về máy"),
    "too_old": N_("Dữ liệu quá cũ, chờ có mạng"),
    "used_up": N_("Ca này đã dùng hết lượt"),
    "later": N_("Chưa có ở bản này"),
    "online_only": N_("Chờ có mạng"),
}


def rule_line(rule: OutageRule) -> RuleLine:
    """A row of the right column."""
    line = _(WHY[rule.reason]) if rule.reason in WHY else _allowed(rule)
    return RuleLine(rule.name, _(TITLES[rule.name]), line, KINDS[rule.allowance])


def _allowed(rule: OutageRule) -> str:
    amount, count = money_d(rule.amount), rule.count
    if rule.name == "sale":
        return ngettext("Không giới hạn trong {n} ngày", "Không giới hạn trong {n} ngày", count).format(
            n=count
        )
    if rule.name == "pickup":
        words = ngettext("{n} đơn", "{n} đơn", count).format(n=money(count))
        if rule.reason == "aged":
            return _("{orders}. Dữ liệu đã cũ, cần duyệt").format(orders=words)
        return _("{orders}. Đơn chưa có ở máy thì chờ mạng").format(orders=words)
    if rule.name == "transfer":
        return _("Hiện mã như thường, xác nhận bằng tay")
    if rule.name == "own_return":
        return _("Tiền mặt đến {amount} mỗi lần").format(amount=amount)
    if rule.name == "voucher":
        words = ngettext("Đến {amount}, còn {n} lượt", "Đến {amount}, còn {n} lượt", count)
        return words.format(amount=amount, n=count)
    if rule.name == "points":
        words = _("Đến {amount}, cần duyệt") if rule.reason == "aged" else _("Đến {amount} mỗi khách")
        return words.format(amount=amount)
    return _("Tiền mặt đến {amount}, cần duyệt").format(amount=amount)


VERDICTS: dict[str, tuple[Kind, str, str]] = {
    "whole_day": ("ok", "shield-check", N_("Mất mạng lúc này vẫn bán được cả ngày")),
    "limited": ("need", "shield-alert", N_("Mất mạng lúc này chỉ làm được một phần")),
    "closed": ("stop", "shield-alert", N_("Mất mạng lúc này thì chưa bán được")),
}


def verdict(found: Readiness, moment: Moment) -> tuple[Kind, str, str, str]:
    """Kind, icon, the one sentence, and the line below it."""
    kind, icon, title = VERDICTS[found.verdict]
    checked = _("Kiểm tra lúc {time}").format(time=time_of_day(found.checked_at, moment.zone))
    todo = _("mọi thứ sẵn sàng")
    if found.to_do:
        todo = ngettext("còn {n} việc nên làm", "còn {n} việc nên làm", found.to_do).format(n=found.to_do)
    return kind, icon, _(title), f"{checked} · {todo}"
