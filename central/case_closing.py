"""Closing a case: a person chooses one of its actions, and a document of the office journal books it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, Row, select

from central import case_actions, office
from central.errors import NotFound, Refusal, Unprocessable
from central.fences import is_booked
from central.keys import TenantKeys
from central.publishing.customers import balance_of
from central.tables.customers import customer_alias
from central.tables.inbox import case
from central.tables.ledgers import loss_entry
from central.tables.transfers import awaited_transfer
from pos_app.domain.document import DocumentKind
from pos_app.domain.points import POINT_WORTH

Payload = dict[str, Any]
_NOTE_LIMIT: Final = 500


class CaseClosed(Refusal):
    """Somebody was faster; the case is closed already."""

    status = 409
    code = "case_closed"


class StillQuarantined(Refusal):
    """Central cannot apply the document yet: nothing has been changed."""

    status = 409
    code = "still_quarantined"


def close_case(
    connection: Connection, keys: TenantKeys, case_id: str, action: str, by: int, note: str, now: datetime
) -> str:
    """Books the action and closes the case; the id of the `case_resolution`.

    `by`: staff number. Raises NotFound, CaseClosed, StillQuarantined, Unprocessable (`action_not_allowed`,
    `note_missing`, `person_missing`); the caller's transaction is then rolled back.
    """
    row = connection.execute(select(case).where(case.c.id == case_id)).one_or_none()
    if row is None:
        raise NotFound("unknown_case")
    if row.closed_at is not None:
        raise CaseClosed
    if action not in case_actions.actions_of(row.code):
        raise Unprocessable("action_not_allowed", actions=list(case_actions.actions_of(row.code)))
    if action == case_actions.IGNORE and not note.strip():
        raise Unprocessable("note_missing")
    effects = _EFFECTS.get(action, _nothing)(connection, row)
    payload = {"case": case_id, "code": row.code, "action": action, "note": note[:_NOTE_LIMIT], **effects}
    return _resolve(connection, keys, payload, by, now)


def undo_merge(
    connection: Connection, keys: TenantKeys, alias: str, by: int, note: str, now: datetime
) -> str:
    """Two customers that were made one are two again; no case is needed. The id of the document.

    Raises NotFound for an id that was not merged into another.
    """
    main = connection.scalar(select(customer_alias.c.customer).where(customer_alias.c.alias == alias))
    if main is None:
        raise NotFound("not_merged")
    payload = {"action": case_actions.UNDO_MERGE, "note": note[:_NOTE_LIMIT], "customer": alias, "from": main}
    return _resolve(connection, keys, payload, by, now)


def _resolve(connection: Connection, keys: TenantKeys, payload: Payload, by: int, now: datetime) -> str:
    if by <= 0:
        raise Unprocessable("person_missing")
    decision = office.Decision(DocumentKind.CASE_RESOLUTION, payload, by)
    doc_id, outcome = office.write(connection, keys, decision, now)
    if not outcome.booked:
        raise Refusal("not_resolved", note=outcome.note)
    again = payload.get("document")
    if again is not None and not is_booked(connection, again):
        raise StillQuarantined
    return doc_id


# --- what the document says of its effects: numbers, so that it can be booked and proven again ------------
def _nothing(_connection: Connection, _row: Row[Any]) -> Payload:
    return {}


def _collect(connection: Connection, row: Row[Any]) -> Payload:
    """Every loss that was booked with the case."""
    losses = connection.execute(
        select(loss_entry).where(loss_entry.c.case == row.id).order_by(loss_entry.c.id)
    )
    return {
        "losses": [
            {"reason": loss.reason, "amount": -loss.amount, "store": loss.store, "staff": loss.staff or 0}
            for loss in losses
        ]
    }


def _correct_points(connection: Connection, row: Row[Any]) -> Payload:
    customer = _flag(row, "POINTS_OVERDRAWN")["customer"]
    missing = max(0, -balance_of(connection, customer))
    facts = {"store": row.store or 0, "staff": row.facts.get("staff", 0)}
    losses = [{"reason": "points_loss", "amount": missing * POINT_WORTH, **facts}] if missing else []
    return {"customer": customer, "delta": missing, "losses": losses}


def _merge(_connection: Connection, row: Row[Any]) -> Payload:
    flag = _flag(row, "CUSTOMER_DUPLICATE")
    return {"customer": flag["customer"], "into": flag["other"]}


def _again(_connection: Connection, row: Row[Any]) -> Payload:
    return {"document": row.doc_id}


def _transfer(_connection: Connection, row: Row[Any]) -> Payload:
    return {"of": row.doc_id, "reference": row.facts["reference"]}


def _transfer_lost(connection: Connection, row: Row[Any]) -> Payload:
    """Counted to the person and the store that sold, whoever notices it."""
    reference = row.facts["reference"]
    sold = connection.execute(
        select(awaited_transfer).where(
            awaited_transfer.c.doc_id == row.doc_id, awaited_transfer.c.reference == reference
        )
    ).one()
    loss = {"reason": "transfer_loss", "amount": sold.amount, "store": sold.store, "staff": sold.staff}
    return {"of": row.doc_id, "reference": reference, "losses": [loss]}


def _payment_returned(_connection: Connection, row: Row[Any]) -> Payload:
    """Of a terminal's payment, or of what the bank has credited."""
    if row.doc_id is not None:
        return {"of": row.doc_id, "amount": row.facts["amount"]}
    return {"credit": row.facts["credit"]}


def _payment_lost(_connection: Connection, row: Row[Any]) -> Payload:
    """Counted to who asked the terminal, in the store that sold."""
    facts = row.facts
    loss = {"reason": "payment_loss", "amount": facts["amount"], "store": row.store, "staff": facts["staff"]}
    return {"losses": [loss]}


def _flag(row: Row[Any], code: str) -> Mapping[str, Any]:
    flags: list[Mapping[str, Any]] = [flag for flag in row.facts["flags"] if flag["code"] == code]
    return flags[0]


_EFFECTS: Final[Mapping[str, Callable[[Connection, Row[Any]], Payload]]] = {
    case_actions.COLLECT: _collect,
    case_actions.CORRECT_POINTS: _correct_points,
    case_actions.MERGE: _merge,
    case_actions.PAYMENT_LOST: _payment_lost,
    case_actions.PAYMENT_RETURNED: _payment_returned,
    case_actions.REAPPLY: _again,
    case_actions.RELEASE: _again,
    case_actions.TRANSFER_ARRIVED: _transfer,
    case_actions.TRANSFER_LOST: _transfer_lost,
}
