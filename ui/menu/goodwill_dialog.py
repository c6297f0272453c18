"""The dialog in which a counter voucher is given: which value, and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from pos_app.services.goodwill import GoodwillOffer
from pos_app.text import _, money_d, ngettext
from ui.dialogs import ReasonQuestion
from ui.widgets.choices import Choice, Segmented

_MOST_SHOWN = 4


class GoodwillDialog(ReasonQuestion):
    """One value needs no choice; up to four stand side by side."""

    def __init__(self, offers: Sequence[GoodwillOffer]) -> None:
        self._offers = tuple(offers[:_MOST_SHOWN])
        super().__init__(_("Tặng voucher"), _line(self._offers), _("Tặng và in"), name="goodwill")
        values = [offer.value for offer in self._offers]
        choices = [
            Choice(str(at), money_d(offer.value) if values.count(offer.value) == 1 else offer.name)
            for at, offer in enumerate(self._offers)
        ]
        self.values = Segmented(choices, "0", name="goodwillValues", spoken=_("Trị giá"))
        self.values.chosen.connect(self.values.choose)
        self.body.insertWidget(1, self.values)
        self.values.setVisible(len(choices) > 1)  # after it has its place: before, it would be a window

    @property
    def offer(self) -> GoodwillOffer:
        """The one that is chosen."""
        return self._offers[int(self.values.current() or 0)]


def _line(offers: Sequence[GoodwillOffer]) -> str:
    return "\n".join(
        ngettext("{value} · {name} · còn {n} tờ", "{value} · {name} · còn {n} tờ", offer.left).format(
            value=money_d(offer.value), name=offer.name, n=offer.left
        )
        for offer in offers
    )


def open_goodwill(
    window: QWidget, offers: Sequence[GoodwillOffer], give: Callable[[GoodwillOffer, str], None]
) -> GoodwillDialog:
    """Over the window; `give` gets the offer and the reason. Returns at once."""
    dialog = GoodwillDialog(offers)
    dialog.on_accept(lambda: give(dialog.offer, dialog.reason())).open_over(window)
    return dialog
