"""Rows of the past: receipts with their lines, money, points, store credit and gift cards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, insert

from central.seed.chain import Chain
from central.seed.gift_cards import GIFT_CARDS
from central.seed.handovers import HandedLine
from central.seed.history import Receipt
from central.seed.receipts import CameBack, Sold
from central.tables.inbox import result
from central.tables.ledgers import credit_entry, points_entry, refund_entry, returned_entry, voucher_use
from central.tables.money import receipt, sale_line, tender_entry
from pos_app.domain.tender import TenderKind

Row = dict[str, Any]
STORE_CREDIT = TenderKind.STORE_CREDIT.value


def load_history(connection: Connection, chain: Chain) -> None:
    """One statement a table: there are tens of thousands of rows."""
    past = chain.history
    told = past.returnable(chain.calendar)
    tables = (
        (receipt, [_receipt(one, chain, told) for one in past.receipts]),
        (sale_line, [row for one in past.receipts for row in _lines(one)]),
        (tender_entry, [row for one in past.receipts for row in _tenders(one)]),
        (points_entry, [row for one in past.receipts for row in _points(one)]),
        (voucher_use, [row for one in past.sales for row in _cards(one)]),
        (credit_entry, [row for one in past.receipts for row in _credits(one)]),
        (returned_entry, [_returned(one) for one in past.returns]),
        (refund_entry, [_refund(one) for one in past.returns]),
        (result, [_result(one) for one in past.sales if one.doc_id in told]),
    )
    for table, rows in tables:
        if rows:
            connection.execute(insert(table), rows)


def _receipt(one: Receipt, chain: Chain, told: frozenset[str]) -> Row:
    """Only what can still come back here has a body, and with it an item in the `sales` feed."""
    is_sale = isinstance(one, Sold)
    till = chain.old_tills[one.store]
    return {
        "doc_id": one.doc_id,
        "till": till,
        "epoch": 1,
        "seq": one.seq,
        "store": one.store,
        "kind": "sale" if is_sale else "return",
        "receipt_no": one.receipt_no,
        "business_date": one.day,
        "staff": one.staff,
        "customer": None if one.customer is None else one.customer[0],
        "total": one.total if isinstance(one, Sold) else -one.amount,
        "rounding": one.rounding if isinstance(one, Sold) else 0,
        "body": one.body(till) if isinstance(one, Sold) and one.doc_id in told else None,
    }


def _lines(one: Receipt) -> Iterator[Row]:
    if isinstance(one, CameBack):
        yield _line(one, one.line, "return", -1) | {"no": 1}
        return
    for line in one.lines:
        yield _line(one, line, "sale", 1)


def _line(one: Receipt, handed: HandedLine, part: str, sign: int) -> Row:
    line = handed.line
    return {
        "doc_id": one.doc_id,
        "part": part,
        "no": line.no,
        "product": line.product.id,
        "category": line.product.style.category.id,
        "quantity": sign * line.handed,
        "gross": sign * (line.gross if sign > 0 else line.amount),
        "amount": sign * line.amount,
        "vat_rate": handed.vat_rate,
        "vat": sign * handed.vat,
        "salesperson": one.staff if sign > 0 else None,
    }


def _tenders(one: Receipt) -> Iterator[Row]:
    if isinstance(one, CameBack):
        yield _tender(one, STORE_CREDIT, -one.amount)
        return
    for tender in one.tenders:
        yield _tender(one, tender.kind.value, tender.amount, tender.reference, tender.state)


def _tender(
    one: Receipt, kind: str, amount: int, reference: str | None = None, state: str | None = None
) -> Row:
    return {"doc_id": one.doc_id, "kind": kind, "amount": amount, "reference": reference, "state": state}


def _points(one: Receipt) -> Iterator[Row]:
    if one.customer is None:
        return
    moves = (("return", -one.taken_back),) if isinstance(one, CameBack) else _moves(one)
    for why, delta in moves:
        if delta:
            yield {
                "doc_id": one.doc_id,
                "customer": one.customer[0],
                "delta": delta,
                "why": why,
                "at": one.at,
            }


def _moves(one: Sold) -> tuple[tuple[str, int], ...]:
    return ("spent", -one.spent), ("earned", one.earned)


def _cards(one: Sold) -> Iterator[Row]:
    for tender in one.tenders:
        if tender.kind is TenderKind.STORED_VALUE:
            yield {
                "doc_id": one.doc_id,
                "serial": tender.reference,
                "campaign": GIFT_CARDS,
                "uses": 1,
                "amount": tender.amount,
                "store": one.store,
                "at": one.at,
            }


def _credits(one: Receipt) -> Iterator[Row]:
    """An account goes by the return that made it."""
    if isinstance(one, CameBack):
        yield {"doc_id": one.doc_id, "account": one.doc_id, "amount": one.amount, "at": one.at}
        return
    for tender in one.tenders:
        if tender.kind is TenderKind.STORE_CREDIT:
            yield {
                "doc_id": one.doc_id,
                "account": tender.reference,
                "amount": -tender.amount,
                "at": one.at,
            }


def _returned(one: CameBack) -> Row:
    return {
        "doc_id": one.doc_id,
        "original": one.sold,
        "line": one.line.line.no,
        "quantity": one.line.line.handed,
        "amount": one.amount,
        "vat": one.line.vat,
    }


def _refund(one: CameBack) -> Row:
    """Charged to the one tender of the sale."""
    return {
        "doc_id": one.doc_id,
        "original": one.sold,
        "kind": STORE_CREDIT,
        "original_tender": 1,
        "amount": one.amount,
        "share": one.amount,
    }


def _result(one: Sold) -> Row:
    """Booked, so that a return which depends on it finds what it waits for."""
    return {
        "doc_id": one.doc_id,
        "status": "applied",
        "first": "applied",
        "codes": [],
        "missing": [],
        "booked": True,
        "at": one.at,
    }
