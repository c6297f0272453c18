"""POST /v1/keybox: a till's database key, sealed so that only central's key store can open it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from central.auth import Caller
from central.keyboxes import keep
from central.openapi import body_schema
from central.routes.reading import SMALL, message, read_body, signed_request
from central.state import Central
from sync.messages import Hex
from sync.messages import Request as Message

router = APIRouter(tags=["enrolment"])


class KeyboxRequest(Message):
    """`box`: 80 bytes, sealed to the recovery key with purpose database-key."""

    box: Hex


@router.post("/v1/keybox", openapi_extra=body_schema(KeyboxRequest))
async def keybox(request: Request) -> dict[str, str]:
    """Idempotent; the newest box counts."""
    central: Central = request.app.state.central
    body = await read_body(request, SMALL)
    caller = await run_in_threadpool(central.caller, signed_request(request, body))
    words = message(request, body, KeyboxRequest)
    await run_in_threadpool(_keep, central, caller, words)
    return {"status": "kept"}


def _keep(central: Central, caller: Caller, words: KeyboxRequest) -> None:
    with central.database.writing() as connection:
        keep(connection, central.keys, caller.till, bytes.fromhex(words.box), central.now())
