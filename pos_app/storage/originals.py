"""An own document as the original of a return: in the words of the `sales` feed, and after own returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from pos_app.domain.document import DocumentKind
from pos_app.domain.original import OriginalSale
from pos_app.domain.receipt_number import parse_receipt_number
from pos_app.storage.documents import BookedDocument, payload_of
from pos_app.storage.json_text import JsonObject
from pos_app.storage.marker import Marker
from pos_app.storage.projections.returns import code_place


def original_body(document: BookedDocument, document_hash: bytes) -> JsonObject:
    """What a `sales` item would say of this sale, hand-over or exchange before anything came back."""
    payload, body = document.payload, document.body
    extra = payload.get("sale") or {}
    points = [*payload.get("points", ()), *extra.get("points", ())]
    return {
        "doc_id": document.doc_id,
        "till": body["till"],
        "epoch": document.epoch,
        "seq": document.seq,
        "store": body["store"],
        "receipt_no": payload["receipt_no"],
        "kind": DocumentKind.SALE.value if document.kind == DocumentKind.EXCHANGE else document.kind,
        "business_date": payload["business_date"],
        "wall": body["wall"],
        "hash10": document_hash[:10].hex(),
        "customer": payload.get("customer") or extra.get("customer"),
        "order": payload.get("order"),
        "channel": "web" if document.kind == DocumentKind.HANDOVER else "store",
        "lines": [*payload.get("lines", ()), *extra.get("lines", ())],
        "tenders": _tenders(document),
        "rounding": payload.get("rounding", 0),
        "total": extra["total"] if document.kind == DocumentKind.EXCHANGE else payload["total"],
        "tier_percent": payload.get("tier_percent", extra.get("tier_percent", 100)),
        "web_credited": payload.get("web_credited", True),
        "points_earned": sum(entry["delta"] for entry in points if entry["why"] == "earned"),
        "returns": {},
    }


def _tenders(document: BookedDocument) -> list[Mapping[str, Any]]:
    """Of an exchange also what moved from the old goods: it stays what it is (rules: Returns)."""
    payload = document.payload
    tenders: list[Mapping[str, Any]] = list(payload.get("tenders", ()))
    for moved in payload.get("moved", ()):
        no = max((tender["no"] for tender in tenders), default=0) + 1
        tenders.append({"no": no, "kind": moved["kind"], "amount": abs(moved["amount"])})
    return tenders


def code_name_of(body: Mapping[str, Any]) -> str | None:
    """How own returns named this receipt if they saw its code alone (projections.returns.code_key)."""
    number = parse_receipt_number(str(body["receipt_no"]))
    if number is None:
        return None
    return code_place(int(body["store"]), number.till_number, int(body["epoch"]), int(body["seq"]))


def after_own(
    connection: Connection, sale: OriginalSale, marker: Marker | None, code_name: str | None = None
) -> OriginalSale:
    """After own documents on it that the feed does not contain; after all of them without a marker.

    A return may name the sale by its id, or by its code alone (`code_name`) when it was not known here.
    """
    rows = connection.exec_driver_sql(
        "SELECT DISTINCT effect.doc_id, effect.epoch, effect.seq, effect.effect, receipt.voided_by "
        "FROM return_effect AS effect LEFT JOIN receipt ON receipt.doc_id = effect.doc_id "
        "WHERE original IN (?, ?) ORDER BY effect.epoch, effect.seq",
        (sale.doc_id, code_name or ""),
    ).fetchall()
    for doc_id, epoch, seq, effect, voided_by in rows:
        if marker is not None and marker.contains(doc_id, epoch, seq):
            continue
        if effect in (DocumentKind.VOID, DocumentKind.HANDOVER_REVERSAL):
            sale = _taken_back(sale)
        elif voided_by is None:
            sale = sale.after(_return_part(payload_of(connection, doc_id) or {}))
    return sale


def _return_part(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    """A return's payload; of an exchange the old goods, whose money was given back or moved on."""
    part = payload.get("return")
    if part is None:
        return payload
    moved = [{**item, "amount": -abs(item["amount"])} for item in payload.get("moved", ())]
    refunds = [*payload.get("refunds", ()), *moved]
    return {**part, "refunds": refunds, "carried": part.get("carried", 0)}


def _taken_back(sale: OriginalSale) -> OriginalSale:
    """Voided: all goods and all money are back."""
    lines = tuple(
        replace(line, returned_quantity=line.quantity, returned_amount=line.amount, returned_vat=line.vat)
        for line in sale.lines
    )
    refunded = {tender.no: tender.amount for tender in sale.shares}
    return replace(sale, lines=lines, refunded=refunded, carried=0)
