"""What all money documents have in common: their goods, tenders and refunds, wherever the kind keeps them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pos_app.domain.document import DocumentKind
from pos_app.storage.documents import BookedDocument

Lines = Sequence[Mapping[str, Any]]


def sold_lines(document: BookedDocument) -> Iterator[Mapping[str, Any]]:
    """Lines that left the shop: of a sale, a hand-over with its extra goods, the new goods of an exchange."""
    payload = document.payload
    if document.kind in (DocumentKind.SALE, DocumentKind.HANDOVER):
        yield from payload.get("lines", ())
    yield from (payload.get("sale") or {}).get("lines", ())


def returned_lines(document: BookedDocument) -> Lines:
    """Lines that came back: of a return, or the old goods of an exchange."""
    payload = document.payload
    if document.kind == DocumentKind.RETURN:
        return payload.get("lines", ())  # type: ignore[no-any-return]
    return (payload.get("return") or {}).get("lines", ())  # type: ignore[no-any-return]


def vouchers(document: BookedDocument) -> Iterator[Mapping[str, Any]]:
    """Vouchers used: they stand with the goods they took something off."""
    yield from document.payload.get("vouchers", ())
    yield from (document.payload.get("sale") or {}).get("vouchers", ())


def points(document: BookedDocument) -> Iterator[Mapping[str, Any]]:
    """Points entries of the document and of an exchange's two parts."""
    payload = document.payload
    yield from payload.get("points", ())
    for part in ("return", "sale"):
        yield from (payload.get(part) or {}).get("points", ())


def tenders(document: BookedDocument) -> Lines:
    """What was paid; negative in a void."""
    return document.payload.get("tenders", ())  # type: ignore[no-any-return]


def refunds(document: BookedDocument) -> Lines:
    """What was given back, ≤ 0."""
    return document.payload.get("refunds", ())  # type: ignore[no-any-return]
