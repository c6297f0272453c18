"""After something was lost: a till's own documents, sealed exports, what a revoked till leaves (§4, §5)."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.messages import BATCH_DOCUMENTS, Hex, Item, ItemResult, Request, UuidText, Wire

OWN_DOCUMENTS = 100
"""Documents on one page of GET /v1/documents; more only where several share a place (a fork)."""
EXPORT_BYTES = 16 << 20
"""The largest sealed export that is taken in one request; a larger file is several of them."""


class OwnDocuments(Wire):
    """GET /v1/documents?epoch=…&from=…: in order of seq, each with its result; `next` None = no more."""

    items: list[Item]
    results: list[ItemResult]
    next: int | None = None
    incarnation: str


class SealedExport(Request):
    """POST /v1/imports, and one line of an export's file. `box` = sealed (`export`) gzip of ExportedItems."""

    tenant: UuidText
    till: UuidText
    box: Hex


class ExportedItems(Request):
    """What is in the box."""

    items: Annotated[list[Item], Field(max_length=BATCH_DOCUMENTS)]


class ImportAnswer(Wire):
    """One result per item, in their order; the till that exported learns them by its next upload."""

    results: list[ItemResult]


class SalvageRequest(Request):
    """POST /v1/salvage: all that a revoked till may still send."""

    items: Annotated[list[Item], Field(max_length=BATCH_DOCUMENTS)]


class SalvageAnswer(Wire):
    """Kept, not applied: a person decides by closing the case."""

    kept: int
    case: str
