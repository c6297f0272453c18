"""POST /v1/salvage: the only call of a revoked till; write-only."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central import salvages
from central.auth import Caller
from central.openapi import body_schema
from central.routes.reading import message, read_body, signed_request, unpacked
from central.state import Central
from sync.messages import BATCH_BYTES, BATCH_BYTES_INFLATED
from sync.messages.recovery import SalvageAnswer, SalvageRequest

router = APIRouter(tags=["upload"])


@router.post(
    "/v1/salvage", responses={200: {"model": SalvageAnswer}}, openapi_extra=body_schema(SalvageRequest)
)
async def salvage(request: Request) -> JSONResponse:
    """Kept as it came; nothing of it is applied before a person has closed its case."""
    central: Central = request.app.state.central
    packed = await read_body(request, BATCH_BYTES)
    async with central.admitted():
        caller = await run_in_threadpool(central.revoked_caller, signed_request(request, packed))
        plain = unpacked(request, packed, BATCH_BYTES_INFLATED)
        words = message(request, plain, SalvageRequest)
        answer = await run_in_threadpool(_keep, central, caller, words)
    return JSONResponse(answer.model_dump(mode="json"))


def _keep(central: Central, caller: Caller, words: SalvageRequest) -> SalvageAnswer:
    with central.database.writing() as connection:
        case_id = salvages.keep(connection, caller, words.items, central.now())
    return SalvageAnswer(kept=len(words.items), case=case_id)
