"""The customer card of the sell screen: what the till knows of a customer, in the words of the counter."""

from __future__ import annotations

from datetime import date

from pos_app.domain.customer import CustomerCard
from pos_app.domain.errors import CustomerUnknownHere
from pos_app.domain.points import worth
from pos_app.services.customers import CustomerView
from pos_app.storage.customers import OwnVoucher
from pos_app.text import _, money, money_d, percent, phone_masked, time_of_day, weekday_date
from ui.messages import N_
from ui.sell.state import CustomerState, VoucherOffer
from ui.sell.ways import SellServices

TIERS = {
    "silver": (N_("Bạc"), "tier-silver"),
    "gold": (N_("Vàng"), "tier-gold"),
    "platinum": (N_("Bạch kim"), "tier-platinum"),
}
"""Tier → msgid and the role of its dot; members without a tier have no badge."""


def tier_words(tier: str) -> tuple[str, str]:
    """The tier's name and the role of its dot; "" for the lowest."""
    name, dot = TIERS.get(tier, ("", ""))
    return _(name), dot


class CustomerCards:
    """Makes the card once per customer: a scan must not look up receipts and orders again."""

    def __init__(self, services: SellServices) -> None:
        self._services = services
        self._key: object = None
        self._made: CustomerState | None = None

    def of(self, card: CustomerCard | None, taken: frozenset[str]) -> CustomerState | None:
        """`taken` are the serials of the vouchers in the cart."""
        if card is None:
            self._key = None
            return None
        key = (card, taken, self._services.session.is_online)
        if key != self._key:
            self._key = key
            self._made = customer_state(self._services, card, taken)
        return self._made


def customer_state(services: SellServices, card: CustomerCard, taken: frozenset[str]) -> CustomerState:
    """The card as it is now; offline it says how old the points are and how many may be spent."""
    session = services.session
    may_spend = services.customers.spendable(card)
    tier, dot = tier_words(card.tier)
    view = _view(services, card)
    offline = not session.is_online
    as_of = None if view is None else view.as_of
    return CustomerState(
        name=card.name,
        phone=phone_masked(card.last3) if card.last3 else "",
        tier=tier,
        tier_dot=dot,
        points=money(card.balance),
        worth=money_d(worth(may_spend)),
        as_of=_as_of(time_of_day(as_of, session.policy.timezone)) if offline and as_of is not None else "",
        limit=_limit(may_spend, card.balance) if offline else "",
        birthday=_birthday(card, session.now.astimezone(session.policy.timezone).date())
        if view is not None and view.is_birthday_near
        else "",
        vouchers=() if view is None else _offers(services, view, taken),
    )


def _view(services: SellServices, card: CustomerCard) -> CustomerView | None:
    try:
        return services.customers.view(card.id)
    except CustomerUnknownHere:  # a kept cart names somebody whom the feed has dropped since
        return None


def _as_of(time: str) -> str:
    return _("lúc {time}").format(time=time)


def _limit(may_spend: int, balance: int) -> str:
    if may_spend <= 0:
        return _("Điểm dùng lại được khi có mạng.")
    if may_spend >= balance:
        return _("Dùng được cả <b>{n} điểm</b>.").format(n=money(may_spend))
    words = _("Dùng được tối đa <b>{n} điểm</b> khi mất kết nối. Phần còn lại dùng khi có mạng.")
    return words.format(n=money(may_spend))


def _birthday(card: CustomerCard, today: date) -> str:
    if card.birthday is None:
        return ""
    month, day = card.birthday if card.birthday != (2, 29) else (2, 28)
    near = min(
        (date(today.year + shift, month, day) for shift in (-1, 0, 1)), key=lambda one: abs(one - today)
    )
    if near == today:
        return _("Hôm nay sinh nhật khách")
    words = weekday_date(near)
    return _("Sinh nhật {day}").format(day=words[:1].lower() + words[1:])


def _offers(services: SellServices, view: CustomerView, taken: frozenset[str]) -> tuple[VoucherOffer, ...]:
    return tuple(
        VoucherOffer(own.serial, _campaign(services, own), _value(own))
        for own in view.vouchers
        if own.code and own.serial not in taken and services.campaigns.used_here(own.serial) is None
    )


def _campaign(services: SellServices, own: OwnVoucher) -> str:
    campaign = services.campaigns.campaign(own.campaign)
    return _("Voucher của khách") if campaign is None else campaign.name


def _value(own: OwnVoucher) -> str:
    if own.kind == "percent":
        return f"−{percent(own.value)}"
    return _("Tặng quà") if own.kind == "gift" else money_d(-own.value)
