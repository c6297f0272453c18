"""An order that comes to central after its goods or a deposit: hand-overs meet its lines (protocol §11)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, insert, select, update

from central import results
from central.apply.matching import Excess, excesses, fit, ordered_lines, taken_before
from central.apply.reading import Body
from central.cases import Trouble, add_facts, open_case
from central.keys import instant_text
from central.publish import Touched
from central.results import Outcome
from central.tables.inbox import case, document, result
from central.tables.ledgers import loss_entry, order_entry
from central.tables.money import receipt
from central.tables.orders import order
from sync.messages import ResultStatus

UNKNOWN, TWICE = "ORDER_UNKNOWN", "DUPLICATE_HANDOVER"
LOSS: Final = "handover_loss"


def meet(connection: Connection, number: int, now: datetime) -> Touched:
    """Enters what of an order that was just placed is gone already; what is to be published of it.

    The case of each document stays for a person to close and gets the new facts; its result says from now on
    what is still odd: goods that are not in the order, or more of them than were ordered.
    """
    touched = Touched(orders={number})
    for given in _given(connection, number):
        _meet(connection, number, given, now)
        touched.results.add(given.doc_id)
        if given.sold is not None:
            touched.sales.add(given.doc_id)
    return touched


def _given(connection: Connection, number: int) -> Sequence[Any]:
    """Hand-overs and deposits, in the order in which they came."""
    query = (
        select(
            receipt.c.doc_id, receipt.c.till, receipt.c.store, receipt.c.staff,
            receipt.c.body.label("sold"), document.c.body, result.c.case, result.c.codes, result.c.status,
        )
        .join(document, document.c.doc_id == receipt.c.doc_id)
        .join(result, result.c.doc_id == receipt.c.doc_id)
        .where(receipt.c.order == number, receipt.c.kind.in_(("handover", "order_payment")))
        .order_by(document.c.received_at, document.c.till, document.c.epoch, document.c.seq)
    )  # fmt: skip
    return connection.execute(query).all()


def _meet(connection: Connection, number: int, given: Row[Any], now: datetime) -> None:
    payload = json.loads(bytes(given.body))["payload"]
    ordered, taken = ordered_lines(connection, number), taken_before(connection, number, given.doc_id)
    goods = payload.get("lines", [])
    lines = fit(goods, ordered, taken)
    # lines that named the order's were entered with the hand-over itself
    found = [line for line in lines if line.get("order_line") is not None and line not in goods]
    rows = [{"line": line["order_line"], "handed": line["quantity"], "refused": 0} for line in found]
    if rows:
        connection.execute(
            insert(order_entry), [{"doc_id": given.doc_id, "order": number, **row} for row in rows]
        )
    if given.sold is not None:
        _name(connection, number, given, payload)
    strange = [line.get("product") for line in lines if line.get("order_line") is None]
    _tell(connection, given, (found, strange, list(excesses(lines, ordered, taken))), now)


def _name(connection: Connection, number: int, given: Row[Any], payload: Body) -> None:
    """What a return of these goods must know of the order."""
    known = connection.execute(select(order).where(order.c.order == number)).one()
    body = {**given.sold, "order_number": known.number}
    if "web_credited" not in payload:
        body["web_credited"] = known.web_credited
    connection.execute(update(receipt).where(receipt.c.doc_id == given.doc_id).values(body=body))


def _tell(
    connection: Connection,
    given: Row[Any],
    met: tuple[Sequence[Body], Sequence[str | None], Sequence[Excess]],
    now: datetime,
) -> None:
    found, strange, beyond = met
    facts: dict[str, Any] = {
        "order_came": instant_text(now),
        "matched": [{"order_line": line["order_line"], "quantity": line["quantity"]} for line in found],
        "not_in_order": list(strange),
        "excess": [
            {"order_line": one.order_line, "excess": one.quantity, "amount": one.amount} for one in beyond
        ],
    }
    if given.case is not None:
        add_facts(connection, given.case, facts)
    codes = [code for code in given.codes if code != UNKNOWN or strange]
    if beyond:
        codes = list(dict.fromkeys([*codes, TWICE]))
        _lose(connection, given, sum(one.amount for one in beyond), facts, now)
    status: ResultStatus = "applied_flagged" if codes else "applied"
    is_fork = given.status == "fork"
    outcome = Outcome("fork" if is_fork else status, codes, given.case, booked=True, fork=is_fork)
    results.save(connection, given.doc_id, outcome, now)


def _lose(connection: Connection, given: Row[Any], amount: int, facts: dict[str, Any], now: datetime) -> None:
    """With the case of the hand-over, or with a new one when a person has closed that."""
    still = select(case.c.id).where(case.c.id == given.case, case.c.closed_at.is_(None))
    about: dict[str, Any] = {"doc_id": given.doc_id, "till": given.till, "store": given.store}
    case_id = connection.scalar(still)
    if case_id is None:
        case_id = open_case(connection, Trouble(code="DUPLICATE_HANDOVER", facts=facts, **about), now)
    row = {"doc_id": given.doc_id, "store": given.store, "staff": given.staff, "reason": LOSS}
    connection.execute(insert(loss_entry), {**row, "amount": amount, "case": case_id, "at": now})
