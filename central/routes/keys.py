"""POST /v1/keys/rotate: a till changes its keys."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central.auth import Caller
from central.openapi import body_schema
from central.rotation import rotate
from central.routes.reading import SMALL, message, read_body, signed_request
from central.state import Central
from sync.messages.keys import RotateAnswer, RotateRequest

router = APIRouter(tags=["enrolment"])


@router.post(
    "/v1/keys/rotate", responses={200: {"model": RotateAnswer}}, openapi_extra=body_schema(RotateRequest)
)
async def rotate_keys(request: Request) -> JSONResponse:
    """Idempotent; the old key signs requests until the first one with the new (protocol §4.7)."""
    central: Central = request.app.state.central
    body = await read_body(request, SMALL)
    caller = await run_in_threadpool(central.caller, signed_request(request, body))
    wish = message(request, body, RotateRequest)
    answer = await run_in_threadpool(_rotate, central, caller, wish)
    return JSONResponse(answer.model_dump(mode="json"))


def _rotate(central: Central, caller: Caller, wish: RotateRequest) -> RotateAnswer:
    with central.database.writing([caller.till]) as connection:
        return rotate(connection, caller, wish, central.keys, central.now())
