"""What is known of a customer, in rows: own vouchers, waiting orders, the last receipts of all channels."""

from __future__ import annotations

from datetime import date, timedelta

from pos_app.services.customers import CustomerView, PastReceipt
from pos_app.services.session import NEVER, Session
from pos_app.storage.customers import OwnVoucher
from pos_app.storage.vouchers import VoucherStore
from pos_app.text import _, date_short, money, money_d, percent, phone_masked, time_of_day
from ui import messages
from ui.customer.state import FactRow, FoundState, Section
from ui.sell.customer_card import tier_words

MOST_RECEIPTS = 8


def data_age(session: Session) -> str:
    """Offline: how old is what this till knows of customers."""
    if session.is_online:
        return ""
    seconds = session.feed_age_s("customers")
    if seconds >= NEVER:
        return _("Máy chưa có dữ liệu khách")
    if seconds >= 24 * 3600:
        return _("Dữ liệu khách cũ {age}").format(age=messages.age(seconds))
    time = time_of_day(session.now - timedelta(seconds=seconds), session.policy.timezone)
    return _("Dữ liệu khách lúc {time}").format(time=time)


def found_of(view: CustomerView) -> FoundState:
    """One of several with the same phone."""
    card = view.card
    parts = (phone_masked(card.last3) if card.last3 else "", tier_words(card.tier)[0])
    line = " · ".join(part for part in parts if part)
    return FoundState(card.id, card.name, line, _("{n} điểm").format(n=money(card.balance)))


def sections_of(view: CustomerView, campaigns: VoucherStore) -> tuple[Section, ...]:
    """Only what there is, except that a customer without receipts is told as such."""
    orders = tuple(_order(number) for number in view.waiting_orders)
    vouchers = tuple(
        _voucher(own, campaigns) for own in view.vouchers if campaigns.used_here(own.serial) is None
    )
    receipts = tuple(_receipt(receipt) for receipt in view.receipts[:MOST_RECEIPTS])
    made = (
        Section("orders", _("Đơn chờ nhận"), orders),
        Section("vouchers", _("Voucher của khách"), vouchers),
        Section("receipts", _("Mua gần đây"), receipts, _("Chưa có hóa đơn nào ở máy này.")),
    )
    return tuple(section for section in made if section.rows or section.empty)


def _order(number: str) -> FactRow:
    return FactRow(number, number, _("Đang chờ ở cửa hàng này"), "", "pickup", _("Giao đơn"))


def _voucher(own: OwnVoucher, campaigns: VoucherStore) -> FactRow:
    campaign = campaigns.campaign(own.campaign)
    name = _("Voucher của khách") if campaign is None else campaign.name
    until = _("Dùng đến {day}").format(day=_day(own.until)) if own.until else ""
    return FactRow(own.serial, name, until, _value(own))


def _value(own: OwnVoucher) -> str:
    if own.kind == "percent":
        return f"−{percent(own.value)}"
    return _("Tặng quà") if own.kind == "gift" else money_d(-own.value)


def _day(text: str) -> str:
    try:
        return date_short(date.fromisoformat(text[:10]))
    except ValueError:  # the feed may say it in another way one day: better as it is than not at all
        return text


def _receipt(receipt: PastReceipt) -> FactRow:
    channel = _("Cửa hàng") if receipt.channel == "store" else _("Mua online")
    day = "" if receipt.day is None else date_short(receipt.day)
    line = " · ".join(part for part in (day, channel) if part)
    act, label = ("return", _("Trả hàng")) if receipt.is_returnable else ("", "")
    return FactRow(receipt.receipt_no, receipt.receipt_no, line, money(receipt.total), act, label)
