"""POST /v1/imports: a sealed export that some till of the chain carries here."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central.imports import take
from central.openapi import body_schema
from central.routes.reading import message, read_body, signed_request
from central.state import Central
from sync.messages.recovery import EXPORT_BYTES, ImportAnswer, SealedExport

router = APIRouter(tags=["upload"])


@router.post("/v1/imports", responses={200: {"model": ImportAnswer}}, openapi_extra=body_schema(SealedExport))
async def imports(request: Request) -> JSONResponse:
    """The till that brings it vouches for nothing: each document proves itself."""
    central: Central = request.app.state.central
    body = await read_body(request, EXPORT_BYTES)
    async with central.admitted():
        caller = await run_in_threadpool(central.caller, signed_request(request, body))
        sealed = message(request, body, SealedExport)
        ingest = request.app.state.ingest
        results = await run_in_threadpool(take, ingest, sealed, central.keys, caller.keyid)
    return JSONResponse(ImportAnswer(results=results).model_dump(mode="json", exclude_none=True))
