"""What central says of a case, as lines of the detail column; what has no word here is left to central."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pos_app.text import _, money
from ui.feeds import feed_title
from ui.messages import N_

MOST: Final = 4
_MONEY: Final[Mapping[str, str]] = {
    "amount": N_("Số tiền"),
    "arrived": N_("Tiền đã về"),
}
_NUMBERS: Final[Mapping[str, str]] = {"till_number": N_("Quầy"), "epoch": N_("Sổ số"), "shift": N_("Ca")}
_CAME: Final[Mapping[str, str]] = {
    "order_came": N_("Đơn hàng"),
    "sale_came": N_("Hóa đơn"),
}
"""What a case was opened for the want of, and that is at central since."""
_LINKS: Final[Mapping[str, str]] = {
    "online": N_("có mạng"),
    "lan": N_("mạng nội bộ"),
    "offline": N_("mất mạng"),
}


def fact_lines(facts: Mapping[str, Any], name_of: Callable[[int], str]) -> list[tuple[str, str]]:
    """Label and value, at most four; first what has changed since it was opened."""
    came = [_(label) for name, label in _CAME.items() if facts.get(name)]
    found: list[tuple[str, str]] = [(label, _("đã về trung tâm")) for label in came]
    for name, value in facts.items():
        if name in _MONEY and isinstance(value, int):
            found.append((_(_MONEY[name]), f"{money(value)}đ"))
        elif name in _NUMBERS and isinstance(value, int):
            found.append((_(_NUMBERS[name]), str(value)))
        elif name == "losses" and value:
            found.append((_("Cửa hàng chịu"), f"{money(sum(loss['amount'] for loss in value))}đ"))
        elif name == "staff" and isinstance(value, int) and value:
            found.append((_("Nhân viên"), name_of(value)))
        elif name == "connectivity" and value in _LINKS:
            found.append((_("Lúc đó"), _(_LINKS[value])))
        elif name == "feeds" and isinstance(value, list):
            found.append((_("Dữ liệu"), ", ".join(feed_title(str(one)) for one in value)))
    return found[:MOST]
