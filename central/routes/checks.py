"""POST /v1/checks and /v1/claims/release: asked before the act, while the customer waits (protocol §9)."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central import checking, claims
from central.auth import Caller
from central.openapi import body_schema
from central.routes.reading import SMALL, message, read_body, signed_request
from central.state import Central
from sync.messages.checks import CheckAnswer, CheckRequest, ReleaseRequest

router = APIRouter(tags=["checks"])


@router.post("/v1/checks", responses={200: {"model": CheckAnswer}}, openapi_extra=body_schema(CheckRequest))
async def check(request: Request) -> JSONResponse:
    """An `ok` is a claim for `doc_id`. 409 = enrol again; 429 after too many keys that nobody knows."""
    central: Central = request.app.state.central
    body = await read_body(request, SMALL)
    caller = await run_in_threadpool(central.selling_caller, signed_request(request, body))
    words = message(request, body, CheckRequest)
    answer = await run_in_threadpool(_check, central, caller, words)
    return JSONResponse(answer.model_dump(mode="json", exclude_none=True))


@router.post("/v1/claims/release", openapi_extra=body_schema(ReleaseRequest))
async def release(request: Request) -> dict[str, int]:
    """Idempotent; a claim that has ended, or never was, is released too."""
    central: Central = request.app.state.central
    body = await read_body(request, SMALL)
    caller = await run_in_threadpool(central.selling_caller, signed_request(request, body))
    words = message(request, body, ReleaseRequest)
    return {"released": await run_in_threadpool(_release, central, caller, words)}


def _check(central: Central, caller: Caller, words: CheckRequest) -> CheckAnswer:
    now = central.now()
    central.unknown_keys.check(caller.till)
    answer = checking.check(central.database, caller, words, now)
    if answer.verdict == "unknown":
        central.unknown_keys.failed(caller.till)
    return answer


def _release(central: Central, caller: Caller, words: ReleaseRequest) -> int:
    with central.database.beside() as connection:
        return claims.release(connection, words.key, words.doc_id, caller.till)
