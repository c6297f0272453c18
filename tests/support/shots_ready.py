"""The page *Ready to open?* (picture 08): as the picture, and with what may be wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QWidget

from tests.support.shots_kit import SHOP
from tests.support.shots_sign_in import window_of
from tests.support.spoken_states import spoken
from ui.ready.screen import ReadyScreen
from ui.ready.state import CheckLine, ReadyState, RuleLine
from ui.widgets.strip_state import StripState

DATA = (
    CheckLine("catalogue", "Hàng và giá", "18.420 mã hàng", "06:10"),
    CheckLine("orders", "Đơn chờ nhận", "25 đơn, 9 đơn hẹn hôm nay", "08:03"),
    CheckLine("campaigns", "Voucher", "9 chiến dịch", "08:02"),
    CheckLine("customers", "Khách hàng và điểm", "86.204 thẻ", "08:01"),
    CheckLine("keyset", "Khóa kiểm tra mã", "Dùng được đến 31/12", "06:10"),
    CheckLine("staff", "Nhân viên và quyền", "12 người", "06:10"),
    CheckLine("unsent", "Chứng từ chờ gửi", "Đã gửi hết", "0"),
)
DEVICES = (
    CheckLine("printer", "Máy in", "In gần nhất 08:02", "Sẵn sàng"),
    CheckLine("drawer", "Ngăn kéo tiền", "Mở gần nhất 08:02", "Sẵn sàng"),
    CheckLine("scanner", "Máy quét", "Quét gần nhất 08:03", "Sẵn sàng"),
    CheckLine("display", "Màn hình khách", "1024 × 600", "Sẵn sàng"),
    CheckLine("clock", "Đồng hồ", "Lệch 0,4 giây", "Đúng giờ"),
    CheckLine("disk", "Ổ đĩa", "Mã hóa, khóa do hệ điều hành giữ", "Còn 38 GB"),
    CheckLine("backup", "Sao lưu", "Chưa có bản ở ổ khác", "08:03", "need"),
    CheckLine("keybox", "Khóa dự phòng", "Trung tâm giữ hộ, máy hỏng vẫn mở được", "06:10"),
)
RULES = (
    RuleLine("sale", "Bán hàng, tích điểm", "Không giới hạn trong 7 ngày"),
    RuleLine("pickup", "Giao đơn có trong máy", "25 đơn. Đơn chưa có ở máy thì chờ mạng"),
    RuleLine("transfer", "VietQR", "Chưa có ở bản này", "stop"),
    RuleLine("own_return", "Trả hàng của cửa hàng này", "Tiền mặt đến 500.000đ mỗi lần"),
    RuleLine("voucher", "Voucher", "Đến 200.000đ, còn 10 lượt", "need"),
    RuleLine("points", "Trả bằng điểm", "Đến 200.000đ mỗi khách", "need"),
    RuleLine("foreign_return", "Trả hàng của cửa hàng khác", "Tiền mặt đến 500.000đ, cần duyệt", "need"),
    RuleLine("gift_card", "Thẻ quà tặng", "Chờ có mạng", "stop"),
)
READY = ReadyState(
    date="Thứ Bảy, 21/11/2026",
    kind="ok",
    verdict="Mất mạng lúc này vẫn bán được cả ngày",
    verdict_line="Kiểm tra lúc 08:04 · còn 1 việc nên làm",
    data=DATA,
    devices=DEVICES,
    rules=RULES,
    main="Mở ca 1",
)


def _page(state: ReadyState) -> QWidget:
    screen = ReadyScreen()
    strip = StripState(clock="08:04", **SHOP | {"shift": "chưa mở ca"})
    window = window_of(screen, strip)
    screen.show_state(spoken(state))
    return window


def _limited() -> ReadyState:
    old = tuple(
        replace(line, line=f"{line.line} · đã cũ", value="20/11", kind="need") if at in (1, 3) else line
        for at, line in enumerate(DATA)
    )
    ill = (
        replace(DEVICES[0], line="Máy in hết giấy · 2 giấy chờ in", value="Có sự cố", kind="need"),
        replace(DEVICES[1], line="Mở qua máy in, nay mở bằng chìa", value="Không tự mở", kind="need"),
        replace(DEVICES[2], line="Quét thử một món hay thẻ", value="Chưa quét", kind="quiet"),
        replace(DEVICES[3], line="Khách xem chung màn hình này", value="Không có", kind="quiet"),
        *DEVICES[4:],
        CheckLine("standing", "Sổ của máy", "Chờ trung tâm xác nhận", "Hạn chế", "need"),
    )
    return replace(
        READY,
        kind="need",
        icon="shield-alert",
        verdict="Mất mạng lúc này chỉ làm được một phần",
        verdict_line="Kiểm tra lúc 08:04 · còn 6 việc nên làm",
        data=old,
        devices=ill,
        main_reason="Đăng nhập trước",
    )


def _closed() -> ReadyState:
    nothing = tuple(
        replace(line, line="Chưa tải về lần nào", value="–", kind="stop") if at < 6 else line
        for at, line in enumerate(DATA)
    )
    stopped = tuple(replace(rule, line="Chưa tải dữ liệu về máy", kind="stop") for rule in RULES)
    title = "Mất mạng lúc này thì chưa bán được"
    return replace(READY, kind="stop", icon="shield-alert", verdict=title, data=nothing, rules=stopped)


def shots() -> list[tuple[str, Callable[[], QWidget]]]:
    first = ReadyState(date=READY.date, verdict="Đang kiểm tra…", is_checking=True, main="Mở ca 1")
    return [
        ("08-ready-to-open", lambda: _page(READY)),
        ("08-ready-limited", lambda: _page(_limited())),
        ("08-ready-closed", lambda: _page(_closed())),
        ("08-ready-checking", lambda: _page(first)),
    ]
