"""What central says of an order to be handed over and of a receipt on which goods come back (protocol §9)."""

from __future__ import annotations

from pos_app.domain.errors import OrderCancelled, OrderExpired, ReceiptRevoked, UsedElsewhere
from pos_app.domain.order import Order
from pos_app.domain.original import OriginalSale
from pos_app.services.claims import Claims
from pos_app.services.online_checks import CheckKind


def ask_handover(claims: Claims, order: Order) -> None:
    """Silence leaves it to the policy, and so does an order that central has lost.

    Raises AskCentral, UsedElsewhere, OrderCancelled, OrderExpired.
    """
    left = sum(line.left for line in order.lines)
    verdict = claims.verdict(CheckKind.HANDOVER, str(order.order), left)
    if verdict is None:
        return
    match verdict.word:
        case "used" | "insufficient":
            raise UsedElsewhere(reason="handover", number=order.number, holder=verdict.holder)
        case "cancelled":
            raise OrderCancelled(number=order.number)
        case "revoked":
            raise OrderExpired(number=order.number, last_day=None, reason="expired")


def ask_return(claims: Claims, key: str, sale: OriginalSale) -> None:
    """Silence, and a sale that central has not seen yet, are the policy's.

    Raises AskCentral, UsedElsewhere, ReceiptRevoked.
    """
    verdict = claims.verdict(CheckKind.RETURN, key, sum(line.left for line in sale.lines))
    if verdict is None:
        return
    if verdict.word in ("used", "insufficient"):
        raise UsedElsewhere(reason="return", holder=verdict.holder)
    if verdict.word in ("revoked", "cancelled"):
        raise ReceiptRevoked(receipt_no=sale.receipt_no)
