"""Which booked document a receipt's code or number names, and what a voucher is called at the counter."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from central.fences import document_at
from central.tables.ledgers import credit_entry
from central.tables.money import receipt
from central.tables.tills import till
from central.tables.vouchers import voucher
from pos_app.domain.code_reading import decode_structure
from pos_app.domain.errors import CodeRefused
from pos_app.domain.ids import is_uuid7
from pos_app.domain.receipt_number import parse_receipt_number
from pos_app.domain.short_codes import read_short_code, short_code
from pos_app.domain.signed_codes import ReceiptCode


def receipt_named(connection: Connection, key: str) -> Row[Any] | None:
    """By its document's id, by the text of its code (the hash in it must fit), or by its printed number."""
    if is_uuid7(key):
        where = receipt.c.doc_id == key
    elif (number := parse_receipt_number(key)) is not None:
        where = receipt.c.receipt_no == str(number)
    else:
        where = receipt.c.doc_id == _document_coded(connection, key)
    rows = connection.execute(select(receipt).where(where)).all()
    # a fork may have given one number twice: then the paper's code has to be scanned
    return rows[0] if len(rows) == 1 else None


def document_of(connection: Connection, code: ReceiptCode) -> str | None:
    """The stored document that a receipt's code names; None when it is not here."""
    till_id = _till_of(connection, code)
    if till_id is None:
        return None
    row = document_at(connection, (till_id, code.epoch, code.seq), code.hash10)
    return None if row is None else str(row.doc_id)


def fence_coded(connection: Connection, text: str) -> str | None:
    """The place that a receipt's code names, whether its document is here or not; None for no such code."""
    code = _receipt_code(text)
    till_id = None if code is None else _till_of(connection, code)
    return None if code is None or till_id is None else f"{till_id}/{code.epoch}/{code.seq}#{code.hash10}"


def _till_of(connection: Connection, code: ReceiptCode) -> str | None:
    here = (till.c.store == code.store) & (till.c.number == code.till_number)
    return connection.scalar(select(till.c.id).where(here))


def _document_coded(connection: Connection, text: str) -> str | None:
    code = _receipt_code(text)
    return None if code is None else document_of(connection, code)


def _receipt_code(text: str) -> ReceiptCode | None:
    try:
        code = decode_structure(text).code
    except CodeRefused:
        return None
    return code if isinstance(code, ReceiptCode) else None


def credit_account(connection: Connection, key: str) -> str | None:
    """The account of a store credit, named by itself or by what stands on its paper."""
    if is_uuid7(key):
        doc_id: str | None = key
    else:
        paper = receipt_named(connection, key)
        doc_id = None if paper is None else paper.doc_id
    known = select(credit_entry.c.account).where(
        (credit_entry.c.account == doc_id) | ((credit_entry.c.doc_id == doc_id) & (credit_entry.c.amount > 0))
    )
    return connection.scalar(known.order_by(credit_entry.c.id).limit(1))


def voucher_named(connection: Connection, key: str) -> Row[Any] | None:
    """By serial, by short code (two hits: none, the QR is needed), or by the text of a code not ours."""
    if key.isascii() and key.isdigit():
        where = voucher.c.serial == key
    else:
        where = (voucher.c.short_code == _as_printed(key)) | (voucher.c.code == key)
    rows = connection.execute(select(voucher).where(where).limit(2)).all()
    return rows[0] if len(rows) == 1 else None


def _as_printed(text: str) -> str:
    """XXXX-XXXX, however it was typed; "-", which no voucher has, for anything else."""
    try:
        return short_code(read_short_code(text))
    except CodeRefused:
        return "-"
