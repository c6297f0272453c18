"""Which function books which kind. A kind that is not here is stored and quarantined until it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from central.apply import (
    customer,
    exchange,
    handover,
    issued,
    order_payment,
    orders,
    payments,
    resolution,
    return_,
    reversal,
    sale,
    shift,
    small,
    tender_correction,
    void,
)
from central.apply.booking import Booking

Apply = Callable[[Booking], None]

SCHEMA = 1
"""The newest schema of a body that is understood."""

KINDS: Mapping[str, Apply] = {
    "app_start": small.kept,
    "approval": small.kept,
    "cash_in": small.cash_in,
    "cash_out": small.cash_out,
    "case_resolution": resolution.apply,
    "clock_anomaly": small.clock_anomaly,
    "consent": customer.agree,
    "customer_create": customer.create,
    "customer_update": customer.change,
    "db_check": small.kept,
    "discount_manual": small.kept,
    "drawer_open": small.kept,
    "epoch_start": small.epoch_start,
    "exchange": exchange.apply,
    "export": small.kept,
    "handover": handover.apply,
    "handover_reversal": reversal.apply,
    "line_removed": small.kept,
    "lock": small.kept,
    "order_create": orders.created,
    "order_event": orders.happened,
    "order_payment": order_payment.apply,
    "payment_intent": payments.asked,
    "payment_refund": payments.given_back,
    "payment_result": payments.answered,
    "points_adjust": small.points_adjust,
    "price_override": small.kept,
    "receipt_reprint": small.kept,
    "recovery": small.kept,
    "reservation_release": orders.released,
    "return": return_.apply,
    "sale": sale.apply,
    "shift_close": shift.closed,
    "shift_open": shift.opened,
    "shift_verify": shift.verified,
    "sign_in": small.kept,
    "sign_out": small.kept,
    "stock_adjust": small.stock_adjust,
    "stock_count": small.stock_count,
    "tender_correction": tender_correction.apply,
    "training": small.kept,
    "void": void.apply,
    "voucher_issue": issued.apply,
    "voucher_refused": small.kept,
}
