"""From what the cashier sees to what the customer may see. Knows no Qt and no rule of the shop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos_app.text import _, money
from ui.customer_display.state import (
    DisplayFigure,
    DisplayLine,
    DisplayOwner,
    DisplayQr,
    DisplayState,
    DisplaySum,
)
from ui.pay.state import PayState, TakenState
from ui.pickup.state import PickupState
from ui.sell.state import CustomerState, SellState, ThanksState

Later = Callable[[Callable[[], None]], None]
"""Calls back on the next turn of the event loop."""


@dataclass(frozen=True, slots=True)
class DisplayFacts:
    """`shop` = the name over the door, and the line below it; `is_online` when the sale was made."""

    shop: Callable[[], tuple[str, str]]
    is_online: Callable[[], bool]


class DisplayPresenter:
    """Told every state of the counter; shows the newest one when the loop has turned, never before."""

    def __init__(self, facts: DisplayFacts, later: Later) -> None:
        self._facts = facts
        self._later = later
        self._is_due = False
        self._screen = ""
        self._sell = SellState()
        self._pay = PayState()
        self._pickup = PickupState()
        self._qr: DisplayQr | None = None
        self._show: Callable[[DisplayState], None] | None = None

    # --- what it is told -----------------------------------------------------------------------
    def shown_by(self, show: Callable[[DisplayState], None] | None) -> None:
        """Who shows the state, None while there is no display."""
        self._show = show
        self._changed()

    def sell_shown(self, state: SellState) -> None:
        """The cashier's cart."""
        self._sell = state
        self._changed()

    def pay_shown(self, state: PayState) -> None:
        """The pay screen."""
        self._pay = state
        self._changed()

    def pickup_shown(self, state: PickupState) -> None:
        """The pick-up screen."""
        self._pickup = state
        self._changed()

    def screen_shown(self, name: str) -> None:
        """Which screen the cashier has on top."""
        self._screen = name
        if name != "pay":
            self._qr = None
        self._changed()

    def qr_shown(self, code: DisplayQr | None) -> None:
        """A code to pay with, None when it is gone."""
        self._qr = code
        self._changed()

    def refresh(self) -> None:
        """The shop's name or the connection may be another one."""
        self._changed()

    def _changed(self) -> None:
        if self._show is None or self._is_due:
            return
        self._is_due = True
        self._later(self._turned)

    def _turned(self) -> None:
        self._is_due = False
        if self._show is not None:
            self._show(self.state())

    # --- state ---------------------------------------------------------------------------------
    def state(self) -> DisplayState:
        """What stands on the display at this moment."""
        shop, place = self._facts.shop()
        state = DisplayState(shop=shop, place=place)
        if self._screen == "pay":
            return self._paying(state)
        if self._screen == "pickup":
            return self._handing_over(state)
        if self._sell.thanks is not None:
            return self._thanking(state, self._sell.thanks)
        return self._selling(state) if self._sell.lines else state

    def _selling(self, state: DisplayState) -> DisplayState:
        sell = self._sell
        return replace(
            state,
            mode="cart",
            owner=_owner(sell.customer, sell.earns),
            lines=_cart_lines(sell),
            sums=_sums(sell.sums, ()),
            figures=(DisplayFigure(_("Tổng cộng"), sell.total, sell.heading),),
        )

    def _paying(self, state: DisplayState) -> DisplayState:
        pay, sell = self._pay, self._sell
        customer = sell.customer if pay.is_sale else None
        return replace(
            state,
            mode="pay",
            owner=_owner(customer, pay.earns),
            lines=_cart_lines(sell) if pay.is_sale else self._order_lines(),
            sums=_sums(pay.sums, pay.taken),
            figures=_figures(pay),
            qr=self._qr,
        )

    def _handing_over(self, state: DisplayState) -> DisplayState:
        if self._pickup.view == "done":
            return replace(state, mode="thanks", title=_("Cảm ơn quý khách"), title_line=_("Đã giao hàng"))
        lines = self._order_lines()
        if not lines:
            return state
        return replace(state, mode="cart", lines=lines, title=_("Hàng quý khách đặt"))

    def _order_lines(self) -> tuple[DisplayLine, ...]:
        order = self._pickup.order
        rows = () if order is None else order.rows
        return tuple(DisplayLine(row.key, row.face, row.name, row.quantity, row.amount) for row in rows)

    def _thanking(self, state: DisplayState, thanks: ThanksState) -> DisplayState:
        change = DisplayFigure(_("Tiền thừa"), thanks.change, thanks.notes, "ok")
        paid = _("Đã trả {amount} · {receipt}").format(amount=thanks.paid, receipt=thanks.receipt)
        return replace(
            state,
            mode="thanks",
            title=_("Cảm ơn quý khách"),
            title_line=paid,
            figures=(change,) if thanks.change else (),
            points=_("Quý khách được tích {n} điểm").format(n=money(thanks.earned)) if thanks.earned else "",
            note=self._when_points_show(thanks.earned),
        )

    def _when_points_show(self, earned: int) -> str:
        if not earned or self._facts.is_online():
            return ""
        return _("Điểm đã ghi, sẽ hiện khi có mạng")


def _owner(customer: CustomerState | None, earns: int) -> DisplayOwner | None:
    """The name stays with the cashier."""
    if customer is None:
        return None
    earning = _("Được tích {n} điểm").format(n=money(earns)) if earns else ""
    return DisplayOwner(customer.phone, customer.tier, customer.tier_dot, earning)


def _cart_lines(sell: SellState) -> tuple[DisplayLine, ...]:
    return tuple(
        DisplayLine(line.key, line.face, line.name, line.quantity, line.amount, line.was)
        for line in sell.lines
    )


def _sums(rows: tuple[tuple[str, str], ...], taken: tuple[TakenState, ...]) -> tuple[DisplaySum, ...]:
    """Goods, what was taken off, and what was paid already."""
    sums = [
        DisplaySum(_("Được giảm"), value, "ok") if value.startswith("−") else DisplaySum(label, value)
        for label, value in rows
        if not value.startswith("+")
    ]
    return (*sums, *(DisplaySum(_paid(one), f"−{one.amount}") for one in taken))


def _paid(tender: TakenState) -> str:
    """Points say how many; numbers of cards and slips stay with the cashier."""
    return f"{tender.title} · {tender.line}" if tender.icon == "star" else tender.title


def _figures(pay: PayState) -> tuple[DisplayFigure, ...]:
    due = DisplayFigure(_("Còn phải trả"), pay.due)
    figure = pay.figure
    if figure.kind == "change":
        return due, DisplayFigure(_("Tiền thừa"), figure.amount, figure.notes, "ok")
    if figure.kind == "short":
        return due, DisplayFigure(_("Còn thiếu"), figure.amount, "", "need")
    return (due,)
