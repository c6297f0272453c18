"""*Tặng voucher* of the menu: asks for the value and the reason, and says how it went."""

from __future__ import annotations

from collections.abc import Callable

from pos_app.bootstrap.menus import Menus
from pos_app.bootstrap.navigation import Navigation
from pos_app.domain.errors import PosError
from pos_app.services.goodwill import Goodwill, GoodwillOffer
from pos_app.text import _, money_d
from ui import messages
from ui.answers import Answer
from ui.menu.goodwill_dialog import open_goodwill


class GoodwillVouchers:
    """`committed` wakes printing and sync."""

    def __init__(self, goodwill: Goodwill, go: Navigation, committed: Callable[[], None]) -> None:
        self._goodwill = goodwill
        self._go = go
        self._committed = committed

    def offer(self, menus: Menus) -> None:
        """From now on the menu leads here."""
        menus.goodwill_asked = self.ask

    def ask(self) -> None:
        """Opens the dialog, or says that there is nothing to give."""
        try:
            offers = self._goodwill.offers()
        except PosError as error:
            self._go.say(messages.answer(error))
            return
        open_goodwill(self._go.window, offers, self._give)

    def _give(self, offer: GoodwillOffer, reason: str) -> None:
        try:
            self._goodwill.issue(offer, reason)
        except PosError as error:
            self._go.say(messages.answer(error))
            return
        title = _("Đã tặng voucher {value}").format(value=money_d(offer.value))
        self._go.say(Answer("accepted", title, _("Đưa khách tờ voucher vừa in.")))
        self._committed()
