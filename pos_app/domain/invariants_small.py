"""Invariants of the kinds that move one thing each: payments, counts, orders, points (protocol §3a)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from pos_app.domain.tender import TenderKind
from pos_app.domain.violation import Payload, Violation

ORDER_EVENTS: Final = ("picking", "ready", "refused", "unclaimed", "returned_to_stock")
PAYMENT_STATES: Final = ("approved", "declined", "unknown")
CORRECTABLE: Final = (TenderKind.CASH, TenderKind.TRANSFER, TenderKind.CARD, TenderKind.E_WALLET)
"""The kinds that a cashier may have mixed up; what hangs on an account cannot be renamed (rules: Tenders)."""


def _above_zero(payload: Payload, name: str, path: str = "") -> Iterator[Violation]:
    if payload[name] <= 0:
        yield Violation("sign", f"{path}{name}", "> 0", payload[name])


def _not_below_zero(payload: Payload, name: str, path: str = "") -> Iterator[Violation]:
    if payload[name] < 0:
        yield Violation("sign", f"{path}{name}", ">= 0", payload[name])


def _reason(payload: Payload) -> Iterator[Violation]:
    if not payload.get("reason"):
        yield Violation("reason_missing", "reason")


def _one_of(payload: Payload, name: str, values: tuple[str, ...]) -> Iterator[Violation]:
    if payload[name] not in values:
        yield Violation("unknown_value", name, values, payload[name])


def _numbers(payload: Payload, name: str) -> Iterator[Violation]:
    numbers = [line[name] for line in payload["lines"]]
    if len(set(numbers)) != len(numbers):
        yield Violation("line_numbers", "lines", len(numbers), len(set(numbers)))


def _order_create(payload: Payload) -> Iterator[Violation]:
    yield from _above_zero(payload, "order")
    yield from _numbers(payload, "no")
    for place, line in enumerate(payload["lines"]):
        path = f"lines[{place}]."
        yield from _above_zero(line, "quantity", path)
        yield from _not_below_zero(line, "amount", path)


def _order_event(payload: Payload) -> Iterator[Violation]:
    yield from _one_of(payload, "event", ORDER_EVENTS)
    for place, line in enumerate(payload.get("lines") or ()):
        yield from _above_zero(line, "quantity", f"lines[{place}].")


def _release(payload: Payload) -> Iterator[Violation]:
    yield from _reason(payload)
    for place, line in enumerate(payload["lines"]):
        yield from _above_zero(line, "quantity", f"lines[{place}].")


def _voucher_issue(payload: Payload) -> Iterator[Violation]:
    yield from _reason(payload)
    yield from _not_below_zero(payload, "value")


def _points_adjust(payload: Payload) -> Iterator[Violation]:
    yield from _reason(payload)
    if payload["delta"] == 0:
        yield Violation("sign", "delta", "not 0", 0)


def _tender_correction(payload: Payload) -> Iterator[Violation]:
    yield from _reason(payload)
    for name in ("from", "to"):
        yield from _one_of(payload, name, CORRECTABLE)
    if payload["from"] == payload["to"]:
        yield Violation("unknown_value", "to", "another kind", payload["to"])


def _payment_intent(payload: Payload) -> Iterator[Violation]:
    yield from _above_zero(payload, "amount")
    TenderKind(payload["kind"])


def _payment_result(payload: Payload) -> Iterator[Violation]:
    yield from _one_of(payload, "state", PAYMENT_STATES)


def _stock_count(payload: Payload) -> Iterator[Violation]:
    yield from _numbers(payload, "product")
    for place, line in enumerate(payload["lines"]):
        yield from _not_below_zero(line, "counted", f"lines[{place}].")


SMALL_CHECKS: Final[Mapping[str, Callable[[Payload], Iterator[Violation]]]] = {
    "order_create": _order_create,
    "order_event": _order_event,
    "payment_intent": _payment_intent,
    "payment_refund": _payment_intent,
    "payment_result": _payment_result,
    "points_adjust": _points_adjust,
    "reservation_release": _release,
    "stock_count": _stock_count,
    "tender_correction": _tender_correction,
    "voucher_issue": _voucher_issue,
}
