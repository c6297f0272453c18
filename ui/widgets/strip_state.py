"""What the state strip shows, as plain data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class StripState:
    """Everything of the strip; texts such as `since` and `clock` are ready to read ("13:47")."""

    link: Literal["online", "offline", "sending"] = "online"
    since: str = ""  # offline: since when; sending: when the link came back
    is_untrusted: bool = False  # offline: somebody answers, but not with central's certificate
    done: int = 0
    total: int = 0
    loading: str = ""  # online: "Đang tải Hàng và giá 24 %"
    waiting: int = 0
    works: tuple[str, ...] = ()  # offline: ("bán", "trả hàng", "giao đơn")
    ages: tuple[tuple[str, str], ...] = ()  # offline: (("Giá", "06:10"), ("Đơn", "13:45"))
    printer: Literal["ready", "sick", "none"] = "ready"
    printer_reason: str = ""
    printer_waiting: int = 0
    scanner: str = ""  # why it is not heard: "Máy quét mất kết nối"
    notice: str = ""  # of the till itself: "Chế độ hạn chế"
    attention: int = 0
    training: bool = False
    shop: str = ""
    till: str = ""  # "Quầy 2"
    person: str = ""  # "Lan"; empty: nobody is signed in
    initials: str = ""
    tint: int = 0
    shift: str = ""  # "Ca 3", "chưa mở ca"
    clock: str = ""
    language: str = ""  # shown on the sign-in page only: "Tiếng Việt"
