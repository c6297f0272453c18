"""How figures and names of things read on paper: signs, quantities, rates, tenders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Any, Final

from pos_app.domain.money import EXEMPT, PIECE
from pos_app.text import _, date_time, money, percent, quantity

NBSP: Final = "\N{NO-BREAK SPACE}"
TIMES: Final = f"{NBSP}\N{MULTIPLICATION SIGN}{NBSP}"
DOT: Final = f"{NBSP}\N{MIDDLE DOT} "


def joined(*parts: str) -> str:
    """Facts of one line: "Lan · Quầy 2 · Ca 3"; empty ones are left out."""
    return DOT.join(part for part in parts if part)


def unbroken(text: str) -> str:
    """The same words, kept on one line where there is room."""
    return text.replace(" ", NBSP)


def plus(amount: int) -> str:
    """A figure with its sign: "+249"."""
    return f"+{money(amount)}" if amount > 0 else money(amount)


def amount_of(thousandths: int, unit: str) -> str:
    """Pieces without a unit, weighed goods with it: "2", "0,345 kg"."""
    text = quantity(thousandths)
    return text if thousandths % PIECE == 0 or not unit else f"{text}{NBSP}{unit}"


def pieces(thousandths: int) -> int:
    """How many things the customer carries; a weighed line is one."""
    return abs(thousandths) // PIECE if thousandths % PIECE == 0 else 1


def rate(basis_points: int) -> str:
    """A VAT rate."""
    return _("Không chịu thuế") if basis_points == EXEMPT else percent(basis_points)


def instant(text: str) -> datetime:
    """The envelope's `wall`."""
    return datetime.fromisoformat(text)


def wall_text(body: Mapping[str, Any], zone: tzinfo) -> str:
    """When the document was made: "21/11/2026 14:33"."""
    return date_time(instant(body["wall"]), zone)


def day_text(day: date, today: date) -> str:
    """ "21/12", with its year when that is another one."""
    text = f"{day.day:02}/{day.month:02}"
    return text if day.year == today.year else f"{text}/{day.year}"


def e_invoice_deadline(paid: datetime, zone: tzinfo) -> datetime | None:
    """Until when a company's name can be given: two hours, 23:55 at the latest; none after 22:00."""
    local = paid.astimezone(zone)
    if local.time() >= time(22):
        return None
    return min(local + timedelta(hours=2), datetime.combine(local.date(), time(23, 55), local.tzinfo))


def tender_name(kind: str) -> str:
    """What a tender is called on paper; an unknown kind keeps its own name."""
    names = {
        "cash": _("Tiền mặt"),
        "transfer": _("Chuyển khoản"),
        "card": _("Thẻ ngân hàng"),
        "e_wallet": _("Ví điện tử"),
        "points": _("Điểm"),
        "stored_value": _("Thẻ quà tặng"),
        "store_credit": _("Phiếu hoàn tiền"),
        "paid_online": _("Đã trả trên web"),
        "deposit": _("Đã đặt cọc"),
    }
    return names.get(kind, kind)
