"""Orders to be picked up here: the feed's state with what own documents did to it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pos_app.domain.order import HandoverState, Order, PaymentState, Prepaid, PreparationState
from pos_app.domain.tender import TenderKind
from pos_app.storage.files import TillFiles
from pos_app.storage.json_text import JsonObject, object_of
from pos_app.storage.marker import Marker, marker_of

_ORDER = (
    "SELECT item.body FROM waiting_order JOIN item ON item.feed = 'orders' AND item.key = waiting_order.key "
)


class OrderStore:
    """Several hits on a short code or tag are several orders: the cashier must ask for the QR."""

    def __init__(self, files: TillFiles) -> None:
        self._files = files

    def by_number(self, order: int) -> Order | None:
        """By the number inside the pickup code."""
        return self._first("order_no = ?", order)

    def by_text(self, number: str) -> Order | None:
        """By what is printed: "MN-48207"."""
        return self._first("number = ?", number.strip().upper())

    def by_serial(self, serial: int | str) -> Order | None:
        """By the serial of the pickup code."""
        return self._first("serial = ?", str(serial))

    def by_short_code(self, code: str) -> list[Order]:
        """By what was typed; dashes do not matter."""
        return self._all("short_code = ?", code.replace("-", "").strip().upper())

    def by_tag(self, tag: str) -> list[Order]:
        """Orders of a phone number that are not all handed over."""
        return self._all("tag = ? AND is_open ORDER BY promised_by", tag)

    def by_customer(self, customer: str) -> list[Order]:
        return self._all("customer = ? AND is_open ORDER BY promised_by", customer)

    def waiting(self, limit: int = 200) -> list[Order]:
        """Not all handed over yet, the earliest promise first."""
        found = self._all("is_open ORDER BY promised_by LIMIT ?", limit)
        return [order for order in found if order.handover in (HandoverState.NONE, HandoverState.PART)]

    def told(self, order: Order) -> Order:
        """An order that central's look-up has told of, with what own documents did to it since the feed."""
        with self._files.store.reading() as connection:
            marker = marker_of(connection, "orders")
        return self._shown(order, marker)

    def body(self, order: int) -> JsonObject | None:
        """The feed's item as it came."""
        with self._files.store.reading() as connection:
            row = connection.exec_driver_sql(_ORDER + "WHERE order_no = ?", (order,)).fetchone()
        return None if row is None else object_of(row[0])

    def unknown_in_shift(self) -> int:
        """Hand-overs of orders that were not known here, in the open shift (protocol §11)."""
        with self._files.till.reading() as connection:
            return int(
                connection.exec_driver_sql(
                    "SELECT count(*) FROM order_effect JOIN receipt USING (doc_id) "
                    "JOIN shift ON shift.state = 'open' AND shift.epoch = receipt.epoch "
                    "AND shift.number = receipt.shift "
                    "WHERE effect = 'handover' AND json_extract(body, '$.provisional')"
                ).scalar_one()
            )

    def _first(self, where: str, value: object) -> Order | None:
        found = self._all(where, value)
        return found[0] if found else None

    def _all(self, where: str, value: object) -> list[Order]:
        with self._files.store.reading() as connection:
            rows = connection.exec_driver_sql(f"{_ORDER} WHERE {where}", (value,)).fetchall()
            marker = marker_of(connection, "orders")
        return [self._shown(Order.from_json(object_of(row[0])), marker) for row in rows]

    def _shown(self, order: Order, marker: Marker) -> Order:
        with self._files.till.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT doc_id, epoch, seq, effect, body FROM order_effect WHERE order_no = ? "
                "ORDER BY epoch, seq",
                (order.order,),
            ).fetchall()
        for doc_id, epoch, seq, effect, body in rows:
            if not marker.contains(doc_id, epoch, seq):
                order = _APPLY[effect](order, object_of(body))
        return order


def _handed_over(order: Order, body: Mapping[str, Any]) -> Order:
    if body.get("provisional"):
        # handed over before its lines were known: all of it is gone until central has matched them
        return order.after({line.no: line.left for line in order.lines}, {})
    handed = {int(no): int(quantity) for no, quantity in body["handed"].items()}
    refused = {int(no): int(quantity) for no, quantity in body["refused"].items()}
    after = order.after(handed, refused)
    if all(line.gone == 0 for line in after.lines):
        return replace(after, handover=HandoverState.NONE)
    return after


def _paid(order: Order, body: Mapping[str, Any]) -> Order:
    """A deposit: from now on it is prepaid money of this order."""
    deposits = tuple(
        Prepaid(len(order.prepaid) + place, TenderKind.DEPOSIT, amount, TenderKind(kind), body["doc_id"])
        for place, (kind, amount) in enumerate(_by_kind(body), start=1)
    )
    after = replace(order, prepaid=order.prepaid + deposits)
    is_paid = after.prepaid_total >= after.total
    return replace(after, payment=PaymentState.PAID if is_paid else PaymentState.PART)


def _by_kind(body: Mapping[str, Any]) -> list[tuple[str, int]]:
    """Kinds and amounts that sum to what was paid off: the rounding of cash is not owed again."""
    parts = [(str(tender["kind"]), int(tender["amount"])) for tender in body["tenders"]]
    rounding = sum(amount for _, amount in parts) - int(body["amount"])
    cash = max((place for place, (kind, _) in enumerate(parts) if kind == TenderKind.CASH), default=None)
    if cash is not None:
        parts[cash] = (parts[cash][0], parts[cash][1] - rounding)
    return [(kind, amount) for kind, amount in parts if amount]


_PREPARED = {"picking": PreparationState.PICKING, "ready": PreparationState.READY}
_ENDED = {"unclaimed": HandoverState.EXPIRED, "returned_to_stock": HandoverState.RETURNED}


def _moved_on(order: Order, body: Mapping[str, Any]) -> Order:
    event = body["event"]
    return replace(
        order,
        preparation=_PREPARED.get(event, order.preparation),
        handover=_ENDED.get(event, order.handover),
        shelf=str(body.get("shelf") or order.shelf),
    )


_APPLY = {"handover": _handed_over, "payment": _paid, "event": _moved_on}
