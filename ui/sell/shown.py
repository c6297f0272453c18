"""The sell screen's state, made of what the services say at this moment."""

from __future__ import annotations

from pos_app.domain.points import points_of
from pos_app.domain.priced import PricedCart
from pos_app.services.selling import buyer_of
from pos_app.text import _, money
from ui import messages
from ui.answers import Answer
from ui.goods import icons_by
from ui.sell.customer_card import CustomerCards
from ui.sell.lines import LineStates, heading
from ui.sell.state import SellState, ThanksState, VoucherState
from ui.sell.ways import SellServices


class Shown:
    """Keeps what a scan does not change: other lines, the customer's card."""

    def __init__(self, services: SellServices) -> None:
        self._services = services
        self._lines = LineStates()
        self._cards = CustomerCards(services)
        self._held, self._waiting = 0, 0

    def count(self) -> None:
        """Look up what waits: held carts and online orders. Not with every scan."""
        self._held, self._waiting = self._services.held.count, self._services.waiting()

    def state_of(self, current: int, answer: Answer, thanks: ThanksState | None) -> SellState:
        """Everything of the screen. Raises NoPriceInForce for a kept cart whose goods have lost theirs."""
        services = self._services
        cart, priced = services.checkout.cart, services.checkout.priced()
        icons = icons_by({category.id: category.icon for category in services.catalogue.categories()})
        taken = frozenset(str(use.serial) for use in cart.vouchers)
        return SellState(
            lines=self._lines.of(cart, priced, icons, current),
            current=current,
            heading=heading(priced),
            customer=self._cards.of(cart.customer, taken),
            vouchers=_vouchers(priced),
            sums=_sums(services, priced),
            total=priced.total,
            exact=money(services.session.policy.cash_rounding.kept(priced.total)),
            held=self._held,
            waiting=self._waiting,
            answer=answer,
            thanks=thanks,
            earns=_earned(services, priced),
        )


def _vouchers(priced: PricedCart) -> tuple[VoucherState, ...]:
    return tuple(
        VoucherState(
            voucher.use.serial,
            voucher.use.campaign.name,
            money(-voucher.amount) if voucher.amount else "",
            "" if voucher.refused is None else messages.words(voucher.refused).title,
        )
        for voucher in priced.vouchers
    )


def _sums(services: SellServices, priced: PricedCart) -> tuple[tuple[str, str], ...]:
    rows = [(_("Tổng tiền hàng"), money(priced.gross))]
    if priced.discount:
        rows.append((_("Giảm giá"), money(-priced.discount)))
    buyer = buyer_of(services.checkout.cart.customer)
    if buyer is not None and buyer.earns:
        rows.append((_("Tích điểm"), f"+{money(_earned(services, priced))}"))
    return tuple(rows)


def _earned(services: SellServices, priced: PricedCart) -> int:
    """Points that the cart would bring."""
    buyer = buyer_of(services.checkout.cart.customer)
    return points_of(priced.total, buyer.tier_percent) if buyer is not None and buyer.earns else 0
