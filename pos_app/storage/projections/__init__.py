"""What documents do to the till's own figures, one file a kind, derived from the body alone.

So everything here can be thrown away and made again from the journal. Training has no effects.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind as Kind
from pos_app.storage.documents import BookedDocument
from pos_app.storage.projections import (
    cash,
    given,
    orders,
    points,
    receipts,
    returns,
    shifts,
    small,
    stock,
    store_credit,
    vouchers,
)

Apply = Callable[[Connection, BookedDocument], None]

_ALWAYS: tuple[Apply, ...] = (receipts.apply,)
_GOODS_AND_MONEY = (stock.moved, points.entered, cash.paid, store_credit.moved)
_REAL: dict[str, tuple[Apply, ...]] = {
    Kind.SHIFT_OPEN: (shifts.opened, cash.opening),
    Kind.SHIFT_CLOSE: (shifts.closed,),
    Kind.SHIFT_VERIFY: (shifts.verified,),
    Kind.SALE: (*_GOODS_AND_MONEY, vouchers.used, given.handed_out),
    Kind.RETURN: (*_GOODS_AND_MONEY, returns.came_back, vouchers.released_by_return, given.handed_out),
    Kind.EXCHANGE: (*_GOODS_AND_MONEY, returns.came_back, vouchers.used, given.handed_out),
    Kind.VOID: (
        stock.reversed_by_id,
        points.entered,
        cash.paid,
        store_credit.moved,
        returns.reversed_whole,
        vouchers.released_by_void,
    ),
    Kind.HANDOVER: (*_GOODS_AND_MONEY, orders.handed_over, vouchers.used),
    Kind.HANDOVER_REVERSAL: (
        stock.brought_back,
        points.entered,
        cash.paid,
        store_credit.moved,
        orders.taken_back,
        returns.reversed_whole,
        vouchers.released_by_void,
    ),
    Kind.ORDER_PAYMENT: (cash.paid, store_credit.moved, orders.paid),
    Kind.ORDER_EVENT: (orders.moved_on,),
    Kind.RESERVATION_RELEASE: (orders.released,),
    Kind.POINTS_ADJUST: (points.adjusted,),
    Kind.STOCK_ADJUST: (stock.adjusted,),
    Kind.STOCK_COUNT: (stock.counted,),
    Kind.CASH_IN: (cash.put_in,),
    Kind.CASH_OUT: (cash.taken_out,),
    Kind.TENDER_CORRECTION: (cash.corrected,),
    Kind.PAYMENT_REFUND: (cash.given_back,),
    Kind.VOUCHER_REFUSED: (small.refused_code,),
    Kind.VOUCHER_ISSUE: (given.handed_out,),
    Kind.DRAWER_OPEN: (small.drawer_opened,),
    Kind.CUSTOMER_CREATE: (small.own_customer,),
}


def project(connection: Connection, document: BookedDocument) -> None:
    """Write the effects of one document."""
    for apply in _ALWAYS:
        apply(connection, document)
    if not document.training:
        shifts.belongs(connection, document)
        for apply in _REAL.get(document.kind, ()):
            apply(connection, document)
