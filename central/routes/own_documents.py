"""GET /v1/documents: what central holds of a till's own journal."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse
from starlette.concurrency import run_in_threadpool

from central import own_documents
from central.auth import Caller
from central.errors import Forbidden
from central.routes.reading import signed_request
from central.state import Central
from sync.messages.recovery import OwnDocuments

router = APIRouter(tags=["upload"])


@router.get("/v1/documents", responses={200: {"model": OwnDocuments}})
async def documents(
    request: Request,
    epoch: Annotated[int, Query(ge=1, le=255)],
    first: Annotated[int, Query(alias="from", ge=1, le=2**32 - 1)] = 1,
) -> JSONResponse:
    """One page of one epoch; never another till's."""
    central: Central = request.app.state.central
    caller = await run_in_threadpool(central.caller, signed_request(request, b""))
    if caller.is_presented:
        raise Forbidden("not_confirmed")  # private parts name people
    found = await run_in_threadpool(_page, central, caller, epoch, first)
    return JSONResponse(found.model_dump(mode="json", exclude_none=True))


def _page(central: Central, caller: Caller, epoch: int, first: int) -> OwnDocuments:
    with central.database.reading() as connection:
        return own_documents.page(connection, caller.till, epoch, first)
