"""POST /v1/enrol: a till's first words, proved by a one-time code instead of a signature."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central.enrolment import Enrolled, fingerprint
from central.enrolment import enrol as enrol_till
from central.ingest import Ingest
from central.openapi import body_schema
from central.routes.reading import SMALL, message, read_body
from central.state import Central
from sync.messages import EnrolAnswer, EnrolRequest

router = APIRouter(tags=["enrolment"])


@router.post("/v1/enrol", responses={200: {"model": EnrolAnswer}}, openapi_extra=body_schema(EnrolRequest))
async def enrol(request: Request) -> JSONResponse:
    """Idempotent on (code, public_key) until the till's first signed request (protocol §4.3)."""
    wish = message(request, await read_body(request, SMALL), EnrolRequest)
    central: Central = request.app.state.central
    who = request.client.host if request.client else "?"
    answer = await run_in_threadpool(_enrol, central, wish, who)
    ingest: Ingest = request.app.state.ingest
    await run_in_threadpool(ingest.key_known, str(answer["till"]))
    return JSONResponse(answer)


def _enrol(central: Central, wish: EnrolRequest, who: str) -> dict[str, Any]:
    now = central.now()
    # one address trying many codes, or many addresses trying one
    tried = (f"from/{who}", f"code/{fingerprint(wish.code)[:16]}")
    for name in tried:
        central.enrol_attempts.check(name)
    with central.database.writing() as connection:
        done: Enrolled = enrol_till(connection, wish, central.keys, now)
    if done.refusal is not None:
        # only now: the case that tells of it has been committed
        for name in tried:
            central.enrol_attempts.failed(name)
        raise done.refusal
    assert done.answer is not None
    return done.answer
