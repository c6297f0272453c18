"""POST /v1/documents: a batch of the journal."""

from __future__ import annotations

from collections import Counter

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central.auth import Caller
from central.errors import TooLarge
from central.ingest import Ingest
from central.logs import note
from central.openapi import body_schema
from central.routes.reading import message, read_body, signed_request, unpacked
from central.state import Central
from sync.messages import (
    BATCH_BYTES,
    BATCH_BYTES_INFLATED,
    BATCH_DOCUMENTS,
    DocumentsAnswer,
    DocumentsRequest,
)

router = APIRouter(tags=["upload"])


@router.post(
    "/v1/documents", responses={200: {"model": DocumentsAnswer}}, openapi_extra=body_schema(DocumentsRequest)
)
async def documents(request: Request) -> JSONResponse:
    """Admit, authenticate, store, apply; one result per item (protocol §5)."""
    central: Central = request.app.state.central
    # a slow sender must not hold a place: its bytes are awaited before
    packed = await read_body(request, BATCH_BYTES)
    async with central.admitted():
        caller = await run_in_threadpool(central.caller, signed_request(request, packed))
        plain = unpacked(request, packed, BATCH_BYTES_INFLATED)
        answer = await run_in_threadpool(_receive, request, plain, caller)
    return JSONResponse(answer)


def _receive(request: Request, plain: bytes, caller: Caller) -> dict[str, object]:
    if plain.count(b'"doc_id"') > 4 * BATCH_DOCUMENTS and plain.count(b'"signature"') > BATCH_DOCUMENTS:
        raise TooLarge("too_many")
    batch = message(request, plain, DocumentsRequest)
    ingest: Ingest = request.app.state.ingest
    answer = ingest.receive(caller, batch)
    note(documents=len(batch.items), **Counter(f"answered_{one.status}" for one in answer.results))
    return answer.model_dump(mode="json", exclude_none=True)
