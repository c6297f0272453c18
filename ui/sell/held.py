"""Held carts: put the current one aside, list them, go on with one, throw one away."""

from __future__ import annotations

from datetime import datetime

from pos_app.domain.errors import PosError
from pos_app.services.held_carts import HeldCart
from pos_app.text import _, money, ngettext, time_of_day, weekday_date
from ui import messages
from ui.answers import Answer, AnswerAction
from ui.sell.desk import Desk
from ui.sell.state import HeldRow


class Held:
    """F6: hold while there is a cart, else the list."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._held = desk.services.held

    @property
    def has_cart(self) -> bool:
        return bool(self._desk.services.checkout.cart.lines)

    def hold(self, label: str = "") -> None:
        """Put the cart aside; without a label it is called by its customer."""
        self._desk.attempt(lambda: self._hold(label))

    def _hold(self, label: str) -> Answer:
        self._held.hold(label)
        self._desk.recount()
        self._desk.current = 0
        line = _("Có {n} đơn đang treo.").format(n=self._held.count)
        return Answer("accepted", _("Đã treo đơn"), line, AnswerAction("held", _("Mở đơn treo"), "F6"))

    def rows(self) -> tuple[HeldRow, ...]:
        """Oldest first, with their age."""
        session = self._desk.services.session
        return tuple(self._row(cart, session.now) for cart in self._held.all())

    def _row(self, cart: HeldCart, now: datetime) -> HeldRow:
        zone = self._desk.services.session.policy.timezone
        lines = ngettext("{n} dòng", "{n} dòng", cart.lines).format(n=cart.lines)
        same_day = cart.held_at.astimezone(zone).date() == now.astimezone(zone).date()
        day = "" if same_day else f"{weekday_date(cart.held_at, zone)} "
        since = _("treo lúc {time}").format(time=f"{day}{time_of_day(cart.held_at, zone)}")
        age = _age(int((now - cart.held_at).total_seconds()) // 60)
        title = cart.label or _("Đơn {n}").format(n=cart.id)
        return HeldRow(cart.id, title, f"{lines} · {since} · {age}", money(cart.total))

    def recall(self, held: int) -> str:
        """Go on with it. Returns why not, "" when it is open."""
        try:
            self._held.recall(held)
        except PosError as error:
            words = messages.words(error)
            return f"{words.title}. {words.line}".strip()
        self._desk.thanks = None
        self._desk.recount()
        self._desk.changed(Answer("accepted", _("Đã mở đơn treo"), _("Giá được tính lại theo hôm nay.")))
        return ""

    def throw_away(self, held: int) -> None:
        """For good; the screen has asked."""
        self._held.throw_away(held)
        self._desk.recount()
        self._desk.say(Answer("quiet", "", _("Đã bỏ đơn treo.")))


def _age(minutes: int) -> str:
    if minutes < 1:
        return _("vừa xong")
    if minutes < 60:
        return _("{n} phút").format(n=minutes)
    if minutes < 24 * 60:
        return _("{n} giờ").format(n=minutes // 60)
    return _("{n} ngày").format(n=minutes // (24 * 60))
