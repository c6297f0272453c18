"""`shift_open`, `shift_close`, `shift_verify`: a closing waits for its range and is then recomputed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from central.apply.booking import Booking
from central.apply.invariants import check
from central.apply.people import check_staff
from central.apply.reading import BrokenPayload, day, part, text, whole
from central.apply.tenders import book_cash
from central.tables.inbox import document, result
from central.tables.money import cash_entry, shift
from pos_app.domain.z_totals import ZTotals

AWAITING, CLOSED, TO_VERIFY, MISMATCH = "awaiting_documents", "closed", "to_verify", "mismatch"
VERIFIED = "verified"
ACCEPTED_GAP = "accepted_gap"
"""A person has closed the case of what never came of its range: it waits no longer, it was not recomputed."""


def opened(booking: Booking) -> None:
    """Books the float."""
    envelope, payload = booking.envelope, booking.payload
    amount = float_of(payload)
    number = whole(payload, "number")
    row = {
        "till": envelope.till,
        "epoch": envelope.epoch,
        "number": number,
        "store": booking.store,
        "state": "open",
        "business_date": day(payload, "business_date"),
        "open_doc": booking.doc_id,
        "float": amount,
    }
    if _row(booking.connection, envelope.till, envelope.epoch, number) is None:
        booking.connection.execute(insert(shift), row)
    else:
        _change(booking, number, {"open_doc": booking.doc_id, "float": amount})
    book_cash(booking, "float", amount)


def float_of(payload: Any) -> int:
    """Σ denomination × number of pieces."""
    try:
        return sum(int(note) * int(count) for note, count in part(payload, "float").items())
    except (TypeError, ValueError) as error:
        raise BrokenPayload("bad_float:float") from error


def closed(booking: Booking) -> None:
    """Enters the closing; whether it is right is known when all its documents are booked."""
    check(booking)
    envelope, payload = booking.envelope, booking.payload
    number = whole(payload, "number")
    if _row(booking.connection, envelope.till, envelope.epoch, number) is None:
        booking.connection.execute(
            insert(shift),
            {
                "till": envelope.till,
                "epoch": envelope.epoch,
                "number": number,
                "store": booking.store,
                "state": AWAITING,
            },
        )
    _change(
        booking,
        number,
        {
            "state": AWAITING,
            "close_doc": booking.doc_id,
            "z_no": whole(payload, "z_no"),
            "first_seq": whole(payload, "first_seq"),
            "last_seq": whole(payload, "last_seq"),
            "counted": whole(payload, "counted"),
            "expected": whole(payload, "expected"),
            "difference": whole(payload, "difference"),
            "to_verify": _is_to_verify(booking),
            "closed_at": booking.now,
            "closed_by": envelope.staff,
        },
    )


def _is_to_verify(booking: Booking) -> bool:
    """The till says so, or the policy of this till now (rules: Shifts)."""
    envelope, payload = booking.envelope, booking.payload
    policy = booking.catalogue.policy(booking.store, str(envelope.till))
    above = abs(whole(payload, "difference")) > policy.shift_verify_above
    return above or payload.get("to_verify") is True


def verified(booking: Booking) -> None:
    """By another person than who closed it, who may have counted again: that count replaces the first.

    What disagrees with its documents stays a mismatch.
    """
    check_staff(booking)
    row = booking.connection.execute(
        select(shift).where(shift.c.close_doc == text(booking.payload, "of"))
    ).one_or_none()
    if row is None:
        raise BrokenPayload("unknown_closing:of")
    person = booking.envelope.staff
    if person in (0, row.closed_by):
        booking.flag("SAME_PERSON", shift=row.number, closed_by=row.closed_by, verified_by=person)
        return
    if row.verified_by is None:
        state = VERIFIED if row.state in (CLOSED, TO_VERIFY) else row.state
        values = {"state": state, "verified_by": person, "verify_doc": booking.doc_id}
        values |= _recounted(booking, row)
        booking.connection.execute(update(shift).where(shift.c.close_doc == row.close_doc).values(**values))


def _recounted(booking: Booking, row: Row[Any]) -> dict[str, int]:
    if "counted" not in booking.payload:
        return {}
    counted = whole(booking.payload, "counted")
    return {"counted": counted, "difference": counted - row.expected}


def state_of(row: Row[Any], wrong: dict[str, Any]) -> str:
    """Of a closing whose documents are all here."""
    if wrong:
        return MISMATCH
    if row.verified_by is not None:
        return VERIFIED
    return TO_VERIFY if row.to_verify else CLOSED


def _change(booking: Booking, number: int, values: dict[str, Any]) -> None:
    envelope = booking.envelope
    booking.connection.execute(
        update(shift)
        .where(shift.c.till == envelope.till, shift.c.epoch == envelope.epoch, shift.c.number == number)
        .values(**values)
    )


def _row(connection: Connection, till: str, epoch: int, number: int) -> Row[Any] | None:
    return connection.execute(
        select(shift).where(shift.c.till == till, shift.c.epoch == epoch, shift.c.number == number)
    ).one_or_none()


def awaiting(connection: Connection, till: str, epoch: int) -> list[Row[Any]]:
    """Closings of a till that wait for documents, or would still be glad of them."""
    waits = shift.c.state.in_((AWAITING, ACCEPTED_GAP))
    return list(connection.execute(select(shift).where(shift.c.till == till, shift.c.epoch == epoch, waits)))


def range_bodies(connection: Connection, row: Row[Any]) -> list[dict[str, Any]] | None:
    """The bodies of a closing's range in the order of seq; None while one is not booked yet.

    Of a forked epoch those of the closing's own branch.
    """
    rows = connection.execute(
        select(document.c.seq, document.c.body, document.c.hash, document.c.prev_hash)
        .join(result, result.c.doc_id == document.c.doc_id)
        .where(
            document.c.till == row.till,
            document.c.epoch == row.epoch,
            document.c.seq.between(row.first_seq, row.last_seq),
            result.c.booked,
        )
        .order_by(document.c.seq)
    )
    closing = connection.execute(select(document).where(document.c.doc_id == row.close_doc)).one()
    there = rows.all()
    found: dict[int, Any] = {one.seq: one for one in there}
    if closing.seq == row.last_seq + 1:
        found = _linked(bytes(closing.prev_hash), there)
    if len(found) < row.last_seq - row.first_seq + 1:
        return None
    return [json.loads(found[seq].body) for seq in sorted(found)]


def _linked(link: bytes, among: Iterable[Any]) -> dict[int, Any]:
    """Back along the links from a document's `prev_hash`, as far as they are here."""
    by_hash = {bytes(one.hash): one for one in among}
    linked: dict[int, Any] = {}
    while link in by_hash:
        one = by_hash[link]
        linked[one.seq] = one
        link = bytes(one.prev_hash)
    return linked


def is_whole_but_for(connection: Connection, row: Row[Any], accepted: set[int]) -> bool:
    """Whether all of a closing's range is booked, except places that a person has given up."""
    within = document.c.seq.between(row.first_seq, row.last_seq)
    booked = set(
        connection.scalars(
            select(document.c.seq)
            .join(result, result.c.doc_id == document.c.doc_id)
            .where(document.c.till == row.till, document.c.epoch == row.epoch, within, result.c.booked)
        )
    )
    lost = {seq for seq in accepted if row.first_seq <= seq <= row.last_seq}
    places = int(row.last_seq - row.first_seq + 1)
    return len(booked | lost) == places


def differences(connection: Connection, row: Row[Any], bodies: list[dict[str, Any]]) -> dict[str, Any]:
    """Where the closing says something else than its documents: name → {said, recomputed}."""
    closing = json.loads(
        connection.execute(select(document.c.body).where(document.c.doc_id == row.close_doc)).scalar_one()
    )["payload"]
    totals = ZTotals.of(bodies)
    recomputed: dict[str, Any] = {**totals.to_json(), "expected": (row.float or 0) + totals.cash}
    if "head_hash" in closing:
        recomputed["head_hash"] = _hash_at(connection, row, closing["head_hash"])
    compared = ("tenders", "vat", "sales", "returns", "handovers", "drawer_openings", "expected", "head_hash")
    return {
        name: {"said": closing[name], "recomputed": recomputed[name]}
        for name in compared
        if name in closing and closing[name] != recomputed[name]
    }


def _hash_at(connection: Connection, row: Row[Any], said: str) -> str:
    """That of the range's last document; of a fork's two the one that is meant, if it is one of them."""
    here = document.c.till == row.till, document.c.epoch == row.epoch, document.c.seq == row.last_seq
    found = [bytes(one).hex() for one in connection.scalars(select(document.c.hash).where(*here))]
    return said if said in found else "".join(found[:1])


def cash_of(connection: Connection, till: str, epoch: int, number: int) -> int:
    """Money that should be in the drawer of a shift."""
    entries = select(cash_entry.c.amount).where(
        cash_entry.c.till == till, cash_entry.c.epoch == epoch, cash_entry.c.shift == number
    )
    return sum(connection.scalars(entries))
