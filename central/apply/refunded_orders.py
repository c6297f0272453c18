"""A refund that is told after the goods were handed over: as odd as goods handed over after it (§10 c)."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, insert, select, update

from central.apply.others import payload_of
from central.cases import Trouble, open_case
from central.tables.inbox import case, result
from central.tables.ledgers import loss_entry
from central.tables.money import receipt

CASE: Final = "HANDOVER_AFTER_REFUND"


def refunded_late(connection: Connection, number: int, now: datetime) -> list[str]:
    """A case and our loss for each hand-over of the order: it came between the cancelling and the refund.

    Their results say so from now on; the ids of the documents.
    """
    query = (
        select(receipt, result.c.codes, case.c.facts)
        .join(result, result.c.doc_id == receipt.c.doc_id)
        .outerjoin(case, case.c.id == result.c.case)
        .where(receipt.c.order == number, receipt.c.kind == "handover")
        .order_by(receipt.c.doc_id)
    )
    found = connection.execute(query).all()
    for given in found:
        lines = (payload_of(connection, given.doc_id) or {}).get("lines", ())
        amount = sum(line["amount"] for line in lines)
        flag = {"code": CASE, "order": number, "amount": amount}
        flags = [*(given.facts or {}).get("flags", ()), flag]
        facts = {"flags": flags, "staff": given.staff, "receipt_no": given.receipt_no}
        about: dict[str, Any] = {"doc_id": given.doc_id, "till": given.till, "store": given.store}
        case_id = open_case(connection, Trouble(code=CASE, facts=facts, **about), now)
        row = {"doc_id": given.doc_id, "store": given.store, "staff": given.staff, "reason": "handover_loss"}
        connection.execute(insert(loss_entry), {**row, "amount": amount, "case": case_id, "at": now})
        said = {"status": "applied_flagged", "codes": [*given.codes, CASE], "case": case_id, "at": now}
        said |= {"status": "fork"} if given.fork else {}
        connection.execute(update(result).where(result.c.doc_id == given.doc_id).values(said))
    return [given.doc_id for given in found]
