"""POST /v1/tills: a till shows its certificate to a central that has forgotten it."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool

from central.auth import SignedRequest
from central.ingest import Ingest
from central.openapi import body_schema
from central.presenting import Presented, certified, present
from central.routes.reading import SMALL, message, read_body, signed_request
from central.state import Central
from sync.messages.keys import PresentRequest

router = APIRouter(tags=["enrolment"])


@router.post("/v1/tills", openapi_extra=body_schema(PresentRequest))
async def tills(request: Request) -> dict[str, str]:
    """Uploads count at once, feeds with personal data after a manager's yes (protocol §4.3)."""
    central: Central = request.app.state.central
    body = await read_body(request, SMALL)
    signed = signed_request(request, body)
    words = message(request, body, PresentRequest)
    done = await run_in_threadpool(_present, central, signed, words)
    if done.refusal is not None:
        raise done.refusal
    ingest: Ingest = request.app.state.ingest
    await run_in_threadpool(ingest.key_known, done.till)
    return {"status": "known"}


def _present(central: Central, signed: SignedRequest, words: PresentRequest) -> Presented:
    """Strangers keep nobody from booking: what is not of our making is refused before the lock."""
    with central.database.reading() as connection:
        certified(connection, words.certificate, central.keys)
    with central.database.writing() as connection:
        return present(connection, central, signed, words.certificate)
